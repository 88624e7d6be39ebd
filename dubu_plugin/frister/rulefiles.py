"""The rule files of one installation: its own put in and taken out, and all seen as they change.

A municipality's own lie in one folder, and are read last. A rule that has deadlines stays: what
was opened must be called something, and be met.
"""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from dubu_plugin.errors import ConfigurationError
from dubu_plugin.frister import ownfolder
from dubu_plugin.frister.ownfolder import FileRefused
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.rulebook import AS_THEY_STAND, Decided, RuleBook
from dubu_plugin.frister.rulefile import RuleError, read

RuleUse = Callable[[Rule], int]
"""How many deadlines were opened under a version of a rule."""
LIST = "dubu frister files"


class RuleFiles:
    """The folders, and how they were when they were last read."""

    def __init__(
        self, folders: Sequence[Path], decided: Decided = AS_THEY_STAND, own: Path | None = None
    ) -> None:
        """:param decided: how the installation switches them.
        :param own: where the municipality's own lie; it need not be there yet.
        """
        self._folders = (*folders, own) if own else tuple(folders)
        self._decided = decided
        self._own = own
        self._seen = ownfolder.stamp(self._folders)
        self.wrong: ConfigurationError | None = None
        """What is wrong with the files as they are; the rules in use are those from before."""
        self.left_out: ownfolder.LeftOut = {}
        """Own files that were left out when the rules were last read with `usable`."""

    @property
    def own(self) -> Path:
        """Where the municipality's own lie.

        :raises FileRefused: this installation has no such folder.
        """
        if self._own is None:
            raise FileRefused("Der er ingen mappe til kommunens egne regler.")
        return self._own

    def load(self) -> RuleBook:
        """Return the rules as the files say now.

        :raises ConfigurationError: they cannot be used.
        """
        return RuleBook.load(self._folders, self._decided)

    def usable(self, *, without: Collection[Path] = (), joining: Path | None = None) -> RuleBook:
        """Return the rules, the municipality's own files that cannot be used left out.

        What is left out is said in `left_out`.

        :raises ConfigurationError: the rest cannot be used.
        """

        def loaded(out: Collection[Path]) -> RuleBook:
            return RuleBook.load(
                self._folders, self._decided, joining=joining, without=out, complete=not out
            )

        book, self.left_out = ownfolder.usable(self._own, loaded, without=without)
        return book

    def changed(self) -> RuleBook | None:
        """Return the rules where the files have changed since they were last looked at, else None.

        :raises ConfigurationError: they have, and cannot be used as they are. Told once a change.
        """
        stamp = ownfolder.stamp(self._folders)
        if stamp == self._seen:
            return None
        self._seen = stamp
        try:
            book = self.load()
        except ConfigurationError as slip:
            self.wrong = slip
            raise
        self.wrong, self.left_out = None, {}
        return book

    def check(self, file: Path) -> Sequence[Rule]:
        """Return the rules of a file that could be put in beside the others, as they would run.

        :raises RuleError: it cannot be read, or does not fit the rest.
        """
        rules = [rule for rule, _ in read(file)]
        if not rules:
            raise RuleError(file, 1, "der er ingen [[frist]] i filen")
        there = {one.resolve(): one for one in self.own_files()}
        joining = None if file.resolve() in there else file
        # Another file that cannot be used is no reason to refuse this one.
        book = self.usable(joining=joining)
        if wrong := self.left_out.get(there.get(file.resolve(), file)):
            raise wrong
        found = (book.version(rule.code, rule.in_force_from) for rule in rules)
        return [rule for rule in found if rule is not None]

    def install(self, file: Path) -> Sequence[Rule]:
        """Put a file of rules in. What is put in already is put in again without harm.

        :raises RuleError: it cannot be read, or does not fit the rest.
        :raises FileRefused: another file has its name.
        """
        there, _ = ownfolder.put_in(
            self.own, file, lambda one: _let(self.check(one)), remove="dubu frister remove"
        )
        return self.check(there)

    def remove(self, name: str, *, used: RuleUse) -> Path:
        """Take one of the municipality's own files out, and return where it lies now.

        :param used: counts the deadlines of a version.
        :raises FileRefused: there is none, or a deadline has one of its rules.
        :raises ConfigurationError: what is left cannot do without it.
        """
        file = ownfolder.own_file(self.own, name, LIST)
        for rule in _rules_in(file):
            if count := used(rule):
                raise FileRefused(
                    f"{rule.code} »{rule.title}« har {count} frister, som ellers mister navn og "
                    f"lovhjemmel, så {file.name} bliver liggende. Slå reglen fra i stedet: "
                    f'skriv off = ["{rule.code}"] under [frister] i dubu.toml, så åbner den ikke '
                    f"flere."
                )
        broken = self._broken()
        if file not in broken:
            out = [file, *broken]
            RuleBook.load(self._folders, self._decided, without=out, complete=not broken)
        return ownfolder.take_out(self.own, file, file.stem)

    def _broken(self) -> Collection[Path]:
        """Return one's own files that cannot be used."""
        self.usable()
        return list(self.left_out)

    def own_files(self) -> Sequence[Path]:
        """Return the municipality's own files, by name."""
        return ownfolder.toml_files(self._own) if self._own else ()


def _rules_in(file: Path) -> Sequence[Rule]:
    """Return the rules of a file, one a version; none where it cannot be read."""
    try:
        return list({(one.code, one.in_force_from): one for one, _ in read(file)}.values())
    except RuleError:
        return ()


def _let(_: object) -> None:
    """Say nothing: what was asked was whether it could be done."""
