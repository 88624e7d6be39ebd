"""The unit around a made-up caseworker: what comes in and nobody has taken, colleagues, absences.

Three come in on a working day and one on others. Nobody has them for some hours or some days; then
one of four colleagues takes and assesses each, and is done with the rest a week later. Two of them
are away for some weeks of the year, and the caseworker is their substitute.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.hverdage import Profile, is_hverdag
from dubu_plugin.store.min_dag import fravaer
from dubu_plugin.store.tables import aktivitetsplaner, frister, underretninger
from dubu_plugin.testing.fake_ports import ANDERS, FIE, HENRIK, KAREN, METTE
from dubu_plugin.testing.town import Town

UNIT: Final = "modtagelse"
"""The caseworker's own unit."""
COLLEAGUES: Final = (METTE, ANDERS, HENRIK, FIE)
AWAY: Final = {METTE: (4, 22, 34), ANDERS: (10, 30, 44)}
"""The weeks of the year in which each is away."""
OPEN_FOR: Final = timedelta(days=7)
TAKEN_AFTER: Final = (0, 0, 1, 1, 2, 3, 5)
"""Days until somebody takes it."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came in, when it is taken and when all of it is done."""

    underretning: UUID
    taken: date
    done: date


class Around:
    """The unit."""

    def __init__(self, town: Town, first: date, seed: int = 7) -> None:
        self.town = town
        self.pick = random.Random(seed)
        self.number = 0
        self.waiting: list[Came] = []
        self.running: list[Came] = []
        with town.product.store.write(actor=KAREN, now=town.now) as work:
            for colleague, week in self._weeks():
                begins = first + timedelta(days=7 * week)
                fravaer.add(work, colleague, begins, begins + timedelta(days=6), KAREN)

    def day(self, now: datetime, day: date) -> None:
        """Let a day of the others happen."""
        for _ in range(3 if is_hverdag(day, Profile.DUTY) else 1):
            self._comes(now - timedelta(minutes=self.pick.randrange(1, 1_000)), day)
        taken = [one for one in self.waiting if one.taken <= day]
        done = [one for one in self.running if one.done <= day]
        self.waiting = [one for one in self.waiting if one.taken > day]
        self.running = [one for one in self.running if one.done > day] + taken
        with self.town.product.store.write(actor=METTE, now=now) as work:
            for one in taken:
                who = self.pick.choice(COLLEAGUES)
                for table, key in (
                    (underretninger, underretninger.c.id),
                    (frister, frister.c.underretning_id),
                    (aktivitetsplaner, aktivitetsplaner.c.underretning_id),
                ):
                    taking = sa.update(table).where(key == one.underretning)
                    work.connection.execute(taking.values(responsible=who))
            assessed = sa.update(frister).where(
                frister.c.underretning_id.in_([one.underretning for one in taken]),
                frister.c.rule == "UND-24T",
            )
            work.connection.execute(assessed.values(state="opfyldt"))
            keys = [one.underretning for one in done]
            for table in (frister, aktivitetsplaner):
                over = sa.update(table).where(table.c.underretning_id.in_(keys))
                work.connection.execute(over.values(state="bortfaldet"))

    def _weeks(self) -> Iterator[tuple[str, int]]:
        for colleague, weeks in AWAY.items():
            for week in weeks:
                yield colleague, week

    def _comes(self, at: datetime, day: date) -> None:
        self.number += 1
        born = date(2026 - self.pick.randint(1, 16), self.pick.randint(1, 12), 5)
        child = self.town.person(f"Demo{self.number:04} Prøvesen", born=born)
        found = self.town.underretning(
            "Test", child=child, unit=UNIT, responsible=None, received_at=at
        )
        taken = day + timedelta(days=self.pick.choice(TAKEN_AFTER))
        self.waiting.append(Came(found, taken, taken + OPEN_FOR))
