"""What is chosen on the pages of a unit's figures: a quarter, a unit and a rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from dubu_plugin.frister.overholdelse import Quarter
from dubu_plugin.store.overholdelse.summary import Sight
from dubu_plugin.store.overholdelse.sums import counted
from dubu_plugin.web.door import Visit

URL: Final = "/dubu/overblik"
BACK: Final = 8
"""So many quarters can be chosen, and so many are drawn."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address says."""

    quarter: Quarter
    unit: str | None = None
    rule: str | None = None

    @classmethod
    def of(cls, visit: Visit, kvartal: str, enhed: str, regel: str = "") -> "Choice":
        """Return the choice; a quarter or a rule there is not is left as by default."""
        try:
            quarter = Quarter.parse(kvartal)
        except ValueError:
            quarter = Quarter.of(visit.now)
        known = regel in counted(visit.product.store.rules)
        return cls(quarter, enhed or None, regel if known else None)

    def url(self, path: str = URL, **other: str | None) -> str:
        """Return the address of this choice, or of one that differs."""
        said = {"kvartal": str(self.quarter), "enhed": self.unit, "regel": self.rule, **other}
        return f"{path}?{urlencode({name: value for name, value in said.items() if value})}"


def past_quarters(newest: Quarter) -> Sequence[Quarter]:
    """Return the quarters that are drawn, the oldest first."""
    return [newest.later(-n) for n in range(BACK - 1, -1, -1)]


def quarter_choices(newest: Quarter) -> Sequence[tuple[str, str]]:
    """Return the quarters one can choose among, the newest first."""
    return [(str(one), one.title) for one in reversed(past_quarters(newest))]


def unit_choices(seen: Sight, titles: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Return the units one can choose among, by name."""
    return sorted(((key, titles[key]) for key in seen.units), key=lambda one: one[1])


def whose(seen: Sight, choice: Choice, titles: Mapping[str, str]) -> str:
    """Return whose figures are shown."""
    if choice.unit:
        return titles[choice.unit]
    if seen.unitless:
        return "Hele kommunen"
    return titles.get(seen.who.unit or "", "Dine egne frister")
