"""The course of a case: seven steps from the first underretning to the follow-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.store.sager import CLOSED

STEPS: Final[Sequence[tuple[str, str]]] = (
    ("underretning", "Underretning"),
    ("screening", "Screening"),
    ("undersoegelse", "Undersøgelse"),
    ("afgoerelse", "Afgørelse"),
    ("plan", "Barnets plan"),
    ("indsats", "Indsats"),
    ("opfoelgning", "Opfølgning"),
)

PLACES: Final[Mapping[str, int]] = {
    "modtaget": 0,
    "ansoegt": 0,
    "vurderet": 1,
    "intet": 1,
    "screening": 1,
    "afdaekning": 2,
    "boernefaglig_undersoegelse": 2,
    "undersoegelse": 2,
    "akut": 3,
    "afgoerelse": 3,
    "plan": 4,
    "indsats": 5,
    "opfoelgning": 6,
}
"""Which of the seven a case's `step` is at."""

WORDS: Final[Mapping[str, str]] = {
    "modtaget": "underretning modtaget",
    "ansoegt": "ansøgning modtaget",
    "vurderet": "underretning vurderet",
    "intet": "intet videre",
    "screening": "screening",
    "afdaekning": "afdækning",
    "boernefaglig_undersoegelse": "børnefaglig undersøgelse",
    "undersoegelse": "undersøgelse",
    "akut": "akut indsats",
    "afgoerelse": "afgørelse",
    "plan": "barnets plan",
    "indsats": "indsats",
    "opfoelgning": "opfølgning",
}


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One of the seven."""

    name: str
    state: str
    """``done``, ``now`` or ``ahead``."""
    when: str
    url: str | None = None


def course(
    step: str,
    *,
    now: datetime,
    received_at: datetime | None,
    assessed_at: datetime | None,
    due: datetime | None,
    url: str | None,
) -> Sequence[CourseStep]:
    """Return the seven steps as a case stands."""
    place = PLACES.get(step, 0)
    today = danish.danish_day(now)

    def day(moment: datetime | None) -> str:
        return "" if moment is None else danish.list_date(danish.danish_day(moment), today)

    found = []
    for number, (code, name) in enumerate(STEPS):
        state = "done" if number < place else "now" if number == place else "ahead"
        when = ""
        if code == "underretning":
            when = day(received_at)
        elif state == "now":
            when = "i gang" if assessed_at is None else f"fra {day(assessed_at)}"
        if state == "now" and code == "underretning" and due is not None:
            when = f"senest {danish.list_moment(due, now)}"
        found.append(
            CourseStep(name, state, danish.unbroken(when), url if code == "underretning" else None)
        )
    return found


def leads_to(next_step: str, step: str) -> bool:
    """Tell whether an assessment with this outcome is what brought a case to a step."""
    return next_step in PLACES and PLACES[next_step] == PLACES.get(step, 0)


def step_words(step: str | None, phase: str | None = None) -> str:
    """Return where a case has got to, in words."""
    return "lukket" if phase == CLOSED else WORDS.get(step or "", "")
