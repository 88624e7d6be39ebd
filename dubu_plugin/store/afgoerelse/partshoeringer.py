"""The parties of a decision, and the hearing of each (forvaltningsloven § 19)."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Capacity
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.hearing_time import answer_by
from dubu_plugin.store.tables import (
    afgoerelse_samtykker,
    afgoerelser,
    partshoeringer,
    personer,
)

ABOUT: Final = "om"
ANSWER: Final = "svar"
WEIGHED: Final = "vaegt"
WHY: Final = "hvorfor"
FIELDS: Final = (ABOUT, ANSWER, WEIGHED, WHY)
"""What is written of a hearing, in the decision's tekster at `place_of`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partshoering:
    """A party, and how far its hearing is."""

    id: UUID
    afgoerelse: UUID
    person: UUID
    name: str = field(repr=False)
    born: date | None
    protected_address: bool
    capacity: Capacity
    state: Hearing
    exception: int | None
    due_on: date | None
    sent_at: datetime | None
    answered_on: date | None
    letter: UUID | None
    consent: tuple[str, date, bool] | None
    """What they answered, the day, and whether for the purpose; None where nothing is noted."""

    @property
    def place(self) -> str:
        """Where its texts stand."""
        return place_of(self.id)


def place_of(number: UUID) -> str:
    """Return the place what is written of a hearing stands at."""
    return f"part:{number}"


def of_afgoerelse(
    connection: sa.Connection, afgoerelse: UUID, *, gone: bool = False
) -> Sequence[Partshoering]:
    """Return the parties of a decision: the parents by name, then the child.

    :param gone: also those who are no party any more.
    """
    said = afgoerelse_samtykker.c
    mine = sa.and_(
        said.skrift_id == partshoeringer.c.skrift_id, said.person_id == partshoeringer.c.person_id
    )
    rows = connection.execute(
        sa.select(
            partshoeringer,
            personer.c.name,
            personer.c.born,
            personer.c.protected_address,
            said.answer,
            said.given_on,
            said.purpose,
        )
        .join_from(partshoeringer, personer)
        .outerjoin(afgoerelse_samtykker, mine)
        .where(
            partshoeringer.c.skrift_id == afgoerelse,
            sa.true() if gone else partshoeringer.c.state != Hearing.UDGAAET,
        )
        .order_by(personer.c.name, partshoeringer.c.id)
    )
    found = [_partshoering(row) for row in rows]
    return sorted(found, key=lambda one: one.capacity is Capacity.BARN)


def of_letter(connection: sa.Connection, letter: UUID) -> Partshoering | None:
    """Return the hearing a letter asks in, or None."""
    mine = sa.select(partshoeringer.c.skrift_id).where(partshoeringer.c.letter_id == letter)
    decision = connection.scalar(mine)
    its = of_afgoerelse(connection, decision, gone=True) if decision else ()
    return next((one for one in its if one.letter == letter), None)


def add(
    connection: sa.Connection,
    afgoerelse: UUID,
    person: UUID,
    capacity: Capacity,
    *,
    by: str,
    now: datetime,
) -> UUID:
    """Store that somebody is a party, not heard yet, and return the hearing's key."""
    number = uuid4()
    connection.execute(
        sa.insert(partshoeringer).values(
            id=number, skrift_id=afgoerelse, person_id=person, capacity=capacity,
            state=Hearing.FORBEREDT, noted_at=now, noted_by=by,
        )
    )  # fmt: skip
    return number


def change(
    connection: sa.Connection, number: UUID, *, by: str, now: datetime, **values: Any
) -> None:
    """Store what has come of a hearing."""
    connection.execute(
        sa.update(partshoeringer)
        .where(partshoeringer.c.id == number)
        .values(**values, noted_at=now, noted_by=by)
    )


def posted(
    connection: sa.Connection, letter: UUID, at: datetime, *, written: datetime
) -> tuple[UUID, date] | None:
    """Store when the letter of a hearing left the house, and give the party the time it was
    promised from then; any other letter changes nothing.

    :param written: when the letter was written, which is what its day was reckoned from.
    :return: the hearing and the new day to answer by, where that is another now.
    """
    mine = partshoeringer.c.letter_id == letter
    row = connection.execute(sa.select(partshoeringer).where(mine)).one_or_none()
    if row is None:
        return None
    due = row.due_on and answer_by(row.due_on, danish_day(written), danish_day(at))
    connection.execute(sa.update(partshoeringer).where(mine).values(sent_at=at, due_on=due))
    return (row.id, due) if due != row.due_on else None


def follow_custody(
    connection: sa.Connection, sag: UUID, holders: Set[UUID], *, by: str, now: datetime
) -> None:
    """Have the parties of the case's decisions that are not made yet be what custody makes them.

    Whoever stands there stays, since they may have been heard; only what they are is another.
    """
    open_now = sa.select(afgoerelser.c.skrift_id).where(
        afgoerelser.c.sag_id == sag, afgoerelser.c.state == AfgoerelseState.FORBEREDES
    )
    p = partshoeringer.c
    for was, now_is, whom in (
        (Capacity.FORAELDREMYNDIGHED, Capacity.FORAELDER, p.person_id.not_in(holders)),
        (Capacity.FORAELDER, Capacity.FORAELDREMYNDIGHED, p.person_id.in_(holders)),
    ):
        connection.execute(
            sa.update(partshoeringer)
            .where(p.skrift_id.in_(open_now), p.capacity == was, whom)
            .values(capacity=now_is, noted_at=now, noted_by=by)
        )


def keep_consent(
    connection: sa.Connection,
    afgoerelse: UUID,
    person: UUID,
    answer: tuple[str, date, bool] | None,
    *,
    by: str,
    now: datetime,
) -> None:
    """Store what somebody answered, in place of what stood there; None takes it away."""
    found = afgoerelse_samtykker.c
    mine = sa.and_(found.skrift_id == afgoerelse, found.person_id == person)
    connection.execute(sa.delete(afgoerelse_samtykker).where(mine))
    if answer is not None:
        said, day, purpose = answer
        connection.execute(
            sa.insert(afgoerelse_samtykker).values(
                skrift_id=afgoerelse, person_id=person, answer=said, given_on=day,
                purpose=purpose, noted_at=now, noted_by=by,
            )
        )  # fmt: skip


def _partshoering(row: sa.Row[Any]) -> Partshoering:
    return Partshoering(
        id=row.id, afgoerelse=row.skrift_id, person=row.person_id, name=row.name, born=row.born,
        protected_address=row.protected_address, capacity=Capacity(row.capacity),
        state=Hearing(row.state), exception=row.exception, due_on=row.due_on, sent_at=row.sent_at,
        answered_on=row.answered_on, letter=row.letter_id,
        consent=(row.answer, row.given_on, row.purpose) if row.answer else None,
    )  # fmt: skip
