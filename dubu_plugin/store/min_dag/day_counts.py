"""How many lines stand behind each filter of Min dag, and in each group of what is shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from dubu_plugin.frister.urgency import Group
from dubu_plugin.store.min_dag import due_heads
from dubu_plugin.store.min_dag.day_heads import DayHead
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.min_dag.untaken import shown

FILTERS: Final = [kind for kind in Kind if kind is not Kind.FAR]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines there are behind each filter, and in each group of what is shown."""

    scopes: Mapping[Scope, int]
    kinds: Mapping[Kind, int]
    groups: Mapping[Group, int]
    every: Mapping[Group, int]
    """The same of all of the scope's lines, whichever filter is on."""
    far: int
    """How many lines wait until they are near; they are in no other number."""
    put_off: int
    """How many lines of what is shown are away until a later day; they are in no other number."""
    more: bool
    """There is more than was looked at, so that the numbers are the least there can be."""

    @property
    def shown(self) -> int:
        """How many lines there are on all pages together."""
        return sum(self.groups.values())


def counts_of(heads: Iterable[DayHead], scope: Scope, kind: Kind, others: int = 0) -> Counts:
    """Return the numbers in the headings and beside the filters.

    :param others: how many lines the team has besides, where it is not their scope; see
        `day_heads.Seen`.
    """
    every = list(heads)
    here = [head for head in every if head.is_in(scope) and not head.put_off]
    behind = {one: shown(every, scope, one) for one in {*FILTERS, kind}}
    found = Counter(head.group for head in behind[kind])
    whole = Counter(head.group for head in behind[Kind.ALL])
    scopes = {
        one: len(behind[Kind.ALL] if one is scope else shown(every, one, Kind.ALL)) for one in Scope
    }
    return Counts(
        scopes | {Scope.TEAM: scopes[Scope.TEAM] + others},
        {one: len(behind[one]) for one in FILTERS},
        {one: found[one] for one in Group},
        {one: whole[one] for one in Group},
        far=sum(head.far for head in here),
        put_off=sum(head.put_off and head.is_in(scope) and head.is_of(kind) for head in every),
        more=len(here) >= due_heads.MOST,
    )
