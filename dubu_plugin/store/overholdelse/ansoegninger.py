"""How applications are answered: how long it takes, what they come to, and what is complained of.

Source: retssikkerhedsloven § 3 (a time to answer in, for each kind of help) and kapitel 10
(complaints).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import MADE, Outcome
from dubu_plugin.domain.ansoegning import is_about_disability, sought
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.frister.overholdelse import Quarter, Tally, can_be_told
from dubu_plugin.store.afgoerelse.klager import Genvurdering, Ruling
from dubu_plugin.store.deadlines import STANDING, State, is_of
from dubu_plugin.store.overholdelse.sight import Sight
from dubu_plugin.store.tables import afgoerelser, frister, klager, sager, underretninger

RULE: Final = "LOKALFRIST"
"""The deadline of an answer: the municipality's own for that kind of help, or the day it told."""
CHANGED: Final = (Genvurdering.MEDHOLD, Genvurdering.DELVIST)
CHANGED_BY_ANKESTYRELSEN: Final = (Ruling.AENDRET, Ruling.OPHAEVET, Ruling.HJEMVIST)


@dataclass(slots=True)
class Answers:
    """What one kind of help came to in a quarter."""

    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    days: list[int] = field(default_factory=list)
    """From each application to its answer, where it is known which one it was."""
    in_time: int = 0
    """How many of those were answered in time."""
    complaints: int = 0
    """How many complaints came in the quarter."""
    changed: int = 0
    """How many decisions a complaint changed in the quarter, here or at Ankestyrelsen."""
    persons: set[str] = field(default_factory=set)

    @property
    def made(self) -> int:
        """How many decisions were made."""
        return sum(self.outcomes.values())

    @property
    def median(self) -> int | None:
        """The days half of the applications were answered within."""
        return round(median(self.days)) if self.days else None

    @property
    def is_small(self) -> bool:
        """Whether it could tell on a person."""
        return not can_be_told(Tally(kept=self.made), len(self.persons))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many applications are not answered."""

    total: int
    overdue: int
    persons: int
    """So many have them."""

    @property
    def is_small(self) -> bool:
        """Whether it could tell on a person."""
        return not can_be_told(Tally(kept=self.total), self.persons)


@dataclass(frozen=True, slots=True)
class _Application:
    received: date
    due: date | None
    asked: Collection[str]


def all_told(seen: Sight) -> bool:
    """Tell whether somebody sees the caseworkers behind every figure, so that nothing is hidden."""
    return seen.tells(seen.units) and not seen.unitless


def answered(
    connection: sa.Connection, seen: Sight, quarter: Quarter, matters: Collection[str]
) -> Mapping[str, Answers]:
    """Return how applications were answered in a quarter, by what was decided.

    A decision made in place of another after a complaint is no second answer.

    :param matters: the codes of what can be decided that are counted.
    """
    found: dict[str, Answers] = defaultdict(Answers)
    first, last = _days(quarter)
    its = afgoerelser.c
    rows = connection.execute(
        sa.select(its.matter, its.outcome, its.decided_on, its.made_by, its.sag_id)
        .join_from(afgoerelser, sager)
        .where(
            _seen(seen), its.matter.in_(sorted(matters)), its.state.in_(sorted(MADE)),
            its.replaces.is_(None), its.decided_on.between(first, last),
        )
    ).all()  # fmt: skip
    applications = _applications(connection, {row.sag_id for row in rows})
    for row in rows:
        one = found[row.matter]
        one.outcomes[Outcome(row.outcome or Outcome.MEDHOLD)] += 1
        one.persons.add(row.made_by or "")
        asked = _asked_by(applications[row.sag_id], row.matter, row.decided_on)
        if asked is not None:
            one.days.append((row.decided_on - asked.received).days)
            one.in_time += asked.due is None or row.decided_on <= asked.due
    for matter, is_new, is_changed in _complaints(connection, seen, quarter, matters):
        found[matter].complaints += is_new
        found[matter].changed += is_changed
    return dict(found)


def waiting(connection: sa.Connection, seen: Sight, now: datetime) -> Waiting:
    """Return how many applications about a disability wait for an answer now."""
    found = connection.execute(
        sa.select(frister.c.due, frister.c.responsible, underretninger.c.text)
        .join_from(frister, underretninger, frister.c.underretning_id == underretninger.c.id)
        .where(is_of(RULE), frister.c.state == State.AABEN, _seen(seen, frister.c.unit))
    )
    rows = [row for row in found if is_about_disability(row.text or "")]
    overdue = sum(row.due is not None and row.due < now for row in rows)
    return Waiting(len(rows), overdue, len({row.responsible for row in rows}))


def _seen(seen: Sight, unit: sa.ColumnElement[Any] = sager.c.unit) -> sa.ColumnElement[bool]:
    theirs = unit.in_(sorted(seen.units))
    return sa.or_(theirs, unit.is_(None)) if seen.unitless else theirs


def _days(quarter: Quarter) -> tuple[date, date]:
    return danish_day(quarter.starts), danish_day(quarter.ends) - timedelta(days=1)


def _applications(
    connection: sa.Connection, cases: Collection[UUID]
) -> Mapping[UUID, Sequence[_Application]]:
    """Return the applications of some cases, the newest first."""
    found: dict[UUID, list[_Application]] = defaultdict(list)
    rows = connection.execute(
        sa.select(
            frister.c.sag_id, underretninger.c.received_at, underretninger.c.text, frister.c.due
        )
        .join_from(frister, underretninger, frister.c.underretning_id == underretninger.c.id)
        .where(is_of(RULE), frister.c.state.in_(sorted(STANDING)), frister.c.sag_id.in_(cases))
        .order_by(underretninger.c.received_at.desc())
    )
    for row in rows:
        due = danish_day(row.due) if row.due else None
        one = _Application(danish_day(row.received_at), due, sought(row.text or ""))
        found[row.sag_id].append(one)
    return found


def _asked_by(
    applications: Sequence[_Application], matter: str, decided_on: date
) -> _Application | None:
    """Return the application a decision answers: the newest before it that asks for that, or for
    nothing we know by name."""
    before = [one for one in applications if one.received <= decided_on]
    return next((one for one in before if not one.asked or matter in one.asked), None)


def _complaints(
    connection: sa.Connection, seen: Sight, quarter: Quarter, matters: Collection[str]
) -> Sequence[tuple[str, bool, bool]]:
    """Return the complaints of a quarter: about what, whether it came in it, and changed it."""
    first, last = _days(quarter)
    came = sa.and_(klager.c.received_at >= quarter.starts, klager.c.received_at < quarter.ends)
    here = sa.and_(
        klager.c.outcome.in_(CHANGED),
        klager.c.reassessed_at >= quarter.starts,
        klager.c.reassessed_at < quarter.ends,
    )
    there = sa.and_(
        klager.c.ruling.in_(CHANGED_BY_ANKESTYRELSEN), klager.c.ruled_on.between(first, last)
    )
    changed = sa.or_(here, there)
    rows = connection.execute(
        sa.select(
            afgoerelser.c.matter,
            sa.case((came, 1), else_=0).label("came"),
            sa.case((changed, 1), else_=0).label("changed"),
        )
        .join_from(klager, afgoerelser, klager.c.afgoerelse_id == afgoerelser.c.skrift_id)
        .join(sager, sager.c.id == klager.c.sag_id)
        .where(_seen(seen), afgoerelser.c.matter.in_(sorted(matters)), sa.or_(came, changed))
    )
    return [(row.matter, bool(row.came), bool(row.changed)) for row in rows]
