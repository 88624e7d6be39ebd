"""One underretning on one screen, in words: what came, what is known, and what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.underretning import (
    BEKYMRINGER,
    OVERGREB,
    SOURCES,
    UNDERRETTERE,
    Bekymring,
    Gruppe,
    Henvendelse,
    NaesteSkridt,
    Orienteret,
    Pligt,
)
from dubu_plugin.store.family.known_family import Candidate, Colleague
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.web.indgang.post_lines import CHANNELS, NEAR
from dubu_plugin.web.naming import KINDS, born_words

DAY: Final = timedelta(hours=24)

DUTIES: Final = (
    (Pligt.FAGPERSON, "Fagperson (§ 133)"),
    (Pligt.ALLE, "Alle andre (§ 135)"),
    (Pligt.MELLEMKOMMUNAL, "Anden kommune (§ 132)"),
)
INFORMED: Final = (
    (Orienteret.UOPLYST, "Ikke oplyst"),
    (Orienteret.JA, "Ja"),
    (Orienteret.NEJ, "Nej"),
    (Orienteret.NEJ_OVERGREB, "Nej, på grund af mistanke om overgreb"),
)
STEPS: Final = (
    (NaesteSkridt.INTET, "Intet videre"),
    (NaesteSkridt.SCREENING, "Screening (§ 18)"),
    (NaesteSkridt.AFDAEKNING, "Afdækning (§ 19)"),
    (NaesteSkridt.BFU, "Undersøgelse (§ 20)"),
    (NaesteSkridt.AKUT, "Akut indsats"),
)
UNBORN_STEPS: Final = (
    (NaesteSkridt.INTET, "Intet videre"),
    (NaesteSkridt.SCREENING, "Screening (§ 24)"),
    (NaesteSkridt.AFDAEKNING, "Afdækning (§ 25)"),
    (NaesteSkridt.BFU, "Undersøgelse (§ 26)"),
    (NaesteSkridt.AKUT, "Akut indsats"),
)
"""The same of those who expect a child (barnets lov §§ 24-26)."""
GROUPS: Final = {Gruppe.BARN: "Barnet", Gruppe.HJEM: "Hjemmet", Gruppe.ANDET: "Andet"}

REASONS: Final = {
    "cpr": "CPR",
    "navn": "navn",
    "adresse": "adresse",
    "foedt": "fødselsdato",
    "alder": "alder",
}
ALIKE: Final = {
    "navn_ligner": "navnet ligner",
    "naevnt": "nævnt i teksten",
    "fornavn": "fornavnet er det samme",
    "gravid": "er gravid",
    "foraelder": "en forælder står i teksten",
    "soeskende": "søskende til det andet barn",
    "uden_nummer": "har en sag her uden et CPR-nummer, adressebogen kender",
}


@dataclass(frozen=True, slots=True)
class ClockView:
    """The 24 hours."""

    left: str
    seconds: int
    used: str
    used_text: str
    by: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A child to choose."""

    id: str
    name: str = field(repr=False)
    detail: str
    unborn: bool = False
    """No talk is asked for (barnets lov § 137, stk. 3)."""


@dataclass(frozen=True, slots=True)
class Concern:
    """A concern to tick."""

    code: str
    title: str
    abuse: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before anything else."""

    kind: str
    heading: str
    symbol: str
    text: str


SUGGESTED: Final = "Foreslået ud fra teksten. Ret, hvis det ikke passer."
BOTH: Final = (
    "Bekymringen skal vurderes inden 24 timer. Det, der søges om, skal også besvares: se »Svar på "
    "ansøgningen«."
)
"""What is said of an underretning that is an application at once."""

WISHES: Final = (
    "Der står i teksten, at underretteren vil være anonym. Sæt kryds ved »Underretteren er "
    "anonym«, hvis I følger det: så gemmes navn og adresse ikke, og der sendes ingen kvittering."
)
"""What is said where somebody asks not to be named and their name is known all the same."""


def headline(about: Underretning) -> str:
    """Return ``Underretning fra Prøvestrup Skole``, by what is known of who sent it."""
    kind = KINDS[Henvendelse.UNDERRETNING]
    if about.henvendelse is not Henvendelse.UNDERRETNING:
        kind = KINDS[about.henvendelse]
    if about.notifier_organisation:
        # »fra anden kommune« gives way to which.
        return f"{kind.partition(' fra ')[0]} fra {about.notifier_organisation}"
    source = SOURCES.get(about.underretter or "")
    asked = about.henvendelse is Henvendelse.UNDERRETNING
    return f"{kind} fra {source}" if source and asked else kind


def arrived(about: Underretning) -> str:
    """Return when and how it came."""
    channel = CHANNELS.get(about.channel, "")
    return danish.unbroken(f"Modtaget {danish.moment_text(about.received_at)} · {channel}")


def clock(
    due: datetime | None, about: Underretning, who: str | None, now: datetime
) -> ClockView | None:
    """Return how far the 24 hours have run, or None where no clock runs."""
    if due is None:
        return None
    left = due - now
    used = min(max(now - about.received_at, timedelta()), DAY)
    state = "overdue" if left < timedelta() else "soon" if left < NEAR else "plenty"
    day = danish.danish_day(due)
    weekday = danish.WEEKDAYS[day.weekday()]
    by = f"Vurderes senest {weekday} {danish.list_date(day, danish.danish_day(now))}"
    return ClockView(
        left=danish.unbroken(danish.time_left(due, now)),
        seconds=int(left.total_seconds()),
        used=f"{used / timedelta(hours=1):.2f}",
        used_text=danish.duration(used),
        by=danish.unbroken(f"{by} {danish.clock(due)}"),
        who=f"{who} har den" if who else "Ingen har taget den",
        state=state,
    )


def candidate(one: Candidate, today: date, *, unborn: bool = False) -> CandidateLine:
    """Return a child to choose, with the reasons."""
    age = born_words(one.born, one.termin, today)
    cpr = ""
    if one.cpr:
        cpr = "••••••-••••" if one.protected_address else Cpr(one.cpr).masked
    fits = [REASONS[code] for code in one.reasons if code in REASONS]
    weaker = [ALIKE[code] for code in one.reasons if code in ALIKE]
    words = [f"passer på {danish.listed(fits)}"] if fits else []
    detail = " · ".join(part for part in (cpr, *words, *weaker) if part)
    return CandidateLine(str(one.person), f"{one.name}{f', {age}' if age else ''}", detail, unborn)


def concerns(
    on: date, ticked: Sequence[str]
) -> tuple[Sequence[Concern], Sequence[tuple[str, Sequence[Concern]]]]:
    """Return those shown at once, and the rest by group.

    At once: what is suggested or ticked, abuse, and honour; the picture's rule of few at a time.
    """
    in_use = [row for row in BEKYMRINGER if row.in_use(on)]
    shown = [row for row in in_use if row.code in ticked]
    shown += [row for row in in_use if row.code not in ticked and row.code in {*OVERGREB, "aeres"}]
    codes = {row.code for row in shown}
    rest = [
        (GROUPS[group], [_concern(row) for row in in_use
                         if row.gruppe is group and row.code not in codes])
        for group in Gruppe
    ]  # fmt: skip
    return [_concern(row) for row in shown], [(title, rows) for title, rows in rest if rows]


def _concern(row: Bekymring) -> Concern:
    return Concern(row.code, row.title, row.code in OVERGREB)


def steps(*, unborn: bool) -> Sequence[tuple[str, str]]:
    """Return what an assessment can lead to, with the paragraphs that are the child's."""
    return UNBORN_STEPS if unborn else STEPS


USUAL_DUTIES: Final = {row.code: row.pligt for row in UNDERRETTERE if row.pligt is not None}
"""What the page suggests as somebody says who wrote."""


def sources(on: date) -> Sequence[tuple[str, str]]:
    """Return the types of notifier in use on a day."""
    return [(row.code, row.title) for row in UNDERRETTERE if row.in_use(on)]


@dataclass(frozen=True, slots=True)
class Somebody:
    """A colleague to choose, or one who should see it."""

    id: str
    name: str
    detail: str = ""
    title: str = ""
    why: str = ""
    look: str = ""


def at_work(one: Colleague) -> str:
    """Return ``Mette Prøve, socialrådgiver, Familieafdelingen``."""
    return ", ".join(part for part in (one.name, one.title, one.unit_name) if part)
