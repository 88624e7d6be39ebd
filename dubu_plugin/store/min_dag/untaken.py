"""What nobody in a unit has taken: one line for all of it on everybody's day, and not many.

What somebody is responsible for stays a line a child and bundle. Nothing is lost: the one line has
the first date and the gravest law among them, names each in its fold, and the filter
`Kind.UNTAKEN` has each for itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from dubu_plugin.frister.urgency import Group
from dubu_plugin.store.min_dag.day_heads import DayHead
from dubu_plugin.store.min_dag.due_heads import PLACES, Kind, Scope, in_order

PREFIX: Final = "ingens:"
"""What the name of such a line begins with; the unit's key follows."""
APART: Final = (Kind.UNTAKEN, Kind.FAR)
"""The filters in which nothing is gathered."""


def shown(
    heads: Iterable[DayHead], scope: Scope, kind: Kind, *, put_off: bool = False
) -> Sequence[DayHead]:
    """Return the lines a page has, in their order. What is gathered already stays so.

    Where duties without a date are asked for, it is they that a line is there for.

    :param put_off: those that are away until a later day, instead of the others.
    """
    chosen = [
        head for head in heads if head.is_in(scope) and head.is_of(kind) and head.put_off is put_off
    ]
    if kind is Kind.NO_DATE:
        chosen = [replace(head, group=Group.SNART, due=None) for head in chosen]
    if put_off or kind in APART:
        return chosen
    units: dict[str, list[DayHead]] = {}
    for head in chosen:
        if _is_nobodys(head, scope):
            units.setdefault(head.unit, []).append(head)
    gathered = [_one_line(unit, some) for unit, some in units.items() if len(some) > 1]
    if not gathered:
        return chosen
    away = {one.bundle for head in gathered for one in head.gathered}
    return in_order([*gathered, *(head for head in chosen if head.bundle not in away)])


def _is_nobodys(head: DayHead, scope: Scope) -> bool:
    """Tell whether a line is for all of a unit.

    For who follows others, what a colleague has a part of is the colleague's.
    """
    return head.untaken and (scope is Scope.MINE or head.responsible is None)


def _one_line(unit: str, some: Sequence[DayHead]) -> DayHead:
    """Return the one line: as urgent as the most urgent, with the first date."""
    return replace(
        some[0],
        bundle=f"{PREFIX}{unit}",
        group=min((head.group for head in some), key=PLACES.__getitem__),
        due=min((head.due for head in some if head.due is not None), default=None),
        severity=min(head.severity for head in some),
        undated=any(head.undated for head in some),
        assess=any(head.assess for head in some),
        dated=any(head.dated for head in some),
        untaken=False,
        gathered=in_order(some),
    )
