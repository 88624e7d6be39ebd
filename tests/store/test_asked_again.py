"""A duty of a delivered rule is asked for again when the law asks for it again."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.database import Store
from tests.store.life import NOW, Ground, Life, day_of, days

BY_CONSENT: dict[str, Any] = {"grundlag": "samtykke", "plan": True, "tilbud": False}
SUPPORT: dict[str, Any] = {"grundlag": "stoette", "plan": True, "tilbud": False}


@pytest.fixture
def life(store: Store, ground: Ground, rules: RuleBook) -> Life:
    found = Life(store, ground)
    found.store.rules = rules
    return found


def states(life: Life, rule: str) -> list[str]:
    return [row.state for row in life.rows() if row.rule == rule]


def test_bl_33_stk_1_a_second_request_for_treatment_has_its_14_days(life: Life) -> None:
    life.happen(H.STOFMISBRUGSBEHANDLING_SOEGT)
    life.happen(H.STOFMISBRUGSBEHANDLING_IVAERKSAT, NOW + days(5))
    life.happen(H.STOFMISBRUGSBEHANDLING_SOEGT, NOW + days(60))
    first, second = [row for row in life.rows() if row.rule == "STOF-14D"]
    assert (first.state, second.state) == ("opfyldt", "aaben")
    assert day_of(second) == date(2026, 5, 15)


@pytest.mark.parametrize(("rule", "said"), [("PLAN-ANB", BY_CONSENT), ("PLAN-3M", SUPPORT)])
def test_bl_91_a_new_decision_asks_for_a_plan_after_the_first_was_made(
    life: Life, rule: str, said: dict[str, Any]
) -> None:
    life.happen(H.AFGOERELSE_TRUFFET, **said)
    life.happen(H.BARNETS_PLAN_VEDTAGET, NOW + days(30))
    life.happen(H.AFGOERELSE_TRUFFET, NOW + days(300), **said)
    assert states(life, rule) == ["opfyldt", "aaben"]


def test_bl_91_stk_2_a_plan_for_a_placement_that_ended_gives_way_to_the_next(life: Life) -> None:
    life.happen(H.AFGOERELSE_TRUFFET, **BY_CONSENT)
    life.happen(H.ANBRINGELSE_OPHOERT, NOW + days(20))
    life.happen(H.AFGOERELSE_TRUFFET, NOW + days(40), **BY_CONSENT)
    assert states(life, "PLAN-ANB") == ["bortfaldet", "aaben"]


def test_bl_108_a_new_decision_asks_for_an_ungeplan_and_moves_no_open_one(life: Life) -> None:
    life.born(date(2009, 9, 1))
    life.happen(H.AFGOERELSE_TRUFFET, **BY_CONSENT)
    life.happen(H.AFGOERELSE_TRUFFET, NOW + days(60), **BY_CONSENT)
    (open_one,) = [row for row in life.rows() if row.rule == "UNGEPLAN"]
    assert day_of(open_one) == date(2026, 6, 2)
    life.happen(H.UNGEPLAN_VEDTAGET, NOW + days(70))
    life.happen(H.AFGOERELSE_TRUFFET, NOW + days(200), **BY_CONSENT)
    assert states(life, "UNGEPLAN") == ["opfyldt", "aaben"]


def follow_ups(life: Life) -> list[tuple[str, date]]:
    return [(row.state, day_of(row)) for row in life.rows() if row.rule == "OPF-1"]


def test_bl_95_the_first_follow_up_lapses_with_the_placement_and_the_next_has_its_own(
    life: Life,
) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT)
    life.happen(H.ANBRINGELSE_OPHOERT, NOW + days(20))
    life.happen(H.ANBRINGELSE_IVAERKSAT, NOW + days(40))
    assert follow_ups(life) == [
        ("bortfaldet", date(2026, 6, 2)),
        ("aaben", date(2026, 7, 11)),
    ]


def test_bl_95_the_first_follow_up_goes_on_for_the_support_that_is_left(life: Life) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT)
    one, other = str(uuid4()), str(uuid4())
    life.happen(H.INDSATS_IVAERKSAT, NOW + days(10), indsats=one)
    life.happen(H.INDSATS_IVAERKSAT, NOW + days(12), indsats=other)
    life.happen(H.ANBRINGELSE_OPHOERT, NOW + days(20))
    placed, first, second = follow_ups(life)
    assert placed == ("bortfaldet", date(2026, 6, 2))
    assert (first, second) == (("aaben", date(2026, 6, 12)), ("aaben", date(2026, 6, 14)))
    life.happen(H.INDSATS_OPHOERT, NOW + days(30), indsats=other)
    assert follow_ups(life)[1:] == [("aaben", first[1]), ("bortfaldet", second[1])]
    life.happen(H.INDSATS_OPHOERT, NOW + days(31), indsats=one)
    assert [state for state, _ in follow_ups(life)] == ["bortfaldet"] * 3


def test_bl_95_an_agreed_follow_up_lapses_when_nothing_runs(life: Life) -> None:
    life.happen(H.INDSATS_IVAERKSAT)
    life.happen(H.OPFOELGNING_AFHOLDT, NOW + days(60), naeste_opfoelgning="2026-09-01")
    life.happen(H.INDSATS_OPHOERT, NOW + days(90))
    assert states(life, "OPF-N") == ["bortfaldet"]


def test_bl_116_support_that_begins_again_ends_again_at_23(life: Life) -> None:
    life.born(date(2006, 9, 1))
    life.happen(H.UNGESTOETTE_BESLUTTET, bevilget=True)
    life.happen(H.UNGESTOETTE_OPHOERT, NOW + days(30))
    life.happen(H.UNGESTOETTE_BESLUTTET, NOW + days(90), bevilget=True)
    assert states(life, "UNGEST-23") == ["opfyldt", "aaben"]
