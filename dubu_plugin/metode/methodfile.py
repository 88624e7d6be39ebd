"""A method read out of a file, strictly. See `dubu_plugin.frister.rowfile`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dubu_plugin.domain.aldersbaand import AgeBand
from dubu_plugin.frister.rowfile import Code, Place, Placed, RowError, Title, rows, written
from dubu_plugin.metode.method import FieldKind, FieldRole, Figure, MethodKind, Scope

FEWEST: Final = 3
MOST: Final = 5
"""So many questions stand beside a field: fewer are no help, and more are not read."""

About = Annotated[str, Field(min_length=1, max_length=400)]
Question = Annotated[
    str,
    Field(min_length=1, max_length=160),
    written(r"[^\n]*[?.]", "skal være en linje, der slutter med ? eller ."),
]


class MethodError(RowError):
    """A method file does not say what it should."""


class StrictRow(BaseModel):
    """A row in which a name nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MethodRow(StrictRow):
    """The method itself. The names are those of `Method`."""

    code: Code
    version: Annotated[
        str,
        written(
            r"[a-z0-9][a-z0-9.-]{0,15}",
            "skal være 1 til 16 små bogstaver, tal, punktummer og bindestreger, fx »2027-1«",
        ),
    ]
    kind: MethodKind
    title: Title
    about: About
    source: Annotated[str, Field(min_length=1)]
    confidence: Annotated[str, Field(min_length=1)]
    figure: Figure
    valid_from: date
    valid_to: date | None = None
    guidance_from: str = ""

    @model_validator(mode="after")
    def _whole(self) -> "MethodRow":
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to ligger før valid_from")
        return self


class SideRow(StrictRow):
    """A side. The names are those of `Side`."""

    code: Code
    title: Title
    about: Annotated[str, Field(max_length=400)] = ""


class DimensionRow(StrictRow):
    """A dimension. The names are those of `Dimension`."""

    code: Code
    number: Annotated[int, Field(ge=1, le=99)]
    side: str
    title: Title
    about: About
    shown_in: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] = {}
    from_birth: bool = False


class ChoiceRow(StrictRow):
    """A value a field offers."""

    value: Annotated[
        str, written(r"[a-z0-9_]{1,40}", "skal være små bogstaver a-z, tal og _, højst 40 tegn")
    ]
    title: Title


class FieldRow(StrictRow):
    """A field. The names are those of `dubu_plugin.metode.method.Field`."""

    code: Code
    title: Title
    help: Annotated[str, Field(max_length=300)] = ""
    role: FieldRole
    kind: FieldKind = FieldKind.TEKST
    scope: Scope = Scope.DIMENSION
    sides: tuple[str, ...] = ()
    choices: tuple[ChoiceRow, ...] = ()
    unit: Annotated[str, Field(max_length=40)] = ""

    @model_validator(mode="after")
    def _whole(self) -> "FieldRow":
        chosen = self.kind in {FieldKind.VALG, FieldKind.FLERE}
        if chosen != (len(self.choices) > 1):
            raise ValueError("choices skal stå ved valg og flere, med mindst to, og kun der")
        values = [choice.value for choice in self.choices]
        if len(values) > len(set(values)):
            raise ValueError("to af valgene i choices har samme value")
        if self.unit and self.kind is not FieldKind.TAL:
            raise ValueError("unit kan kun stå ved et tal")
        if self.sides and self.scope is Scope.SAMLET:
            raise ValueError("et felt, der står én gang i det hele, har ingen sides")
        return self


class GuidanceRow(StrictRow):
    """Questions for a dimension and one or more ages."""

    dimension: str
    bands: Annotated[tuple[AgeBand, ...], Field(min_length=1)]
    questions: tuple[Question, ...] = ()
    ours: tuple[Question, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> "GuidanceRow":
        asked = [*self.questions, *self.ours]
        if not FEWEST <= len(asked) <= MOST:
            raise ValueError(
                f"der skal være {FEWEST} til {MOST} spørgsmål i questions og ours; "
                f"der er {len(asked)}"
            )
        if len(asked) > len(set(asked)):
            raise ValueError("det samme spørgsmål står to gange")
        return self


TABLES: Final[Mapping[str, type[StrictRow]]] = {
    "metode": MethodRow,
    "side": SideRow,
    "dimension": DimensionRow,
    "felt": FieldRow,
    "vejledning": GuidanceRow,
}

R = TypeVar("R", bound=StrictRow)


@dataclass(frozen=True, slots=True)
class MethodFile:
    """The rows of one file, each right by itself, and where they stand."""

    file: Path
    method: MethodRow
    place: Place
    found: Sequence[Placed]

    def each(self, kind: type[R]) -> Iterator[tuple[R, Place]]:
        """Yield the rows of one kind, in their order."""
        for one in self.found:
            if isinstance(one.row, kind):
                yield one.row, one.place


def read(file: Path) -> MethodFile:
    """Return the one method a file holds.

    :raises MethodError: the file cannot be read, or says something no row can say.
    """
    if not file.is_file():
        raise MethodError(file, 1, "der er ingen fil med det navn")
    found = list(rows(file, TABLES, MethodError))
    methods = [(one.row, one.place) for one in found if isinstance(one.row, MethodRow)]
    if len(methods) != 1:
        line = methods[1][1].line if methods else 1
        raise MethodError(file, line, "en fil har netop én [[metode]]")
    row, place = methods[0]
    return MethodFile(file, row, place, found)


def insist_on_one(codes: Iterable[tuple[str, Place]], what: str) -> None:
    """Refuse a code that stands twice.

    :raises MethodError: one does.
    """
    seen: dict[str, Place] = {}
    for code, place in codes:
        if code in seen:
            raise MethodError(
                place.file, place.line, f"{what} {code} står også i linje {seen[code].line}"
            )
        seen[code] = place
