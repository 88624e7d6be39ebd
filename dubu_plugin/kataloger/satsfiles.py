"""The rates of a running installation: put in, taken out, and seen without a restart.

A municipality's own lie in one folder and go before ours. What is taken out is moved aside, never
deleted. A decision keeps the rates it was made with, so no rate is in the way of being taken out.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.beregning.linjer import number
from dubu_plugin.domain.satser import YES, Sats, Satser, Unit
from dubu_plugin.frister import ownfolder
from dubu_plugin.frister.ownfolder import LeftOut, Stamp
from dubu_plugin.frister.rowfile import Placed
from dubu_plugin.kataloger.satsfile import SatsError, read

LIST: Final = "dubu satser files"
REMOVE: Final = "dubu satser remove"


class SatsFiles:
    """The folders of one installation, ours first and its own last."""

    def __init__(self, folders: Sequence[Path], own: Path) -> None:
        """:param own: where the municipality's rates lie; it need not be there yet."""
        self._folders = tuple(folders)
        self.own = own
        self.left_out: LeftOut = {}
        """Own files that cannot be used as they are."""
        self._seen: Stamp | None = None
        self._book = Satser()

    @property
    def book(self) -> Satser:
        """The rates as the files say now, own files that cannot be used left out.

        :raises SatsError: ours cannot be used.
        """
        stamp = ownfolder.stamp((*self._folders, self.own))
        if stamp != self._seen:
            self._book, self.left_out = ownfolder.usable(self.own, self._loaded)
            self._seen = stamp
        return self._book

    def own_files(self) -> Sequence[Path]:
        """Return the municipality's own files, by name."""
        return ownfolder.toml_files(self.own)

    def check(self, file: Path) -> Sequence[Sats]:
        """Return the rates of a file that could be put in beside the others.

        :raises SatsError: it cannot be read, or does not fit the rest.
        """
        found = list(read(file, own=True))
        if not found:
            raise SatsError(file, 1, "der er ingen [[sats]] i filen")
        units = {one.code: one.unit for one in self.book.rows if not one.own}
        for one, placed in found:
            if one.code not in units:
                known = ", ".join(units)
                raise _no(placed, f"{one.code} bruges ikke i nogen beregning; brug en af {known}")
            if one.unit is not units[one.code]:
                raise _no(placed, f"{one.code} regnes i {units[one.code]}, ikke i {one.unit}")
        there = {one.resolve() for one in self.own_files()}
        beside = [] if file.resolve() in there else [file]
        others = [one for one in self.own_files() if one not in self.left_out]
        _insist_on_one_a_day([*others, *beside])
        return [one for one, _ in found]

    def add(self, file: Path) -> Sequence[Sats]:
        """Put a file of rates in. What is put in already is put in again without harm.

        :raises SatsError: it cannot be read, or does not fit the rest.
        :raises FileRefused: another file has its name.
        """
        there, _ = ownfolder.put_in(self.own, file, self._insist, remove=REMOVE)
        return self.check(there)

    def remove(self, name: str) -> Path:
        """Take one of the municipality's own files out, and return where it lies now.

        :raises FileRefused: there is none.
        """
        file = ownfolder.own_file(self.own, name, LIST)
        return ownfolder.take_out(self.own, file, file.stem)

    def _insist(self, file: Path) -> None:
        self.check(file)

    def _loaded(self, out: Collection[Path]) -> Satser:
        mine = ownfolder.toml_files(self.own, without=out)
        _insist_on_one_a_day(mine)
        return Satser(
            [*self._delivered(), *(one for file in mine for one, _ in read(file, own=True))]
        )

    def _delivered(self) -> Iterator[Sats]:
        for folder in self._folders:
            files = ownfolder.toml_files(folder)
            _insist_on_one_a_day(files)
            for file in files:
                yield from (one for one, _ in read(file))


WORDS: Final = {
    Unit.KR: "kr.", Unit.KR_MD: "kr. om måneden", Unit.KR_AAR: "kr. om året", Unit.PCT: "pct.",
    Unit.TIMER: "timer om måneden",
}  # fmt: skip
"""What stands after an amount."""
MONEY: Final = frozenset({Unit.KR, Unit.KR_MD, Unit.KR_AAR})


def amount_words(one: Sats) -> str:
    """Return a rate as it is read: ``38.380,00 kr. om måneden``."""
    if one.unit is Unit.JA_NEJ:
        return "ja" if one.amount == YES else "nej"
    figure = danish.decimal_text(one.amount) if one.unit in MONEY else number(one.amount)
    return f"{figure} {WORDS[one.unit]}"


def _insist_on_one_a_day(files: Sequence[Path]) -> None:
    """Refuse two rows of the same code that begin on the same day."""
    seen: dict[tuple[str, date], Path] = {}
    for file in files:
        for one, placed in read(file):
            first = seen.get((one.code, one.valid_from))
            if first is not None:
                where = "" if first == file else f" i {first.name}"
                raise _no(placed, f"{one.code} fra {one.valid_from} står der allerede{where}")
            seen[one.code, one.valid_from] = file


def _no(placed: Placed, reason: str) -> SatsError:
    return SatsError(placed.place.file, placed.place.line, reason)
