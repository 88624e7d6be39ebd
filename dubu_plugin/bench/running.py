"""Making a municipality, and starting to serve it."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from dubu_plugin.bench.figures import Figures, spread
from dubu_plugin.bench.ground import Ground, made
from dubu_plugin.bench.serving import serving
from dubu_plugin.demo.making import Bars

STARTS: Final = 5
MEGA: Final = 1024 * 1024

Tick = Callable[[int], None]


def start(ground: Ground, tick: Tick) -> Figures:
    """Measure from the command to the first whole page, after one that is not counted.

    So the disk cache is warm, and the modules are compiled as an installed product's are.
    """
    took = []
    for _ in range(1 + STARTS):
        with serving(ground.demo.config) as server:
            took.append(server.started_ms)
        tick(1)
    return {**spread(took[1:]), "starts": STARTS}


def generate(ground: Ground, bars: Bars) -> Figures:
    """Measure making the municipality anew, beside the one that is kept."""
    kept = ground.demo.folder
    with tempfile.TemporaryDirectory(prefix="ny-", dir=kept.parent) as folder:
        demo, seconds = made(Path(folder), ground.demo.size, bars)
        sizes = {
            f"{name}_mb": round((demo.folder / f"{name}.sqlite").stat().st_size / MEGA, 1)
            for name in ("dubu", "journal")
        }
    return {"seconds": round(seconds, 1), **sizes}
