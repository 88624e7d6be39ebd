"""Put right when a deadline's clock started. What it was before is kept beside it.

A clock that is counted from a day somebody told, such as the day the municipality came to know
(barnets lov § 20, stk. 3), is corrected by that day alone: when it was set going is another matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.frister.rule import SENT_BY, Rule
from dubu_plugin.frister.starting import is_too_early
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines import STANDING
from dubu_plugin.store.deadlines.ending import start_anew
from dubu_plugin.store.deadlines.replacing import opened_at, said_by
from dubu_plugin.store.tables import frister
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.frist.standing import (
    IsEnded,
    Place,
    Stored,
    acting_on,
    happened,
    reason_in,
    rehearsing_on,
)
from dubu_plugin.usecases.sag.by_hand import DAY, DAYS, EARLIEST, OWN_DAYS
from dubu_plugin.usecases.sag.known_earlier import KNOWN, NOT_CONCEIVED, is_before_child

LONG_BEFORE: Final = timedelta(days=366)
"""A told day may lie so long before what set the clock going, but its year is more often a slip."""


class StartsLater(CaseworkError):
    """The clock would have started after now."""

    danish = "Uret kan ikke være startet senere end nu. Ret tidspunktet."


class StartsTooEarly(CaseworkError):
    """The day lies so far back that its year must be a slip."""

    danish = "Datoen ligger for langt tilbage. Ret året."


class ToldAfter(CaseworkError):
    """The day a deadline is counted from lies after what set its clock going."""

    danish = "Dagen kan ikke ligge efter den dag, uret blev sat i gang. Ret datoen."


class BeforeConceived(CaseworkError):
    """Nobody can have known of the child on that day."""

    danish = NOT_CONCEIVED


class EndedBefore(CaseworkError):
    """The deadline was met before the moment its clock would have started."""

    danish = (
        "Fristen er opfyldt før det tidspunkt. Ret tidspunktet, eller ret først det, der opfyldte "
        "den."
    )


class CorrectedElsewhere(CaseworkError):
    """The moment belongs to something else, which several deadlines are counted from."""

    danish = (
        "Fristen følger det, den er regnet fra. Ret tidspunktet dér: på underretningen, "
        "afgørelsen eller barnets oplysninger."
    )


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a corrected start would do to a deadline."""

    before: datetime | None
    """When it is due as it stands."""
    after: datetime | None
    """When it would be due."""
    stands: bool
    """False where no version of the rule was in force then: the deadline falls away."""
    rule: Rule
    set_going: date | None = None
    """When the clock was set going, where the told day is so long before that its year is to be
    looked at again."""


def corrects(rule: Rule) -> bool:
    """Tell whether the start of this rule's clock is put right on the deadline itself."""
    return not (rule.corrected_by or rule.due_fact or rule.age is not None)


def told_day(rule: Rule, said: Mapping[str, object]) -> str:
    """Return the fact a deadline is counted from, or nothing where that is the hændelse's moment.

    :param said: what the hændelse the clock started on says.
    """
    fact = rule.from_fact
    return fact if fact and (said.get(fact) is not None or fact not in OWN_DAYS) else ""


def correct_anchor(
    frist: UUID,
    place: Place,
    started: datetime,
    reason: str,
    *,
    product: Stored,
    asker: Asker,
    now: datetime,
) -> UUID | None:
    """Count a deadline from another moment, and return the key of the one that stands now.

    None where no version of the rule was in force then: the deadline was never there.

    :param started: of a deadline that is counted from a told day, only its day is used.
    :raises NoReason: nothing was said of why.
    :raises StartsLater: the moment lies after now.
    :raises StartsTooEarly: it lies further back than any case.
    :raises ToldAfter: the told day lies after what set the clock going.
    :raises BeforeConceived: the child was not conceived on the day the municipality came to know.
    :raises EndedBefore: the deadline was met before that moment.
    :raises CorrectedElsewhere: the moment is that of the underretning, a birthday, or a date that
        was said.
    :raises IsEnded: the deadline does not stand any more.
    :raises NotYours: the policy says no, or no such deadline hangs there.
    """
    why = reason_in(reason)
    with acting_on(frist, place, product=product, asker=asker, now=now) as (work, row):
        return _corrected(work, row, _rule(work, row), started, why)


def foresee_anchor(
    frist: UUID,
    place: Place,
    started: datetime,
    *,
    product: Stored,
    asker: Asker,
    now: datetime,
) -> Foreseen:
    """Return what `correct_anchor` would come to. Nothing is stored; it raises the same."""
    with rehearsing_on(frist, place, product=product, asker=asker, now=now) as (work, row):
        rule = _rule(work, row)
        key = _corrected(work, row, rule, started, "")
        due = work.connection.scalar(sa.select(frister.c.due).where(frister.c.id == key))
        return Foreseen(row.due, due, key is not None, rule, _set_going(work, row, rule, started))


def _rule(work: Work, row: Any) -> Rule:
    if row.state not in STANDING:
        raise IsEnded
    rule = work.rules.version(row.rule, row.rule_version) or work.rules.newest(row.rule)
    if rule is None or not corrects(rule):
        raise CorrectedElsewhere
    return rule


def _set_going(work: Work, row: Any, rule: Rule, started: datetime) -> date | None:
    opened = opened_at(work.connection, row)
    told = told_day(rule, said_by(work.connection, rule, row.anchor_id))
    return danish_day(opened) if told and started < opened - LONG_BEFORE else None


def _corrected(work: Work, row: Any, rule: Rule, started: datetime, why: str) -> UUID | None:
    said = said_by(work.connection, rule, row.anchor_id)
    fact = told_day(rule, said)
    opened = opened_at(work.connection, row)
    if started < work.now - EARLIEST:
        raise StartsTooEarly
    if started > work.now and not DAYS.get(fact, DAY).may_come:
        raise StartsLater
    told: dict[str, JSON] = {}
    if fact:
        if danish_day(started) == danish_day(rule.starts_at(opened, said)):
            return UUID(str(row.id))
        if danish_day(started) > danish_day(opened) and not DAYS.get(fact, DAY).may_come:
            raise ToldAfter
        if fact == KNOWN and is_before_child(work.connection, row.sag_id, danish_day(started)):
            raise BeforeConceived
        told = {fact: danish_day(started).isoformat()}
        started = opened
    elif started == row.anchor_at:
        return UUID(str(row.id))
    if row.ended_at is not None and is_too_early(rule, started, row.ended_at):
        raise EndedBefore
    # What the clock goes by besides is said again, for it starts on this hændelse from now on.
    kept: dict[str, JSON] = {SENT_BY: str(said[SENT_BY])} if said.get(SENT_BY) else {}
    before = row.anchor_at.isoformat()
    recorded = happened(
        work, Haendelse.FRIST_RETTET, row, at=started, foer=before, **{**kept, **told}
    )
    return start_anew(
        work.connection, work.rules, row, started, recorded.id, work.now, reason=why, said=told
    )
