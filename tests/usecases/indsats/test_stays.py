"""A child in a family, or locked up, has the deadlines of that, and no more when it moves."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.gates.begins import Before, Decider
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import Stay
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.tables import frister, personer
from dubu_plugin.usecases.frist.recompute import recompute
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.move import Moved, move
from dubu_plugin.usecases.indsats.put_into_effect import put_into_effect
from dubu_plugin.usecases.indsats.wanted import Wanted

from .desk import BEFORE, HOME, TODAY, Desk

FAMILIES = ["almen", "forstaerket", "specialiseret"]


def moved(desk: Desk, its: Indsats, place: str, *, on: date = TODAY) -> Indsats:
    values: dict[str, Any] = {
        "seen": its.version, "on": on, "place": place, "place_name": "Familien Demodal",
        "reason": "flytning_match", "statement_on": on, "statement": "Alma skal videre.",
        "elsewhere": Elsewhere(on, Decider.ANKESTYRELSEN, "Dokument 9"),
    }  # fmt: skip
    move(desk.sag, its.id, Moved(**values), **desk.act())
    return desk.its(its.id)


def due(desk: Desk, rule: str) -> list[date]:
    with desk.town.product.store.read() as connection:
        asked = sa.select(frister.c.due).where(frister.c.rule == rule, frister.c.state == "aaben")
        return [row.date() for row in connection.scalars(asked)]


@pytest.mark.parametrize("place", [*(f"{kind}_plejefamilie" for kind in FAMILIES),
                                   "netvaerksplejefamilie"])  # fmt: skip
def test_paragraf_56_a_family_that_gets_a_child_is_to_have_intensive_support_within_half_a_year(
    desk: Desk, place: str
) -> None:
    its = desk.placed(place=place)
    assert desk.happened(H.PLEJEFORHOLD_BEGYNDT) == [{"anbringelse": str(its.id)}]
    assert due(desk, "PLEJE-INT") == [date(2026, 12, 11)]


@pytest.mark.parametrize("place", ["opholdssted", "eget_vaerelse", "kostskole"])
def test_paragraf_56_is_of_families_only(desk: Desk, place: str) -> None:
    desk.placed(place=place)
    assert desk.happened(H.PLEJEFORHOLD_BEGYNDT) == []
    assert desk.deadlines("PLEJE-INT") == []


def test_paragraf_56_support_in_a_family_is_no_placement(desk: Desk) -> None:
    desk.begun("stoetteophold", place="almen_plejefamilie")
    assert desk.happened(H.PLEJEFORHOLD_BEGYNDT) == []


def test_paragraf_56_what_was_planned_counts_from_when_it_begins(desk: Desk) -> None:
    planned = desk.placed(starts_on=date(2026, 6, 20))
    assert desk.deadlines("PLEJE-INT") == []
    wanted = Wanted(code="", starts_on=TODAY, reason="omsorgssvigt")
    put_into_effect(desk.sag, planned.id, wanted, seen=planned.version, **desk.act())
    assert due(desk, "PLEJE-INT") == [date(2026, 12, 11)]


def test_paragraf_56_a_child_who_moves_into_a_family_and_out_of_it(desk: Desk) -> None:
    its = moved(desk, desk.placed(place="opholdssted"), "almen_plejefamilie")
    assert desk.deadlines("PLEJE-INT") == ["aaben"]
    moved(desk, its, "opholdssted")
    assert desk.deadlines("PLEJE-INT") == ["bortfaldet"]


@pytest.mark.parametrize("days", [0, 4])
def test_paragraf_56_another_family_has_half_a_year_of_its_own(desk: Desk, days: int) -> None:
    its = desk.placed(starts_on=TODAY - timedelta(days=100))
    on = TODAY - timedelta(days=days)
    moved(desk, its, "forstaerket_plejefamilie", on=on)
    assert sorted(desk.deadlines("PLEJE-INT")) == ["aaben", "bortfaldet"]
    assert due(desk, "PLEJE-INT") == [on.replace(month=12)]
    recompute(desk.town.product.store, desk.town.now, everything=True)
    assert due(desk, "PLEJE-INT") == [on.replace(month=12)], "nothing before it ends it"


def test_paragraf_56_a_placement_from_the_day_another_ended_has_its_own(desk: Desk) -> None:
    on = TODAY - timedelta(days=3)
    old = desk.placed(place="opholdssted", starts_on=TODAY - timedelta(days=30))
    planned = desk.placed(starts_on=TODAY + timedelta(days=1), before=replace(BEFORE, on=on))
    end(desk.sag, old.id, on, "ophoer_anden_indsats", "", seen=old.version, **desk.act())
    wanted = Wanted(code="", starts_on=on, reason="omsorgssvigt")
    put_into_effect(desk.sag, planned.id, wanted, seen=planned.version, **desk.act())
    assert due(desk, "PLEJE-INT") == [date(2026, 12, 8)]


def test_paragraf_56_ends_with_the_placement(desk: Desk) -> None:
    its = desk.placed()
    end(desk.sag, its.id, TODAY, "ophoer_hjemgivet", "", seen=its.version, elsewhere=HOME,
        **desk.act())  # fmt: skip
    assert desk.deadlines("PLEJE-INT") == ["bortfaldet"]
    assert desk.happened(H.PLEJEFORHOLD_OPHOERT) == []


def test_paragraf_62_a_locked_stay_runs_out_and_ends_with_the_placement(desk: Desk) -> None:
    with desk.town.product.store.write(actor="system", now=desk.town.now) as work:
        work.connection.execute(
            sa.update(personer).where(personer.c.id == desk.alma).values(born=date(2012, 6, 1))
        )
    decision = desk.decision("sikret", ends=date(2026, 8, 1))
    its = desk.begun("anbringelse_sikret", afgoerelse=decision, place="sikret",
                     reason="omsorgssvigt", before=Before())  # fmt: skip
    assert due(desk, "LUKKET-3M") == [date(2026, 8, 1)]
    end(desk.sag, its.id, TODAY, "ophoer_hjemgivet", "", seen=its.version, elsewhere=HOME,
        **desk.act())  # fmt: skip
    assert desk.deadlines("LUKKET-3M") == ["opfyldt"]


def test_paragraf_43_the_places_the_law_asks_more_of_are_rows_of_the_catalogue(desk: Desk) -> None:
    places = desk.town.product.indsatser.places
    found = {one.code: one.stay for one in places if one.stay}
    family = dict.fromkeys([f"{kind}_plejefamilie" for kind in FAMILIES], Stay.PLEJEFAMILIE)
    assert found == {
        **family, "netvaerksplejefamilie": Stay.PLEJEFAMILIE,
        "sikret": Stay.SIKRET, "saerligt_sikret": Stay.SIKRET,
    }  # fmt: skip
