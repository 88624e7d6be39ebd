"""Two people have assessed the same underretning: what the other wrote, beside one's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.underretning import BEKYMRINGER
from dubu_plugin.store.underretninger import Vurdering
from dubu_plugin.usecases.underretning.saved_by_another import Theirs
from dubu_plugin.web.assessment_form import Values
from dubu_plugin.web.underretning_view import STEPS

BETWEEN: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field they disagree on."""

    label: str
    mine: str = field(repr=False)
    theirs: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the second one sees."""

    heading: str
    text: str
    whose: str
    whose_text: str
    rows: Sequence[Difference]
    button: str
    """Which button was pressed, so that keeping one's own does the same."""


def conflict(
    theirs: Theirs, mine: Values, name: str | None, button: str, now: datetime
) -> Conflict:
    """Return the difference between what two have written."""
    first = (name or "En kollega").split(" ")[0]
    whose = f"{first}s"
    at = danish.clock(theirs.at) if theirs.at else "lige nu"
    return Conflict(
        heading=f"{first} har gemt vurderingen {at} – vælg",
        text="Begge er gemt: din som kladde, den anden på sagen. Intet er overskrevet.",
        whose=whose,
        whose_text=whose,
        rows=_rows(theirs, mine),
        button=button,
    )


def _rows(theirs: Theirs, mine: Values) -> Sequence[Difference]:
    vurdering = theirs.vurdering
    if vurdering is None:
        return (
            Difference(
                "Underretningen", "", "Oplysninger om barnet eller underretteren er rettet."
            ),
        )
    titles = {row.code: row.title for row in BEKYMRINGER}
    steps = {str(code): title for code, title in STEPS}
    dangers = {"akut": "Ja, akut", "ikke_akut": "Nej"}
    rows = (
        Difference("I fare nu?", dangers.get(mine["fare"], ""), dangers.get(vurdering.fare, "")),
        Difference("Begrundelse", mine["begrundelse"], vurdering.reason),
        Difference("Det gør vi med det samme", mine["akut"], vurdering.acute_action or ""),
        Difference(
            "Hvad gør vi nu?", steps.get(mine["naeste"], ""), steps.get(vurdering.next_step, "")
        ),
        Difference(
            "Bekymring",
            ", ".join(sorted(titles.get(code, code) for code in mine["bekymring"])),
            ", ".join(sorted(titles.get(code, code) for code in theirs.concerns)),
        ),
    )
    return [row for row in rows if row.mine.strip() != row.theirs.strip()]


def both(mine: Values, vurdering: Vurdering, concerns: Iterable[str]) -> dict[str, object]:
    """Return one's own answers with the other's texts put after them."""
    merged = dict(mine)
    for name, text in (("begrundelse", vurdering.reason), ("akut", vurdering.acute_action or "")):
        texts = [part.strip() for part in (mine[name], text) if part.strip()]
        merged[name] = BETWEEN.join(dict.fromkeys(texts))
    merged["bekymring"] = sorted({*mine["bekymring"], *concerns})
    return merged
