"""Rows read out of a TOML file, strictly: a slip is told with file, line and reason.

Deadline rules and activity plans are both such files: tables of rows, each checked by a model.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from dubu_plugin.errors import ConfigurationError

Way = Sequence[str | int]

FEW: Final = 12
"""So many words are listed where one of them is meant."""
NEAREST: Final = 3


class RowError(ConfigurationError):
    """A file does not say what it should."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file}, linje {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}, linje {self.line}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A row that is right by itself, and where it stands."""

    table: str
    row: BaseModel
    place: Place


def rows(
    file: Path, tables: Mapping[str, type[BaseModel]], error: type[RowError]
) -> Iterator[Placed]:
    """Yield the rows of every table a file may have, checked one by one.

    :param tables: the names that may stand in ``[[…]]``, and what a row of each must be.
    :param error: what is raised.
    :raises RowError: the file cannot be read, or says something no row can say.
    """
    known = " eller ".join(f"[[{name}]]" for name in tables)
    text = _text(file, error)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as slip:
        raise error(file, _told_line(str(slip), text), f"filen er ikke TOML: {slip}") from None
    for name in content:
        if name not in tables:
            raise error(file, line_of(text, "", 0, (name,)), f"»{name}« kendes ikke; brug {known}")
    lines = text.splitlines()
    for table, model in tables.items():
        found = content.get(table, [])
        if not isinstance(found, list):
            where = line_of(text, "", 0, (table,))
            raise error(file, where, f"skriv [[{table}]] med to klammer")
        heads = [at for at, line in enumerate(lines, 1) if line.strip() == f"[[{table}]]"]
        for number, row in enumerate(found):
            try:
                checked = model.model_validate(row)
            except ValidationError as slip:
                first = slip.errors()[0]
                where = line_of(text, table, number, first["loc"])
                raise error(file, where, reason(first)) from None
            # A row written in another way, as an inline table, stands on the first line.
            yield Placed(table, checked, Place(file, heads[number] if number < len(heads) else 1))


def reason(error: Any) -> str:
    """Return in Danish what is wrong with one value, as pydantic found it."""
    names = [part for part in error["loc"] if isinstance(part, str)]
    name = names[1] if len(names) > 1 and isinstance(error["loc"][1], int) else "".join(names[:1])
    match error["type"]:
        case "missing":
            return f"»{name}« mangler"
        case "extra_forbidden":
            return f"»{name}« kendes ikke"
        case "enum":
            known = error["ctx"]["expected"]
            return f"»{name}« kender ikke {error['input']!r}; {_brug(known, error['input'])}"
        case "value_error":
            return f"»{name}«: {error['ctx']['error']}" if name else str(error["ctx"]["error"])
        case _:
            return f"»{name}«: {error['msg']}"


def _brug(expected: str, given: object) -> str:
    """Return what can be written instead: all of a few words, of many the three nearest."""
    known = re.findall(r"'([^']*)'", expected)
    if len(known) <= FEW:
        return f"brug {expected.replace(' or ', ' eller ')}"
    near = get_close_matches(str(given), known, NEAREST, 0.0)
    return "mente du " + " eller ".join(f"»{one}«" for one in near) + "?"


def line_of(text: str, table: str, number: int, inside: Way) -> int:
    """Return the line a name stands on in the table's row of this number, else the row's own.

    :param inside: the way to the name as pydantic says it: ``("title",)`` in the row itself,
        ``("trin", 2, "role")`` in its third ``[[table.trin]]``.
    """
    lines = text.splitlines()
    start, rest = _header(lines, table, number, 0) or 0, inside
    if len(inside) > 1 and isinstance(inside[1], int):
        inner = _header(lines, f"{table}.{inside[0]}", inside[1], start)
        start, rest = (start, inside) if inner is None else (inner, inside[2:])
    name = str(rest[0]) if rest else ""
    for at, line in enumerate(lines[start:], start):
        if name and re.match(rf"\s*\[*{re.escape(name)}\b", line):
            return at + 1
        if table and at > start and line.lstrip().startswith("[["):
            break
    return start + 1


def inner_line(place: Place, table: str, number: int) -> int:
    """Return the line of the inner row of this number, such as a plan's third ``[[plan.trin]]``."""
    lines = place.file.read_text(encoding="utf-8").splitlines()
    found = _header(lines, table, number, place.line - 1)
    return place.line if found is None else found + 1


def _header(lines: Sequence[str], table: str, number: int, after: int) -> int | None:
    starts = [at for at, line in enumerate(lines) if at >= after and line.strip() == f"[[{table}]]"]
    return starts[number] if number < len(starts) else None


def _text(file: Path, error: type[RowError]) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as slip:
        before = slip.object[: slip.start].count(b"\n")
        raise error(file, before + 1, "filen er ikke UTF-8; gem den som UTF-8") from None


def _told_line(message: str, text: str) -> int:
    found = re.search(r"line ([0-9]+)", message)
    return int(found[1]) if found else len(text.splitlines())
