"""The municipality's own folder of files: put in whole, taken out aside, seen when they change.

What is taken out is moved, never deleted, so that it can be put in again.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar
from uuid import uuid4

from dubu_plugin.errors import CaseworkError, ConfigurationError

TAKEN_OUT: Final = "fjernet"
"""The folder, in the municipality's own, where what was taken out lies."""

Loaded = TypeVar("Loaded")
Stamp = Mapping[str, tuple[int, int]]
"""By path: when a file was written, in nanoseconds, and how many bytes it has."""


class FileRefused(CaseworkError):
    """A file cannot be put in, or taken out, as things are."""

    danish = "{reason}"

    def __init__(self, reason: str) -> None:
        super().__init__("file refused")
        self.reason = reason


def stamp(folders: Iterable[Path]) -> Stamp:
    """Return when each ``*.toml`` was written, and how long it is. A folder need not be there."""
    found = {}
    for folder in folders:
        with suppress(FileNotFoundError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".toml"):
                    with suppress(FileNotFoundError):  # removed in between: it is not there
                        status = entry.stat()
                        found[entry.path] = (status.st_mtime_ns, status.st_size)
    return found


def toml_files(folder: Path, *, without: Collection[Path] = ()) -> list[Path]:
    """Return the files of a folder, or a lone file, in order.

    :param without: those that are left out.
    """
    found = [folder] if folder.is_file() else sorted(folder.glob("*.toml"))
    return [one for one in found if one not in without]


LeftOut = Mapping[Path, ConfigurationError]
"""The municipality's own files that cannot be used, and why."""


def usable(
    mine: Collection[Path], load: Callable[[Collection[Path]], Loaded]
) -> tuple[Loaded, LeftOut]:
    """Return what the files say, the municipality's own that cannot be used left out, and those.

    Somebody's slip in a file of their own must not stop the work of everybody.

    :param load: reads every file but the ones it is given.
    :raises ConfigurationError: it cannot be used without them either.
    """
    broken: dict[Path, ConfigurationError] = {}
    while True:
        try:
            return load(list(broken)), broken
        except ConfigurationError as slip:
            named: Path | None = getattr(slip, "file", None)
            if named is not None and named in mine and named not in broken:
                broken[named] = slip
                continue
            if len(broken) == len(mine):
                raise
            # Nobody says which: then none of the rest is used.
            broken |= {one: slip for one in mine if one not in broken}


def write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, also where we are killed meanwhile."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        with beside.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def name_fits(file: Path) -> None:
    """Refuse a file that would not be found again in the folder.

    :raises FileRefused: it is no ``.toml``.
    """
    if file.suffix != ".toml" or file.name.startswith("."):
        raise FileRefused(f"Giv {file.name} et navn, der ender på .toml, og prøv igen.")


def put_in(own: Path, file: Path, check: Callable[[Path], object]) -> Path:
    """Put a file in under its own name, and return where it lies.

    What it replaces is kept aside. Where it does not fit after all, all is as it was.

    :param check: refuses a file that does not fit the others; asked again where it lies.
    """
    there, content = own / file.name, file.read_bytes()
    before = there.read_bytes() if there.is_file() else None
    if before == content:
        return there
    write_whole(there, content)
    try:
        check(there)
    except Exception:
        if before is None:
            there.unlink()
        else:
            write_whole(there, before)
        raise
    if before is not None:
        write_whole(_aside(own, there.stem, before), before)
    return there


def take_out(own: Path, file: Path, name: str) -> Path:
    """Move a file aside, under a name, and return where it lies now."""
    there = _aside(own, name, file.read_bytes())
    there.parent.mkdir(exist_ok=True)
    return file.replace(there)


def _aside(own: Path, name: str, content: bytes) -> Path:
    """Return where a file with this content lies when it is taken out; another's stays."""
    there = own / TAKEN_OUT / f"{name}.toml"
    if there.is_file() and there.read_bytes() != content:
        digest = hashlib.sha256(content).hexdigest()[:8]
        there = there.with_name(f"{name}-{digest}.toml")
    return there


def own_file(own: Path, name: str, show: str) -> Path:
    """Return one of the municipality's own files by its name, with or without ``.toml``.

    :param show: the command that lists them.
    :raises FileRefused: there is none.
    """
    file = own / Path(name).name
    found = file if file.suffix == ".toml" else file.with_name(f"{file.name}.toml")
    if not found.is_file():
        raise FileRefused(
            f"Der ligger ingen {found.name} i {own}. Det, der følger med, kan ikke tages ud. "
            f"Se dem, der er, med »{show}«."
        )
    return found
