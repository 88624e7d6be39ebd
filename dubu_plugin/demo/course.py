"""The course of made-up cases: what came in, what was decided, and when."""

import random
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from pydantic import TypeAdapter

from dubu_plugin.demo.workday import workday
from dubu_plugin.domain.danish import COPENHAGEN
from dubu_plugin.domain.underretning import ANONYM, UNDERRETTERE, NaesteSkridt, Pligt

PROFESSIONAL: Final = frozenset(
    kind.code for kind in UNDERRETTERE if kind.pligt not in (None, Pligt.ALLE)
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What made-up cases are filled with."""

    notes: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    underretninger: tuple[tuple[str, str, str, str], ...]
    reasons: tuple[str, ...]


@cache
def phrases() -> Phrases:
    """Return the phrases of `phrases.toml`."""
    written = files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8")
    return TypeAdapter(Phrases).validate_python(tomllib.loads(written))


@dataclass(frozen=True, slots=True)
class Incoming:
    """An underretning, and how far it has come."""

    number: int
    """Counted from 1 over the whole municipality."""
    received_at: datetime
    underretter: str
    concern: str
    organisation: str
    """Who writes: a place of work, or a private person by name."""
    text: str = field(repr=False)
    reason: str = field(repr=False)
    next_step: NaesteSkridt
    assessed_at: datetime | None
    receipt_at: datetime | None
    oriented_at: datetime | None

    @property
    def anonymous(self) -> bool:
        """Whether nobody can be written to."""
        return self.underretter == ANONYM

    @property
    def professional(self) -> bool:
        """Whether the notifier acted under § 133."""
        return self.underretter in PROFESSIONAL


def made_up(
    number: int, name: str, received_at: datetime, now: datetime, pick: random.Random
) -> Incoming:
    """Return an underretning that has come as far as its age lets one expect."""
    texts = phrases()
    underretter, concern, organisation, text = pick.choice(texts.underretninger)
    age = now - received_at
    assessed_at = receipt_at = oriented_at = None
    if age > timedelta(hours=26):
        assessed_at = received_at + timedelta(minutes=pick.randrange(40, 1_400))
        if age > timedelta(days=9) or pick.random() < 0.3:
            receipt_at = assessed_at + timedelta(minutes=pick.randrange(2, 60))
        if age > timedelta(days=30) or pick.random() < 0.6:
            told_at = workday(assessed_at + timedelta(days=pick.randrange(7, 20)), pick)
            oriented_at = told_at if told_at <= now else None
    return Incoming(
        number=number,
        received_at=received_at,
        underretter=underretter,
        concern=concern,
        organisation=organisation.format(navn=name),
        text=text.format(navn=name),
        reason=pick.choice(texts.reasons).format(navn=name),
        next_step=pick.choices(STEPS, STEP_WEIGHTS)[0],
        assessed_at=assessed_at,
        receipt_at=receipt_at,
        oriented_at=oriented_at if underretter in PROFESSIONAL else None,
    )


FRIDAY: Final = 4
STEPS: Final = (
    NaesteSkridt.INTET,
    NaesteSkridt.SCREENING,
    NaesteSkridt.AFDAEKNING,
    NaesteSkridt.BFU,
    NaesteSkridt.AKUT,
)
STEP_WEIGHTS: Final = (30, 35, 15, 18, 2)
"""What an assessment leads to, in per cent."""


def latest_age(pick: random.Random) -> timedelta | None:
    """Return how old the newest underretning on an open case is; None where it opened with it.

    A child that is known has nearly two in a year (1.79 in 2022, Danmarks Statistik), so one in two
    hundred has one of the last day, and one in twenty-five one of the last nine days.
    """
    draw = pick.random()
    if draw < 0.006:
        return timedelta(hours=pick.uniform(0.2, 25))
    if draw < 0.045:
        return timedelta(hours=pick.uniform(27, 24 * 9))
    if draw < 0.25:
        return timedelta(days=pick.uniform(9, 60))
    if draw < 0.7:
        return timedelta(days=pick.uniform(60, 300))
    return None


def office_hours(moment: datetime) -> datetime:
    """Return a moment of the same Danish day between 8 and 16."""
    local = moment.astimezone(COPENHAGEN)
    return local.replace(hour=8 + local.hour % 8).astimezone(UTC)


def moments(opened: datetime, ended: datetime, number: int, pick: random.Random) -> list[datetime]:
    """Return moments in office hours, Monday to Friday, while a case was open, in their order."""
    span = (ended - opened) / timedelta(seconds=1)
    drawn = (opened + timedelta(seconds=pick.random() * span) for _ in range(number))
    return sorted(min(max(office_hours(_weekday(one)), opened), ended) for one in drawn)


def _weekday(moment: datetime) -> datetime:
    """Return a moment on a Saturday or Sunday as one on a day before it, Friday to Tuesday."""
    past = moment.astimezone(COPENHAGEN).weekday() - FRIDAY
    return moment - timedelta(days=past + moment.minute % 4) if past > 0 else moment
