"""What something done on a case would have met, had it not been done before it was asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.starting import is_too_early
from dubu_plugin.store.deadlines.replacing import opened_at
from dubu_plugin.store.deadlines.states import State
from dubu_plugin.store.tables import frister


@dataclass(frozen=True, slots=True)
class TooEarly:
    """A deadline that asks for it, but not yet then."""

    rule: Rule
    opened: datetime
    """When that occurred which set its clock going."""


def met_too_early(
    connection: sa.Connection,
    rules: RuleBook,
    sag: UUID,
    what: Haendelse,
    at: datetime,
    about: Collection[str],
    answers: str = "",
) -> TooEarly | None:
    """Return the first of what it would have met, where it meets nothing because it is too early.

    What also opens the next one of a chain is another matter: an earlier follow-up may be told
    late, and the clock runs from the last one all the same.

    :param about: the keys of the complaint, decision … it is about.
    :param answers: the key of the hændelse it answers, where that is told.
    """
    asking = [rule for rule in rules.ended_by(what) if what in rule.met_by - rule.opens_on]
    if not asking:
        return None
    rows = connection.execute(
        sa.select(frister)
        .where(
            frister.c.sag_id == sag,
            frister.c.state == State.AABEN,
            frister.c.rule.in_(sorted({rule.code for rule in asking})),
        )
        .order_by(frister.c.anchor_at)
    ).all()
    early: list[TooEarly] = []
    for row in rows:
        rule = rules.version(row.rule, row.rule_version)
        if rule is None or what not in rule.met_by:
            continue
        if row.subject_id is not None and str(row.subject_id) not in about:
            continue
        if answers and rule.each and str(row.anchor_id) != answers:
            continue
        opened = opened_at(connection, row)
        if not is_too_early(rule, opened, at):
            return None
        early.append(TooEarly(rule, opened))
    return early[0] if early else None
