"""Who may take part in a reassessment (§ 137) is listed so that one can be found among many."""

from collections.abc import Mapping
from typing import Any

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store import drafts
from dubu_plugin.store.family.known_family import Colleague
from dubu_plugin.store.tables import employees
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.underretning.genvurdering_view import FreshEyes, fresh_eyes
from tests.web.conftest import Asking

WORKS = frozenset({"sagsbehandler"})
ASSESSED: Mapping[str, Any] = {
    "bekymring": ["7"], "fare": "ikke_akut_overgreb", "begrundelse": "Hun er hos sin farmor.",
    "underretter": "13", "pligt": "135", "samtale": "undladt", "samtale_grund": "Hun er for lille.",
    "naeste": "screening", "nye_oejne": "birgit", "gem": "uden", "version": 1,
}  # fmt: skip


@pytest.fixture(autouse=True)
def birgit(day: Day) -> None:
    """Somebody in Karen's unit who has not had Ida's case, which Karen and Mette have."""
    day.town.insert(
        employees, key="birgit", login="birgit", name="Birgit Testrup", unit="modtagelse",
        roles="sagsbehandler", title="børne- og ungerådgiver", active=True,
        seen_at=day.town.now,
    )  # fmt: skip


@pytest.fixture
def due(day: Day) -> None:
    """The duty of § 137, stk. 1, stands on the underretning about Ida."""
    day.town.happened(
        Haendelse.BARN_VALGT, underretning=day.ida_underretning, sag=day.ida_sag,
        data={"hvordan": "fundet", "indsats": True}, occurred_at=day.town.now,
    )  # fmt: skip


def colleague(key: str, unit: str) -> Colleague:
    return Colleague(key, f"{key.title()} Prøve", "rådgiver", unit, WORKS, f"Team {unit}")


def asked(*handled: str) -> FreshEyes:
    everybody = [colleague("anders", "syd"), colleague("bente", "nord"), colleague("carl", "nord")]
    everybody += [colleague(f"d{number}", "nord") for number in range(3)]
    return fresh_eyes(
        everybody,
        everybody,
        me="me",
        unit="nord",
        handled=frozenset(handled),
        child="Alma",
        chosen="",
    )


def test_ones_own_unit_comes_first_and_each_has_title_and_unit() -> None:
    found = asked()
    assert [one.id for one in found.people] == ["bente", "carl", "d0"]
    assert found.others[-1] == ("anders", "Anders Prøve, rådgiver, Team syd")


def test_who_has_had_the_case_is_named_without_guessing_at_more() -> None:
    assert asked("anders").note.startswith("Anders har behandlet sagen før og kan ikke vælges.")
    assert asked("anders", "bente").note.startswith("Anders og Bente har behandlet sagen før")
    assert "behandlet" not in asked().note


def test_who_saves_is_the_first_to_choose_where_they_are_new_themselves() -> None:
    me = colleague("me", "nord")
    found = fresh_eyes(
        [colleague("bente", "nord"), me], [me], me="me", unit="nord", handled=frozenset(),
        child="Alma", chosen="",
    )  # fmt: skip
    assert next((one.id, one.name) for one in found.people) == ("me", "Mig selv")


def test_nobody_to_ask_says_what_to_do_instead_of_holding_the_24_hours() -> None:
    one = colleague("anders", "nord")
    found = fresh_eyes(
        [one], [one], me="me", unit="nord", handled=frozenset({"anders"}), child="Alma", chosen=""
    )
    assert found.people == []
    assert "Gem alligevel" in found.note


def test_a_named_colleague_is_asked_on_min_dag_and_answers_on_a_page_of_her_own(
    asking: Asking, day: Day, due: None
) -> None:
    karen, birgit = asking(KAREN), asking("birgit")
    page = karen.get(f"/dubu/indgang/{day.ida_underretning}").text
    assert 'value="birgit"' in page
    assert 'value="anders"' not in page, "only people who can open it are offered"
    saved = karen.post(
        f"/dubu/indgang/{day.ida_underretning}", data=ASSESSED, follow_redirects=True
    )
    assert "Birgit Testrup er spurgt" in saved.text
    assert "Spørg en anden" in saved.text
    min_dag = birgit.get("/dubu/min-dag").text
    address = f"/dubu/indgang/{day.ida_underretning}/genvurdering"
    assert address in min_dag
    assert "Karen Demotoft spørger dig" in min_dag.replace("\xa0", " ")
    asked = birgit.get(address).text
    assert "græde om natten" in asked
    assert "Bekræft, at jeg har deltaget" in asked
    assert "Bekræft, at jeg" not in karen.get(address).text
    nothing = birgit.post(address, data={"hvad": "bekraeft", "ord": " "})
    assert nothing.status_code == 422
    assert "dine egne ord" in nothing.text
    done = birgit.post(
        address, data={"hvad": "bekraeft", "ord": "Støtten rækker ikke."}, follow_redirects=True
    ).text
    assert "Birgit Testrup har bekræftet" in done
    assert "Støtten rækker ikke." in done
    assert "Genvurdering med friske øjne: pligten er opfyldt" in done
    assert address not in birgit.get("/dubu/min-dag").text


def test_whoever_is_interrupted_has_her_words_again(asking: Asking, day: Day) -> None:
    asking(KAREN).post(f"/dubu/indgang/{day.ida_underretning}", data=ASSESSED)
    address = f"/dubu/indgang/{day.ida_underretning}/genvurdering"
    birgit = asking("birgit")
    where = birgit.get(address).text.partition('data-draft="')[2].partition('"')[0]
    assert "Kladde gemt" in birgit.post(where, {"ord": "Støtten rækker ikk"}).text
    assert ">Støtten rækker ikk</textarea>" in birgit.get(address).text
    assert "Støtten rækker ikk" not in asking(KAREN).get(address).text
    birgit.post(address, data={"hvad": "bekraeft", "ord": "Støtten rækker ikke."})
    with day.town.product.store.read() as connection:
        assert not drafts.begun(connection, "birgit", "genvurdering")


def test_a_no_comes_back_to_who_asked(asking: Asking, day: Day) -> None:
    karen, birgit = asking(KAREN), asking("birgit")
    karen.post(f"/dubu/indgang/{day.ida_underretning}", data=ASSESSED)
    address = f"/dubu/indgang/{day.ida_underretning}/genvurdering"
    birgit.post(address, data={"hvad": "nej", "ord": "Jeg er på kursus."})
    assert "har sagt nej. Spørg en anden" in karen.get("/dubu/min-dag").text.replace("\xa0", " ")
    again = karen.post(address, data={"hvad": "spoerg", "kollega": "henrik"}, follow_redirects=True)
    assert "Henrik Prøveholm er spurgt" in again.text
    refused = karen.post(address, data={"hvad": "spoerg", "kollega": "anders"})
    assert refused.status_code == 422


def test_a_correction_asks_nobody_new_where_it_is_noted_as_done(
    day: Day, asking: Asking, due: None
) -> None:
    asking().post(f"/dubu/indgang/{day.ida_underretning}", {**ASSESSED, "nye_oejne": "birgit"})
    with day.town.product.store.write(actor="birgit", now=day.town.now) as work:
        work.happened(
            Haendelse.SAG_GENVURDERET, underretning=day.ida_underretning, sag=day.ida_sag, data={}
        )
    form = asking().get(f"/dubu/indgang/{day.ida_underretning}?ret=ja").text
    assert "Ret vurderingen" in form
    assert "Hvem deltager uden at have haft sagen?" not in form
