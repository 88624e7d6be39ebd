"""A decision on the screen: prepared, heard, made and complained of, and nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.skrift import LONGEST
from dubu_plugin.store.afgoerelse import afgoerelser, partshoeringer
from dubu_plugin.store.tables import afgoerelser as rows
from dubu_plugin.store.tables import personer, sager
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

WHOLE = {
    "udfald": "medhold",
    "indsats": "familiebehandling:",
    "plan": "ja",
    "afgoerelse": "Familien får familiebehandling.",
    "formaal": "Skole hver dag.",
    "varighed": "Seks måneder",
    "oplysninger": "Skolen har oplyst fravær.",
    "barnets_syn": "»Jeg vil i skole.«",
    "begrundelse": "Truffet efter barnets lov § 32, stk. 1, nr. 5, fordi …",
}


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of a child of nine with two parents."""
    return family(day, years=9)


def family(day: Day, years: int) -> UUID:
    """Return the case of a child with two parents."""
    born = day.town.now.date() - timedelta(days=years * 366)
    child = day.town.person("Alma Testvad", born=born)
    for name, tie in (("Sofie Testvad", "mor"), ("Mads Prøvesen", "far")):
        day.town.tie(
            child, day.town.person(name, address="Testvej 1, 9999 Prøvestrup"), tie, "barn"
        )
    return day.town.sag(child)


def begun(asking: Asking, sag: UUID, matter: str = "stoette") -> str:
    answer = asking(KAREN).post(f"/dubu/sag/{sag}/afgoerelser", {"forhold": matter})
    assert answer.status_code == 303
    where: str = answer.headers["location"]
    return where


def form_of(page: str) -> dict[str, str]:
    """Return the hidden fields, as a browser sends them back."""
    inputs = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', page)
    return {name: value for name, value in inputs if name not in ("skrives_af", "tilbage")}


def consents(day: Day, where: str) -> dict[str, str]:
    number = UUID(where.rpartition("/")[2])
    with day.town.product.store.read() as connection:
        parts = partshoeringer.of_afgoerelse(connection, number)
    today = day.town.now.date().isoformat()
    found = {}
    for one in parts:
        found[f"samtykke-{one.person}"] = "givet"
        found[f"samtykkedag-{one.person}"] = today
    return found


def left_out(asking: Asking, where: str) -> None:
    for address in re.findall(r'href="([^"]+/part/[^"]+)"', asking(KAREN).get(where).text):
        why = {"handling": "undlad", "undtagelse": "0", "hvorfor": "Alt er drøftet."}
        assert asking(KAREN).post(address, why).status_code == 303


def test_from_the_panel_to_a_decision_and_back(asking: Asking, day: Day, sag: UUID) -> None:
    panel = f"/dubu/sag/{sag}"
    assert f'href="{panel}/afgoerelser"' in asking(KAREN).get(panel).text
    where = begun(asking, sag)
    day.town.happened(Haendelse.BOERNESAMTALE_HOLDT, sag=sag)
    page = asking(KAREN).get(where).text
    sent = {**form_of(page), **WHOLE, **consents(day, where), "handling": "gem"}
    assert asking(KAREN).post(where, sent).status_code == 303
    left_out(asking, where)
    page = asking(HENRIK).get(where).text
    assert "Det, loven kræver, er på plads." in page
    sent = {**form_of(page), **WHOLE, "handling": "traef"}
    assert asking(HENRIK).post(where, sent).headers["location"] == f"{where}?gemt=truffet"
    assert "Truffet" in asking(KAREN).get(panel).text
    page = asking(KAREN).get(where).text
    assert "Familien får familiebehandling." in page
    assert "Familiebehandling eller behandling af barnet" in page


def test_a_shut_gate_names_the_paragraph_and_keeps_what_was_typed(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = begun(asking, sag)
    sent = {**form_of(asking(HENRIK).get(where).text), "afgoerelse": "Halvt", "handling": "traef"}
    answer = asking(HENRIK).post(where, sent)
    assert answer.status_code == 422
    assert "§\u00a032" in answer.text
    assert ">Halvt</textarea>" in answer.text
    assert ">Halvt</textarea>" in asking(KAREN).get(where).text, "and it is stored"


def test_paragraf_51_and_140_are_sections_of_their_own_and_keep_what_was_typed(
    asking: Asking, sag: UUID
) -> None:
    assert "Det, loven særligt spørger om" not in asking(HENRIK).get(begun(asking, sag)).text
    where = begun(asking, sag, "anbringelse_uden")
    page = asking(HENRIK).get(where).text
    assert 'name="kompetencer"' in page
    sent = {**form_of(page), "advokat": "Tilbudt 2. juni.", "handling": "traef"}
    answer = asking(HENRIK).post(where, sent)
    assert answer.status_code == 422
    assert ">Tilbudt 2. juni.</textarea>" in answer.text
    assert "§\u00a051, stk.\u00a01, nr.\u00a02" in answer.text
    assert "§§\u00a0140\u00a0og\u00a0141)" not in answer.text, "it is written"


def test_who_may_not_decide_presents_it_and_the_leader_sends_it_back(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = begun(asking, sag)
    page = asking(KAREN).get(where).text
    assert "Fremlæg for lederen" in page
    assert "Træf afgørelsen" not in page
    sent = {**form_of(page), "handling": "traef"}
    assert "træffes af din leder" in asking(KAREN).post(where, sent).text
    sent = {**form_of(asking(KAREN).get(where).text), "handling": "fremlaeg"}
    assert asking(KAREN).post(where, sent).status_code == 303
    assert f'href="{where}"' in asking(HENRIK).get("/dubu/min-dag").text
    assert "Fremlagt for leder</span>" in asking(KAREN).get(f"/dubu/sag/{sag}").text
    back = {"handling": "tilbage", "bemaerkning": "Skriv mere om skolen."}
    assert asking(HENRIK).post(where, back).status_code == 303
    assert "Skriv mere om skolen." in asking(KAREN).get(where).text
    assert f'href="{where}"' in asking(KAREN).get("/dubu/min-dag").text
    assert "Sendt tilbage</span>" in asking(KAREN).get(f"/dubu/sag/{sag}").text


def test_two_in_one_field_both_keep_their_words(asking: Asking, day: Day, sag: UUID) -> None:
    where = begun(asking, sag)
    first = form_of(asking(KAREN).get(where).text)
    asking(KAREN).post(where, {**first, "formaal": "Karens", "handling": "gem"})
    later = {**form_of(asking(HENRIK).get(where).text), "rev-formaal": "0"}
    answer = asking(HENRIK).post(where, {**later, "formaal": "Henriks", "handling": "gem"})
    assert answer.status_code == 422
    assert "»Karens«" in answer.text
    assert ">Henriks</textarea>" in answer.text
    again = {**form_of(answer.text), "formaal": "Begges", "handling": "gem"}
    assert asking(HENRIK).post(where, again).status_code == 303
    assert ">Begges</textarea>" in asking(KAREN).get(where).text


def test_two_who_choose_on_one_decision_both_see_what_the_other_chose(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = begun(asking, sag)
    older = form_of(asking(HENRIK).get(where).text)
    answers = consents(day, where)
    hers = {"fra": "2026-12-01", "udfald": "medhold", "plan": "ja", "formaal": "Karens"}
    sent = {**older, **hers, **answers, "handling": "gem"}
    assert asking(KAREN).post(where, sent).status_code == 303
    number = UUID(where.rpartition("/")[2])
    untouched = dict.fromkeys(answers, "")
    his = {"fra": "", "udfald": "delvist", "plan": "", "til": "2027-03-01", "formaal": "Henriks"}
    answer = asking(HENRIK).post(where, {**older, **untouched, **his, "handling": "gem"})
    assert answer.status_code == 422
    text = answer.text.replace("\u00a0", " ")
    assert "Fra: En anden har valgt »1. december 2026« imens." in text
    assert "Udfald: En anden har valgt »Besluttet« imens. Vælg" in text
    assert "En anden har skrevet her imens: »Karens«" in text
    assert "Samtykke fra Sofie Testvad: En anden har valgt »Ja« imens." in text
    assert 'value="2026-12-01"' in text, "what he did not touch is what she chose"
    assert 'value="2027-03-01"' in text, "and what he chose is there still"
    assert "Til og med:" not in text
    again = {**form_of(answer.text), **hers, **answers, "udfald": "delvist", "til": "2027-03-01"}
    again = {**again, "formaal": "Begges", "handling": "gem"}
    assert asking(HENRIK).post(where, again).status_code == 303
    with day.town.product.store.read() as connection:
        its = afgoerelser.by_id(connection, number)
    assert its is not None
    assert (its.starts_on, its.ends_on) == (date(2026, 12, 1), date(2027, 3, 1))
    assert (its.outcome, its.plan) == ("delvist", True)


def test_a_refusal_of_one_page_does_not_let_it_overwrite_what_another_chose(
    asking: Asking, sag: UUID
) -> None:
    where = begun(asking, sag)
    older = form_of(asking(HENRIK).get(where).text)
    hers = {**older, "fra": "2026-12-01", "handling": "gem"}
    assert asking(KAREN).post(where, hers).status_code == 303
    late = {**older, "fra": "", "handling": "gem"}
    long = asking(HENRIK).post(where, {**late, "formaal": "å" * (LONGEST + 1)})
    assert long.status_code == 422
    answer = asking(HENRIK).post(where, {**late, **form_of(long.text), "handling": "gem"})
    assert answer.status_code == 422
    assert 'value="2026-12-01"' in answer.text


def test_a_date_that_is_none_is_told_at_its_field(asking: Asking, day: Day, sag: UUID) -> None:
    where = begun(asking, sag)
    sent = {**form_of(asking(KAREN).get(where).text), "fra": "i morgen", "handling": "gem"}
    answer = asking(KAREN).post(where, sent)
    assert answer.status_code == 422
    assert 'id="f-fra-fejl"' in answer.text


def test_a_party_is_heard_on_its_own_page(asking: Asking, day: Day, sag: UUID) -> None:
    where = begun(asking, sag)
    [address, _] = re.findall(r'href="([^"]+/part/[^"]+)"', asking(KAREN).get(where).text)
    bad = asking(KAREN).post(
        address, {"handling": "send", "om": "Fraværet.", "frist": "2020-01-01"}
    )
    assert bad.status_code == 422
    assert ">Fraværet.</textarea>" in bad.text
    due = (day.town.now + timedelta(days=14)).date().isoformat()
    assert (
        asking(KAREN)
        .post(address, {"handling": "send", "om": "Fraværet.", "frist": due})
        .status_code
        == 303
    )
    assert "venter på svar" in asking(KAREN).get(where).text
    today = day.town.now.date().isoformat()
    answer = {"handling": "svar", "besvaret": today, "svar": "Nej.", "vaegt": "Set på igen."}
    assert asking(KAREN).post(address, answer).status_code == 303
    assert "Har svaret" in asking(KAREN).get(where).text


def decided(asking: Asking, day: Day, sag: UUID) -> str:
    where = begun(asking, sag)
    day.town.happened(Haendelse.BOERNESAMTALE_HOLDT, sag=sag)
    page = asking(KAREN).get(where).text
    sent = {**form_of(page), **WHOLE, **consents(day, where), "handling": "gem"}
    asking(KAREN).post(where, sent)
    left_out(asking, where)
    sent = {**form_of(asking(HENRIK).get(where).text), "handling": "traef"}
    assert asking(HENRIK).post(where, sent).status_code == 303
    return where


def test_it_is_nobody_elses(asking: Asking, day: Day, sag: UUID) -> None:
    where = begun(asking, sag)
    other = day.town.sag(day.town.person("Viggo Demosen", born=date(2015, 2, 3)))
    assert asking(ANDERS).get(where).status_code == 404
    wrong = where.replace(str(sag), str(other))
    assert asking(KAREN).get(wrong).status_code == 404
    assert asking(KAREN).get(f"/dubu/sag/{sag}/afgoerelse/hej").status_code == 404
    assert asking(KAREN).get(f"{where}/klage").status_code == 404, "it is not made"
    with day.town.product.store.read() as connection:
        [one] = afgoerelser.of_sag(connection, sag)
    assert one.is_open


def test_what_cannot_be_decided_today_is_said(asking: Asking, sag: UUID) -> None:
    answer = asking(KAREN).post(f"/dubu/sag/{sag}/afgoerelser", {"forhold": "ungestoette"})
    assert answer.status_code == 422
    assert "Vælg en af de afgørelser" in answer.text


@pytest.mark.parametrize("matter", ["stoette", "hjemgivelse"])
@pytest.mark.parametrize("page", ["/afgoerelser", "", "/part/"])
def test_a_page_asks_at_most_a_dozen_questions(
    asking: Asking, day: Day, page: str, matter: str
) -> None:
    sag = family(day, years=12)
    day.town.happened(Haendelse.ANBRINGELSE_IVAERKSAT, sag=sag, data={"anbringelse": "en"})
    where = begun(asking, sag, matter)
    path = f"/dubu/sag/{sag}/afgoerelser" if page == "/afgoerelser" else where
    if page == "/part/":
        path = re.findall(r'href="([^"]+/part/[^"]+)"', asking(KAREN).get(where).text)[0]
    said: list[str] = []
    engine = day.town.product.store.engine

    def heard(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    sa.event.listen(engine, "before_cursor_execute", heard)
    assert asking(KAREN).get(path).status_code == 200
    sa.event.remove(engine, "before_cursor_execute", heard)
    asked = [one for one in said if one.startswith(("SELECT", "INSERT", "UPDATE"))]
    assert len(asked) <= 12, "\n".join(one[:100].replace("\n", " ") for one in asked)


@pytest.mark.parametrize(("age", "said"), [(8, True), (12, False)])
def test_paragraf_98_stk_3_the_page_says_what_who_cares_for_a_small_child_may_ask_for(
    asking: Asking, day: Day, sag: UUID, age: int, said: bool
) -> None:
    where = decided(asking, day, sag)
    number = UUID(where.rpartition("/")[2])
    today = day.town.now.date()
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        its = rows.c.skrift_id == number
        work.connection.execute(sa.update(rows).where(its).values(matter="aendret_sted"))
        born = today.replace(year=today.year - age)
        child = sa.select(sager.c.child_id).where(sager.c.id == sag).scalar_subquery()
        work.connection.execute(sa.update(personer).where(personer.c.id == child).values(born=born))
    shown = asking(KAREN).get(where).text.replace("\u00a0", " ")
    assert ("barnets lov § 98, stk. 3" in shown) is said
