"""A deadline comes again, stands still, moves up, is missed, and keeps what it was before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Kind, Rule, Subject
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import KOMMUNE, passing
from dubu_plugin.store.tables import frister, personer, sager
from dubu_plugin.store.transaction import Recorded
from dubu_plugin.testing.rules import book, rule

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


class Ground(Protocol):
    store: Store

    def person(self, name: str = ...) -> UUID: ...
    def sag(self, child: UUID, **values: Any) -> UUID: ...


class Life:
    """A case on which things happen."""

    def __init__(self, store: Store, ground: Ground) -> None:
        self.store = store
        self.child = ground.person()
        self.sag = ground.sag(self.child, responsible="karen", unit="nord")

    def rules(self, *rules: Rule) -> None:
        self.store.rules = book(*rules)

    def happen(
        self, what: H, at: datetime = NOW, now: datetime | None = None, **data: Any
    ) -> Recorded:
        with self.store.write(actor="karen", now=now or at) as work:
            return work.happened(what, occurred_at=at, sag=self.sag, person=self.child, data=data)

    def rows(self, *states: str) -> list[sa.Row[Any]]:
        with self.store.read() as connection:
            asked = sa.select(frister).order_by(frister.c.anchor_at, frister.c.state)
            found = list(connection.execute(asked).all())
        return [row for row in found if not states or row.state in states]

    def born(self, day: date | None) -> None:
        with self.store.write(actor="karen", now=NOW) as work:
            work.connection.execute(
                sa.update(personer).where(personer.c.id == self.child).values(born=day)
            )


@pytest.fixture
def life(store: Store, ground: Ground) -> Life:
    return Life(store, ground)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def day_of(row: sa.Row[Any]) -> date:
    return danish_day(row.due)


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
    assert (day_of(old), new.due) == (date(2026, 6, 2), NOW + days(20))
    assert (new.replaces, new.moved_by) == (old.id, ended.id)


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


def test_an_age_and_what_may_be_done_are_never_missed(life: Life) -> None:
    life.rules(FIFTEEN, KLAGE)
    life.born(date(2011, 3, 10))
    life.happen(H.SAG_OPRETTET)
    life.happen(H.AFGOERELSE_MEDDELT)
    with life.store.read() as connection:
        (row,) = passing.passed(connection, NOW + days(400), 10)
    assert row.rule == "KLAGE-4U"
