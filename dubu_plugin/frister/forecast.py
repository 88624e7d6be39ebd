"""Whether a deadline will be kept, from what it waits for and what remains to be done afterwards.

Nothing here knows of a case: what is awaited and when it was promised is handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.danish import danish_day, list_date
from dubu_plugin.domain.hverdage import Profile, add_hverdage, hverdag_from
from dubu_plugin.frister.counting import Length, Unit


class Awaited(StrEnum):
    """What a deadline can wait for. The value is stored."""

    SKOLEUDTALELSE = "skoleudtalelse"
    DAGTILBUD = "dagtilbud"
    LAEGE = "laege"
    SUNDHEDSPLEJE = "sundhedspleje"
    PSYKOLOG = "psykolog"
    HOSPITAL = "hospital"
    ANDEN_KOMMUNE = "anden_kommune"
    POLITI = "politi"
    SAMTYKKE = "samtykke"
    SAMTALE = "samtale"
    PARTSHOERING = "partshoering"
    UDVALG = "udvalg"
    ANDET = "andet"


WORDS: Final = {
    Awaited.SKOLEUDTALELSE: ("skoleudtalelse", "skoleudtalelser"),
    Awaited.DAGTILBUD: ("udtalelse fra dagtilbud", "udtalelser fra dagtilbud"),
    Awaited.LAEGE: ("lægeudtalelse", "lægeudtalelser"),
    Awaited.SUNDHEDSPLEJE: ("udtalelse fra sundhedsplejen", "udtalelser fra sundhedsplejen"),
    Awaited.PSYKOLOG: ("psykologundersøgelse", "psykologundersøgelser"),
    Awaited.HOSPITAL: ("hospitalets svar", "svar fra hospitaler"),
    Awaited.ANDEN_KOMMUNE: ("anden kommunes svar", "andre kommuners svar"),
    Awaited.POLITI: ("politiets svar", "svar fra politiet"),
    Awaited.SAMTYKKE: ("samtykke", "samtykker"),
    Awaited.SAMTALE: ("samtale", "samtaler"),
    Awaited.PARTSHOERING: ("høringssvar", "høringssvar"),
    Awaited.UDVALG: ("børne- og ungeudvalgets behandling", "behandlinger i børne- og ungeudvalget"),
    Awaited.ANDET: ("svar", "svar"),
}
"""What one and several of each are called."""

STATEMENTS: Final = frozenset(
    {Awaited.SKOLEUDTALELSE, Awaited.DAGTILBUD, Awaited.LAEGE, Awaited.SUNDHEDSPLEJE}
)
"""Those that together are called statements."""

NUMBERS: Final = (
    "nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv",
)  # fmt: skip

NEUTER: Final = frozenset({Awaited.SAMTYKKE, Awaited.PARTSHOERING, Awaited.ANDET})

REMAINING: Final = {
    Unit.MONTHS: Length(10, Unit.HVERDAGE),
    Unit.WEEKS: Length(3, Unit.HVERDAGE),
    Unit.HVERDAGE: Length(1, Unit.HVERDAGE),
    Unit.DAYS: Length(1, Unit.HVERDAGE),
}
"""How much work there usually is once the last answer has come, by what the deadline is counted in:
two weeks to write an undersøgelse, less for shorter ones. A guess, and said as one."""

WITHOUT_LENGTH: Final = Length(1, Unit.HVERDAGE)
"""How much where the rule counts no length: a follow-up or a visit on its day is soon noted."""
SURE: Final = 3
"""With more working days than this after the last answer it is no more than a guess that the rest
takes too long."""

LONGEST_GUESS: Final = Length(15, Unit.HVERDAGE)
"""How long an answer takes that nobody has promised."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that is awaited."""

    what: Awaited
    asked_at: datetime
    expected: date | None = None
    """When it was promised; None where nobody said."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """How it looks."""

    ready: date
    """When it can be done, as far as can be seen."""
    due: date
    missing: tuple[Awaited, ...]
    guessed: bool
    """Somebody has not said when."""
    comes: date
    """When the last answer is there."""
    left: int
    """How many working days there are from then until the day it is due."""

    @property
    def missed(self) -> bool:
        """Whether the deadline will not be kept."""
        return self.ready > self.due

    @property
    def sure(self) -> bool:
        """Whether it is no guess that it will not be kept."""
        return self.left <= SURE


def forecast(
    due: datetime | None, length: Length | None, waits: Sequence[Wait], now: datetime
) -> Forecast | None:
    """Return how it looks, or None where nothing is awaited or there is no date to keep.

    :param length: what the rule counts by; what remains follows it.
    """
    if due is None or not waits:
        return None
    today = danish_day(now)
    last = max(_comes(wait, today) for wait in waits)
    remaining = REMAINING.get(length.unit) if length else WITHOUT_LENGTH
    ready = add_hverdage(last, remaining.count, Profile.DUTY) if remaining else last
    return Forecast(
        ready,
        danish_day(due),
        tuple(wait.what for wait in waits),
        any(wait.expected is None for wait in waits),
        last,
        _working_days(last, danish_day(due)),
    )


def sentence(found: Forecast, length: Length | None) -> str:
    """Return the forecast in Danish: »Du når ikke de 4 måneder: to udtalelser mangler«."""
    missing = f"{missing_words(found.missing)} mangler"
    if found.missed:
        return f"Du når {_hardly(found)} {_the(length)}: {missing}{_rest(found)}"
    return f"Du kan nå {_the(length)}, men {missing}"


def will_be_missed(found: Forecast, length: Length | None, waits: Sequence[Wait]) -> str:
    """Return it as a leader reads it, with what was promised last.

    »Når ikke de 4 måneder: to udtalelser mangler, den sidste lovet 9. april«.
    """
    missing = missing_words(found.missing)
    promised = f"{_promised(waits, found.due)}{_rest(found)}"
    return f"Når {_hardly(found)} {_the(length)}: {missing} mangler, {promised}"


def _hardly(found: Forecast) -> str:
    return "ikke" if found.sure else "næppe"


def _rest(found: Forecast) -> str:
    """Return why it is a guess, where it is one and somebody has said when."""
    if found.sure or found.guessed:
        return ""
    comes = list_date(found.comes, found.due)
    return f"; ventes {comes}, så er der {found.left} hverdage til resten"


def _promised(waits: Sequence[Wait], due: date) -> str:
    """Return when what is missing was promised, in words."""
    days = [wait.expected for wait in waits if wait.expected is not None]
    last = list_date(max(days), due) if days else ""
    if len(waits) == 1:
        return f"lovet {last}" if last else "ikke lovet til nogen dag"
    if not days:
        return "ingen af dem lovet til nogen dag"
    if len(days) < len(waits):
        return f"den sidste lovet {last}, resten ikke lovet"
    return f"den sidste lovet {last}"


def missing_words(missing: Sequence[Awaited]) -> str:
    """Return what is missing, in words: »to udtalelser«, »en skoleudtalelse og et samtykke«."""
    kinds = set(missing)
    if len(kinds) > 1 and kinds <= STATEMENTS:
        return f"{_number(len(missing))} udtalelser"
    told = [_some(kind, missing.count(kind)) for kind in dict.fromkeys(missing)]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} og {told[-1]}"


def _some(kind: Awaited, number: int) -> str:
    one, several = WORDS[kind]
    if number > 1:
        return f"{_number(number)} {several}"
    if one.startswith(("hospitalets", "politiets", "børne", "anden")):
        return one
    return f"{'et' if kind in NEUTER else 'en'} {one}"


def _comes(wait: Wait, today: date) -> date:
    """Return when an answer can be there: not before today, also where a promise was broken."""
    asked = danish_day(wait.asked_at)
    told = wait.expected or add_hverdage(asked, LONGEST_GUESS.count, Profile.DUTY)
    return hverdag_from(max(told, today), Profile.DUTY)


def _working_days(after: date, until: date) -> int:
    """Return how many working days there are after a day, up to and with another."""
    count = 0
    day = add_hverdage(after, 1, Profile.DUTY)
    while day <= until:
        count += 1
        day = add_hverdage(day, 1, Profile.DUTY)
    return count


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


_UNITS: Final = {
    Unit.HOURS: ("time", "timer"),
    Unit.HVERDAGE: ("hverdag", "hverdage"),
    Unit.DAYS: ("dag", "dage"),
    Unit.WEEKS: ("uge", "uger"),
    Unit.MONTHS: ("måned", "måneder"),
}


def _the(length: Length | None) -> str:
    """Return what the deadline is called by its length: »de 4 måneder«, »den ene måned«."""
    if length is None:
        return "fristen"
    one, several = _UNITS[length.unit]
    return f"den ene {one}" if length.count == 1 else f"de {length.count} {several}"
