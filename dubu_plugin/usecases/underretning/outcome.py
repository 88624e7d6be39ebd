"""What came of something that was taken in: its child, its case, its deadlines, what was filed."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines import STANDING
from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import op_key, sag_lane, underretning_lane
from dubu_plugin.store.outbox import State, Told
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import frister, outbox
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.underretning.numbers_heard import numbers_heard


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline on it."""

    rule: str
    law: str
    due: datetime | None
    """None where the law gives no number of days."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where it has got to."""

    underretning: UUID
    case: str | None = None
    """The host's number of the case; None while there is none."""
    child: str | None = field(default=None, repr=False)
    sag: UUID | None = None
    frister: tuple[Due, ...] = ()
    outbox: tuple[Told, ...] = ()
    warnings: tuple[str, ...] = ()
    """Danish sentences about CPR numbers in it that may be wrong."""
    likely: int = 0
    """How many children it may be about, for a person to choose between."""
    chosen: bool = True
    """Whether it is known which child it is about; else a person must say."""


def outcome(connection: sa.Connection, rules: RuleBook, underretning: UUID) -> Outcome:
    """Return where an underretning has got to."""
    about = underretninger.by_id(connection, underretning)
    if about is None:
        return Outcome(underretning)
    sag = sager.by_id(connection, about.sag_id) if about.sag_id else None
    child = personer.by_id(connection, about.child_id) if about.child_id else None
    post = underretninger.post_by_id(connection, about.post_id)
    return Outcome(
        underretning,
        sag.number if sag else None,
        child.name if child else None,
        sag.id if sag else None,
        tuple(_deadlines(connection, rules, underretning)),
        tuple(_told(connection, underretning, sag.id if sag else None)),
        numbers_heard(
            connection,
            f"{(post.subject if post else None) or ''}\n{about.text}",
            looked_up=about.matched_at is not None,
        ),
        len(underretninger.candidates_of(connection, about.id)) if child is None else 0,
        child is not None,
    )


def _deadlines(connection: sa.Connection, rules: RuleBook, underretning: UUID) -> list[Due]:
    rows = connection.execute(
        sa.select(frister.c.rule, frister.c.rule_version, frister.c.due)
        .where(frister.c.underretning_id == underretning, frister.c.state.in_(STANDING))
        .order_by(frister.c.due.is_(None), frister.c.due, frister.c.rule)
    )
    found = []
    for row in rows:
        rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
        found.append(Due(row.rule, rule.law if rule else "", row.due))
    return found


def _told(connection: sa.Connection, underretning: UUID, sag: UUID | None) -> list[Told]:
    """Return the rows about it: all in its own lane, and its own in the lane of its case."""
    wanted = outbox.c.lane == underretning_lane(underretning)
    if sag is not None:
        mine = [op_key(sag, step) for step in ("find_case", "open_case")]
        mine += [op_key(underretning, f"{step}:{sag}") for step in ("reopen", "open", "file")]
        wanted |= (outbox.c.lane == sag_lane(sag)) & outbox.c.key.in_(mine)
    rows = connection.execute(
        sa.select(outbox.c.kind, outbox.c.key, outbox.c.state)
        .where(wanted)
        .order_by(outbox.c.created_at, outbox.c.position)
    )
    return [Told(row.kind, row.key, State(row.state)) for row in rows]
