"""A decision everything is in place for, to take one thing out of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from dubu_plugin.domain.afgoerelser import Capacity, Given, Matter, Outcome
from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.gates.passing import refused
from dubu_plugin.domain.gates.standing import Hearing, Part, Standing
from dubu_plugin.kataloger import afgoerelseskatalog, indsatskatalog

SHELF: Final = Path(str(files("dubu_templates"))) / "kataloger"
INDSATSER: Final = indsatskatalog.load([SHELF / "indsatser.toml"])
MATTERS: Final = afgoerelseskatalog.load(SHELF / "afgoerelser.toml", INDSATSER)
DAY: Final = date(2026, 6, 11)
NOON: Final = datetime(2026, 6, 11, 10, tzinfo=UTC)
MOTHER: Final = UUID(int=1)
CHILD: Final = UUID(int=2)


def matter(code: str) -> Matter:
    found = MATTERS.get(code, DAY)
    assert found is not None
    return found


def part(**more: Any) -> Part:
    given: dict[str, Any] = {
        "person": MOTHER, "capacity": Capacity.FORAELDREMYNDIGHED, "name": "Mor Testvad",
        "hearing": Hearing.BESVARET, "weighed": True, "consent": "givet", "consent_on": DAY,
        "consent_purpose": True,
    }  # fmt: skip
    return Part(**{**given, **more})


def child(**more: Any) -> Part:
    return part(person=CHILD, capacity=Capacity.BARN, name="Alma Testvad", **more)


def standing(code: str = "stoette", age: int | None = 9, **more: Any) -> Standing:
    """Return a decision no gate refuses, but for what is changed."""
    about = matter(code)
    parts = [part(), child()] if about.has_party(age) else [part()]
    if age is None:
        parts = [part(capacity=Capacity.KOMMENDE_FORAELDRE)]
    written = {
        name: "Skrevet."
        for name in ("afgoerelse", "oplysninger", "formaal", "varighed", "barnets_syn",
                     "til_barnet", "barnet_sagt", "udtalelse", "saerlige_forhold", *about.asks)
    }  # fmt: skip
    written["begrundelse"] = f"Truffet efter barnets lov {about.paragraph}, stk. 1, fordi …"
    if "hyppighed" in about.asks:
        written["hyppighed"] = "nej"
    written["klagevejledning"] = "Du kan klage til Ankestyrelsen inden 4 uger."
    ends_on = date(2026, 9, 17) if about.notice else date(2026, 7, 1)
    given: dict[str, Any] = {
        "matter": about, "day": DAY, "age": age, "outcome": Outcome.MEDHOLD, "said": written,
        "parts": parts, "view_recorded": True, "starts_on": DAY, "ends_on": ends_on,
        "given": [Given(code=one) for one in about.indsatser[:1]], "plan": False,
        "planned_on": DAY, "examined_on": DAY, "reckoned": True, "reckoned_on": DAY,
        "committee_on": DAY, "chair_at": NOON, "now": NOON, "votes_for": 5,
        "protocol": "Punkt 3", "dissent": False, "statement_on": DAY,
        "due_date": date(2026, 8, 1) if age is None else None,
        "there": {*about.presupposes, *([Forudsat.ANBRAGT] if about.statement else [])},
    }  # fmt: skip
    said = {**written, **more.pop("said", {})}
    return Standing(**{**given, **more, "said": said})


def without(section: str, code: str = "stoette", **more: Any) -> Standing:
    whole = standing(code, **more)
    return replace(whole, said={**whole.said, section: ""})


def refusals(of: Standing) -> Sequence[str]:
    """Return what is refused, with plain spaces."""
    return [one.sentence.replace("\u00a0", " ") for one in refused(of)]


def only(of: Standing) -> str:
    """Return the one thing that is refused."""
    [said] = refusals(of)
    return said
