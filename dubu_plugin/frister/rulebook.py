"""The rules of one installation, in the order of their files."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.frister.counting import AS_DELIVERED, Reckoning
from dubu_plugin.frister.ownfolder import toml_files
from dubu_plugin.frister.rowfile import Place
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.rulefile import RuleError, read


@dataclass(frozen=True, slots=True)
class Decided:
    """What the municipality decides of the rules, in ``[frister]`` of dubu.toml."""

    on: frozenset[str] = frozenset()
    """Codes of rules that are delivered off and run here."""
    off: frozenset[str] = frozenset()
    reckoning: Reckoning = field(default=AS_DELIVERED)

    def of(self, rule: Rule) -> Rule:
        """Return a rule as it runs here.

        :raises ConfigurationError: it is switched on, and nothing opens or meets it.
        """
        if rule.reckoning != self.reckoning:
            rule = replace(rule, reckoning=self.reckoning)
        if rule.code in self.off and rule.on:
            return replace(rule, on=False, off_because="Slået fra i dubu.toml.", own_choice=True)
        if rule.code not in self.on or rule.on:
            return rule
        if not (rule.opens_on and rule.met_by):
            raise ConfigurationError(
                f"dubu.toml: {rule.code} kan ikke slås til, for ingen hændelse åbner og opfylder "
                f"den. Fjern koden fra »on« under [frister]."
            )
        return replace(rule, on=True, off_because="", own_choice=True)

    def known(self, codes: Iterable[str]) -> None:
        """Refuse a code no rule has.

        :raises ConfigurationError: the sentence names it.
        """
        if strange := sorted((self.on | self.off) - set(codes)):
            raise ConfigurationError(
                f"dubu.toml: under [frister] står {', '.join(strange)}, som ingen regel hedder. "
                f"Se koderne med »dubu frister on DATO«."
            )
        if both := sorted(self.on & self.off):
            raise ConfigurationError(
                f"dubu.toml: {', '.join(both)} står både i »on« og »off« under [frister]. "
                f"Lad den stå ét sted."
            )


AS_THEY_STAND: Final = Decided()

MISSED: Final = "frist"
"""The fact that says which rule's deadline was missed."""


@dataclass(frozen=True)
class RuleBook:
    """Every rule, every version, also those that are switched off."""

    rules: Sequence[Rule]

    @classmethod
    def load(
        cls,
        folders: Iterable[Path],
        decided: Decided = AS_THEY_STAND,
        *,
        own: Path | None = None,
        joining: Path | None = None,
        without: Collection[Path] = (),
        complete: bool = True,
    ) -> Self:
        """Return the rules of every ``*.toml`` in the folders, as the municipality runs them.

        :param folders: ours first; one of them need not be there.
        :param own: the folder among them that is the municipality's.
        :param joining: one more file of theirs, read last.
        :param without: files that are left out.
        :param complete: False where a code that was decided on may be in what is left out.
        :raises RuleError: a file cannot be read, a rule overlaps another, or asks for one that is
            not there.
        :raises ConfigurationError: what was decided names a rule that is not there.
        """
        placed = [
            found
            for folder in (*folders, *([joining] if joining else []))
            for file in toml_files(folder, without=without)
            for found in read(file)
        ]
        for position, (rule, where) in enumerate(placed):
            for earlier, there in placed[:position]:
                if earlier.code == rule.code and overlap(earlier, rule):
                    mine = there.file == joining or there.file.parent == own
                    raise RuleError(where.file, where.line, _at_once(rule, where, there, mine))
        codes = {rule.code for rule, _ in placed}
        for rule, where in placed:
            if strange := sorted(set(map(str, rule.when.get(MISSED, ()))) - codes):
                raise RuleError(
                    where.file,
                    where.line,
                    f"{rule.code} følger efter {', '.join(strange)}, som ingen regel hedder.",
                )
        if complete:
            decided.known(codes)
        return cls(tuple(decided.of(rule) for rule, _ in placed))

    @cached_property
    def versions(self) -> Mapping[str, Sequence[Rule]]:
        """The versions of each code, the oldest first."""
        codes = dict.fromkeys(rule.code for rule in self.rules)
        return {
            code: sorted(
                (rule for rule in self.rules if rule.code == code),
                key=lambda rule: rule.in_force_from,
            )
            for code in codes
        }

    def on(self, day: date) -> Sequence[Rule]:
        """Return the rules in force on a Danish day, one version of each."""
        return [rule for rule in self.rules if rule.in_force(day)]

    def version(self, code: str, in_force_from: date) -> Rule | None:
        """Return the version a deadline was opened under, or None where the file lost it."""
        return next(
            (rule for rule in self.versions.get(code, ()) if rule.in_force_from == in_force_from),
            None,
        )

    def newest(self, code: str) -> Rule | None:
        """Return the newest version of a code, or None."""
        return next(reversed(self.versions.get(code, ())), None)

    def opened_by(self, what: Haendelse) -> Sequence[Rule]:
        """Return the rules whose clock this starts, those switched off left out."""
        return self._opening.get(what, ())

    def ended_by(self, what: Haendelse) -> Sequence[Rule]:
        """Return the rules a deadline of which this meets, annuls, corrects, moves or pauses."""
        return self._ending.get(what, ())

    @cached_property
    def _opening(self) -> Mapping[Haendelse, Sequence[Rule]]:
        return {
            what: [rule for rule in self.rules if rule.on and what in rule.opens_on]
            for what in Haendelse
        }

    @cached_property
    def _ending(self) -> Mapping[Haendelse, Sequence[Rule]]:
        # Also of rules that are switched off now: what they opened once must still be closed.
        return {
            what: [
                rule
                for rule in self.rules
                if what
                in rule.met_by
                | rule.annulled_by
                | rule.lapses_with
                | rule.met_on_case.keys()
                | rule.corrected_by
                | rule.moved_up_by
                | rule.put_off_by
                | rule.paused_by
                | rule.resumed_by
            ]
            for what in Haendelse
        }


def overlap(one: Rule, other: Rule) -> bool:
    """Tell whether there is a day on which both are in force."""
    first = max(one.in_force_from, other.in_force_from)
    last = min(one.in_force_to or date.max, other.in_force_to or date.max)
    return first <= last


def _at_once(rule: Rule, where: Place, there: Place, mine: bool) -> str:
    """Return what is wrong with a rule in force at once with an earlier one, and what to do.

    :param mine: whether the earlier one is the municipality's own.
    """
    if not mine and where.file.parent != there.file.parent:
        return (
            f"{rule.code} følger med programmet og kan ikke laves om. Giv jeres egen regel en kode "
            f"for sig, fx »VORES-1«. Skal den gælde i stedet for {rule.code}, så slå {rule.code} "
            f'fra: skriv off = ["{rule.code}"] under [frister] i dubu.toml'
        )
    place = f"linje {there.line}" if where.file == there.file else str(there)
    return (
        f"{rule.code} gælder samtidig med den, der står i {place}. Giv den ene en anden kode; er "
        f"det en ny udgave, så giv den gamle en in_force_to, der ligger før den nye in_force_from"
    )
