"""Much at once into a database that is thrown away afterwards: what has long been stored."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.demo.filling import hurried
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.rule import Kind, Severity
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import aktiviteter, aktivitetsplaner, frister, sager

SEED: Final = 13
STEPS: Final = 10
"""Activities of a plan."""
DONE: Final = 4
"""Of these, done in a plan that runs."""
RUNNING: Final = 2
"""Plans that run on an open case; all others are done."""
DEADLINES: Final = 3
"""Closed deadlines to a plan."""
AT_ONCE: Final = 1_000
RULES: Final = ("OPF-N", "TILSYN-2", "BFU-4M", "UND-24T")
BUNDLES: Final = ("undersoegelse", "opfoelgning", "tilsyn", "plan")


class Tick(Protocol):
    """Told how much more is in."""

    def __call__(self, count: int, /) -> None:
        """Take the number."""


@contextmanager
def bulk(url: str, *tables: sa.Table) -> Iterator[sa.Connection]:
    """Give a connection that fills tables fast: their indexes are made when all is in."""
    indexes = sorted((index for table in tables for index in table.indexes), key=_name)
    with hurried(url) as connection:
        for index in indexes:
            index.drop(connection)
        yield connection
        for index in indexes:
            index.create(connection)


def _name(index: sa.Index) -> str:
    return str(index.name)


def store_activities(url: str, number: int, tick: Tick) -> int:
    """Store this many activities, ten to a plan, and three closed deadlines to each plan.

    Two plans run on every open case, as far as the number reaches; the rest are done, and spread
    over all cases. Return how many closed deadlines there are more.
    """
    pick = random.Random(SEED)
    with bulk(url, aktivitetsplaner, aktiviteter, frister) as connection:
        cases = connection.execute(
            sa.select(
                sager.c.id, sager.c.child_id, sager.c.phase, sager.c.responsible, sager.c.unit
            ).order_by(sager.c.phase == CLOSED, sager.c.id)
        ).all()
        plans = -(-number // STEPS)
        for start in range(0, plans, AT_ONCE):
            some = range(start, min(start + AT_ONCE, plans))
            made = [_plan(cases[one % len(cases)], one // len(cases), pick) for one in some]
            _insert(connection, made)
            tick(len(made) * STEPS)
    return plans * DEADLINES


Made = tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]
"""A plan, its activities, and the deadlines of its time."""


def _plan(case: sa.Row[*tuple[Any, ...]], turn: int, pick: random.Random) -> Made:
    running = case.phase != CLOSED and turn < RUNNING
    number = _key(pick)
    began = datetime(2026, 10, 1, 8, tzinfo=UTC) - timedelta(days=pick.randrange(1_500))
    if running:
        began = datetime(2026, 10, 1, 8, tzinfo=UTC)
    steps = [_step(number, place, running, began, pick) for place in range(STEPS)]
    after = steps[DONE] if running else None
    plan = {
        "id": number,
        "plan": "P05",
        "version": "1",
        "title": "Undersøgelse",
        "bundle": BUNDLES[turn % len(BUNDLES)],
        "sag_id": case.id,
        "person_id": case.child_id,
        "trigger_id": _key(pick),
        "started_at": began,
        "state": "i_gang" if running else "faerdig",
        "ended_at": None if running else began + timedelta(days=100),
        "responsible": case.responsible,
        "unit": case.unit,
        "done": DONE if running else STEPS,
        "total": STEPS,
        "next_id": after and after["id"],
        "due": after and after["due"],
    }
    return plan, steps, [_deadline(case, began, pick) for _ in range(DEADLINES)]


def _step(
    plan: UUID, place: int, running: bool, began: datetime, pick: random.Random
) -> dict[str, Any]:
    is_open = running and place >= DONE
    by_rule = pick.random() < 0.5
    due = began + timedelta(days=20 * place)
    return {
        "id": _key(pick),
        "plan_id": plan,
        "position": place,
        "step": f"t{place}",
        "activity": "A01",
        "title": "Tal med barnet",
        "due": None if by_rule else due,
        "frist": pick.choice(RULES) if by_rule else None,
        "role": "raadgiver",
        "optional": False,
        "lovpligtig": by_rule,
        "state": "aaben" if is_open else "udfoert",
        "ended_at": None if is_open else due,
        "moved": False,
    }


def _deadline(
    case: sa.Row[*tuple[Any, ...]], began: datetime, pick: random.Random
) -> dict[str, Any]:
    due = began + timedelta(days=90)
    return {
        "id": _key(pick),
        "rule": pick.choice(RULES),
        "rule_version": date(2024, 1, 1),
        "kind": Kind.FRIST,
        "severity": Severity.LOV,
        "sag_id": case.id,
        "person_id": case.child_id,
        "anchor_id": _key(pick),
        "anchor_at": began,
        "due": due,
        "warn": due - timedelta(days=14),
        "profile": Profile.DUTY,
        "state": State.OPFYLDT,
        "ended_at": due - timedelta(days=pick.randrange(60)),
        "responsible": case.responsible,
        "unit": case.unit,
        "bundle": f"{pick.choice(BUNDLES)}:{case.child_id}",
    }


def _insert(connection: sa.Connection, made: Sequence[Made]) -> None:
    connection.execute(sa.insert(aktivitetsplaner), [plan for plan, _, _ in made])
    connection.execute(sa.insert(aktiviteter), [step for _, steps, _ in made for step in steps])
    connection.execute(sa.insert(frister), [row for _, _, rows in made for row in rows])


def _key(pick: random.Random) -> UUID:
    return UUID(int=pick.getrandbits(128), version=4)
