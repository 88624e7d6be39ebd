"""A plan as a form an administrator fills in: a row a step, and its date in plain words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from dubu_plugin.aktiviteter.plan import Ansvar, PlanSubject
from dubu_plugin.aktiviteter.planfile import MOST_STEPS, PlanRow, StepRow
from dubu_plugin.frister.counting import Length, Unit
from dubu_plugin.frister.rowfile import reason
from dubu_plugin.usecases.aktivitet.change_plan import PlanRefused
from dubu_plugin.web.forms import Sent

UNITS: Final[Mapping[Unit, tuple[str, str]]] = {
    Unit.HOURS: ("time", "timer"),
    Unit.HVERDAGE: ("hverdag", "hverdage"),
    Unit.DAYS: ("dag", "dage"),
    Unit.WEEKS: ("uge", "uger"),
    Unit.MONTHS: ("måned", "måneder"),
}
WORDS: Final = {word: unit for unit, words in UNITS.items() for word in words}
NO_DATE: Final = "uden dato"


@dataclass(frozen=True, slots=True)
class StepFields:
    """A step as the form shows it."""

    key: str
    activity: str
    title: str
    when: str
    role: str
    letter: str
    optional: bool


def fields_of(row: PlanRow) -> Sequence[StepFields]:
    """Return the steps of a plan as the form shows them."""
    return [
        StepFields(
            step.name, step.activity, step.title, when_words(step), step.role, step.letter,
            step.optional,
        )
        for step in row.trin
    ]  # fmt: skip


def when_words(step: StepRow) -> str:
    """Return ``6 hverdage``, ``frist UND-24T``, ``før B01`` or ``efter D04: 5 hverdage``."""
    if step.frist:
        return f"frist {step.frist}"
    if step.before:
        return f"før {step.before}"
    length = length_words(step.after) if step.after else ""
    if step.follows:
        return f"efter {step.follows}" + (f": {length}" if length else "")
    return length or NO_DATE


def length_words(text: str) -> str:
    """Return a length in Danish: ``6 hverdage``."""
    length = Length.parse(text)
    one, more = UNITS[length.unit]
    return f"{length.count} {one if length.count == 1 else more}"


def read_when(text: str) -> dict[str, str]:
    """Return what `when_words` said, as a step's own names.

    :raises ValueError: it says nothing of the kind.
    """
    said = " ".join(text.split())
    if not said or said.lower() == NO_DATE:
        return {}
    found = re.fullmatch(r"(?i)(frist|før) ([A-ZÆØÅ0-9-]{1,16})", said)
    if found:
        return {"frist" if found[1].lower() == "frist" else "before": found[2].upper()}
    found = re.fullmatch(r"(?i)efter ([A-ZÆØÅ0-9-]{1,16})(?:: ?(.+))?", said)
    if found:
        return {"follows": found[1].upper()} | ({"after": _length(found[2])} if found[2] else {})
    return {"after": _length(said)}


def read_plan(code: str, sent: Sent, before: PlanRow | None) -> PlanRow:
    """Return the plan a form says. What the form does not show is kept from before.

    :raises PlanRefused: it says no plan.
    """
    old = {step.name: step for step in before.trin} if before else {}
    steps: list[dict[str, Any]] = []
    for number in range(MOST_STEPS):
        activity = sent.one(f"trin-{number}-aktivitet")
        if not activity or sent.one(f"trin-{number}-fjern"):
            continue
        steps.append(_read_step(number, activity, sent, old))
    kept = before.model_dump(mode="json", exclude={"trin"}) if before else _new(code)
    given = {"title": sent.one("title"), "about": sent.one("about")}
    try:
        return PlanRow.model_validate({**kept, **given, "trin": steps})
    except ValidationError as slip:
        first = slip.errors()[0]
        inside = first["loc"]
        step = inside[1] if len(inside) > 1 and isinstance(inside[1], int) else None
        raise PlanRefused(_danish(first, reason(first)), step) from None


def _new(code: str) -> dict[str, Any]:
    return {"code": code, "subject": PlanSubject.SAG, "bundle": "egen"}


def _danish(error: Any, otherwise: str) -> str:
    names = {"title": "titlen", "about": "hvornår planen bruges", "trin": "trinnene"}
    name = names.get(str(error["loc"][0])) if error["loc"] else None
    return f"{name} mangler eller er for lang" if name and len(error["loc"]) == 1 else otherwise


def _read_step(
    number: int, activity: str, sent: Sent, old: Mapping[str, StepRow]
) -> dict[str, Any]:
    def one(name: str) -> str:
        return sent.one(f"trin-{number}-{name}")

    before = old.get(one("key"))
    kept: dict[str, Any] = {}
    if before is not None and before.activity == activity:
        kept = before.model_dump(
            mode="json", exclude={"after", "follows", "before", "frist"}, exclude_defaults=True
        )
    role = one("ansvar")
    try:
        when = read_when(one("naar"))
    except ValueError as no:
        raise PlanRefused(str(no), number) from None
    return {
        **kept,
        "activity": activity,
        "title": one("titel"),
        "role": role if role in list(Ansvar) else Ansvar.SAGSBEHANDLER,
        "letter": one("brev"),
        "optional": bool(one("valgfri")),
        **when,
    }


def _length(text: str) -> str:
    found = re.fullmatch(r"([0-9]{1,4}) (\w+)", text.strip().lower())
    if not found or found[2] not in WORDS:
        raise ValueError(
            f"»{text}« er ikke en dato. Skriv fx »6 hverdage«, »4 måneder«, »frist UND-24T«, "
            f"»før B01«, »efter D04: 5 hverdage« eller »{NO_DATE}«"
        )
    return str(Length(int(found[1]), WORDS[found[2]]))
