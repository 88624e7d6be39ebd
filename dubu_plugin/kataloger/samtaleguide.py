"""The guide beside a talk with a child: what to remember and ask, by the child's age."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from dubu_plugin.domain.aldersbaand import AgeBand
from dubu_plugin.frister.rowfile import RowError, rows

Line = Annotated[str, Field(min_length=1, max_length=200)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BandRow(_Row):
    """What is said of one age band."""

    band: AgeBand
    before: Line
    questions: tuple[Line, ...]


class AlwaysRow(_Row):
    """What is said at every age."""

    title: Line
    questions: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide as it is shown for one child."""

    band: AgeBand
    before: str
    questions: Sequence[str]
    always: Sequence[AlwaysRow]


@dataclass(frozen=True, slots=True)
class SamtaleGuide:
    """The whole guide."""

    bands: Sequence[BandRow]
    always: Sequence[AlwaysRow]

    def of(self, band: AgeBand) -> Guide:
        """Return what is shown beside the talk with a child in a band."""
        row = next(one for one in self.bands if one.band is band)
        return Guide(band, row.before, row.questions, self.always)


class GuideError(RowError):
    """The guide cannot be used; the message says where and why."""


def load(file: Path) -> SamtaleGuide:
    """Return what a file says.

    :raises GuideError: it cannot be read, or says nothing for one of the age bands.
    """
    found = list(_read(file))
    bands = [one for one in found if isinstance(one, BandRow)]
    lacking = [band.label for band in AgeBand if band not in {one.band for one in bands}]
    if lacking or len(bands) != len(AgeBand):
        reason = f"hvert aldersbånd skal stå én gang; her mangler {', '.join(lacking) or 'ingen'}"
        raise GuideError(file, 1, reason)
    return SamtaleGuide(bands, [one for one in found if isinstance(one, AlwaysRow)])


@cache
def shipped() -> SamtaleGuide:
    """Return the guide as it is delivered, read once a process."""
    return load(Path(str(files("dubu_templates"))) / "kataloger" / "samtaleguide.toml")


def _read(file: Path) -> Iterator[BaseModel]:
    models: dict[str, type[BaseModel]] = {"baand": BandRow, "altid": AlwaysRow}
    for placed in rows(file, models, GuideError):
        yield placed.row
