"""The rule files of one installation: its own put in and taken out, and all seen as they change.

A municipality's own lie in one folder, and are read last. A rule that has deadlines stays: what
was opened must be called something, and be met.
"""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from dubu_plugin.domain.danish import short_date
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.frister import ownfolder
from dubu_plugin.frister.ownfiles import OwnFiles
from dubu_plugin.frister.ownfolder import FileRefused
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.rulebook import AS_THEY_STAND, Decided, RuleBook
from dubu_plugin.frister.rulefile import RuleError, read

RuleUse = Callable[[Rule], int]
"""How many deadlines were opened under a version of a rule."""


class RuleFiles(OwnFiles[RuleBook]):
    """The folders, and how they were when they were last read."""

    command = "frister"
    listing = "files"

    def __init__(
        self, folders: Sequence[Path], decided: Decided = AS_THEY_STAND, own: Path | None = None
    ) -> None:
        """:param decided: how the installation switches them.
        :param own: where the municipality's own lie; None where there is no installation.
        """
        super().__init__(folders, own)
        self._decided = decided
        self._seen = ownfolder.stamp(self._folders)
        self.wrong: ConfigurationError | None = None
        """What is wrong with the files as they are; the rules in use are those from before."""

    def load(self, *, joining: Path | None = None, without: Collection[Path] = ()) -> RuleBook:
        """See `OwnFiles.load`."""
        return RuleBook.load(
            self._folders,
            self._decided,
            own=self._own,
            joining=joining,
            without=without,
            complete=not without,
        )

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

    def check(self, file: Path, *, used: RuleUse = lambda rule: 0) -> Sequence[Rule]:
        """Return the rules of a file that could be put in beside the others, as they would run.

        :param used: counts the deadlines of a version.
        :raises RuleError: it cannot be read, or does not fit the rest.
        :raises FileRefused: another file has its name, and it is no change of that.
        """
        rules = [rule for rule, _ in read(file)]
        if not rules:
            raise RuleError(file, 1, "der er ingen [[frist]] i filen")
        self.may_enter(file)
        for lost in self._lost(file, rules):
            if count := used(lost):
                raise FileRefused(
                    f"{file.name} mangler den række af {lost.code}, der gælder fra "
                    f"{short_date(lost.in_force_from)}, og {count} frister har den. Lad rækken "
                    f"stå: giv den en in_force_to, der ligger før den nyes in_force_from."
                )
        book = self.fitted(file)
        found = (book.version(rule.code, rule.in_force_from) for rule in rules)
        return [rule for rule in found if rule is not None]

    def install(self, file: Path, *, used: RuleUse = lambda rule: 0) -> Sequence[Rule]:
        """Put a file of rules in, or a change of one. What is in already is put in without harm.

        :param used: counts the deadlines of a version.
        :raises RuleError: it cannot be read, or does not fit the rest.
        :raises FileRefused: another file has its name, and it is no change of that.
        """
        self.check(file, used=used)
        return self.check(self.put_in(file))

    def told_before(self, file: Path) -> Sequence[Rule]:
        """Return the rules of the file that this is a change of; none where it is new or unread."""
        there = self.before(file)
        if there is None or there.read_bytes() == file.read_bytes():
            return ()
        try:
            return [rule for rule, _ in read(there)]
        except RuleError:
            return ()

    def may_replace(self, there: Path, file: Path) -> None:
        """A file is changed by one of its name that has all its codes. See `OwnFiles`."""
        codes = {rule.code for rule, _ in read(file)}
        if {rule.code for rule in self.told_before(file)} - codes:
            super().may_replace(there, file)

    def _lost(self, file: Path, rules: Sequence[Rule]) -> Sequence[Rule]:
        kept = {(rule.code, rule.in_force_from) for rule in rules}
        return [r for r in self.told_before(file) if (r.code, r.in_force_from) not in kept]

    def remove(self, name: str, *, used: RuleUse) -> Path:
        """Take one of the municipality's own files out, and return where it lies now.

        :param used: counts the deadlines of a version.
        :raises FileRefused: there is none, or a deadline has one of its rules.
        :raises ConfigurationError: what is left cannot do without it.
        """

        def insist(file: Path) -> None:
            for rule in {(one.code, one.in_force_from): one for one, _ in read(file)}.values():
                if count := used(rule):
                    raise FileRefused(
                        f"{rule.code} »{rule.title}« har {count} frister, som ellers mister navn "
                        f"og lovhjemmel, så {file.name} bliver liggende. Slå reglen fra i stedet: "
                        f'skriv off = ["{rule.code}"] under [frister] i dubu.toml, så åbner den '
                        f"ikke flere."
                    )

        return self.take_out(name, insist)
