"""Plans and activity types read out of a file, strictly. See `dubu_plugin.frister.rowfile`."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dubu_plugin.aktiviteter.plan import Ansvar, PlanSubject
from dubu_plugin.domain.facts import FACTS
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import Length
from dubu_plugin.frister.reaction import Value
from dubu_plugin.frister.rowfile import Bundle, Place, Placed, RowError, Title, rows, written

MOST_STEPS: Final = 40

Code = Annotated[
    str,
    written(
        r"[A-ZÆØÅ][A-ZÆØÅ0-9-]{1,15}",
        "skal være et stort bogstav og 1 til 15 store bogstaver, tal og bindestreger, fx »SKOLE-1«",
    ),
]
Key = Annotated[
    str, written(r"[A-ZÆØÅ0-9-]{1,16}", "skal være 1 til 16 store bogstaver, tal og bindestreger")
]


class PlanError(RowError):
    """A file of plans or activity types does not say what it should."""


def _length(given: str) -> str:
    if given:
        Length.parse(given)
    return given


def _one_or_more(given: object) -> object:
    """Let a condition name one value or a list of them."""
    if not isinstance(given, dict):
        return given
    return {
        name: value if isinstance(value, list | tuple) else [value] for name, value in given.items()
    }


Span = Annotated[str, AfterValidator(_length)]
Conditions = Annotated[dict[str, tuple[Value, ...]], BeforeValidator(_one_or_more)]


class StrictRow(BaseModel):
    """A row in which a name nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TypeRow(StrictRow):
    """An activity type as a file has it. The names are those of `ActivityType`."""

    code: Code
    title: Title
    law: str = ""
    lovpligtig: bool = False
    met_by: tuple[Haendelse, ...] = ()
    on: bool = True
    """False takes a type of ours away, where the law does not ask for it."""

    @model_validator(mode="after")
    def _whole(self) -> "TypeRow":
        if self.lovpligtig and not self.law:
            raise ValueError("en lovpligtig aktivitet skal sige i law, hvor pligten står")
        return self


class StepRow(StrictRow):
    """A step as a file has it. The names are those of `Step`."""

    activity: Code
    key: Key | None = None
    title: Annotated[str, Field(max_length=80)] = ""
    after: Span = ""
    follows: str = ""
    before: str = ""
    frist: str = ""
    role: Ansvar = Ansvar.SAGSBEHANDLER
    letter: str = ""
    optional: bool = False
    met_by: tuple[Haendelse, ...] | None = None
    """In place of the activity's own; an empty list is for a step that is only done by hand."""
    dropped_when: Conditions = {}
    lapses_with: tuple[Haendelse, ...] = ()
    again: Span = ""

    @property
    def name(self) -> str:
        """What the step is called inside its plan."""
        return self.key or self.activity

    @model_validator(mode="after")
    def _whole(self) -> "StepRow":
        if len([one for one in (self.after, self.before, self.frist) if one]) > 1:
            raise ValueError(
                "et trin har højst én dato: after, before eller frist. Er datoen en lovfrist, "
                "skal trinnet kun sige frist"
            )
        _insist_on_facts("dropped_when", self.dropped_when)
        if self.follows and (self.before or self.frist):
            raise ValueError("follows kan kun stå sammen med after, eller alene")
        return self


class PlanRow(StrictRow):
    """A plan as a file, and the database, has it. The names are those of `Plan`."""

    code: Code
    title: Title
    about: Annotated[str, Field(min_length=1, max_length=300)]
    subject: PlanSubject = PlanSubject.SAG
    bundle: Bundle
    applied_on: tuple[Haendelse, ...] = ()
    when: Conditions = {}
    replaces: tuple[str, ...] = ()
    annulled_by: tuple[Haendelse, ...] = ()
    corrected_by: tuple[Haendelse, ...] = ()
    from_fact: str = ""
    trin: Annotated[tuple[StepRow, ...], Field(min_length=1, max_length=MOST_STEPS)]

    @property
    def version(self) -> str:
        """The digest the version is known by."""
        # What came later counts only where it is used, so that older plans keep their versions.
        steps = {at: {"lapses_with"} for at, one in enumerate(self.trin) if not one.lapses_with}
        unused = {} if self.from_fact else {"from_fact": True}
        said = self.model_dump_json(exclude={**unused, "trin": steps})
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @model_validator(mode="after")
    def _whole(self) -> "PlanRow":
        _insist_on_facts("when", self.when)
        if self.when and not self.applied_on:
            raise ValueError("when kræver en hændelse i applied_on at spørge")
        if self.from_fact and FACTS.get(self.from_fact) is not date:
            raise ValueError("from_fact skal være navnet på en dato, en hændelse siger")
        if self.from_fact and not self.applied_on:
            raise ValueError("from_fact kræver en hændelse i applied_on, der siger datoen")
        if self.applied_on and self.subject is PlanSubject.ENHED:
            raise ValueError("en enheds egen plan lægges kun i hånden, så applied_on skal ud")
        return self


def _insist_on_facts(name: str, asked: Iterable[str]) -> None:
    if unknown := set(asked) - set(FACTS):
        raise ValueError(
            f"{name} spørger om {', '.join(sorted(unknown))}, som ingen hændelse siger; "
            f"den kan spørge om {', '.join(sorted(FACTS))}"
        )


def read(file: Path) -> Iterator[Placed]:
    """Yield the activity types and the plans of a file, and where they stand.

    :raises PlanError: the file cannot be read, or says something no row can say.
    """
    return rows(file, {"aktivitet": TypeRow, "plan": PlanRow}, PlanError)


__all__ = ["Place", "Placed", "PlanError", "PlanRow", "StepRow", "TypeRow", "read"]
