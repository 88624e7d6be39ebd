"""Who gets a copy of a plan, and what of it: each child's goals go to those who have its custody.

One plan can be for several children of a family (barnets lov § 91, stk. 3), and their parents need
not be the same. Who has no custody of a child is told nothing of it (forvaltningsloven § 27).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.maal import FIELDS, PARENTS
from dubu_plugin.domain.mentions import mentions
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.plan.agreed_for import last_agreed_for
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.skrift.tekster import At, Texts
from dubu_plugin.usecases.dokument.child_words import UNBORN
from dubu_plugin.usecases.plan.whose import is_sent_to_parents, receivers

IN_COMMON: Final = frozenset({"formaal", "varighed"})
"""The sections that are of every child in the plan. The others tell of the case's child, of its
parents, or of where it is placed."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Somebody who can get a copy."""

    to: Known
    children: frozenset[UUID]
    """Those whose goals stand in it, or who have none in the plan any more; in the parents' own
    plan one of them, and both."""

    def has(self, goal: Maal) -> bool:
        """Tell whether a goal stands in it."""
        return goal.person in self.children


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of a plan, and those around its children."""

    each: Sequence[Copy] = ()
    lines: Sequence[Line] = field(default=(), repr=False)
    """Those around any of the children today, each person once."""
    grown: frozenset[UUID] = frozenset()
    """The children whose parents get nothing more, for they are of age."""
    dropped: Sequence[UUID] = ()
    """The siblings the plan was agreed for and has no goals for now: their parents are told."""

    def to_nobody(self, goals: Sequence[Maal]) -> Sequence[UUID]:
        """Return the children whose goals stand in no copy."""
        have = {child for one in self.each for child in one.children}
        return list(dict.fromkeys(one.person for one in goals if one.person not in have))


def copies_of(
    connection: sa.Connection,
    lines: Sequence[Line],
    kind: SkriftKind,
    child: UUID,
    goals: Sequence[Maal],
    *,
    sag: UUID,
    born: date | None,
    now: datetime,
) -> Copies:
    """Return who can get a copy of a plan, and of which children.

    :param lines: those around the case's child today.
    :param child: the case's child.
    :param sag: the case.
    :param born: when the child was; None is unborn.
    """
    people = [child, *(one.person for one in goals if kind is not PARENTS)]
    dropped: Sequence[UUID] = ()
    if kind is not PARENTS:
        dropped = [one for one in last_agreed_for(connection, sag) if one not in people]
        people += dropped
    around: dict[UUID, Line] = {}
    found: dict[UUID, tuple[Known, frozenset[UUID]]] = {}
    grown: set[UUID] = set()
    for person in dict.fromkeys(people):
        theirs, on = lines, born
        if person != child:
            known = personer.by_id(connection, person)
            theirs = around_sibling(connection, person, now)
            on = known.born if known else None
        for line in theirs:
            if line.who.id not in around or line.part.apart:
                around[line.who.id] = line
        if not is_sent_to_parents(on, now):
            grown.add(person)
        for one in receivers(theirs, kind, born=on, now=now):
            own = {person, one.id} if kind is PARENTS else {person}
            _, before = found.get(one.id, (one, frozenset()))
            found[one.id] = one, before | own
    each = [Copy(who, children) for who, children in found.values()]
    return Copies(each, list(around.values()), frozenset(grown), dropped)


def around_sibling(connection: sa.Connection, child: UUID, now: datetime) -> Sequence[Line]:
    """Return those who are around a sibling today, its parents also where only they are known to
    have it: nobody may have asked the address book of the child itself."""
    lines = netvaerk.of_child(connection, child)
    known = {one.who.id for one in lines}
    told = [one for one in netvaerk.who_have(connection, child) if one.who.id not in known]
    return [*netvaerk.present(lines, danish_day(now)), *told]


def left_out(copies: Copies, goals: Sequence[Maal], to: Collection[UUID]) -> Iterator[str]:
    """Yield a mark for each goal that stands in somebody's copy not: who sends has seen it.

    :param to: those who are to get one.
    """
    for copy in copies.each:
        if copy.to.id in to:
            yield from (f"{copy.to.id}:{one.id}" for one in goals if not copy.has(one))


@dataclass(frozen=True, slots=True)
class Named:
    """A text about one child that names another child of the plan."""

    at: At
    names: str = field(repr=False)
    """The other's first name."""

    @property
    def mark(self) -> str:
        """What says that somebody has seen it."""
        return f"{self.at[0]}:{self.at[1]}"


def naming_another(
    goals: Sequence[Maal], said: Texts, child: UUID, names: Mapping[UUID, str]
) -> Sequence[Named]:
    """Return the texts that go to a sibling's case and name another child (§ 91, stk. 3: the plan
    heeds what is each child's own). What is said of the case's child goes to nobody else's.

    :param child: the case's child.
    :param names: of the children in the plan, by key.
    """
    of = [child, *(one.person for one in goals)]
    firsts = {one: _first(names.get(one, "")) for one in dict.fromkeys(of)}
    if len(firsts) < 2:
        return []
    found = [
        Named((one.place, name), other)
        for one in goals
        if one.person != child
        for name in FIELDS
        for key, other in firsts.items()
        if key != one.person and mentions(one.said.get(name, ""), other)
    ]
    common = [
        Named((WHOLE, name), other)
        for name in sorted(IN_COMMON)
        for other in firsts.values()
        if (WHOLE, name) in said and mentions(said[WHOLE, name].text, other)
    ]
    return [*common, *found]


def _first(name: str) -> str:
    return "" if name.startswith(UNBORN) else name.split(" ")[0]
