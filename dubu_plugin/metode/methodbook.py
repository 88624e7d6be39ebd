"""The methods of one installation, put together and checked against each other."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final, Self

from dubu_plugin.domain.aldersbaand import AgeBand
from dubu_plugin.frister.rowfile import Place
from dubu_plugin.metode.making import made
from dubu_plugin.metode.method import Dimension, Guidance, Method, MethodKind
from dubu_plugin.metode.methodfile import DimensionRow, MethodError, MethodFile, read

ENDLESS: Final = date.max


@dataclass(frozen=True, slots=True)
class Kept:
    """A method, and where it lies."""

    method: Method
    file: Path
    shelf: int
    """The number of its folder; a higher one goes before a lower."""
    last: date
    """The last day a new assessment begins with it: its own, or the day before its heir's first."""


@dataclass(frozen=True, eq=False)
class MethodBook:
    """Every version of every method there is. One that is not used any more is still found."""

    kept: Mapping[tuple[str, str], Kept] = field(default_factory=dict)
    """By code and version."""

    @classmethod
    def load(
        cls,
        folders: Iterable[Path],
        *,
        joining: Path | None = None,
        without: Collection[Path] = (),
    ) -> Self:
        """Return what every ``*.toml`` in the folders says; a later folder goes before an earlier.

        In one folder, a version without an end gives way to a later version of the same method.

        :param folders: ours first; one of them may be a single file, or not be there.
        :param joining: one more file, as if it lay in the last folder.
        :param without: files that are left out.
        :raises MethodError: a file cannot be read, or what it says does not fit the rest.
        """
        kept: dict[tuple[str, str], Kept] = {}
        files: list[tuple[MethodFile, Method]] = []
        shelves = [_paths(folder, without) for folder in folders]
        if joining is not None:
            shelves[-1].append(joining)
        for shelf, paths in enumerate(shelves):
            here = [(file, made(file)) for file in map(read, paths)]
            lasts = _lasts(here)
            for file, method in here:
                name = method.code, method.version
                if name in kept:
                    raise _no(
                        file.place,
                        f"{method.code} udgave {method.version} ligger også i {kept[name].file}; "
                        f"giv den nye sin egen version",
                    )
                kept[name] = Kept(method, file.file, shelf, lasts[name])
            files += here
        book = cls(kept)
        for file, method in files:
            _insist_on_targets(book, file, method)
        return book

    @property
    def methods(self) -> Sequence[Method]:
        """Every version, by kind, code and the day it is used from."""
        return sorted(
            (one.method for one in self.kept.values()),
            key=lambda method: (list(MethodKind).index(method.kind), method.code, _first(method)),
        )

    def method(self, code: str, version: str) -> Method | None:
        """Return the version a case started with, or None where nobody has kept it."""
        found = self.kept.get((code, version))
        return None if found is None else found.method

    def versions(self, code: str) -> Sequence[Method]:
        """Return the versions of a method, the oldest first."""
        return [method for method in self.methods if method.code == code]

    def current(self, day: date, kind: MethodKind = MethodKind.BOERNEFAGLIG) -> Method | None:
        """Return the method a new assessment begins with on a Danish day, or None."""
        usable = [
            one
            for one in self.kept.values()
            if one.method.kind is kind and one.method.valid_from <= day <= one.last
        ]
        best = max(usable, key=lambda one: (one.shelf, _first(one.method)), default=None)
        return None if best is None else best.method

    def counterparts(self, dimension: str, of: Method, into: Method) -> Sequence[Dimension]:
        """Return the dimensions of another method that a dimension's text is shown under.

        The way is the one `of` names, or the one `into` names, backwards. A method is its own
        counterpart, in every version.

        :raises KeyError: ``of`` has no such dimension.
        """
        asked = of.by_code[dimension]
        if of.code == into.code:
            codes = {dimension}
        elif into.code in asked.shown_in:
            codes = set(asked.shown_in[into.code])
        else:
            codes = {
                one.code for one in into.dimensions if dimension in one.shown_in.get(of.code, ())
            }
        return [one for one in into.dimensions if one.code in codes]

    def guidance(self, method: Method, dimension: str, band: AgeBand) -> Guidance:
        """Return the guidance shown beside a dimension for an age, lent where it has none.

        :raises KeyError: there is no such dimension.
        """
        lender = method.guidance_from and self.versions(method.guidance_from)
        if not lender:
            return method.guidance(dimension, band)
        found = [
            lender[-1].guidance(one.code, band)
            for one in self.counterparts(dimension, method, lender[-1])
        ]
        return Guidance(
            tuple(question for one in found for question in one.questions),
            tuple(question for one in found for question in one.ours),
        )


def _paths(folder: Path, without: Collection[Path]) -> list[Path]:
    paths = [folder] if folder.is_file() else sorted(folder.glob("*.toml"))
    return [path for path in paths if path not in without]


def _first(method: Method) -> tuple[date, str]:
    return method.valid_from, method.version


def _no(place: Place, reason: str) -> MethodError:
    return MethodError(place.file, place.line, reason)


def _lasts(here: Sequence[tuple[MethodFile, Method]]) -> Mapping[tuple[str, str], date]:
    """Return the last day of each version in one folder.

    :raises MethodError: two methods are for the same thing on the same day.
    """
    lasts: dict[tuple[str, str], date] = {}
    for kind in MethodKind:
        found = sorted((one for one in here if one[1].kind is kind), key=lambda one: _first(one[1]))
        for _, method in found:
            lasts[method.code, method.version] = method.valid_to or _before_heir(method, found)
        for (_, before), (file, after) in pairwise(found):
            if after.valid_from <= lasts[before.code, before.version]:
                way = f"giv den første en valid_to, der ligger før {after.valid_from.isoformat()}"
                if after.valid_from == before.valid_from:
                    way = "vælg en senere valid_from til den nye"
                raise _no(
                    file.place,
                    f"{after.code} udgave {after.version} gælder samtidig med {before.code} "
                    f"udgave {before.version}; {way}",
                )
    return lasts


def _before_heir(method: Method, found: Sequence[tuple[MethodFile, Method]]) -> date:
    """Return the day before the next version of a method begins."""
    later = [
        one.valid_from
        for _, one in found
        if one.code == method.code and one.valid_from > method.valid_from
    ]
    return min(later) - timedelta(days=1) if later else ENDLESS


def _insist_on_targets(book: MethodBook, file: MethodFile, method: Method) -> None:
    """Refuse a way to another method that leads nowhere."""
    if method.guidance_from:
        _insist_on_loan(book, file, method)
    for row, place in file.each(DimensionRow):
        for code, targets in row.shown_in.items():
            versions = book.versions(code)
            if not versions or code == method.code:
                raise _no(place, f"{row.code} vises i {code}, som ikke er en anden metode")
            for target, version in _missing(targets, versions):
                raise _no(
                    place,
                    f"{row.code} vises i {code} under {target}, som udgave {version} ikke har",
                )


def _missing(targets: Sequence[str], versions: Sequence[Method]) -> Iterator[tuple[str, str]]:
    for version in versions:
        for target in targets:
            if target not in version.by_code:
                yield target, version.version


def _insist_on_loan(book: MethodBook, file: MethodFile, method: Method) -> None:
    lender = method.guidance_from
    versions = book.versions(lender)
    if not versions or any(one.guidance_from for one in versions):
        raise _no(file.place, f"vejledningen lånes af {lender}, som ikke er en metode med sin egen")
    for row, place in file.each(DimensionRow):
        if lender not in row.shown_in:
            raise _no(
                place, f"{row.code} låner vejledning af {lender} og skal sige hvor i shown_in"
            )
