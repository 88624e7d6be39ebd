"""»Min plan«: the same plan in plain words for the child, from the same goals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.domain.danish import long_date
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.skrift.tekster import At
from dubu_plugin.usecases.plan.next_look import MEETS

READS_FROM: Final = 3
"""In years. Below it there is no paper of the child's own: it is spoken with in other ways."""


@dataclass(frozen=True, slots=True)
class MinPlan:
    """What the child reads: lines from its goals, none of them twice."""

    vil: str = field(repr=False)
    voksne: str = field(repr=False)
    tegn: str = field(repr=False)
    moedes: str
    left_out: Sequence[int]
    """The numbers of the child's goals that nobody has put in its words: they are not in it."""


def min_plan(goals: Iterable[Maal], words: Mapping[At, str], child: UUID) -> MinPlan:
    """Return the plan as it reads for one child.

    What is written for the child stands, and for what it wants itself the words it said. What
    stands only in the words of the adults is left out: it is not a plan the child can read.

    :param goals: those of the whole plan, in its order.
    :param words: what stands in the plan, by place and field.
    """
    mine = [(n, one) for n, one in enumerate(goals, 1) if one.person == child and one.text]
    wants = {n: one.said.get("mit_maal") or one.said.get("barnets_ord", "") for n, one in mine}
    days = [one.looked_at_on for _, one in mine if one.looked_at_on is not None]
    return MinPlan(
        vil=_lines(wants.values()),
        voksne=_lines(one.said.get("de_voksne", "") for _, one in mine),
        tegn=_lines(one.said.get("saa_ved_vi", "") for _, one in mine),
        moedes=words.get(MEETS, "") or _day(days),
        left_out=[n for n, said in wants.items() if not said],
    )


def _lines(texts: Iterable[str]) -> str:
    lines = (line for text in texts for line in text.split("\n"))
    return "\n".join(dict.fromkeys(filter(None, lines)))


def _day(days: list[date]) -> str:
    return long_date(min(days)) if days else ""
