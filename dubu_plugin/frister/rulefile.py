"""Rules read out of a file, strictly: a slip is told with file, line and reason."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.counting import Length
from dubu_plugin.frister.reaction import Value
from dubu_plugin.frister.rowfile import Bundle, Place, RowError, Title, rows, written
from dubu_plugin.frister.rule import Kind, Rule, Severity, Subject, Transition
from dubu_plugin.frister.rulesense import slips

TABLE = "frist"
CODE = "skal være 2 til 16 store bogstaver, tal og bindestreger, fx »VORES-1«"


class RuleError(RowError):
    """A rule file does not say what it should."""


def _one_or_more(given: object) -> object:
    """Let a condition name one value or a list of them."""
    if not isinstance(given, dict):
        return given
    said = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    for name, values in said.items():
        if any(isinstance(value, list | dict) for value in values):
            raise ValueError(f"{name} skal være en værdi eller en liste af værdier")
    return {name: frozenset(values) for name, values in said.items()}


def _length(given: object) -> object:
    return given if isinstance(given, Length) else Length.parse(str(given))


Span = Annotated[Length, BeforeValidator(_length)]
Conditions = Annotated[Mapping[str, frozenset[Value]], BeforeValidator(_one_or_more)]


def _ages(given: object) -> object:
    if not isinstance(given, str):
        return given
    found = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", given)
    if not found or int(found[1]) > int(found[2]):
        raise ValueError("skriv den yngste og den ældste alder, fx »0-17«")
    return int(found[1]), int(found[2])


def _dates(given: object) -> object:
    """Let a rule name one date of the year or a list of them."""
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list):
        return given
    try:
        days = [date.fromisoformat(f"2001-{text}") for text in texts]
    except ValueError:
        raise ValueError("skriv måned og dag, fx »04-15«") from None
    return frozenset((day.month, day.day) for day in days)


Ages = Annotated[tuple[int, int], BeforeValidator(_ages)]
Dates = Annotated[frozenset[tuple[int, int]], BeforeValidator(_dates)]


OTHER_LAW: Final = re.compile(r"(?:SEL|RSL|FVL|OL|LUK|GDPR|BEK \d+/\d+)\b")
"""How `law` begins where the paragraph is not barnets lov's. The municipality's own says none."""


class Row(BaseModel):
    """A rule as a file has it. The names are those of `Rule`."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    code: Annotated[str, written(r"[A-ZÆØÅ0-9-]{2,16}", CODE)]
    area: str = Field(min_length=1, max_length=40)
    title: Title
    duty: str = Field(min_length=1)
    law: str = Field(min_length=1)
    section: Annotated[
        str, written(r"(§§?|art\.)\s.+", "skal begynde med § eller art., fx »§ 155«")
    ]
    in_force_from: date
    in_force_to: date | None = None
    transition: Transition = Transition.BESTAAR
    kind: Kind = Kind.FRIST
    severity: Severity = Severity.LOV
    subject: Subject = Subject.UNDERRETNING
    opens_on: frozenset[Haendelse] = frozenset()
    when: Conditions = {}
    unless: Mapping[Haendelse, Conditions] = {}
    ages: Ages | None = None
    of_born: bool = False
    met_by: frozenset[Haendelse] = frozenset()
    annulled_by: frozenset[Haendelse] = frozenset()
    lapses_with: frozenset[Haendelse] = frozenset()
    while_running: bool = False
    corrected_by: frozenset[Haendelse] = frozenset()
    moved_up_by: frozenset[Haendelse] = frozenset()
    put_off_by: frozenset[Haendelse] = frozenset()
    paused_by: frozenset[Haendelse] = frozenset()
    resumed_by: frozenset[Haendelse] = frozenset()
    least_left: Span | None = None
    recurs: bool = False
    each: bool = False
    covers: Span | None = None
    met_when: Mapping[Haendelse, Conditions] = {}
    met_on_case: Mapping[Haendelse, Conditions] = {}
    met_until: frozenset[Haendelse] = frozenset()
    length: Span | None = None
    age: int | None = Field(default=None, ge=0, le=120)
    before: Span | None = None
    from_fact: str = ""
    from_fact_required: bool = False
    due_fact: str = ""
    due_fact_required: bool = False
    due_fact_at_most: Span | None = None
    on_date: Dates = frozenset()
    month_end: bool = False
    on_receipt: bool = False
    profile: Profile = Profile.DUTY
    warn_before: Span | None = None
    bundle: Bundle
    consequence: str = ""
    sel_ref: str = ""
    confidence: str = Field(min_length=1)
    note: str = ""
    on: bool = True
    off_because: str = ""

    @model_validator(mode="after")
    def _whole(self) -> "Row":
        """Refuse what is right word by word and yet makes no sense."""
        for reason in slips(self):
            raise ValueError(reason)
        return self


def _shown(law: str, section: str) -> str:
    """Return the paragraph as people read it: barnets lov's alone, another law's with the law."""
    other = OTHER_LAW.match(law)
    return f"{other.group()} {section}" if other else section


def read(file: Path) -> Iterator[tuple[Rule, Place]]:
    """Yield the rules of a file and where they stand.

    :raises RuleError: the file cannot be read, or says something no rule can say.
    """
    for found in rows(file, {TABLE: Row}, RuleError):
        values = {field: getattr(found.row, field) for field in Row.model_fields}
        values["section"] = _shown(values["law"], values["section"])
        yield Rule(**values), found.place
