"""The rows of a catalogue of indsatser as a file has them. See `dubu_plugin.frister.rowfile`."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dubu_plugin.domain.indsatser import (
    Consent,
    DecidedBy,
    IndsatsGroup,
    PlanDuty,
    ReasonKind,
    Stay,
)
from dubu_plugin.frister.rowfile import Code, Placed, RowError, Sureness, rows, written


class CatalogueError(RowError):
    """A catalogue file does not say what it should."""


def _ages(given: object) -> object:
    if not isinstance(given, str):
        return given
    found = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", given)
    if not found or int(found[1]) > int(found[2]):
        raise ValueError("skriv den yngste og den ældste alder, fx »0-17«")
    return int(found[1]), int(found[2])


Ages = Annotated[tuple[int, int], BeforeValidator(_ages)]


class DatedRow(BaseModel):
    """What every row has. A name nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    title: Annotated[str, Field(min_length=1, max_length=120)]
    law: Annotated[str, Field(min_length=1)]
    valid_from: date
    valid_to: date | None = None
    dst: Annotated[str, written(r"[0-9]{0,3}", "skal være højst 3 tal")] = ""
    confidence: Sureness
    note: str = ""
    on: bool = True

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "DatedRow":
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to ligger før valid_from")
        return self


class PlaceRow(DatedRow):
    """A place. The names are those of `Place`."""

    stay: Stay | None = None


class ReasonRow(DatedRow):
    """A reason. The names are those of `Reason`."""

    law: str = ""
    kind: ReasonKind
    groups: frozenset[IndsatsGroup] = frozenset()


class IndsatsRow(DatedRow):
    """An indsats. The names are those of `Indsats`."""

    group: IndsatsGroup
    decision_law: str = ""
    unit: Annotated[str, Field(min_length=1, max_length=20)]
    plan: PlanDuty = PlanDuty.INGEN
    consents: frozenset[Consent] = frozenset()
    decided_by: DecidedBy = DecidedBy.KOMMUNALBESTYRELSEN
    ages: Ages | None = None
    unborn: bool = False
    places: tuple[str, ...] = ()
    taken_by: str = ""

    @model_validator(mode="after")
    def _whole(self) -> "IndsatsRow":
        if self.ages is None and not self.unborn:
            raise ValueError("skriv ages, unborn = true eller begge")
        if len(set(self.places)) < len(self.places):
            raise ValueError("places nævner det samme sted to gange")
        if self.plan is PlanDuty.SKAL_FOER and self.consents:
            raise ValueError("plan før afgørelsen er, hvor der ikke er samtykke")
        return self


TABLES: Final[Mapping[str, type[BaseModel]]] = {
    "sted": PlaceRow,
    "indsats": IndsatsRow,
    "aarsag": ReasonRow,
}


def read(file: Path) -> Iterator[Placed]:
    """Yield the rows of a file, and where they stand.

    :raises CatalogueError: the file cannot be read, or says something no row can say.
    """
    return rows(file, TABLES, CatalogueError)
