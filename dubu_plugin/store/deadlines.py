"""Deadlines in the database: opened, met, annulled and moved by what happens.

Everything here runs in the transaction the hændelse is recorded in, so a case never lacks a
deadline its own history asks for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Rule, Subject, version_of
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.tables import frister, haendelser, sager, underretninger


class State(StrEnum):
    """Where a deadline has got to. The value is stored."""

    AABEN = "aaben"
    OPFYLDT = "opfyldt"
    BORTFALDET = "bortfaldet"
    AFLOEST = "afloest"
    """Its clock started at another moment than was thought; the new one says which it replaces."""


STANDING = (State.AABEN, State.OPFYLDT)


@dataclass(frozen=True, slots=True)
class Happened:
    """A hændelse as deadlines see it."""

    what: Haendelse
    id: UUID
    occurred_at: datetime
    sag: UUID | None
    underretning: UUID | None
    person: UUID | None
    responsible: str | None
    unit: str | None
    data: Mapping[str, object]

    def subject(self, kind: Subject) -> UUID | None:
        """Return the one a rule of this kind hangs on, or None where this is not about one."""
        return {
            Subject.UNDERRETNING: self.underretning,
            Subject.SAG: self.sag,
            Subject.PERSON: self.person,
        }[kind]


Moved = tuple[tuple[UUID, ...], tuple[UUID, ...], tuple[UUID, ...], tuple[UUID, ...]]
"""The deadlines that were opened, met, annulled, replaced."""

COLUMN = {
    Subject.UNDERRETNING: frister.c.underretning_id,
    Subject.SAG: frister.c.sag_id,
    Subject.PERSON: frister.c.person_id,
}


def react(
    connection: sa.Connection, rules: RuleBook, happened: Happened, *, now: datetime
) -> Moved:
    """Let the rules answer a hændelse, and return what moved."""
    if happened.underretning is not None:
        _follow(connection, happened.underretning, happened.person, happened.sag)
    ending = rules.ended_by(happened.what)
    denied = [rule for rule in rules.opened_by(happened.what) if rule.denied(happened.data)]
    opening = [
        rule
        for rule in rules.opened_by(happened.what)
        if rule.in_force(danish_day(happened.occurred_at))
        and rule.applies(happened.data)
        and happened.subject(rule.subject) is not None
    ]
    if not ending and not opening and not denied:
        return (), (), (), ()
    standing = _standing(connection, happened, [*ending, *opening, *denied])
    met, annulled, replaced = _end(connection, rules, happened, standing, now)
    there = {row.rule for row in standing} if opening else set()
    opened = _open(connection, happened, [rule for rule in opening if rule.code not in there])
    return opened, met, annulled, replaced


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


def bundle_of(rule: Rule, child: UUID | None, else_on: UUID) -> str:
    """Return what one line of Min dag holds together: the rule's bundle on one child."""
    return f"{rule.bundle}:{child or else_on}"


def _standing(
    connection: sa.Connection, happened: Happened, rules: Iterable[Rule]
) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Return the open and met deadlines of these rules on what the hændelse is about."""
    codes: dict[Subject, set[str]] = {}
    for rule in rules:
        if happened.subject(rule.subject) is not None:
            codes.setdefault(rule.subject, set()).add(rule.code)
    if not codes:
        return ()
    return connection.execute(
        sa.select(frister).where(
            frister.c.state.in_(STANDING),
            sa.or_(
                *(
                    sa.and_(COLUMN[kind] == happened.subject(kind), frister.c.rule.in_(some))
                    for kind, some in codes.items()
                )
            ),
        )
    ).all()


def _end(
    connection: sa.Connection,
    rules: RuleBook,
    happened: Happened,
    standing: Sequence[sa.Row[*tuple[Any, ...]]],
    now: datetime,
) -> tuple[tuple[UUID, ...], tuple[UUID, ...], tuple[UUID, ...]]:
    met: list[UUID] = []
    annulled: list[UUID] = []
    replaced: list[UUID] = []
    for row in standing:
        rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
        if rule is None:
            continue
        if happened.what in rule.corrected_by:
            if row.anchor_at != happened.occurred_at:
                _correct(connection, rules, row, happened, now)
                replaced.append(row.id)
        elif row.state != State.AABEN:
            continue
        elif happened.what in rule.met_by:
            met.append(row.id)
        elif happened.what in rule.annulled_by:
            annulled.append(row.id)
        elif happened.what in rule.opens_on and rule.denied(happened.data):
            annulled.append(row.id)  # what it was opened on has turned out not to be so
    _close(connection, met, State.OPFYLDT, happened.occurred_at, happened.id)
    _close(connection, annulled, State.BORTFALDET, happened.occurred_at, happened.id)
    return tuple(met), tuple(annulled), tuple(replaced)


def _close(
    connection: sa.Connection, which: Sequence[UUID], state: State, at: datetime, by: UUID
) -> None:
    if which:
        connection.execute(
            sa.update(frister)
            .where(frister.c.id.in_(which))
            .values(state=state, ended_at=at, ended_by=by)
        )


def _correct(
    connection: sa.Connection,
    rules: RuleBook,
    row: sa.Row[*tuple[Any, ...]],
    right: Happened,
    now: datetime,
) -> None:
    """Put a new deadline in the old one's place, counted from the right moment."""
    _close(connection, [row.id], State.AFLOEST, now, right.id)
    rule = version_of(rules.versions[row.rule], right.occurred_at)
    if rule is None:
        return
    term = rule.term(right.occurred_at)
    connection.execute(
        sa.insert(frister).values(
            {
                **row._mapping,
                "id": uuid4(),
                "rule_version": rule.in_force_from,
                "anchor_id": right.id,
                "anchor_at": right.occurred_at,
                "due": term and term.due,
                "warn": term and term.warn,
                "profile": rule.profile,
                "replaces": row.id,
            }
        )
    )


def _open(connection: sa.Connection, happened: Happened, rules: Sequence[Rule]) -> tuple[UUID, ...]:
    """Open a deadline for each rule; one whose duty was done before counts as met at once."""
    if not rules:
        return ()
    on = _filled(connection, happened)
    before = _met_before(connection, on, rules)
    rows: dict[UUID, dict[str, Any]] = {}
    for rule in rules:
        term = rule.term(on.occurred_at)
        done = next((before[what] for what in rule.met_by if what in before), None)
        subject = on.subject(rule.subject)
        assert subject is not None
        key = uuid4()
        rows[key] = {
            "id": key,
            "rule": rule.code,
            "rule_version": rule.in_force_from,
            "sag_id": on.sag,
            "underretning_id": on.underretning,
            "person_id": on.person,
            "anchor_id": on.id,
            "anchor_at": on.occurred_at,
            "due": term and term.due,
            "warn": term and term.warn,
            "profile": rule.profile,
            "state": State.OPFYLDT if done else State.AABEN,
            "ended_at": done and done.occurred_at,
            "ended_by": done and done.id,
            "responsible": on.responsible,
            "unit": on.unit,
            "bundle": bundle_of(rule, on.person, subject),
        }
    connection.execute(sa.insert(frister), list(rows.values()))
    return tuple(rows)


def _filled(connection: sa.Connection, happened: Happened) -> Happened:
    """Return the hændelse with what the underretning or the case knows and it did not say."""
    table, key = (
        (underretninger, happened.underretning)
        if happened.underretning is not None
        else (sager, happened.sag)
    )
    row = (
        key
        and connection.execute(
            sa.select(table.c.child_id, table.c.responsible, table.c.unit).where(table.c.id == key)
        ).one_or_none()
    )
    if not row:
        return happened
    return Happened(
        happened.what,
        happened.id,
        happened.occurred_at,
        happened.sag,
        happened.underretning,
        happened.person or row.child_id,
        happened.responsible or row.responsible,
        happened.unit or row.unit,
        happened.data,
    )


def _met_before(
    connection: sa.Connection, happened: Happened, rules: Sequence[Rule]
) -> Mapping[Haendelse, sa.Row[*tuple[Any, ...]]]:
    """Return what was recorded earlier on the underretning that meets one of these rules."""
    if happened.underretning is None:
        return {}
    meeting = {what for rule in rules for what in rule.met_by}
    rows = connection.execute(
        sa.select(haendelser.c.id, haendelser.c.type, haendelser.c.occurred_at).where(
            haendelser.c.underretning_id == happened.underretning,
            haendelser.c.type.in_(meeting),
        )
    )
    return {Haendelse(row.type): row for row in rows}


def _follow(
    connection: sa.Connection, underretning: UUID, child: UUID | None, sag: UUID | None
) -> None:
    """Let the deadlines of an underretning follow it to the child and the case it belongs to."""
    if child is None and sag is None:
        return
    differs = []
    if child is not None:
        differs.append(frister.c.person_id.is_distinct_from(child))
    if sag is not None:
        differs.append(frister.c.sag_id.is_distinct_from(sag))
    rows = connection.execute(
        sa.select(frister.c.id, frister.c.bundle).where(
            frister.c.underretning_id == underretning, sa.or_(*differs)
        )
    ).all()
    for row in rows:
        values: dict[str, Any] = {} if sag is None else {"sag_id": sag}
        if child is not None:
            values |= {"person_id": child, "bundle": f"{row.bundle.partition(':')[0]}:{child}"}
        connection.execute(sa.update(frister).where(frister.c.id == row.id).values(values))
