"""The municipality's own files with activity plans, put in and taken out."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.aktiviteter.planfile import PlanError, PlanRow, TypeRow, read
from dubu_plugin.frister.ownfiles import OwnFiles
from dubu_plugin.frister.rulebook import RuleBook


class PlanFiles(OwnFiles[PlanBook]):
    """The folders of one installation, ours first and its own last.

    A case keeps the plan it was given, so that a file can be taken out at any time.
    """

    command = "planer"

    def __init__(
        self,
        folders: Sequence[Path],
        own: Path,
        rules: RuleBook,
        fits: Callable[[PlanBook], None],
    ) -> None:
        """:param fits: refuses plans that ask for a letter there is not."""
        super().__init__(folders, own)
        self._rules = rules
        self._fits = fits

    def load(self, *, joining: Path | None = None, without: Collection[Path] = ()) -> PlanBook:
        """See `OwnFiles.load`."""
        book = PlanBook.load(self._folders, self._rules, joining=joining, without=without)
        self._fits(book)
        return book

    def check(self, file: Path) -> PlanBook:
        """Return the plans there would be with a file.

        :raises ConfigurationError: it cannot be read, or does not fit the rest.
        :raises FileRefused: another file has its name.
        """
        if not any(isinstance(one.row, PlanRow | TypeRow) for one in read(file)):
            raise PlanError(file, 1, "der er ingen [[plan]] og ingen [[aktivitet]] i filen")
        self.may_enter(file)
        return self.fitted(file)

    def install(self, file: Path) -> PlanBook:
        """Put a file in. What is put in already is put in again without harm.

        :raises ConfigurationError: it cannot be read, or does not fit the rest.
        :raises FileRefused: another file has its name.
        """
        self.check(file)
        return self.check(self.put_in(file))

    def remove(self, name: str) -> Path:
        """Take a file out, and return where it lies now.

        :raises FileRefused: there is none of one's own by that name.
        :raises ConfigurationError: another plan cannot do without it.
        """
        return self.take_out(name)
