"""What a changed rule does to the deadlines that run under it.

A deadline is counted again only where its own row changed, or where another row now covers the
moment its clock started. What keeps the old row keeps its day.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.hverdage import ONE_DAY
from dubu_plugin.frister.fingerprint import fingerprint
from dubu_plugin.frister.rule import MISSED, NOTHING, Rule
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.starting import counted_from
from dubu_plugin.frister.versions import version_of
from dubu_plugin.store.deadlines.replacing import NOT_EXCEEDED, asks, by_rule, forget_missed, told
from dubu_plugin.store.deadlines.states import Row, State
from dubu_plugin.store.tables import frister, haendelser, personer, regler

# Written out, and not a parameter: the index rule by rule is one of this condition.
OPEN: Final = frister.c.state == sa.literal(State.AABEN.value, literal_execute=True)

READ: Final = (
    "rule_version", "rule_hash", "anchor_at", "due", "warn", "exceeded_at", "exceeded_id",
    "moved_by",
)  # fmt: skip
"""What is read of a deadline that is counted again, beside its key. The rest of it is copied where
it lies."""

# As the database's driver has it: it goes back as it came, half a million times.
KEY: Final = sa.type_coerce(frister.c.id, sa.types.NullType())
THIS: Final = sa.bindparam("this", type_=KEY.type) == KEY

COUNTED: Final = frozenset({"rule", "due", "warn"})
"""The columns of a rule that are no value for all its deadlines, or stand as they are."""


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


def give_room(connection: sa.Connection) -> None:
    """Let SQLite hold what is written in memory, 128 MB of it, and seldom move it out of its log.

    So the same page is not written again and again: deadlines lie all over their indexes.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA cache_size = -131072")
        connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 65536")


def to_recount(
    connection: sa.Connection, book: RuleBook, code: str, after: object, limit: int
) -> Sequence[Row]:
    """Return open deadlines of a rule that are not as its rows say now, those after a key.

    With the child's date of birth, and what the rule asks of the hændelse the clock started on.
    What was put in another's place a moment ago is as the rows say, so it is not met again.

    :param after: the `id` of the last one that was returned; None for the first ones.
    """
    versions = book.versions.get(code, ())
    told_day = any(rule.from_fact for rule in versions)
    opened: sa.ColumnElement[Any] = frister.c.anchor_at
    if told_day:
        opened = sa.func.coalesce(haendelser.c.occurred_at, frister.c.anchor_at)
    kept = [_covered(rule, opened) for rule in versions]
    read: list[sa.ColumnElement[Any]] = [frister.c[name] for name in READ]
    read += [personer.c.born, KEY.label("id"), opened.label("opened_at")]
    tables = frister.outerjoin(personer, personer.c.id == frister.c.person_id)
    if any(asks(rule) for rule in versions):
        read.append(haendelser.c.data.label("said"))
        tables = tables.outerjoin(haendelser, haendelser.c.id == frister.c.anchor_id)
    later = [] if after is None else [sa.literal(after, KEY.type) < KEY]
    return connection.execute(
        sa.select(*read)
        .select_from(tables)
        .where(OPEN, frister.c.rule == code, *map(sa.not_, kept), *later)
        .order_by(frister.c.id)
        .limit(limit)
    ).all()


def _covered(rule: Rule, opened: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return the condition of deadlines counted under a row as it is, that covers their start.

    :param opened: when that occurred which set their clock going.
    """
    covers = [opened >= start_of_day(rule.in_force_from)]
    if rule.in_force_to is not None:
        covers.append(opened < start_of_day(rule.in_force_to + ONE_DAY))
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
    batch = _Batch(connection, by, now)
    no_more = () if any(rule.from_fact for rule in versions) else rows
    opened = _opened(connection, no_more)
    for row in rows:
        began = opened.get(row.id, row.opened_at)
        target = _target(versions, marks, row.rule_version, began)
        if target is None:
            found.orphaned[code] += 1
            continue
        rule, mark = target
        if row.rule_version == rule.in_force_from and row.rule_hash == mark:
            continue
        if batch.take(rule, mark, row, began):
            found.moved += 1
        else:
            found.adjusted += 1
    batch.write()
    return found


def _opened(connection: sa.Connection, rows: Sequence[Row]) -> Mapping[object, datetime]:
    """Return when those were set going that may have started on a told day no rule counts from.

    Such a clock started as a day began, which few others do.
    """
    keys = [
        row.id
        for row in rows
        # Every zone of Denmark is whole hours from UTC, and half a million are asked.
        if not row.anchor_at.minute and row.anchor_at == start_of_day(danish_day(row.anchor_at))
    ]
    if not keys:
        return {}
    found = connection.execute(
        sa.select(KEY.label("id"), haendelser.c.occurred_at)
        .join_from(frister, haendelser, haendelser.c.id == frister.c.anchor_id)
        .where(KEY.in_(keys))
    )
    return {row.id: row.occurred_at for row in found}


def _target(
    versions: Sequence[Rule],
    marks: Mapping[date, tuple[Rule, str]],
    version: date,
    opened: datetime,
) -> tuple[Rule, str] | None:
    """Return the row of the rule a deadline runs under now, and its mark.

    That is the one that covers the moment its clock started; else the one it was opened under.
    """
    covering = version_of(versions, opened)
    return marks.get(covering.in_force_from if covering else version)


class _Batch:
    """What is written for a handful of deadlines, statement by statement and not row by row.

    Only columns that change are set: every index with a column that is set is written.
    """

    def __init__(self, connection: sa.Connection, by: UUID, now: datetime) -> None:
        self._connection = connection
        self._by = by
        self._now = now
        self._new: dict[date, list[dict[str, Any]]] = {}
        self._same: dict[date, list[dict[str, Any]]] = {}
        self._rules: dict[date, dict[str, Any]] = {}
        self._started: set[date] = set()
        self._missed: list[dict[str, Any]] = []
        # New keys lie near each other, so their index is written in one place.
        self._keys = count(uuid4().int >> 64 << 64)

    def take(self, rule: Rule, mark: str, row: Row, opened: datetime) -> bool:
        """Count one deadline again; tell whether its due moment is another.

        :param opened: when that occurred which set its clock going.
        """
        version = rule.in_force_from
        if version not in self._rules:
            said = by_rule(rule, None, mark)
            self._rules[version] = {name: said[name] for name in said.keys() - COUNTED}
        due, warn, start = _counted(rule, row, opened)
        if start != row.anchor_at:
            self._started.add(version)
        can_be_missed = rule.kind in MISSED
        if due == row.due and (can_be_missed or row.exceeded_at is None):
            self._same.setdefault(version, []).append(
                {"this": row.id, "b_warn": warn, "b_start": start}
            )
            return False
        if row.exceeded_at is not None:
            self._miss(row, due if can_be_missed else None)
        key = UUID(int=next(self._keys))
        new = {"this": row.id, "b_id": key, "b_due": due, "b_warn": warn, "b_start": start}
        self._new.setdefault(version, []).append(new)
        return True

    def _miss(self, row: Row, due: datetime | None) -> None:
        """Have one that was missed be so from another moment, or not be missed after all."""
        values: dict[str, Any] = {**NOT_EXCEEDED}
        if due is not None and due < self._now:
            values = {"exceeded_at": due, "exceeded_id": row.exceeded_id}
        else:
            forget_missed(self._connection, row, at=self._now, by=self._by)
        bound = {f"b_{name}": value for name, value in values.items()}
        self._missed.append({"this": row.id, **bound})

    def write(self) -> None:
        """Write what was taken."""
        for version, rows in self._same.items():
            start = self._start(version)
            self._set(rows, self._rules[version], warn="b_warn", **start)
        for version, rows in self._new.items():
            self._keep(rows)
            own = {"due": "b_due", "warn": "b_warn", "replaces": "b_id", **self._start(version)}
            self._set(rows, self._rules[version], **own)
        if self._missed:
            self._set(self._missed, {}, exceeded_at="b_exceeded_at", exceeded_id="b_exceeded_id")

    def _start(self, version: date) -> Mapping[str, str]:
        """Return the start's column where one of them changed: elsewhere it is left unwritten."""
        return {"anchor_at": "b_start"} if version in self._started else {}

    def _set(self, rows: list[dict[str, Any]], said: Mapping[str, Any], **own: str) -> None:
        """Set what is the same for all of these, and what each has of its own."""
        bound: dict[str, Any] = {name: sa.bindparam(param) for name, param in own.items()}
        self._connection.execute(sa.update(frister).where(THIS).values(**said, **bound), rows)

    def _keep(self, rows: list[dict[str, Any]]) -> None:
        """Keep a copy of each as it was, closed.

        The open one keeps its key, so what waits and what the host reminds of stay with it; and the
        indexes of what is open are not written twice.
        """
        was: dict[str, sa.ColumnElement[Any]] = {
            "id": sa.bindparam("b_id", type_=frister.c.id.type),
            "state": sa.literal(State.AFLOEST, frister.c.state.type),
            "ended_at": sa.literal(self._now, frister.c.ended_at.type),
            "ended_by": sa.literal(self._by, frister.c.ended_by.type),
        }
        names = frister.c.keys()
        kept = sa.select(*(was.get(name, frister.c[name]) for name in names)).where(THIS)
        self._connection.execute(sa.insert(frister).from_select(names, kept), rows)


def _counted(
    rule: Rule, row: Row, opened: datetime
) -> tuple[datetime | None, datetime | None, datetime]:
    """Return when a deadline is due and warned of by a rule, and what it is counted from.

    What was interrupted or moved up was not counted by the rule alone: it keeps what it was given,
    unless the rule makes it earlier.
    """
    said = told(row.said) if asks(rule) else NOTHING
    start = counted_from(rule, opened, said)
    if rule.missing(said, row.born):
        return row.due, row.warn, start
    term = rule.term(opened, said, row.born)
    if row.moved_by is None:
        return (term.due, term.warn, start) if term else (None, None, start)
    if term is not None and row.due is not None and rule.moved_up_by and term.due < row.due:
        return term.due, term.warn, start
    return row.due, row.warn, start
