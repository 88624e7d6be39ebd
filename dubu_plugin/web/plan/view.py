"""A plan as its pages show it: the chain from need to goal to indsats to opfølgning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.maal import (
    AIMS,
    FIELDS,
    PARENTS,
    PLANS,
    STATUSES,
    served_when,
    whose_words,
)
from dubu_plugin.metode.missing import Missing
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import personer
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.maal import Maal, Status
from dubu_plugin.store.plan.needs import Need, needs_by_id
from dubu_plugin.store.plan.served import Serving, serving
from dubu_plugin.usecases.dokument.order.plan import place_is_hidden
from dubu_plugin.usecases.plan.copies import Copies, Named, copies_of, naming_another
from dubu_plugin.usecases.plan.lacking import family_lacking, goals_lacking, sections_lacking
from dubu_plugin.usecases.plan.min_plan import READS_FROM, MinPlan, min_plan
from dubu_plugin.usecases.plan.whose import around, whose
from dubu_plugin.web.door import Visit
from dubu_plugin.web.letter_notes import PLACE_SEEN, apart_note, apart_tick, where_note
from dubu_plugin.web.plan.handed import Handed, handed
from dubu_plugin.web.skrift.opened import Opened, opened

ALL: Final = "/dubu/sag/{sag}/barnets-plan"
ONE: Final = ALL + "/{plan}"
INDSATS: Final = "/dubu/sag/{sag}/indsats/{indsats}"
OPFOELGNING: Final = "/dubu/sag/{sag}/opfoelgning/{opfoelgning}"
GONE: Final = "Behovet står ikke længere i undersøgelsen"
LEAVING: Final = "Behovet er taget ud i den version, der skrives"
WISH: Final = "Et ønske, ikke et behov fra undersøgelsen"


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need as it stands at its goal."""

    text: str = field(repr=False)
    title: str
    """The part of the child's life it is of."""
    url: str
    gone: str
    """That the undersøgelse does not name it any more, in words; empty where it does."""


@dataclass(frozen=True, slots=True)
class Come:
    """How far a goal had come at an opfølgning."""

    day: str
    words: str
    number: int | None
    url: str
    """The opfølgning it was said at; empty where that was held on a sibling's case."""


@dataclass(frozen=True, slots=True)
class IndsatsLine:
    """An indsats that serves a goal."""

    title: str
    when: str
    """Where it stands, and since when."""
    url: str
    key: str
    is_going: bool
    """It runs or is planned, so that it can be chosen for a goal."""


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with the whole of its chain."""

    goal: Maal
    number: int
    need: NeedLine | None
    aim: str
    looked: str
    whose: str
    """The child's name, where the plan is for several."""
    indsatser: Sequence[IndsatsLine]
    come: Sequence[Come]
    curve: str
    """The child's own ratings as the points of a line, 0 to 10; empty below two of them."""

    @property
    def said(self) -> Mapping[str, str]:
        """What stands in it, by field; empty where nothing does."""
        return {name: self.goal.said.get(name, "") for name in FIELDS}


@dataclass(frozen=True)
class Plan:
    """Everything a page about a plan is drawn from."""

    opened: Opened
    goals: Sequence[Maal] = field(repr=False)
    needs: Mapping[UUID, Need] = field(repr=False)
    offered: Sequence[Need] = field(repr=False)
    """The needs of the undersøgelse no goal answers yet."""
    statuses: Mapping[UUID, Sequence[Status]]
    serving: Mapping[UUID, Sequence[Serving]]
    going: Sequence[Serving]
    """What runs or is planned on the case: what can be chosen to serve a goal."""
    children: Mapping[UUID, str] = field(repr=False)
    """Whose a goal can be: the child of the case first, then its siblings; in the parents' own plan
    both of them first, then each."""
    copies: Copies = field(repr=False)
    """Who can get a copy of what is written, and of which children."""
    dropped: Mapping[UUID, str] = field(repr=False)
    """The siblings it has no goals for any more, by name."""
    named: Sequence[Named] = field(repr=False)
    """The texts that go to a sibling's case and name another child."""
    apart: str
    """A warning where somebody is held apart from the others; empty where nobody is."""
    where: str
    """A warning where the parents may not know where the child is; empty where they may."""
    apart_tick: str
    """What is said before the copies are sent then."""
    family: Sequence[Missing]
    """That the family's support is not told of, where the child is placed."""
    hidden: bool
    """The child lives where its parents may not know (§ 105)."""
    handed: Sequence[Handed] = field(repr=False)
    """Who gets what of it, the newest first."""
    today: date
    """The Danish day it is."""

    @property
    def url(self) -> str:
        """Its address."""
        return ONE.format(sag=self.opened.head.sag, plan=self.opened.skrift.id)

    @property
    def is_parents(self) -> bool:
        """Whether it is the parents' own (§ 77): no child reads it, and no place gets a part."""
        return self.opened.skrift.kind is PARENTS

    @property
    def whose(self) -> str:
        """Whose words stand in it: ``barnets`` or ``den unges``."""
        return whose_words(self.opened.skrift.kind)

    @property
    def who(self) -> str:
        """Who it is for: ``barnet`` or ``den unge``."""
        return self.whose.removesuffix("s")

    def others(self, goal: Maal) -> Sequence[tuple[str, str]]:
        """Return the children that can have a goal too, by key and name; none of the parents'."""
        if self.is_parents:
            return []
        have = {one.person for one in self.goals if one.text == goal.text}
        return [(str(key), name) for key, name in self.children.items() if key not in have]

    def no_paper(self, today: date) -> str:
        """Return why the case's child gets no paper of its own; empty where it does."""
        born = self.opened.head.born
        if born is None:
            return "Barnet er ikke født og får ikke sin egen plan endnu."
        if age_on(born, today) < READS_FROM:
            return (
                f"Barnet er under {READS_FROM} år og får ikke sit eget papir. Skriv i stedet i "
                f"planen, hvad I ser, at barnet ønsker."
            )
        return ""

    @cached_property
    def lacking(self) -> Sequence[Missing]:
        """What must be there and is not: of the goals, and of the sections."""
        return [
            *goals_lacking(self.goals, self.opened.skrift.kind, self.today),
            *sections_lacking(self.opened.lacking, self.opened.skrift.kind),
            *self.family,
        ]

    def own(self, child: UUID | None = None) -> MinPlan:
        """Return »Min plan« of one child; of the case's where none is named."""
        first = self.opened.skrift.person
        child = child or first
        return min_plan(self.goals, self.opened.words if child == first else {}, child)

    @property
    def left_out(self) -> str:
        """Return which goals nobody has put in the child's words; empty where each is."""
        people = {one.person for one in self.goals}
        numbers = sorted(n for one in people for n in self.own(one).left_out)
        if not numbers:
            return ""
        which = danish.listed([str(one) for one in numbers])
        return danish.unbroken(
            f"Mangler i Min plan: mål {which} står kun i de voksnes ord og kommer ikke med."
        )


def _family(connection: sa.Connection, it: Opened) -> Sequence[Missing]:
    return family_lacking(connection, it.skrift, it.words, perhaps=it.head.may_be_placed)


def _sibling_is_hidden(connection: sa.Connection, it: Opened, goals: Sequence[Maal]) -> bool:
    others = {one.person for one in goals} - {it.skrift.person}
    return bool(others) and place_is_hidden(connection, it.head.sag, others)


def read(visit: Visit, key: str, *, version: int | None = None) -> Plan:
    """Open a plan of the case that is visited.

    :raises NotYours: the case has no such plan, or it no such version.
    """
    it = opened(visit, key, version=version, alone=True)
    if it.skrift.kind not in PLANS:
        raise NotYours
    kind, child = it.skrift.kind, it.skrift.person
    with visit.reading() as connection:
        goals = maal.of_skrift(connection, it.skrift.id, it.said)
        ids = [one.id for one in goals]
        answered = {one.behov for one in goals if one.behov}
        people = around(connection, child, visit.now)
        copies = Copies()
        if it.writes:
            copies = copies_of(
                connection, people, kind, child, goals, sag=it.head.sag, born=it.head.born,
                now=visit.now,
            )  # fmt: skip
        children = whose(
            people, kind, child, it.head.child_name,
            now=visit.now, there={one.person for one in goals},
        )  # fmt: skip
        ever_sent = any(one.approved_at for one in it.versions)
        known = needs_by_id(connection, answered, sag=it.head.sag if it.writes else None)
        served = serving(connection, ids, sag=it.head.sag if it.writes else None)
        where = ""
        if it.writes and it.head.may_be_placed:
            today = danish_day(visit.now)
            where = where_note(connection, it.head.sag, today, {one.person for one in goals})
        hidden = served.place_is_hidden or _sibling_is_hidden(connection, it, goals)
        return Plan(
            opened=it,
            goals=goals,
            needs=known,
            offered=[one for one in known.values() if one.stands and one.id not in answered],
            statuses=maal.statuses(connection, ids if ever_sent else ()),
            serving=served.by_goal,
            going=served.going,
            children=children,
            copies=copies,
            dropped={
                one: who.name for one in copies.dropped if (who := personer.by_id(connection, one))
            },
            named=naming_another(goals, it.said, child, children) if kind is not PARENTS else (),
            apart=apart_note(copies.lines),
            where=where,
            apart_tick=apart_tick(copies.lines) or (PLACE_SEEN if where or hidden else ""),
            family=_family(connection, it) if it.writes else (),
            hidden=hidden,
            handed=() if it.writes else handed(connection, it, len(goals), visit.now),
            today=danish_day(visit.now),
        )


def lines(plan: Plan, product: Product, today: date) -> Sequence[GoalLine]:
    """Return the goals, each with the whole of its chain."""
    several = len({one.person for one in plan.goals}) > 1
    return [
        GoalLine(
            goal=one,
            number=number,
            need=need_line(need, product, plan.opened.head.sag)
            if one.behov and (need := plan.needs.get(one.behov))
            else None,
            aim=AIMS[one.aim],
            looked=danish.unbroken(long_date(one.looked_at_on)) if one.looked_at_on else "",
            whose=plan.children.get(one.person, "") if several else "",
            indsatser=[help_line(it, product, plan.opened.head.sag) for it in plan.serving[one.id]],
            come=[_come(it, today, plan.opened.head.sag) for it in plan.statuses.get(one.id, ())],
            curve=_curve(plan.statuses.get(one.id, ())),
        )
        for number, one in enumerate(plan.goals, 1)
    ]


def need_line(need: Need, product: Product, sag: UUID) -> NeedLine:
    """Return a need with the name of its dimension, and where it is written."""
    method = product.methods.book.method(*need.method)
    known = method.by_code.get(need.dimension) if method else None
    return NeedLine(
        need.text,
        known.title if known else need.dimension,
        f"/dubu/sag/{sag}/skrift/{need.skrift}/{need.dimension}",
        gone(need),
    )


def gone(need: Need) -> str:
    """Return that the undersøgelse does not name a need any more; empty where it does."""
    return "" if need.stands else LEAVING if need.leaving else GONE


def help_line(it: Serving, product: Product, sag: UUID) -> IndsatsLine:
    """Return an indsats as it stands at a goal."""
    found = product.indsatser.indsats(it.code, it.starts_on)
    return IndsatsLine(
        found.title if found else it.code,
        danish.unbroken(served_when(it.state, it.starts_on, it.ended_on)),
        INDSATS.format(sag=sag, indsats=it.id),
        str(it.id),
        it.is_going,
    )


def _come(it: Status, today: date, sag: UUID) -> Come:
    day = danish.unbroken(danish.list_date(danish_day(it.at), today))
    url = OPFOELGNING.format(sag=sag, opfoelgning=it.opfoelgning) if it.sag == sag else ""
    return Come(day, STATUSES[it.status], it.barnets_tal, url)


def _curve(found: Sequence[Status]) -> str:
    """Return the child's ratings as points in a field of 100 by 40."""
    numbers = [one.barnets_tal for one in found if one.barnets_tal is not None]
    if len(numbers) < 2:
        return ""
    step = 100 / (len(numbers) - 1)
    return " ".join(f"{at * step:.0f},{38 - one * 3.6:.0f}" for at, one in enumerate(numbers))
