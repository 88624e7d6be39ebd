"""A made-up case as rows of our own tables."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.demo.course import Incoming, office_hours
from dubu_plugin.demo.dwellers import Dweller
from dubu_plugin.demo.plan import Course, Plan
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.intake import FileState, PostState
from dubu_plugin.domain.match import ChildState
from dubu_plugin.domain.underretning import (
    OVERGREB,
    Fare,
    Henvendelse,
    Orienteret,
    Overgreb,
    Pligt,
)
from dubu_plugin.domain.vurdering import Samtale
from dubu_plugin.ports.persons import Tie
from dubu_plugin.ports.post import Channel
from dubu_plugin.store import tables as t
from dubu_plugin.store.search.numbers import WEIGHT, words_of_number
from dubu_plugin.store.search.words import Weight, words_of

Row = dict[str, Any]
Rows = Iterator[tuple[sa.Table, Row]]
Keys = Callable[[int], str]

AWAY = 1 / 12
KNOWN = frozenset({"karen", "mette", "susanne", "jens"})
"""Whom a visitor logs in as: they are at work."""

SUBJECT = "Underretning"
"""What made-up mails are about."""


def of_people(people: list[Dweller], plan: Plan, key: Keys) -> Rows:
    """Yield persons, and who they are to each other."""
    here = {one.number: one for one in people}
    for one in people:
        yield (
            t.personer,
            {
                "id": plan.uuid("person", one.number),
                "host_key": key(one.number),
                "name": one.name,
                "cpr": one.cpr.digits,
                "born": one.cpr.born,
                "address": one.address,
                "protected_address": one.protected,
                "phone": one.phone,
                "email": one.email,
                "seen_at": plan.now,
            },
        )
    for one in people:
        for tie, other in _family(one, people):
            if other in here:
                yield (
                    t.ties,
                    {
                        "person_id": plan.uuid("person", one.number),
                        "other_id": plan.uuid("person", other),
                        "tie": tie.value,
                    },
                )


def _family(one: Dweller, people: list[Dweller]) -> Iterator[tuple[Tie, int]]:
    """Yield who the others are to one of them."""
    parents = {number for tie, number in one.ties if tie in (Tie.MOTHER, Tie.FATHER)}
    yield from one.ties
    for other in people:
        theirs = {number for tie, number in other.ties if tie in (Tie.MOTHER, Tie.FATHER)}
        if one.number in theirs:
            yield Tie.CHILD, other.number
        elif other is not one and parents & theirs:
            yield Tie.SIBLING, other.number


def of_conflicts(known: list[Dweller], plan: Plan) -> Rows:
    """Yield whom those who work here are, and whom they are related to, two steps away at most.

    The product finds them out when it looks a child up, and these children have been looked up.
    """
    near: dict[int, set[int]] = defaultdict(set)
    for one in known:
        for _, other in one.ties:
            near[one.number].add(other)
            near[other].add(one.number)
    by_cpr = {one.cpr.digits: one.number for one in known}
    for staff in plan.organisation.staff:
        me = by_cpr.get(Cpr.parse(staff.cpr).digits) if staff.cpr else None
        if me is None:
            continue
        kin = near[me] | {further for one in near[me] for further in near[one]}
        for other in sorted(kin | {me}):
            yield (
                t.conflicts,
                {
                    "employee": staff.key,
                    "person_id": plan.uuid("person", other),
                    "relation": "selv" if other == me else "familie",
                },
            )


def of_absences(plan: Plan) -> Iterator[Row]:
    """Yield who is away these days, and who sees their urgent lines: one caseworker in twelve."""
    pick = random.Random(plan.seed * 4_000_037)
    by_unit: dict[str, list[str]] = defaultdict(list)
    for one in plan.organisation.carriers:
        by_unit[one.unit].append(one.key)
    today = danish_day(plan.now)
    for colleagues in by_unit.values():
        for place, key in enumerate(colleagues):
            if key in KNOWN or len(colleagues) < 2 or pick.random() >= AWAY:
                continue
            first = today - timedelta(days=pick.randrange(4))
            yield {
                "id": plan.uuid("fravaer", key),
                "employee": key,
                "first": first,
                "last": today + timedelta(days=pick.choice((0, 1, 3, 8))),
                "stand_in": colleagues[place - 1] if pick.random() < 0.8 else None,
                "set_by": key,
                "set_at": office_hours(plan.now - timedelta(days=5)),
            }


def of_case(course: Course, plan: Plan, key: str) -> Rows:
    """Yield the case and those who work on it."""
    sag = plan.uuid("sag", course.number)
    yield (
        t.sager,
        {
            "id": sag,
            "host_key": key,
            "number": course.display,
            "title": course.title,
            "child_id": plan.uuid("person", course.child.number),
            "area": course.area,
            "step": course.step,
            "phase": "closed" if course.closed_at else "active",
            "responsible": course.responsible.key,
            "unit": course.responsible.unit,
            "protected": course.protected,
            "has_indsats": course.has_indsats,
            "opened_at": course.opened_at,
            "closed_at": course.closed_at,
            "version": 1,
        },
    )
    workers = {course.responsible.key, *((course.colleague.key,) if course.colleague else ())}
    for worker in sorted(workers):
        yield (
            t.sagsdeltagere,
            {
                "sag_id": sag,
                "employee": worker,
                "first_at": course.opened_at,
                "active": course.closed_at is None,
            },
        )
    yield from _words("sag", sag, {Weight.NAME: course.child.name})
    for word in sorted(words_of_number(course.display)):
        yield t.search_words, {"word": word, "kind": "sag", "subject_id": sag, "weight": WEIGHT}


def of_underretning(incoming: Incoming, course: Course, plan: Plan, sha256: str) -> Rows:
    """Yield an underretning, the post it came in, its concerns and its assessment."""
    key, post = plan.uuid("underretning", incoming.number), plan.uuid("post", incoming.number)
    overgreb = OVERGREB.get(incoming.concern, Overgreb.NEJ)
    yield t.post_items, _post(incoming, post, key, sha256)
    yield (
        t.post_files,
        {
            "id": plan.uuid("fil", incoming.number),
            "post_id": post,
            "position": 1,
            "name": "underretning.txt",
            "media_type": "text/plain",
            "sha256": sha256,
            "size": len(incoming.text.encode()),
            "state": FileState.READ,
            "text": incoming.text,
        },
    )
    yield (
        t.underretninger,
        {
            "id": key,
            "post_id": post,
            "henvendelse": Henvendelse.UNDERRETNING,
            "state": "vurderet" if incoming.assessed_at else "ny",
            "received_at": incoming.received_at,
            "channel": Channel.EMAIL,
            "pligt": Pligt.FAGPERSON if incoming.professional else Pligt.ALLE,
            "underretter": incoming.underretter,
            "professional": incoming.professional,
            "anonymous": incoming.anonymous,
            "notifier_name": None if incoming.professional else incoming.organisation or None,
            "notifier_organisation": incoming.organisation if incoming.professional else None,
            "orienteret": Orienteret.UOPLYST,
            "overgreb": overgreb,
            "text": incoming.text,
            "child_id": plan.uuid("person", course.child.number),
            "child_state": ChildState.FOUND,
            "matched_at": incoming.received_at,
            "sag_id": plan.uuid("sag", course.number),
            "responsible": course.responsible.key,
            "unit": course.responsible.unit,
            "protected": course.protected,
            "closed_at": course.closed_at,
            "version": 1,
        },
    )
    yield t.aarsager, {"underretning_id": key, "code": incoming.concern, "suggested": False}
    if incoming.assessed_at:
        yield (
            t.vurderinger,
            {
                "id": plan.uuid("vurdering", incoming.number),
                "underretning_id": key,
                "version": 1,
                "fare": Fare.IKKE_AKUT,
                "reason": incoming.reason,
                "next_step": incoming.next_step,
                "assessor": course.responsible.key,
                "assessed_at": incoming.assessed_at,
                "conversation": Samtale.HOLDT
                if overgreb is not Overgreb.NEJ
                else Samtale.IKKE_AKTUEL,
                "siblings": "",
            },
        )
    said = {
        Weight.NAME: course.child.name,
        Weight.TITLE: f"{SUBJECT} {incoming.organisation}",
        Weight.TEXT: incoming.text,
    }
    yield from _words("underretning", key, said)


def _words(kind: str, subject: UUID, texts: Mapping[Weight, str]) -> Rows:
    """Yield the words something is found by, as `store.search_words` would have kept them."""
    found: dict[str, int] = {}
    for weight in sorted(texts):
        found |= dict.fromkeys(words_of(texts[weight]), int(weight))
    for word, heavy in found.items():
        yield t.search_words, {"word": word, "kind": kind, "subject_id": subject, "weight": heavy}


def _post(incoming: Incoming, post: UUID, underretning: UUID, sha256: str) -> Row:
    return {
        "id": post,
        "same_as": post.hex,
        "channel": Channel.EMAIL,
        "received_at": incoming.received_at,
        "stored_at": incoming.received_at,
        "filename": "underretning.eml",
        "sha256": sha256,
        "size": len(incoming.text.encode()),
        "sender": incoming.organisation or None,
        "subject": SUBJECT,
        "henvendelse": Henvendelse.UNDERRETNING,
        "state": PostState.REGISTERED,
        "underretning_id": underretning,
    }
