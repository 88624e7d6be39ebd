"""What a rule answers: the hændelser that open, meet, end and move its deadlines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import Length

Value = str | int | bool | None
NOTHING_ASKED: Final[Mapping[str, frozenset[Value]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """The half of a rule that tells when there is a deadline; the other tells its day."""

    opens_on: frozenset[Haendelse] = frozenset()
    when: Mapping[str, frozenset[Value]]
    """What the hændelse's data must hold for the rule to apply: each name, one of its values."""
    unless: Mapping[Haendelse, Mapping[str, frozenset[Value]]] = field(default_factory=dict)
    """What some of `opens_on` say of themselves where the rule does not apply, as `when`."""
    ages: tuple[int, int] | None = None
    """The first and last age, in years, of a child the rule is about; None is any."""
    of_born: bool = False
    """It is about a child that is born: while it is expected nothing opens, and what would have
    opens with the birth."""
    met_by: frozenset[Haendelse] = frozenset()
    annulled_by: frozenset[Haendelse] = frozenset()
    lapses_with: frozenset[Haendelse] = frozenset()
    """Ends of what the deadline follows: it lapses with the last, and else follows what is left."""
    while_running: bool = False
    """None is opened where nothing runs of what it follows, by `lapses_with`."""
    corrected_by: frozenset[Haendelse] = frozenset()
    """Hændelser whose own moment is the right start of the clock."""
    moved_up_by: frozenset[Haendelse] = frozenset()
    """Hændelser by the end of whose day it is due, where that is earlier."""
    put_off_by: frozenset[Haendelse] = frozenset()
    """Hændelser it is counted from as well, each by its own moment and facts: the latest counts."""
    paused_by: frozenset[Haendelse] = frozenset()
    resumed_by: frozenset[Haendelse] = frozenset()
    least_left: Length | None = None
    """How much is left at least when a paused deadline runs again."""
    recurs: bool = False
    """A hændelse in `opens_on` opens the next one also where one was met: a chain."""
    each: bool = False
    """Every hændelse in `opens_on` asks for itself. What is done meets the one it names, and the
    oldest where it names none: never all of them."""
    covers: Length | None = None
    """What is done about the oldest of `each` also meets those due this soon after it was done."""
    met_when: Mapping[Haendelse, Mapping[str, frozenset[Value]]] = field(default_factory=dict)
    """What some of `met_by` must say of themselves to meet it, as `when`."""
    met_on_case: Mapping[Haendelse, Mapping[str, frozenset[Value]]] = field(default_factory=dict)
    """What happens on the case that meets it whichever of the case's underretninger it hangs on,
    and what that must say of itself, as `when`."""
    met_until: frozenset[Haendelse] = frozenset()
    """What met it once goes on doing so until one of these: meanwhile a new one is met at once."""

    def applies(
        self, data: Mapping[str, object], *, born: date | None = None, at: datetime | None = None
    ) -> bool:
        """Tell whether a hændelse with this data is one the rule is about.

        :param born: the child's date of birth; where it is not known, no age is ruled out.
        :param at: when it occurred: the child's age then is what counts.
        """
        if born and at and not self.about_age(age_on(born, danish_day(at))):
            return False
        return all(name in data and data[name] in allowed for name, allowed in self.when.items())

    def rules_out(self, what: Haendelse, data: Mapping[str, object]) -> bool:
        """Tell whether a hændelse says of itself that it is one the rule is not about."""
        said = self.unless.get(what)
        return said is not None and all(data.get(name) in said[name] for name in said)

    def about_age(self, years: int) -> bool:
        """Tell whether the rule is about a child of this age. One not born yet counts as 0."""
        return self.ages is None or self.ages[0] <= max(years, 0) <= self.ages[1]

    def is_met_by(self, what: Haendelse, data: Mapping[str, object]) -> bool:
        """Tell whether a hændelse with this data is what the rule asks for."""
        asked = self.met_when.get(what, NOTHING_ASKED)
        return what in self.met_by and all(data.get(name) in asked[name] for name in asked)

    def is_met_on_case_by(self, what: Haendelse, data: Mapping[str, object]) -> bool:
        """Tell whether a hændelse on the case meets it, whichever underretning it hangs on."""
        asked = self.met_on_case.get(what)
        return asked is not None and all(data.get(name) in asked[name] for name in asked)

    def denied(self, data: Mapping[str, object]) -> bool:
        """Tell whether a hændelse says of itself that it is not one the rule is about.

        That is more than not saying it is: what was believed before is now known not to be so.
        """
        return bool(self.when) and self.when.keys() <= data.keys() and not self.applies(data)
