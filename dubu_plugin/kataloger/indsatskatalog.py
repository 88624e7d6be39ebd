"""The catalogue of indsatser put together, checked, and as the municipality uses it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from dubu_plugin.domain.indsatser import Catalogue, Indsats, Place, Reason
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.frister.rowfile import Placed
from dubu_plugin.kataloger.indsatsfile import (
    CatalogueError,
    DatedRow,
    IndsatsRow,
    PlaceRow,
    ReasonRow,
    read,
)

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Switched:
    """What the municipality switches on and off, in ``[indsatser]`` of dubu.toml."""

    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()

    def of(self, row: DatedRow) -> bool:
        """Tell whether a row is used here."""
        return row.code in self.on or (row.on and row.code not in self.off)


AS_DELIVERED: Final = Switched()


def load(files: Iterable[Path], switched: Switched = AS_DELIVERED) -> Catalogue:
    """Return what the files say, as the municipality uses it.

    :raises CatalogueError: a file cannot be read, or what it says does not fit the rest.
    :raises ConfigurationError: what is switched is not there, or is both on and off.
    """
    found = [one for file in files for one in read(file)]
    _insist_on_one_a_day(found)
    _insist_on_places(found)
    _insist_on_known(switched, {row.code for row in _rows(found, DatedRow)})
    return Catalogue(
        indsatser=tuple(
            Indsats(**_values(row, switched, decision_law=row.decision_law or row.law))
            for row in _rows(found, IndsatsRow)
        ),
        places=tuple(Place(**_values(row, switched)) for row in _rows(found, PlaceRow)),
        all_reasons=tuple(Reason(**_values(row, switched)) for row in _rows(found, ReasonRow)),
    )


def _rows(found: Iterable[Placed], kind: type[R]) -> list[R]:
    return [one.row for one in found if isinstance(one.row, kind)]


def _values(row: DatedRow, switched: Switched, **more: object) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in type(row).model_fields}
    return {**values, **more, "on": switched.of(row)}


def _no(placed: Placed, reason: str) -> CatalogueError:
    return CatalogueError(placed.place.file, placed.place.line, reason)


def _insist_on_one_a_day(found: Sequence[Placed]) -> None:
    """Refuse two rows of one table with the same code on the same day."""
    before: dict[tuple[str, str], list[Placed]] = {}
    for one in found:
        assert isinstance(one.row, DatedRow)
        for earlier in before.setdefault((one.table, one.row.code), []):
            assert isinstance(earlier.row, DatedRow)
            if _overlap(earlier.row, one.row):
                raise _no(
                    one,
                    f"{one.row.code} gælder samtidig med den, der står i {earlier.place}; giv den "
                    f"ældste en valid_to, der ligger før den nyestes valid_from",
                )
        before[one.table, one.row.code].append(one)


def _overlap(one: DatedRow, other: DatedRow) -> bool:
    return one.valid_from <= (other.valid_to or date.max) and other.valid_from <= (
        one.valid_to or date.max
    )


def _insist_on_places(found: Sequence[Placed]) -> None:
    """Refuse an indsats at a place there is not, some day it is in force."""
    places = _rows(found, PlaceRow)
    for one in found:
        if not isinstance(one.row, IndsatsRow):
            continue
        for code in one.row.places:
            if not any(place.code == code and _overlap(place, one.row) for place in places):
                raise _no(one, f"{one.row.code} er på stedet {code}, som ikke findes på den tid")


def _insist_on_known(switched: Switched, codes: set[str]) -> None:
    if strange := sorted((switched.on | switched.off) - codes):
        raise ConfigurationError(
            f"dubu.toml: under [indsatser] står {', '.join(strange)}, som intet i kataloget hedder."
        )
    if both := sorted(switched.on & switched.off):
        raise ConfigurationError(
            f"dubu.toml: {', '.join(both)} står både i »on« og »off« under [indsatser]. "
            f"Lad den stå ét sted."
        )
