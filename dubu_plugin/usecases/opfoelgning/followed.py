"""What an opfølgning stands on: the plan, the indsatser, the talks, and what was decided before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.inddragelse import PARTY_AT
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store import boernesamtaler, indsatser, maal, opfoelgninger, personer, tekster
from dubu_plugin.store.boernesamtaler import Samtale
from dubu_plugin.store.indsatser import Indsats
from dubu_plugin.store.maal import Maal
from dubu_plugin.store.opfoelgninger import Kept, Plan
from dubu_plugin.store.personer import Relative

RECENT: Final = timedelta(days=183)
"""A talk counts for this long where nothing says since when."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A case as it is followed up."""

    kept: Kept
    plan: Plan | None
    goals: Sequence[Maal] = field(repr=False)
    """Those of the plan's newest approved version."""
    running: Sequence[Indsats]
    talks: Sequence[Samtale] = field(repr=False)
    """The newest first."""
    parents: Sequence[Relative] = field(repr=False)
    since: date | None
    """The day of the last opfølgning, or the day the first of what runs began."""
    is_first: bool

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
        """What each parent is called, with what they are to the child."""
        return {one.person.id: f"{one.person.name}, {one.tie}" for one in self.parents}

    @property
    def last(self) -> UUID | None:
        """The newest that is held, or None."""
        return self.kept.held[0].skrift if self.kept.held else None

    def counts(self, one: Samtale) -> bool:
        """Tell whether a talk is of the time since the last opfølgning."""
        return self.since is None or danish_day(one.said.occurred_at) >= self.since


def followed(connection: sa.Connection, sag: UUID, child: UUID, now: datetime) -> Followed:
    """Return what there is to follow up on a case."""
    kept = opfoelgninger.of_sag(connection, sag)
    plan = opfoelgninger.plan_of(connection, sag)
    goals: Sequence[Maal] = ()
    if plan is not None:
        said = tekster.read(connection, plan.skrift, plan.approved)
        goals = maal.of_skrift(connection, plan.skrift, said)
    running = [one for one in indsatser.of_sag(connection, sag) if one.runs]
    told = indsatser.told(connection, sag)
    since, is_first = _since(running, told, now)
    return Followed(
        kept=kept,
        plan=plan,
        goals=goals,
        running=running,
        talks=boernesamtaler.of_sag(connection, sag),
        parents=[
            one
            for one in personer.family_of(connection, child)
            if one.tie in (Tie.MOTHER, Tie.FATHER)
        ],
        since=since,
        is_first=is_first,
    )


def told_of(its: Followed, child: UUID, born: date | None, now: datetime) -> Mapping[UUID, str]:
    """Return who is written to of what is decided, and what they are called (§ 95, stk. 3).

    The parents until the child is eighteen, and from ten the child itself. A younger child is told
    when somebody talks with it.
    """
    age = age_on(born, danish_day(now)) if born else None
    names = its.parent_names if age is None or age < ADULT else {}
    return {**names, child: "barnet selv"} if age is not None and age >= PARTY_AT else names


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
