"""Keep what is written in a plan: its sections, its goals, and what is counted of each goal."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.custody import may_be_holders
from dubu_plugin.domain.maal import FIELDS, OWN_WORDS, PARENTS, PLANS, Aim
from dubu_plugin.domain.skrift import LONGEST, WHOLE, cleaned, place_of_maal
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.plan import maal, served
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import At, Clash, Written
from dubu_plugin.usecases.plan.begin_plan import Wanted, put
from dubu_plugin.usecases.plan.copies import around_sibling
from dubu_plugin.usecases.plan.siblings_parents import Planner, ask_for_parents
from dubu_plugin.usecases.plan.whose import around, whose
from dubu_plugin.usecases.skrift.on_skrift import OnSkrift, on_skrift
from dubu_plugin.usecases.skrift.write import TooLong


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted of a goal."""

    aim: Aim
    looked_at_on: date | None
    person: UUID
    """The child whose goal it is: the case's, or one of its siblings (§ 91, stk. 3); in the
    parents' own plan one of them, and the case's child where it is both's."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody sent."""

    written: Mapping[At, Written] = field(repr=False)
    facts: Mapping[UUID, Facts]
    new: Sequence[Wanted] = ()
    also: Mapping[UUID, Collection[UUID]] = field(default_factory=dict)
    """The siblings that get the same goal, by goal: each has its own, which is followed by itself
    (§ 91, stk. 3)."""
    serves: Mapping[UUID, Mapping[UUID, bool]] = field(default_factory=dict)
    """By goal, whether each indsats serves it, of those that run or are planned on the case."""


def keep(
    sag: UUID, plan: UUID, kept: Kept, *, product: Planner, asker: Asker, now: datetime
) -> Sequence[Clash]:
    """Store it, and return the fields where somebody else was first: those are not stored.

    The address book is asked who the parents of a sibling are that gets its first goal, and again
    where nobody knows them.

    :raises TooLong: a text is longer than a field can be; nothing is stored.
    :raises NotOpen, CaseClosed: see `dubu_plugin.usecases.skrift.on_skrift`.
    :raises NotYours: the policy says no, or there is no such plan, goal, field, child or indsats.
    """
    with on_skrift(sag, plan, product=product, asker=asker, now=now) as here:
        if here.skrift.kind not in PLANS:
            raise NotYours
        said = tekster.read(here.work.connection, plan, here.skrift.version)
        goals = {one.id: one for one in maal.ever_of(here.work.connection, plan, said)}
        written = {at: Written(cleaned(one.text), one.seen) for at, one in kept.written.items()}
        _insist(here, written, {one.place for one in goals.values()})
        lines = around(here.work.connection, here.sag.child_id, now)
        children = whose(
            lines, here.skrift.kind, here.sag.child_id,
            now=now, there={one.person for one in goals.values()},
        )  # fmt: skip
        for number, facts in kept.facts.items():
            if number not in goals or facts.person not in children:
                raise NotYours
            maal.change(
                here.work.connection, number, aim=facts.aim, looked_at_on=facts.looked_at_on,
                person=facts.person,
            )  # fmt: skip
        _, clashes = tekster.write(
            here.work.connection, plan, here.skrift.version, written, by=asker.key, now=now
        )
        for number, others in kept.also.items():
            if number not in goals or not set(others) <= set(children):
                raise NotYours
            _share(here, number, others)
        if not set(kept.serves) <= set(goals) or served.tie(
            here.work.connection, here.sag.id, kept.serves
        ):
            raise NotYours
        if kept.new:
            put(here.work, here.sag, here.skrift, kept.new)
        strange: Collection[UUID] = ()
        if len(children) > 1 and here.skrift.kind is not PARENTS:
            strange = _of_strangers(here, {one.person for one in goals.values() if one.text})
    if strange:
        ask_for_parents(sag, strange, product=product, asker=asker, now=now)
    return clashes


def _of_strangers(here: OnSkrift, before: Collection[UUID]) -> Collection[UUID]:
    """Return the siblings whose parents are to be asked for.

    :param before: who had a goal before this was kept.
    """
    connection, plan = here.work.connection, here.skrift
    said = tekster.read(connection, plan.id, plan.version)
    people = {one.person for one in maal.of_skrift(connection, plan.id, said)}
    return [
        one
        for one in people - {here.sag.child_id}
        if one not in before or not _has_parents(connection, one, here.work.now)
    ]


def _has_parents(connection: sa.Connection, sibling: UUID, now: datetime) -> bool:
    lines = around_sibling(connection, sibling, now)
    return bool(may_be_holders({one.who.id: one.part for one in lines}))


def _share(here: OnSkrift, goal: UUID, others: Collection[UUID]) -> None:
    """Put the same goal on for others, without what the first child alone has said of it."""
    work, plan = here.work, here.skrift
    said = tekster.read(work.connection, plan.id, plan.version)
    there = maal.of_skrift(work.connection, plan.id, said)
    first = next((one for one in there if one.id == goal), None)
    if first is None:
        return
    have = {one.person for one in there if one.text == first.text}
    for person in sorted(set(others) - have):
        number = maal.add(
            work.connection, plan.id, person, need=first.behov, dimension=first.dimension,
            aim=first.aim, same_as=first.id, looked_at_on=first.looked_at_on,
        )  # fmt: skip
        written = {
            (place_of_maal(number), name): Written(text, 0)
            for name, text in first.said.items()
            if text and name not in OWN_WORDS
        }
        tekster.write(work.connection, plan.id, plan.version, written, by=work.actor, now=work.now)


def _insist(here: OnSkrift, written: Mapping[At, Written], places: Collection[str]) -> None:
    for (place, name), one in written.items():
        if len(one.text) > LONGEST:
            raise TooLong((place, name))
        known = here.form.by_code if place == WHOLE else FIELDS if place in places else ()
        if name not in known:
            raise NotYours
