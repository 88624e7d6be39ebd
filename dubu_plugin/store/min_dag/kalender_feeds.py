"""The secret address of somebody's own calendar, kept as a hash, and what is shown there."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import end_of_day, start_of_day
from dubu_plugin.domain.moede import MoedeState
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.urgency import far_from
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.min_dag.due_lines import untaken_words
from dubu_plugin.store.min_dag.due_query import ASSESSMENT
from dubu_plugin.store.min_dag.lines import Untaken
from dubu_plugin.store.tables import (
    frister,
    kalender_feeds,
    moeder,
    personer,
    sager,
    underretninger,
)

UNTAKEN: Final = "/dubu/min-dag?kun=ingens"
BACK: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=400)
"""How much of the past and the future is shown."""
MOST: Final = 1_000
"""How many meetings, and how many deadlines."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Somebody's address: that there is one, not what it is."""

    employee: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting or a deadline in a feed."""

    id: UUID
    what: str = field(repr=False)
    child: str | None = field(repr=False)
    """The child's name, of which initials are shown; None where not even they may be."""
    path: str
    starts: datetime
    ends: datetime | None
    """None for a deadline, which has only a moment."""
    changed_at: datetime
    day: date | None = None
    """The day of a deadline that is due some day and at no time of it: it fills the day."""


def renew(connection: sa.Connection, employee: str, *, now: datetime) -> str:
    """Give somebody a new address, and return its secret part. The old one is closed at once."""
    revoke(connection, employee, now=now)
    token = secrets.token_urlsafe(32)
    connection.execute(
        sa.insert(kalender_feeds).values(
            id=uuid4(), employee=employee, token_hash=hashed(token), created_at=now
        )
    )
    return token


def revoke(connection: sa.Connection, employee: str, *, now: datetime) -> None:
    """Close somebody's address; nothing happens where there is none."""
    connection.execute(
        sa.update(kalender_feeds)
        .where(kalender_feeds.c.employee == employee, kalender_feeds.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def of_employee(connection: sa.Connection, employee: str) -> Feed | None:
    """Return somebody's address, or None."""
    return _one(connection, kalender_feeds.c.employee == employee)


def by_token(connection: sa.Connection, token: str) -> Feed | None:
    """Return whose address this is, or None: never made, or closed."""
    return _one(connection, kalender_feeds.c.token_hash == hashed(token))


def hashed(token: str) -> str:
    """Return what is kept of a secret. It is long and random, so one round is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def meetings(
    connection: sa.Connection, asker: Asker, titles: dict[str, str], now: datetime
) -> list[Shown]:
    """Return an employee's meetings on cases that are open to them.

    :param titles: what each kind of meeting is called.
    """
    rows = connection.execute(
        sa.select(moeder, personer.c.name, sager.c.protected)
        .join_from(moeder, sager, sager.c.id == moeder.c.sag_id)
        .join(personer, personer.c.id == sager.c.child_id)
        .where(
            moeder.c.owner == asker.key,
            moeder.c.state == MoedeState.PLANLAGT,
            moeder.c.ends > now - BACK,
            moeder.c.starts < now + AHEAD,
            visible_sager(asker),
        )
        .order_by(moeder.c.starts, moeder.c.id)
        .limit(MOST)
    )
    return [
        Shown(
            row.id,
            titles[row.form],
            None if row.protected else row.name,
            f"/dubu/sag/{row.sag_id}/moeder",
            row.starts,
            row.ends,
            row.changed_at,
        )
        for row in rows
    ]


def deadlines(
    connection: sa.Connection, asker: Asker, rules: RuleBook, now: datetime
) -> list[Shown]:
    """Return the open deadlines that have a date and are an employee's to see to.

    What is late stands on today, where somebody looks. What nobody in the unit has taken is one
    event of today for all of it: whoever takes one has it in their calendar, and it leaves the
    others'.
    """
    nobodys = sa.and_(frister.c.responsible.is_(None), frister.c.unit == asker.unit)
    theirs = frister.c.responsible == asker.key
    child_of = sa.func.coalesce(frister.c.person_id, sager.c.child_id, underretninger.c.child_id)
    hidden = sa.func.coalesce(sager.c.protected, sa.false()) | sa.func.coalesce(
        underretninger.c.protected, sa.false()
    )
    rows = connection.execute(
        sa.select(
            frister.c.id, frister.c.rule, frister.c.sag_id, frister.c.underretning_id,
            frister.c.due, frister.c.anchor_at, frister.c.rule_version, frister.c.responsible,
            frister.c.bundle, personer.c.name, hidden.label("hidden"),
        )
        .select_from(frister)
        .outerjoin(sager, sager.c.id == frister.c.sag_id)
        .outerjoin(underretninger, underretninger.c.id == frister.c.underretning_id)
        .outerjoin(personer, personer.c.id == child_of)
        .where(
            sa.or_(theirs, nobodys) if asker.unit else theirs,
            frister.c.state == "aaben",
            frister.c.due < now + AHEAD,
            sa.or_(frister.c.sag_id.is_(None), visible_sager(asker)),
            sa.or_(frister.c.underretning_id.is_(None), visible_underretninger(asker)),
            sa.or_(frister.c.sag_id.is_not(None), frister.c.underretning_id.is_not(None)),
        )
        .order_by(frister.c.due, frister.c.id)
        .limit(MOST)
    )  # fmt: skip
    found = rows.all()
    theirs_alone = [_deadline(row, rules, now) for row in found if row.responsible]
    return [*_untaken([row for row in found if not row.responsible], asker, now), *theirs_alone]


def _untaken(
    rows: Sequence[sa.Row[*tuple[Any, ...]]], asker: Asker, now: datetime
) -> Sequence[Shown]:
    """Return the one event for what nobody in the unit has taken; none where all is taken."""
    near = {row.bundle for row in rows if row.due <= far_from(now)}
    if not near:
        return ()
    today = danish_day(now)
    waiting = {row.bundle for row in rows if row.bundle in near and row.rule == ASSESSMENT}
    some = Untaken.of(asker.unit or "", near, waiting, ())
    return [
        Shown(
            uuid5(NAMESPACE_URL, f"ingens:{asker.unit}"),
            untaken_words(some),
            None,
            UNTAKEN,
            start_of_day(today),
            None,
            start_of_day(today),
            today,
        )
    ]


def _deadline(row: sa.Row[*tuple[Any, ...]], rules: RuleBook, now: datetime) -> Shown:
    late = row.due < now
    day = danish_day(now) if late else danish_day(row.due)
    rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
    title = rule.title if rule else row.rule
    return Shown(
        row.id,
        f"{title} (overskredet)" if late else title,
        None if row.hidden else row.name,
        f"/dubu/sag/{row.sag_id}" if row.sag_id else f"/dubu/indgang/{row.underretning_id}",
        row.due,
        None,
        # An event that is moved to another day is a newer one.
        start_of_day(day) if late else row.anchor_at,
        day if late or row.due == end_of_day(day) else None,
    )


def _one(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Feed | None:
    row = connection.execute(
        sa.select(kalender_feeds.c.employee, kalender_feeds.c.created_at).where(
            condition, kalender_feeds.c.revoked_at.is_(None)
        )
    ).first()
    return None if row is None else Feed(row.employee, row.created_at)
