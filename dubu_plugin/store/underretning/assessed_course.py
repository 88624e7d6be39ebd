"""What an assessment decided about the course of the case: the hændelser it recorded there."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.frister.rule import Subject
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines.states import State, stands
from dubu_plugin.store.sag.sag_panel import OpenStep
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import frister, haendelser

COURSE: Final = (Haendelse.SCREENING_AFSLUTTET, Haendelse.UNDERSOEGELSE_BESLUTTET)
"""What an assessment can decide, in the order it is recorded."""
DECIDES: Final = frozenset({NaesteSkridt.AFDAEKNING, NaesteSkridt.BFU})
"""What an assessment can lead to that is decided by the assessment itself."""
MARK: Final = "af_vurdering"
"""What the data of a hændelse an assessment recorded says: which version of the assessment."""


@dataclass(frozen=True, slots=True)
class CourseFact:
    """Something an assessment decided, as it was recorded."""

    id: UUID
    what: Haendelse
    sag: UUID | None
    occurred_at: datetime
    data: Mapping[str, Any]
    """Without the mark, where it is what the assessment recorded of the course."""


def facts_of(
    connection: sa.Connection, underretning: UUID, kinds: Iterable[Haendelse]
) -> Sequence[CourseFact]:
    """Return what was recorded of some kinds on an underretning, and nobody has taken back."""
    rows = connection.execute(
        sa.select(haendelser)
        .where(
            haendelser.c.underretning_id == underretning,
            haendelser.c.type.in_(sorted(kinds)),
            stands(),
        )
        .order_by(haendelser.c.seq)
    )
    return [
        CourseFact(row.id, Haendelse(row.type), row.sag_id, row.occurred_at, json.loads(row.data))
        for row in rows
    ]


def recorded_by(connection: sa.Connection, underretning: UUID) -> Sequence[CourseFact]:
    """Return what the assessments of an underretning recorded, and nobody has taken back."""
    return [
        replace(one, data={name: said for name, said in one.data.items() if name != MARK})
        for one in facts_of(connection, underretning, COURSE)
        if MARK in one.data
    ]


def is_noted(
    connection: sa.Connection, sag: UUID, underretning: UUID, what: Haendelse, since: datetime
) -> bool:
    """Tell whether somebody has noted it by hand, of this underretning or since it came."""
    mine = haendelser.c.underretning_id == underretning
    if what is Haendelse.UNDERSOEGELSE_BESLUTTET:
        mine = sa.or_(mine, haendelser.c.occurred_at >= since)
    asked = sa.exists().where(
        haendelser.c.sag_id == sag,
        haendelser.c.type == what,
        sa.not_(haendelser.c.data.contains(f'"{MARK}":')),
        mine,
        stands(),
    )
    return bool(connection.scalar(sa.select(asked)))


def steps_of(
    connection: sa.Connection, sag: UUID, next_step: str, rules: RuleBook
) -> Sequence[OpenStep]:
    """Return the open deadlines of a case that an assessment with this next step stands behind."""
    if next_step not in DECIDES:
        return ()
    codes = {
        rule.code
        for what in COURSE
        for rule in rules.opened_by(what)
        if rule.subject is Subject.SAG
    }
    rows = connection.execute(
        sa.select(frister)
        .where(
            frister.c.sag_id == sag,
            frister.c.rule.in_(sorted(codes)),
            frister.c.state == State.AABEN,
        )
        .order_by(last_where(frister.c.due.is_(None)), frister.c.due, frister.c.rule)
    )
    return [OpenStep(row.rule, row.rule_version, State(row.state), row.due) for row in rows]
