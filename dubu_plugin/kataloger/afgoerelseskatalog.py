"""The catalogue of what can be decided, read out of its file and checked against the indsatser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, model_validator

from dubu_plugin.domain.afgoerelser import Consenter, Lasts, Level, Matter, MatterArea, Matters
from dubu_plugin.domain.beregning.linjer import Ydelse
from dubu_plugin.domain.facts import FACTS
from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.gates.asked import ASKED
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.indsatser import Catalogue, DecidedBy
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.frister.rowfile import Placed, rows, written
from dubu_plugin.kataloger.indsatsfile import Ages, CatalogueError, DatedRow

Law = Annotated[str, Field(max_length=60)]


class MatterRow(DatedRow):
    """A matter. The names are those of `Matter`."""

    decided_by: DecidedBy = DecidedBy.KOMMUNALBESTYRELSEN
    level: Level = Level.LEDER
    votes: Annotated[int, Field(ge=0, le=5)] = 0
    consents: frozenset[Consenter] = frozenset()
    consent_purpose: Law = ""
    child_party: bool = False
    to_child: Annotated[str, Field(max_length=120)] = ""
    purpose: Law = ""
    duration: Law = ""
    examination: Law = ""
    examination_may_wait: Law = ""
    plan_first: Law = ""
    plan_revised: bool = False
    youth_plan: Law = ""
    parents_plan: Law = ""
    end_date: Law = ""
    longest: Annotated[
        str, written(r"([1-9]\d? (months|weeks))?", "skal være et tal og months eller weeks")
    ] = ""
    longest_law: Law = ""
    period: Law = ""
    statement: Law = ""
    suspensive: Law = ""
    may_begin_at_once: bool = False
    carers: Law = ""
    notice: Law = ""
    lawyer: Law = ""
    before_birth: Law = ""
    ages: Ages | None = None
    unborn: bool = False
    basis: str = ""
    reviewed: bool = False
    indsatser: tuple[str, ...] = ()
    haendelse: Haendelse | None = None
    where_refused: Haendelse | None = None
    provisional: str = ""
    lasts: Lasts = Lasts.MAANED
    examined: str = ""
    reckons: Ydelse | None = None
    imposed: bool = False
    applied_for: bool = False
    at_home: Law = ""
    changes: str = ""
    follow_up: Annotated[str, written(r"([1-9]\d? months)?", "skal være et tal og months")] = ""
    area: MatterArea
    presupposes: Mapping[Forudsat, Law] = {}
    asks: Mapping[str, Law] = {}

    @model_validator(mode="after")
    def _fits(self) -> "MatterRow":
        if self.ages is None and not self.unborn:
            raise ValueError("skriv ages, unborn = true eller begge")
        if bool(self.votes) != (self.decided_by is DecidedBy.UDVALGET):
            raise ValueError("votes skal stå, hvor udvalget træffer afgørelsen, og kun der")
        if bool(self.provisional) != (self.decided_by is DecidedBy.FORMANDEN):
            raise ValueError("provisional skal stå, hvor formanden træffer afgørelsen, og kun der")
        if self.to_child and not self.child_party:
            raise ValueError("to_child står kun, hvor child_party er true")
        if self.plan_revised and not self.plan_first:
            raise ValueError("plan_revised kræver plan_first")
        if self.longest and not (self.end_date or self.longest_law):
            raise ValueError("longest kræver end_date eller longest_law")
        if self.period and self.end_date:
            raise ValueError("period og end_date kan ikke stå sammen: Det ene kræver en dag altid")
        if strange := sorted(set(self.asks) - set(ASKED)):
            raise ValueError(f"asks nævner {', '.join(strange)}, som der ikke kan spørges om")
        for name, said in (
            ("grundlag", self.basis),
            ("undersoegelse", self.examined),
            ("foreloebig", self.provisional),
        ):
            known = FACTS[name]
            assert isinstance(known, frozenset)
            if said and said not in known:
                raise ValueError(f"{said} er ikke {' eller '.join(sorted(known))}")
        return self


TABLES: Final[Mapping[str, type[DatedRow]]] = {"afgoerelse": MatterRow}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the municipality chooses, in ``[afgoerelser]`` of dubu.toml: codes of rows."""

    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    raadgiver: frozenset[str] = frozenset()
    leder: frozenset[str] = frozenset()


AS_DELIVERED: Final = Chosen()


def load(file: Path, catalogue: Catalogue, chosen: Chosen = AS_DELIVERED) -> Matters:
    """Return what the file says can be decided, as the municipality has it.

    :param catalogue: the indsatser the rows may name.
    :raises CatalogueError: it cannot be read, or does not fit together.
    :raises ConfigurationError: what is chosen is not there, or is chosen both ways.
    """
    found = list(rows(file, TABLES, CatalogueError))
    known = {one.code for one in catalogue.indsatser}
    matters: list[Matter] = []
    for placed in found:
        assert isinstance(placed.row, MatterRow)
        _insist(placed, placed.row, known, matters)
        matters.append(_chosen(Matter(**dict(placed.row)), chosen))
    _insist_on_known(chosen, {one.code: one.decided_by for one in matters})
    return Matters(tuple(matters))


def _chosen(matter: Matter, chosen: Chosen) -> Matter:
    on = matter.code in chosen.on or (matter.on and matter.code not in chosen.off)
    level = matter.level
    if matter.code in chosen.raadgiver:
        level = Level.RAADGIVER
    elif matter.code in chosen.leder:
        level = Level.LEDER
    return replace(matter, on=on, level=level)


def _insist_on_known(chosen: Chosen, known: Mapping[str, DecidedBy]) -> None:
    said = chosen.on | chosen.off | chosen.raadgiver | chosen.leder
    if strange := sorted(said - set(known)):
        raise ConfigurationError(
            f"dubu.toml: under [afgoerelser] står {', '.join(strange)}, som ingen afgørelse hedder."
        )
    if both := sorted((chosen.on & chosen.off) | (chosen.raadgiver & chosen.leder)):
        raise ConfigurationError(
            f"dubu.toml: {', '.join(both)} står begge veje under [afgoerelser]. Vælg én."
        )
    own = DecidedBy.KOMMUNALBESTYRELSEN
    if law := sorted(code for code in chosen.raadgiver if known[code] is not own):
        raise ConfigurationError(
            f"dubu.toml: {', '.join(law)} træffes efter loven ikke af kommunen alene, så den kan "
            f"ikke stå under »raadgiver«."
        )


def _insist(placed: Placed, row: MatterRow, known: set[str], before: Sequence[Matter]) -> None:
    """Refuse an indsats there is not, and two rows that hold on the same day."""
    file, line = placed.place.file, placed.place.line
    for code in row.indsatser:
        if code not in known:
            raise CatalogueError(file, line, f"{row.code} nævner {code}, som ikke er en indsats")
    for one in before:
        overlap = (one.valid_to is None or row.valid_from <= one.valid_to) and (
            row.valid_to is None or one.valid_from <= row.valid_to
        )
        if one.code == row.code and overlap:
            raise CatalogueError(file, line, f"{row.code} gælder to gange på samme dag")
