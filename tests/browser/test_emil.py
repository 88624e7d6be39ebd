"""Emil's case from his mother's application over two decisions with their reckonings to the second
follow-up: the clicks of each step counted, and kept within what the step may take."""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.tables import beregninger, frister, letters
from dubu_plugin.testing.reception import Reception

from .conftest import Open
from .story import Told, mail, moment, story
from .test_axe import violations

HOME = "Demovænget 22, 9999 Prøvestrup"
NAMES = {"barn": "Emil", "mor": "Katrine", "far": "Jonas"}
MOST = {
    "ansoegning": 2,
    "samtale": 4,
    "udredning begyndt": 3,
    "udredning": 27,
    "tabt": 16,
    "kompensation": 16,
    "i gang": 12,
    "familievejledning": 4,
    "foerste opfoelgning": 9,
    "anden opfoelgning": 9,
}
"""The clicks each may take. The udredning has one for each of its twelve places on the egg, one for
each of the nine levels, and the rest for the parts around and to present it."""


@pytest.fixture
def emil(town: tuple[Reception, str], open_page: Open) -> Told:
    reception, origin = town
    _family(reception)
    parents = {"Katrine Demodal": "mor", "Jonas Demodal": "far"}
    return Told(reception, origin, open_page, "Emil Demodal", story("handicap"), NAMES, parents)


def _family(town: Reception) -> None:
    child = town.person("Emil Demodal", "260719-4991", address=HOME)
    mother = town.person("Katrine Demodal", "110685-0990", address=HOME)
    father = town.person("Jonas Demodal", "020384-0991", address=HOME)
    town.related(child, mother, Tie.MOTHER, Tie.CHILD)
    town.related(child, father, Tie.FATHER, Tie.CHILD)


def test_from_the_application_to_the_second_follow_up_within_the_clicks(emil: Told) -> None:
    spent: dict[str, int] = {}
    for name, step in STEPS.items():
        before = emil.hers.count
        step(emil)
        spent[name] = emil.hers.count - before
        assert spent[name] <= MOST[name], (name, spent)
    _told(emil)


def _taken(emil: Told) -> None:
    emil.town.town.now = moment("2026-05-05", "08:10")
    emil.town.registered(mail("emil-ansoegning"), "emil-ansoegning.eml")
    emil.page.goto(f"{emil.origin}/dubu/indgang")
    emil.hers.on(emil.page.locator(".queue__what a").first)
    emil.hers.button("Tag ansøgningen")
    expect(emil.page.get_by_role("heading", name="Arbejdet på sagen")).to_be_visible()
    emil.case = emil.page.url
    course = emil.page.locator(".course")
    expect(course).to_contain_text("Ansøgning")
    expect(course).to_contain_text("Udredning")
    expect(course).not_to_contain_text("Screening")


def _talked(emil: Told) -> None:
    emil.comes("2026-05-08")
    emil.talk(emil.words["samtale"])


def _begun(emil: Told) -> None:
    emil.comes("2026-05-12")
    emil.open_case().on(emil.page.locator("a[href$='/skrift']").first)
    emil.hers.button("Start udredning")
    expect(emil.page.get_by_role("navigation", name="Ægget")).to_be_visible()


def _examined(emil: Told) -> None:
    page, said = emil.page, emil.words["udredning"]
    page.goto(f"{page.url}/del-grundlag")
    for box in ("kompensation", "tabt"):
        expect(page.locator(f"[name=t-soegt][value={box}]")).to_be_checked()
    expect(page.locator("[name=t-kendskab]")).to_have_value("2026-05-04")
    emil.written_here({"gennemfoerelse": said["gennemfoerelse"], "udfald": said["udfald"]})
    emil.onward()
    for one in said["tema"]:
        expect(page).to_have_url(f"{page.url.rsplit('/', 1)[0]}/{one['kode']}")
        emil.written_here({name: text for name, text in one.items() if name != "kode"})
        emil.onward()
    rest = {name: text for name, text in said.items() if isinstance(text, str)}
    emil.written_here({name: text for name, text in rest.items() if name not in _BEFORE})
    assert violations(page) == []
    emil.hers.button("Fremlæg for leder")
    emil.done("Den er fremlagt")
    emil.approved("Udredning ved funktionsnedsættelse", "Godkend")


_BEFORE = ("soegt", "udfald", "gennemfoerelse")


def _lost_pay(emil: Told) -> None:
    words = emil.words["tabt"]
    emil.comes("2026-06-01")
    emil.open_case().link("Udredning ved funktionsnedsættelse")
    emil.hers.button("Tabt arbejdsfortjeneste")
    page = emil.page
    expect(page.locator("[name=begrundelse]")).to_have_value(_has("barnets lov § 87"))
    emil.hers.on(page.locator("[name=udfald][value=delvist]"))
    emil.hers.choose("Det, der gives", "tabt_arbejdsfortjeneste:")
    _write(emil, words, ("afgoerelse", "tidligere_syn", "afslag"))
    emil.hers.button("Gem, og lav beregningen")
    _to(emil, "Katrine Demodal")
    expect(page.locator("[name=timer]")).to_have_value("10")
    page.locator("[name=fra]").fill("2026-06-15")
    _write(emil, words, ("timer", "fuld_tid", "loen", "pension"))
    assert violations(page) == []
    emil.hers.button("Regn ud")
    lines = page.locator("#f-beregning")
    expect(lines).to_contain_text("10 / 37 × 34.000,00 kr. = 9.189,19 kr.")
    expect(lines).to_contain_text("10 % × 9.189,19 kr. = 918,92 kr.")
    _left_out_and_presented(emil)
    _decided_by_leader(emil, "Tabt arbejdsfortjeneste")


def _expenses(emil: Told) -> None:
    words = emil.words["kompensation"]
    emil.comes("2026-06-01", "13:00")
    emil.open_case().link("Udredning ved funktionsnedsættelse")
    emil.hers.button("Kompensationsydelse")
    page = emil.page
    emil.hers.on(page.locator("[name=udfald][value=medhold]"))
    emil.hers.choose("Det, der gives", "kompensationsydelse:")
    _write(emil, words, ("afgoerelse", "tidligere_syn"))
    emil.hers.button("Gem, og lav beregningen")
    _to(emil, "Katrine Demodal")
    page.locator("[name=fra]").fill("2026-06-15")
    for at, one in enumerate(words["udgift"]):
        _write(emil, {f"{name}-{at}": text for name, text in one.items() if name != "type"})
        page.locator(f"[name=type-{at}]").select_option(one["type"])
    assert violations(page) == []
    emil.hers.button("Regn ud")
    expect(page.locator("#f-beregning")).to_contain_text("8.580,00 kr. når grænsen på 6.660,00 kr.")
    expect(page.locator("#f-beregning")).to_contain_text("1.105,00 kr.")
    _left_out_and_presented(emil)
    _decided_by_leader(emil, "Kompensationsydelse")


def _told(emil: Told) -> None:
    emil.town.deliver()
    monthly = sorted(Decimal(row.monthly) for row in emil.town.rows(beregninger))
    assert monthly == [Decimal("1105.00"), Decimal("9189.19")]
    assert len(emil.town.rows(letters, code="afgoerelse")) == 4, "two decisions to two parents"
    [udredning] = emil.town.rows(letters, code="handicapudredning")
    said = {one["titel"]: one["tekst"] for one in json.loads(udredning.values)["skrift.dele"]}
    assert said["Timer, en forælder er væk fra arbejde"].replace("\xa0", " ") == "10 timer om ugen"
    assert said["Ekstra udgifter"].replace("\xa0", " ") == "8.580 kr. om året"
    states = {row.rule: row.state for row in emil.town.rows(frister)}
    assert (states["LOKALFRIST"], states["SCR"]) == ("opfyldt", "opfyldt")
    days = {row.due.date().isoformat(): row.state for row in emil.town.rows(frister, rule="OPF-N")}
    assert days == {"2027-06-15": "opfyldt", "2028-06-15": "opfyldt", "2028-09-15": "aaben"}
    assert not emil.town.rows(frister, rule="OPF-1"), "§ 95, stk. 2 is not about help by chapter 8"
    assert not [row.rule for row in emil.town.rows(frister) if row.exceeded_at is not None]
    emil.home()
    emil.open_case()
    assert {"Udredning", "Afgørelse"} <= _done_steps(emil)
    for width in (1440, 400):
        emil.page.set_viewport_size({"width": width, "height": 900})
        assert violations(emil.page) == []


def _done_steps(emil: Told) -> set[str]:
    """Return the names of the steps of the course that are done."""
    steps = emil.page.locator(".course__step")
    return {
        one.locator(".course__name").inner_text()
        for one in steps.all()
        if one.locator(".course__dot").count() and "Færdig" in one.inner_html()
    }


def _has(text: str) -> Any:
    return re.compile(re.escape(text).replace(r"\ ", r"[\s\u00a0]"))


def _write(emil: Told, words: Mapping[str, Any], names: tuple[str, ...] = ()) -> None:
    for name in names or tuple(words):
        emil.page.locator(f"[name='{name}']").fill(emil.say(words[name]))


def _to(emil: Told, name: str) -> None:
    emil.hers.on(emil.page.get_by_label(name))


def _left_out_and_presented(emil: Told) -> None:
    """Have nobody heard, since everything came from the parents; then present it."""
    decision = emil.page.url.partition("?")[0].partition("#")[0]
    for number in range(2):
        emil.page.goto(decision)
        emil.hers.on(emil.page.get_by_role("link", name="Partshøring").nth(number))
        emil.hers.choose("Undtagelsen i § 19", "0")
        emil.page.locator("[name=hvorfor]").fill("Oplysningerne kommer fra parten selv.")
        emil.hers.on(emil.page.locator("button[value=undlad]"))
    emil.page.goto(decision)
    emil.hers.button("Fremlæg for lederen")
    emil.done("Afgørelsen er fremlagt")


def _decided_by_leader(emil: Told, title: str) -> None:
    emil.leaders.page.goto(emil.page.url.partition("?")[0])
    emil.leaders.button("Træf afgørelsen")
    expect(emil.leaders.page.get_by_role("status").first).to_contain_text("Afgørelsen er truffet")
    expect(emil.leaders.page.get_by_role("heading", name=f"Afgørelse: {title}")).to_be_visible()


def _in_force(emil: Told) -> None:
    """Begin what was decided, each from the front page."""
    emil.comes("2026-06-15")
    for title, what in (
        ("Tabt arbejdsfortjeneste", "tabt_arbejdsfortjeneste"),
        ("Kompensationsydelse", "kompensationsydelse"),
    ):
        emil.home()
        with emil.hers.budget("indsats"):
            emil.open_case()
            emil.hers.on(emil.page.locator("a[href$='/indsatser']").first)
            emil.hers.link("Ny indsats")
            if emil.page.locator("[name=hvad]").input_value() != f"{what}:":
                emil.hers.link(title)
            expect(emil.page.locator("[name=hvad]")).to_have_value(f"{what}:")
            emil.hers.button("Gem indsatsen")
            emil.done()


def _guided(emil: Told) -> None:
    """Note that the family was offered guidance, as it must be within three months (§ 81)."""
    emil.comes("2026-07-01")
    emil.open_case().link("Notér, hvad der er sket")
    emil.hers.link("Familievejledning tilbudt")
    emil.hers.button("Notér")
    emil.done()


def _followed(number: int, day: str) -> Callable[[Told], None]:
    """Follow up on the day that was decided, with a talk the day before."""

    def follow(emil: Told) -> None:
        said = emil.words["opfoelgning"][number]
        due = emil.town.rows(frister, rule="OPF-N", state="aaben")
        assert [danish_day(one.due).isoformat() for one in due] == [day]
        emil.comes(day)
        emil.talk({"egne_ord": said["barnet"]})
        emil.follow_up(said, "Opfølgning")
        emil.page.goto(f"{emil.case}/opfoelgning")
        given = emil.page.get_by_role("region", name="Det, der gives")
        expect(given.get_by_role("link")).to_have_count(2)
        shown = given.get_by_role("link").all_inner_texts()
        assert set(shown) == {"Tabt arbejdsfortjeneste", "Kompensationsydelse"}

    return follow


STEPS: Final[Mapping[str, Callable[[Told], None]]] = {
    "ansoegning": _taken,
    "samtale": _talked,
    "udredning begyndt": _begun,
    "udredning": _examined,
    "tabt": _lost_pay,
    "kompensation": _expenses,
    "i gang": _in_force,
    "familievejledning": _guided,
    "foerste opfoelgning": _followed(0, "2027-06-15"),
    "anden opfoelgning": _followed(1, "2028-06-15"),
}
