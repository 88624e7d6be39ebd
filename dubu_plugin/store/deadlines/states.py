"""Where a deadline can have got to, and what has happened as deadlines see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Rule, Subject
from dubu_plugin.store.tables import frister, haendelser, rettelser

Row: TypeAlias = sa.Row[*tuple[Any, ...]]


class State(StrEnum):
    """Where a deadline has got to. The value is stored."""

    AABEN = "aaben"
    OPFYLDT = "opfyldt"
    BORTFALDET = "bortfaldet"
    AFLOEST = "afloest"
    """Its clock started at another moment than was thought, or its rule changed; the new one says
    which it replaces."""


STANDING: Final = (State.AABEN, State.OPFYLDT)


def is_of(rule: str | sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Return the condition that a deadline is of a rule, for who asks by what it hangs on too.

    Spelt so that no database begins with the rule: of that a whole city has open ones.
    """
    return sa.func.coalesce(frister.c.rule, "") == rule


KOMMUNE: Final = UUID("6b6f6d6d-756e-4e00-8000-000000000000")
"""What the municipality's own reports hang on: there is one municipality in a database."""


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
        """Return the one a rule of this kind hangs on, or None where this is not about one.

        :raises ValueError: the hændelse's data names something that is no key.
        """
        match kind:
            case Subject.UNDERRETNING:
                return self.underretning
            case Subject.SAG:
                return self.sag
            case Subject.PERSON:
                return self.person
            case Subject.KOMMUNE:
                return KOMMUNE
        named = self.data.get(kind.value)
        return UUID(str(named)) if named else None


def stands() -> sa.ColumnElement[bool]:
    """Return the condition of hændelser nobody has taken back or put right."""
    return haendelser.c.id.not_in(sa.select(rettelser.c.haendelse_id))


COLUMN: Final[Mapping[Subject, sa.Column[Any]]] = {
    Subject.UNDERRETNING: frister.c.underretning_id,
    Subject.SAG: frister.c.sag_id,
    Subject.PERSON: frister.c.person_id,
}


def column(kind: Subject) -> sa.Column[Any]:
    """Return where a deadline says what it hangs on."""
    return COLUMN.get(kind, frister.c.subject_id)


def is_of_case_alone(rule: Rule, row: Row, happened: Happened) -> bool:
    """Tell whether a hændelse is about another of the case's underretninger than a deadline is, or
    about none."""
    if rule.subject is not Subject.UNDERRETNING or not rule.met_on_case:
        return False
    its: UUID | None = row.underretning_id
    return happened.underretning is None or happened.underretning != its


def is_met_on_case(rule: Rule, row: Row, happened: Happened) -> bool:
    """Tell whether what was done on a case meets the deadline of any of its underretninger: not
    where it was done before that one was."""
    if happened.sag is None or happened.sag != row.sag_id:
        return False
    begun: datetime = row.anchor_at
    if danish_day(happened.occurred_at) < danish_day(begun):
        return False
    return rule.is_met_on_case_by(happened.what, happened.data)


RESTATED: Final = frozenset(Subject) - {Subject.SAG, Subject.PERSON, Subject.KOMMUNE}
"""Subjects of which a second hændelse says the same thing over again, so that it can deny what the
first said. On a case it is about something else: another decision, another deadline."""


def denies(rule: Rule, happened: Happened) -> bool:
    """Tell whether a hændelse says that what a rule was opened on has turned out not to be so."""
    return (
        rule.subject in RESTATED
        and happened.what is not Haendelse.FRIST_OVERSKREDET
        and rule.denied(happened.data)
    )


def bundle_of(rule: Rule, child: UUID | None, else_on: UUID) -> str:
    """Return what one line of Min dag holds together: the rule's bundle on one child."""
    return f"{rule.bundle}:{child or else_on}"
