"""»Min plan«: the same plan in plain words for the child, from the same texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.store.maal import Maal
from dubu_plugin.store.tekster import At

READS_FROM: Final = 3
"""In years. Below it there is no paper of the child's own: it is spoken with in other ways."""


@dataclass(frozen=True, slots=True)
class MinPlan:
    """What the child reads: lines from its goals, none of them twice."""

    vil: str = field(repr=False)
    voksne: str = field(repr=False)
    tegn: str = field(repr=False)
    moedes: str


def min_plan(goals: Iterable[Maal], words: Mapping[At, str], child: UUID) -> MinPlan:
    """Return the plan as it reads for one child.

    What is written for the child stands; where nothing is, the plan's own words do.

    :param words: what stands in the plan, by place and field.
    """
    mine = [one for one in goals if one.person == child and one.text]
    days = [one.looked_at_on for one in mine if one.looked_at_on is not None]
    return MinPlan(
        vil=_lines(one.said.get("mit_maal") or one.said.get("barnets_ord") or one.text
                   for one in mine),
        voksne=_lines(one.said.get("de_voksne") or one.said.get("hvem_goer_hvad", "")
                      for one in mine),
        tegn=_lines(one.said.get("saa_ved_vi") or one.said.get("indikator", "") for one in mine),
        moedes=words.get((WHOLE, "min_moedes"), "") or _day(days),
    )  # fmt: skip


def _lines(texts: Iterable[str]) -> str:
    lines = (line for text in texts for line in text.split("\n"))
    return "\n".join(dict.fromkeys(filter(None, lines)))


def _day(days: list[date]) -> str:
    return long_date(min(days)) if days else ""
