"""Playing made-up cases through the product's own rules, on a stage that is thrown away.

The deadlines, their exceedings and the plans are what the product itself makes of the hændelser:
each is recorded with `Work.happened`, and the clock is told between them as the server tells it.
The stage is a database in memory with a handful of cases; what came of them is taken off it as
rows, with keys that are the same each time.
"""

import heapq
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.demo.answering import answer, said
from dubu_plugin.demo.desk import stepped, touched
from dubu_plugin.demo.history import Happening
from dubu_plugin.demo.plan import Course, Plan
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import tables as t
from dubu_plugin.store.chain import START
from dubu_plugin.store.deadlines import State, passing
from dubu_plugin.store.transaction import SYSTEM, Recorded, Work
from dubu_plugin.usecases.frist.close_case_duties import lapse_with_case
from dubu_plugin.usecases.frist.tell_time import tell_passed

NEEDED: Final = (t.personer, t.sager, t.underretninger)
"""What the rules read of a case beside its hændelser."""
MADE: Final = (
    t.haendelser, t.frister, t.ventegrunde, t.aktivitetsplaner, t.aktiviteter, t.erindringer,
    t.outbox,
)  # fmt: skip
"""What comes of it, those that are pointed at first."""
TOUCHED: Final = frozenset({*NEEDED, *MADE, t.chain_head, t.planudgaver})
PLANNED: Final = 0.15
"""The share of open cases whose unit uses plans of activities."""
PLANS_FOR: Final = timedelta(days=90)
"""They have used them so long; what began before has none."""
HERE_FOR: Final = timedelta(days=365)
"""The municipality has used the product so long: what was closed before has no deadlines here."""
CLOSED: Final = "Sagen er lukket."

_F: Final = t.frister.c
_WHICH: Final = sa.bindparam("which", expanding=True, type_=_F.id.type)
# Built once: they are asked for every hændelse of a municipality.
_STILL: Final = (
    sa.select(_F.id)
    .where(
        _F.rule == sa.bindparam("rule", type_=_F.rule.type),
        _F.sag_id == sa.bindparam("sag", type_=_F.id.type),
        _F.state == State.AABEN,
        _F.subject_id.is_not_distinct_from(sa.bindparam("subject", type_=_F.id.type)),
    )
    .limit(1)
)
_REPLACING: Final = sa.select(_F.id).where(_F.replaces.in_(_WHICH))
_THESE: Final = sa.select(t.frister).where(_F.id.in_(_WHICH)).order_by(_F.rule)
KEY: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(order=True, slots=True)
class _Next:
    """What happens next on a case."""

    at: datetime
    place: int
    told: Happening = field(compare=False)
    meets: Any = field(compare=False, default=None)
    """The deadline it is an answer to."""


class Stage:
    """A database in memory, with a few cases at a time."""

    def __init__(
        self, rules: RuleBook, plans: PlanBook, plan: Plan, known: Sequence[Mapping[str, Any]]
    ) -> None:
        """Set the stage up.

        :param known: the rows of those who live here beside the families of the cases.
        """
        self._known = list(known)
        self._plans = plans
        self._plan = plan
        engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        t.metadata.create_all(engine)
        self._engine = engine
        self._connection = engine.connect()
        self._rules = rules
        self._no_plans = PlanBook(rules)
        self._first = start_of_day(min(rule.in_force_from for rule in rules.rules))
        self._work = self._cleared()

    def close(self) -> None:
        """Throw it away."""
        self._connection.close()
        self._engine.dispose()

    def play(
        self,
        cases: Sequence[tuple[Course, list[Happening]]],
        made: Mapping[sa.Table, Sequence[Mapping[str, Any]]],
    ) -> Iterator[tuple[Course, list[Happening]]]:
        """Play some cases to their end, or to now; what came of them is there to be `taken`.

        :param made: their rows.
        :return: what has happened on each that no rule has an answer to.
        """
        for table in NEEDED:
            if made.get(table):
                self._connection.execute(sa.insert(table), list(made[table]))
        for course, told in cases:
            yield course, self._one(course, told)

    def taken(self, name: str) -> Mapping[sa.Table, Sequence[dict[str, Any]]]:
        """Take off the stage what was made on it.

        :param name: what its keys are made of; another each time.
        """
        rows = self._rows(name)
        self._work = self._cleared()
        return rows

    def _cleared(self) -> Work:
        """Take everything off the stage."""
        for table in reversed(t.metadata.sorted_tables):
            if table in TOUCHED:
                self._connection.execute(sa.delete(table))
        if self._known:
            self._connection.execute(sa.insert(t.personer), self._known)
        self._connection.execute(sa.insert(t.chain_head).values(id=1, seq=0, hash=START))
        return Work(self._connection, SYSTEM, self._plan.now, self._rules, self._no_plans)

    # -- one case ----------------------------------------------------------------------------------

    def _one(self, course: Course, told: Iterable[Happening]) -> list[Happening]:
        if course.closed_at is not None and self._plan.now - course.closed_at > HERE_FOR:
            return list(told)
        play = _Play(course, self._plan, random.Random(self._plan.seed * 6_000_011 + course.number))
        for one in told:
            play.add(one)
        silent: list[Happening] = []
        possible = {rule.code for rule in self._rules.opened_by(Haendelse.FRIST_OVERSKREDET)}
        dues: list[datetime] = []
        while play.queue and play.queue[0].at <= self._plan.now:
            coming = heapq.heappop(play.queue)
            one = coming.told
            if not self._says_something(one, possible):
                silent.append(one)
                continue
            while dues and dues[0] < coming.at:
                heapq.heappop(dues)
                dues += self._tick(play, min(coming.at, self._plan.now))
                heapq.heapify(dues)
            if coming.meets is not None and not self._runs(coming.meets):
                continue
            possible.update(rule.code for rule in self._rules.opened_by(one.what))
            recorded = self._record(one, play)
            for due in self._follow(play, recorded):
                heapq.heappush(dues, due)
        if course.closed_at is None:
            while dues and dues[0] < self._plan.now:
                heapq.heappop(dues)
                dues += self._tick(play, self._plan.now)
                heapq.heapify(dues)
            self._work.plans = self._plans if play.has_plans else self._no_plans
            touched(self._work, course, self._plan, play.pick)
            if play.has_plans:
                stepped(self._work, course, self._plan, play.pick)
        return silent

    def _says_something(self, one: Happening, possible: set[str]) -> bool:
        """Tell whether any rule can answer, going by the rules alone."""
        if one.at < self._first:
            return False
        if any(rule.applies(one.data) for rule in self._rules.opened_by(one.what)):
            return True
        if any(rule.code in possible for rule in self._rules.ended_by(one.what)):
            return True
        return one.what is Haendelse.SAG_LUKKET

    def _record(self, one: Happening, play: "_Play") -> Recorded:
        course = play.course
        self._work.now, self._work.actor = one.at, one.actor
        recent = play.has_plans and self._plan.now - one.at < PLANS_FOR
        self._work.plans = self._plans if recent else self._no_plans
        recorded = self._work.happened(
            one.what,
            sag=self._plan.uuid("sag", course.number),
            underretning=one.underretning,
            person=self._plan.uuid("person", course.child.number),
            data=one.data,
        )
        if one.what is Haendelse.SAG_LUKKET:
            sag = self._plan.uuid("sag", course.number)
            lapse_with_case(self._work, sag, closed_by=recorded.id, reason=CLOSED)
        return recorded

    def _runs(self, row: Any) -> bool:
        """Tell whether a deadline runs still, or the one that took its place does."""
        said = {"rule": row.rule, "sag": row.sag_id, "subject": row.subject_id}
        return self._connection.scalar(_STILL, said) is not None

    def _follow(self, play: "_Play", recorded: Recorded) -> Iterator[datetime]:
        """Plan what is done about what has opened, and yield when it is due."""
        fresh = [*recorded.opened]
        if recorded.replaced:
            fresh += self._connection.scalars(_REPLACING, {"which": list(recorded.replaced)})
        if not fresh:
            return
        rows = self._connection.execute(_THESE, {"which": fresh}).all()
        opened = set(recorded.opened)
        for row in rows:
            if row.state != State.AABEN:
                continue
            if row.id in opened and play.course.closed_at is None:
                play.plan_answer(row)
            if row.due is not None and row.due < self._plan.now:
                yield row.due

    def _tick(self, play: "_Play", now: datetime) -> list[datetime]:
        """Tell that time has passed, as the server's clock does."""
        self._work.now, self._work.actor = now, SYSTEM
        dues: list[datetime] = []
        for row in passing.passed(self._connection, now, 100):
            self._work.now = max(row.due, row.anchor_at)
            self._work.plans = self._no_plans
            recorded = tell_passed(self._work, row)
            if recorded is not None:
                dues += self._follow(play, recorded)
        return dues

    # -- taken off the stage -----------------------------------------------------------------------

    def _rows(self, name: str) -> dict[sa.Table, list[dict[str, Any]]]:
        """Return what was made, with keys that are the same each time."""
        found: dict[sa.Table, list[dict[str, Any]]] = {}
        keys: dict[UUID, UUID] = {}
        for table in MADE:
            order = table.c.seq if table is t.haendelser else sa.text("rowid")
            rows = self._connection.execute(sa.select(table).order_by(order)).all()
            found[table] = [dict(row._mapping) for row in rows]
            column = "key" if table is t.outbox else "id"
            for place, one in enumerate(found[table]):
                keys[one[column]] = self._plan.uuid(table.name, f"{name}-{place}")
        texts = {str(old): str(new) for old, new in keys.items()}
        for rows_of in found.values():
            for one in rows_of:
                for column, value in one.items():
                    if isinstance(value, UUID):
                        one[column] = keys.get(value, value)
                    elif column in ("data", "payload", "lane"):
                        one[column] = KEY.sub(lambda hit: texts.get(hit[0], hit[0]), value)
        return found


class _Play:
    """What is to happen on one case."""

    def __init__(self, course: Course, plan: Plan, pick: random.Random) -> None:
        self.course = course
        self.plan = plan
        self.pick = pick
        self.has_plans = course.closed_at is None and pick.random() < PLANNED
        self.queue: list[_Next] = []
        self.by_hand = {one.what for one in course.told or ()}
        self._places = count()

    def add(self, told: Happening, meets: Any = None) -> None:
        """Let something happen when its time comes."""
        heapq.heappush(self.queue, _Next(told.at, next(self._places), told, meets))

    def plan_answer(self, row: Any) -> None:
        """Plan what is done about a deadline."""
        found = answer(row, self.pick)
        if found is None or found.what in self.by_hand:
            return
        data = said(found.what, row, found.at, self.pick)
        if row.subject_id is not None:
            data |= {"klage": str(row.subject_id)}
        actor = self.course.responsible.key
        key = self.plan.uuid("svar", f"{self.course.number}-{next(self._places)}")
        self.add(Happening(key, found.what, found.at, actor, row.underretning_id, data), row)
