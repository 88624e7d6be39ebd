"""Rows read out of a TOML file, strictly: a slip is told with file, line and reason.

Deadline rules and activity plans are both such files: tables of rows, each checked by a model.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.indsatser import UNSURE
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.toml_slips import at_line, instead, not_allowed, not_toml

Way = Sequence[str | int]
CODE: Final = re.compile(r"</?[A-Za-z!][^<>]*>|[\x00-\x08\x0b-\x1f\x7f]")
"""A mark-up, or a sign that cannot be seen."""
SHORT: Final = 40
"""A text is repeated where something is wrong with it, if it has no more signs."""
HAENDELSER: Final = "se, hvad der kan stå, med »dubu frister haendelser«"


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
    yield from _read(file, _text(file, error), tables, error)


def _read(
    file: Path, text: str, tables: Mapping[str, type[BaseModel]], error: type[RowError]
) -> Iterator[Placed]:
    known = " eller ".join(f"[[{name}]]" for name in tables)
    content = _content(file, text, error)
    for name in content:
        if name not in tables:
            where = line_of(text, "", 0, (name,))
            raise error(file, where, f"»{name}« kendes ikke her; skriv det under {known}")
    lines = text.splitlines()
    for table, model in tables.items():
        found = content.get(table, [])
        if not isinstance(found, list):
            where = line_of(text, "", 0, (table,))
            raise error(file, where, f"skriv [[{table}]] med to klammer")
        heads = [at for at, line in enumerate(lines, 1) if line.strip() == f"[[{table}]]"]
        for number, row in enumerate(found):
            for way, said in _coded(row):
                raise error(file, line_of(text, table, number, way), said)
            try:
                checked = model.model_validate(row)
            except ValidationError as slip:
                first = slip.errors()[0]
                where = line_of(text, table, number, first["loc"])
                raise error(file, where, reason(first)) from None
            # A row written in another way, as an inline table, stands on the first line.
            yield Placed(table, checked, Place(file, heads[number] if number < len(heads) else 1))


def written(pattern: str, how: str) -> AfterValidator:
    """Let a text be written in one way only.

    :param pattern: what the whole of it must be.
    :param how: how that is, after its name: ``skal være …``.
    """

    def checked(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"»{text}« {how}" if len(text) <= SHORT and "\n" not in text else how)
        return text

    return AfterValidator(checked)


Title = Annotated[
    str,
    Field(min_length=1, max_length=80),
    written(r"\S([^\n]*\S)?", "skal stå på én linje, uden mellemrum først og sidst"),
]
"""What people read on a line."""
Code = Annotated[
    str,
    written(
        r"[a-z][a-z0-9_]{1,39}",
        "skal være små bogstaver a-z, tal og _, fx »vores_metode«; 2 til 40 tegn",
    ),
]
"""What a file calls a thing."""
Sureness = Annotated[
    str,
    Field(max_length=300),
    written(
        rf"(?s)sikker|{UNSURE}: .+",
        f"skal være »sikker« eller »{UNSURE}: « og det, der er tvivl om",
    ),
]
"""How well a row is known."""
Bundle = Annotated[
    str, written(r"[a-z0-9_]{1,24}", "skal være små bogstaver a-z, tal og _, højst 24 tegn")
]
"""A word what is shown together has in common."""


def reason(error: Any) -> str:
    """Return in Danish what is wrong with one value, as pydantic found it."""
    names = [part for part in error["loc"] if isinstance(part, str)]
    name = names[1] if len(names) > 1 and isinstance(error["loc"][1], int) else "".join(names[:1])
    match error["type"]:
        case "missing" | "extra_forbidden":
            return f"»{name}« {not_allowed(error)}"
        case "enum":
            known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
            given = error["input"]
            if not isinstance(given, str):
                return f"»{name}« skal være en tekst i anførselstegn; {instead(known, '')}"
            where = HAENDELSER if known[0] in set(Haendelse) else ""
            return f"»{name}« kender ikke »{given}«; {instead(known, given, where)}"
        case "value_error":
            return f"»{name}«: {error['ctx']['error']}" if name else str(error["ctx"]["error"])
        case "string_too_long":
            return f"»{name}« {not_allowed(error)}; der er {len(error['input'])}"
        case _:
            return f"»{name}« {not_allowed(error)}"


def _coded(given: object, inside: tuple[str | int, ...] = ()) -> Iterator[tuple[Way, str]]:
    """Yield what a page or a letter would show as something else than the words it is, and why."""
    parts: Iterable[tuple[str | int, object]] = ()
    if isinstance(given, dict):
        parts = given.items()
    elif isinstance(given, list):
        parts = enumerate(given)
    if isinstance(given, str) and (found := CODE.search(given)):
        what = f"koden »{found[0]}«" if found[0].isprintable() else "et tegn, der ikke kan ses"
        name = [one for one in inside if isinstance(one, str)][-1]
        yield inside, f"»{name}« har {what}; skriv det som almindelig tekst"
    for at, value in parts:
        yield from _coded(value, (*inside, at))


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
        return file.read_text(encoding="utf-8-sig")  # some editors put a mark before UTF-8
    except UnicodeDecodeError as slip:
        before = slip.object[: slip.start].count(b"\n")
        raise error(file, before + 1, "filen er ikke UTF-8; gem den som UTF-8") from None


def _content(file: Path, text: str, error: type[RowError]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as slip:
        line = at_line(slip) or len(text.splitlines())
        raise error(file, max(line, 1), not_toml(slip)) from None
    except (RecursionError, ValueError):  # a number of thousands of digits, lists in lists in lists
        raise error(
            file, 1, "filen kan ikke læses: et tal eller en liste er alt for lang"
        ) from None
