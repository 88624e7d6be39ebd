"""Two people have assessed the same underretning: what the other wrote, beside one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import understood
from dubu_plugin.domain.underretning import BEKYMRINGER, UNDERRETTERE
from dubu_plugin.usecases.underretning.saved_by_another import Theirs
from dubu_plugin.web.underretning.assessment_form import DANGER, Values, stored
from dubu_plugin.web.underretning.view import STEPS

BETWEEN: Final = "\n\n"

FIELDS: Final[Mapping[str, str]] = {
    "barn": "Hvilket barn?",
    "underretter": "Kilde",
    "pligt": "Underretningspligt",
    "underretter_navn": "Underretterens navn",
    "underretter_sted": "Underretterens sted",
    "underretter_adresse": "Hvor kvitteringen sendes hen",
    "underretter_forhold": "Underretterens forhold til barnet",
    "anonym": "Anonym",
    "orienteret": "Er familien orienteret?",
    "bekymring": "Bekymring",
    "fare": "I fare nu, og mistanke om overgreb?",
    "akut": "Det gør vi med det samme",
    "begrundelse": "Begrundelse",
    "modtaget": "Modtaget",
    "soeskende": "Søskende vurderet samtidig",
    "nye_oejne": "Ny person, der deltager (§ 137)",
    "samtale": "Samtale med barnet (§ 137)",
    "samtale_tid": "Samtalens tid",
    "samtale_grund": "Hvorfor ikke en samtale?",
    "naeste": "Hvad gør vi nu?",
    "tilbagehold": "Underretteren skal ikke have resultatet at vide",
    "tilbagehold_grund": "Hvorfor ikke?",
}
"""Every answer two people can disagree on, in the form's order."""

TEXTS: Final = ("begrundelse", "akut", "samtale_grund", "tilbagehold_grund")
ASKED_AGAIN: Final = ("fare", "naeste")
"""Questions nobody may answer for another: where the two differ, they are asked once more."""

SAID: Final[Mapping[tuple[str, str], str]] = {
    ("samtale", "holdt"): "Holdt",
    ("samtale", "aftalt"): "Aftalt",
    ("samtale", "undladt"): "Undladt",
    ("samtale", "ikke_aktuel"): "",
    ("orienteret", "ja"): "Ja",
    ("orienteret", "nej"): "Nej",
    ("orienteret", "nej_mistanke_om_overgreb"): "Nej, der er mistanke om overgreb",
    ("orienteret", "uoplyst"): "Ikke oplyst",
} | {
    (name, str(code)): title
    for name, options in (("naeste", STEPS), ("fare", DANGER))
    for code, title in options
}
TITLES: Final = {
    "bekymring": {row.code: row.title for row in BEKYMRINGER},
    "underretter": {row.code: row.title for row in UNDERRETTERE},
}


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
    theirs: Theirs, mine: Values, names: Mapping[str, str], button: str, now: datetime
) -> Conflict:
    """Return the difference between what two have written.

    :param names: of employees and persons, by the keys that stand in the form.
    """
    first = names.get(theirs.by or "", "En kollega").split(" ")[0]
    whose = f"{first}s"
    at = danish.clock(theirs.at) if theirs.at else "lige nu"
    return Conflict(
        heading=f"{first} har gemt vurderingen {at} – vælg",
        text="Begge er gemt: din som kladde, den anden på sagen. Intet er overskrevet.",
        whose=whose,
        whose_text=whose,
        rows=_rows(as_form(theirs), mine, names),
        button=button,
    )


def as_form(theirs: Theirs) -> Values:
    """Return what the other one saved, as the form would hold it."""
    return stored(theirs.underretning, sorted(theirs.concerns), theirs.vurdering)


def _rows(theirs: Values, mine: Values, names: Mapping[str, str]) -> Sequence[Difference]:
    rows = [
        Difference(label, _said(name, mine, names), _said(name, theirs, names))
        for name, label in FIELDS.items()
    ]
    return [row for row in rows if row.mine != row.theirs]


def _said(name: str, values: Values, names: Mapping[str, str]) -> str:
    """Return an answer as it is read."""
    answer = values[name]
    if name == "nye_oejne":
        answer = values.get("nye_oejne_anden") or answer
    if isinstance(answer, list):
        titles = TITLES.get(name, names)
        return ", ".join(sorted(titles.get(code, code) for code in answer))
    if name == "pligt":
        return f"§ {answer}" if answer else ""
    if name in ("samtale_tid", "modtaget") and answer:
        return danish.moment_text(understood(answer))
    found = TITLES.get(name, names).get(answer, answer)
    return SAID.get((name, answer), found).strip()


def kept(mine: Values, theirs: Values) -> Values:
    """Return one's own answers. What one has not answered stays as the other answered it.

    A blank is no opinion: it must not wipe out the conversation or the person § 137 asks for.
    """
    siblings = sorted({*mine["soeskende"], *theirs["soeskende"]})
    filled = {name: mine[name] or theirs[name] for name in FIELDS} | {"soeskende": siblings}
    if not mine["samtale"] or mine["samtale"] == "ikke_aktuel":
        filled |= {name: theirs[name] for name in ("samtale", "samtale_tid", "samtale_grund")}
    return {**mine, **filled, "bekymring": mine["bekymring"], "anonym": mine["anonym"]}


def both(mine: Values, theirs: Values) -> Values:
    """Return one's own answers with the other's put after them; see `ASKED_AGAIN`."""
    merged: dict[str, Any] = dict(kept(mine, theirs))
    for name in TEXTS:
        texts = [part.strip() for part in (mine[name], theirs[name]) if part.strip()]
        merged[name] = BETWEEN.join(dict.fromkeys(texts))
    for name in ASKED_AGAIN:
        if mine[name] != theirs[name]:
            merged[name] = ""
    merged["bekymring"] = sorted({*mine["bekymring"], *theirs["bekymring"]})
    return merged
