"""What a page says first, when it follows something that was just done."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.frister.rule import Rule
from dubu_plugin.store.underretning.underretninger import Vurdering
from dubu_plugin.usecases.dokument.order.kvittering import KVITTERING
from dubu_plugin.usecases.dokument.order.orientering import ORIENTERING
from dubu_plugin.web.door import Visit
from dubu_plugin.web.underretning.after_view import letter_state, rule_of, when
from dubu_plugin.web.underretning.read import Read


class After(StrEnum):
    """What was just done. The value stands in the page's address."""

    NOTHING = ""
    ASSESSED = "vurderet"
    REGISTERED = "registreret"
    KVITTERING = "kvittering"
    ORIENTERING = "orientering"
    WITHHELD = "undladt"
    ANOTHER_CHILD = "et-barn-til"
    GIVEN = "givet"
    TAKEN_BACK = "hentet"


LETTERS: Final = {After.KVITTERING: KVITTERING, After.ORIENTERING: ORIENTERING}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a save led to."""

    heading: str
    lines: Sequence[str]
    next_url: str | None = None
    next_title: str = ""
    case_url: str | None = None
    undo: str = ""
    """Where it is undone: the end of an address."""


def receipt(visit: Visit, facts: Read, after: After) -> Receipt | None:
    """Return what was just done led to; None where nothing is there to show for it."""
    match after:
        case After.ASSESSED if facts.vurdering is not None:
            return _assessed(visit, facts)
        case After.REGISTERED if facts.vurdering is None:
            return _registered(visit, facts)
        case After.GIVEN if facts.vurdering is None:
            return _given(visit, facts)
        case After.TAKEN_BACK if facts.vurdering is None:
            return Receipt("Fortrudt", ["Den er tilbage, hvor den var, med sine frister."])
        case After.ANOTHER_CHILD if facts.vurdering is None:
            return _again(visit, facts)
        case After.KVITTERING | After.ORIENTERING:
            return _sent(visit, facts, LETTERS[after])
        case After.WITHHELD if facts.vurdering is not None and facts.vurdering.withhold_reason:
            reason = f"Grunden står i vurderingen: {facts.vurdering.withhold_reason}"
            lines = ["Pligten efter § 138, stk. 2, er lukket.", reason]
            return Receipt("Underretter bliver ikke orienteret", lines, case_url=facts.case_url)
    return None


def _sent(visit: Visit, facts: Read, code: str) -> Receipt | None:
    """Return that a letter is on its way, and what becomes of it."""
    letter = next((one for one in reversed(facts.letters) if one.code == code), None)
    if letter is None:
        return None
    title = visit.product.letters[code].row.title
    state = letter_state(letter.state, facts)
    lines = [f"Brevet {state}.".replace(" .", ".")]
    if letter.state not in (LetterState.SENDT, LetterState.TIL_PRINT):
        lines.append("Det sendes af sig selv, lægges på sagen og får et notat i journalen.")
    lines += [
        f"Lukket frist: {rule.title[0].lower()}{rule.title[1:]}."
        for step in facts.steps
        if step.state == "opfyldt" and step.ended_at == letter.created_at
        if (rule := rule_of(visit, step)) is not None
    ]
    shown = [danish.unbroken(line) for line in lines]
    return Receipt(f"{title} er bestilt", shown, case_url=facts.case_url)


def _assessed(visit: Visit, facts: Read) -> Receipt:
    vurdering = facts.vurdering
    assert vurdering is not None
    used = vurdering.assessed_at - facts.about.received_at
    first = vurdering.version == 1
    heading = "Vurderingen er gemt" if first else "Rettelsen er gemt"
    lines = [f"Vurderet {danish.rough(used)} efter modtagelsen."] if first else []
    lines += [
        f"Lukket frist: {rule.title[0].lower()}{rule.title[1:]}."
        for rule in _closed_now(visit, facts, vurdering)
    ]
    lines += [
        f"{visit.product.letters[one.code].row.title} "
        f"{letter_state(one.state, facts)} og får sit eget notat i journalen."
        for one in facts.letters
        if one.created_at == vurdering.assessed_at
    ]
    lines += facts.number_warning
    for step in facts.steps:
        rule = rule_of(visit, step)
        if step.state == "aaben" and rule is not None:
            lines.append(
                f"Åben pligt: {rule.title[0].lower()}{rule.title[1:]}. "
                f"{when(step, rule, visit.now)}."
            )
    shown = [danish.unbroken(line) for line in lines]
    return Receipt(heading, shown, "/dubu/indgang", "Til indgangen", facts.case_url)


def _registered(visit: Visit, facts: Read) -> Receipt:
    about = facts.about
    lines = [f"Originalen er gemt og kan ikke ændres. {_starts(visit, facts)}".strip()]
    if about.child_id is None:
        lines.append("Adressebogen finder ud fra teksten, hvem barnet kan være. Du bekræfter det.")
    else:
        lines.append("Den lægges på barnets sag som dokument, med et notat i journalen.")
    lines += dict.fromkeys((*facts.number_warning, *facts.numbers_heard))
    return Receipt(
        "Henvendelsen er registreret",
        [danish.unbroken(line) for line in lines],
        case_url=facts.case_url,
    )


def _given(visit: Visit, facts: Read) -> Receipt:
    """Return who has it now, and that it can be taken back while nobody there has it."""
    who = facts.name_of(facts.about.responsible)
    on_call = facts.about.unit == visit.product.settings.intake.on_call_unit
    to = who or ("døgnvagten" if on_call else "en anden enhed")
    lines = ["Fristerne er fulgt med og har de samme tidspunkter."]
    if decide(visit.asker, Act.TAKE_BACK, facts.standing):
        lines.append("Du kan læse den her, indtil den er vurderet.")
    free = who is None and decide(visit.asker, Act.TAKE_BACK, facts.standing)
    return Receipt(f"Givet til {to}", lines, undo="hent-tilbage" if free else "")


def _again(visit: Visit, facts: Read) -> Receipt:
    lines = [
        "Originalen er den samme. Teksten, underretteren og bekymringerne er taget med.",
        _starts(visit, facts),
        "Vælg barnet, før du vurderer." if facts.about.child_id is None else "",
    ]
    shown = [danish.unbroken(line) for line in lines if line]
    return Receipt("Registreret for et barn til", shown, case_url=facts.case_url)


def _starts(visit: Visit, facts: Read) -> str:
    due = next((step.due for step in facts.steps if step.rule == "UND-24T"), None)
    if due is None:
        return ""
    return f"Den skal vurderes senest {danish.list_moment(due, visit.now)}."


def _closed_now(visit: Visit, facts: Read, vurdering: Vurdering) -> Sequence[Rule]:
    return [
        rule
        for step in facts.steps
        if step.state == "opfyldt" and step.ended_at == vurdering.assessed_at
        if (rule := rule_of(visit, step)) is not None
    ]
