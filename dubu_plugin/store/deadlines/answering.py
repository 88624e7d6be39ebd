"""Which of several open duties of one kind something that was done is the answer to.

A case can have two uses of force to register, or two parties who ask to see the file. Each has its
own clock. What is done says which it answers; where it does not say, it answers the oldest alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import counted
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines.states import Happened, Row, State
from dubu_plugin.store.tables import frister, haendelser

ANSWERS: Final = "svarer_paa"
"""What a hændelse's data calls what it answers: the key of the hændelse that asked for it, or a
list of such keys."""

WHOSE: Final = "parten"
"""The party a decision's letter is to, and who complains."""

SHARED: Final[Mapping[Haendelse, str]] = {
    Haendelse.PARTSHOERING_BESVARET: "part",
    Haendelse.PARTSHOERING_UDELADT: "part",
    Haendelse.AFGOERELSE_BEGRUNDET: "afgoerelse",
    Haendelse.AFGOERELSE_TRUFFET: "i_stedet_for",
    Haendelse.UDVALGSAFGOERELSE_TRUFFET: "i_stedet_for",
    Haendelse.ANSOEGNING_AFGJORT: "i_stedet_for",
    Haendelse.KLAGE_MODTAGET: WHOSE,
}
"""What such an answer and what asked for it both say: the party who is heard, the decision, the one
it is made in place of."""

Asking: TypeAlias = Sequence[tuple[Rule, Row]]


def answered(
    connection: sa.Connection, asking: Asking, happened: Happened, *, met: Sequence[Row] = ()
) -> Sequence[Row]:
    """Return those of these open deadlines a hændelse is the answer to.

    An opfølgning that was due anyway is not the first one of what began two days before.

    :param asking: of rules with `each`, the oldest first.
    :param met: what it meets besides.
    """
    if not asking:
        return ()
    if (named := _named(happened)) is not None:
        return [row for _, row in asking if named & _asked_by(connection, row)]
    asking = _about_the_same(connection, asking, happened)
    if any(row.due is not None for row in met):
        asking = [
            (rule, row) for rule, row in asking
            if rule.covers is None or covers(rule, row, happened.occurred_at)
        ]  # fmt: skip
    if not asking:
        return ()
    rule, oldest = asking[0]
    return [
        row
        for other, row in asking
        if row.anchor_id == oldest.anchor_id
        or (other.code == rule.code and covers(other, row, happened.occurred_at))
    ]


def is_free(
    connection: sa.Connection, rules: RuleBook, rule: Rule, row: Row, one: Happened
) -> bool:
    """Tell whether what was recorded earlier can be the answer to a deadline of a rule with `each`.

    Not where it named another, or has met another already.
    """
    if (named := _named(one)) is not None:
        return bool(named & _asked_by(connection, row))
    if not _about_the_same(connection, [(rule, row)], one):
        return False
    spent = sa.exists().where(frister.c.ended_by == one.id, frister.c.state == State.OPFYLDT)
    if rule.covers is None:
        codes = sorted({other.code for other in rules.rules if other.each})
        spent = spent.where(frister.c.rule.in_(codes))
    return covers(rule, row, one.occurred_at) or not connection.scalar(sa.select(spent))


@dataclass(frozen=True, slots=True)
class Request:
    """Something a case waits for the answer to."""

    id: UUID
    """The hændelse that asked for it: what an answer names."""
    what: Haendelse
    occurred_at: datetime
    due: datetime | None


def requests(
    connection: sa.Connection, rules: RuleBook, sag: UUID, what: Haendelse
) -> Sequence[Request]:
    """Return what something done on a case can be the answer to, the oldest first.

    What is done about all there is at once, as an opfølgning, is not asked about.
    """
    codes = {
        rule.code for rule in rules.ended_by(what)
        if what in rule.met_by and rule.each and rule.covers is None
    }  # fmt: skip
    if not codes:
        return ()
    rows = connection.execute(
        sa.select(
            frister.c.anchor_id,
            frister.c.replaces,
            frister.c.due,
            haendelser.c.type,
            haendelser.c.occurred_at,
        )
        .join_from(frister, haendelser, haendelser.c.id == frister.c.anchor_id)
        .where(
            frister.c.sag_id == sag,
            frister.c.state == State.AABEN,
            frister.c.rule.in_(sorted(codes)),
        )
        .order_by(frister.c.anchor_at)
    )
    found: dict[UUID, Request] = {}
    for row in rows:
        asked = _first_asked(connection, row)
        one = Request(row.anchor_id, Haendelse(asked), row.occurred_at, row.due)
        found.setdefault(one.id, one)
    return list(found.values())


def _first_asked(connection: sa.Connection, row: Row) -> str:
    """Return the kind of what asked first, where somebody has put the clock's start right."""
    what: str = row.type
    older: UUID | None = row.replaces
    while older is not None and what == Haendelse.FRIST_RETTET:
        before = connection.execute(
            sa.select(haendelser.c.type, frister.c.replaces)
            .join_from(frister, haendelser, haendelser.c.id == frister.c.anchor_id)
            .where(frister.c.id == older)
        ).one()
        what, older = before.type, before.replaces
    return what


def covers(rule: Rule, row: Row, at: datetime) -> bool:
    """Tell whether a deadline is due so soon that what is done about an older one does for it."""
    if rule.covers is None or row.due is None:
        return False
    due: datetime = row.due
    return due <= counted(at, rule.covers, rule.profile).due


def _named(happened: Happened) -> set[str] | None:
    said = happened.data.get(ANSWERS)
    if said is None:
        return None
    return {str(one) for one in said} if isinstance(said, list) else {str(said)}


def _asked_by(connection: sa.Connection, row: Row) -> set[str]:
    """Return the hændelser a deadline was opened on: also the wrong one a right one stands for."""
    found = {str(row.anchor_id)}
    older: UUID | None = row.replaces
    while older is not None:
        asked = sa.select(frister.c.anchor_id, frister.c.replaces).where(frister.c.id == older)
        before = connection.execute(asked).one_or_none()
        if before is None:
            break
        found.add(str(before.anchor_id))
        older = before.replaces
    return found


def _about_the_same(connection: sa.Connection, asking: Asking, happened: Happened) -> Asking:
    """Return those about the same party or decision, and those that do not say which."""
    name = SHARED.get(happened.what, "")
    its = happened.data.get(name)
    if its is None:
        return asking
    told = _told(connection, [row.anchor_id for _, row in asking])
    return [
        (rule, row) for rule, row in asking if told.get(row.anchor_id, {}).get(name, its) == its
    ]


def _told(connection: sa.Connection, which: Sequence[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    rows = connection.execute(
        sa.select(haendelser.c.id, haendelser.c.data).where(haendelser.c.id.in_(which))
    )
    return {row.id: json.loads(row.data) for row in rows}
