"""»Find barn« and »Find mor«: who the address book has, shown on the form as it was typed."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.store.search.found import is_cpr
from dubu_plugin.usecases.underretning.find_child import find_child, is_grown
from dubu_plugin.web.door import Visit
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.underretning import assessment_form as form
from dubu_plugin.web.underretning.assessment_form import Values
from dubu_plugin.web.underretning.drawn import drawn, keep
from dubu_plugin.web.underretning.screen import Typing


def look_up(visit: Visit, sent: Sent, *, mother: bool) -> Response:
    """Ask the address book, and show who was found among the children, with the form as it was."""
    values: dict[str, Any] = dict(form.typed(sent.fields))
    text = values["mor" if mother else "find"].strip()
    listed = "moedre" if mother else "fundet"
    keep(visit, sent)
    if not text:
        field, sentence = ("mor", "den kommende mors") if mother else ("find", "barnets")
        wrong = {field: f"Skriv {sentence} navn eller CPR-nummer, og søg igen."}
        return looked_up(visit, sent, values, "", wrong)
    found = find_child(text, **visit.means, grown=mother)
    if found is None:
        said = (
            "Adressebogen svarer ikke. Prøv igen om lidt, eller skriv CPR-nummer og navn; så "
            "slås barnet op senere."
        )
        return looked_up(visit, sent, values, said, {})
    grown = [] if mother else [one for one in found if is_grown(one, visit.now)]
    keys = [str(one.id) for one in found if one not in grown]
    values[listed] = list(dict.fromkeys([*keys, *values[listed]]))
    if len(keys) == 1:
        values["mor_valgt" if mother else "barn"] = keys[0]
    keep(visit, sent, values)
    who = "personer" if mother else "børn"
    if not keys and grown:
        return looked_up(visit, sent, values, GROWN, {})
    if not keys:
        return looked_up(visit, sent, values, _nobody(text), {}, unknown=is_cpr(text))
    one = "person" if mother else "barn"
    said = f"{danish.counted(len(keys), one, who)} fundet. Vælg på listen ovenfor."
    return looked_up(visit, sent, values, said, {})


GROWN: Final = (
    "Den, der blev fundet, er fyldt 18 år og kan ikke være barnet. Søg på barnets navn, eller vælg "
    "»Et ufødt barn«, hvis barnet ikke er født."
)


def _nobody(text: str) -> str:
    if is_cpr(text):
        return "Ingen i adressebogen har det nummer. Skriv barnets navn, så registreres det her."
    return "Ingen fundet. Prøv med færre bogstaver eller CPR-nummeret."


def looked_up(
    visit: Visit,
    sent: Sent,
    values: Values,
    said: str,
    errors: Mapping[str, str],
    *,
    unknown: bool = False,
) -> Response:
    """Show the form as it was sent, with what the search came to."""
    typed = Typing(
        values,
        saved_at=visit.now,
        errors=errors,
        search=said,
        unknown_number=unknown,
        version=sent.version,
    )
    return drawn(visit, typed, status=422 if errors else 200, correcting=True)
