"""The catalogue and the plans of one installation, put together and checked against each other."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from dubu_plugin.aktiviteter.plan import ActivityType, Plan, Step
from dubu_plugin.aktiviteter.planfile import PlanError, PlanRow, StepRow, TypeRow, read
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import Length
from dubu_plugin.frister.ownfolder import toml_files
from dubu_plugin.frister.rowfile import Place, inner_line
from dubu_plugin.frister.rulebook import RuleBook

KEPT: Final = 256
"""So many versions from the database are remembered."""


class PlanSlip(Exception):
    """A plan is right word by word and does not fit the catalogue, the rules or itself."""

    def __init__(self, reason: str, step: int | None = None) -> None:
        """:param step: the number of the step that is wrong, from 0; None for the plan itself."""
        super().__init__(reason)
        self.reason = reason
        self.step = step


@dataclass(frozen=True, eq=False)
class PlanBook:
    """Every activity type, and the plans of the files. An edited plan lies in the database."""

    rules: RuleBook
    types: Mapping[str, ActivityType] = field(default_factory=dict)
    rows: Mapping[str, PlanRow] = field(default_factory=dict)
    """The plans as their files have them."""
    must_have: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By code of a plan of ours: the activities of it the law asks for."""
    plans: Mapping[str, Plan] = field(default_factory=dict)
    _stored: dict[str, Plan] = field(default_factory=dict, repr=False)

    @classmethod
    def load(
        cls,
        folders: Iterable[Path],
        rules: RuleBook,
        *,
        joining: Path | None = None,
        without: Collection[Path] = (),
    ) -> Self:
        """Return what every ``*.toml`` in the folders says; a later folder goes before an earlier.

        :param folders: ours first; one of them may be a single file, or not be there.
        :param joining: one more file, as if it lay in the last folder.
        :param without: files that are left out.
        :raises PlanError: a file cannot be read, or what it says does not fit the rest.
        """
        types: dict[str, ActivityType] = {}
        placed: dict[str, tuple[PlanRow, Place]] = {}
        must_have: dict[str, frozenset[str]] = {}
        shelves = [toml_files(folder, without=without) for folder in folders]
        if joining is not None:
            shelves[-1].append(joining)
        for shelf in shelves:
            here: dict[str, Place] = {}
            for file in shelf:
                for found in read(file):
                    if isinstance(found.row, TypeRow):
                        _insist_on_one(found.row.code, here, found.place)
                        _put_type(types, found.row, found.place)
                    elif isinstance(found.row, PlanRow):
                        _insist_on_one(found.row.code, here, found.place)
                        placed[found.row.code] = found.row, found.place
            for code, (row, _) in placed.items():
                must_have.setdefault(code, _lovpligtige(row, types))
        rows = {code: row for code, (row, _) in placed.items()}
        book = cls(rules, types, rows, must_have)
        plans = {code: book._at(place, row) for code, (row, place) in placed.items()}
        return cls(rules, types, rows, must_have, plans)

    def plan(self, row: PlanRow) -> Plan:
        """Return the plan a row says, with what the catalogue and the rules know.

        :raises PlanSlip: it names something there is not, or leaves out what the law asks for.
        """
        keys = [step.name for step in row.trin]
        for number, step in enumerate(row.trin):
            self._check(step, number, keys)
        _insist_on_no_ring(row)
        missing = self.must_have.get(row.code, frozenset()) - {one.activity for one in row.trin}
        if missing:
            titles = ", ".join(f"{code} {self.types[code].title}" for code in sorted(missing))
            raise PlanSlip(f"{titles} er lovpligtig og kan ikke tages ud af {row.code}")
        return self._made(row)

    def stored(self, content: str) -> Plan:
        """Return a version as the database keeps it. It was checked when it was saved.

        A step whose activity the catalogue has lost since has its code as title.
        """
        if content not in self._stored:
            if len(self._stored) >= KEPT:
                self._stored.clear()
            self._stored[content] = self._made(PlanRow.model_validate_json(content))
        return self._stored[content]

    def letters(self) -> Sequence[tuple[str, str]]:
        """Return every letter a plan names, with the code of the plan."""
        return [
            (step.letter, plan.code)
            for plan in self.plans.values()
            for step in plan.steps
            if step.letter
        ]

    def _at(self, place: Place, row: PlanRow) -> Plan:
        try:
            if unknown := set(row.replaces) - set(self.rows):
                names = ", ".join(sorted(unknown))
                raise PlanSlip(f"{row.code} træder i stedet for {names}, som ikke findes")
            return self.plan(row)
        except PlanSlip as slip:
            line = place.line if slip.step is None else inner_line(place, "plan.trin", slip.step)
            raise PlanError(place.file, line, slip.reason) from None

    def _check(self, step: StepRow, number: int, keys: Sequence[str]) -> None:
        def no(reason: str) -> PlanSlip:
            return PlanSlip(reason, number)

        if step.activity not in self.types:
            raise no(f"aktiviteten {step.activity} står ikke i kataloget")
        if step.lapses_with and self.types[step.activity].lovpligtig:
            raise no(f"{step.activity} er lovpligtig og kan ikke bortfalde med lapses_with")
        if keys.count(step.name) > 1:
            raise no(f"trinnet {step.name} er der to gange; giv det ene sin egen key")
        for name in (step.follows, step.before):
            if name and (name == step.name or name not in keys):
                raise no(
                    f"trinnet {step.name} venter på {name}, som ikke er et andet trin i planen"
                )
        if step.frist and step.frist not in self.rules.versions:
            raise no(f"der er ingen frist med koden {step.frist}")

    def _made(self, row: PlanRow) -> Plan:
        return Plan(
            code=row.code,
            version=row.version,
            title=row.title,
            about=row.about,
            subject=row.subject,
            bundle=row.bundle,
            applied_on=frozenset(row.applied_on),
            when={name: frozenset(values) for name, values in row.when.items()},
            replaces=frozenset(row.replaces),
            annulled_by=frozenset(row.annulled_by),
            corrected_by=frozenset(row.corrected_by),
            from_fact=row.from_fact,
            steps=tuple(self._step(step) for step in row.trin),
        )

    def _step(self, step: StepRow) -> Step:
        kind = self.types.get(step.activity) or ActivityType(
            code=step.activity, title=step.activity
        )
        return Step(
            key=step.name,
            activity=step.activity,
            title=step.title or kind.title,
            law=kind.law,
            after=_length(step.after),
            follows=step.follows,
            before=step.before,
            frist=step.frist,
            role=step.role,
            letter=step.letter,
            optional=step.optional,
            lovpligtig=kind.lovpligtig,
            met_by=self._meets(step.frist)
            | (kind.met_by if step.met_by is None else frozenset(step.met_by)),
            dropped_when={name: frozenset(said) for name, said in step.dropped_when.items()},
            lapses_with=frozenset(step.lapses_with),
            again=_length(step.again),
        )

    def _meets(self, frist: str) -> frozenset[Haendelse]:
        """Return what meets the deadline that is a step's date: then the step is done too."""
        versions = self.rules.versions.get(frist, ())
        return frozenset(what for rule in versions for what in rule.met_by)


def _length(text: str) -> Length | None:
    return Length.parse(text) if text else None


def _lovpligtige(row: PlanRow, types: Mapping[str, ActivityType]) -> frozenset[str]:
    return frozenset(
        step.activity
        for step in row.trin
        if step.activity in types and types[step.activity].lovpligtig
    )


def _insist_on_one(code: str, here: dict[str, Place], place: Place) -> None:
    if code in here:
        raise PlanError(
            place.file, place.line, f"{code} står også i {here[code]}; giv den ene en anden kode"
        )
    here[code] = place


def _put_type(types: dict[str, ActivityType], row: TypeRow, place: Place) -> None:
    """Put a type in the catalogue, in place of an earlier folder's."""
    before = types.get(row.code)
    if before is not None and before.lovpligtig and not (row.on and row.lovpligtig):
        raise PlanError(
            place.file,
            place.line,
            f"{row.code} {before.title} er lovpligtig ({before.law}) og kan ikke tages ud af "
            f"kataloget. Den kan få en anden title.",
        )
    if not row.on:
        types.pop(row.code, None)
        return
    types[row.code] = ActivityType(
        code=row.code,
        title=row.title,
        law=row.law,
        lovpligtig=row.lovpligtig,
        met_by=frozenset(row.met_by),
    )


def _insist_on_no_ring(row: PlanRow) -> None:
    """Refuse steps that wait for each other in a ring."""
    waits = {step.name: step.before or step.follows for step in row.trin}
    for number, step in enumerate(row.trin):
        seen, at = {step.name}, waits[step.name]
        while at:
            if at in seen:
                raise PlanSlip(f"trinnet {step.name} venter på sig selv", number)
            seen.add(at)
            at = waits[at]
