"""Many people who write on the same cases at the same time: no text is lost, and nothing fails.

It runs on a copy of the municipality, with the disk forced at every step as in use.
"""

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from dubu_plugin import app
from dubu_plugin.app import Product
from dubu_plugin.bench.desks import BFU, FIELD, PLACES, cases, means
from dubu_plugin.bench.figures import Figures, spread
from dubu_plugin.bench.ground import Ground
from dubu_plugin.domain.access import Asker
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.usecases.skrift.begin import begin
from dubu_plugin.usecases.skrift.write import write

EDITORS: Final = 100
CASES: Final = 20
A_MINUTE: Final = 60.0
SEED: Final = 5

Tick = Callable[[int], None]


def many_editors(ground: Ground, tick: Tick) -> Figures:
    """Have a hundred people write in twenty cases for a minute, and insist that nothing is lost."""
    with ground.copy() as copied:
        product = app.build(copied.settings)
        found = cases(product, CASES)
        ends = time.monotonic() + A_MINUTE

        def goes_on(_count: int) -> bool:
            return time.monotonic() < ends

        done = edited(product, list(found), EDITORS, goes_on, tick)
        product.store.close()
    if done.lost or done.failed:
        raise ConfigurationError(f"{done.lost} tekster er væk, og {len(done.failed)} gik galt.")
    return {
        **spread(done.took), "saves": len(done.took), "clashes": done.clashes,
        "per_second": round(len(done.took) / A_MINUTE, 1), "editors": EDITORS, "cases": CASES,
        "lost": done.lost, "failed": len(done.failed),
    }  # fmt: skip


@dataclass
class Edited:
    """What came of many people who wrote at the same time."""

    took: list[float] = field(default_factory=list)
    """Milliseconds of each save."""
    clashes: int = 0
    lost: int = 0
    """Saves that were taken and are not in the text."""
    failed: list[str] = field(default_factory=list)


def edited(
    product: Product,
    cases: Sequence[tuple[Asker, UUID]],
    editors: int,
    goes_on: Callable[[int], bool],
    tick: Tick,
) -> Edited:
    """Have people write in the same dimensions, each save with a mark of its own.

    Whoever is told that another was first reads again and adds to what stands there. So every mark
    whose save was taken must stand in the text when all have stopped.

    :param goes_on: whether somebody who has saved so many times does so once more.
    """
    now = datetime.now(UTC)
    begun = [(who, sag, begin(sag, BFU, **means(product, who, now)).id) for who, sag in cases]
    done = Edited()
    taken: dict[tuple[UUID, str], list[str]] = {}
    guard = threading.Lock()

    def edit(number: int) -> None:
        pick = random.Random(SEED + number)
        count = 0
        while goes_on(count):
            who, sag, skrift = pick.choice(begun)
            place, mark = pick.choice(PLACES), f"[{number}.{count}]"
            count += 1
            try:
                took, clashes = _added(product, who, sag, skrift, place, mark)
            except Exception as error:
                with guard:
                    done.failed.append(type(error).__name__)
                continue
            with guard:
                done.took += took
                done.clashes += clashes
                taken.setdefault((skrift, place), []).append(mark)
            tick(1)

    writers = [threading.Thread(target=edit, args=(number,)) for number in range(editors)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with product.store.read() as connection:
        for (skrift, place), marks in taken.items():
            stands = tekster.read(connection, skrift, 1, places={place})[place, FIELD].text
            done.lost += sum(mark not in stands for mark in marks)
    return done


def _added(
    product: Product, who: Asker, sag: UUID, skrift: UUID, place: str, mark: str
) -> tuple[list[float], int]:
    """Add a mark to a text, as often as it takes; return how long each save took."""
    took: list[float] = []
    while True:
        with product.store.read() as connection:
            there = tekster.read(connection, skrift, 1, places={place}).get((place, FIELD))
        text = f"{there.text} {mark}".strip() if there else mark
        began = time.perf_counter()
        now = datetime.now(UTC)
        written = {(place, FIELD): Written(text, there.revision if there else 0)}
        saved = write(sag, skrift, written, **means(product, who, now))
        took.append((time.perf_counter() - began) * 1000)
        if not saved.clashes:
            return took, len(took) - 1
