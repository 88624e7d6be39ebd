"""What follows from a hændelse, in words: which deadlines it starts, meets, ends and moves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import end_of_day, start_of_day
from dubu_plugin.frister.rule import MISSED, Kind
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines import STANDING, State
from dubu_plugin.store.tables import frister
from dubu_plugin.store.transaction import Recorded, Work


class How(StrEnum):
    """What becomes of a deadline."""

    STARTS = "starter"
    MEETS = "opfylder"
    ENDS = "bortfalder"
    MOVES = "flytter"
    PAUSES = "afbryder"
    RETURNS = "gaelder_igen"


SAYS: Final[Mapping[How, str]] = {
    How.STARTS: "Starter",
    How.MEETS: "Opfylder",
    How.ENDS: "Bortfalder",
    How.MOVES: "Ny dato",
    How.PAUSES: "Afbryder",
    How.RETURNS: "Gælder igen",
}

BY: Final[Mapping[str, str]] = {
    Kind.UDLOEB: "udløber",
    Kind.ALDER: "den",
    Kind.TIDLIGST: "tidligst",
    Kind.LAAS: "til",
    Kind.MAA: "til og med",
}
"""What stands before the date of each kind; before any other ``senest``."""


PASSED: Final = "allerede overskredet"
"""What is said of a date that had passed when it was noted."""


@dataclass(frozen=True, slots=True)
class Follows:
    """One deadline that something becomes of."""

    how: How
    title: str
    by: str
    """When, in words; empty where the law gives no date, or the date no longer matters."""
    section: str

    def __str__(self) -> str:
        when = f", {self.by}" if self.by else ""
        section = self.section.replace(" ", "\N{NO-BREAK SPACE}")
        return f"{SAYS[self.how]}: {self.title}{when} ({section})"


def of_recorded(
    work: Work, recorded: Recorded, occurred_at: datetime, sag: UUID
) -> Sequence[Follows]:
    """Return what followed from a hændelse that was recorded in this transaction."""
    opened = _rows(work.connection, frister.c.id.in_(recorded.opened))
    started = [row for row in opened if row.state == State.AABEN]
    met = [row for row in opened if row.state == State.OPFYLDT]
    met += _rows(work.connection, frister.c.id.in_(recorded.met))
    moved = _rows(
        work.connection,
        frister.c.replaces.in_(recorded.replaced),
        frister.c.state.in_(STANDING),
    )
    paused = _rows(
        work.connection,
        frister.c.sag_id == sag,
        frister.c.state == State.AABEN,
        frister.c.paused_at == occurred_at,
    )
    return [
        *_lines(How.STARTS, started, work.rules, work.now),
        *_lines(How.MEETS, met, work.rules),
        *_lines(How.ENDS, _rows(work.connection, frister.c.id.in_(recorded.annulled)), work.rules),
        *_lines(How.MOVES, moved, work.rules, work.now),
        *_lines(How.PAUSES, paused, work.rules),
    ]


def of_undone(
    work: Work, lapsed: Iterable[UUID], standing_before: Iterable[UUID], sag: UUID
) -> Sequence[Follows]:
    """Return what followed from taking a hændelse back.

    :param lapsed: the deadlines it had opened.
    :param standing_before: those that were open before it was taken back.
    """
    open_now = _rows(
        work.connection,
        frister.c.sag_id == sag,
        frister.c.state == State.AABEN,
        frister.c.id.not_in(list(standing_before)),
    )
    gone = _rows(
        work.connection, frister.c.id.in_(list(lapsed)), frister.c.state == State.BORTFALDET
    )
    return [
        *_lines(How.ENDS, gone, work.rules),
        *_lines(How.RETURNS, open_now, work.rules, work.now),
    ]


def open_on(connection: sa.Connection, sag: UUID) -> Sequence[UUID]:
    """Return the open deadlines of a case."""
    return [
        row.id for row in _rows(connection, frister.c.sag_id == sag, frister.c.state == State.AABEN)
    ]


def _rows(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Any]:
    asked = sa.select(frister).where(*where).order_by(frister.c.due, frister.c.rule)
    return list(connection.execute(asked).all())


def _lines(
    how: How, rows: Iterable[Any], rules: RuleBook, now: datetime | None = None
) -> Iterable[Follows]:
    for row in rows:
        rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
        dated = how in (How.STARTS, How.MOVES, How.RETURNS)
        by = _by(row.kind, row.due) if dated and row.due is not None else ""
        if by and now is not None and row.kind in MISSED and row.due < now:
            by += f", {PASSED}"
        yield Follows(how, rule.title if rule else row.rule, by, rule.section if rule else "")


def _by(kind: str, due: datetime) -> str:
    day = danish.danish_day(due)
    whole = due in (end_of_day(day), start_of_day(day))
    clock = "" if whole else f" {danish.clock(due)}"
    return danish.unbroken(f"{BY.get(kind, 'senest')} {danish.long_date(day)}{clock}")
