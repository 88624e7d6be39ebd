"""The pictures of the user guide: taken here, so that they show what the pages are.

They are written only where the environment asks for it (``DUBU_UPDATE_PICTURES=1``), since another
machine's fonts draw them a little differently. The test is that each state can be reached.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.domain.netvaerk import Hjaelp, Myndighed, Rolle, usual
from dubu_plugin.store.family import netvaerk, personer, stamkort
from dubu_plugin.store.journal import followed_journal
from dubu_plugin.testing.fake_ports import ADAM, HENRIK, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from tests.usecases.opfoelgning.follower import Follower

from .emils_case import emils_case
from .picture_cases import CASES
from .test_story_pictures import OF_COMPLAINT, STEPS

WIDTHS = (1440, 400)
REASON = (
    "Alma er på skole. Mor bekræfter kontakten i telefonen, og farmor kan hente i dag. "
    "Ingen mistanke om vold eller overgreb. Vurderes ikke i akut fare."
)


def nothing(page: Page) -> None:
    """Take it as it is."""


def fill_in(page: Page) -> None:
    page.locator("#f-fare-ikke_akut").check()
    page.get_by_label("Begrundelse").fill(REASON)
    page.get_by_label("Viggo, 4 år er vurderet samtidig").check()
    page.get_by_label("Screening (§ 18)").check()
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt", timeout=20_000)


def save(page: Page) -> None:
    fill_in(page)
    page.get_by_role("button", name="Gem og send kvittering").click()
    expect(page.locator(".alert-success")).to_be_visible()


def fail(page: Page) -> None:
    page.get_by_label("Begrundelse").fill(REASON)
    page.get_by_role("button", name="Gem og send kvittering").click()
    expect(page.get_by_role("alert")).to_be_visible()


def search(page: Page) -> None:
    page.get_by_role("searchbox").fill("prø")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="fundet")).to_be_visible()


def disagree(page: Page) -> None:
    """Another has saved in the meantime."""
    page.locator("#f-fare-ikke_akut").check()
    page.get_by_label("Begrundelse").fill(REASON)
    page.get_by_label("Screening (§ 18)").check()
    other = page.context.browser.new_context()  # type: ignore[union-attr]
    origin = "/".join(page.url.split("/")[:3])
    other.add_cookies([{"name": "medarbejder", "value": METTE, "url": origin}])
    mette = other.new_page()
    mette.goto(page.url)
    mette.locator("#f-fare-ikke_akut").check()
    mette.get_by_label("Begrundelse").fill(
        "Jeg har talt med klasselæreren. Alma er træt, men tryg."
    )
    mette.get_by_label("Intet videre").check()
    mette.get_by_role("button", name="Gem uden kvittering").click()
    expect(mette.locator(".alert-success")).to_be_visible()
    other.close()
    page.get_by_role("button", name="Gem og send kvittering").click()
    expect(page.get_by_role("alert")).to_be_visible()


def put_off(page: Page) -> None:
    page.get_by_role("link", name="Udskyd").first.click()
    page.get_by_label("Vis den igen").fill("2026-03-04")
    page.get_by_label("Hvorfor kan den vente?").fill("Skolen svarer tirsdag.")


def note_a_support(page: Page) -> None:
    page.locator("#f-svar-handicap-nej").check()
    expect(page.locator("#foelger")).to_contain_text("Starter: Første opfølgning", timeout=20_000)


def followed(day: Day) -> UUID:
    """Return a case that is followed up the second time."""
    follower = Follower(day.town)
    follower.later(1)
    follower.plan, follower.goals = follower.planned(*GOALS)
    follower.later(79)
    follower.talked("Jeg er på en 6'er nu. Mor står op. Det er bedst, når Lone er der.")
    said = follower.status(0, "ikke", "4") | follower.status(2, "ikke")
    follower.held(said | follower.syn("Er glad for morgenstøtten."))
    follower.later(88)
    follower.talked("Nu er jeg på en 7'er. Jeg går til svømning med Maja.", days_ago=3)
    return follower.sag


def assess_the_goals(page: Page) -> None:
    for number, status in enumerate(("Delvist nået", "Delvist nået", "Nået"), 1):
        goal = page.get_by_role("group", name=f"Mål {number}: hvor langt er det nået?")
        goal.get_by_role("radio", name=status, exact=True).check()
    page.get_by_role("radio", name="Fortsæt").check()
    page.get_by_label("Samlet vurdering").fill("Indsatsen hjælper. Familiebehandling fortsætter.")


def copied(day: Day) -> UUID:
    """Return a case the journal has been asked about."""
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        followed_journal.tried(work.connection, day.noah_sag, now=work.now)
    return day.noah_sag


def surrounded(day: Day) -> UUID:
    """Return a case whose child has a network somebody has written of."""
    town, sag = day.town, day.town.sag(day.alma)
    town.sag(day.viggo)
    people = (
        ("Trine Demosen", Rolle.LAERER, "klasselærer", ""),
        ("Maja Prøvedal", Rolle.VEN, "", ""),
        ("Jens Testgaard", Rolle.NABO, "", "Kan passe Alma og Viggo en aften"),
        ("Lone Demotoft", Rolle.KONTAKTPERSON, "familiebehandler", ""),
    )
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        made: dict[str, Any] = {"by": KAREN, "now": town.now}
        for line in netvaerk.of_child(work.connection, day.alma):
            held = line.part.custody is Myndighed.UKENDT
            part = replace(line.part, custody=Myndighed.DEL) if held else line.part
            if part.role is Rolle.BEDSTEFORAELDER:
                part = replace(
                    part, called="farmor", steps_in=Hjaelp.JA, steps_in_on=town.now.date(),
                    steps_in_with="Henter mandag og onsdag, vil gerne fast",
                )  # fmt: skip
            part = replace(part, lives_here=part.role is Rolle.MOR)
            netvaerk.change(work.connection, line, part, **made)
        for name, role, called, helps in people:
            who = personer.add(work.connection, name=name, now=town.now)
            part = replace(usual(role), called=called, steps_in_with=helps)
            if helps:
                part = replace(part, steps_in=Hjaelp.JA, steps_in_on=town.now.date())
            netvaerk.begin(work.connection, day.alma, who, part, **made)
            netvaerk.say_who(
                work.connection, who, name=name, phone="40 11 22 33", email="", now=town.now
            )
        there = netvaerk.parts(work.connection, day.alma, town.now.date())
        stamkort.keep(work.connection, day.alma, language="Dansk", **made)
        stamkort.follow(work.connection, day.alma, there.values(), **made)
    return sag


def begin_note(page: Page) -> None:
    page.get_by_label("Overskrift").fill("Mor om morgenerne")
    page.get_by_label("Hvad er det et notat om?").select_option("telefon")
    page.get_by_label("Hvem var med?").fill("Mor")
    page.get_by_label("Hvad skete der?").fill(
        "Mor ringer og fortæller, at morgenerne går bedre. Noah er kommet i skole til tiden tre "
        "dage ud af fem. Vi aftaler, at mor ringer igen på torsdag, når hun har talt med skolen."
    )
    page.get_by_label("Barnets egne ord").fill("»Det er rart, når mor står op.«")


def write_notes(page: Page) -> None:
    """A note that is sent, and one that is only begun."""
    begin_note(page)
    page.get_by_role("button", name="Journalisér notatet").click()
    page.get_by_role("link", name="Skriv notat").click()
    page.get_by_label("Overskrift").fill("Møde på skolen")
    page.get_by_role("button", name="Gem som kladde").click()
    expect(page.get_by_role("heading", name="Dine kladder")).to_be_visible()


def publish_a_time(page: Page) -> None:
    page.get_by_label("Sagsområde", exact=True).select_option("tabt")
    page.get_by_label("Hvor længe?").fill("4")
    page.get_by_label("Hvor er den offentliggjort?").fill("www.proevestrup.example/svarfrister")
    page.get_by_role("button", name="Gem fristen").click()
    expect(page.get_by_text("Gemt.")).to_be_visible()


def came_back(page: Page) -> None:
    page.get_by_label("Brevet kom retur").check()
    page.get_by_label("Hvad skete der?").fill("Kuverten kom tilbage: ukendt på adressen.")


def put_a_rate_in(page: Page) -> None:
    page.get_by_label("Hvilken sats?").select_option("tabt_loft")
    page.get_by_label("Beløb", exact=True).fill("38.380")
    page.get_by_label("Gælder fra").fill("2026-01-01")
    page.get_by_label("Hvor kommer beløbet fra?").fill("Ministeriets satser for 2026")
    page.get_by_role("button", name="Gem satsen").click()
    expect(page.get_by_text("Satsen er gemt.")).to_be_visible()


GOALS: Final = (
    "Alma kommer i skole til tiden",
    "Alma skal ikke passe på de voksne",
    "Alma går til svømning og ser Maja",
)

PICTURES = {
    "haendelse": ("/dubu/sag/{noah_sag}/haendelse", nothing),
    "haendelse-valgt": ("/dubu/sag/{noah_sag}/haendelse?hvad=indsats_ivaerksat", note_a_support),
    "frister": ("/dubu/sag/{ida_sag}/frister", nothing),
    "afslut": ("/dubu/sag/{ida_sag}/afslut", nothing),
    "min-dag": ("/dubu/min-dag", nothing),
    "udskyd": ("/dubu/min-dag", put_off),
    "fravaer": ("/dubu/fravaer", nothing),
    "indgang": ("/dubu/indgang", nothing),
    "ny-henvendelse": ("/dubu/indgang/ny", nothing),
    "underretning": ("/dubu/indgang/{alma_underretning}", fill_in),
    "underretning-gemt": ("/dubu/indgang/{alma_underretning}", save),
    "underretning-fejl": ("/dubu/indgang/{alma_underretning}", fail),
    "underretning-to-har-gemt": ("/dubu/indgang/{alma_underretning}", disagree),
    "underretning-ny-person": ("/dubu/indgang/{ida_underretning}", nothing),
    "underretning-ukendt-barn": ("/dubu/indgang/{unknown_underretning}", nothing),
    "giv-videre": ("/dubu/indgang/{alma_underretning}/giv-videre", nothing),
    "sag": ("/dubu/sag/{noah_sag}", nothing),
    "sag-beskyttet": ("/dubu/sag/{elias_sag}", nothing),
    "journal": ("/dubu/sag/{copied}/journal/notat", write_notes),
    "netvaerk": ("/dubu/sag/{surrounded}/netvaerk", nothing),
    "foraeldremyndighed": ("/dubu/sag/{surrounded}/netvaerk/foraeldremyndighed", nothing),
    "notat": ("/dubu/sag/{noah_sag}/journal/notat", begin_note),
    "soeg": ("/dubu/min-dag", search),
    "hjaelp": ("/dubu/hjaelp", nothing),
    "opfoelgning": ("/dubu/sag/{followed}/opfoelgning", assess_the_goals),
    "udredning-handicap": ("/dubu/sag/{emil_sag}/skrift/{udredning}", nothing),
    "beregning": ("/dubu/sag/{emil_sag}/afgoerelse/{tabt}", nothing),
    "svarfrister": ("/dubu/svarfrister", publish_a_time),
    "satser": ("/dubu/satser", put_a_rate_in),
    "afdaekning": ("/dubu/sag/{afdaekket}/skrift/{afdaekning}", nothing),
    "ungeplan": ("/dubu/sag/{ung}/barnets-plan/{ungeplan}", nothing),
    "tilsynsbesoeg": ("/dubu/sag/{anbragt}/indsats/{anbringelse}?goer=tilsyn", nothing),
    "genbehandling": ("/dubu/sag/{tvang}/afgoerelse/{igen}", nothing),
    "ingen-har": ("/dubu/sager/ingen-har", nothing),
    "ansoegninger": ("/dubu/overblik/ansoegninger", nothing),
    "send-igen": ("/dubu/sag/{hoert}/breve/{retur}/igen", came_back),
}
KEPT_BY: Final = {"svarfrister": ADAM, "satser": ADAM, "ingen-har": HENRIK, "ansoegninger": HENRIK}
"""The pages an administrator has, and a leader's."""


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_can_be_taken(
    name: str, day_at: tuple[Day, str], open_page: Callable[..., Page], pictures: Path | None
) -> None:
    day, origin = day_at
    path, act = PICTURES[name]
    names = {one: getattr(day, one) for one in Day.__slots__}
    if "{followed}" in path:
        names["followed"] = followed(day)
    if "{surrounded}" in path:
        names["surrounded"] = surrounded(day)
    if "{copied}" in path:
        names["copied"] = copied(day)
    if "{emil_sag}" in path:
        names |= emils_case(day)
    for part, made in CASES.items():
        if part in path:
            names |= made(day)
    who = KEPT_BY.get(name, KAREN)
    page = open_page(origin + path.format(**names), who=who, width=min(WIDTHS))
    expect(page.get_by_role("heading", name="Siden kan ikke vises")).to_have_count(0)
    act(page)
    page.evaluate("document.fonts.ready")
    if pictures is not None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 1000})
            page.evaluate("document.activeElement.blur()")
            page.screenshot(path=pictures / f"{name}-{width}.png", full_page=True)


@pytest.mark.checkout
def test_every_picture_the_guide_shows_is_taken_here(request: pytest.FixtureRequest) -> None:
    guide = Path(__file__).parents[2] / "docs" / "brugervejledning"
    shown = {
        line.split("](")[1].split(")")[0].removeprefix("billeder/")
        for page in guide.glob("*.md")
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("![")
    }
    taken = {
        f"{name}-{width}.png" for name in (*PICTURES, *STEPS, *OF_COMPLAINT) for width in WIDTHS
    }
    assert shown <= taken
    assert {picture for picture in shown if not (guide / "billeder" / picture).exists()} == set()
