"""Whose a plan is: the children or the parents its goals can be of, and who is sent it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.custody import may_be_holders
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.content import YOUNG
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.domain.maal import BOTH, PARENTS
from dubu_plugin.domain.netvaerk import PARENTS as PARENT_ROLES
from dubu_plugin.domain.netvaerk import Rolle
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.family.personer import Known

CHILDREN: Final = frozenset({Rolle.SOESKENDE})


def around(connection: sa.Connection, child: UUID, now: datetime) -> Sequence[Line]:
    """Return those who are around a child today."""
    return netvaerk.present(netvaerk.of_child(connection, child), danish_day(now))


def whose(
    lines: Sequence[Line],
    kind: SkriftKind,
    child: UUID,
    name: str = "",
    *,
    now: datetime,
    there: Collection[UUID] = (),
) -> Mapping[UUID, str]:
    """Return whom a plan of a kind may have goals for, by name: the case's child first.

    The siblings besides who are of the age of the plan (§ 91, stk. 3, § 108, stk. 5); in the
    parents' own plan both of them first, then each.

    :param there: who has a goal already, and keeps it whatever the age is now.
    """
    wanted = PARENT_ROLES if kind is PARENTS else CHILDREN
    today = danish_day(now)
    found = sorted(
        (
            one
            for one in lines
            if one.part.role in wanted
            and (one.who.id in there or is_of_age(kind, one.who.born, today))
        ),
        key=lambda one: (one.who.born is None, one.who.born or date.max, one.who.name),
    )
    first = {child: BOTH if kind is PARENTS else name}
    return first | {one.who.id: one.who.name for one in found}


def is_of_age(kind: SkriftKind, born: date | None, today: date) -> bool:
    """Tell whether a sibling can have a goal in a plan: a child in barnets plan (§ 91, stk. 3), and
    a young person of sixteen or seventeen in an ungeplan (§ 108, stk. 5). Parents have no age."""
    if kind is PARENTS:
        return True
    if born is None:
        return kind is not SkriftKind.UNGEPLAN
    first = YOUNG if kind is SkriftKind.UNGEPLAN else 0
    return first <= max(age_on(born, today), 0) < ADULT


def receivers(
    lines: Sequence[Line], kind: SkriftKind, *, born: date | None, now: datetime
) -> Sequence[Known]:
    """Return who can be sent a plan: those who have custody; from eighteen there are none.

    While nobody has said who has it, and before the birth, the parents. Their own plan goes to
    each of them whatever the custody (§ 77).

    :param born: when the child was; None is unborn.
    """
    if not is_sent_to_parents(born, now):
        return ()
    parents = {one.who.id for one in lines if one.part.role in PARENT_ROLES}
    if kind is PARENTS or born is None:
        may = parents
    else:
        may = set(may_be_holders({one.who.id: one.part for one in lines}))
    return [one.who.known for one in lines if one.who.id in may]


def is_sent_to_parents(born: date | None, now: datetime) -> bool:
    """Tell whether the parents get the plan: until the child is eighteen."""
    return born is None or age_on(born, danish_day(now)) < ADULT
