"""Rules read out of a file, strictly: a slip is told with file, line and reason."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dubu_plugin.domain.haendelser import FACTS, Haendelse
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.counting import Length
from dubu_plugin.frister.rowfile import Place, RowError, rows
from dubu_plugin.frister.rule import Rule, Subject, Value

TABLE = "frist"


class RuleError(RowError):
    """A rule file does not say what it should."""


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
        if unknown := set(self.when) - set(FACTS):
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
    for found in rows(file, {TABLE: Row}, RuleError):
        values = {field: getattr(found.row, field) for field in Row.model_fields}
        yield Rule(**values), found.place
