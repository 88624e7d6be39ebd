"""The municipality's own files with activity plans, put in and taken out."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.aktiviteter.planfile import PlanError, PlanRow, TypeRow, read
from dubu_plugin.frister import ownfolder
from dubu_plugin.frister.rulebook import RuleBook

LIST = "dubu planer list"


class PlanFiles:
    """The folders of one installation, ours first and its own last.

    A case keeps the plan it was given, so that a file can be taken out at any time.
    """

    def __init__(
        self, folders: Sequence[Path], rules: RuleBook, fits: Callable[[PlanBook], None]
    ) -> None:
        """:param fits: refuses plans that ask for a letter there is not."""
        self._folders = folders
        self._rules = rules
        self._fits = fits
        self.own = folders[-1]
        self.left_out: ownfolder.LeftOut = {}
        """Own files that were left out when the plans were last read with `usable`."""

    def load(self, *, joining: Path | None = None, without: Collection[Path] = ()) -> PlanBook:
        """Return the plans as the files say now, with one file more or less.

        :raises ConfigurationError: they cannot be used.
        """
        book = PlanBook.load(self._folders, self._rules, joining=joining, without=without)
        self._fits(book)
        return book

    def usable(self, *, joining: Path | None = None, without: Collection[Path] = ()) -> PlanBook:
        """Return the plans, the municipality's own files that cannot be used left out.

        What is left out is said in `left_out`.

        :raises ConfigurationError: the rest cannot be used.
        """

        def loaded(out: Collection[Path]) -> PlanBook:
            return self.load(joining=joining, without=out)

        book, self.left_out = ownfolder.usable(self.own, loaded, without=without)
        return book

    def check(self, file: Path) -> PlanBook:
        """Return the plans there would be with a file.

        :raises ConfigurationError: it cannot be read, or does not fit the rest.
        """
        if not any(isinstance(one.row, PlanRow | TypeRow) for one in read(file)):
            raise PlanError(file, 1, "der er ingen [[plan]] og ingen [[aktivitet]] i filen")
        mine = self.own.is_dir() and file.resolve().parent == self.own.resolve()
        book = self.usable(joining=None if mine else file)
        if wrong := {one.name: slip for one, slip in self.left_out.items()}.get(file.name):
            raise wrong
        return book

    def install(self, file: Path) -> PlanBook:
        """Put a file in. What is put in already is put in again without harm.

        :raises ConfigurationError: it cannot be read, or does not fit the rest.
        :raises FileRefused: another file has its name.
        """

        def fits(one: Path) -> None:
            self.check(one)

        there, _ = ownfolder.put_in(self.own, file, fits, remove="dubu planer remove")
        return self.check(there)

    def remove(self, name: str) -> Path:
        """Take a file out, and return where it lies now.

        :raises FileRefused: there is none of one's own by that name.
        :raises ConfigurationError: another plan cannot do without it.
        """
        file = ownfolder.own_file(self.own, name, LIST)
        self.usable()
        if file not in self.left_out:
            self.load(without=[file, *self.left_out])
        return ownfolder.take_out(self.own, file, file.stem)
