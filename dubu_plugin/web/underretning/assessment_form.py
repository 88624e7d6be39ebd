"""The form of the 24-hour assessment: what it holds, and what it says to the use case.

Values come from what somebody just sent, else from their draft, else from what is stored, else from
what the text suggests; a question of the law starts unanswered.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, TypeAlias
from uuid import UUID

from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.underretning import (
    OVERGREB,
    Fare,
    NaesteSkridt,
    Orienteret,
    Pligt,
    usual_duty,
)
from dubu_plugin.domain.vurdering import Answers, Samtale
from dubu_plugin.errors import FieldRefused
from dubu_plugin.store.search.found import is_cpr
from dubu_plugin.store.underretning.underretninger import Underretning, Vurdering
from dubu_plugin.usecases.underretning.assess import Assessment
from dubu_plugin.usecases.underretning.child_choice import (
    ChildByCpr,
    ChildChoice,
    KnownChild,
    UnbornChild,
    UnknownChild,
)
from dubu_plugin.usecases.underretning.correct import Corrections
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.typed_time import NO_DAY, NO_MOMENT, day_of, moment_of

Values: TypeAlias = Mapping[str, Any]
"""Each field of the form: a text, or a list of them."""

TEXTS: Final = (
    "barn", "find", "find_navn", "mor", "mor_navn", "mor_valgt", "termin", "beskrivelse",
    "underretter", "pligt", "underretter_navn", "underretter_sted", "underretter_adresse",
    "underretter_forhold", "anonym", "orienteret", "fare", "akut", "begrundelse", "nye_oejne",
    "nye_oejne_anden", "samtale", "samtale_tid", "samtale_grund", "naeste", "tilbagehold",
    "tilbagehold_grund", "modtaget", "hjem_ok",
)  # fmt: skip
LISTS: Final = ("bekymring", "soeskende", "fundet", "moedre")

ABUSE: Final = "_overgreb"
"""What an answer about danger ends in where abuse is suspected."""
DANGER: Final = (
    (Fare.AKUT + ABUSE, "I fare nu, og mistanke om overgreb"),
    (Fare.AKUT, "I fare nu, ikke mistanke om overgreb"),
    (Fare.IKKE_AKUT + ABUSE, "Ikke i fare nu, men mistanke om overgreb"),
    (Fare.IKKE_AKUT, "Ikke i fare nu, ikke mistanke om overgreb"),
)
"""The two questions the law has answered of every underretning (§§ 136, stk. 2, and 137, stk. 3).

They are one choice, so that both are answered by a person and neither costs a press of its own.
"""

OTHER: Final = "andet"
UNBORN: Final = "ufoedt"
UNKNOWN: Final = "ukendt"


class FormProblem(FieldRefused):
    """Something in the form cannot be understood, at one field."""


FOUND: Final = {"cpr": "find", "navn": "find_navn"}
"""Where a child is found that is chosen by its number, by what the act calls the fields."""
MOTHERS: Final = {"cpr": "mor", "navn": "mor_navn"}


def wrong_in(values: Values, refused: Sent) -> Mapping[str, str]:
    """Return what is wrong with a form, by what it calls the fields."""
    names = MOTHERS if values["barn"] == UNBORN else FOUND
    return {names.get(field, field): sentence for field, sentence in refused.wrong.items()}


def stored(about: Underretning, concerns: Sequence[str], vurdering: Vurdering | None) -> Values:
    """Return the form as it is when nobody has typed in it."""
    values: dict[str, Any] = dict.fromkeys(TEXTS, "") | {name: [] for name in LISTS}
    values |= {
        "barn": str(about.child_id or ""),
        "underretter": about.underretter or "",
        "pligt": about.pligt or usual_duty(about.underretter) or "",
        "underretter_navn": about.notifier_name or "",
        "underretter_sted": about.notifier_organisation or "",
        "underretter_adresse": about.notifier_address or "",
        "underretter_forhold": about.notifier_relation or "",
        "anonym": "ja" if about.anonymous else "",
        "orienteret": about.orienteret or Orienteret.UOPLYST,
        "bekymring": list(concerns),
        "modtaget": typed_moment(about.received_at),
    }
    if vurdering is None:
        return values
    suspected = any(code in OVERGREB for code in concerns)
    return values | _assessed(vurdering, ABUSE if suspected else "")


def typed_moment(at: datetime) -> str:
    """Return a moment as a field for day and hour has it, on the Danish clock to the minute."""
    return danish_clock(at).strftime("%Y-%m-%dT%H:%M")


def _assessed(vurdering: Vurdering, suspicion: str) -> dict[str, Any]:
    at = vurdering.conversation_at
    return {
        "fare": f"{vurdering.fare}{suspicion}",
        "akut": vurdering.acute_action or "",
        "begrundelse": vurdering.reason,
        "nye_oejne": vurdering.fresh_eyes or "",
        "samtale": vurdering.conversation or "",
        "samtale_tid": typed_moment(at) if at else "",
        "samtale_grund": vurdering.conversation_reason or "",
        "naeste": vurdering.next_step,
        "soeskende": [str(one) for one in vurdering.siblings],
        "tilbagehold": "ja" if vurdering.withhold_reason else "",
        "tilbagehold_grund": vurdering.withhold_reason or "",
    }


def with_duty(values: Values) -> Values:
    """Return the form with the duty the notifier usually has, where nobody has said another."""
    suggested = usual_duty(values["underretter"])
    return values if values["pligt"] or suggested is None else {**values, "pligt": suggested}


def typed(sent: Mapping[str, Sequence[str]]) -> Values:
    """Return the form as somebody typed it. A box that was not ticked was not sent."""
    texts = {name: sent.get(name, [""])[-1] if sent.get(name) else "" for name in TEXTS}
    return texts | {name: list(sent.get(name, ())) for name in LISTS}


def assessment(sent: Sent, about: Underretning, *, receipt: bool) -> Assessment:
    """Return what the form says.

    :param receipt: whether the kvittering is to be sent.
    :raises FormProblem: a field cannot be understood.
    """
    values = typed(sent.fields)
    return Assessment(
        answers=_answers(values),
        # A child without a case gets one by being chosen, also where nothing else changes.
        child=child_choice(values, about.child_id if about.sag_id else None),
        corrections=_corrections(values, about),
        siblings=tuple(UUID(one) for one in values["soeskende"] if _is_key(one)),
        kvittering=receipt,
        home_is_safe=values["hjem_ok"] == "ja",
        withhold_reason=_withheld(values),
    )


def _answers(values: Values) -> Answers:
    said = values["samtale"]
    fare = values["fare"].removesuffix(ABUSE)
    return Answers(
        fare=Fare(fare) if fare in list(Fare) else None,
        suspicion=values["fare"].endswith(ABUSE) if fare in list(Fare) else None,
        next_step=(
            NaesteSkridt(values["naeste"]) if values["naeste"] in list(NaesteSkridt) else None
        ),
        reason=values["begrundelse"],
        acute_action=values["akut"],
        concerns=frozenset(values["bekymring"]),
        conversation=Samtale(said) if said in list(Samtale) else None,
        conversation_at=_moment(values["samtale_tid"], "samtale_tid")
        if said in ("holdt", "aftalt")
        else None,
        conversation_reason=values["samtale_grund"],
        fresh_eyes=values["nye_oejne_anden"] or values["nye_oejne"] or None,
    )


def child_choice(values: Values, known: UUID | None) -> ChildChoice | None:
    """Return which child the form says, or None where it leaves it as it is.

    :raises FormProblem: what was typed names nobody yet.
    """
    said = values["barn"]
    if said == OTHER:
        if not is_cpr(values["find"]):
            raise FormProblem(
                "find",
                "Tryk »Find barn«, og vælg et af de fundne børn. "
                "Ved ingen, hvem barnet er, så vælg »Ukendt barn«.",
            )
        return ChildByCpr(values["find"], values["find_navn"])
    if said == UNBORN:
        return _unborn(values)
    if said == UNKNOWN:
        return UnknownChild(values["beskrivelse"])
    if not _is_key(said) or UUID(said) == known:
        return None
    return KnownChild(UUID(said))


def _unborn(values: Values) -> UnbornChild:
    due = _day(values["termin"], "termin")
    chosen = values["mor_valgt"]
    if _is_key(chosen):
        return UnbornChild(due, mother=UUID(chosen))
    if not is_cpr(values["mor"]):
        raise FormProblem(
            "mor", "Tryk »Find mor«, og vælg den kommende mor, eller skriv CPR-nummeret."
        )
    return UnbornChild(due, mother_cpr=values["mor"], mother_name=values["mor_navn"])


def _corrections(values: Values, about: Underretning) -> Corrections:
    pligt = values["pligt"]
    told = values["orienteret"]
    said = values["modtaget"]
    moved = said and said != typed_moment(about.received_at)
    return Corrections(
        received_at=_moment(said, "modtaget") if moved else None,
        underretter=values["underretter"] or None,
        pligt=Pligt(pligt) if pligt in list(Pligt) else None,
        professional=pligt != Pligt.ALLE if pligt in list(Pligt) else None,
        anonymous=values["anonym"] == "ja",
        orienteret=Orienteret(told) if told in list(Orienteret) else None,
        notifier_name=values["underretter_navn"],
        notifier_organisation=values["underretter_sted"],
        notifier_address=values["underretter_adresse"],
        notifier_relation=values["underretter_forhold"],
    )


def _withheld(values: Values) -> str:
    if values["tilbagehold"] != "ja":
        return ""
    if not values["tilbagehold_grund"].strip():
        raise FormProblem("tilbagehold_grund", "Skriv, hvilke forhold der taler imod at orientere.")
    return str(values["tilbagehold_grund"])


def _moment(text: str, field: str) -> datetime | None:
    try:
        return moment_of(text) if text else None
    except ValueError:
        raise FormProblem(field, NO_MOMENT) from None


def _day(text: str, field: str) -> date | None:
    try:
        return day_of(text) if text else None
    except ValueError:
        raise FormProblem(field, NO_DAY) from None


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
