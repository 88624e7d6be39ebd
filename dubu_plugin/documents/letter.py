"""What a letter is: a Word file with fields, and what ``letters.toml`` says of it."""

import difflib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dubu_plugin.domain.danish import unbroken
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.ports.journal_objects import Direction

Value: TypeAlias = str | bool | list[dict[str, str]]
"""What a field holds: a text, an answer, or rows of texts."""

Values: TypeAlias = Mapping[str, Value]
"""The values of a letter, by field name."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Note = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]


class Recipient(StrEnum):
    """Who a letter is for."""

    UNDERRETTER = "underretter"
    INTERN = "intern"
    """Nobody: it is a document of the case."""
    BARN = "barn"
    FORAELDER = "foraelder"
    MYNDIGHED = "myndighed"
    """Another authority, a school, a supplier."""


class Audience(StrEnum):
    """Whose language a letter is written in."""

    VOKSEN = "voksen"
    BARN = "barn"
    """10 to 14 years."""
    UNG = "ung"
    """15 to 17 years."""


class Strict(BaseModel):
    """A part of a file in which a name nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LetterRow(Strict):
    """An entry of ``letters.toml``."""

    title: Line
    legal_basis: Line
    recipient: Recipient
    audience: Audience = Audience.VOKSEN
    direction: Direction
    journal_title: Line
    journal_corrected: Line | None = None
    """What a second of it on the same underretning is called instead, before the day it is of."""
    journal_note: Note
    """The journal note that is added by itself. It holds no field: notes are read by many."""
    sent_haendelse: Haendelse | None = None
    subject: Line | None = None
    """Of the e-mail or the message the letter is sent in."""
    covering: Note = ""
    """The text of that message. Like the subject it holds no field."""
    needs: frozenset[str]


class FieldRow(Strict):
    """An entry of ``fields.toml``."""

    title: Line
    example: str | bool | list[dict[str, str]] | None = None
    lines: bool = False
    late: bool = False
    """Known only when the letter is written, so whoever orders the letter leaves it out."""

    @property
    def shown(self) -> Value:
        """The example as it stands in a letter."""
        if isinstance(self.example, str):
            return unbroken(self.example)
        return "" if self.example is None else self.example


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: its Word file, and what is declared about it."""

    code: str
    row: LetterRow
    docx: bytes = field(repr=False)
    fields: Mapping[str, FieldRow] = field(repr=False)
    """The fields it may use, by name."""

    @property
    def version(self) -> str:
        """The hash of the Word file: with the values it tells exactly what a letter said."""
        return hashlib.sha256(self.docx).hexdigest()

    @property
    def title(self) -> str:
        """What the document is called."""
        return self.row.title

    @property
    def needs(self) -> frozenset[str]:
        """The fields it needs."""
        return self.row.needs

    @property
    def late(self) -> frozenset[str]:
        """The fields that are filled in when it is written."""
        return frozenset(name for name in self.needs if self.fields[name].late)

    @property
    def is_sent(self) -> bool:
        """Whether it leaves the house."""
        return self.row.direction is Direction.OUT

    @property
    def example(self) -> dict[str, Value]:
        """Values to look at it with, of people who do not exist."""
        return {name: self.fields[name].shown for name in sorted(self.needs)}

    def filename(self, suffix: str) -> str:
        """Return what a file of it is called: never a person's name."""
        return f"{self.title}.{suffix}"

    def require(self, values: Values, *, late: bool) -> None:
        """Insist that the values are exactly those that are needed.

        :param late: whether the fields that are filled in late are among them.
        :raises ValueError: a value is missing, is too much, or is of the wrong kind. The message
            names fields and no values.
        """
        due = self.needs if late else self.needs - self.late
        if wrong := due.symmetric_difference(values):
            raise ValueError(f"{self.code}: missing or unknown fields: {', '.join(sorted(wrong))}")
        for name in sorted(due):
            if not _fits(values[name], self.fields[name]):
                raise ValueError(f"{self.code}: {name} is of the wrong kind")


def _fits(value: Any, row: FieldRow) -> bool:
    match row.example:
        case bool():
            return isinstance(value, bool)
        case list():
            return isinstance(value, list)
    return isinstance(value, str)


def known(code: str, row: LetterRow, fields: Mapping[str, FieldRow]) -> None:
    """Insist that every field a letter declares exists.

    :raises ConfigurationError: one does not; the message names the nearest that does.
    """
    for name in sorted(row.needs - set(fields)):
        near = difflib.get_close_matches(name, fields, n=1)
        hint = f" Nærmeste: {near[0]}." if near else ""
        raise ConfigurationError(f"Brevet »{code}« bruger feltet {name}, som ikke findes.{hint}")


class LetterFile(Strict):
    """The whole of a ``letters.toml``."""

    letters: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,62}$")], LetterRow]


class FieldFile(Strict):
    """The whole of a ``fields.toml``."""

    fields: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+){1,2}$")], FieldRow]
