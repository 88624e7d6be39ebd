"""A hændelse that was noted by mistake: the deadlines become what they were without it.

What it opened lapses, what it met or ended stands again, what it moved gets its old day back. What
was recorded after it is then asked once more: it may meet what stands again, and open what the
mistake had opened in its place. No row is lost; each says what became of it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.versions import version_of
from dubu_plugin.store.deadlines.hindsight import end_by, recorded_on
from dubu_plugin.store.deadlines.opening import open_new
from dubu_plugin.store.deadlines.replacing import NOT_EXCEEDED, forget_missed, replace
from dubu_plugin.store.deadlines.standing import standing_on
from dubu_plugin.store.deadlines.states import STANDING, Happened, Row, State
from dubu_plugin.store.tables import frister, haendelser, ventegrunde

BACK: Final = ("rule_version", "rule_hash", "kind", "severity", "profile", "anchor_id",
               "anchor_at", "due", "warn", "paused_at", "moved_by")  # fmt: skip
"""What a deadline that was moved gets back from what it was before."""


def undo(
    connection: sa.Connection,
    rules: RuleBook,
    wrong: UUID,
    *,
    by: UUID,
    now: datetime,
    reason: str,
    gone: bool = False,
) -> Sequence[UUID]:
    """Let the deadlines of a case be as if a hændelse had not happened; return those it opened.

    :param wrong: the hændelse; that it is taken back is remembered already.
    :param by: the hændelse that says so.
    :param gone: nothing comes in its place, so what answered it may be the answer to another.
    """
    mistake = connection.execute(sa.select(haendelser).where(haendelser.c.id == wrong)).one()
    moved = _of(connection, frister.c.state == State.AFLOEST, frister.c.ended_by == wrong)
    successors = _moved_back(connection, moved, by, now, reason)
    opened = _opened(connection, wrong, but=successors)
    _lapse(connection, opened, by, now, reason)
    again = _of(
        connection, frister.c.state.in_((State.OPFYLDT, State.BORTFALDET)),
        frister.c.ended_by == wrong,
    )  # fmt: skip
    _reopen(connection, again)
    _resume(connection, rules, mistake)
    later = recorded_on(connection, mistake.sag_id, after=mistake.seq)
    fresh = _opened_by_others(connection, rules, opened, later, now)
    beside = _beside(connection, rules, opened) if gone else ()
    stand = [*(row.id for row in again), *fresh, *beside]
    end_by(connection, rules, _of(connection, frister.c.id.in_(stand)), later)
    return [row.id for row in opened]


def stand_in(
    connection: sa.Connection, before: Iterable[UUID], after: Iterable[UUID], by: UUID
) -> None:
    """Let what the right hændelse opened take the place of what the wrong one had opened.

    What somebody waits for, and why it was missed, goes with it.
    """
    old = {(row.rule, row.subject_id): row for row in _of(connection, frister.c.id.in_(before))}
    for row in _of(connection, frister.c.id.in_(after)):
        was = old.pop((row.rule, row.subject_id), None)
        if was is None or was.ended_by != by:
            continue
        carried = {
            name: was._mapping[name]
            for name in ("exceeded_reason", "exceeded_by_user", "exceeded_reason_at", "chain_of")
        }
        _set(connection, was.id, state=State.AFLOEST)
        _set(connection, row.id, replaces=was.id, **carried)
        connection.execute(
            sa.update(ventegrunde)
            .where(ventegrunde.c.frist_id == was.id, ventegrunde.c.ended_at.is_(None))
            .values(frist_id=row.id)
        )


def _moved_back(
    connection: sa.Connection, moved: Sequence[Row], by: UUID, now: datetime, reason: str
) -> set[UUID]:
    """Give what was moved its old day back, and return the rows it had got instead."""
    found = set()
    for old in moved:
        instead = _of(connection, frister.c.replaces == old.id, frister.c.state.in_(STANDING))
        for row in instead:
            back = {name: old._mapping[name] for name in BACK}
            replace(connection, row, by=by, now=now, reason=reason, **back)
            found.add(row.id)
    return found


def _opened(connection: sa.Connection, wrong: UUID, *, but: set[UUID]) -> Sequence[Row]:
    """Return what the hændelse opened, and what has taken its place since."""
    found: list[Row] = []
    rows = _of(connection, frister.c.anchor_id == wrong)
    while rows:
        found += [row for row in rows if row.state != State.AFLOEST and row.id not in but]
        gone = [row.id for row in rows if row.state == State.AFLOEST and row.id not in but]
        seen = {row.id for row in found}
        rows = _of(connection, frister.c.replaces.in_(gone)) if gone else []
        rows = [row for row in rows if row.id not in seen]
    return found


def _lapse(
    connection: sa.Connection, rows: Sequence[Row], by: UUID, now: datetime, reason: str
) -> None:
    for row in rows:
        lapsed = {"state": State.BORTFALDET, "ended_at": now, "ended_by": by, "reason": reason}
        _set(connection, row.id, **lapsed, **NOT_EXCEEDED)
        forget_missed(connection, row, at=now, by=by)


def _reopen(connection: sa.Connection, rows: Sequence[Row]) -> None:
    for row in rows:
        # That it was missed by being met late is told again by the clock, if it still is.
        missed = NOT_EXCEEDED if row.exceeded_id is None else {}
        _set(
            connection, row.id, state=State.AABEN, ended_at=None, ended_by=None, reason=None,
            **missed,
        )  # fmt: skip


def _resume(connection: sa.Connection, rules: RuleBook, mistake: Row) -> None:
    """Let what the hændelse interrupted run on as if it had not."""
    what = Haendelse(mistake.type)
    codes = [rule.code for rule in rules.ended_by(what) if what in rule.paused_by]
    if codes:
        connection.execute(
            sa.update(frister)
            .where(
                frister.c.rule.in_(codes),
                frister.c.sag_id == mistake.sag_id,
                frister.c.state == State.AABEN,
                frister.c.paused_at == mistake.occurred_at,
            )
            .values(paused_at=None)
        )


def _opened_by_others(
    connection: sa.Connection,
    rules: RuleBook,
    lapsed: Sequence[Row],
    later: Sequence[Happened],
    now: datetime,
) -> list[UUID]:
    """Open what a later hændelse would have opened, had the mistake not stood in its place."""
    found: list[UUID] = []
    codes = {row.rule for row in lapsed}
    for one in later:
        opening = [
            rule
            for rule in rules.opened_by(one.what)
            if rule.code in codes
            and version_of(rules.versions[rule.code], one.occurred_at) is rule
            and rule.applies(one.data)
            and not rule.rules_out(one.what, one.data)
            and one.subject(rule.subject) is not None
            and not _of(connection, frister.c.anchor_id == one.id, frister.c.rule == rule.code)
        ]
        if opening:
            standing = standing_on(connection, one, opening)
            still = {row.id for row in standing if row.state == State.AABEN}
            opened, _ = open_new(connection, one, opening, standing, still, now)
            found += opened
    return found


def _beside(connection: sa.Connection, rules: RuleBook, lapsed: Sequence[Row]) -> Sequence[UUID]:
    """Return what stands open beside what lapsed, of rules where each asks for itself."""
    each = {rule.code for rule in rules.rules if rule.each}
    return [
        row.id
        for one in lapsed
        if one.rule in each
        for row in _of(
            connection, frister.c.rule == one.rule, frister.c.sag_id == one.sag_id,
            frister.c.state == State.AABEN,
        )
    ]  # fmt: skip


def _of(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Row]:
    found: Any = connection.execute(sa.select(frister).where(*where).order_by(frister.c.anchor_at))
    return list(found.all())


def _set(connection: sa.Connection, which: UUID, **values: Any) -> None:
    connection.execute(sa.update(frister).where(frister.c.id == which).values(values))
