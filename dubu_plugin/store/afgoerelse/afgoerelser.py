"""Decisions: what is counted and asked of them. What they say is in their skrift's tekster."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import MADE, AfgoerelseState, Given, Outcome
from dubu_plugin.store.afgoerelse import given as rows
from dubu_plugin.store.tables import (
    afgoerelse_breve,
    afgoerelse_indsatser,
    afgoerelser,
    letters,
    skrift_versioner,
    skrifter,
)

GIVEN: Final = "given"
"""What is changed of a decision that stands in rows of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Afgoerelse:
    """A decision."""

    id: UUID
    """Its skrift's key too."""
    sag: UUID
    matter: str
    outcome: Outcome | None
    starts_on: date | None
    ends_on: date | None
    plan: bool | None
    committee_on: date | None
    votes_for: int | None
    protocol: str | None
    dissent: bool | None
    chair_at: datetime | None
    """When the chairman made it (§ 143)."""
    statement_on: date | None
    at_once: bool
    child_by_hand: bool | None
    """The child's own letter is handed over by the adviser; None is not chosen."""
    state: AfgoerelseState
    ended_on: date | None
    """The Danish day Ankestyrelsen lifted it or sent it back."""
    law: str | None
    decided_on: date | None
    made_at: datetime | None
    made_by: str | None
    replaces: UUID | None
    version: int
    begun_at: datetime
    """When it was begun to be prepared."""
    presented_at: datetime | None
    """When it was laid before the leader."""
    remark: str | None = field(repr=False)
    """What the leader sent it back with."""

    given: Sequence[Given] = ()
    """The indsatser it gives, in the order they are written."""

    @property
    def is_open(self) -> bool:
        """Whether it is being prepared."""
        return self.state is AfgoerelseState.FORBEREDES

    @property
    def gives(self) -> bool:
        """Whether it gives something: as it was made, or as Ankestyrelsen changed it."""
        if self.state is AfgoerelseState.AENDRET:
            return True
        return self.state is AfgoerelseState.TRUFFET and self.outcome is not Outcome.AFSLAG


@dataclass(frozen=True, slots=True)
class Told:
    """The letter one party got."""

    person: UUID
    letter: UUID
    sent_at: datetime | None
    state: str
    """Where it has got to: see `letters`."""


def begin(
    connection: sa.Connection,
    skrift: UUID,
    sag: UUID,
    matter: str,
    *,
    child_by_hand: bool | None = None,
) -> None:
    """Store that a decision is being prepared.

    :param child_by_hand: the child's own letter is handed over by the adviser.
    """
    connection.execute(
        sa.insert(afgoerelser).values(
            skrift_id=skrift, sag_id=sag, matter=matter, at_once=False, version=1,
            state=AfgoerelseState.FORBEREDES, child_by_hand=child_by_hand,
        )
    )  # fmt: skip


def by_id(connection: sa.Connection, afgoerelse: UUID) -> Afgoerelse | None:
    """Return a decision, or None."""
    found = _all(connection, _found().where(afgoerelser.c.skrift_id == afgoerelse))
    return found[0] if found else None


def in_place_of(connection: sa.Connection, afgoerelse: UUID) -> Afgoerelse | None:
    """Return what stands in place of a decision now: the last that was made so, else itself."""
    its = by_id(connection, afgoerelse)
    while its is not None and (newer := made_for(connection, its)) is not None:
        its = newer
    return its


def back_from(connection: sa.Connection, afgoerelse: UUID) -> Sequence[UUID]:
    """Return a decision and those it was made in place of, the newest first."""
    found: list[UUID] = []
    one: UUID | None = afgoerelse
    while one is not None and one not in found:
        found.append(one)
        one = connection.scalar(
            sa.select(afgoerelser.c.replaces).where(afgoerelser.c.skrift_id == one)
        )
    return found


def made_for(connection: sa.Connection, old: Afgoerelse) -> Afgoerelse | None:
    """Return what was made in place of a decision, whatever has come of that since; or None."""
    if old.state is not AfgoerelseState.ERSTATTET:
        return None
    newer = sa.and_(afgoerelser.c.replaces == old.id, afgoerelser.c.state.in_(MADE))
    return next(iter(_all(connection, _found().where(newer))), None)


def of_sag(connection: sa.Connection, sag: UUID) -> Sequence[Afgoerelse]:
    """Return the decisions of a case, the newest first."""
    mine = _found().where(afgoerelser.c.sag_id == sag)
    return _all(connection, mine.order_by(skrifter.c.begun_at.desc(), skrifter.c.id))


def in_force(connection: sa.Connection, sag: UUID, day: date | None = None) -> Sequence[Afgoerelse]:
    """Return the decisions that give something, and that nothing came in place of, the newest
    first.

    :param day: a Danish day; those that ended before it are left out. None leaves none out.
    """
    return [
        one
        for one in of_sag(connection, sag)
        if one.gives and (day is None or one.ends_on is None or day <= one.ends_on)
    ]


def change(
    connection: sa.Connection, afgoerelse: Afgoerelse, values: Mapping[str, Any], *, seen: int
) -> bool:
    """Store what somebody changed. Tell whether it was: no, where another was first.

    :param values: by column; ``given`` is every indsats it gives.
    :param seen: the version that was on the screen.
    """
    mine = sa.and_(
        afgoerelser.c.skrift_id == afgoerelse.id,
        afgoerelser.c.version == seen,
        afgoerelser.c.state == AfgoerelseState.FORBEREDES,
    )
    columns = {name: value for name, value in values.items() if name != GIVEN}
    done = connection.execute(
        sa.update(afgoerelser).where(mine).values(**columns, version=seen + 1)
    )
    if done.rowcount != 1:
        return False
    if GIVEN in values:
        rows.give(connection, afgoerelse.id, values[GIVEN])
    return True


def made(
    connection: sa.Connection,
    afgoerelse: Afgoerelse,
    *,
    law: str,
    laws: Mapping[str, str],
    day: date,
    by: str,
    now: datetime,
) -> None:
    """Store that a decision is made, by the law of the day.

    :param laws: the paragraph of each indsats it gives, by its code.
    """
    _move(
        connection, afgoerelse.id, AfgoerelseState.TRUFFET, law=law, decided_on=day, made_at=now,
        made_by=by,
    )  # fmt: skip
    given = [dataclasses.replace(one, law=laws.get(one.code)) for one in afgoerelse.given]
    rows.give(connection, afgoerelse.id, given)


def give_up(connection: sa.Connection, afgoerelse: UUID) -> None:
    """Store that it is not going to be made."""
    _move(connection, afgoerelse, AfgoerelseState.OPGIVET)


def replace(connection: sa.Connection, old: UUID, new: UUID) -> None:
    """Store that a decision stands in place of another."""
    _move(connection, old, AfgoerelseState.ERSTATTET)
    to_replace(connection, old, new)


def ruled(
    connection: sa.Connection, afgoerelse: UUID, state: AfgoerelseState, ended_on: date | None
) -> None:
    """Store what Ankestyrelsen made of a decision.

    :param ended_on: the Danish day it gives nothing from; None where it was changed.
    """
    _move(connection, afgoerelse, state, ended_on=ended_on)


def lapsed(connection: sa.Connection, afgoerelse: UUID, ended_on: date) -> None:
    """Store that the committee did not approve a decision: it gives nothing from a Danish day."""
    _move(connection, afgoerelse, AfgoerelseState.BORTFALDET, ended_on=ended_on)


def to_replace(connection: sa.Connection, old: UUID, new: UUID) -> None:
    """Store that a decision is to stand in place of another when it is made."""
    connection.execute(
        sa.update(afgoerelser).where(afgoerelser.c.skrift_id == new).values(replaces=old)
    )


def keep_letter(connection: sa.Connection, afgoerelse: UUID, person: UUID, letter: UUID) -> None:
    """Store which letter tells a party of the decision."""
    connection.execute(
        sa.insert(afgoerelse_breve).values(skrift_id=afgoerelse, person_id=person, letter_id=letter)
    )


def told(connection: sa.Connection, afgoerelse: UUID) -> Sequence[Told]:
    """Return the letters the parties got."""
    rows = connection.execute(
        sa.select(afgoerelse_breve, letters.c.sent_at, letters.c.state)
        .join_from(afgoerelse_breve, letters)
        .where(afgoerelse_breve.c.skrift_id == afgoerelse)
    )
    return [Told(row.person_id, row.letter_id, row.sent_at, row.state) for row in rows]


def of_letter(connection: sa.Connection, letter: UUID) -> UUID | None:
    """Return the decision a letter tells of, or None."""
    return connection.scalar(
        sa.select(afgoerelse_breve.c.skrift_id).where(afgoerelse_breve.c.letter_id == letter)
    )


def party_of_letter(connection: sa.Connection, letter: UUID) -> UUID | None:
    """Return the party a letter tells of a decision, or None."""
    return connection.scalar(
        sa.select(afgoerelse_breve.c.person_id).where(afgoerelse_breve.c.letter_id == letter)
    )


def _move(connection: sa.Connection, number: UUID, state: AfgoerelseState, **more: Any) -> None:
    connection.execute(
        sa.update(afgoerelser)
        .where(afgoerelser.c.skrift_id == number)
        .values(state=state, version=afgoerelser.c.version + 1, **more)
    )


def _all(connection: sa.Connection, asked: sa.Select[Any]) -> Sequence[Afgoerelse]:
    """Return decisions with what they give: a row for each indsats, or one without."""
    found: dict[UUID, tuple[sa.Row[Any], list[Given]]] = {}
    for row in connection.execute(asked.order_by(rows.ROW.position)):
        _, given = found.setdefault(row.skrift_id, (row, []))
        if (one := rows.of_row(row)) is not None:
            given.append(one)
    return [_afgoerelse(row, given) for row, given in found.values()]


def _found() -> sa.Select[Any]:
    version = skrift_versioner.c
    newest = sa.and_(version.skrift_id == skrifter.c.id, version.number == skrifter.c.version)
    return (
        sa.select(
            afgoerelser, skrifter.c.begun_at, version.presented_at, version.remark,
            *rows.COLUMNS,
        )
        .join_from(afgoerelser, skrifter, afgoerelser.c.skrift_id == skrifter.c.id)
        .outerjoin(skrift_versioner, newest)
        .outerjoin(afgoerelse_indsatser, rows.ROW.skrift_id == afgoerelser.c.skrift_id)
    )  # fmt: skip


def _afgoerelse(row: sa.Row[Any], given: Sequence[Given]) -> Afgoerelse:
    values = {
        name: value for name, value in row._mapping.items() if not name.startswith(rows.PREFIX)
    }
    values["given"] = tuple(given)
    values["id"] = values.pop("skrift_id")
    values["sag"] = values.pop("sag_id")
    values["outcome"] = Outcome(row.outcome) if row.outcome else None
    values["state"] = AfgoerelseState(row.state)
    return Afgoerelse(**values)
