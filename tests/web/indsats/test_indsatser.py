"""The indsatser of a case on the screen: begun in few clicks, changed, moved and ended."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Given
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.afgoerelse.given import give
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import afgoerelser, indsatser, klager
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

CHOSEN = re.compile(
    r'<select[^>]*name="(\w+)"(?:(?!</select>).)*?<option value="([^"]*)" selected', re.DOTALL
)


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of a child of nine."""
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=9 * 366))
    return day.town.sag(child)


def decided(day: Day, sag: UUID, *gives: str, matter: str = "stoette", **more: Any) -> UUID:
    """Have a decision of today stand that gives some indsatser."""
    with day.town.product.store.write(actor="henrik", now=day.town.now) as work:
        ours = sager.by_id(work.connection, sag)
        assert ours is not None
        number = skrifter.begin(
            work.connection, ours, SkriftKind.AFGOERELSE, by="karen", now=day.town.now
        ).id
        work.connection.execute(
            sa.insert(afgoerelser).values(
                skrift_id=number, sag_id=sag, matter=matter, outcome="medhold", state="truffet",
                decided_on=day.town.now.date(), made_at=day.town.now, at_once=False, version=1,
                law="BL § 32", **more,
            )
        )  # fmt: skip
        give(work.connection, number, [Given(code=one) for one in gives])
    return number


def form_of(page: str) -> dict[str, str]:
    """Return what a browser would send of a form nobody has typed in."""
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', page)
    fields = re.findall(r'<input class="form-input[^>]*name="(\w+)" value="([^"]*)"', page)
    chosen = CHOSEN.findall(page)
    return {
        name: value
        for name, value in [*hidden, *fields, *chosen]
        if name not in ("skrives_af", "tilbage")
    }


def begun(asking: Asking, sag: UUID, **more: str) -> str:
    """Begin an indsats; without a decision on the case, on one from the day it came here."""
    new = f"/dubu/sag/{sag}/indsatser/ny"
    form = form_of(asking(KAREN).get(new).text)
    if not form["afgoerelse"]:
        form |= {"afgjort_af": "kommunen", "afgjort_dag": form["fra"], "afgjort_hvor": "Dok. 7"}
    answer = asking(KAREN).post(new, {**form, **more})
    assert answer.status_code == 303, answer.text
    where: str = answer.headers["location"].partition("?")[0]
    return where


def placed(asking: Asking, sag: UUID, **more: str) -> str:
    chosen = {"hvad": "anbringelse_samtykke:almen_plejefamilie", "grund": "omsorgssvigt"}
    return begun(asking, sag, **{**chosen, "sted_navn": "Familien Prøvegård", **more})


def test_from_the_panel_it_begins_in_three_clicks(asking: Asking, day: Day, sag: UUID) -> None:
    decided(day, sag, "familiebehandling")
    panel = f"/dubu/sag/{sag}"
    assert f'href="{panel}/indsatser"' in asking(KAREN).get(panel).text
    page = asking(KAREN).get(f"{panel}/indsatser").text
    assert f'href="{panel}/indsatser/ny"' in page
    where = begun(asking, sag)
    page = asking(KAREN).get(where).text
    assert "Familiebehandling" in page
    assert "I gang" in page
    page = asking(KAREN).get(panel).text
    assert f'href="{where}"' in page
    assert "Indsats i gang" in page


def test_the_form_begins_with_what_the_decision_says(asking: Asking, day: Day, sag: UUID) -> None:
    today = day.town.now.date()
    first = today + timedelta(days=4)
    decided(day, sag, "familiebehandling", starts_on=first, ends_on=date(2027, 1, 1))
    page = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser/ny").text
    assert form_of(page)["hvad"] == "familiebehandling:"
    assert form_of(page)["fra"] == first.isoformat()
    assert form_of(page)["til"] == "2027-01-01"
    assert "Anbringelse med samtykke" not in page, "only what the decision is about"
    free = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser/ny?afgoerelse=ingen").text
    assert "Anbringelse med samtykke" in free


def test_a_refusal_shows_the_form_with_everything_typed(
    asking: Asking, day: Day, sag: UUID
) -> None:
    new = f"/dubu/sag/{sag}/indsatser/ny"
    sent = {"hvad": "kontaktperson:", "fra": "i morgen", "antal": "fire", "leverandoer": "Huset"}
    answer = asking(KAREN).post(new, sent)
    assert answer.status_code == 422
    assert 'id="f-fra-fejl"' in answer.text
    assert 'id="f-antal-fejl"' in answer.text
    assert 'value="Huset"' in answer.text
    assert form_of(answer.text)["hvad"] == "kontaktperson:"


def test_what_rests_on_no_decision_says_who_made_it_and_keeps_what_was_typed(
    asking: Asking, day: Day, sag: UUID
) -> None:
    new = f"/dubu/sag/{sag}/indsatser/ny"
    today = day.town.now.date().isoformat()
    hvad = {"hvad": "anbringelse_uden:almen_plejefamilie", "grund": "omsorgssvigt"}
    sent = {**form_of(asking(KAREN).get(new).text), **hvad}
    answer = asking(KAREN).post(new, sent)
    assert answer.status_code == 422
    assert "begynder først, når der er truffet afgørelse om det (§\u00a047)" in answer.text
    sent |= {"afgjort_af": "udvalget", "afgjort_dag": today, "stemmer": "3", "afgjort_hvor": "7"}
    answer = asking(KAREN).post(new, sent)
    assert answer.status_code == 422
    assert 'id="f-stemmer-fejl"' in answer.text
    assert form_of(answer.text)["afgjort_af"] == "udvalget"
    assert form_of(answer.text)["afgjort_dag"] == today
    assert asking(KAREN).post(new, {**sent, "stemmer": "fire"}).status_code == 422
    answer = asking(KAREN).post(new, {**sent, "stemmer": "4"})
    assert answer.status_code == 303
    page = asking(KAREN).get(answer.headers["location"]).text
    assert "af børne- og ungeudvalget, 4 stemmer. Ligger her: 7." in page


def test_an_akut_placement_is_asked_for_its_hour(asking: Asking, day: Day, sag: UUID) -> None:
    new = f"/dubu/sag/{sag}/indsatser/ny"
    today = day.town.now.date().isoformat()
    sent = form_of(asking(KAREN).get(new).text) | {
        "hvad": "anbringelse_akut:almen_plejefamilie", "grund": "omsorgssvigt",
        "afgjort_af": "formanden", "afgjort_dag": today, "afgjort_hvor": "Dok. 7",
    }  # fmt: skip
    answer = asking(KAREN).post(new, sent)
    assert answer.status_code == 422
    assert 'id="f-klokken-fejl"' in answer.text
    assert asking(KAREN).post(new, {**sent, "klokken": "25"}).status_code == 422
    assert asking(KAREN).post(new, {**sent, "klokken": "0.05"}).status_code == 303


def test_a_decision_on_the_case_is_chosen_and_nothing_else_is_asked(
    asking: Asking, day: Day, sag: UUID
) -> None:
    decided(day, sag, "familiebehandling")
    page = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser/ny").text
    assert form_of(page)["hvad"] == "familiebehandling:"
    assert 'name="afgjort_af"' not in page


def test_each_indsats_of_a_decision_is_begun_from_its_page(
    asking: Asking, day: Day, sag: UUID
) -> None:
    number = decided(day, sag, "familiebehandling", "kontaktperson")
    page = asking(KAREN).get(f"/dubu/sag/{sag}/afgoerelse/{number}").text
    links = re.findall(r'href="(/dubu/sag/[^"]+indsatser/ny[^"]+)"', page)
    assert len(links) == 2
    form = form_of(asking(KAREN).get(links[1].replace("&amp;", "&")).text)
    assert form["hvad"] == "kontaktperson:"
    answer = asking(KAREN).post(f"/dubu/sag/{sag}/indsatser/ny", form)
    assert answer.status_code == 303
    page = asking(KAREN).get(f"/dubu/sag/{sag}/afgoerelse/{number}").text
    assert answer.headers["location"].partition("?")[0] in page
    assert page.count("indsatser/ny?") == 1, "one is left to begin"
    free = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser/ny").text
    assert form_of(free)["hvad"] == "familiebehandling:", "what is not begun is next"
    assert asking(KAREN).post(f"/dubu/sag/{sag}/indsatser/ny", form_of(free)).status_code == 303
    done = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser/ny").text
    assert form_of(done)["afgoerelse"] == str(number), "the decision is still what is rested on"
    assert form_of(done).get("hvad", "") == ""


def test_paragraf_72_is_named_on_the_form(asking: Asking, day: Day, sag: UUID) -> None:
    decision = decided(day, sag, "familiebehandling")
    page = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser/ny").text
    mother = day.town.person("Sofie Testvad")
    day.town.insert(
        klager, id=uuid4(), sag_id=sag, afgoerelse_id=decision, person_id=mother,
        received_at=day.town.now, form="skriftligt", words="Nej.", late=False,
        due_on=date(2026, 7, 9), suspensive=True, state="modtaget", noted_by="karen",
    )  # fmt: skip
    answer = asking(KAREN).post(f"/dubu/sag/{sag}/indsatser/ny", form_of(page))
    assert answer.status_code == 422
    assert "retssikkerhedsloven §\u00a072" in answer.text


def test_the_second_of_two_sees_what_the_first_did(asking: Asking, day: Day, sag: UUID) -> None:
    where = begun(asking, sag, hvad="kontaktperson:", antal="4")
    form = form_of(asking(HENRIK).get(f"{where}?goer=aendr").text)
    first = {**form, "antal": "6", "grund": "aendring_mere"}
    assert asking(KAREN).post(where, first).status_code == 303
    answer = asking(HENRIK).post(where, {**form, "antal": "2", "grund": "aendring_mindre"})
    assert answer.status_code == 422
    assert "En anden har ændret indsatsen imens" in answer.text
    assert "6 timer om ugen" in answer.text
    assert form_of(answer.text)["antal"] == "2"
    asked = {"hvordan": "bedt_om", "ord": "Moderen bad om det i dag."}
    again = {**form_of(answer.text), "grund": "aendring_mindre", **asked}
    assert asking(HENRIK).post(where, again).status_code == 303


def test_it_ends_with_a_reason_and_the_panel_says_so(asking: Asking, day: Day, sag: UUID) -> None:
    where = begun(asking, sag, hvad="kontaktperson:")
    form = form_of(asking(KAREN).get(f"{where}?goer=afslut").text)
    answer = asking(KAREN).post(where, form)
    assert answer.status_code == 422
    assert 'id="f-grund-fejl"' in answer.text
    answer = asking(KAREN).post(where, {**form, "grund": "ophoer_maal_naaet"})
    assert answer.status_code == 422
    assert 'id="f-hvordan-fejl"' in answer.text
    leads = f"/dubu/sag/{sag}/afgoerelser?forhold=ophoer"
    assert leads in answer.text
    assert "Indsats eller anbringelse hører op" in asking(KAREN).get(leads).text
    sent = {**form, "grund": "ophoer_maal_naaet", "hvordan": "bedt_om", "ord": "Moderen ringede."}
    assert asking(KAREN).post(where, sent).status_code == 303
    page = asking(KAREN).get(where).text
    assert "Afsluttet" in page
    assert "goer=afslut" not in page
    assert "Indsats i gang" not in asking(KAREN).get(f"/dubu/sag/{sag}").text


def test_what_is_planned_is_begun_from_its_page(asking: Asking, day: Day, sag: UUID) -> None:
    ahead = (day.town.now.date() + timedelta(days=9)).isoformat()
    where = begun(asking, sag, hvad="kontaktperson:", fra=ahead)
    assert "Planlagt" in asking(KAREN).get(where).text
    form = form_of(asking(KAREN).get(f"{where}?goer=start").text)
    assert asking(KAREN).post(where, form).status_code == 303
    assert "I gang" in asking(KAREN).get(where).text


def test_another_case_s_indsats_is_not_there(asking: Asking, day: Day, sag: UUID) -> None:
    where = begun(asking, sag, hvad="kontaktperson:")
    other = day.town.sag(day.town.person("Emil Testvad"))
    number = where.rpartition("/")[2]
    assert asking(KAREN).get(f"/dubu/sag/{other}/indsats/{number}").status_code == 404
    assert asking(KAREN).get(f"/dubu/sag/{sag}/indsats/noget").status_code == 404
    assert asking(ANDERS).get(where).status_code == 404
    assert asking(KAREN).post(where, {"handling": "slet"}).status_code == 422


def test_a_move_without_the_statement_names_paragraf_98_and_keeps_what_was_typed(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = placed(asking, sag)
    form = form_of(asking(KAREN).get(f"{where}?goer=flyt").text)
    sent = {**form, "sted": "opholdssted", "sted_navn": "Prøvehuset", "grund": "flytning_match"}
    answer = asking(KAREN).post(where, sent)
    assert answer.status_code == 422
    assert "§\u00a098" in answer.text
    assert 'value="Prøvehuset"' in answer.text
    today = day.town.now.date().isoformat()
    sent |= {"udtalelse_dag": today, "udtalelse": "Alma trives bedst med flere voksne."}
    assert asking(KAREN).post(where, sent).status_code == 422, "nothing is decided"
    typed = {**sent, "afgjort_dag": today, "afgjort_af": "karen", "afgjort_hvor": "Dok. 7"}
    answer = asking(KAREN).post(where, typed)
    assert answer.status_code == 422, "the adviser is nobody who can decide it"
    assert form_of(answer.text)["afgjort_hvor"] == "Dok. 7"
    sent |= {"afgjort_dag": today, "afgjort_af": "anden_kommune", "afgjort_hvor": "Dok. 7"}
    assert asking(KAREN).post(where, sent).status_code == 303
    page = asking(KAREN).get(where).text
    assert "opholdssted: Prøvehuset" in page
    assert "stedets navn Familien Prøvegård" in page


def test_a_visit_closes_its_duty_and_the_next_is_shown(asking: Asking, day: Day, sag: UUID) -> None:
    where = placed(asking, sag)
    form = form_of(asking(KAREN).get(f"{where}?goer=tilsyn").text)
    sent = {**form, "dag": day.town.now.date().isoformat(), "ord": "Alma viste sit værelse."}
    sent |= {"raadgivere": "2"}
    answer = asking(KAREN).post(where, {**sent, "talt": "med_ansatte"})
    assert answer.status_code == 422
    assert 'id="f-hvorfor-fejl"' in answer.text
    answer = asking(KAREN).post(where, {**sent, "talt": "alene"})
    page = asking(KAREN).get(answer.headers["location"]).text
    assert "Næste tilsynsbesøg er senest" in page
    assert "Talt med barnet alene" in page
    assert "Næste besøg senest" in asking(KAREN).get(f"/dubu/sag/{sag}/indsatser").text


def test_paragraf_100_a_placed_child_is_offered_only_what_ends_a_placement(
    asking: Asking, day: Day, sag: UUID
) -> None:
    page = asking(KAREN).get(f"{placed(asking, sag)}?goer=afslut").text
    assert "Barnet er flyttet hjem" in page
    for words in ("Målet er nået", "Samtykket er trukket tilbage", "Den unge er fyldt 18 år"):
        assert words not in page


def test_the_timeline_and_its_table_say_the_same(asking: Asking, day: Day, sag: UUID) -> None:
    page = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser").text
    assert "Tidslinje" not in page
    begun(asking, sag, hvad="kontaktperson:")
    ahead = (day.town.now.date() + timedelta(days=30)).isoformat()
    begun(asking, sag, hvad="familiebehandling:", fra=ahead)
    day.town.happened(H.OPFOELGNING_AFHOLDT, sag=sag)
    page = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser").text
    figure = page.partition('<svg class="timeline"')[2].partition("</svg>")[0]
    table = page.partition("Vis som tabel")[2].partition("</table>")[0]
    assert figure.count("timeline__bar--") == 2
    assert figure.count("timeline__dot") == 1
    assert "i dag" in figure
    for words in ("Fast kontaktperson", "Familiebehandling", "Opfølgning"):
        assert words in figure
        assert words in table


def test_paragraf_105_the_list_marks_a_place_the_parents_may_not_know(
    asking: Asking, day: Day, sag: UUID
) -> None:
    placed(asking, sag)
    mark = "skjult for forældrene"
    assert mark not in asking(KAREN).get(f"/dubu/sag/{sag}/indsatser").text
    with day.town.product.store.write(actor="karen", now=day.town.now) as work:
        work.connection.execute(sa.update(indsatser).values(place_hidden=True))
    shown = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser").text
    assert mark in shown.replace("\N{NO-BREAK SPACE}", " ")
