"""Filling our own database when it is new: rows in bulk, and one whole chain of hændelser.

The chain follows time over all cases, so what happened is put aside case by case in a file of its
own and fetched back in order: memory does not grow with what is made.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.demo import rows
from dubu_plugin.demo.dwellers import residents
from dubu_plugin.demo.history import Happening, happenings
from dubu_plugin.demo.plan import Course, Plan
from dubu_plugin.demo.playing import Stage
from dubu_plugin.demo.rows import Keys
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import tables as t
from dubu_plugin.store.canonical import canonical
from dubu_plugin.store.chain import START, Link
from dubu_plugin.store.database import engine_for
from dubu_plugin.store.deadlines import recounting

CASES_AT_ONCE: Final = 200
LINKS_AT_ONCE: Final = 5_000
HURRY: Final = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF",
                "cache_size = -256000")  # fmt: skip
"""SQLite without a net: a filling that is cut short is thrown away and begun again."""


class Aside:
    """What happened, put aside and given back in the order of time."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("")
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.execute(
            "CREATE TABLE aside (at REAL, id, what, actor, sag, underretning, person, data)"
        )

    def put(self, course: Course, plan: Plan, told: Iterable[Happening]) -> None:
        """Put aside what happened on a case."""
        sag = plan.uuid("sag", course.number).bytes
        person = plan.uuid("person", course.child.number).bytes
        self._file.executemany(
            "INSERT INTO aside VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    one.at.timestamp(),
                    one.id.bytes,
                    one.what.value,
                    one.actor,
                    sag,
                    one.underretning.bytes if one.underretning else None,
                    person,
                    canonical(one.data),
                )
                for one in told
            ),
        )

    def put_played(self, links: Iterable[rows.Row]) -> None:
        """Put aside what was recorded when cases were played."""
        self._file.executemany(
            "INSERT INTO aside VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    one["occurred_at"].timestamp(),
                    one["id"].bytes,
                    one["type"],
                    one["actor"],
                    *(
                        one[name].bytes if one[name] else None
                        for name in ("sag_id", "underretning_id", "person_id")
                    ),
                    one["data"],
                )
                for one in links
            ),
        )

    def chain(self) -> Iterator[dict[str, Any]]:
        """Yield the whole chain as rows."""
        previous = START
        found = self._file.execute("SELECT * FROM aside ORDER BY at, rowid")
        for seq, (at, key, what, actor, sag, underretning, person, data) in enumerate(found, 1):
            moment = datetime.fromtimestamp(at, UTC)
            link = Link(
                seq=seq,
                id=UUID(bytes=key),
                type=what,
                occurred_at=moment,
                recorded_at=moment,
                actor=actor,
                sag_id=UUID(bytes=sag),
                underretning_id=UUID(bytes=underretning) if underretning else None,
                person_id=UUID(bytes=person),
                data=data,
                previous=previous,
            )
            row = link.row()
            previous = row["hash"]
            yield row

    def close(self) -> None:
        """Throw it away."""
        self._file.close()


def fill(
    url: str,
    plan: Plan,
    rules: RuleBook,
    plans: PlanBook,
    *,
    person_key: Keys,
    case_key: Keys,
    original: str,
    progress: Callable[[int], None],
) -> None:
    """Fill a new database with a municipality.

    :param original: the sha256 of the file that stands for every made-up original.
    :param progress: told how many more cases are in.
    """
    people = _people(plan, person_key)
    stage = Stage(rules, plans, plan, people[t.personer])
    with closing(stage), closing(Aside()) as aside, hurried(url) as connection:
        _insert(connection, people)
        _insert(connection, {t.fravaer: list(rows.of_absences(plan))})
        courses = plan.cases()
        while few := list(islice(courses, CASES_AT_ONCE)):
            made: dict[sa.Table, list[rows.Row]] = defaultdict(list)
            cases = [(course, happenings(course, plan)) for course in few]
            for course in few:
                for table, row in _of_case(course, plan, person_key, case_key, original):
                    made[table].append(row)
            for course, silent in stage.play(cases, made):
                aside.put(course, plan, silent)
            for table, played in stage.taken(f"{few[0].number}").items():
                if table is t.haendelser:
                    aside.put_played(played)
                else:
                    made[table] += played
            _insert(connection, made)
            progress(len(few))
        _chain(connection, aside)
        recounting.remember(connection, rules, plan.now)


def _of_case(
    course: Course, plan: Plan, person_key: Keys, case_key: Keys, original: str
) -> rows.Rows:
    yield from rows.of_people(list(course.family), plan, person_key)
    yield from rows.of_case(course, plan, case_key(course.number))
    for incoming in course.underretninger:
        yield from rows.of_underretning(incoming, course, plan, original)


def _people(plan: Plan, person_key: Keys) -> Mapping[sa.Table, list[rows.Row]]:
    """Return those who work here, and those who live here and are known by name."""
    known = list(residents(plan.known))
    numbers = {one.cpr: one.number for one in known}
    made: dict[sa.Table, list[rows.Row]] = defaultdict(list)
    for unit in plan.organisation.units:
        made[t.units].append(
            {
                "key": unit.key,
                "title": unit.title,
                "parent": unit.parent,
                "phone": unit.phone,
                "acute_phone": unit.acute_phone,
            }
        )
    for one in plan.organisation.staff:
        person = numbers[Cpr.parse(one.cpr)] if one.cpr else None
        made[t.employees].append(
            {
                "key": one.key,
                "login": one.key,
                "name": one.name,
                "title": one.title,
                "unit": one.unit,
                "roles": ",".join(one.roles),
                "person_key": person_key(person) if person else None,
                "active": True,
                "seen_at": plan.now,
            }
        )
    for table, row in rows.of_people(known, plan, person_key):
        made[table].append(row)
    for table, row in rows.of_conflicts(known, plan):
        made[table].append(row)
    return made


def _chain(connection: sa.Connection, aside: Aside) -> None:
    some: list[dict[str, Any]] = []
    last: Mapping[str, Any] = {"seq": 0, "hash": START}
    for last in aside.chain():
        some.append(dict(last))
        if len(some) == LINKS_AT_ONCE:
            connection.execute(sa.insert(t.haendelser), some)
            some.clear()
    _insert(connection, {t.haendelser: some})
    head = {"seq": last["seq"], "hash": last["hash"]}
    connection.execute(sa.update(t.chain_head).where(t.chain_head.c.id == 1).values(head))


def _insert(connection: sa.Connection, made: Mapping[sa.Table, list[rows.Row]]) -> None:
    """Insert rows, those that are pointed at first."""
    for table in t.metadata.sorted_tables:
        if made.get(table):
            connection.execute(sa.insert(table), made[table])


@contextmanager
def hurried(url: str) -> Iterator[sa.Connection]:
    """Give a connection in one transaction; on SQLite, one that forces nothing to the disk."""
    engine = engine_for(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _hurry)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _hurry(connection: Any, _record: Any) -> None:
    for choice in HURRY:
        connection.execute(f"PRAGMA {choice}")
