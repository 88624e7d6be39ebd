"""A rule: one paragraph's deadline as a row of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.counting import Length, Term, counted

Value = str | int | bool | None


class Subject(StrEnum):
    """What a deadline hangs on: the hændelser that end it carry the same one."""

    UNDERRETNING = "underretning"
    SAG = "sag"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of one rule. A deadline keeps the version it was opened under."""

    code: str
    title: str
    """What the line in Min dag says."""
    duty: str
    """What must be done, in our own words."""
    law: str
    """Where the duty stands, for example ``BL § 138 stk. 1``."""
    section: str
    """The paragraph alone, as a line shows it: ``§ 138``."""
    in_force_from: date
    in_force_to: date | None = None
    subject: Subject = Subject.UNDERRETNING
    opens_on: frozenset[Haendelse] = frozenset()
    when: Mapping[str, frozenset[Value]]
    """What the hændelse's data must hold for the rule to apply: each name, one of its values."""
    met_by: frozenset[Haendelse] = frozenset()
    annulled_by: frozenset[Haendelse] = frozenset()
    corrected_by: frozenset[Haendelse] = frozenset()
    """Hændelser whose own moment is the right start of the clock."""
    length: Length | None = None
    """None where the law gives no number."""
    profile: Profile = Profile.DUTY
    warn_before: Length | None = None
    bundle: str
    """Rules with the same word stand on one line for a child."""
    sel_ref: str = ""
    """Where the duty stood in serviceloven before 2024."""
    confidence: str
    """How sure the reading of the law is."""
    note: str = ""
    on: bool = True
    off_because: str = ""

    def in_force(self, day: date) -> bool:
        """Tell whether a clock that starts on this Danish day runs under this version."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def applies(self, data: Mapping[str, object]) -> bool:
        """Tell whether a hændelse with this data is one the rule is about."""
        return all(name in data and data[name] in allowed for name, allowed in self.when.items())

    def denied(self, data: Mapping[str, object]) -> bool:
        """Tell whether a hændelse says of itself that it is not one the rule is about.

        That is more than not saying it is: what was believed before is now known not to be so.
        """
        return bool(self.when) and self.when.keys() <= data.keys() and not self.applies(data)

    def term(self, anchor: datetime) -> Term | None:
        """Return when it is due and warned of, or None where the law gives no number."""
        if self.length is None:
            return None
        return counted(anchor, self.length, self.profile, self.warn_before)


def version_of(rules: Sequence[Rule], anchor: datetime) -> Rule | None:
    """Return the version in force when a clock starts, or None."""
    day = danish_day(anchor)
    return next((rule for rule in rules if rule.in_force(day)), None)
