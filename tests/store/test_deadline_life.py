"""A deadline comes again, stands still, moves up, and keeps what it was before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Kind, Subject
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import KOMMUNE
from dubu_plugin.store.tables import personer, sager
from dubu_plugin.testing.rules import rule
from tests.store.life import NOW, Ground, Life, day_of, days


@pytest.fixture
def life(store: Store, ground: Ground) -> Life:
    return Life(store, ground)


# -- again and again -------------------------------------------------------------------------------

TILSYN = rule(
    "TILSYN-2",
    opens_on=("anbringelse_ivaerksat", "tilsynsbesoeg_foert"),
    met_by=("tilsynsbesoeg_foert",),
    annulled_by=("anbringelse_ophoert",),
    recurs=True,
    length="6 months",
)


def test_a_visit_meets_the_duty_and_begins_the_next_as_a_chain(life: Life) -> None:
    life.rules(TILSYN)
    life.happen(H.ANBRINGELSE_IVAERKSAT)
    first_visit = life.happen(H.TILSYNSBESOEG_FOERT, NOW + days(100))
    second_visit = life.happen(H.TILSYNSBESOEG_FOERT, NOW + days(200))
    one, two, three = life.rows()
    assert [row.state for row in (one, two, three)] == ["opfyldt", "opfyldt", "aaben"]
    assert (one.ended_by, two.ended_by) == (first_visit.id, second_visit.id)
    assert (one.chain_of, two.chain_of, three.chain_of) == (None, one.id, two.id)
    assert day_of(three) == date(2027, 3, 18)


def test_the_chain_ends_with_what_it_follows(life: Life) -> None:
    life.rules(TILSYN)
    life.happen(H.ANBRINGELSE_IVAERKSAT)
    life.happen(H.ANBRINGELSE_OPHOERT, NOW + days(10))
    assert [row.state for row in life.rows()] == ["bortfaldet"]


def test_what_starts_it_twice_does_not_give_two_clocks(life: Life) -> None:
    life.rules(TILSYN)
    life.happen(H.ANBRINGELSE_IVAERKSAT)
    life.happen(H.ANBRINGELSE_IVAERKSAT, NOW + days(1))
    assert len(life.rows()) == 1


def test_two_placements_have_a_clock_each(life: Life) -> None:
    life.rules(replace(TILSYN, subject=Subject.ANBRINGELSE))
    here, there = str(uuid4()), str(uuid4())
    life.happen(H.ANBRINGELSE_IVAERKSAT, anbringelse=here)
    life.happen(H.ANBRINGELSE_IVAERKSAT, anbringelse=there)
    life.happen(H.TILSYNSBESOEG_FOERT, NOW + days(5), anbringelse=there)
    states = {(str(row.subject_id), row.state) for row in life.rows()}
    assert states == {(here, "aaben"), (there, "opfyldt"), (there, "aaben")}


FOLLOW_UP = rule(
    "OPF-1",
    moved_up_by=("undersoegelse_afsluttet",),
    length="3 months",
)
RHYTHM = rule(
    "OPF-N",
    opens_on=("opfoelgning_afholdt", "opfoelgning_planlagt"),
    met_by=("opfoelgning_afholdt",),
    recurs=True,
    length=None,
    due_fact="naeste_opfoelgning",
    due_fact_required=True,
)


def test_the_first_follow_up_is_due_at_the_earliest_of_two_dates(life: Life) -> None:
    life.rules(FOLLOW_UP)
    life.happen(H.INDSATS_IVAERKSAT)
    ended = life.happen(H.UNDERSOEGELSE_AFSLUTTET, NOW + days(20))
    (old,) = life.rows("afloest")
    (new,) = life.rows("aaben")
    assert ended.replaced == (old.id,)
    assert (day_of(old), day_of(new)) == (date(2026, 6, 2), date(2026, 3, 22))
    assert (new.replaces, new.moved_by) == (old.id, ended.id)


def test_a_follow_up_moved_up_leaves_the_rest_of_that_day_to_hold_it_in(life: Life) -> None:
    life.rules(FOLLOW_UP)
    life.happen(H.INDSATS_IVAERKSAT)
    life.happen(H.UNDERSOEGELSE_AFSLUTTET, NOW + days(20))
    (row,) = life.rows("aaben")
    assert (row.due, row.warn) == (end_of_day(date(2026, 3, 22)), NOW + days(20))
    life.happen(H.OPFOELGNING_AFHOLDT, NOW + days(20) + timedelta(hours=5))
    (met,) = life.rows("opfyldt")
    assert met.exceeded_at is None


def test_a_follow_up_due_that_very_day_is_not_moved(life: Life) -> None:
    life.rules(FOLLOW_UP)
    life.happen(H.INDSATS_IVAERKSAT)
    on_the_day = datetime(2026, 6, 2, 5, 0, tzinfo=UTC)
    assert life.happen(H.UNDERSOEGELSE_AFSLUTTET, on_the_day).replaced == ()


def test_an_undersoegelse_that_ends_after_three_months_moves_nothing(life: Life) -> None:
    life.rules(FOLLOW_UP)
    life.happen(H.INDSATS_IVAERKSAT)
    assert life.happen(H.UNDERSOEGELSE_AFSLUTTET, NOW + days(100)).replaced == ()


def test_after_the_first_follow_up_the_cases_own_rhythm_runs(life: Life) -> None:
    life.rules(FOLLOW_UP, RHYTHM)
    life.happen(H.INDSATS_IVAERKSAT)
    life.happen(H.OPFOELGNING_AFHOLDT, NOW + days(60), naeste_opfoelgning="2026-09-01")
    (next_one,) = life.rows("aaben")
    assert (next_one.rule, day_of(next_one)) == ("OPF-N", date(2026, 9, 1))
    life.happen(H.OPFOELGNING_AFHOLDT, NOW + days(180), naeste_opfoelgning="2027-02-01")
    (third,) = life.rows("aaben")
    assert (third.chain_of, day_of(third)) == (next_one.id, date(2027, 2, 1))


def test_without_a_date_for_the_next_there_is_no_line(life: Life) -> None:
    life.rules(RHYTHM)
    life.happen(H.OPFOELGNING_AFHOLDT)
    assert life.rows() == []


def test_a_rhythm_that_is_changed_moves_the_next_follow_up(life: Life) -> None:
    life.rules(RHYTHM)
    life.happen(H.OPFOELGNING_AFHOLDT, naeste_opfoelgning="2026-09-01")
    life.happen(H.OPFOELGNING_PLANLAGT, NOW + days(3), naeste_opfoelgning="2026-06-01")
    (old,), (new,) = life.rows("afloest"), life.rows("aaben")
    assert (day_of(old), day_of(new), new.replaces) == (date(2026, 9, 1), date(2026, 6, 1), old.id)


# -- standing still --------------------------------------------------------------------------------

KLAGE = rule(
    "KLAGE-4U",
    kind=Kind.MAA,
    opens_on=("afgoerelse_meddelt",),
    met_by=("klage_modtaget",),
    paused_by=("aktindsigt_anmodet",),
    resumed_by=("aktindsigt_besvaret",),
    least_left="14 days",
    length="4 weeks",
)


def test_aktindsigt_stops_the_time_to_complain_and_leaves_two_weeks_at_least(life: Life) -> None:
    life.rules(KLAGE)
    life.happen(H.AFGOERELSE_MEDDELT)
    life.happen(H.AKTINDSIGT_ANMODET, NOW + days(24))
    (still,) = life.rows("aaben")
    assert still.paused_at == NOW + days(24)
    life.happen(H.AKTINDSIGT_BESVARET, NOW + days(31))
    (old,), (new,) = life.rows("afloest"), life.rows("aaben")
    assert (day_of(old), day_of(new)) == (date(2026, 3, 30), date(2026, 4, 16))
    assert (new.paused_at, new.replaces) == (None, old.id)


def test_a_second_request_while_it_stands_still_changes_nothing(life: Life) -> None:
    life.rules(KLAGE)
    life.happen(H.AFGOERELSE_MEDDELT)
    life.happen(H.AKTINDSIGT_ANMODET, NOW + days(2))
    life.happen(H.AKTINDSIGT_ANMODET, NOW + days(9))
    (row,) = life.rows("aaben")
    assert row.paused_at == NOW + days(2)


# -- two versions of a rule ------------------------------------------------------------------------


def test_each_clock_runs_under_the_version_of_its_own_day(life: Life) -> None:
    old = rule("OPF-1", in_force_to=date(2026, 6, 30), length="3 months")
    new = rule("OPF-1", in_force_from=date(2026, 7, 1), length="2 months")
    life.rules(old, new)
    life.happen(H.INDSATS_IVAERKSAT, datetime(2026, 6, 30, 21, 59, tzinfo=UTC))
    other = Life(life.store, _Same(life))
    other.happen(H.INDSATS_IVAERKSAT, datetime(2026, 6, 30, 22, 0, tzinfo=UTC))
    before, after = life.rows()
    assert (before.rule_version, day_of(before)) == (date(2024, 1, 1), date(2026, 9, 30))
    assert (after.rule_version, day_of(after)) == (date(2026, 7, 1), date(2026, 9, 1))


class _Same:
    """The ground of a second case in the same database."""

    def __init__(self, life: Life) -> None:
        self.store = life.store

    def person(self, name: str = "Bo Testvad") -> UUID:
        number = uuid4()
        with self.store.write(actor="system", now=NOW) as work:
            work.connection.execute(sa.insert(personer).values(id=number, name=name, seen_at=NOW))
        return number

    def sag(self, child: UUID, **values: Any) -> UUID:
        number = uuid4()
        given = {
            "id": number, "title": "Testsag", "child_id": child, "area": "udsatte_boern",
            "step": "modtaget", "phase": "active", "opened_at": NOW,
        }  # fmt: skip
        with self.store.write(actor="system", now=NOW) as work:
            work.connection.execute(sa.insert(sager).values(given | values))
        return number


# -- reports ---------------------------------------------------------------------------------------


def test_a_report_is_due_for_every_period_also_where_the_last_was_not_sent(life: Life) -> None:
    life.rules(
        rule(
            "ANM-ANB",
            subject=Subject.KOMMUNE,
            opens_on=("kvartal_sluttet",),
            met_by=("anbringelser_indberettet",),
            recurs=True,
            length="1 months",
        )
    )
    with life.store.write(actor="system", now=NOW) as work:
        for at in (
            datetime(2026, 3, 31, 21, 59, tzinfo=UTC),
            datetime(2026, 6, 30, 21, 59, tzinfo=UTC),
        ):
            work.happened(H.KVARTAL_SLUTTET, occurred_at=at, unit="modtagelse")
        work.happened(H("anbringelser_indberettet"))
    first, second = life.rows()
    assert {first.subject_id, second.subject_id} == {KOMMUNE}
    assert (first.state, second.state) == ("opfyldt", "aaben")
    assert (second.chain_of, second.unit) == (first.id, "modtagelse")
    assert second.bundle == f"proeve:{KOMMUNE}"
