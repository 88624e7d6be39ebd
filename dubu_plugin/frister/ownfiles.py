"""Files of one kind, ours first and the municipality's own last: checked, put in and taken out.

Deadline rules, methods and activity plans are all such files. What each kind's files say together
is its *book*.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from dubu_plugin.frister import ownfolder
from dubu_plugin.frister.ownfolder import FileRefused, LeftOut

Book = TypeVar("Book")


class OwnFiles(ABC, Generic[Book]):
    """The folders of one installation. The municipality's own need not be there yet."""

    command: ClassVar[str]
    """The command line's word for the kind, which stands in what we say."""
    listing: ClassVar[str] = "list"
    """The subcommand that lists them."""

    def __init__(self, folders: Sequence[Path], own: Path | None) -> None:
        """:param own: the municipality's own folder; None where there is no installation."""
        self._folders = (*folders, own) if own else tuple(folders)
        self._own = own
        self.left_out: LeftOut = {}
        """Own files that were left out when the files were last read with `usable`, and why."""

    @property
    def own(self) -> Path:
        """Where the municipality's own lie.

        :raises FileRefused: there is no installation.
        """
        if self._own is None:
            raise FileRefused("Der er ingen mappe til kommunens egne filer.")
        return self._own

    @abstractmethod
    def load(self, *, joining: Path | None = None, without: Collection[Path] = ()) -> Book:
        """Return what the files say now, with one file more or less.

        :raises ConfigurationError: they cannot be used.
        """

    def usable(self, *, joining: Path | None = None) -> Book:
        """Return what the files say, the municipality's own that cannot be used left out.

        What is left out is said in `left_out`.

        :raises ConfigurationError: the rest cannot be used.
        """

        def loaded(out: Collection[Path]) -> Book:
            return self.load(joining=joining, without=out)

        book, self.left_out = ownfolder.usable(self.own_files(), loaded)
        return book

    def own_files(self) -> Sequence[Path]:
        """Return the municipality's own files, by name."""
        return ownfolder.toml_files(self._own) if self._own else ()

    def fitted(self, file: Path) -> Book:
        """Return what there would be with a file. It may be in already.

        :raises ConfigurationError: it cannot be read, or does not fit the rest.
        """
        every = (one for folder in self._folders for one in ownfolder.toml_files(folder))
        there = next((one for one in every if one.resolve() == file.resolve()), None)
        # Another file that cannot be used is no reason to refuse this one.
        book = self.usable(joining=None if there else file)
        if wrong := self.left_out.get(there or file):
            raise wrong
        return book

    def put_in(self, file: Path) -> Path:
        """Put a file in, and return where it lies. What is in already is put in without harm.

        :raises ConfigurationError: it cannot be read, or does not fit the rest.
        :raises FileRefused: another file has its name.
        """
        check: Callable[[Path], object] = self.fitted
        there, _ = ownfolder.put_in(self.own, file, check, remove=f"dubu {self.command} remove")
        return there

    def take_out(self, name: str, insist: Callable[[Path], None] | None = None) -> Path:
        """Move one of the municipality's own files aside, and return where it lies now.

        One that cannot be used is of no use to anything, and can always be taken out.

        :param insist: refuses where something has what a file, which can be used, says.
        :raises FileRefused: there is none by that name, or it was refused.
        :raises ConfigurationError: another file cannot do without it.
        """
        file = ownfolder.own_file(self.own, name, f"dubu {self.command} {self.listing}")
        self.usable()
        if file not in self.left_out:
            if insist is not None:
                insist(file)
            self.load(without=[file, *self.left_out])
        return ownfolder.take_out(self.own, file, file.stem)
