"""Rules read out of a file, strictly: a slip is told with file, line and reason."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from dubu_plugin.domain.haendelser import FACTS, Haendelse
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.frister.counting import Length
from dubu_plugin.frister.rule import Rule, Subject, Value

TABLE = "frist"


class RuleError(ConfigurationError):
    """A rule file does not say what it should."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file}, linje {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}, linje {self.line}"


def _one_or_more(given: object) -> object:
    """Let a condition name one value or a list of them."""
    if not isinstance(given, dict):
        return given
    return {
        name: frozenset(value if isinstance(value, list) else [value])
        for name, value in given.items()
    }


def _length(given: object) -> object:
    return Length.parse(given) if isinstance(given, str) else given


Span = Annotated[Length, BeforeValidator(_length)]
Conditions = Annotated[Mapping[str, frozenset[Value]], BeforeValidator(_one_or_more)]


class Row(BaseModel):
    """A rule as a file has it. The names are those of `Rule`."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    code: str = Field(pattern=r"^[A-ZÆØÅ0-9-]{2,16}$")
    title: str = Field(min_length=1, max_length=80)
    duty: str = Field(min_length=1)
    law: str = Field(min_length=1)
    section: str = Field(pattern=r"^§§? .+")
    in_force_from: date
    in_force_to: date | None = None
    subject: Subject = Subject.UNDERRETNING
    opens_on: frozenset[Haendelse] = frozenset()
    when: Conditions = {}
    met_by: frozenset[Haendelse] = frozenset()
    annulled_by: frozenset[Haendelse] = frozenset()
    corrected_by: frozenset[Haendelse] = frozenset()
    length: Span | None = None
    profile: Profile = Profile.DUTY
    warn_before: Span | None = None
    bundle: str = Field(pattern=r"^[a-z0-9_]{1,24}$")
    sel_ref: str = ""
    confidence: str = Field(min_length=1)
    note: str = ""
    on: bool = True
    off_because: str = ""

    @model_validator(mode="after")
    def _whole(self) -> "Row":
        """Refuse what is right word by word and yet makes no sense."""
        if unknown := set(self.when) - FACTS:
            known = ", ".join(sorted(FACTS))
            raise ValueError(
                f"when spørger om {', '.join(sorted(unknown))}, som ingen hændelse siger; "
                f"den kan spørge om {known}"
            )
        if self.in_force_to and self.in_force_to < self.in_force_from:
            raise ValueError("in_force_to ligger før in_force_from")
        if self.on and not (self.opens_on and self.met_by):
            raise ValueError("en regel, der er slået til, skal have både opens_on og met_by")
        if not self.on and not self.off_because:
            raise ValueError("en regel, der er slået fra, skal sige hvorfor i off_because")
        if self.warn_before and not self.length:
            raise ValueError("warn_before kræver en length at tælle tilbage fra")
        return self


def read(file: Path) -> Iterator[tuple[Rule, Place]]:
    """Yield the rules of a file and where they stand.

    :raises RuleError: the file cannot be read, or says something no rule can say.
    """
    text = file.read_text(encoding="utf-8")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as slip:
        raise RuleError(file, _told_line(str(slip), text), f"filen er ikke TOML: {slip}") from None
    for name in content:
        if name != TABLE:
            raise RuleError(file, _line(text, 0, name), f"»{name}« kendes ikke; brug [[{TABLE}]]")
    rows = content.get(TABLE, [])
    if not isinstance(rows, list):
        raise RuleError(file, _line(text, 0, TABLE), f"skriv [[{TABLE}]] med to klammer")
    for number, row in enumerate(rows):
        try:
            checked = Row(**row)
        except ValidationError as slip:
            first = slip.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else ""
            raise RuleError(file, _line(text, number, name), _reason(name, first)) from None
        values = {field: getattr(checked, field) for field in Row.model_fields}
        yield Rule(**values), Place(file, _line(text, number, ""))


def _reason(name: str, error: Any) -> str:
    """Return in Danish what is wrong with one value."""
    match error["type"]:
        case "missing":
            return f"»{name}« mangler"
        case "extra_forbidden":
            return f"»{name}« kendes ikke"
        case "enum":
            return f"»{name}« kender ikke {error['input']!r}; brug {error['ctx']['expected']}"
        case "value_error":
            return f"»{name}«: {error['ctx']['error']}" if name else str(error["ctx"]["error"])
        case _:
            return f"»{name}«: {error['msg']}"


def _line(text: str, number: int, name: str) -> int:
    """Return the line a name stands on in the file's rule of this number, else the rule's own."""
    starts = [at for at, line in enumerate(text.splitlines()) if line.strip() == f"[[{TABLE}]]"]
    start = starts[number] if number < len(starts) else 0
    for at, line in enumerate(text.splitlines()[start:], start):
        if name and re.match(rf"\s*\[*{re.escape(name)}\b", line):
            return at + 1
        if at > start and line.strip() == f"[[{TABLE}]]":
            break
    return start + 1


def _told_line(message: str, text: str) -> int:
    found = re.search(r"line ([0-9]+)", message)
    return int(found[1]) if found else len(text.splitlines())
