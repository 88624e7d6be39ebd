"""Deadlines under way: counting all of them again after a change, and what one hændelse costs.

On a database of its own: as many running cases as the size has, each with `EACH` open deadlines
and as many that were met. Whatever else is in a municipality's database is not read by either.
"""

import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.bench.bulk import bulk
from dubu_plugin.bench.figures import Figures, rss_mb, spread
from dubu_plugin.demo.sizes import SIZES, SizeName
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import Length
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import schema
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import State, bundle_of, recounting
from dubu_plugin.store.deadlines.replacing import by_rule
from dubu_plugin.store.tables import frister, personer, sager
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.frist.recompute import recompute

EACH: Final = 10
"""Open deadlines of a running case."""
AT_ONCE: Final = 500
HAPPENINGS: Final = 300
SEED: Final = 11
NOW: Final = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

Tick = Callable[[int], None]


def frister_recompute(size: SizeName, tick: Tick) -> Figures:
    """Measure counting every open deadline again, every rule having got a day or so more.

    In a process of its own, so that its memory is known.
    """
    with tempfile.TemporaryDirectory(prefix="dubu-frister-") as folder:
        url = _filled(Path(folder), size, tick)
        one = multiprocessing.get_context("spawn").Pool(1)
        with one:
            return one.apply(_recompute, (url,))


def reaction(size: SizeName, tick: Tick) -> Figures:
    """Measure what the rules add to the recording of a hændelse, in ms.

    What starts and ends deadlines is recorded on one case after another, with the rules and
    without any; what the second costs at the median is taken from the first.
    """
    with tempfile.TemporaryDirectory(prefix="dubu-frister-") as folder:
        store = Store.connect(_filled(Path(folder), size, tick), delivered())
        with store.read() as connection:
            cases = list(connection.execute(sa.select(sager.c.id, sager.c.child_id).limit(5_000)))
        pick = random.Random(SEED)
        took: dict[bool, list[float]] = {True: [], False: []}
        cpu: dict[bool, list[float]] = {True: [], False: []}
        whole: list[float] = []
        rules, none = store.rules, RuleBook(())
        for place in range(HAPPENINGS * 2):
            with_rules = place % 2 == 0
            store.rules = rules if with_rules else none
            inside, worked, outside = _recorded(store, pick.choice(cases), pick)
            took[with_rules].append(inside)
            cpu[with_rules].append(worked)
            if with_rules:
                whole.append(outside)
            tick(1)
        store.close()
    bare, idle = (sorted(some[False])[HAPPENINGS // 2] for some in (took, cpu))
    return {
        **spread([max(0.0, one - bare) for one in took[True]]),
        **spread([max(0.0, one - idle) for one in cpu[True]], "cpu_"),
        **spread(whole, "whole_"),
        "without_rules_p50_ms": round(bare, 2),
        "rules": len(rules.rules),
    }


def delivered() -> RuleBook:
    """Return the rules as they are delivered."""
    return RuleBook.load([Path(str(files("dubu_templates"))) / "frister"])


def _recorded(store: Store, case: Any, pick: random.Random) -> tuple[float, float, float]:
    """Return how long it took to record a hændelse, in ms: without the commit, what the processor
    worked of that, and with the commit."""
    what = pick.choice(
        [
            Haendelse.INDSATS_IVAERKSAT,
            Haendelse.OPFOELGNING_AFHOLDT,
            Haendelse.UNDERSOEGELSE_AFSLUTTET,
            Haendelse.ANBRINGELSE_IVAERKSAT,
            Haendelse.AFGOERELSE_TRUFFET,
        ]
    )
    data = {
        "indsats": str(uuid4()),
        "anbringelse": str(uuid4()),
        "afgoerelse": str(uuid4()),
        "paragraf": "32",
        "naeste_opfoelgning": "2027-03-01",
    }
    began = time.perf_counter()
    with store.write(actor=SYSTEM, now=NOW) as work:
        started, worked = time.perf_counter(), time.thread_time()
        work.happened(what, sag=case.id, person=case.child_id, data=data)
        inside, worked = time.perf_counter() - started, time.thread_time() - worked
    return inside * 1000, worked * 1000, (time.perf_counter() - began) * 1000


def _recompute(url: str) -> Figures:
    """Run in a process that has done nothing else."""
    before = delivered()
    store = Store.connect(url, RuleBook(tuple(_longer(rule) for rule in before.rules)))
    idle = _peak_mb()
    began, worked = time.perf_counter(), time.process_time()
    report = recompute(store, NOW)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    store.close()
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(worked, 1),
        "deadlines": report.seen,
        "moved": report.moved,
        "per_second": round(report.seen / seconds),
        "peak_rss_mb": _peak_mb(),
        "before_rss_mb": idle,
    }


def _peak_mb() -> float:
    # Not what `getrusage` says: a process begins there with the peak of the one that started it.
    return rss_mb(os.getpid(), peak=True)


def _longer(rule: Rule) -> Rule:
    if rule.length is None:
        return rule
    return replace(rule, length=Length(rule.length.count + 1, rule.length.unit))


def _filled(folder: Path, size: SizeName, tick: Tick) -> str:
    """Return the address of a new database with running cases and their deadlines."""
    url = f"sqlite:///{folder / 'dubu.sqlite'}"
    schema.upgrade(url)
    book = delivered()
    rules = [rule for rule in book.rules if _plain(rule)]
    pick = random.Random(SEED)
    number = SIZES[size].open_cases
    with bulk(url, personer, sager, frister) as connection:
        recounting.remember(connection, book, NOW)
        for start in range(0, number, AT_ONCE):
            some = range(start, min(start + AT_ONCE, number))
            _insert(connection, [_case(one, rules, pick) for one in some])
            tick(len(some))
    return url


def _plain(rule: Rule) -> bool:
    """Tell whether a rule is counted from the moment something happened alone."""
    return (
        rule.length is not None
        and rule.in_force(NOW.date())
        and not (rule.from_fact or rule.due_fact or rule.age is not None)
    )


def _case(number: int, rules: list[Rule], pick: random.Random) -> tuple[Any, Any, list[Any]]:
    child, sag = uuid4(), uuid4()
    person = {"id": child, "name": f"Testbarn {number}", "seen_at": NOW}
    case = {
        "id": sag,
        "title": "Testsag",
        "child_id": child,
        "area": "udsatte_boern",
        "step": "undersoegelse",
        "phase": "active",
        "responsible": f"medarbejder-{number % 900}",
        "unit": f"enhed-{number % 30}",
        "opened_at": NOW,
    }
    chosen = [pick.choice(rules) for _ in range(EACH * 2)]
    rows = list(_deadlines(case, chosen, pick))
    return person, case, rows


def _deadlines(case: Any, rules: list[Rule], pick: random.Random) -> Iterator[dict[str, Any]]:
    for place, rule in enumerate(rules):
        anchor = NOW - timedelta(seconds=pick.randrange(86_400 * 600))
        met = place >= EACH
        child: UUID = case["child_id"]
        yield {
            "id": uuid4(),
            "sag_id": case["id"],
            "person_id": child,
            "anchor_id": uuid4(),
            "anchor_at": anchor,
            "state": State.OPFYLDT if met else State.AABEN,
            "ended_at": NOW if met else None,
            "responsible": case["responsible"],
            "unit": case["unit"],
            "bundle": bundle_of(rule, child, child),
            **by_rule(rule, rule.term(anchor)),
        }


def _insert(connection: sa.Connection, made: list[tuple[Any, Any, list[Any]]]) -> None:
    connection.execute(sa.insert(personer), [person for person, _, _ in made])
    connection.execute(sa.insert(sager), [case for _, case, _ in made])
    connection.execute(sa.insert(frister), [row for _, _, rows in made for row in rows])
