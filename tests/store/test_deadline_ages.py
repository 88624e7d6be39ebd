"""Ages are reached at midnight; cases open again; what is told late counts from when it was."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Kind
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import passing
from dubu_plugin.store.tables import frister
from dubu_plugin.testing.rules import rule
from tests.store.life import NOW, Ground, Life, day_of, days


@pytest.fixture
def life(store: Store, ground: Ground) -> Life:
    return Life(store, ground)


FOLLOW_UP = rule(
    "OPF-1",
    moved_up_by=("undersoegelse_afsluttet",),
    length="3 months",
)


# -- ages ------------------------------------------------------------------------------------------

FIFTEEN = rule(
    "PART-15",
    kind=Kind.ALDER,
    opens_on=("sag_oprettet", "sag_genaabnet", "foedsel_registreret", "barn_valgt"),
    met_by=("partsstatus_gennemgaaet",),
    length=None,
    age=15,
    warn_before="14 days",
)


@pytest.mark.parametrize(
    ("born", "due"),
    [
        (date(2011, 7, 14), datetime(2026, 7, 13, 22, 0, tzinfo=UTC)),  # summer time
        (date(2012, 1, 20), datetime(2027, 1, 19, 23, 0, tzinfo=UTC)),  # winter time
        (date(2012, 3, 28), datetime(2027, 3, 27, 23, 0, tzinfo=UTC)),  # the clock moves at two
        (date(2012, 10, 31), datetime(2027, 10, 30, 22, 0, tzinfo=UTC)),
        (date(2012, 2, 29), datetime(2027, 2, 28, 23, 0, tzinfo=UTC)),  # 1 March
    ],
)
def test_an_age_is_reached_at_midnight_danish_time(life: Life, born: date, due: datetime) -> None:
    life.rules(FIFTEEN)
    life.born(born)
    life.happen(H.SAG_OPRETTET)
    (row,) = life.rows()
    assert (row.due, row.kind) == (due, "alder")


def test_an_age_reached_before_the_case_is_nobodys_line(life: Life) -> None:
    life.rules(FIFTEEN)
    life.born(date(2011, 3, 1))
    life.happen(H.SAG_OPRETTET)
    assert life.rows() == []


def test_a_child_nobody_knows_the_age_of_gets_the_line_when_it_is_known(life: Life) -> None:
    life.rules(FIFTEEN)
    life.happen(H.SAG_OPRETTET)
    assert life.rows() == []
    life.born(date(2012, 1, 20))
    life.happen(H.FOEDSEL_REGISTRERET, NOW + days(1))
    (row,) = life.rows("aaben")
    assert day_of(row) == date(2027, 1, 20)


def test_a_date_of_birth_that_is_corrected_moves_the_age_and_keeps_the_old(life: Life) -> None:
    life.rules(FIFTEEN)
    life.born(date(2012, 1, 20))
    opened = life.happen(H.SAG_OPRETTET)
    life.born(date(2012, 10, 2))
    life.happen(H.FOEDSEL_REGISTRERET, NOW + days(1))
    (old,), (new,) = life.rows("afloest"), life.rows("aaben")
    assert (day_of(old), day_of(new)) == (date(2027, 1, 20), date(2027, 10, 2))
    assert (new.replaces, new.anchor_id) == (old.id, opened.id)


# -- a case that closes and opens again ------------------------------------------------------------


def test_a_case_that_is_reopened_gets_back_what_is_not_due_yet(life: Life) -> None:
    life.rules(FOLLOW_UP, rule("KORT", length="2 days"))
    life.happen(H.INDSATS_IVAERKSAT)
    closed = life.happen(H.SAG_LUKKET, NOW + days(1))
    with life.store.write(actor="karen", now=NOW + days(1)) as work:
        work.connection.execute(
            sa.update(frister).values(
                state="bortfaldet", ended_at=work.now, ended_by=closed.id, reason="lukket"
            )
        )
    again = life.happen(H.SAG_GENAABNET, NOW + days(30))
    states = {row.rule: row.state for row in life.rows()}
    assert states == {"OPF-1": "aaben", "KORT": "bortfaldet"}
    assert len(again.opened) == 1


@pytest.mark.parametrize(
    ("closed", "again", "stands"),
    [
        (5, 400, True),  # it was overdue when the case was closed
        (1, 3, True),  # it fell due while it lay closed by a slip
        (1, 30, False),  # it fell due while it lay closed
    ],
)
def test_what_was_overdue_when_the_case_was_closed_is_overdue_again(
    life: Life, closed: int, again: int, stands: bool
) -> None:
    life.rules(rule("KORT", length="2 days", annulled_by=("sag_lukket",)))
    life.happen(H.INDSATS_IVAERKSAT)
    life.happen(H.SAG_LUKKET, NOW + days(closed))
    assert life.rows("aaben") == []
    life.happen(H.SAG_GENAABNET, NOW + days(again))
    assert bool(life.rows("aaben")) is stands


# -- told late, told wrong -------------------------------------------------------------------------


def test_what_was_done_meanwhile_meets_a_duty_that_is_told_late(life: Life) -> None:
    life.rules(FOLLOW_UP)
    life.happen(H.OPFOELGNING_AFHOLDT, NOW + days(10))
    life.happen(H.INDSATS_IVAERKSAT, NOW, now=NOW + days(20))
    (row,) = life.rows()
    assert (row.state, row.ended_at) == ("opfyldt", NOW + days(10))


def test_what_was_done_before_the_clock_started_meets_nothing(life: Life) -> None:
    life.rules(FOLLOW_UP)
    life.happen(H.OPFOELGNING_AFHOLDT, NOW - days(10))
    life.happen(H.INDSATS_IVAERKSAT, NOW, now=NOW + days(20))
    (row,) = life.rows()
    assert row.state == "aaben"


def test_met_after_its_day_it_is_missed_though_no_clock_had_told(life: Life) -> None:
    life.rules(FOLLOW_UP)
    life.happen(H.INDSATS_IVAERKSAT)
    life.happen(H.OPFOELGNING_AFHOLDT, NOW + days(120))
    (row,) = life.rows()
    assert (row.state, row.exceeded_at) == ("opfyldt", row.due)


def test_an_age_and_what_may_be_done_are_never_missed(life: Life) -> None:
    may = rule("KLAGE-4U", kind=Kind.MAA, opens_on=("afgoerelse_meddelt",), length="4 weeks")
    life.rules(FIFTEEN, may)
    life.born(date(2011, 3, 10))
    life.happen(H.SAG_OPRETTET)
    life.happen(H.AFGOERELSE_MEDDELT)
    with life.store.read() as connection:
        (row,) = passing.passed(connection, NOW + days(400), 10)
    assert row.rule == "KLAGE-4U"
