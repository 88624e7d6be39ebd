"""What a decision stands on when a gate is asked, and how a gate says no."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from dubu_plugin.domain.afgoerelser import Capacity, Given, Matter, Outcome
from dubu_plugin.domain.danish import long_date, unbroken
from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.help_taken import HelpTaken


class Hearing(StrEnum):
    """How far the hearing of a party is. The value is stored."""

    FORBEREDT = "forberedt"
    SENDT = "sendt"
    BESVARET = "besvaret"
    INTET_SVAR = "intet_svar"
    UNDLADT = "undladt"
    """Nothing is to be heard about, or one of the exceptions is named."""
    UDGAAET = "udgaaet"
    """They are no party any more: custody or the family is another, or the child is grown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A party, as the gates see them."""

    person: UUID
    capacity: Capacity
    name: str = field(repr=False)
    hearing: Hearing = Hearing.FORBEREDT
    due_on: date | None = None
    answered_on: date | None = None
    exception: int | None = None
    why: bool = False
    """It is written why nobody is heard."""
    weighed: bool = False
    """It is written how the answer was weighed."""
    consent: str = ""
    """givet, afslaaet or empty."""
    consent_on: date | None = None
    consent_purpose: bool = False
    not_heard_of: Sequence[str] = ()
    """The help that it was said to take after they were heard, by title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything a decision stands on, on the day it is made."""

    matter: Matter
    day: date
    age: int | None
    """In whole years; None is unborn."""
    due_date: date | None = None
    grown_on: date | None = None
    """The day the child turns 18; None where that is not known, or it is not born."""
    outcome: Outcome | None = None
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What is written, by section."""
    parts: Sequence[Part] = ()
    view_recorded: bool = False
    """The child was talked with since it was prepared, or its view obtained in another way."""
    view_before: date | None = None
    """The day of the newest talk before that, where it is no older than half a year."""
    view_from: str = ""
    """Where the child's view was fetched from, where nobody has written in it since."""
    given: Sequence[Given] = ()
    """The indsatser that are decided, in the order they are written."""
    not_allowed: frozenset[int] = frozenset()
    """Which of them, from 1, the catalogue does not allow at the place, the day and the age."""
    starts_on: date | None = None
    ends_on: date | None = None
    plan: bool | None = None
    planned_on: date | None = None
    """The Danish day barnets plan or the ungeplan was last approved."""
    examined_on: date | None = None
    """The Danish day the newest undersøgelse was finished."""
    examined_within: int = 0
    """How old it may be, in months; 0 is as old as it is."""
    prepared_on: date | None = None
    """The Danish day it was begun to be prepared."""
    committee_on: date | None = None
    chair_at: datetime | None = None
    """When the chairman decided; only where it is the chairman who does."""
    now: datetime | None = None
    """The moment it is judged."""
    votes_for: int | None = None
    protocol: str = ""
    dissent: bool | None = None
    statement_on: date | None = None
    at_once: bool = False
    siblings: Sequence[int] = ()
    """How old the siblings we know of are, in whole years; those under eighteen."""
    parents_plan_ready: bool = False
    there: Collection[Forudsat] = frozenset()
    """What is there of what decisions presuppose."""
    applied: bool = False
    """An application for it waits on the case."""
    reckoned: bool = False
    """It is reckoned, and something is given."""
    reckoned_on: date | None = None
    """The day whose rates it is reckoned with."""
    waiting: Sequence[str] = ()
    """What each decision of the chairman's that the committee has not looked at is about; only
    where this one looks at one."""
    insight_waits: bool = False
    """A party has asked to see the files and is not answered."""
    helps: Sequence[HelpTaken] = ()
    """The help it takes away, and can take."""

    @property
    def placed(self) -> bool:
        """Whether the child is placed."""
        return Forudsat.ANBRAGT in self.there

    @property
    def plan_is_older(self) -> bool:
        """Whether the newest plan was approved before it was begun to be prepared."""
        return is_before(self.planned_on, self.prepared_on)

    @property
    def met_on(self) -> date | None:
        """The Danish day of the committee's meeting, where that has been; None otherwise."""
        on = self.committee_on if self.matter.is_committees else None
        return on if on is not None and on <= self.day else None

    @property
    def decided_on(self) -> date:
        """The Danish day it is decided: what the law asks for first is there by then."""
        return self.met_on or self.day

    @property
    def examined_long_ago(self) -> bool:
        """Whether the newest undersøgelse is older than the municipality lets it be."""
        return is_long_ago(self.examined_on, self.examined_within, self.decided_on)

    @property
    def gives(self) -> bool:
        """Whether something is decided that is to be done."""
        return self.outcome is not Outcome.AFSLAG

    def has(self, section: str) -> bool:
        """Tell whether something is written in a section."""
        return bool(self.said.get(section, "").strip())


@dataclass(frozen=True, slots=True)
class No:
    """A gate that does not open."""

    field: str
    """Where the answer is put."""
    law: str
    sentence: str
    instead: str = ""
    """The code of what can be prepared in its place; empty where nothing stands for it."""


def to_meeting(s: Standing) -> str:
    """Say that the committee is to have had it at its meeting, where that has been."""
    if s.met_on is None:
        return ""
    return (
        f" Udvalget skal have haft det til sit møde den {long_date(s.met_on)}. Havde det ikke det, "
        f"så lad udvalget behandle sagen igen, når det er på plads, og skriv det mødes dag."
    )


def no(where: str, law: str, sentence: str, instead: str = "") -> No:
    """Return a refusal whose dates and paragraphs no line breaks inside."""
    return No(where, law, unbroken(sentence), instead)


def is_before(done: date | None, prepared: date | None) -> bool:
    """Tell whether something was done, and before something else was begun to be prepared."""
    return done is not None and prepared is not None and done < prepared


def is_long_ago(done: date | None, within: int, day: date) -> bool:
    """Tell whether something was done, and longer ago than so many months; 0 is never too long."""
    return done is not None and within > 0 and months_on(done, within) < day


def latest_end(first: date, longest: str) -> date:
    """Return the last day of the longest period from a day: ``12 months``, ``8 weeks``."""
    number, unit = longest.split()
    if unit == "weeks":
        return first + timedelta(weeks=int(number)) - timedelta(days=1)
    return months_on(first, int(number)) - timedelta(days=1)


def months_on(day: date, number: int) -> date:
    """Return the same day some months on or back, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
