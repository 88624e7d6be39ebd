"""Consents: who was asked for what, what they answered, and until when it holds."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.inddragelse import (
    TO_ASK,
    Giver,
    Samtykkeart,
    SamtykkeState,
    Way,
)
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.tables import samtykker


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody is asked to consent to."""

    giver: UUID | None
    """Who we know them as; None where there is only a name."""
    giver_name: str = field(repr=False)
    giver_role: Giver
    kind: Samtykkeart
    sources: tuple[str, ...] = ()
    purpose: str = field(repr=False)
    begins: date
    ends: date
    """The last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Samtykke:
    """A consent as it stands."""

    id: UUID
    sag: UUID
    asked: Asked
    state: SamtykkeState
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None
    way: Way | None
    withdrawn_at: datetime | None
    said: str = field(repr=False)
    without_reason: str = field(repr=False)
    letter: UUID | None
    version: int

    def holds(self, day: date) -> bool:
        """Tell whether it is given and in force on a day."""
        given = self.state is SamtykkeState.GIVET
        return given and self.asked.begins <= day <= self.asked.ends

    def has_run_out(self, day: date) -> bool:
        """Tell whether it was given and its last day is over."""
        return self.state is SamtykkeState.GIVET and day > self.asked.ends

    def covers(self, source: str, day: date) -> bool:
        """Tell whether a request to a source can rest on it that day (RSL § 11 a)."""
        return self.is_about(source) and self.holds(day)

    def is_about(self, source: str) -> bool:
        """Tell whether it is asked for so that a source can be asked."""
        return self.asked.kind in TO_ASK and source in self.asked.sources


def add(connection: sa.Connection, sag: Sag, asked: Asked, *, by: str, now: datetime) -> UUID:
    """Store that somebody is asked, and return its key."""
    new = uuid4()
    connection.execute(
        sa.insert(samtykker).values(
            id=new, sag_id=sag.id, person_id=sag.child_id, giver_id=asked.giver,
            giver_name=asked.giver_name[:200], giver_role=asked.giver_role, kind=asked.kind,
            sources=",".join(asked.sources)[:300], purpose=asked.purpose,
            valid_from=asked.begins, valid_to=asked.ends, state=SamtykkeState.SPURGT,
            asked_at=now, asked_by=by, version=1,
        )
    )  # fmt: skip
    return new


def change(connection: sa.Connection, samtykke: Samtykke, **values: Any) -> None:
    """Store what was answered, or what became of it."""
    mine = samtykker.c.id == samtykke.id
    version = samtykke.version + 1
    connection.execute(sa.update(samtykker).where(mine).values(version=version, **values))


def by_id(connection: sa.Connection, samtykke: UUID) -> Samtykke | None:
    """Return a consent, or None."""
    query = sa.select(samtykker).where(samtykker.c.id == samtykke)
    row = connection.execute(query).one_or_none()
    return None if row is None else _samtykke(row)


def of_sag(connection: sa.Connection, sag: UUID) -> Sequence[Samtykke]:
    """Return the consents of a case, the newest first."""
    rows = connection.execute(
        sa.select(samtykker)
        .where(samtykker.c.sag_id == sag)
        .order_by(samtykker.c.asked_at.desc(), samtykker.c.giver_role, samtykker.c.id)
    )
    return [_samtykke(row) for row in rows]


def covering(
    known: Iterable[Samtykke],
    source: str,
    day: date,
    *,
    young: bool = False,
    holders: Set[UUID] = frozenset(),
) -> Samtykke | None:
    """Return the consent a request to a source can rest on, or None (RSL § 11 a).

    A no, or a withdrawal, of anybody who is asked for the same source now counts against it, until
    they have said yes: that they are asked anew is no answer, and nor is what they say of giving
    information away.

    :param young: the child is 15, so that there must be one of the young person's own too.
    :param holders: who has custody, where somebody has said: each of them must have consented, and
        a parent without it counts neither for nor against. Empty where it is not known.
    """
    mine = [one for one in known if one.is_about(source) and _counts(one, holders)]
    giving = [one for one in mine if one.covers(source, day)]
    latest: dict[tuple[UUID | None, str], Samtykke] = {}
    for one in sorted(mine, key=lambda one: one.asked_at):
        if one.state is not SamtykkeState.SPURGT:
            latest[one.asked.giver, one.asked.giver_name] = one
    against = {SamtykkeState.AFSLAAET, SamtykkeState.TRUKKET}
    if any(one.state in against for one in latest.values()):
        return None
    if young and not any(one.asked.giver_role is Giver.UNG for one in giving):
        return None
    if not holders <= {one.asked.giver for one in giving}:
        return None
    return giving[0] if giving else None


def _counts(one: Samtykke, holders: Set[UUID]) -> bool:
    asked = one.asked
    parent = asked.giver_role is Giver.FORAELDER and asked.giver is not None
    return not holders or not parent or asked.giver in holders


def _samtykke(row: sa.Row[Any]) -> Samtykke:
    return Samtykke(
        id=row.id,
        sag=row.sag_id,
        asked=Asked(
            giver=row.giver_id,
            giver_name=row.giver_name,
            giver_role=Giver(row.giver_role),
            kind=Samtykkeart(row.kind),
            sources=tuple(filter(None, row.sources.split(","))),
            purpose=row.purpose,
            begins=row.valid_from,
            ends=row.valid_to,
        ),
        state=SamtykkeState(row.state),
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        answered_at=row.answered_at,
        way=Way(row.way) if row.way else None,
        withdrawn_at=row.withdrawn_at,
        said=row.said or "",
        without_reason=row.without_reason or "",
        letter=row.letter_id,
        version=row.version,
    )
