"""A line is put off with a reason, never past a date of the law, and comes back by itself."""

from datetime import timedelta
from typing import Any, Protocol

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.tables import udskydelser
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.frist.standing import NoReason
from dubu_plugin.usecases.min_dag.snooze import (
    IsAcute,
    IsOverdue,
    NothingToPutOff,
    PastTheLaw,
    SaysTooLittle,
    TooLate,
    TooSoon,
    latest,
    open_to,
    snooze,
    take_back,
)

WHY = "Skolen svarer mandag"


class Desk(Protocol):
    town: Any
    now: Any
    today: Any

    def wait(self, **length: float) -> None: ...
    def act(self, who: str = ...) -> dict[str, Any]: ...
    def heads(self, who: str = ...) -> list[Any]: ...
    def counts(self, who: str = ...) -> Any: ...
    def underretning(self, name: str = ..., **more: Any) -> str: ...
    def rows(self, bundle: str) -> list[Any]: ...
    def told(self, what: Haendelse) -> int: ...


def assessed(desk: Desk) -> str:
    """Return a line with a kvittering of the law on it, and an orientering without a date."""
    bundle = desk.underretning()
    row = desk.rows(bundle)[0]
    desk.town.assess(row.underretning_id, at=desk.now, child=row.person_id, sag=row.sag_id)
    return bundle


def kvittering(desk: Desk, bundle: str) -> Any:
    (row,) = [row for row in desk.rows(bundle) if row.rule == "UND-KVIT"]
    return row


def days(desk: Desk, number: int) -> Any:
    return desk.today + timedelta(days=number)


def test_it_is_away_until_the_day_and_then_there_again(desk: Desk) -> None:
    bundle = assessed(desk)
    snooze(bundle, days(desk, 3), WHY, **desk.act())
    assert bundle not in {head.bundle for head in desk.heads()}
    desk.wait(days=3)
    assert bundle in {head.bundle for head in desk.heads()}


def test_what_is_away_is_counted_at_the_foot_and_in_no_group(desk: Desk) -> None:
    bundle = assessed(desk)
    before = desk.counts()
    snooze(bundle, days(desk, 3), WHY, **desk.act())
    counts = desk.counts()
    assert (counts.put_off, counts.shown) == (1, before.shown - 1)


def test_it_is_refused_past_the_date_of_the_law_with_day_and_paragraph(desk: Desk) -> None:
    bundle = assessed(desk)
    with pytest.raises(PastTheLaw) as no:
        snooze(bundle, days(desk, 12), WHY, **desk.act())
    assert no.value.for_people() == (
        "»Kvittering til underretter« skal være gjort senest 10. marts (BL § 138 stk. 1). "
        "Vælg en dag før, så der er en dag til at gøre det i."
    )
    with pytest.raises(PastTheLaw):
        snooze(bundle, days(desk, 8), WHY, **desk.act())  # 10 March: its very last day
    assert bundle in {head.bundle for head in desk.heads()}


@pytest.mark.parametrize("reason", ["x", "...", "ok ok"])
def test_a_reason_that_says_nothing_is_refused(desk: Desk, reason: str) -> None:
    bundle = assessed(desk)
    with pytest.raises(SaysTooLittle):
        snooze(bundle, days(desk, 3), reason, **desk.act())
    assert bundle in {head.bundle for head in desk.heads()}


def test_the_last_day_one_is_told_is_one_that_is_taken(desk: Desk) -> None:
    bundle, act = assessed(desk), desk.act()
    with desk.town.product.store.read() as connection:
        last = latest(open_to(connection, act["asker"], bundle), desk.today)
    assert last is not None
    with pytest.raises(CaseworkError):
        snooze(bundle, last + timedelta(days=1), WHY, **act)
    snooze(bundle, last, WHY, **act)


def test_what_is_acute_is_never_put_off(desk: Desk) -> None:
    with pytest.raises(IsAcute):
        snooze(desk.underretning(), days(desk, 1), WHY, **desk.act())


def test_what_is_overdue_is_not_put_off(desk: Desk) -> None:
    bundle = assessed(desk)
    desk.wait(days=10)
    with pytest.raises(IsOverdue):
        snooze(bundle, days(desk, 1), WHY, **desk.act())


def test_a_duty_without_a_number_waits_at_most_fourteen_days(desk: Desk) -> None:
    bundle = assessed(desk)
    row = kvittering(desk, bundle)
    desk.town.happened(Haendelse.KVITTERING_SENDT, underretning=row.underretning_id, sag=row.sag_id)
    with pytest.raises(TooLate, match="too late") as no:
        snooze(bundle, days(desk, 15), WHY, **desk.act())
    assert "16. marts" in no.value.for_people()
    snooze(bundle, days(desk, 14), WHY, **desk.act())


@pytest.mark.parametrize(("after", "why", "error"), [(3, " ", NoReason), (0, WHY, TooSoon)])
def test_it_takes_a_reason_and_a_later_day(
    desk: Desk, after: int, why: str, error: type[CaseworkError]
) -> None:
    with pytest.raises(error):
        snooze(assessed(desk), days(desk, after), why, **desk.act())


def test_a_new_deadline_brings_the_line_back(desk: Desk) -> None:
    bundle = assessed(desk)
    snooze(bundle, days(desk, 5), WHY, **desk.act())
    row = desk.rows(bundle)[0]
    desk.town.underretning("Igen", child=row.person_id, sag=row.sag_id, responsible="karen")
    assert bundle in {head.bundle for head in desk.heads()}


def test_it_can_be_taken_back(desk: Desk) -> None:
    bundle = assessed(desk)
    snooze(bundle, days(desk, 5), WHY, **desk.act())
    assert take_back(bundle, **desk.act()) == 3
    assert bundle in {head.bundle for head in desk.heads()}


def test_each_deadline_says_that_it_was_put_off(desk: Desk) -> None:
    bundle = assessed(desk)
    assert snooze(bundle, days(desk, 5), WHY, **desk.act()) == 3
    assert desk.told(Haendelse.FRIST_UDSKUDT) == 3
    with desk.town.product.store.read() as connection:
        assert set(connection.scalars(sa.select(udskydelser.c.reason))) == {WHY}


def test_who_may_not_change_the_case_puts_nothing_off(desk: Desk) -> None:
    with pytest.raises(NotYours):
        snooze(assessed(desk), days(desk, 3), WHY, **desk.act(ANDERS))


def test_a_line_that_is_done_meanwhile_says_so(desk: Desk) -> None:
    with pytest.raises(NothingToPutOff):
        snooze("underretning:findes-ikke", days(desk, 3), WHY, **desk.act())
