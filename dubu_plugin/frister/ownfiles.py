"""Files of one kind, ours first and the municipality's own last: checked, put in and taken out.

Deadline rules, methods and activity plans are all such files. What each kind's files say together
is its *book*.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from dubu_plugin.errors import ConfigurationError
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

    def usable(self) -> Book:
        """Return what the files say, the municipality's own that cannot be used left out.

        What is left out is said in `left_out`.

        :raises ConfigurationError: the rest cannot be used.
        """

        def loaded(out: Collection[Path]) -> Book:
            return self.load(without=out)

        book, self.left_out = ownfolder.usable(self.own_files(), loaded)
        return book

    def own_files(self) -> Sequence[Path]:
        """Return the municipality's own files, by name."""
        return ownfolder.toml_files(self._own) if self._own else ()

    def fitted(self, file: Path) -> Book:
        """Return what there would be with a file. It may be in already, or be a change of one.

        :raises ConfigurationError: it cannot be read, or does not fit the rest.
        """
        every = (one for folder in self._folders for one in ownfolder.toml_files(folder))
        there = next((one for one in every if one.resolve() == file.resolve()), None)
        if there is not None:
            book = self.usable()
            if wrong := self.left_out.get(there):
                raise wrong
            return book
        before = self.before(file)
        instead = [before] if before else []
        with suppress(ConfigurationError):
            return self.load(joining=file, without=instead)
        # Another file that cannot be used is no reason to refuse this one.
        self.usable()
        return self.load(joining=file, without={*instead, *self.left_out})

    def before(self, file: Path) -> Path | None:
        """Return the municipality's own file another, of its name, would be put in instead of."""
        there = self._own / file.name if self._own else None
        return there if there and there.is_file() else None

    def may_enter(self, file: Path) -> None:
        """Refuse a file that its name keeps out. It is the same question before and at putting in.

        :raises FileRefused: it is no ``.toml``, or another file has its name.
        """
        ownfolder.name_fits(file)
        there = self.before(file)
        if there and there.read_bytes() != file.read_bytes():
            self.may_replace(there, file)

    def may_replace(self, there: Path, file: Path) -> None:
        """Refuse a file another has the name of. A kind whose files can be changed says when.

        :raises FileRefused: it is another file.
        """
        raise FileRefused(
            f"Der ligger allerede en anden {there.name}. Giv den nye et andet navn, eller tag "
            f"den gamle ud først med »dubu {self.command} remove {there.name}«."
        )

    def put_in(self, file: Path) -> Path:
        """Put a file in, and return where it lies. What is in already is put in without harm.

        :raises ConfigurationError: it cannot be read, or does not fit the rest.
        :raises FileRefused: another file has its name.
        """
        self.may_enter(file)
        self.fitted(file)
        return ownfolder.put_in(self.own, file, self.fitted)

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
