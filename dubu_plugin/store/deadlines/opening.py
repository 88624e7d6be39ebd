"""What a hændelse opens: a deadline for each rule whose clock it starts."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace as with_
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import Term
from dubu_plugin.frister.rule import MISSED, Rule, Subject
from dubu_plugin.frister.starting import counted_from
from dubu_plugin.store.deadlines.lapsing import followed
from dubu_plugin.store.deadlines.replacing import born as born_of
from dubu_plugin.store.deadlines.replacing import by_rule, is_expected, replace, told
from dubu_plugin.store.deadlines.states import Happened, Row, State, bundle_of, stands
from dubu_plugin.store.tables import frister, haendelser, sager, underretninger

LATE: Final = timedelta(minutes=1)
"""Told longer than this after it happened, something may have happened in between."""

_ADD: Final = sa.insert(frister)


def open_new(
    connection: sa.Connection,
    happened: Happened,
    rules: Sequence[Rule],
    standing: Sequence[Row],
    still_open: Set[UUID],
    now: datetime,
    *,
    not_before: datetime | None = None,
) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """Open a deadline for each rule; one whose duty was done before counts as met at once.

    Where one stands already none is opened, unless the duty comes again. But one that is counted
    from what is said (a date of birth, the case's own next date) is put right by what is said now.

    :param not_before: what would have been due before this is not opened: a rule that is new asks
        nothing of the time before it was there.
    :return: those opened, and those of the standing that were put right.
    """
    if not rules:
        return (), ()
    rules = [
        rule for rule in rules if not rule.while_running or followed(connection, rule, happened.sag)
    ]
    on = _filled(connection, happened)
    if any(rule.of_born for rule in rules) and is_expected(connection, on.person):
        rules = [rule for rule in rules if not rule.of_born]
    ages = any(rule.age is not None or rule.ages is not None for rule in rules)
    born = born_of(connection, on.person) if ages else None
    there: dict[str, list[Row]] = {}
    for row in standing:
        there.setdefault(row.rule, []).append(row)
    fresh: list[tuple[Rule, Term | None, UUID | None]] = []
    moved: list[UUID] = []
    for rule in rules:
        before = there.get(rule.code, [])
        open_before = [row for row in before if row.id in still_open]
        if (
            open_before
            and not rule.each
            and _moves(connection, rule, on, born, open_before[-1], now)
        ):
            moved.append(open_before[-1].id)
        elif _again(rule, on, before, open_before) and _applies(rule, on, born):
            term = rule.term(on.occurred_at, on.data, born)
            if term is None or not_before is None or term.due >= not_before:
                fresh.append((rule, term, _chain(rule, before, still_open)))
    return _insert(connection, on, fresh, now), tuple(moved)


def _applies(rule: Rule, on: Happened, born: date | None) -> bool:
    """Tell whether a rule has anything to say of a child of this age, with what is known."""
    if not rule.applies(on.data, born=born, at=on.occurred_at) or rule.missing(on.data, born):
        return False
    if rule.age is None or born is None or rule.length is not None:
        return True  # with a length it runs from the hændelse where that came after the birthday
    # An age that was reached before the clock could start is nobody's deadline.
    return start_of_day(birthday(born, rule.age)) > on.occurred_at


def _again(rule: Rule, on: Happened, before: Sequence[Row], open_before: Sequence[Row]) -> bool:
    """Tell whether there is room for one: the municipality's reports are one a period."""
    if not before:
        return True
    if rule.each:
        return all(row.anchor_id != on.id for row in before)
    return rule.recurs and (rule.subject is Subject.KOMMUNE or not open_before)


def _chain(rule: Rule, before: Sequence[Row], still_open: Set[UUID]) -> UUID | None:
    """Return what a new one comes after: where each asks for itself, what was met just now."""
    if rule.each:
        met = [row for row in before if row.state == State.AABEN and row.id not in still_open]
        return met[-1].id if met else None
    return before[-1].id if before else None


def _moves(
    connection: sa.Connection,
    rule: Rule,
    on: Happened,
    born: date | None,
    row: Row,
    now: datetime,
) -> bool:
    """Put an open deadline right whose date is said to be another now; tell whether it was."""
    if rule.missing(on.data, born) or (rule.age is None and not on.data.get(rule.due_fact)):
        return False
    if rule.due_fact and not rule.from_fact and on.occurred_at < row.anchor_at:
        return False  # told late: what was agreed since stands
    if rule.age is not None and rule.length is not None:
        return False  # it runs from a decision: another decision leaves the first one's day
    term = rule.term(on.occurred_at, on.data, born)
    if term is None or term.due == row.due:
        return False
    changes = {**by_rule(rule, term), "moved_by": None}
    if rule.age is None:
        changes |= {
            "anchor_id": on.id,
            "anchor_at": counted_from(rule, on.occurred_at, on.data),
        }
    replace(connection, row, by=on.id, now=now, **changes)
    return True


def _insert(
    connection: sa.Connection,
    on: Happened,
    fresh: Sequence[tuple[Rule, Term | None, UUID | None]],
    now: datetime,
) -> tuple[UUID, ...]:
    if not fresh:
        return ()
    done_before = _met_before(connection, on, [rule for rule, _, _ in fresh], now)
    rows: dict[UUID, dict[str, Any]] = {}
    for rule, term, chain_of in fresh:
        done = done_before.get(rule.code)
        subject = on.subject(rule.subject)
        assert subject is not None
        key = uuid4()
        of_underretning = rule.subject is Subject.UNDERRETNING
        named = rule.subject not in (Subject.UNDERRETNING, Subject.SAG, Subject.PERSON)
        late = done and term and term.due < done.occurred_at
        missed = late and rule.kind in MISSED
        rows[key] = {
            "id": key,
            "sag_id": on.sag,
            # What hangs on the case or the child is not the underretning's, whoever opened it.
            "underretning_id": on.underretning if of_underretning else None,
            "person_id": on.person,
            "subject_id": subject if named else None,
            "anchor_id": on.id,
            "anchor_at": counted_from(rule, on.occurred_at, on.data),
            "state": State.OPFYLDT if done else State.AABEN,
            "ended_at": done and done.occurred_at,
            "ended_by": done and done.id,
            "exceeded_at": term.due if missed and term else None,
            "chain_of": chain_of,
            "responsible": on.responsible,
            "unit": on.unit,
            "bundle": bundle_of(rule, on.person, subject),
            **by_rule(rule, term),
        }
    connection.execute(_ADD, list(rows.values()))
    return tuple(rows)


def _filled(connection: sa.Connection, happened: Happened) -> Happened:
    """Return the hændelse with what the underretning or the case knows and it did not say."""
    table, key = (
        (underretninger, happened.underretning)
        if happened.underretning is not None
        else (sager, happened.sag)
    )
    row = key and connection.execute(_whose(table), {"key": key}).one_or_none()
    if not row:
        return happened
    return with_(
        happened,
        person=happened.person or row.child_id,
        responsible=happened.responsible or row.responsible,
        unit=happened.unit or row.unit,
    )


@cache
def _whose(table: sa.Table) -> sa.Select[*tuple[Any, ...]]:
    one = table.c.id == sa.bindparam("key", type_=table.c.id.type)
    return sa.select(table.c.child_id, table.c.responsible, table.c.unit).where(one)


def _met_before(
    connection: sa.Connection, on: Happened, rules: Sequence[Rule], now: datetime
) -> Mapping[str, Row]:
    """Return what was recorded earlier that meets one of these rules, by the rule's code.

    On an underretning whatever was done counts. On a case only what happened after the clock
    started, which there can only be where the start is told late.
    """
    of_underretning = [rule for rule in rules if rule.subject is Subject.UNDERRETNING]
    others = [rule for rule in rules if rule.subject is not Subject.UNDERRETNING]
    found = _still_met(connection, on, [rule for rule in rules if rule.met_until])
    if on.underretning is not None:
        mine = haendelser.c.underretning_id == on.underretning
        found |= _recorded(connection, on, of_underretning, mine)
    if on.sag is not None and now - on.occurred_at > LATE:
        later = haendelser.c.occurred_at >= on.occurred_at
        found |= _recorded(connection, on, others, haendelser.c.sag_id == on.sag, later)
    return found


def _still_met(connection: sa.Connection, on: Happened, rules: Sequence[Rule]) -> dict[str, Row]:
    """Return what met each of these rules last on the case, where nothing has ended that since."""
    asked = {what for rule in rules for what in rule.met_by | rule.met_until}
    if not asked or on.sag is None:
        return {}
    rows = connection.execute(
        sa.select(haendelser.c.id, haendelser.c.type, haendelser.c.occurred_at, haendelser.c.data)
        .where(haendelser.c.type.in_(sorted(asked)), haendelser.c.sag_id == on.sag, stands())
        .order_by(haendelser.c.occurred_at.desc(), haendelser.c.seq.desc())
    ).all()
    found: dict[str, Row] = {}
    for rule in rules:
        mine = rule.met_by | rule.met_until
        last = next((row for row in rows if Haendelse(row.type) in mine), None)
        if last is not None and rule.is_met_by(Haendelse(last.type), told(last.data)):
            found[rule.code] = last
    return found


def _recorded(
    connection: sa.Connection,
    on: Happened,
    rules: Sequence[Rule],
    *where: sa.ColumnElement[bool],
) -> Mapping[str, Row]:
    # A duty that comes again is met by the next one done, unless it is one course with a day said,
    # or the next one was told before it: then the chain has gone on.
    once = [rule for rule in rules if not rule.recurs or rule.from_fact or _is_chain(rule, on.what)]
    meeting = {what for rule in once for what in rule.met_by}
    if not meeting:
        return {}
    rows = connection.execute(
        sa.select(haendelser.c.id, haendelser.c.type, haendelser.c.occurred_at, haendelser.c.data)
        .where(haendelser.c.type.in_(sorted(meeting)), stands(), *where)
        .order_by(haendelser.c.occurred_at)
    ).all()
    first = {rule.code: next((row for row in rows if _meets(rule, on, row)), None) for rule in once}
    return {code: row for code, row in first.items() if row is not None}


def _is_chain(rule: Rule, what: Haendelse) -> bool:
    """Tell whether such a hændelse both meets one and opens the next: one at a time stands."""
    return what in rule.met_by and not rule.each and rule.subject is not Subject.KOMMUNE


def _meets(rule: Rule, on: Happened, row: Row) -> bool:
    what = Haendelse(row.type)
    if what is on.what and not (_is_chain(rule, what) and row.occurred_at > on.occurred_at):
        return False
    return rule.is_met_by(what, told(row.data))
