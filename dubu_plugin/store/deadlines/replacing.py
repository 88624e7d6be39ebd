"""A deadline put in another's place: the old one is kept as it was, and says it was replaced."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.frister.counting import Term
from dubu_plugin.frister.fingerprint import fingerprint
from dubu_plugin.frister.rule import MISSED, Rule
from dubu_plugin.store.deadlines.states import Row, State
from dubu_plugin.store.tables import frister, haendelser, personer, ventegrunde

NOT_EXCEEDED: Mapping[str, None] = {"exceeded_at": None, "exceeded_id": None}


def by_rule(rule: Rule, term: Term | None, mark: str | None = None) -> dict[str, Any]:
    """Return the columns of a deadline that its rule decides.

    :param mark: the rule's fingerprint, where it is known already.
    """
    return {
        "rule": rule.code,
        "rule_version": rule.in_force_from,
        "rule_hash": mark or fingerprint(rule),
        "kind": rule.kind,
        "severity": rule.severity,
        "due": term and term.due,
        "warn": term and term.warn,
        "profile": rule.profile,
    }


def replace(
    connection: sa.Connection,
    row: Row,
    *,
    by: UUID,
    now: datetime,
    reason: str | None = None,
    **changes: Any,
) -> UUID:
    """Put a new deadline in the old one's place and return its key.

    What waits for somebody goes with it. One that is no longer missed loses what followed from
    being missed.

    :param by: the hændelse it was replaced because of.
    :param reason: why, where a person said so; it stays with the old one.
    """
    ended = {"state": State.AFLOEST, "ended_at": now, "ended_by": by}
    if reason is not None:
        ended["reason"] = reason
    connection.execute(sa.update(frister).where(frister.c.id == row.id).values(ended))
    new = {**row._mapping, **changes, "id": uuid4(), "replaces": row.id}
    if row.exceeded_at is not None:
        until = row.ended_at if row.state == State.OPFYLDT else now
        if new["kind"] in MISSED and new["due"] is not None and new["due"] < until:
            new["exceeded_at"] = new["due"]
        else:
            new |= NOT_EXCEEDED
            forget_missed(connection, row, at=now, by=by)
    connection.execute(sa.insert(frister).values(new))
    connection.execute(
        sa.update(ventegrunde)
        .where(ventegrunde.c.frist_id == row.id, ventegrunde.c.ended_at.is_(None))
        .values(frist_id=new["id"])
    )
    key: UUID = new["id"]
    return key


def forget_missed(connection: sa.Connection, row: Row, *, at: datetime, by: UUID) -> None:
    """Let the steps lapse that a missed deadline asked for: it was not missed after all."""
    if row.exceeded_id is None:
        return
    connection.execute(
        sa.update(frister)
        .where(frister.c.anchor_id == row.exceeded_id, frister.c.state == State.AABEN)
        .values(state=State.BORTFALDET, ended_at=at, ended_by=by)
    )


def said_by(connection: sa.Connection, rule: Rule, anchor: UUID) -> Mapping[str, object]:
    """Return what the hændelse a clock started on says, as far as the rule counts by it."""
    if not asks(rule):
        return {}
    return told(connection.scalar(sa.select(haendelser.c.data).where(haendelser.c.id == anchor)))


def opened_at(connection: sa.Connection, row: Row) -> datetime:
    """Return when that occurred which set a deadline's clock going.

    A clock that is counted from a told day started on that day, before it was set going.
    """
    found: datetime | None = connection.scalar(
        sa.select(haendelser.c.occurred_at).where(haendelser.c.id == row.anchor_id)
    )
    start: datetime = row.anchor_at
    return start if found is None else found


def asks(rule: Rule) -> bool:
    """Tell whether a rule counts by what the hændelse its clock started on says."""
    return bool(rule.from_fact or rule.due_fact or rule.on_receipt)


def told(data: str | None) -> Mapping[str, object]:
    """Return what a hændelse says, from its text; nothing where there is none."""
    said: Mapping[str, object] = json.loads(data) if data else {}
    return said


def born(connection: sa.Connection, person: UUID | None) -> date | None:
    """Return a person's date of birth, or None where it is not known."""
    if person is None:
        return None
    found: date | None = connection.scalar(
        sa.select(personer.c.born).where(personer.c.id == person)
    )
    return found


def is_expected(connection: sa.Connection, person: UUID | None) -> bool:
    """Tell whether somebody is a child that is not born yet."""
    mine = personer.c.id == person
    expected = sa.and_(mine, personer.c.mother_id.is_not(None), personer.c.born.is_(None))
    return person is not None and bool(connection.scalar(sa.select(sa.exists().where(expected))))
