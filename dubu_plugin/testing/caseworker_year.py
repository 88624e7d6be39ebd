"""A made-up year of a caseworker with thirty children, driven through the real store.

Everything is recorded as hændelser in the order of time: what comes in, what the caseworker then
does about each open deadline, plan and reminder, and the clock. The mix follows Copenhagen's: a
third of the children with help at home, a quarter placed, the rest being looked into, young people
and children with a handicap; two underretninger a child a year; twenty working days of
holiday and some of illness; one deadline in twelve is late. Around the caseworker is the unit
(`dubu_plugin.testing.unit_around`).
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.aktiviteter.states import PlanState, StepState
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import COPENHAGEN, danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.hverdage import Profile, is_hverdag
from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.frister.rule import LINES, Rule
from dubu_plugin.store import access, tables
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import Whom
from dubu_plugin.store.tables import aktiviteter, aktivitetsplaner, frister
from dubu_plugin.store.transaction import Work
from dubu_plugin.testing.caseworker_answers import answer_to, decide, facts_of
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town
from dubu_plugin.testing.unit_around import Around
from dubu_plugin.usecases.aktivitet.apply_plan import apply_plan
from dubu_plugin.usecases.aktivitet.complete_step import complete_step
from dubu_plugin.usecases.aktivitet.noted_as import MustBeNoted
from dubu_plugin.usecases.frist.tell_time import tell_time

FIRST: Final = date(2026, 1, 5)
DAYS: Final = 364
WARM_UP: Final = 120
"""So many days before the first the courses begin, so that each is somewhere in its rhythm."""
CHILDREN: Final = 30
NEVER: Final = frozenset(
    {H.SAG_LUKKET, H.ANBRINGELSE_OPHOERT, H.BARN_HJEMGIVET, H.INDSATS_OPHOERT, H.FRIST_VENTET,
     H.ANBRINGELSE_IVAERKSAT}
)  # fmt: skip
"""What would end a whole course, or begin one: what is decided in the year is support (§ 32), so no
child is placed by it. A deadline is met in another way."""
NEVER_DUE: Final = datetime(9999, 1, 1, tzinfo=UTC)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a Danish day."""
    return datetime.combine(day, time(hour, minute), COPENHAGEN).astimezone(UTC)


@dataclass
class Child:
    """A child, its case, and what is going on."""

    name: str
    born: date
    course: str
    person: UUID
    sag: UUID


@dataclass
class Event:
    """Something that comes from outside, or that the course of the case brings."""

    at: datetime
    what: H
    child: Child
    data: dict[str, Any] = field(default_factory=dict)
    underretning: bool = False
    plan: str = ""
    """A plan of activities that is put on the case by hand."""


class Year:
    """The year. `mornings` plays it, and stops at eight o'clock on each working day."""

    def __init__(self, town: Town, seed: int = 2026) -> None:
        self.town = town
        self.pick = random.Random(seed)
        self.rules = town.product.store.rules
        self.children = [self._child(number) for number in range(CHILDREN)]
        self.number = {
            one: place
            for place, child in enumerate(self.children)
            for one in (child.person, child.sag)
        }
        self.away = self._away()
        self.events = sorted(self._events(), key=lambda event: event.at)
        self.around = Around(town, FIRST)
        self.planned: dict[UUID, date] = {}
        self.steps: dict[UUID, date] = {}

    def mornings(self, days: int = DAYS) -> Iterator[date]:
        """Play so many days, one after another.

        The weeks before the first are lived through and not looked at.
        """
        for number in range(-WARM_UP, days):
            day = FIRST + timedelta(days=number)
            self._clock(at(day, 8))
            works = is_hverdag(day, Profile.DUTY)
            if number >= 0:
                self.around.day(at(day, 8), day)
            if works and number >= 0:
                yield day
            self._outside(day)
            if works and day not in self.away:
                self._work(day)

    # -- who and what ----------------------------------------------------------------------------

    def _child(self, number: int) -> Child:
        course = (
            *["stoette"] * 11, *["anbragt"] * 6, *["tvang"] * 2, *["undersoegelse"] * 5,
            *["ung"] * 3, *["handicap"] * 3,
        )[number]  # fmt: skip
        years = self.pick.randint(14, 16) if course == "ung" else self.pick.randint(1, 15)
        born = date(2026 - years, self.pick.randint(1, 12), self.pick.randint(2, 28))
        name = f"Test{number:02} Prøvesen"
        self.town.now = at(FIRST - timedelta(days=WARM_UP), 9)
        person = self.town.person(name, born=born)
        sag = self.town.sag(person, unit="nord", responsible=KAREN, has_indsats=True)
        return Child(name, born, course, person, sag)

    def _away(self) -> set[date]:
        """Return the days of holiday and illness."""
        weeks = [FIRST + timedelta(days=7 * n) for n in (6, 27, 28, 29, 41)]
        ill = [FIRST + timedelta(days=self.pick.randrange(DAYS)) for _ in range(9)]
        return {week + timedelta(days=n) for week in weeks for n in range(5)} | set(ill)

    def _events(self) -> Iterator[Event]:
        for child in self.children:
            yield from self._course(child)
            for day in self._sometimes(2.0):
                late = self.pick.random() < 0.15
                yield Event(at(day, 16 if late else 10, self.pick.randrange(60)),
                            H.UNDERRETNING_MODTAGET, child, underretning=True)  # fmt: skip
            for what, often, data in (
                (H.AKTINDSIGT_ANMODET, 0.15, {"aktindsigt": "part"}),
                (H.OPLYSNING_MODTAGET_MUNDTLIGT, 1.0, {}),
                (H.BEGRUNDELSE_BEDT_OM, 0.05, {}),
            ):
                for day in self._sometimes(often):
                    yield Event(at(day, 11), what, child, dict(data))

    def _course(self, child: Child) -> Iterator[Event]:
        """Yield what has begun before the year, spread so that its rhythm falls all over it."""
        began = FIRST - timedelta(days=self.pick.randint(5, WARM_UP - 5))

        def then(after: int, what: H, **data: Any) -> Event:
            return Event(at(began + timedelta(days=after), 12), what, child, data)

        match child.course:
            case "stoette" | "ung":
                yield then(0, H.AFGOERELSE_TRUFFET, grundlag="stoette", plan=True, tilbud=True,
                           afgoerelse=str(uuid4()))  # fmt: skip
                yield then(4, H.INDSATS_IVAERKSAT, indsats=str(uuid4()), handicap=False)
                yield then(10, H.PLAN_BESLUTTET, plan=True, grundlag="stoette")
                yield replace(then(11, H.AKTIVITETSPLAN_LAGT),
                              plan="P11" if child.course == "ung" else "P7")  # fmt: skip
            case "anbragt":
                yield then(0, H.AFGOERELSE_TRUFFET, grundlag="samtykke", tilbud=True,
                           afgoerelse=str(uuid4()))  # fmt: skip
                yield then(6, H.ANBRINGELSE_IVAERKSAT, anbringelse=str(uuid4()),
                           grund="omsorgssvigt", handicap=False, foraeldreplan=True)  # fmt: skip
            case "tvang":
                yield then(0, H.UDVALGSAFGOERELSE_TRUFFET, angaar="anbringelse",
                           genbehandling="et_aar", anbringelse=str(uuid4()))  # fmt: skip
                yield then(2, H.ANBRINGELSE_IVAERKSAT, anbringelse=str(uuid4()),
                           grund="omsorgssvigt", handicap=False, foraeldreplan=True)  # fmt: skip
            case "undersoegelse":
                for again in (0, 175, 350):
                    known = danish_day(then(again - 10, H.UNDERSOEGELSE_BESLUTTET).at)
                    yield then(again, H.UNDERSOEGELSE_BESLUTTET, undersoegelse="barnet",
                               kendskab=known.isoformat())  # fmt: skip
            case "handicap":
                yield then(0, H.FUNKTIONSNEDSAETTELSE_REGISTRERET, handicap=True)
                yield then(9, H.AFGOERELSE_TRUFFET, grundlag="stoette", plan=True, tilbud=True,
                           afgoerelse=str(uuid4()))  # fmt: skip
                yield then(15, H.INDSATS_IVAERKSAT, indsats=str(uuid4()), handicap=True,
                           hjaelp="kapitel_8")  # fmt: skip

    def _sometimes(self, a_year: float) -> Iterator[date]:
        for number in range(DAYS):
            if self.pick.random() < a_year / DAYS:
                yield FIRST + timedelta(days=number)

    # -- the days ----------------------------------------------------------------------------------

    def _clock(self, now: datetime) -> None:
        self.town.now = now
        self._outside_until(now)
        tell_time(self.town.product, now)

    def _outside(self, day: date) -> None:
        self._outside_until(at(day, 17))

    def _outside_until(self, until: datetime) -> None:
        while self.events and self.events[0].at < until:
            event = self.events.pop(0)
            self.town.now = event.at
            if event.plan:
                self._plan(event)
            elif event.underretning:
                self.town.underretning(
                    "Test", child=event.child.person, sag=event.child.sag, unit="nord",
                    responsible=KAREN, received_at=event.at,
                    overgreb="andre" if self.pick.random() < 0.08 else "nej",
                )  # fmt: skip
            else:
                self._happened(event.what, event.child.sag, event.child.person, **event.data)
        self.town.now = until

    def _plan(self, event: Event) -> None:
        with self.town.product.store.read() as connection:
            asker = access.asker(connection, KAREN)
        assert asker is not None
        apply_plan(
            event.child.sag, event.plan, product=self.town.product, asker=asker,
            now=self.town.now,
        )  # fmt: skip

    def _happened(self, what: H, sag: UUID, person: UUID | None, **data: Any) -> None:
        with self.town.product.store.write(actor=KAREN, now=self.town.now) as work:
            work.happened(what, sag=sag, person=person, data=data)

    def _work(self, day: date) -> None:
        """Do what is planned for the day, and plan for what is new."""
        self.town.now = at(day, 13)
        with self.town.product.store.write(actor=KAREN, now=self.town.now) as work:
            self._deadlines(work, day)
            self._reminders(work, day)
        self._plans(day)

    def _deadlines(self, work: Work, day: date) -> None:
        asked = sa.select(frister).where(
            frister.c.state == "aaben", frister.c.kind.in_(sorted(LINES)),
            frister.c.sag_id.is_not(None),
        )  # fmt: skip
        # Not by keys, which are other ones each time.
        for row in sorted(
            work.connection.execute(asked),
            key=lambda row: (
                self.number[row.sag_id],
                row.anchor_at,
                row.rule,
                row.due or NEVER_DUE,
            ),
        ):
            if row.id not in self.planned:
                self.planned[row.id] = self._when(row, day)
            if self.planned[row.id] <= day and self._is_open(work, row.id):
                rule = self.rules.version(row.rule, row.rule_version)
                assert rule is not None
                self._meet(work, row, rule)

    def _is_open(self, work: Work, number: UUID) -> bool:
        state = work.connection.scalar(sa.select(frister.c.state).where(frister.c.id == number))
        return bool(state == "aaben")

    def _when(self, row: Any, day: date) -> date:
        """Return the day the caseworker does something about a deadline."""
        if row.due is None:
            return day + timedelta(days=self.pick.randint(0, 9))
        due = danish_day(row.due)
        if self.pick.random() < 1 / 12:
            return due + timedelta(days=self.pick.randint(1, 7))
        warn = danish_day(row.warn or row.due)
        room = max((due - max(warn, day)).days, 0)
        return due - timedelta(days=self.pick.randint(0, room))

    def _meet(self, work: Work, row: Any, rule: Rule) -> None:
        ways: Sequence[H] = sorted(rule.met_by - NEVER)
        if not ways:
            return
        what = self.pick.choice(ways)
        data = answer_to(row, rule, what, self.pick, self.town.now)
        work.happened(
            what, sag=row.sag_id, underretning=row.underretning_id, person=row.person_id, data=data
        )
        if what is H.UNDERRETNING_VURDERET:
            decide(work, row.underretning_id, NaesteSkridt(data["naeste"]))
        elif what is H.SCREENING_AFSLUTTET and data["udfald"] == "undersoegelse":
            known = danish_day(row.anchor_at).isoformat()
            said = {"undersoegelse": "barnet", "kendskab": known}
            work.happened(
                H.UNDERSOEGELSE_BESLUTTET, sag=row.sag_id, person=row.person_id, data=said
            )

    def _plans(self, day: date) -> None:
        a, p = aktiviteter, aktivitetsplaner
        asked = (
            sa.select(
                a.c.id, a.c.due, a.c.position, p.c.sag_id, p.c.person_id, p.c.started_at, p.c.plan
            )
            .join_from(a, p, p.c.id == a.c.plan_id)
            .where(
                p.c.state == PlanState.I_GANG, a.c.state == StepState.AABEN, a.c.frist.is_(None),
                p.c.next_id == a.c.id,
            )
)  # fmt: skip
        with self.town.product.store.read() as connection:
            rows = sorted(
                connection.execute(asked),
                key=lambda row: (self.number[row.sag_id], row.started_at, row.plan, row.position),
            )
            asker = access.asker(connection, KAREN)
        assert asker is not None
        for row in rows:
            due = danish_day(row.due) if row.due else day + timedelta(days=5)
            when = self.steps.setdefault(
                row.id, max(day, due - timedelta(days=self.pick.randint(0, 2)))
            )
            if when <= day:
                self._complete(row, asker)

    def _complete(self, row: Any, asker: Asker) -> None:
        """Tick a step off; what is noted on the case is noted instead."""
        try:
            complete_step(row.id, product=self.town.product, asker=asker, now=self.town.now)
        except MustBeNoted as must:
            said = facts_of(must.choices[0], self.pick, self.town.now)
            self._happened(must.choices[0], row.sag_id, row.person_id, **said)

    def _reminders(self, work: Work, day: date) -> None:
        """Set about one reminder in four days, and do those of today."""
        if self.pick.random() < 0.25:
            child = self.pick.choice(self.children)
            later = day + timedelta(days=self.pick.randint(2, 30))
            erindringer.add(work, "Ring til skolen", later, Whom(employee=KAREN), child.sag)
        e = tables.erindringer
        due = sa.select(e.c.id).where(erindringer.OPEN, e.c.day <= day)
        for number in work.connection.scalars(due.order_by(e.c.day, e.c.set_at)).all():
            one = erindringer.by_id(work.connection, number)
            if one is not None and self.pick.random() < 0.8:
                erindringer.close(work, one)
