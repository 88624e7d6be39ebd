"""Filling the host's database, in a process of its own: the two databases take about as long.

    python -m dubu_plugin.demo.host_filling dubu.toml SIZE 2026-11-03T12:00:00+00:00 2024

SIZE is a `Size` as JSON. It writes a number a line: how many more cases are in.
"""

import errno
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from dubu_plugin import plugins
from dubu_plugin.demo.host_content import HostContent
from dubu_plugin.demo.municipality import proevestrup
from dubu_plugin.demo.plan import Plan
from dubu_plugin.demo.sizes import Size
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.ports.bulk import BulkLoader
from dubu_plugin.settings import Settings
from dubu_plugin.store.failures import StorageFull, translated

NO_ROOM: Final = errno.ENOSPC
"""How the process ends when the disk is full. It says nothing: who started it does."""


class HostFilling:
    """The process, seen from the one that started it."""

    def __init__(self, process: "subprocess.Popen[str]", progress: Callable[[int], None]) -> None:
        self._process = process
        self._reader = threading.Thread(target=self._read, args=(progress,), daemon=True)
        self._reader.start()

    @classmethod
    def start(cls, config: Path, plan: Plan, progress: Callable[[int], None]) -> Self:
        """Begin.

        :param progress: told, from a thread of its own, how many more cases are in.
        """
        size = json.dumps(asdict(plan.size))
        said = [str(config), size, plan.now.isoformat(), str(plan.seed)]
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, *said], stdout=subprocess.PIPE, text=True
        )
        return cls(process, progress)

    def finish(self) -> None:
        """Wait until it is done.

        :raises StorageFull: the disk is full.
        :raises ConfigurationError: it came to nothing.
        """
        status = self._process.wait()
        self._reader.join()
        if status == NO_ROOM:
            raise StorageFull
        if status != 0:
            raise ConfigurationError("Journalen kunne ikke fyldes. Årsagen står ovenfor.")

    def give_up(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def _read(self, progress: Callable[[int], None]) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                progress(int(line))


def loader(settings: Settings) -> BulkLoader:
    """Return what fills the host.

    :raises ConfigurationError: this host cannot be filled.
    """
    found = plugins.bulk_loader(plugins.build(), settings)
    if found is None:
        raise ConfigurationError(
            'En demo kræver den indbyggede journal: journal_system = "journal" i dubu.toml.'
        )
    return found


def _tell(cases: int) -> None:
    sys.stdout.write(f"{cases}\n")
    sys.stdout.flush()


def main(config: str, size: str, now: str, seed: str) -> None:
    """Fill the host of an installation."""
    moment = datetime.fromisoformat(now)
    plan = Plan(Size(**json.loads(size)), proevestrup(), now=moment, seed=int(seed))
    loader(Settings.from_file(Path(config))).load(HostContent(plan), _tell)


def run(said: Sequence[str]) -> int:
    """Fill it, and return how the process ends."""
    try:
        with translated():
            main(*said)
    except StorageFull:
        return NO_ROOM
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
