"""What two people chose on one decision, field by field: the second sees it and chooses."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.gates.given import field_of
from dubu_plugin.domain.udfald import outcome_words
from dubu_plugin.usecases.afgoerelse.whole import Whole
from dubu_plugin.web.afgoerelse.form import (
    BEFORE,
    CHAIR_CLOCK,
    CHAIR_DAY,
    DATES,
    REVISION,
    YES,
    help_fields,
    sections,
    values_of,
)
from dubu_plugin.web.afgoerelse.given_form import MOST
from dubu_plugin.web.afgoerelse.given_view import indsats_options
from dubu_plugin.web.afgoerelse.view import CAPACITIES

Field = tuple[str, Callable[[str], str]]
"""What a field is called, and how one of its values is read."""
ANSWERS: Final = {YES: "Ja", "nej": "Nej", "givet": "Ja", "afslaaet": "Nej"}
LABELS: Final[Mapping[str, str]] = {
    "udfald": "Udfald",
    "indsats": "Det, der gives",
    "fra": "Fra",
    "til": "Til og med",
    "plan": "Barnets plan",
    "straks": "Sættes i gang straks",
    "overleveres": "Barnets brev overleveres",
    "udtalelse_dag": "Udtalelsens dag",
    "udvalg_dag": "Mødets dag",
    CHAIR_DAY: "Formandens dag",
    CHAIR_CLOCK: "Formandens klokkeslæt",
    "stemmer": "Stemmer for",
    "protokol": "Punktet i protokollen",
    "uenig": "Dommerens mening",
}


def meanwhile(
    product: Product, it: Whole, typed: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the form as the second goes on from it, and a sentence where the first was there.

    What the second did not touch is what the first chose; what both changed keeps the second's
    answer, with the first's beside it.

    :param it: the decision as it stands now.
    :param typed: what the second sent, with what stood in each field when the page was drawn.
    """
    stands = values_of(it)
    values, wrong = dict(typed), {}
    for name, (label, words) in _fields(product, it).items():
        mine, theirs = typed.get(name, ""), stands.get(name, "")
        before = typed.get(BEFORE.format(name))
        if mine == theirs or theirs == before:
            continue
        chose = f"valgt »{words(theirs)}«" if theirs else "fjernet det, der stod her,"
        wrong[name] = f"{label}: En anden har {chose} imens. Vælg, hvad der skal stå, og gem igen."
        if mine == before or not mine:
            values[name] = theirs
            wrong[name] = f"{label}: En anden har {chose} imens. Ret det, hvis du vil noget andet."
    for name in sections(it):
        revision = stands.get(REVISION.format(name), "0")
        if typed.get(REVISION.format(name), "0") != revision and typed.get(name) != stands[name]:
            wrong[name] = written_meanwhile(stands[name])
            values[REVISION.format(name)] = revision
    return {**values, **drawn_now(it)}, wrong


def written_meanwhile(theirs: str) -> str:
    """Return what the second is told where both wrote in one text."""
    return f"En anden har skrevet her imens: »{theirs}«. Saml det, og gem."


def drawn_now(it: Whole) -> Mapping[str, str]:
    """Return what says which version of the decision a page is drawn from."""
    before = BEFORE.format("")
    return {
        name: value
        for name, value in values_of(it).items()
        if name == "version" or name.startswith(before)
    }


def _fields(product: Product, it: Whole) -> Mapping[str, Field]:
    found: dict[str, Field] = {name: (label, _words) for name, label in LABELS.items()}
    outcomes = {one.value: outcome_words(it.matter, one, applied=it.applied) for one in Outcome}
    options = dict(indsats_options(product, it))
    roles = {one.value: title for one, title in CAPACITIES.items()}
    found["udfald"] = LABELS["udfald"], lambda one: outcomes.get(one, one)
    found["indsats"] = LABELS["indsats"], lambda one: options.get(one, "en anden indsats")
    for number in range(2, MOST + 1):
        nr = f"Indsats nr. {number}"
        found[field_of("indsats", number)] = nr, found["indsats"][1]
        found[field_of("formaal", number)] = f"{nr}, formål", _words
        found[field_of("fra", number)] = f"{nr}, fra", _day
        found[field_of("til", number)] = f"{nr}, til og med", _day
    for name in (*DATES, CHAIR_DAY):
        found[name] = LABELS[name], _day
    for field, one_help in help_fields(it).items():
        found[field] = f"{one_help.title} hører op", _words
    for one in it.parts:
        found[f"rolle-{one.person}"] = one.name, lambda role: roles.get(role, role)
        found[f"samtykke-{one.person}"] = f"Samtykke fra {one.name}", _words
        found[f"samtykkedag-{one.person}"] = f"Dagen {one.name} svarede", _day
        found[f"samtykkeformaal-{one.person}"] = f"Samtykke til formålet fra {one.name}", _words
    return found


def _words(value: str) -> str:
    return ANSWERS.get(value, value)


def _day(value: str) -> str:
    return danish.long_date(date.fromisoformat(value))
