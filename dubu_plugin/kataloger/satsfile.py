"""The rows of a file of rates. See `dubu_plugin.frister.rowfile`."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dubu_plugin.domain.satser import Sats, Unit
from dubu_plugin.frister.rowfile import Code, Placed, RowError, Sureness, rows


class SatsError(RowError):
    """A file of rates does not say what it should."""


def _amount(given: object) -> object:
    """Return an amount; a number with a point that is not in quotes has lost its last øre."""
    if not isinstance(given, str):
        raise ValueError('skriv beløbet i anførselstegn med punktum, fx "36622.00"')
    try:
        return Decimal(given)
    except InvalidOperation:
        raise ValueError('skriv beløbet med tal og punktum, fx "36622.00"') from None


Amount = Annotated[Decimal, BeforeValidator(_amount), Field(ge=0, max_digits=12, decimal_places=4)]
Text = Annotated[str, Field(min_length=1, max_length=300)]


class SatsRow(BaseModel):
    """A rate. The names are those of `Sats`. A name nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    title: Annotated[str, Field(min_length=1, max_length=120)]
    law: Annotated[str, Field(min_length=1, max_length=60)]
    amount: Amount
    unit: Unit
    valid_from: date
    valid_to: date | None = None
    level: Annotated[int, Field(ge=2000, le=2100)] | None = None
    source: Text
    confidence: Sureness

    @model_validator(mode="after")
    def _fits(self) -> "SatsRow":
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to ligger før valid_from")
        if self.unit is Unit.JA_NEJ and self.amount not in (0, 1):
            raise ValueError('skriv "1" for ja eller "0" for nej')
        return self


TABLES: Final[Mapping[str, type[BaseModel]]] = {"sats": SatsRow}


def read(file: Path, *, own: bool = False) -> Iterator[tuple[Sats, Placed]]:
    """Yield the rates of a file, each with where it stands.

    :param own: the file is the municipality's.
    :raises SatsError: the file cannot be read, or says something no row can say.
    """
    for placed in rows(file, TABLES, SatsError):
        row = placed.row
        assert isinstance(row, SatsRow)
        yield Sats(**dict(row), own=own), placed
