"""The rule files of one installation, looked at again and again while it serves."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dubu_plugin.errors import ConfigurationError
from dubu_plugin.frister.rulebook import RuleBook

Stamp = Mapping[Path, tuple[int, int]]


class RuleFiles:
    """The folders, and how they were when they were last read."""

    def __init__(self, folders: Sequence[Path], load: Callable[[], RuleBook]) -> None:
        """:param load: reads the folders as the installation does, switches and all."""
        self._folders = folders
        self._load = load
        self._seen = self._stamp()
        self.wrong: ConfigurationError | None = None
        """What is wrong with the files as they are; the rules in use are those from before."""

    def changed(self) -> RuleBook | None:
        """Return the rules where the files have changed since they were last looked at, else None.

        :raises ConfigurationError: they have, and cannot be used as they are. Told once a change.
        """
        stamp = self._stamp()
        if stamp == self._seen:
            return None
        self._seen = stamp
        try:
            book = self._load()
        except ConfigurationError as slip:
            self.wrong = slip
            raise
        self.wrong = None
        return book

    def _stamp(self) -> Stamp:
        """Return when each file was written, and how long it is."""
        found = {}
        for folder in self._folders:
            for file in sorted(folder.glob("*.toml")):
                try:
                    status = file.stat()
                except FileNotFoundError:
                    continue  # removed in between: it is not there
                found[file] = (status.st_mtime_ns, status.st_size)
        return found
