"""On a case's page somebody notes what happened, sees what follows first, and puts it right."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import drafts, frister, haendelser, outbox, personer, sager
from dubu_plugin.testing.fake_ports import ANDERS, KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.sag.by_hand import ROWS
from tests.web.conftest import Client, client_of

FOLLOWS = "Starter: Første opfølgning, senest"


class Desk:
    """A case, and somebody who notes on it."""

    def __init__(self, day: Day) -> None:
        self.day, self.town = day, day.town
        self.sag = day.noah_sag
        self.url = f"/dubu/sag/{self.sag}/haendelse"

    def client(self, who: str = KAREN) -> Client:
        return client_of(self.day, who)

    def form(self, url: str) -> dict[str, str]:
        """Return the form's hidden and text fields, as the browser would send them."""
        text = self.client().get(url).text
        text = text[text.index('id="haendelse"') :]
        fields = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', text[: text.index("</form>")]))
        fields.pop("handling", None)
        for name in re.findall(r'type="(?:text|date)" id="f-([\w-]+)"', text):
            found = re.search(rf'id="f-{name}" name="{name}" value="([^"]*)"', text)
            if found:
                fields[name] = found[1]
        for name in [one for one in fields if one.startswith(("svar-", "gaelder-"))]:
            checked = re.search(rf'name="{name}" value="([^"]*)"[^>]*checked', text)
            fields.pop(name)
            if checked:
                fields[name] = checked[1]
        return fields

    def note(self, code: str, **said: str) -> Any:
        """Choose something, answer, look at what follows, and note it."""
        form = self.form(f"{self.url}?hvad={code}") | {
            name.replace("__", "-"): value for name, value in said.items()
        }
        shown = self.client().post(self.url, form | {"handling": "vis"})
        form["vist"] = re.findall(r'name="vist" value="(\w+)"', shown.text)[0]
        return self.client().post(self.url, form | {"handling": "gem"})

    def count(self, table: sa.Table, *where: Any) -> int:
        with self.town.product.store.read() as connection:
            asked = sa.select(sa.func.count()).select_from(table).where(*where)
            return connection.scalar(asked) or 0


@pytest.fixture
def desk(day: Day) -> Desk:
    return Desk(day)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_panel_and_the_deadlines_lead_there(desk: Desk) -> None:
    for page in (f"/dubu/sag/{desk.sag}", f"/dubu/sag/{desk.sag}/frister"):
        assert f'href="{desk.url}"' in desk.client().get(page).text


def test_what_can_be_noted_stands_by_area_in_words(desk: Desk) -> None:
    shown = desk.client().get(desk.url).text
    assert "Indsats sat i gang" in shown
    assert shown.index("<summary>Undersøgelse") < shown.index("<summary>Klage")
    assert "underretning_vurderet" not in shown
    assert "indberettet" not in shown


def test_what_open_deadlines_wait_for_comes_first(desk: Desk) -> None:
    desk.note("indsats_ivaerksat", svar__handicap="nej", svar__hjaelp="stoette")
    shown = desk.client().get(desk.url + "?gemt=noteret").text
    assert "Det er noteret" in shown
    assert "Opfylder: Første opfølgning" in shown[: shown.index("Alt, der kan noteres")]


def test_only_what_its_rules_ask_is_asked(desk: Desk) -> None:
    shown = desk.client().get(f"{desk.url}?hvad=hjemgivelse_soegt").text
    assert set(re.findall(r'name="svar-(\w+)"', shown)) == {"grundlag"}


def test_when_the_committee_looks_again_is_asked_of_a_placement_alone(desk: Desk) -> None:
    shown = desk.client().get(f"{desk.url}?hvad=udvalgsafgoerelse_truffet").text
    alone = re.compile(r'by-need--anbringelse">\s*<(?:(?!by-need).)*?name="svar-(\w+)"', re.DOTALL)
    assert alone.findall(shown) == ["genbehandling", "genbehandling_senest"]
    said = {"svar__angaar": "samvaer", "svar__genbehandling": "et_aar"}
    assert desk.note("udvalgsafgoerelse_truffet", **said).status_code == 303
    assert desk.count(frister, frister.c.rule.startswith("GENB")) == 0
    with desk.town.product.store.read() as connection:
        told = connection.scalars(sa.select(outbox.c.payload).where(outbox.c.kind == "add_note"))
        (body,) = [one for one in told if "(§ 105)" in one]
    assert "igen" not in body, "what was not asked is not told"


def test_paragraf_50_stk_5_three_years_are_offered_at_any_age(desk: Desk) -> None:
    with desk.town.product.store.add() as connection:
        child = sa.select(sager.c.child_id).where(sager.c.id == desk.sag).scalar_subquery()
        day = date(2015, 3, 2)
        connection.execute(sa.update(personer).where(personer.c.id == child).values(born=day))
    shown = desk.client().get(f"{desk.url}?hvad=udvalgsafgoerelse_truffet").text
    assert 'value="tre_aar"' in shown
    assert 'value="to_aar"' in shown


def test_paragraf_47_without_consent_is_not_offered_beside_the_other_grounds(desk: Desk) -> None:
    shown = desk.client().get(f"{desk.url}?hvad=afgoerelse_truffet").text
    assert 'value="samtykke"' in shown
    assert 'value="tvang"' not in shown
    assert "Afgørelse i børne- og ungeudvalget" in shown


def test_paragraf_47_a_decision_that_is_prepared_here_is_linked_to(desk: Desk) -> None:
    prepared = f"/dubu/sag/{desk.sag}/afgoerelser"
    where = desk.client().post(prepared, {"forhold": "stoette"}).headers["location"]
    said = {"svar__grundlag": "stoette", "svar__plan": "nej", "svar__tilbud": "ja"}
    answer = desk.note("afgoerelse_truffet", **said)
    assert answer.status_code == 422
    assert f'<a href="{where}">Åbn afgørelsen</a>' in answer.text


def test_what_follows_is_shown_and_nothing_is_stored_by_looking(desk: Desk) -> None:
    before = desk.count(haendelser)
    form = desk.form(f"{desk.url}?hvad=indsats_ivaerksat") | {
        "svar-handicap": "nej",
        "svar-hjaelp": "stoette",
    }
    part = desk.client().post(desk.url + "/foelger", form)
    assert FOLLOWS in plain(part.text)
    whole = desk.client().post(desk.url, form | {"handling": "vis"})
    assert FOLLOWS in plain(whole.text)
    assert desk.count(haendelser) == before


def test_nothing_is_saved_before_what_follows_was_seen(desk: Desk) -> None:
    form = desk.form(f"{desk.url}?hvad=indsats_ivaerksat") | {
        "svar-handicap": "nej",
        "svar-hjaelp": "stoette",
    }
    before = desk.count(haendelser)
    answer = desk.client().post(desk.url, form | {"handling": "gem"})
    assert answer.status_code == 200
    assert "Se, hvad der følger" in answer.text
    assert desk.count(haendelser) == before


def test_noted_it_stands_on_the_page_and_the_same_button_twice_is_once(desk: Desk) -> None:
    form = desk.form(f"{desk.url}?hvad=indsats_ivaerksat") | {
        "svar-handicap": "nej",
        "svar-hjaelp": "stoette",
    }
    shown = desk.client().post(desk.url, form | {"handling": "vis"})
    form |= {"vist": re.findall(r'name="vist" value="(\w+)"', shown.text)[0], "handling": "gem"}
    for _ in range(2):
        assert desk.client().post(desk.url, form).status_code == 303
    assert desk.count(frister, frister.c.rule == "OPF-1") == 1
    assert "Har barnet en funktionsnedsættelse? Nej." in desk.client().get(desk.url).text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"dag": "i går"}, "Skriv en rigtig dato"),
        ({"kl": "halv ti"}, "Skriv klokkeslættet"),
        ({"dag": "2026-12-24"}, "senere end nu"),
        ({}, "Vælg et svar."),
    ],
)
def test_a_slip_says_what_to_do_and_keeps_what_was_typed(
    desk: Desk, said: dict[str, str], sentence: str
) -> None:
    answer = desk.note("indsats_ivaerksat", notat="Familien er glad.", **said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Familien er glad." in answer.text


def test_a_draft_is_kept_and_comes_back_and_is_gone_when_noted(desk: Desk) -> None:
    form = desk.form(f"{desk.url}?hvad=indsats_ivaerksat") | {"notat": "Halvt færdig."}
    desk.client().post(f"/dubu/kladde/haendelse:{desk.sag}", form)
    shown = desk.client().get(desk.url).text
    assert "Halvt færdig." in shown
    assert "er hentet" in shown
    desk.note("indsats_ivaerksat", svar__handicap="nej", svar__hjaelp="stoette")
    assert desk.count(drafts) == 0


def noted_url(desk: Desk) -> str:
    page = desk.client().get(desk.url).text
    found: list[str] = re.findall(rf'href="({desk.url}/[0-9a-f-]{{36}})"', page)
    return found[0]


def test_it_is_put_right_with_a_reason_and_the_old_one_stands(desk: Desk) -> None:
    desk.note("indsats_ivaerksat", svar__handicap="nej", svar__hjaelp="stoette")
    url = noted_url(desk)
    day = (desk.town.now - timedelta(days=28)).date().isoformat()
    form = desk.form(url) | {"dag": day, "handling": "vis"}
    shown = desk.client().post(url, form)
    assert "Ny dato" in shown.text or FOLLOWS in plain(shown.text)
    form |= {"vist": re.findall(r'name="vist" value="(\w+)"', shown.text)[0], "handling": "ret"}
    refused = desk.client().post(url, form)
    assert refused.status_code == 422
    assert "Skriv hvorfor." in refused.text
    assert desk.client().post(url, form | {"grund": "Skrevet forkert."}).status_code == 303
    listed = desk.client().get(desk.url).text
    assert "Rettet: Skrevet forkert." in listed
    assert "Før: Senest" in desk.client().get(f"/dubu/sag/{desk.sag}/frister").text


def test_it_is_taken_back_with_a_reason(desk: Desk) -> None:
    desk.note("indsats_ivaerksat", svar__handicap="nej", svar__hjaelp="stoette")
    url = noted_url(desk)
    shown = desk.client().get(url).text
    assert "Bortfalder: Første opfølgning" in plain(shown)
    drafted = shown.partition('data-draft="')[2].partition("</form>")[0]
    assert 'name="hvorfor"' in drafted, "it is kept while it is typed"
    refused = desk.client().post(url, {"handling": "tilbage", "hvorfor": ""})
    assert refused.status_code == 422
    sent = {"handling": "tilbage", "hvorfor": "Det var en anden sag."}
    assert desk.client().post(url, sent).status_code == 303
    assert "Taget tilbage: Det var en anden sag." in desk.client().get(desk.url).text
    stream = desk.client().get(f"/dubu/sag/{desk.sag}").text
    assert "Noget noteret taget tilbage" in stream
    assert "gælder" in stream
    again = desk.client().post(url, sent)
    assert again.status_code == 422
    assert "allerede rettet" in again.text


def test_it_is_nobodys_who_may_not_write_and_nothing_else_is_there(desk: Desk) -> None:
    assert desk.client(ANDERS).get(desk.url).status_code == 404
    for path in ("?hvad=sag_lukket", "?hvad=x", "/x", f"/{desk.sag}"):
        assert desk.client().get(desk.url + path).status_code == 404


def test_a_closed_case_says_so(desk: Desk) -> None:
    from dubu_plugin.testing.fake_ports import METTE

    shown = desk.client(METTE).get(f"/dubu/sag/{desk.day.closed_sag}/haendelse").text
    assert "Sagen er lukket, så her noteres kun klage og aktindsigt" in shown
    assert "Alt, der kan noteres" not in shown
    assert "?hvad=klage_modtaget" in shown
    assert "?hvad=indsats_ivaerksat" not in shown


def test_two_open_requests_are_asked_apart_and_one_is_not(desk: Desk) -> None:
    asked = "Hvad er det svar på?"
    desk.note("magt_anvendt")
    address = f"{desk.url}?hvad=magtanvendelse_registreret"
    assert asked not in desk.client().get(address).text
    desk.note("magt_anvendt")
    shown = plain(desk.client().get(address).text)
    assert asked in shown
    assert "De andre bliver stående" in shown
    newest = re.findall(r'name="gaelder-svar" value="([0-9a-f-]{36})"', shown)[-1]
    assert desk.note("magtanvendelse_registreret", gaelder__svar=newest).status_code == 303
    is_open = sa.and_(frister.c.rule == "MAGT-72", frister.c.state == "aaben")
    assert desk.count(frister, is_open) == 1
    assert desk.count(frister, is_open, frister.c.anchor_id == UUID(newest)) == 0


def test_why_a_complaint_is_looked_at_sooner_follows_the_decision_that_is_chosen(
    desk: Desk,
) -> None:
    desk.note("fratagelse_varslet", svar__forsendelse="digital")
    with desk.town.product.store.read() as connection:
        noticed = connection.scalar(
            sa.select(frister.c.subject_id).where(frister.c.rule == "VARSEL-14U")
        )
    form = desk.form(f"{desk.url}?hvad=klage_modtaget") | {"svar-opsaettende": "nej"}
    for chosen, told in ((noticed, True), (uuid4(), False)):
        part = desk.client().post(desk.url + "/foelger", form | {"gaelder-afgoerelse": str(chosen)})
        assert ("§ 11, stk. 3" in plain(part.text)) is told


def test_paragraf_20_what_is_written_here_says_where_and_keeps_what_was_typed(desk: Desk) -> None:
    begun = desk.client().post(f"/dubu/sag/{desk.sag}/skrift", {"art": "screening"})
    assert begun.status_code == 303, begun.text
    link = re.findall(r"/dubu/sag/[^/]+/skrift/[\w-]+", begun.headers["location"])[0]
    url = f"{desk.url}?hvad=screening_afsluttet"
    assert "skrives her på sagen" in plain(desk.client().get(url).text)
    answer = desk.note("screening_afsluttet", svar__udfald="ingen", notat="Samtale med mor.")
    assert answer.status_code == 422
    assert f'href="{link}' in answer.text
    assert 'href="#f-svar-"' not in answer.text, "there is no such field to go to"
    assert "Opfylder" not in answer.text
    assert "Samtale med mor." in answer.text


def test_rsl_68_help_that_ended_is_asked_of_what_is_sent_back_alone(desk: Desk) -> None:
    shown = desk.client().get(f"{desk.url}?hvad=klage_afgjort").text
    alone = re.compile(r'by-need--hjemvist">\s*<(?:(?!by-need).)*?name="svar-(\w+)"', re.DOTALL)
    assert alone.findall(shown) == ["hjaelp_ophoert"]
    assert desk.note("klage_afgjort", svar__ankestyrelsen="stadfaestet").status_code == 303
    assert desk.note("klage_afgjort", svar__ankestyrelsen="hjemvist").status_code == 422


def test_what_is_asked_where_another_has_one_answer_is_shown_then(desk: Desk) -> None:
    style = desk.client().get("/dubu/static/panel.css").text
    for row in ROWS.values():
        for other, answer in row.only_where.values():
            seen = f'[name="svar-{other}"][value="{answer}"]:checked) .by-need--{answer}'
            assert seen in style
