"""The plan a child has in common with its siblings, as its own pages show it (§ 91, stk. 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.plan.shared import Shared
from dubu_plugin.web.naming import first_name
from dubu_plugin.web.plan.view import ALL, ONE
from dubu_plugin.web.skrift.lines import Line
from dubu_plugin.web.skrift.words import FINISHED

CLOSED_DOOR: Final = "Den ligger på en sag, du ikke har adgang til. Her står barnets egne mål."


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """A plan in common, with the child's own goals."""

    title: str
    url: str
    """The plan on the sibling's case; empty where the one who looks may not read that."""
    about: str
    writes: bool
    """Whether the one who looks may begin a new version of it."""
    changes: str
    """Who can, where they may not."""
    goals: Sequence[tuple[Maal, str]] = field(repr=False)
    """Each goal, and when it is looked at."""


def shared_plans(found: Sequence[Shared]) -> Sequence[SharedPlan]:
    """Return the plans in common."""
    return [
        SharedPlan(
            title_of(one),
            ONE.format(sag=one.sag, plan=one.skrift) if one.opens else "",
            f"Version {one.approved} er godkendt." if one.opens else CLOSED_DOOR,
            one.writes,
            "" if one.writes else _who_changes(one),
            [(goal, _looked(goal)) for goal in one.goals],
        )
        for one in found
    ]


def shared_lines(sag: UUID, found: Sequence[Shared]) -> Sequence[Line]:
    """Return a line for each plan in common, which leads to what is the child's of it."""
    return [Line(title_of(one), ALL.format(sag=sag), "", FINISHED) for one in found]


def title_of(one: Shared) -> str:
    """Return what a plan in common is called."""
    return f"Fælles plan med {first_name(one.name)}"


def _who_changes(one: Shared) -> str:
    """Return who can change a plan in common."""
    whose = f"{first_name(one.name)}s sag"
    if one.is_closed:
        return (
            f"{whose} er lukket, så den fælles plan ændres ikke mere. Lav en plan for barnet alene."
        )
    who = f"{one.adviser}, der" if one.adviser else "den rådgiver, der"
    return f"Skal den fælles plan ændres, så tal med {who} har {whose}."


def _looked(goal: Maal) -> str:
    return danish.unbroken(danish.long_date(goal.looked_at_on)) if goal.looked_at_on else ""
