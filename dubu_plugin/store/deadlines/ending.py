"""What a hændelse does to the deadlines that stand: met, annulled, corrected, moved, paused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace as with_
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import danish, end_of_day, start_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import Term, interrupted
from dubu_plugin.frister.rule import MISSED, NOTHING, Rule, Subject
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.starting import counted_from, is_too_early
from dubu_plugin.frister.versions import version_of
from dubu_plugin.store.deadlines.answering import answered
from dubu_plugin.store.deadlines.lapsing import lapse_or_follow
from dubu_plugin.store.deadlines.passing import missed_when_lapsed
from dubu_plugin.store.deadlines.replacing import (
    NOT_EXCEEDED,
    born,
    by_rule,
    forget_missed,
    opened_at,
    replace,
    said_by,
)
from dubu_plugin.store.deadlines.states import (
    Happened,
    Row,
    State,
    denies,
    is_met_on_case,
    is_of_case_alone,
)
from dubu_plugin.store.tables import frister, haendelser

Ended = tuple[tuple[UUID, ...], tuple[UUID, ...], tuple[UUID, ...], frozenset[UUID]]
"""Those met, annulled and replaced, and those of the standing that are open still."""

_SET: Final = sa.update(frister).where(
    frister.c.id.in_(sa.bindparam("which", expanding=True, type_=frister.c.id.type))
)
"""Built once: it is said at nearly every hændelse."""


def end(
    connection: sa.Connection,
    rules: RuleBook,
    happened: Happened,
    standing: Sequence[Row],
    now: datetime,
) -> Ended:
    """Let a hændelse meet, annul, correct, move, pause or resume what stands, and return what."""
    met: list[Row] = []
    asking: list[tuple[Rule, Row]] = []
    lapsed: list[Row] = []
    mistaken: list[Row] = []
    replaced: list[UUID] = []
    for row in standing:
        rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
        if rule is None:
            continue
        if is_of_case_alone(rule, row, happened):
            if row.state == State.AABEN and is_met_on_case(rule, row, happened):
                met.append(row)
        elif happened.what in rule.corrected_by and rule.age is not None:
            if _never_reached(connection, rule, row):
                mistaken.append(row)
            elif _aged_anew(connection, rule, row, happened, now):
                replaced.append(row.id)
        elif happened.what in rule.corrected_by:
            if row.anchor_at != happened.occurred_at:
                at = happened.occurred_at
                said = {rule.from_fact: at} if rule.from_fact else {}
                start_anew(connection, rules, row, at, happened.id, now, said=said)
                replaced.append(row.id)
        elif row.state != State.AABEN:
            continue
        elif happened.what in rule.met_by:
            if not _meets(connection, rule, row, happened, met):
                continue
            if rule.each:
                asking.append((rule, row))
            else:
                met.append(row)
        elif happened.what in rule.opens_on and denies(rule, happened):
            mistaken.append(row)
        elif happened.what in rule.annulled_by:
            never_was = happened.what is Haendelse.HENVENDELSE_OMREGISTRERET
            (mistaken if never_was else lapsed).append(row)
        elif happened.what in rule.lapses_with:
            became = lapse_or_follow(connection, rule, row, happened, now)
            if became is State.BORTFALDET:
                lapsed.append(row)
            elif became is State.AFLOEST:
                replaced.append(row.id)
        elif _moved(connection, rule, row, happened, now):
            replaced.append(row.id)
    met += answered(connection, asking, happened, met=met)
    _meet(connection, met, happened)
    _lapse(connection, lapsed, happened)
    _close(connection, [row.id for row in mistaken], State.BORTFALDET, happened, **NOT_EXCEEDED)
    annulled = [*lapsed, *mistaken]
    gone = {row.id for row in (*met, *annulled)} | set(replaced)
    return (
        tuple(row.id for row in met),
        tuple(row.id for row in annulled),
        tuple(replaced),
        frozenset(row.id for row in standing if row.state == State.AABEN and row.id not in gone),
    )


def start_anew(
    connection: sa.Connection,
    rules: RuleBook,
    row: Row,
    anchor: datetime,
    by: UUID,
    now: datetime,
    reason: str | None = None,
    said: Mapping[str, object] = NOTHING,
) -> UUID | None:
    """Put a new deadline in the old one's place, counted from the right moment; return its key.

    None where no version of the rule was in force then: the old one is closed.

    :param anchor: when that occurred which set the clock going.
    :param said: what is said now otherwise than by the hændelse the clock started on.
    """
    rule = version_of(rules.versions.get(row.rule, ()), anchor)
    if rule is None:
        values = {"state": State.AFLOEST, "ended_at": now, "ended_by": by, "reason": reason}
        connection.execute(sa.update(frister).where(frister.c.id == row.id).values(values))
        return None
    data = {**said_by(connection, rule, row.anchor_id), **said}
    term = rule.term(
        anchor,
        data,
        born(connection, row.person_id) if rule.age is not None else None,
    )
    return replace(
        connection,
        row,
        by=by,
        now=now,
        reason=reason,
        anchor_id=by,
        anchor_at=counted_from(rule, anchor, data),
        moved_by=None,
        **by_rule(rule, term),
    )


def _never_reached(connection: sa.Connection, rule: Rule, row: Row) -> bool:
    """Tell whether the age was reached before the clock could start: nobody's deadline."""
    day = born(connection, row.person_id)
    if row.state != State.AABEN or day is None or rule.age is None or rule.length is not None:
        return False
    reached: bool = start_of_day(birthday(day, rule.age)) <= row.anchor_at
    return reached


def _aged_anew(
    connection: sa.Connection, rule: Rule, row: Row, happened: Happened, now: datetime
) -> bool:
    """Count a deadline from another birthday; tell whether it moved. Its clock started when it
    did: what was decided after the birthday still runs from the decision."""
    said = said_by(connection, rule, row.anchor_id)
    day = born(connection, row.person_id)
    if rule.missing(said, day):
        return False
    term = rule.term(row.anchor_at, said, day)
    if term is None or term.due == row.due:
        return False
    replace(connection, row, by=happened.id, now=now, moved_by=None, **by_rule(rule, term))
    return True


A_SLIP: Final = timedelta(days=14)
"""Opened again within this, it was hardly closed."""


def revive(connection: sa.Connection, happened: Happened) -> tuple[UUID, ...]:
    """Open again what lapsed when the case was closed.

    What was overdue then is so again. What fell due while the case lay closed stays away, but where
    it was closed for a moment only, as by a slip.
    """
    closings = sa.select(haendelser.c.id).where(
        haendelser.c.sag_id == happened.sag, haendelser.c.type == Haendelse.SAG_LUKKET
    )
    lapsed = tuple(
        connection.scalars(
            sa.select(frister.c.id).where(
                frister.c.sag_id == happened.sag,
                frister.c.state == State.BORTFALDET,
                frister.c.ended_by.in_(closings),
                sa.or_(
                    frister.c.due.is_(None),
                    frister.c.due > happened.occurred_at,
                    frister.c.due <= frister.c.ended_at,
                    frister.c.ended_at >= happened.occurred_at - A_SLIP,
                ),
            )
        )
    )
    if lapsed:
        connection.execute(
            sa.update(frister)
            .where(frister.c.id.in_(lapsed))
            .values(
                state=State.AABEN,
                ended_at=None,
                ended_by=None,
                reason=None,
                # What was told is not told again: steps hang on the hændelse that said so.
                exceeded_at=sa.case(
                    (frister.c.exceeded_id.is_not(None), frister.c.exceeded_at), else_=sa.null()
                ),
            )
        )
    return lapsed


def _meets(
    connection: sa.Connection, rule: Rule, row: Row, happened: Happened, met: Sequence[Row]
) -> bool:
    """Tell whether what is done meets a deadline: not where it was done before it was asked for.

    Nor where it says of itself that it is something else. One report is one period's: an older one
    of the rule takes it.
    """
    if not rule.is_met_by(happened.what, happened.data):
        return False
    if rule.subject is Subject.KOMMUNE and any(older.rule == rule.code for older in met):
        return False
    opened = opened_at(connection, row) if rule.from_fact else row.anchor_at
    return not is_too_early(rule, opened, happened.occurred_at)


def _moved(
    connection: sa.Connection, rule: Rule, row: Row, happened: Happened, now: datetime
) -> bool:
    """Pause, resume or move a deadline; tell whether another has taken its place."""
    at = happened.occurred_at
    if happened.what in rule.paused_by and row.paused_at is None:
        values = {"paused_at": at}
        connection.execute(sa.update(frister).where(frister.c.id == row.id).values(values))
        return False
    if happened.what in rule.resumed_by and row.paused_at is not None and row.due is not None:
        term = _resumed(rule, row, at)
        changes: dict[str, Any] = {"due": term.due, "warn": term.warn, "paused_at": None}
        replace(connection, row, by=happened.id, now=now, moved_by=happened.id, **changes)
        return True
    if happened.what in rule.moved_up_by:
        # There is the rest of that day to do it in.
        from_then = max(at, row.anchor_at)
        due = end_of_day(danish_day(from_then))
        if row.due is None or due.astimezone(UTC) < row.due:
            warn = from_then if row.warn is None else max(min(row.warn, at), row.anchor_at)
            changes = {"due": due, "warn": warn, "moved_by": happened.id}
            replace(connection, row, by=happened.id, now=now, **changes)
            return True
    if happened.what in rule.put_off_by and row.due is not None and row.exceeded_at is None:
        # What is said anew is said to whom it concerns; the law's own limit was of the first day.
        later = with_(rule, due_fact_at_most=None).term(at, happened.data)
        if later is not None and _instant(later.due) > row.due:
            changes = {"due": later.due, "warn": later.warn, "moved_by": happened.id}
            replace(connection, row, by=happened.id, now=now, **changes)
            return True
    return False


def _resumed(rule: Rule, row: Row, at: datetime) -> Term:
    """Return when it is due that was interrupted, warned of as long before as it was."""
    due = interrupted(row.due, row.paused_at, at, rule.least_left, rule.profile, rule.reckoning)
    early = row.due - row.warn if row.warn is not None else None
    warn = due if early is None else danish(due.astimezone(UTC) - early)
    return Term(due, min(max(warn, danish(at), key=_instant), due, key=_instant))


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _meet(connection: sa.Connection, met: Sequence[Row], happened: Happened) -> None:
    """Close what is met. When it was met decides whether it was missed, not when it was told."""
    _close(connection, [row.id for row in met], State.OPFYLDT, happened)
    for row in met:
        late = row.due is not None and row.due < happened.occurred_at
        missed = late and row.kind in MISSED
        if missed and row.exceeded_at is None and row.paused_at is None:
            _set(connection, row, exceeded_at=row.due)
        elif not missed and row.exceeded_at is not None:
            _set(connection, row, **NOT_EXCEEDED)
            forget_missed(connection, row, at=happened.occurred_at, by=happened.id)


def _set(connection: sa.Connection, row: Row, **values: Any) -> None:
    connection.execute(_SET, {"which": [row.id], **values})


def _lapse(connection: sa.Connection, rows: Sequence[Row], happened: Happened) -> None:
    """Close what nobody is asked for any more. What had been missed by then stays missed."""
    for row in rows:
        missed = missed_when_lapsed(connection, row, happened.occurred_at)
        stays = {"exceeded_at": missed} if missed else NOT_EXCEEDED
        _close(connection, [row.id], State.BORTFALDET, happened, **stays)


def _close(
    connection: sa.Connection,
    which: Sequence[UUID],
    state: State,
    happened: Happened,
    **more: datetime | None,
) -> None:
    if which:
        ended = {"state": state, "ended_at": happened.occurred_at, "ended_by": happened.id}
        connection.execute(_SET, {"which": list(which), **ended, **more})
