"""What a changed rule does to the deadlines that run under it.

A deadline is counted again only where its own row changed, or where another row now covers the
moment its clock started. What keeps the old row keeps its day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.hverdage import ONE_DAY
from dubu_plugin.frister.fingerprint import fingerprint
from dubu_plugin.frister.rule import Rule, version_of
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines.replacing import NOT_EXCEEDED, by_rule, forget_missed, said_by
from dubu_plugin.store.deadlines.states import Row, State
from dubu_plugin.store.tables import frister, personer, regler, ventegrunde

# Written out, and not a parameter: the index rule by rule is one of this condition.
OPEN: Final = frister.c.state == sa.literal(State.AABEN.value, literal_execute=True)

START: Final = UUID(int=0)


@dataclass(slots=True)
class Recounted:
    """What counting again came to."""

    seen: int = 0
    moved: int = 0
    """Those with another due moment: a new one stands in their place."""
    adjusted: int = 0
    """Those with the same due moment, of which something else changed."""
    orphaned: Counter[str] = field(default_factory=Counter)
    """Those whose rule is in no file any more, by code. They stand as they were."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The rules that are not as they were when deadlines were last counted."""

    codes: frozenset[str]
    fresh: frozenset[str]
    """Those of them that were not in use before."""
    first_time: bool
    """Nothing was ever counted here."""


def changed(connection: sa.Connection, book: RuleBook) -> Changed:
    """Return which rules changed since deadlines were last counted."""
    before = {
        (row.code, row.in_force_from): (row.hash, row.in_use)
        for row in connection.execute(sa.select(regler))
    }
    now = {(rule.code, rule.in_force_from): (fingerprint(rule), rule.on) for rule in book.rules}
    codes = {key[0] for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
    used = {code for (code, _), (_, in_use) in before.items() if in_use}
    uses = {code for (code, _), (_, in_use) in now.items() if in_use}
    return Changed(frozenset(codes), frozenset(uses - used), not before)


def remember(connection: sa.Connection, book: RuleBook, now: datetime) -> None:
    """Remember the rules as they are: every running deadline is counted under them."""
    connection.execute(sa.delete(regler))
    rows = [
        {
            "code": rule.code,
            "in_force_from": rule.in_force_from,
            "hash": fingerprint(rule),
            "in_use": rule.on,
            "computed_at": now,
        }
        for rule in book.rules
    ]
    if rows:
        connection.execute(sa.insert(regler), rows)


def open_codes(connection: sa.Connection) -> Mapping[str, int]:
    """Return how many open deadlines there are of each rule."""
    rows = connection.execute(
        sa.select(frister.c.rule, sa.func.count().label("number"))
        .where(OPEN)
        .group_by(frister.c.rule)
        .order_by(frister.c.rule)
    )
    return {row.rule: row.number for row in rows}


def to_recount(
    connection: sa.Connection, book: RuleBook, code: str, after: UUID, limit: int
) -> Sequence[Row]:
    """Return open deadlines of a rule that are not as its rows say now, those after a key.

    With the child's date of birth. What was put in another's place a moment ago is as the rows say,
    so it is not met again.
    """
    kept = [_covered(rule) for rule in book.versions.get(code, ())]
    return connection.execute(
        sa.select(frister, personer.c.born)
        .select_from(frister.outerjoin(personer, personer.c.id == frister.c.person_id))
        .where(OPEN, frister.c.rule == code, frister.c.id > after, *map(sa.not_, kept))
        .order_by(frister.c.id)
        .limit(limit)
    ).all()


def _covered(rule: Rule) -> sa.ColumnElement[bool]:
    """Return the condition of deadlines counted under a row as it is, that covers their start."""
    covers = [frister.c.anchor_at >= start_of_day(rule.in_force_from)]
    if rule.in_force_to is not None:
        covers.append(frister.c.anchor_at < start_of_day(rule.in_force_to + ONE_DAY))
    mark = sa.func.coalesce(frister.c.rule_hash, "") == fingerprint(rule)
    return sa.and_(frister.c.rule_version == rule.in_force_from, mark, *covers)


def recount(
    connection: sa.Connection,
    book: RuleBook,
    code: str,
    rows: Sequence[Row],
    *,
    by: UUID,
    now: datetime,
) -> Recounted:
    """Count deadlines of one rule again, and keep what each was before.

    :param by: the hændelse that says the rule changed.
    """
    found = Recounted(seen=len(rows))
    marks = {rule.in_force_from: (rule, fingerprint(rule)) for rule in book.versions.get(code, ())}
    versions = [rule for rule, _ in marks.values()]
    batch = _Batch(by, now)
    for row in rows:
        target = _target(versions, marks, row)
        if target is None:
            found.orphaned[code] += 1
            continue
        rule, mark = target
        if row.rule_version == rule.in_force_from and row.rule_hash == mark:
            continue
        if batch.take(connection, rule, mark, row):
            found.moved += 1
        else:
            found.adjusted += 1
    batch.write(connection)
    return found


def _target(
    versions: Sequence[Rule], marks: Mapping[date, tuple[Rule, str]], row: Row
) -> tuple[Rule, str] | None:
    """Return the row of the rule a deadline runs under now, and its mark.

    That is the one that covers the moment its clock started; else the one it was opened under.
    """
    covering = version_of(versions, row.anchor_at)
    return marks.get(covering.in_force_from if covering else row.rule_version)


class _Batch:
    """What is written for a handful of deadlines, statement by statement and not row by row."""

    def __init__(self, by: UUID, now: datetime) -> None:
        self._by = by
        self._now = now
        self._new: list[dict[str, Any]] = []
        self._same: list[dict[str, Any]] = []

    def take(self, connection: sa.Connection, rule: Rule, mark: str, row: Row) -> bool:
        """Count one deadline again; tell whether its due moment is another."""
        values = self._counted(connection, rule, mark, row)
        if values["due"] == row.due:
            self._same.append({**values, "this": row.id})
            return False
        new = {**row._mapping, **values, "id": uuid4(), "replaces": row.id}
        del new["born"]
        if row.exceeded_at is not None:
            if new["due"] is not None and new["due"] < self._now:
                new["exceeded_at"] = new["due"]
            else:
                new |= NOT_EXCEEDED
                forget_missed(connection, row, at=self._now, by=self._by)
        self._new.append(new)
        return True

    def _counted(
        self, connection: sa.Connection, rule: Rule, mark: str, row: Row
    ) -> dict[str, Any]:
        said = said_by(connection, rule, row.anchor_id)
        term = None if rule.missing(said, row.born) else rule.term(row.anchor_at, said, row.born)
        values = by_rule(rule, term, mark)
        if rule.missing(said, row.born) or row.moved_by is not None:
            # What was interrupted or moved up was not counted by the rule alone.
            values |= {"due": row.due, "warn": row.warn}
        if row.moved_by is not None and term is not None and row.due is not None:
            values["due"] = _earlier(term.due, row.due) if rule.moved_up_by else row.due
        return values

    def write(self, connection: sa.Connection) -> None:
        """Write what was taken."""
        if self._same:
            names = [name for name in self._same[0] if name != "this"]
            connection.execute(
                sa.update(frister)
                .where(frister.c.id == sa.bindparam("this"))
                .values({name: sa.bindparam(name) for name in names}),
                self._same,
            )
        if self._new:
            self._replace(connection)

    def _replace(self, connection: sa.Connection) -> None:
        connection.execute(
            sa.update(frister)
            .where(frister.c.id == sa.bindparam("this"))
            .values(state=State.AFLOEST, ended_at=self._now, ended_by=self._by),
            [{"this": new["replaces"]} for new in self._new],
        )
        connection.execute(sa.insert(frister), self._new)
        waiting = set(_waited_for(connection, (new["replaces"] for new in self._new)))
        moves = [
            {"old": new["replaces"], "new": new["id"]}
            for new in self._new
            if new["replaces"] in waiting
        ]
        if moves:
            connection.execute(
                sa.update(ventegrunde)
                .where(
                    ventegrunde.c.frist_id == sa.bindparam("old"), ventegrunde.c.ended_at.is_(None)
                )
                .values(frist_id=sa.bindparam("new")),
                moves,
            )


def _waited_for(connection: sa.Connection, which: Iterable[UUID]) -> Sequence[UUID]:
    return connection.scalars(
        sa.select(ventegrunde.c.frist_id).where(
            ventegrunde.c.frist_id.in_(list(which)), ventegrunde.c.ended_at.is_(None)
        )
    ).all()


def _earlier(one: datetime, other: datetime) -> datetime:
    return min(one, other, key=lambda moment: moment.timestamp())
