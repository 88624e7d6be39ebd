"""An activity type, a plan of activities, and its steps.

A plan is a way of working, not the law: its dates are the house's own. A step whose date is a
statutory deadline names the deadline's rule instead and has no date of its own, so that the same
duty never stands on two lines.

Source: the catalogue and the sixteen plans are ours; the law stands in the types that name it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from dubu_plugin.domain.danish_time import understood
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.counting import Length, counted
from dubu_plugin.frister.reaction import Value


class Ansvar(StrEnum):
    """Whose work a step is. The value is stored, and is what plan files say."""

    SAGSBEHANDLER = "sagsbehandler"
    LEDER = "leder"
    MODTAGELSE = "modtagelse"
    OEKONOMI = "oekonomi"


class PlanSubject(StrEnum):
    """What a plan hangs on. The value is what plan files say."""

    UNDERRETNING = "underretning"
    SAG = "sag"
    ENHED = "enhed"
    """A unit's own work, such as the leader's supervision; no child's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityType:
    """One kind of activity in the catalogue."""

    code: str
    title: str
    law: str = ""
    """Where the duty stands, for example ``BL § 136 stk. 2``; empty where no law asks for it."""
    lovpligtig: bool = False
    """The law asks for it: a municipality may rename it, but not take it away."""
    met_by: frozenset[Haendelse] = frozenset()
    """Hændelser that are this activity, done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One activity of a plan."""

    key: str
    """The step's name inside its plan; the activity's code where it stands there once."""
    activity: str
    title: str
    law: str = ""
    after: Length | None = None
    """How long after the plan's trigger, or after the end of the step it follows."""
    follows: str = ""
    """The step that is done before this one begins."""
    before: str = ""
    """The step this one is done before: it has that one's date."""
    frist: str = ""
    """The rule whose deadline is this step's date."""
    role: Ansvar = Ansvar.SAGSBEHANDLER
    letter: str = ""
    """The letter that is made with it."""
    optional: bool = False
    lovpligtig: bool = False
    met_by: frozenset[Haendelse] = frozenset()
    dropped_when: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    """What a hændelse's data says where the step is not to be done after all."""
    lapses_with: frozenset[Haendelse] = frozenset()
    """What happens, after which nobody need do the step: it was on the way there."""
    again: Length | None = None
    """Once done it comes again, this long after."""

    def dropped_by(self, what: Haendelse, data: Mapping[str, object]) -> bool:
        """Tell whether a hændelse with this data says that the step is not to be done."""
        if what in self.lapses_with:
            return True
        asked = self.dropped_when
        return bool(asked) and all(name in data and data[name] in asked[name] for name in asked)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One version of one plan. A case keeps the version it was given."""

    code: str
    version: str
    """A digest of the content, so that what is the same is called the same."""
    title: str
    about: str
    """When the plan is for, in a sentence."""
    subject: PlanSubject
    bundle: str
    """Deadlines and plans with the same word stand on one line for a child."""
    applied_on: frozenset[Haendelse]
    """Empty where the plan is only applied by hand."""
    when: Mapping[str, frozenset[Value]]
    """What the hændelse's data must hold: each name, one of its values."""
    replaces: frozenset[str]
    """Plans on the same underretning or case this one takes the place of."""
    annulled_by: frozenset[Haendelse]
    corrected_by: frozenset[Haendelse]
    """Hændelser whose own moment is the right start of the plan."""
    from_fact: str = ""
    """The date in the trigger's data the plan is counted from; else it is when that occurred."""
    steps: Sequence[Step]

    @cached_property
    def by_key(self) -> Mapping[str, Step]:
        """The steps by their keys."""
        return {step.key: step for step in self.steps}

    def applies(self, data: Mapping[str, object]) -> bool:
        """Tell whether a hændelse with this data is one the plan is for."""
        return all(name in data and data[name] in allowed for name, allowed in self.when.items())

    def denied(self, data: Mapping[str, object]) -> bool:
        """Tell whether a hændelse says of itself that it is not one the plan is for."""
        return bool(self.when) and self.when.keys() <= data.keys() and not self.applies(data)

    def starts_at(self, occurred_at: datetime, data: Mapping[str, object]) -> datetime:
        """Return when a plan begins that a hændelse lays.

        :raises ValueError: the fact that should be a date is none.
        """
        said = data.get(self.from_fact) if self.from_fact else None
        return occurred_at if said is None else understood(str(said))

    def due(
        self, step: Step, started_at: datetime, done: Mapping[str, datetime] | None = None
    ) -> datetime | None:
        """Return when a step is to be done, or None where it has no date of its own yet.

        :param done: when the steps that are done were done, by their keys.
        """
        if step.before:
            return self.due(self.by_key[step.before], started_at, done)
        if step.after is None:
            return None
        anchor = (done or {}).get(step.follows) if step.follows else started_at
        return anchor and counted(anchor, step.after, Profile.DUTY).due
