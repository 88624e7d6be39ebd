"""The made-up municipalities to measure on: made once, kept in a folder, never changed."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dubu_plugin.demo import making
from dubu_plugin.demo.making import Bars, Demo
from dubu_plugin.demo.sizes import SIZES, SizeName
from dubu_plugin.settings import Settings

FOLDER: Final = Path(".bench")


@dataclass(frozen=True, slots=True)
class Ground:
    """A municipality to measure on."""

    demo: Demo

    @property
    def settings(self) -> Settings:
        """Its settings."""
        return Settings.from_file(self.demo.config)

    @property
    def sizes(self) -> dict[str, int]:
        """How much there is in it."""
        return sizes_of(self.demo.size)

    @contextmanager
    def copy(self) -> Iterator["Ground"]:
        """Give a copy that may be written to, and throw it away afterwards."""
        with tempfile.TemporaryDirectory(prefix="kopi-", dir=self.demo.folder.parent) as folder:
            copied = Path(folder) / self.demo.folder.name
            shutil.copytree(self.demo.folder, copied)
            os.sync()  # else the disk is still busy with the copy while we measure
            yield Ground(Demo(copied, self.demo.size, self.demo.seed, self.demo.made_at))


def sizes_of(name: SizeName) -> dict[str, int]:
    """Return how much there is in a municipality of a size."""
    size = SIZES[name]
    return {
        "open_cases": size.open_cases,
        "closed_cases": size.closed_cases,
        "documents": size.documents,
        "notes": size.notes,
        "haendelser": size.haendelser,
        "users": size.users,
    }


def ground(folder: Path, size: SizeName, bars: Bars) -> Ground:
    """Return the municipality of a size, made now where it has not been made before."""
    there = making.found(folder / size)
    return Ground(there or made(folder, size, bars)[0])


def made(folder: Path, size: SizeName, bars: Bars) -> tuple[Demo, float]:
    """Make a municipality, and return it with how many seconds that took."""
    began = time.perf_counter()
    whole = SIZES[size]
    demo = making.make(folder / size, whole, now=datetime.now(UTC), port=8080, bars=bars)
    return demo, time.perf_counter() - began
