"""What a made-up municipality holds, case by case: the same for the same size, seed and moment.

It is asked twice, once for the host's database and once for ours, and gives both the same cases.
Nothing is kept that grows with the number of cases.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import count
from typing import Final
from uuid import UUID

from dubu_plugin.demo.course import Incoming, latest_age, made_up, office_hours
from dubu_plugin.demo.dwellers import Dweller, household, residents
from dubu_plugin.demo.forloeb import STEP, Act, Forloeb, Reached, reached
from dubu_plugin.demo.municipality import History, Municipality, Staff, Told
from dubu_plugin.demo.organisation import Organisation, organised
from dubu_plugin.demo.sizes import YEARS, Size
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import COPENHAGEN, danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.ports.persons import Tie
from dubu_plugin.testing.citizens import Citizens
from dubu_plugin.usecases.underretning.case_step import STEPS

SEED: Final = 2024
FACET: Final = "G01"
AREAS: Final = {"udsatte_boern": "27.24.00", "boernehandicap": "32.18.04"}
"""Our areas, and the KLE subject the host files their cases under."""


@dataclass(frozen=True, slots=True)
class Course:
    """A case, and all that is known of it."""

    number: int
    display: str
    area: str
    child: Dweller
    family: tuple[Dweller, ...]
    """Everybody of the household, the child among them."""
    parents: tuple[Dweller, ...]
    responsible: Staff
    colleague: Staff | None
    protected: bool
    opened_at: datetime
    closed_at: datetime | None
    reached: Reached
    underretninger: tuple[Incoming, ...]
    documents: int
    notes: int
    haendelser: int
    told: tuple[Act, ...] | None = None
    """What happened, where it was thought up by hand; None where it is made up."""

    @property
    def has_indsats(self) -> bool:
        """Whether the child gets support now."""
        return self.reached.has_indsats

    @property
    def title(self) -> str:
        """What the case is called: as the product calls those it opens."""
        return self.child.name

    @property
    def subject_code(self) -> str:
        """The KLE subject the host files it under."""
        return AREAS[self.area]

    @property
    def step(self) -> str:
        """How far the case has come, as `sager.step` has it."""
        assessed = [one for one in self.underretninger if one.assessed_at]
        if not assessed:
            return "modtaget"
        return STEP.get(self.reached.forloeb) or STEPS[assessed[-1].next_step]


class Plan:
    """A municipality of a size, as it is at a moment."""

    def __init__(self, size: Size, known: Municipality, *, now: datetime, seed: int = SEED) -> None:
        self.size = size
        self.known = known
        self.now = now.replace(microsecond=0)
        self.seed = seed
        taken = [Cpr.parse(one.cpr) for family in known.families for one in family.members]
        self._taken = taken
        self.organisation: Organisation = organised(size, known, Citizens(seed, taken=taken))

    def uuid(self, kind: str, number: int | str) -> UUID:
        """Return the id something has in our database; the same each time it is asked for."""
        said = f"{self.seed}:{kind}:{number}".encode()
        return UUID(bytes=blake2b(said, digest_size=16).digest(), version=4)

    def cases(self) -> Iterator[Course]:
        """Yield every case in the order of their numbers: first the known, then the closed ones."""
        known = {one.cpr.digits: one for one in residents(self.known)}
        people = Citizens(self.seed + 1, taken=self._taken)
        numbers, persons, incoming = count(1), count(len(known) + 1), count(1)
        series: Counter[tuple[str, int]] = Counter()
        for history in self.known.histories:
            yield self._history(history, known, next(numbers), next(incoming), series)
        told = len(self.known.histories)
        for place in range(self.size.cases - told):
            number = next(numbers)
            pick = random.Random(self.seed * 1_000_003 + number)
            span = _span(place, self.size, self.now, pick)
            yield self._case(number, span, people, pick, persons, incoming, series)

    def _case(
        self,
        number: int,
        span: tuple[datetime, datetime | None],
        people: Citizens,
        pick: random.Random,
        persons: Iterator[int],
        incoming: Iterator[int],
        series: Counter[tuple[str, int]],
    ) -> Course:
        opened_at, closed_at = span
        family = household(people, opened_at.date(), (closed_at or self.now).date(), pick, persons)
        parents, child = family[:2], family[2]
        carriers = (
            self.organisation.carriers if closed_at is None else (self.organisation.caseworkers)
        )
        responsible = carriers[number % len(carriers)]
        area = "boernehandicap" if responsible.unit == "boernehandicap" else "udsatte_boern"
        scale = pick.uniform(0.5, 1.5)
        return Course(
            number=number,
            display=_display(AREAS[area], opened_at, series),
            area=area,
            child=child,
            family=family,
            parents=parents,
            responsible=responsible,
            colleague=pick.choice(carriers) if pick.random() < 0.3 else None,
            protected=child.protected,
            opened_at=opened_at,
            closed_at=closed_at,
            reached=self._reached(number, area, opened_at, closed_at),
            underretninger=tuple(
                made_up(next(incoming), child.first_name, at, self.now, pick)
                for at in _arrivals(opened_at, closed_at, self.now, pick)
            ),
            documents=round(self.size.documents / self.size.cases * scale),
            notes=round(self.size.notes / self.size.cases * scale),
            haendelser=round(self.size.haendelser / self.size.cases * scale),
        )

    def _reached(
        self, number: int, area: str, opened_at: datetime, closed_at: datetime | None
    ) -> Reached:
        if closed_at is not None:
            return Reached(Forloeb.MODTAGELSE)
        own = random.Random(self.seed * 7_000_003 + number)
        return reached(opened_at, self.now, handicap=area == "boernehandicap", pick=own)

    def _history(
        self,
        history: History,
        known: dict[str, Dweller],
        number: int,
        incoming: int,
        series: Counter[tuple[str, int]],
    ) -> Course:
        """Return the case a child of Prøvestrup has from before."""
        child = known[Cpr.parse(history.child).digits]
        by_number = {one.number: one for one in known.values()}
        parents = tuple(
            by_number[other] for tie, other in child.ties if tie in (Tie.MOTHER, Tie.FATHER)
        )
        at = office_hours(self.now - timedelta(days=history.days_ago))
        organisation = history.text.split(",")[0].removesuffix(" ringer")
        underretning = Incoming(
            number=incoming,
            received_at=at,
            underretter=history.underretter,
            concern=history.concern,
            organisation=organisation,
            text=history.text,
            reason=history.reason,
            next_step=NaesteSkridt(history.next_step),
            assessed_at=at + timedelta(hours=3),
            receipt_at=at + timedelta(hours=4),
            oriented_at=at + timedelta(days=6),
        )
        staff = {one.key: one for one in self.organisation.staff}
        return Course(
            number=number,
            display=_display(AREAS[history.area], at, series),
            area=history.area,
            child=child,
            family=(),
            parents=parents,
            responsible=staff[history.responsible],
            colleague=None,
            protected=False,
            opened_at=at,
            closed_at=at + timedelta(days=8) if history.closed else None,
            reached=Reached(Forloeb(history.forloeb), _on(at, history.helped_after)),
            underretninger=(underretning,),
            documents=4,
            notes=7,
            haendelser=12,
            told=tuple(_act(one, at, self.uuid("forloeb", number)) for one in history.haendelser),
        )


def _on(began: datetime, days: float | None) -> datetime | None:
    return None if days is None else began + timedelta(days=days)


def _act(told: Told, began: datetime, key: UUID) -> Act:
    """Return what was thought up by hand; `{key}` is what its decision and its help are known by,
    and a number of days is the date so many days after the case began."""
    said = {
        name: danish_day(began + timedelta(days=value)).isoformat()
        if isinstance(value, int) and not isinstance(value, bool)
        else str(key)
        if value == "{key}"
        else value
        for name, value in told.data.items()
    }
    return Act(Haendelse(told.what), office_hours(began + timedelta(days=told.after)), said)


def _span(
    place: int, size: Size, now: datetime, pick: random.Random
) -> tuple[datetime, datetime | None]:
    """Return when a case opened and closed. Cases are spread over the years, the open ones last."""
    days = YEARS * 365
    closed = size.closed_cases
    if place < closed:
        opened = now - timedelta(days=days - (days - 40) * place / closed + pick.uniform(0, 20))
        lasted = timedelta(days=pick.randrange(20, 700))
        ended = min(opened + lasted, now - timedelta(days=pick.randrange(1, 20)))
        return office_hours(opened), office_hours(ended)
    share = (place - closed) / size.open_cases
    return office_hours(now - timedelta(days=3 + 900 * (1 - share))), None


def _arrivals(
    opened: datetime, closed: datetime | None, now: datetime, pick: random.Random
) -> list[datetime]:
    """Return when underretninger came: the first opened the case."""
    first = opened - timedelta(minutes=pick.randrange(60, 900))
    if closed is not None:
        again = first + (closed - first) * pick.random()
        return [first, again] if pick.random() < 0.2 else [first]
    age = latest_age(pick)
    return [first] if age is None or now - age < opened else [first, now - age]


def _display(subject: str, opened: datetime, series: Counter[tuple[str, int]]) -> str:
    year = opened.astimezone(COPENHAGEN).year
    series[subject, year] += 1
    return f"{subject}-{FACET}-{series[subject, year]}-{year % 100:02}"
