"""A miss stays one when its case is closed; what is put off is counted; what waits is at risk."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.overholdelse import HEARD, Quarter, Tally
from dubu_plugin.store.overholdelse import rows as overholdelse_rows
from dubu_plugin.store.overholdelse import summary as overholdelse
from dubu_plugin.store.overholdelse.risk import at_risk
from dubu_plugin.store.tables import frister, udskydelser, ventegrunde
from dubu_plugin.usecases.frist.close_case_duties import lapse_with_case

Town: TypeAlias = Any

NOW = datetime(2026, 5, 20, 10, 0, tzinfo=UTC)
SPRING = Quarter(2026, 2)
DAY = timedelta(days=1)
DUE = datetime(2026, 4, 20, 21, 59, 59, tzinfo=UTC)


def close(town: Town) -> None:
    with town.store.write(actor="karen", now=NOW) as work:
        closed = work.happened(H.SAG_LUKKET, sag=town.sag, person=town.child, data={"frister": []})
        lapse_with_case(work, town.sag, closed_by=closed.id, reason="flyttet")


def test_a_deadline_that_was_missed_still_counts_when_the_case_is_closed(town: Town) -> None:
    town.frist()
    town.overdue()
    before = town.by_rule()["BFU"].tally
    close(town)
    after = town.by_rule()["BFU"].tally
    assert before == Tally(kept=1, overdue=1)
    assert after == Tally(kept=1, lapsed=1)
    assert (after.share, after.missed) == (before.share, before.missed)
    assert town.sums("unit")["nord"] == after
    assert town.sums("person")["karen"] == after


def test_one_that_had_not_run_out_or_stood_still_does_not_count(town: Town) -> None:
    town.overdue(due=NOW + DAY)
    town.overdue(paused_at=DUE - DAY)
    close(town)
    assert town.by_rule() == {}


def test_a_child_who_was_not_heard_still_counts_when_the_case_is_closed(town: Town) -> None:
    town.overdue(code=HEARD, due=None, kind="foer", anchor_at=DUE - 9 * DAY)
    with town.store.write(actor="karen", now=DUE) as work:
        work.happened(H.AFGOERELSE_TRUFFET, sag=town.sag, person=town.child, data={})
    close(town)
    assert town.by_rule()[HEARD].tally == Tally(lapsed=1)


def test_it_is_listed_as_missed_and_exported_as_never_met(town: Town) -> None:
    town.overdue()
    close(town)
    seen = town.sight("leder")
    with town.store.read() as connection:
        (row,) = overholdelse_rows.missed(connection, seen, SPRING, "BFU", NOW, 10)
        (kept,) = overholdelse_rows.rows(connection, town.rules, seen, SPRING, NOW)
    assert (row.due, row.ended_at, row.lapsed) == (DUE, None, True)
    assert (kept.ended_at, kept.kept, kept.reason) == (None, False, "flyttet")


@pytest.mark.parametrize(
    ("heard", "kept"), [(DUE - DAY, True), (DUE + DAY, False), (None, False)],
    ids=["before", "after", "never"],
)  # fmt: skip
def test_a_child_that_had_to_be_heard_is_a_row_of_the_export(
    town: Town, heard: datetime | None, kept: bool
) -> None:
    state = "opfyldt" if heard else "aaben"
    town.frist(HEARD, due=None, kind="foer", state=state, ended_at=heard, anchor_at=DUE - 9 * DAY)
    with town.store.write(actor="karen", now=DUE) as work:
        work.happened(H.AFGOERELSE_TRUFFET, sag=town.sag, person=town.child, data={})
    assert exported(town) == [(HEARD, DUE, heard, kept)]
    assert exported(town, Quarter(2026, 1)) == []


def test_a_child_not_heard_is_a_row_of_the_export_when_the_case_is_closed(town: Town) -> None:
    town.overdue(code=HEARD, due=None, kind="foer", anchor_at=DUE - 9 * DAY)
    with town.store.write(actor="karen", now=DUE) as work:
        work.happened(H.AFGOERELSE_TRUFFET, sag=town.sag, person=town.child, data={})
    close(town)
    assert exported(town) == [(HEARD, DUE, None, False)]


def exported(town: Town, quarter: Quarter = SPRING) -> list[tuple[str, Any, Any, bool]]:
    seen = town.sight("leder")
    with town.store.read() as connection:
        found = overholdelse_rows.rows(connection, town.rules, seen, quarter, NOW)
        return [(row.rule, row.due, row.ended_at, row.kept) for row in found]


def test_a_missed_one_that_should_never_have_been_asked_for_does_not_count(town: Town) -> None:
    town.frist(state="bortfaldet", ended_at=DUE + DAY, exceeded_at=None)
    assert town.by_rule() == {}


# -- put off ---------------------------------------------------------------------------------------


def put_off(town: Town, frist: UUID, at: datetime = NOW) -> None:
    with town.store.write(actor="karen", now=NOW) as work:
        work.connection.execute(
            sa.insert(udskydelser).values(
                id=uuid4(), frist_id=frist, bundle="x", until=(at + 5 * DAY).date(),
                reason="ferie", by="karen", at=at,
            )
        )  # fmt: skip


def sums(town: Town, who: str) -> overholdelse.Sums:
    seen = town.sight(who)
    with town.store.read() as connection:
        return overholdelse.summed_up(connection, town.rules, seen, SPRING, NOW)


def test_a_leader_sees_how_often_each_rule_and_unit_was_put_off(town: Town) -> None:
    waiting = town.overdue(due=NOW + 90 * DAY)
    put_off(town, waiting)
    put_off(town, waiting)
    put_off(town, waiting, at=NOW - 100 * DAY)
    found = sums(town, "leder")
    assert [(line.key, line.put_off) for line in found.rules] == [("BFU", 2)]
    assert [(line.key, line.put_off) for line in found.units] == [("nord", 2)]


def test_few_put_offs_are_not_told_to_who_may_not_see_persons(town: Town) -> None:
    put_off(town, town.overdue(due=NOW + 90 * DAY))
    assert [line.put_off for line in sums(town, "adam").rules] == [None]


# -- at risk ---------------------------------------------------------------------------------------


def wait(town: Town, frist: UUID, what: str = "skoleudtalelse", days: int = 40) -> None:
    with town.store.write(actor="karen", now=NOW) as work:
        work.connection.execute(
            sa.insert(ventegrunde).values(
                id=uuid4(), frist_id=frist, what=what, asked_at=NOW,
                expected_at=(NOW + days * DAY).date(), by="karen",
            )
        )  # fmt: skip


def risks(town: Town, who: str = "leder") -> list[str]:
    with town.store.read() as connection:
        seen = town.sight(who)
        found = at_risk(connection, town.rules, seen.who, sorted(seen.persons), NOW)
    return [risk.said for risk in found]


def test_what_waits_for_answers_that_come_too_late_is_at_risk(town: Town) -> None:
    late, fine = town.overdue(due=NOW + 30 * DAY), town.overdue(due=NOW + 200 * DAY)
    for frist in (late, fine):
        wait(town, frist)
        wait(town, frist, "laege")
    assert risks(town) == [
        "Når ikke de 4 måneder: to udtalelser mangler, den sidste lovet 29. juni"
    ]


def test_what_will_be_missed_stands_with_the_gravest_first(town: Town) -> None:
    for days, severity, what in ((20, "lov", "laege"), (30, "akut", "politi")):
        wait(town, town.overdue(due=NOW + days * DAY, severity=severity), what)
    assert ["politi" in said for said in risks(town)] == [True, False]


@pytest.mark.parametrize("who", ["fremmed", "adam", "karen"])
def test_only_who_leads_the_unit_is_told_what_is_at_risk(who: str, town: Town) -> None:
    wait(town, town.overdue(due=NOW + 30 * DAY))
    assert risks(town, who) == []


def test_what_came_is_no_risk_any_more(town: Town) -> None:
    frist = town.overdue(due=NOW + 30 * DAY)
    wait(town, frist)
    with town.store.write(actor="karen", now=NOW) as work:
        work.connection.execute(sa.update(ventegrunde).values(ended_at=NOW))
        assert work.connection.scalar(sa.select(frister.c.state).where(frister.c.id == frist))
    assert risks(town) == []
