"""What happened on a made-up case."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from dubu_plugin.demo.course import Incoming, moments
from dubu_plugin.demo.forloeb import Act, Acts
from dubu_plugin.demo.plan import Course, Plan
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import OVERGREB, Overgreb
from dubu_plugin.store.canonical import JSON


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
    for place, act in enumerate(_acts(course, plan)):
        key = plan.uuid("forloeb", f"{course.number}-{place}")
        yield Happening(key, act.what, act.at, actor, None, act.data)
    yield on_case(Haendelse.SAG_OPRETTET, course.opened_at)
    if course.closed_at:
        yield on_case(Haendelse.SAG_LUKKET, course.closed_at)


def _acts(course: Course, plan: Plan) -> Sequence[Act]:
    if course.told is not None:
        return course.told
    if course.closed_at is not None:
        return ()
    pick = random.Random(plan.seed * 9_000_011 + course.number)
    key = str(plan.uuid("forloeb", course.number))
    first = course.underretninger[0].received_at
    return Acts(course.reached, first, plan.now, key, pick).whole()


def _of_underretning(incoming: Incoming, course: Course, plan: Plan) -> Iterator[Happening]:
    underretning = plan.uuid("underretning", incoming.number)
    helped = course.reached.helped_from
    data: dict[str, JSON] = {
        "indsats": helped is not None and incoming.received_at > helped,
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
        yield on(Haendelse.UNDERRETTER_ORIENTERET, incoming.oriented_at)
    if data["overgreb"] != Overgreb.NEJ and plan.now - incoming.assessed_at > timedelta(days=12):
        talked_at = incoming.assessed_at + timedelta(days=2)
        yield on(Haendelse.BOERNESAMTALE_HOLDT, talked_at)
