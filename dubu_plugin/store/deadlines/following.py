"""Deadlines follow what they hang on: to another unit or colleague, to the child and the case."""

from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.deadlines.states import State, is_of
from dubu_plugin.store.tables import frister


def hand_over(
    connection: sa.Connection,
    *,
    underretning: UUID | None = None,
    sag: UUID | None = None,
    responsible: str | None,
    unit: str | None,
) -> int:
    """Give the open deadlines of an underretning or a case to somebody else; return how many.

    :param responsible: None leaves them to the unit.
    """
    if (underretning is None) == (sag is None):
        raise ValueError("name either an underretning or a case")
    mine = (
        frister.c.underretning_id == underretning
        if underretning is not None
        else frister.c.sag_id == sag
    )
    return connection.execute(
        sa.update(frister)
        .where(mine, frister.c.state == State.AABEN)
        .values(responsible=responsible, unit=unit)
    ).rowcount


def give_one(
    connection: sa.Connection, underretning: UUID, rule: str, responsible: str | None
) -> None:
    """Give one open duty of an underretning to somebody, and leave the others where they are."""
    connection.execute(
        sa.update(frister)
        .where(
            frister.c.underretning_id == underretning,
            is_of(rule),
            frister.c.state == State.AABEN,
        )
        .values(responsible=responsible)
    )


def follow(
    connection: sa.Connection, underretning: UUID, child: UUID | None, sag: UUID | None
) -> None:
    """Let the deadlines of an underretning follow it to the child and the case it belongs to."""
    if child is None and sag is None:
        return
    said = {"underretning": underretning, "child": child, "sag": sag}
    known = {name: key for name, key in said.items() if key is not None}
    query = _elsewhere(child=child is not None, sag=sag is not None)
    rows = connection.execute(query, known).all()
    for row in rows:
        values: dict[str, Any] = {} if sag is None else {"sag_id": sag}
        if child is not None:
            values |= {"person_id": child, "bundle": f"{row.bundle.partition(':')[0]}:{child}"}
        connection.execute(sa.update(frister).where(frister.c.id == row.id).values(values))


@cache
def _elsewhere(*, child: bool, sag: bool) -> sa.Select[*tuple[Any, ...]]:
    """Return the question which deadlines of an underretning hang on another child or case."""

    def named(name: str) -> sa.BindParameter[UUID]:
        return sa.bindparam(name, type_=frister.c.id.type)

    differs = []
    if child:
        differs.append(frister.c.person_id.is_distinct_from(named("child")))
    if sag:
        differs.append(frister.c.sag_id.is_distinct_from(named("sag")))
    return sa.select(frister.c.id, frister.c.bundle).where(
        frister.c.underretning_id == named("underretning"), sa.or_(*differs)
    )
