"""What happened on a made-up case, and the deadlines the installation's rules make of it."""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from dubu_plugin.demo.course import Incoming, moments
from dubu_plugin.demo.plan import Course, Plan
from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import OVERGREB, Overgreb
from dubu_plugin.frister.rule import Rule, Subject
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines import State, bundle_of
from dubu_plugin.store.deadlines.replacing import by_rule


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on a case."""

    id: UUID
    what: Haendelse
    at: datetime
    actor: str
    underretning: UUID | None
    data: Mapping[str, JSON] = field(default_factory=dict)


def happenings(course: Course, plan: Plan) -> list[Happening]:
    """Return what happened on a case, in its order."""
    found = list(_milestones(course, plan))
    kinds = (Haendelse.NOTAT_JOURNALISERET, Haendelse.DOKUMENT_JOURNALISERET)
    pick = random.Random(plan.seed * 5_000_011 + course.number)
    number = max(0, course.haendelser - len(found))
    ended = course.closed_at or plan.now
    for place, at in enumerate(moments(course.opened_at, ended, number, pick)):
        key = plan.uuid("journal", f"{course.number}-{place}")
        found.append(Happening(key, pick.choice(kinds), at, course.responsible.key, None))
    return sorted(found, key=lambda one: one.at)


def _milestones(course: Course, plan: Plan) -> Iterator[Happening]:
    actor = course.responsible.key

    def on_case(what: Haendelse, at: datetime) -> Happening:
        return Happening(plan.uuid(what, course.number), what, at, actor, None)

    for incoming in course.underretninger:
        yield from _of_underretning(incoming, course, plan)
    yield on_case(Haendelse.SAG_OPRETTET, course.opened_at)
    if course.closed_at:
        yield on_case(Haendelse.SAG_LUKKET, course.closed_at)


def _of_underretning(incoming: Incoming, course: Course, plan: Plan) -> Iterator[Happening]:
    underretning = plan.uuid("underretning", incoming.number)
    data: dict[str, JSON] = {
        "indsats": course.has_indsats and incoming.received_at > course.opened_at,
        "professional": incoming.professional,
        "overgreb": OVERGREB.get(incoming.concern, Overgreb.NEJ).value,
    }

    def on(what: Haendelse, at: datetime, actor: str = course.responsible.key) -> Happening:
        return Happening(plan.uuid(what, incoming.number), what, at, actor, underretning, data)

    yield on(Haendelse.UNDERRETNING_MODTAGET, incoming.received_at, "system")
    yield on(Haendelse.BARN_FUNDET, incoming.received_at + timedelta(seconds=2), "system")
    if incoming.assessed_at is None:
        return
    yield on(Haendelse.UNDERRETNING_VURDERET, incoming.assessed_at)
    if data["indsats"]:
        yield on(Haendelse.SAG_GENVURDERET, incoming.assessed_at)
    if incoming.receipt_at is not None:
        kind = Haendelse.KVITTERING_UDELADT if incoming.anonymous else Haendelse.KVITTERING_SENDT
        yield on(kind, incoming.receipt_at, "system")
    if incoming.oriented_at is not None:
        yield on(Haendelse.UNDERRETTER_ORIENTERET, incoming.oriented_at, "system")
    if data["overgreb"] != Overgreb.NEJ and plan.now - incoming.assessed_at > timedelta(days=12):
        talked_at = incoming.assessed_at + timedelta(days=2)
        yield on(Haendelse.BOERNESAMTALE_HOLDT, talked_at)


def deadlines(
    course: Course, told: Iterable[Happening], rules: RuleBook, plan: Plan
) -> list[dict[str, Any]]:
    """Return the rows of `frister`: what the rules answer, as `store.deadlines` would have."""
    rows: dict[tuple[str, UUID], dict[str, Any]] = {}
    sag, child = plan.uuid("sag", course.number), plan.uuid("person", course.child.number)
    born = course.child.cpr.born
    for one in told:
        subjects = {
            Subject.UNDERRETNING: one.underretning,
            Subject.SAG: sag,
            Subject.PERSON: child,
        }
        for rule in rules.ended_by(one.what):
            subject = subjects.get(rule.subject)
            row = rows.get((rule.code, subject)) if subject else None
            if row is not None and row["state"] == State.AABEN and one.what in rule.met_by:
                row |= {"state": State.OPFYLDT, "ended_at": one.at, "ended_by": one.id}
        for rule in rules.opened_by(one.what):
            subject = subjects.get(rule.subject)
            if subject is None or (rule.code, subject) in rows:
                continue
            if _applies(rule, one, born):
                rows[rule.code, subject] = _opened(rule, one, course, plan, subject)
        if one.what is Haendelse.SAG_LUKKET:
            for row in rows.values():
                if row["state"] == State.AABEN:
                    row |= {"state": State.BORTFALDET, "ended_at": one.at, "ended_by": one.id}
    return list(rows.values())


def _applies(rule: Rule, one: Happening, born: date) -> bool:
    """Tell whether a rule opens a deadline on what happened."""
    if not rule.in_force(danish_day(one.at)) or rule.missing(one.data, born):
        return False
    if rule.age is not None and start_of_day(birthday(born, rule.age)) <= one.at:
        return False
    return rule.applies(one.data, born=born, at=one.at)


def _opened(
    rule: Rule, one: Happening, course: Course, plan: Plan, subject: UUID
) -> dict[str, Any]:
    term = rule.term(one.at, one.data, course.child.cpr.born)
    child = plan.uuid("person", course.child.number)
    return {
        "id": plan.uuid(rule.code, str(subject)),
        "sag_id": plan.uuid("sag", course.number),
        "underretning_id": one.underretning,
        "person_id": child,
        "anchor_id": one.id,
        "anchor_at": one.at,
        "state": State.AABEN,
        "ended_at": None,
        "ended_by": None,
        "responsible": course.responsible.key,
        "unit": course.responsible.unit,
        "bundle": bundle_of(rule, child, subject),
        **by_rule(rule, term),
    }
