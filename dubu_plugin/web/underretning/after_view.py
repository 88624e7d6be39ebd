"""What an underretning has led to: the assessment, what is still missing, what is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.dangers import tells_of_danger
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.domain.underretning import BEKYMRINGER, Henvendelse, Overgreb
from dubu_plugin.frister.rule import Rule
from dubu_plugin.store.sag.sag_panel import OpenStep
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.genvurderinger import Answer
from dubu_plugin.store.underretning.underretninger import Vurdering
from dubu_plugin.usecases.dokument.notifier import CHILD_ITSELF
from dubu_plugin.usecases.dokument.order.kvittering import KVITTERING
from dubu_plugin.usecases.dokument.order.orientering import ORIENTERING
from dubu_plugin.usecases.sag.recordable import answering, can_be_noted
from dubu_plugin.usecases.underretning.place import is_filed_whole
from dubu_plugin.web.door import Visit
from dubu_plugin.web.frist.svarfrist_view import AnswerBox
from dubu_plugin.web.indgang import had
from dubu_plugin.web.underretning.genvurdering_view import standing
from dubu_plugin.web.underretning.read import Read
from dubu_plugin.web.underretning.unborn_view import was_expected
from dubu_plugin.web.underretning.view import steps

CONVERSATIONS: Final = {
    "holdt": "Holdt",
    "aftalt": "Aftalt",
    "undladt": "Undladt",
}
LETTER_STATES: Final = {
    LetterState.SKRIVES: "skrives",
    LetterState.KLAR: "er skrevet og sendes om lidt",
    LetterState.JOURNALISERET: "ligger på sagen",
    LetterState.I_KOE: "ligger i kø og er ikke sendt endnu",
    LetterState.TIL_PRINT: "skal printes og sendes med posten",
    LetterState.SENDT: "er sendt",
    LetterState.UDGAAET: "er ikke sendt, for underretteren er anonym",
}


ANSWERS: Final = {KVITTERING: "UND-KVIT", ORIENTERING: "UND-ORIENT"}
"""The letter that meets a duty, and the duty."""


@dataclass(frozen=True, slots=True)
class AssessedView:
    """The assessment as it stands."""

    by: str
    rows: Sequence[tuple[str, str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty that is still open."""

    title: str
    detail: str
    action: str
    """What the page can do about it: the end of an address, or nothing."""
    button: str
    code: str
    link: str = ""
    """Where it is noted that the duty is done."""


@dataclass(frozen=True, slots=True)
class DoneLine:
    """Something that is done, or on its way."""

    text: str
    detail: str
    done: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """Why there is nothing to assess."""

    heading: str
    text: str
    change: str = ""
    """What the way back is called, where a person may find that it is something else after all."""
    may_change: bool = False
    had: str = ""
    """What the form carries by which whoever looks takes an application on; empty where somebody
    has it, or they may not."""
    me: str = ""
    choose: bool = False
    """Nobody has said which child it is about, and whoever looks may."""
    answer: AnswerBox | None = None
    """By when an application is answered."""
    may_write: bool = False
    may_register: bool = False
    heard: Sequence[str] = ()
    """What an application tells of beside what is applied for: it may be an underretning too."""
    asks: bool = False
    """It is an application: whether it is an underretning too is asked of each."""


def assessed(visit: Visit, facts: Read) -> AssessedView:
    """Return the assessment."""
    vurdering = facts.vurdering
    assert vurdering is not None
    by = facts.name_of(vurdering.assessor) or "En tidligere medarbejder"
    when = danish.list_moment(vurdering.assessed_at, visit.now)
    how = f"{by}, {when}" if vurdering.version == 1 else f"rettet af {by}, {when}"
    return AssessedView(
        danish.unbroken(how),
        [(label, text) for label, text in _rows(facts, vurdering, visit.now) if text],
    )


def _rows(facts: Read, vurdering: Vurdering, now: datetime) -> Sequence[tuple[str, str]]:
    titles = {row.code: row.title for row in BEKYMRINGER}
    names = facts.family.names if facts.family else {}
    people = {one.key: one.name for one in facts.colleagues}
    chosen = next((one for one in facts.candidates if one.person == facts.about.child_id), None)
    unborn = chosen is not None and was_expected(chosen, facts, danish.danish_day(now))
    step_words = {str(code): title for code, title in steps(unborn=unborn)}
    siblings = danish.listed([names.get(one, "") for one in vurdering.siblings if names.get(one)])
    talked = CONVERSATIONS.get(vurdering.conversation or "", "")
    if talked and vurdering.conversation_at:
        talked = f"{talked} {danish.list_moment(vurdering.conversation_at, now)}"
    if vurdering.conversation_reason:
        talked = f"{talked}: {vurdering.conversation_reason}"
    return (
        ("Bekymring", ", ".join(titles[code] for code in facts.concerns if code in titles)),
        ("I fare nu?", "Ja, akut" if vurdering.fare == "akut" else "Nej"),
        ("Mistanke om overgreb?", "Nej" if facts.about.overgreb == Overgreb.NEJ else "Ja"),
        ("Det gør vi med det samme", vurdering.acute_action or ""),
        ("Begrundelse", vurdering.reason),
        ("Vurderet samtidig", siblings),
        (
            "Ny person i sagen (§ 137)",
            standing(facts.genvurdering, vurdering.fresh_eyes, people, now),
        ),
        ("Samtale med barnet", talked),
        ("Hvad gør vi nu?", step_words.get(vurdering.next_step, "")),
        ("Underretter orienteres ikke, fordi", vurdering.withhold_reason or ""),
    )


def duties(visit: Visit, facts: Read) -> Sequence[DutyLine]:
    """Return what is still missing."""
    newest = {ANSWERS[one.code]: one for one in facts.letters if one.code in ANSWERS}
    may_write = bool(decide(visit.asker, Act.WRITE, facts.standing))
    lines = []
    for step in facts.steps:
        rule = rule_of(visit, step)
        letter = newest.get(step.rule)
        on_paper = letter is not None and letter.state == LetterState.TIL_PRINT
        # A letter on its way needs nobody; it stands among what has been done.
        if step.state != "aaben" or rule is None or (letter is not None and not on_paper):
            continue
        action, button = "", ""
        if letter is not None:
            handed = facts.about.underretter == CHILD_ITSELF
            action = f"brev/{letter.letter}/sendt"
            button = "Brevet er givet til barnet" if handed else "Brevet er lagt i postkassen"
        elif step.rule == "UND-KVIT":
            action, button = "kvittering", "Send kvittering"
        elif step.rule == "UND-ORIENT":
            action, button = "orienter", "Orientér underretter …"
        elif step.rule == "UND-GENV":
            action, button = "genvurdering", _second_person(visit, facts)
        if not may_write:
            action = button = ""
        link = "" if action else _noting(visit, facts, rule)
        detail = when(step, rule, visit.now)
        lines.append(DutyLine(rule.title, detail, action, button, step.rule, link))
    return lines


def _second_person(visit: Visit, facts: Read) -> str:
    """Return what the duty of § 137, stk. 1, asks of whoever looks."""
    question = facts.genvurdering
    if question is None or question.state is not Answer.ASKED:
        return "Spørg en, der er ny på sagen …"
    mine = question.employee == visit.asker.key
    return "Bekræft genvurderingen …" if mine else "Spørg en anden …"


def _noting(visit: Visit, facts: Read, rule: Rule) -> str:
    """Return where what meets a duty is noted; empty where nothing can be, or not by this one."""
    if facts.case_url is None or not decide(visit.asker, Act.WRITE, facts.standing):
        return ""
    known = can_be_noted(visit.product.store.rules, danish.danish_day(visit.now))
    course = list(Haendelse)
    what = min(answering(rule) & known, key=course.index, default=None)
    return f"{facts.case_url}/haendelse?hvad={what}" if what else ""


def when(step: OpenStep, rule: Rule, now: datetime) -> str:
    """Return by when a duty is to be done, and the paragraph that says so."""
    if step.due is None:
        return danish.unbroken(f"Uden dato · {rule.section}")
    today, day = danish.danish_day(now), danish.danish_day(step.due)
    clock = "" if step.due == end_of_day(day) else f" {danish.clock(step.due)}"
    away = danish.relative_day(day, today)
    return danish.unbroken(
        f"Senest {danish.list_date(day, today)}{clock} ({away}) · {rule.section}"
    )


APPLIED_FOR: Final = frozenset({"5", "16"})
"""Concerns that most applications name: a disability, and what is none of the others."""


def letter_state(state: str, facts: Read) -> str:
    """Return what becomes of a letter to the notifier, in words. A child gets its own by hand."""
    if state == LetterState.TIL_PRINT and facts.about.underretter == CHILD_ITSELF:
        return "skal printes og gives til barnet"
    return LETTER_STATES[LetterState(state)]


def done(visit: Visit, facts: Read) -> Sequence[DoneLine]:
    """Return what has been done, and what is on its way."""
    lines = []
    if facts.filed is not None:
        state = "ligger på sagen" if facts.filed else "lægges på sagen"
        largest = visit.product.settings.intake.largest_attachment
        whole = facts.post is None or is_filed_whole(facts.post, facts.files, largest)
        what = "Originalen" if whole else "Teksten (originalen er gemt her)"
        lines.append(DoneLine(f"{what} {state}", "", facts.filed))
    for one in facts.letters:
        title = visit.product.letters[one.code].row.title
        state = letter_state(one.state, facts)
        at = danish.list_moment(one.sent_at or one.created_at, visit.now)
        finished = one.state in (LetterState.SENDT, LetterState.JOURNALISERET)
        lines.append(DoneLine(f"{title} {state}", danish.unbroken(at), finished))
    for step in facts.steps:
        rule = rule_of(visit, step)
        if step.state == "opfyldt" and step.ended_at is not None and rule is not None:
            late = step.due is not None and step.ended_at > step.due
            at = danish.list_moment(step.ended_at, visit.now)
            note = f"{at}, efter fristen" if late else f"{at}, til tiden" if step.due else at
            lines.append(DoneLine(f"{rule.title}: pligten er opfyldt", danish.unbroken(note), True))
    return lines


def closed(visit: Visit, facts: Read) -> Closed:
    """Return why there is nothing to assess here."""
    about = facts.about
    if about.henvendelse is Henvendelse.ANSOEGNING:
        who = facts.name_of(about.responsible)
        text = (
            "En ansøgning har ingen 24-timers frist. Den er registreret og ligger på barnets sag, "
            "når barnet er valgt."
        )
        given = f" {who} har den." if who else " Tag den, eller giv den videre."
        writes = bool(decide(visit.asker, Act.WRITE, facts.standing))
        registers = bool(decide(visit.asker, Act.REGISTER, facts.standing))
        free = about.responsible is None and writes
        return Closed(
            "Ansøgning", text + given, "Det er ikke en ansøgning …", may_change=True,
            had=had.drawn(about.id, about.unit, None) if free else "", me=visit.asker.key,
            choose=about.child_id is None and registers,
            answer=facts.answer, may_write=writes, may_register=registers,
            heard=_heard(facts), asks=True,
        )  # fmt: skip
    if about.state == underretninger.OTHER:
        said = about.andet_reason or "Registreret som noget andet."
        text = f"{said} Fristerne er bortfaldet. De løber igen, hvis det alligevel er en."
        return Closed(
            "Ikke en underretning", text, "Det er alligevel en underretning …", may_change=True
        )
    return Closed("Ikke vurderet endnu", "Du kan læse underretningen, men ikke vurdere den.")


def _heard(facts: Read) -> Sequence[str]:
    """Return the concerns an application tells of, but what such are mostly about."""
    found = [
        row.title
        for row in BEKYMRINGER
        if row.code in facts.concerns and row.code not in APPLIED_FOR
    ]
    if not found and tells_of_danger(facts.about.text or ""):
        found = ["Vold, overgreb eller fare"]
    return found


def rule_of(visit: Visit, step: OpenStep) -> Rule | None:
    """Return the rule of a deadline, the newest where its own version is gone."""
    rules = visit.product.store.rules
    return rules.version(step.rule, step.version) or rules.newest(step.rule)
