"""A rule: one paragraph's deadline as a row of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import danish, start_of_day
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.counting import (
    AS_DELIVERED,
    Length,
    Reckoning,
    Sending,
    Term,
    Unit,
    counted,
    day_before,
    due_on,
    end_of_month,
    next_date,
    received,
    warned,
)
from dubu_plugin.frister.reaction import Reaction
from dubu_plugin.frister.told_day import is_moment, moment_of

NOTHING: Final[Mapping[str, object]] = MappingProxyType({})

SURE: Final = "sikker"
"""What `Rule.confidence` says where the text of the law was read; anything else is a reason."""
BORN: Final = "born"
"""What `Rule.missing` calls a date of birth that is not known."""
SENT_BY: Final = "forsendelse"
"""The fact that says how a decision was sent."""


class Subject(StrEnum):
    """What a deadline hangs on: the hændelser that end it carry the same one.

    The id of the last four comes in the hændelse's data, under the subject's own name.
    """

    UNDERRETNING = "underretning"
    SAG = "sag"
    PERSON = "person"
    KOMMUNE = "kommune"
    """The municipality itself, which has no id: what is reported to the state."""
    KLAGE = "klage"
    AFGOERELSE = "afgoerelse"
    INDSATS = "indsats"
    ANBRINGELSE = "anbringelse"


class Kind(StrEnum):
    """What the law asks for. The value is stored with every deadline."""

    FRIST = "frist"
    """Must be done by then."""
    PLIGT = "pligt"
    """Must be done; the law gives no number. One of ``0 days`` is due at once."""
    FOER = "foer"
    """Must be in place before a decision: a gate."""
    UDLOEB = "udloeb"
    """Something lapses then."""
    ALDER = "alder"
    """Somebody reaches an age then."""
    TIDLIGST = "tidligst"
    """May not be done before then."""
    LAAS = "laas"
    """A decision may not be put into effect while this stands."""
    MAA = "maa"
    """May be done."""


LINES: Final = frozenset({Kind.FRIST, Kind.PLIGT, Kind.UDLOEB, Kind.ALDER})
"""The kinds that are a line on Min dag. The others are shown on the case."""

MISSED: Final = frozenset({Kind.FRIST, Kind.UDLOEB})
"""The kinds somebody has missed when they run out. An age is reached, and that is nobody's neglect;
a duty that is due at once cannot be kept in time, only late or not at all."""


class Severity(StrEnum):
    """How much the law lets hang on it. Stored with every deadline."""

    AKUT = "akut"
    """Danger or liberty."""
    LOV = "lov"
    """A number or a duty of the law."""
    ORDEN = "orden"
    """A report, information, a house rule."""


BARNETS_LOV: Final = date(2024, 1, 1)
"""When barnets lov came into force (§ 212) and took over from serviceloven (§ 213)."""


class Transition(StrEnum):
    """What becomes of a clock that started before barnets lov (§ 213)."""

    NY = "ny"
    """What was not finished is finished under the new act (stk. 1)."""
    BESTAAR = "bestaar"
    """What was decided before stays as it was (stk. 2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Reaction):
    """One version of one rule. A deadline keeps the version it was opened under."""

    code: str
    area: str
    """The heading it stands under in docs/frister.md."""
    title: str
    """What the line in Min dag says."""
    duty: str
    """What must be done, in our own words."""
    law: str
    """Where the duty stands, for example ``BL § 138 stk. 1``."""
    section: str
    """The paragraph as a line shows it: ``§ 138``, of another law than barnets lov ``RSL § 3``."""
    in_force_from: date
    in_force_to: date | None = None
    transition: Transition = Transition.BESTAAR
    kind: Kind = Kind.FRIST
    severity: Severity = Severity.LOV
    subject: Subject = Subject.UNDERRETNING

    length: Length | None = None
    """None where the law gives no number."""
    age: int | None = None
    """The clock starts at the birthday on which the child reaches this age; with a `length`, at the
    hændelse where that comes later."""
    before: Length | None = None
    """Due this long before where the clock starts, instead of after it."""
    from_fact: str = ""
    """The date in the hændelse's data the clock starts at; else it starts when it occurred."""
    from_fact_required: bool = False
    """Without that date there is no deadline."""
    due_fact: str = ""
    """The date in the hændelse's data it is due on. It wins over `length`."""
    due_fact_required: bool = False
    due_fact_at_most: Length | None = None
    """How long after its clock starts the law lets the date in `due_fact` be; one said to be later
    counts as that day. None where the date replaces what the law gives, also by a later one."""
    on_date: frozenset[tuple[int, int]] = frozenset()
    """Due on the next of these dates (month and day)."""
    month_end: bool = False
    """The day it is counted to moves to the last of its month."""
    on_receipt: bool = False
    """The clock starts when what was sent is presumed received; see `counting.received`."""
    profile: Profile = Profile.DUTY
    warn_before: Length | None = None
    reckoning: Reckoning = AS_DELIVERED

    bundle: str
    """Rules with the same word stand on one line for a child."""
    consequence: str = ""
    """What follows where it is not kept."""
    sel_ref: str = ""
    """Where the duty stood in serviceloven before 2024."""
    confidence: str
    """``sikker`` where the law's text was read, else why it is not."""
    note: str = ""
    on: bool = True
    off_because: str = ""
    own_choice: bool = False
    """The municipality has switched it, against how it is delivered."""

    def in_force(self, day: date) -> bool:
        """Tell whether a clock that starts on this Danish day runs under this version."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def missing(
        self, data: Mapping[str, object] = NOTHING, born: date | None = None
    ) -> Sequence[str]:
        """Return what must be known before it can be counted: facts by name, and `BORN`."""
        lacks = [
            name
            for name, required in (
                (self.from_fact, self.from_fact_required),
                (self.due_fact, self.due_fact_required),
            )
            if required and data.get(name) is None
        ]
        return lacks if self.age is None or born else [*lacks, BORN]

    def term(
        self,
        anchor: datetime,
        data: Mapping[str, object] = NOTHING,
        born: date | None = None,
    ) -> Term | None:
        """Return when it is due and warned of.

        None where the law gives no number, and where what it is counted from is not known; only
        in the second case does `missing` say something, and then there is no deadline yet.

        :param anchor: when the hændelse occurred.
        :param data: the hændelse's; dates are ISO 8601 texts, as JSON has them, or dates.
        :raises ValueError: a fact that should be a date is none.
        """
        if self.missing(data, born):
            return None
        if self.due_fact and data.get(self.due_fact) is not None:
            given = data[self.due_fact]
            last = self.latest(anchor, data, born)
            if last is not None and moment_of(given) > last:
                return self._due_at(anchor, last)
            if is_moment(given):
                return self._due_at(anchor, moment_of(given))
            return self._due_on(anchor, danish_day(moment_of(given)))
        return self._by_law(anchor, data, born)

    def latest(
        self,
        anchor: datetime,
        data: Mapping[str, object] = NOTHING,
        born: date | None = None,
    ) -> datetime | None:
        """Return the last moment the law lets the date in `due_fact` be, in Danish time.

        That is `due_fact_at_most` after the clock started, or the birthday a rule of age ends on.
        None where any date may be said, and where the birthday is not known.
        """
        if self.due_fact_at_most is not None:
            start = self.starts_at(anchor, data, born)
            return counted(start, self.due_fact_at_most, self.profile).due
        if self.age is not None and self.length is None and born is not None:
            return start_of_day(birthday(born, self.age))
        return None

    def by_law(
        self,
        anchor: datetime,
        data: Mapping[str, object] = NOTHING,
        born: date | None = None,
    ) -> Term | None:
        """Return the term where no other date is said: what the law itself gives; as `term`."""
        without = {name: value for name, value in data.items() if name != self.due_fact}
        return self.term(anchor, without, born)

    def _by_law(
        self, anchor: datetime, data: Mapping[str, object], born: date | None
    ) -> Term | None:
        start = self.starts_at(anchor, data, born)
        if self.on_date:
            return self._due_on(anchor, next_date(danish_day(start), self.on_date))
        if self.before is not None:
            last = day_before(danish_day(start), self.before, self.profile)
            if self.kind is Kind.TIDLIGST:
                return self._due_at(anchor, start_of_day(last))
            return self._due_on(anchor, last)
        if self.length is None:
            # A birthday begins at midnight, and so does what it brings.
            return None if self.age is None else self._due_at(anchor, start)
        if self.length.unit is Unit.HOURS or not self.month_end:
            return counted(start, self.length, self.profile, self.warn_before, self.reckoning)
        last = counted(start, self.length, Profile.DUTY).due
        return self._due_on(start, end_of_month(danish_day(last)))

    def starts_at(
        self,
        anchor: datetime,
        data: Mapping[str, object] = NOTHING,
        born: date | None = None,
    ) -> datetime:
        """Return when the clock starts, in Danish time."""
        if self.age is not None and born is not None:
            reached = start_of_day(birthday(born, self.age))
            # What is decided after the birthday runs from the decision.
            return max(reached, danish(anchor)) if self.length else reached
        if self.from_fact and data.get(self.from_fact) is not None:
            return moment_of(data[self.from_fact])
        if self.on_receipt and SENT_BY in data:
            return received(anchor, Sending(str(data[SENT_BY])), self.reckoning)
        return danish(anchor)

    def _due_on(self, anchor: datetime, last: date) -> Term:
        return due_on(anchor, last, self.profile, self.warn_before, self.reckoning)

    def _due_at(self, anchor: datetime, due: datetime) -> Term:
        return warned(anchor, due, self.profile, self.warn_before, self.reckoning)
