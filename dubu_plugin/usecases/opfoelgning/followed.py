"""What an opfølgning stands on: the plan, the indsatser, the talks, and what was decided before."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.custody import parents_and_holders
from dubu_plugin.domain.danish import danish_day, listed
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.inddragelse import PARTY_AT
from dubu_plugin.domain.indsatser import ADULT, Catalogue, IndsatsGroup
from dubu_plugin.domain.netvaerk import PARENTS as PARENT_ROLES
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.inddragelse.boernesamtaler import Samtale
from dubu_plugin.store.indsats import followed_up, indsatser, running
from dubu_plugin.store.indsats.followed_up import Goal, Kept, Plan, Shift
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.plan.shared import Shared, shared_with
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.usecases.dokument.childs_home import at_parents
from dubu_plugin.usecases.plan.copies import around_sibling
from dubu_plugin.usecases.plan.whose import receivers

RECENT: Final = timedelta(days=183)
"""A talk counts for this long where nothing says since when."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A case as it is followed up."""

    child: UUID
    kept: Kept
    plan: Plan | None
    parents_plan: Plan | None
    """The parents' own (§ 77)."""
    shared: Sequence[Shared] = field(repr=False)
    """The plans of the child's siblings it has goals in (§ 91, stk. 3)."""
    found: Sequence[Goal] = field(repr=False)
    """The goals of the plan's newest approved version, the child's own in those of siblings, and
    last the parents' own, with all that hangs on each."""
    texts: Texts = field(repr=False)
    """What the one that is written in says."""
    helped: Sequence[Indsats]
    """Every indsats of the case, also those that ended."""
    shifts: Sequence[Shift] = field(repr=False)
    """What has happened with them, the newest first."""
    talks: Sequence[Samtale] = field(repr=False)
    """The newest first."""
    parents: Sequence[Line] = field(repr=False)
    """The parents, and whoever has custody: those who are asked, and told (§ 95, stk. 3)."""
    around: Sequence[Line] = field(repr=False)
    """Those who are in the child's network today."""
    reads: Mapping[UUID, frozenset[UUID]]
    """The children whose goals each parent, and the child itself, is told of."""
    apart: Collection[UUID]
    """The parents somebody is held apart from."""
    placed: bool
    """The child is placed, so its letter is handed over by the adviser."""
    noted: bool
    """A support or a placement runs that stands on the case by hændelser alone."""
    placed_by_note: bool
    """Among that is a placement."""
    at_parents: bool
    """The child's letter goes to a home where a parent can open it."""
    since: date | None
    """The day of the last opfølgning, or the day the first of what runs began."""
    is_first: bool

    @property
    def goals(self) -> Sequence[Maal]:
        """The goals."""
        return [one.maal for one in self.found]

    @property
    def of_children(self) -> Sequence[Maal]:
        """The goals but for those of the parents' own plan."""
        return [one for one in self.goals if not self.is_of_parents(one)]

    @property
    def asks_parents_plan(self) -> bool:
        """Whether the parents are offered a revision of theirs (§ 79): the child is placed."""
        return self.parents_plan is not None and self.placed

    @property
    def running(self) -> Sequence[Indsats]:
        """The indsatser that are given now."""
        return [one for one in self.helped if one.runs]

    @property
    def rhythm(self) -> int | None:
        """The rhythm that was decided, in months; None where none was since this help began."""
        if self.is_first:
            return None
        return next((one.months for one in self.kept.held if one.months), None)

    @property
    def talk(self) -> Samtale | None:
        """The newest talk that was held since the last opfølgning, or None."""
        for one in self.talks:
            if one.was_held and self.counts(one):
                return one
        return None

    @property
    def parent_names(self) -> Mapping[UUID, str]:
        """What each of the parents is called, with what they are to the child."""
        return {one.who.id: f"{one.who.name}, {one.part.word}" for one in self.parents}

    @property
    def last(self) -> UUID | None:
        """The newest that is held, or None."""
        return self.kept.held[0].skrift if self.kept.held else None

    def is_of_parents(self, goal: Maal) -> bool:
        """Tell whether a goal is one of the parents' own plan."""
        return self.parents_plan is not None and goal.skrift == self.parents_plan.skrift

    def is_told(self, person: UUID, goal: Maal) -> bool:
        """Tell whether a goal stands in what a parent, or the child itself, is sent.

        Those of the parents' own plan stand in each parent's, whatever the custody (§ 77), but for
        the other's; in no child's, and in none of somebody else who has custody.
        """
        if not self.is_of_parents(goal):
            return goal.person in self.reads.get(person, ())
        own = {self.child, person}  # the child's stand for both parents'
        is_parent = any(
            one.who.id == person and one.part.role in PARENT_ROLES for one in self.parents
        )
        return is_parent and person not in self.apart and goal.person in own

    def counts(self, one: Samtale) -> bool:
        """Tell whether a talk is of the time since the last opfølgning."""
        return self.since is None or danish_day(one.said.occurred_at) >= self.since


def followed(
    connection: sa.Connection, who: Asker, sag: UUID, child: UUID, now: datetime
) -> Followed:
    """Return what there is to follow up on a case.

    :param who: who asks, which tells what plans of its siblings open.
    """
    kept, plan, parents_plan = followed_up.of_sag(connection, sag)
    versions = {one.skrift: one.approved for one in (plan, parents_plan) if one}
    if kept.open is not None:
        versions[kept.open] = kept.open_version
    said = tekster.read_several(connection, versions)
    shared = shared_with(connection, who, child, but=sag)
    helped, shifts = followed_up.helped(connection, sag)
    given = [one for one in helped if one.runs]
    around = netvaerk.present(netvaerk.of_child(connection, child), danish_day(now))
    them = parents_and_holders({one.who.id: one.part for one in around})
    placed = running.is_placed(connection, child)
    found = [
        *(followed_up.goals(connection, plan.skrift, said[plan.skrift]) if plan else ()),
        *_of_child(connection, shared, child),
    ]
    theirs = (
        followed_up.goals(connection, parents_plan.skrift, said[parents_plan.skrift])
        if parents_plan
        else ()
    )
    entered = {str(one.id) for one in helped}
    noted = [one for one in running.running(connection, sag) if one.key not in entered]
    its = personer.by_id(connection, child)
    parents = [one for one in around if one.who.id in them]
    since, is_first = _since(given, indsatser.told(connection, sag), now)
    return Followed(
        child=child,
        kept=kept,
        plan=plan,
        parents_plan=parents_plan,
        shared=shared,
        found=[*found, *theirs],
        texts=said[kept.open] if kept.open is not None else {},
        helped=helped,
        shifts=shifts,
        talks=boernesamtaler.of_sag(connection, sag),
        parents=parents,
        around=around,
        reads={
            **_read_by(connection, its, around, parents, found, now),
            child: frozenset({child}),
        },
        apart=[one.who.id for one in parents if _apart_from(around, one.who.id)],
        placed=placed,
        noted=bool(noted),
        placed_by_note=any(one.what is H.ANBRINGELSE_IVAERKSAT for one in noted),
        at_parents=not placed and at_parents(its, around),
        since=since,
        is_first=is_first,
    )


def is_of_chapter_8(its: Followed, rows: Catalogue, today: date) -> bool:
    """Tell whether all that is given is help to a child with a disability by chapter 8."""
    found = [rows.indsats(one.code, today) for one in its.running]
    return bool(found) and all(row and row.group is IndsatsGroup.HANDICAP for row in found)


def _of_child(connection: sa.Connection, shared: Sequence[Shared], child: UUID) -> Sequence[Goal]:
    """Return the child's own goals in the plans of its siblings."""
    return [
        goal
        for one in shared
        for goal in followed_up.goals(connection, one.skrift, one.said)
        if goal.maal.person == child
    ]


def told_of(its: Followed, child: UUID, born: date | None, now: datetime) -> Mapping[UUID, str]:
    """Return who is written to of what is decided, and what they are called (§ 95, stk. 3).

    The parents and whoever has custody until the child is eighteen, and from ten the child itself.
    A younger child is told when somebody talks with it.
    """
    age = age_on(born, danish_day(now)) if born else None
    names = its.parent_names if age is None or age < ADULT else {}
    return {**names, child: "barnet selv"} if age is not None and age >= PARTY_AT else names


def _read_by(
    connection: sa.Connection,
    child: Known | None,
    around: Sequence[Line],
    parents: Sequence[Line],
    found: Sequence[Goal],
    now: datetime,
) -> Mapping[UUID, frozenset[UUID]]:
    """Return the children whose goals stand in each parent's letter.

    They are told what is decided, when the next day is and why (§ 95, stk. 3). Of the goals each is
    told those of the children they have custody of, as in their copy of the plan (§ 91, stk. 3).
    A goal may tell of one who is held apart from them.
    """
    read: dict[UUID, set[UUID]] = {one.who.id: set() for one in parents}
    if child is None:
        return {one: frozenset() for one in read}
    siblings = dict.fromkeys(one.maal.person for one in found if one.maal.person != child.id)
    each = [(child, around)] + [
        (sibling, around_sibling(connection, sibling.id, now))
        for one in siblings
        if (sibling := personer.by_id(connection, one)) is not None
    ]
    for one, lines in each:
        for who in receivers(lines, SkriftKind.BARNETS_PLAN, born=one.born, now=now):
            apart = _apart_from([*around, *lines], who.id)
            if who.id in read and not apart:
                read[who.id].add(one.id)
    return {one: frozenset(children) for one, children in read.items()}


def not_ticked(its: Followed) -> Mapping[UUID, str]:
    """Return who is written to only where somebody ticks them, and why."""
    found = {}
    if its.at_parents:
        found[its.child] = "Bor hos en voksen, som kan åbne brevet, og det gentager barnets ord."
    for one in its.parents:
        person = one.who.id
        if apart := _apart_from(its.around, person):
            found[person] = (
                f"{listed(apart)} holdes adskilt. Se efter, at grunden ikke røber noget. Brevet "
                f"nævner ikke målene."
            )
        elif its.child not in its.reads[person]:
            some = listed(list(_read_without_custody(its, person)))
            which = f"kun {some}" if some else "ikke målene"
            found[person] = f"Har ikke forældremyndighed. Brevet nævner {which}."
        elif one.part.apart:
            found[person] = "Holdes adskilt. Se efter, at brevet går det rigtige sted hen."
    return found


def _read_without_custody(its: Followed, person: UUID) -> Iterator[str]:
    if its.reads[person]:
        yield "de mål, der er for søskende"
    if any(its.is_of_parents(one) and its.is_told(person, one) for one in its.goals):
        yield "målene i forældrenes egen plan"


def left_out(its: Followed, person: UUID) -> str:
    """Return that some of the goals stand in nothing a person is sent; empty where all do."""
    told = its.reads.get(person, frozenset())
    if all(one.person in told for one in its.of_children):
        return ""
    if person == its.child:
        return "Brevet nævner kun barnets egne mål, ikke søskendes."
    return "Brevet nævner ikke mål for søskende, som andre har forældremyndigheden over."


def _apart_from(around: Sequence[Line], person: UUID) -> Sequence[str]:
    apart = {one.who.id: one.who.name for one in around if one.part.apart}
    return [name for who, name in apart.items() if who != person]


def _since(
    running: Sequence[Indsats], told: Sequence[indsatser.Noted], now: datetime
) -> tuple[date | None, bool]:
    """Return since when it is followed up, and whether it is the first time."""
    held = [danish_day(one.at) for one in told if one.what is H.OPFOELGNING_AFHOLDT]
    begins = {H.INDSATS_IVAERKSAT: "indsats", H.ANBRINGELSE_IVAERKSAT: "anbringelse"}
    ends = {H.INDSATS_OPHOERT, H.ANBRINGELSE_OPHOERT, H.BARN_HJEMGIVET}
    starts: dict[str, date] = {}
    for one in told:  # also what was noted by hand
        if one.what in begins:
            starts[str(one.data.get(begins[one.what]))] = danish_day(one.at)
        elif one.what in ends:
            for name in ("indsats", "anbringelse"):
                starts.pop(str(one.data.get(name)), None)
    days = [one.starts_on for one in running] or list(starts.values())
    first = min(days) if days else None
    mine = [day for day in held if first is None or day >= first]
    if mine:
        return max(mine), False
    return first or danish_day(now - RECENT), True
