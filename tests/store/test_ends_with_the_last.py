"""What follows a child's help: it ends with the last of it, and each start is followed up."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.database import Store
from tests.store.life import NOW, Ground, Life, day_of, days

BORN = date(2013, 5, 4)
ADULT = date(2031, 5, 4)


@pytest.fixture
def life(store: Store, ground: Ground) -> Life:
    life = Life(store, ground)
    life.born(BORN)
    return life


def open_days(life: Life, code: str) -> list[date]:
    return [day_of(row) for row in life.rows("aaben") if row.rule == code]


# -- § 99: eighteen years --------------------------------------------------------------------------


def test_bl_99_one_support_that_ends_does_not_end_what_the_placement_asks_at_18(
    life: Life,
) -> None:
    one, home = str(uuid4()), str(uuid4())
    life.happen(H.INDSATS_IVAERKSAT, indsats=one)
    life.happen(H.ANBRINGELSE_IVAERKSAT, NOW + days(1), anbringelse=home)
    life.happen(H.INDSATS_OPHOERT, NOW + days(30), indsats=one)
    assert open_days(life, "OPHOER-18") == [ADULT], "the placement still ends at 18"
    life.happen(H.ANBRINGELSE_OPHOERT, NOW + days(60), anbringelse=home)
    assert [row.state for row in life.rows() if row.rule == "OPHOER-18"][-1] == "bortfaldet"
    assert open_days(life, "OPHOER-18") == []


def test_bl_99_a_refused_ungestoette_leaves_the_end_at_18(life: Life) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT, anbringelse=str(uuid4()))
    life.happen(H.UNGESTOETTE_BESLUTTET, NOW + days(1), bevilget=False)
    assert open_days(life, "OPHOER-18") == [ADULT]


# -- §§ 111 and 156: as long as the child is placed ------------------------------------------------


def test_bl_156_and_111_last_as_long_as_the_child_is_placed_by_another(life: Life) -> None:
    akut, next_home, help_too = (str(uuid4()) for _ in range(3))
    life.happen(H.ANBRINGELSE_IVAERKSAT, anbringelse=akut)
    due = open_days(life, "TILSYN-2")
    life.happen(H.INDSATS_IVAERKSAT, NOW + days(1), indsats=help_too)
    life.happen(H.ANBRINGELSE_IVAERKSAT, NOW + days(18), anbringelse=next_home)
    life.happen(H.ANBRINGELSE_OPHOERT, NOW + days(18), anbringelse=akut)
    assert open_days(life, "TILSYN-2") == due, "the child is visited, and no later than before"
    assert len(open_days(life, "UNGEST-6M")) == 1
    life.happen(H.ANBRINGELSE_OPHOERT, NOW + days(60), anbringelse=next_home)
    assert open_days(life, "TILSYN-2") == open_days(life, "UNGEST-6M") == [], "a support is no home"


def test_bl_50_and_156_the_end_of_the_old_place_leaves_what_the_new_one_asks(life: Life) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT)
    life.happen(
        H.UDVALGSAFGOERELSE_TRUFFET, NOW + days(1), genbehandling="et_aar", angaar="anbringelse"
    )
    life.happen(H.ANBRINGELSE_IVAERKSAT, NOW + days(18))
    life.happen(H.ANBRINGELSE_OPHOERT, NOW + days(19))
    assert [len(open_days(life, code)) for code in ("TILSYN-2", "GENB-1", "UNGEST-6M")] == [1, 1, 1]
    life.happen(H.BARN_HJEMGIVET, NOW + days(60))
    assert [open_days(life, code) for code in ("TILSYN-2", "GENB-1", "UNGEST-6M")] == [[], [], []]


# -- § 95: each first follow-up --------------------------------------------------------------------


def test_bl_95_stk_2_each_indsats_is_followed_up_three_months_after_its_own_start(
    life: Life,
) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT, datetime(2026, 8, 28, 9, tzinfo=UTC), anbringelse="a")
    life.happen(H.INDSATS_IVAERKSAT, datetime(2026, 11, 20, 9, tzinfo=UTC), indsats=str(uuid4()))
    assert open_days(life, "OPF-1") == [date(2026, 11, 28), date(2027, 2, 20)]
    life.happen(
        H.OPFOELGNING_AFHOLDT, datetime(2026, 11, 22, 9, tzinfo=UTC),
        naeste_opfoelgning="2027-11-20",
    )  # fmt: skip
    assert open_days(life, "OPF-1") == [date(2027, 2, 20)], "the new one is not forgotten"
    life.happen(
        H.OPFOELGNING_AFHOLDT, datetime(2027, 2, 20, 9, tzinfo=UTC),
        naeste_opfoelgning="2027-11-20",
    )  # fmt: skip
    assert open_days(life, "OPF-1") == []


def test_bl_95_stk_2_an_agreed_opfoelgning_is_not_the_first_of_what_has_just_begun(
    life: Life,
) -> None:
    life.happen(H.INDSATS_IVAERKSAT, indsats=str(uuid4()))
    life.happen(H.OPFOELGNING_AFHOLDT, NOW + days(80), naeste_opfoelgning="2026-09-01")
    life.happen(H.INDSATS_IVAERKSAT, NOW + days(180), indsats=str(uuid4()))
    life.happen(H.OPFOELGNING_AFHOLDT, NOW + days(182), naeste_opfoelgning="2027-09-01")
    assert open_days(life, "OPF-1") == [date(2026, 11, 29)]
    assert open_days(life, "OPF-N") == [date(2027, 9, 1)]


def test_bl_95_stk_2_an_early_opfoelgning_is_the_first_of_the_only_indsats(life: Life) -> None:
    life.happen(H.INDSATS_IVAERKSAT, indsats=str(uuid4()))
    life.happen(H.OPFOELGNING_AFHOLDT, NOW + days(20), naeste_opfoelgning="2026-06-01")
    assert open_days(life, "OPF-1") == []


def test_bl_95_stk_2_one_opfoelgning_is_the_first_of_those_begun_together(life: Life) -> None:
    for after in (0, 0, 5, 25):
        life.happen(H.INDSATS_IVAERKSAT, NOW + days(after), indsats=str(uuid4()))
    life.happen(H.OPFOELGNING_AFHOLDT, NOW + days(88), naeste_opfoelgning="2026-09-01")
    assert open_days(life, "OPF-1") == []


def test_bl_95_stk_2_the_first_follow_up_lapses_with_its_own_indsats(life: Life) -> None:
    one, other = str(uuid4()), str(uuid4())
    life.happen(H.INDSATS_IVAERKSAT, indsats=one)
    life.happen(H.INDSATS_IVAERKSAT, NOW + days(60), indsats=other)
    life.happen(H.INDSATS_OPHOERT, NOW + days(61), indsats=one)
    assert open_days(life, "OPF-1") == [date(2026, 8, 1)]


# -- § 102: the child is home ----------------------------------------------------------------------


@pytest.mark.parametrize("ends", [H.BARN_HJEMGIVET, H.ANBRINGELSE_OPHOERT])
def test_bl_102_nobody_answers_a_request_to_come_home_when_the_child_is_home(
    life: Life, ends: H
) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT)
    for after in (10, 14):
        life.happen(H.HJEMGIVELSE_SOEGT, NOW + days(after), grundlag="samtykke")
    life.happen(H.INDSATS_OPHOERT, NOW + days(15))
    assert len(open_days(life, "HJEMG-7D")) == 2
    life.happen(ends, NOW + days(16))
    assert open_days(life, "HJEMG-7D") == []


def test_bl_102_the_end_of_the_old_place_leaves_the_request_to_come_home(life: Life) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT)
    life.happen(H.HJEMGIVELSE_SOEGT, NOW + days(10), grundlag="samtykke")
    life.happen(H.ANBRINGELSE_IVAERKSAT, NOW + days(11))
    life.happen(H.ANBRINGELSE_OPHOERT, NOW + days(12))
    assert len(open_days(life, "HJEMG-7D")) == 1


def test_bl_100_and_102_what_is_told_after_the_child_came_home_is_over(life: Life) -> None:
    life.happen(H.ANBRINGELSE_IVAERKSAT)
    life.happen(H.BARN_HJEMGIVET, NOW + days(22))
    told = NOW + days(23)
    life.happen(H.HJEMGIVELSE_BESLUTTET, NOW + days(10), told)
    life.happen(H.HJEMGIVELSE_SOEGT, NOW + days(20), told, grundlag="samtykke")
    assert open_days(life, "HJEMG-PER") == open_days(life, "HJEMG-7D") == []
    (period,) = [row for row in life.rows("opfyldt") if row.rule == "HJEMG-PER"]
    assert period.ended_at == NOW + days(22)


def test_bl_95_what_ended_before_an_opfoelgning_was_agreed_does_not_end_it(life: Life) -> None:
    life.happen(H.INDSATS_IVAERKSAT)
    life.happen(H.INDSATS_OPHOERT, NOW + days(5))
    life.happen(
        H.OPFOELGNING_PLANLAGT, NOW + days(10), NOW + days(12), naeste_opfoelgning="2026-09-01"
    )
    assert open_days(life, "OPF-N") == [date(2026, 9, 1)]


# -- § 99: what is for a child ends at 18, also where ungestøtte is decided ------------------------


def test_bl_99_what_is_decided_for_after_18_leaves_the_end_at_18(life: Life) -> None:
    placement, after = str(uuid4()), str(uuid4())
    life.happen(H.ANBRINGELSE_IVAERKSAT, anbringelse=placement)
    life.happen(H.UNGESTOETTE_BESLUTTET, NOW + days(1), bevilget=True)
    assert open_days(life, "OPHOER-18") == [ADULT], "the placement is to end or go over to it"
    life.happen(H.INDSATS_IVAERKSAT, NOW + days(9), indsats=after, hjaelp="ungestoette")
    assert open_days(life, "OPHOER-18") == [ADULT]
    life.happen(H.ANBRINGELSE_OPHOERT, NOW + days(10), anbringelse=placement)
    assert open_days(life, "OPHOER-18") == [], "ungestøtte is for after 18"


def test_bl_95_and_99_early_help_has_no_first_follow_up_and_no_end_at_18(life: Life) -> None:
    life.happen(H.INDSATS_IVAERKSAT, hjaelp="andet")
    assert open_days(life, "OPF-1") == open_days(life, "OPHOER-18") == []


# -- § 95, stk. 1: help by chapter 8 is none of what it names --------------------------------------


def test_bl_95_stk_1_help_by_chapter_8_has_no_first_follow_up_in_three_months(life: Life) -> None:
    life.happen(H.OPFOELGNING_PLANLAGT, naeste_opfoelgning="2027-03-02")
    life.happen(H.INDSATS_IVAERKSAT, handicap=True, hjaelp="kapitel_8")
    assert open_days(life, "OPF-1") == []
    assert open_days(life, "OPF-N") == [date(2027, 3, 2)], "it is looked at when the decision says"
    life.happen(H.INDSATS_IVAERKSAT, NOW + days(1), handicap=True, hjaelp="stoette")
    assert len(open_days(life, "OPF-1")) == 1, "a support by § 32 to the same child is"


def test_bl_95_stk_1_the_end_of_a_support_gives_help_by_chapter_8_no_first_follow_up(
    life: Life,
) -> None:
    support, help_too = str(uuid4()), str(uuid4())
    life.happen(H.INDSATS_IVAERKSAT, indsats=help_too, handicap=True, hjaelp="kapitel_8")
    life.happen(H.INDSATS_IVAERKSAT, NOW + days(1), indsats=support, handicap=True)
    life.happen(H.INDSATS_OPHOERT, NOW + days(9), indsats=support)
    assert open_days(life, "OPF-1") == []
    assert open_days(life, "OPHOER-18") == [ADULT], "it ends at 18 with what is left"
