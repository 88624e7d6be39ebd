"""Putting the screen of one underretning together: what is read, and what each column shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.underretning import Henvendelse, Pligt
from dubu_plugin.store.family.known_family import Candidate
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.genvurderinger import takes_part
from dubu_plugin.web.door import Visit
from dubu_plugin.web.frist.svarfrist_view import AnswerBox
from dubu_plugin.web.naming import at_the_beginning, born_words, first_name
from dubu_plugin.web.underretning import (
    after_view,
    original_view,
    others_view,
    receipt_view,
    unborn_view,
    view,
)
from dubu_plugin.web.underretning import assessment_form as form
from dubu_plugin.web.underretning.assessment_form import Values
from dubu_plugin.web.underretning.conflict_view import Conflict
from dubu_plugin.web.underretning.genvurdering_view import FreshEyes, fresh_eyes
from dubu_plugin.web.underretning.known_view import Known
from dubu_plugin.web.underretning.looked_up import MOST_LOOKS, is_looked_up, known
from dubu_plugin.web.underretning.notices import is_guessed, notices_of
from dubu_plugin.web.underretning.read import Read
from dubu_plugin.web.underretning.receipt_view import After


@dataclass(frozen=True, slots=True)
class Typing:
    """What somebody has typed, where they have, and what came of saving it."""

    values: Values | None = field(default=None, repr=False)
    saved_at: datetime | None = None
    restored: bool = False
    """The values are a draft's, not what was just sent."""
    errors: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    """What the search for a child or a mother came to, in words."""
    unknown_number: bool = False
    """The number that was looked up is nobody's, so the name is asked for."""
    conflict: Conflict | None = None
    version: int | None = None
    """The version to save on top of, where it is not the stored one."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The whole page. Names are those of the template."""

    url: str
    headline: str
    arrived: str
    form: str
    version: int
    fields: Values
    errors: Mapping[str, str]
    errors_heading: str
    saved_at: datetime | None
    restored: str
    draft: str
    """When whoever looks typed something they have not saved, and that the page does not show."""
    notices: Sequence[view.Notice]
    matching: bool
    """The child is being looked up."""
    matching_url: str
    """Where the page asks whether it is found; empty once it has asked often enough."""
    clock: view.ClockView | None
    original: str | None
    facts: Sequence[tuple[str, str]]
    remarks: Sequence[str]
    first: tuple[str, str] | None
    """The way to the one that came first under the same Message-ID: its words and address."""
    text: str = field(repr=False)
    files: Sequence[original_view.FileLine]
    kept: str
    form_heading: str
    candidates: Sequence[view.CandidateLine]
    mothers: Sequence[view.CandidateLine]
    unborn: str
    search: str
    unknown_number: bool
    sources: Sequence[tuple[str, str]]
    duties: Sequence[tuple[str, str]]
    usual_duties: Mapping[str, str]
    source_hint: str
    """That who it is from is a guess; empty where a person has said it."""
    notifier: str
    notifier_open: bool
    received_open: bool
    informed: Sequence[tuple[str, str]]
    concerns_hint: str
    concerns_first: Sequence[view.Concern]
    concerns_more: Sequence[tuple[str, Sequence[view.Concern]]]
    concerns_more_count: int
    concerns_open: bool
    danger_question: str
    dangers: Sequence[tuple[str, str]]
    first_name: str
    siblings: Sequence[view.Somebody]
    fresh_eyes: FreshEyes | None
    conversation_needed: bool
    steps: Sequence[tuple[str, str]]
    is_unborn: bool
    may_withhold: bool
    buttons: Sequence[view.Somebody]
    nobody: str
    known: Known
    others: others_view.Others | None
    letter: others_view.LetterBox | None
    follows: Sequence[str]
    assessed: after_view.AssessedView | None
    may_correct: bool
    may_give: bool
    may_register: bool
    duties_open: Sequence[after_view.DutyLine]
    done: Sequence[after_view.DoneLine]
    answer: AnswerBox | None
    """By when the ansøgning an underretning is at once is answered."""
    closed: after_view.Closed | None
    receipt: receipt_view.Receipt | None
    conflict: Conflict | None
    waiting: Sequence[Any]


FORM: Final = "vurdering:{}"


def screen(
    visit: Visit,
    facts: Read,
    typing: Typing,
    *,
    correcting: bool = False,
    after: After = After.NOTHING,
    looks: int = 0,
) -> Screen:
    """Return the screen.

    :param looks: how often the page has asked by itself for what the address book says.

    :param correcting: show the form although there is an assessment.
    :param after: what was just done, so that its receipt is shown.
    """
    about, now = facts.about, visit.now
    today = danish.danish_day(now)
    values = typing.values
    if values is None:
        vurdering = facts.vurdering if correcting else None
        values = form.stored(about, facts.concerns, vurdering)
        if vurdering is not None and facts.genvurdering is not None:
            values = {**values, "nye_oejne": takes_part(facts.genvurdering) or ""}
    values = unborn_view.filled_in(values, facts)
    is_form = _is_form(visit, facts, correcting or typing.conflict is not None)
    child = _chosen(facts, values)
    unborn = unborn_view.is_chosen(values, child, facts, today)
    expected = unborn and (child is None or child.born is None)
    name = "det ufødte barn" if expected else first_name(child.name if child else None)
    first, more = view.concerns(danish.danish_day(about.received_at), values["bekymring"])
    open_steps = [step for step in facts.steps if step.state == "aaben"]
    due = next((step.due for step in open_steps if step.rule == "UND-24T"), None)
    likely = unborn_view.children(values, facts, today)
    mothers = [one for one in facts.candidates if str(one.person) in values["moedre"]]
    url = f"/dubu/indgang/{about.id}"
    nobody = others_view.nobody_to_write_to(facts, values)
    return Screen(
        url=url,
        headline=view.headline(about),
        arrived=view.arrived(about),
        form=FORM.format(about.id) if is_form else "",
        version=about.version if typing.version is None else typing.version,
        fields=values,
        errors=typing.errors,
        errors_heading="Vurderingen er ikke gemt endnu",
        saved_at=typing.saved_at if is_form else None,
        restored=(
            danish.list_moment(typing.saved_at, now)
            if is_form and typing.restored and typing.saved_at else ""
        ),
        draft=(
            danish.list_moment(typing.saved_at, now)
            if facts.vurdering and not is_form and typing.restored and typing.saved_at
            and decide(visit.asker, Act.ASSESS, facts.standing) else ""
        ),
        notices=notices_of(facts, after),
        matching=is_looked_up(about),
        matching_url=f"{url}/slaaet-op?gang={looks + 1}" if looks < MOST_LOOKS else "",
        clock=view.clock(due, about, facts.name_of(about.responsible), now),
        original=f"{url}/original" if facts.post else None,
        facts=original_view.facts(about, facts.post),
        remarks=original_view.remarks(facts.post),
        first=original_view.first(facts.first, now),
        text=about.text,
        files=original_view.files(about, facts.files),
        kept=original_view.kept(facts.about, facts.post, facts.files, now),
        form_heading="Ret vurderingen" if facts.vurdering else "Vurdering",
        candidates=[
            view.candidate(one, today, unborn=unborn_view.was_expected(one, facts, today))
            for one in likely
        ],
        mothers=[view.candidate(one, today) for one in mothers],
        unborn=unborn_view.offered(values, facts, today),
        search=typing.search,
        unknown_number=typing.unknown_number,
        sources=view.sources(danish.danish_day(about.received_at)),
        duties=view.DUTIES,
        usual_duties=view.USUAL_DUTIES,
        source_hint=view.SUGGESTED if is_guessed(facts, values) else "",
        notifier=_notifier(values, facts),
        notifier_open=bool(nobody)
        or any(name.startswith("underretter_") for name in typing.errors),
        received_open="modtaget" in typing.errors
        or values["modtaget"] != form.typed_moment(about.received_at),
        informed=view.INFORMED,
        concerns_hint=(
            view.SUGGESTED
            if facts.concerns and facts.vurdering is None else "Sæt kryds ved mindst én."
        ),
        concerns_first=first,
        concerns_more=more,
        concerns_more_count=sum(len(rows) for _, rows in more),
        concerns_open=not values["bekymring"],
        danger_question=f"Er {name} i fare nu, og er der mistanke om overgreb?",
        dangers=form.DANGER,
        first_name=name,
        siblings=[
            view.Somebody(
                str(one.person.id),
                ", ".join(
                    part for part in (
                        at_the_beginning(first_name(one.person.name)),
                        born_words(one.person.born, one.person.due_date, today),
                    ) if part
                ),
            )
            for one in (facts.family.siblings if facts.family else ())
        ],
        fresh_eyes=_fresh_eyes(visit, facts, values, name),
        conversation_needed=False,
        steps=view.steps(unborn=unborn),
        is_unborn=unborn,
        may_withhold=about.pligt in (Pligt.FAGPERSON, Pligt.MELLEMKOMMUNAL, None),
        buttons=others_view.buttons(facts, values),
        nobody=nobody,
        known=known(visit, facts, child.person if child else facts.mother, looks),
        others=others_view.others(facts, name),
        letter=others_view.letter(facts, values, open_steps, now),
        follows=others_view.follows(facts, now) if is_form else (),
        assessed=after_view.assessed(visit, facts) if facts.vurdering and not is_form else None,
        may_correct=bool(decide(visit.asker, Act.ASSESS, facts.standing)),
        may_give=bool(decide(visit.asker, Act.WRITE, facts.standing)),
        may_register=(
            about.state != underretninger.OTHER
            and bool(decide(visit.asker, Act.REGISTER, facts.standing))
        ),
        duties_open=after_view.duties(visit, facts) if facts.vurdering else (),
        done=after_view.done(visit, facts) if facts.vurdering else (),
        answer=None if about.henvendelse is Henvendelse.ANSOEGNING else facts.answer,
        closed=None if is_form or facts.vurdering else after_view.closed(visit, facts),
        receipt=receipt_view.receipt(visit, facts, after),
        conflict=typing.conflict,
        waiting=(),
    )  # fmt: skip


def _is_form(visit: Visit, facts: Read, correcting: bool) -> bool:
    about = facts.about
    if about.henvendelse in (Henvendelse.ANSOEGNING, Henvendelse.ANDET):
        return False
    assesses = bool(decide(visit.asker, Act.ASSESS, facts.standing))
    return assesses and (about.state == underretninger.NEW or correcting)


def _chosen(facts: Read, values: Values) -> Candidate | None:
    return next((one for one in facts.candidates if str(one.person) == values["barn"]), None)


def _notifier(values: Values, facts: Read) -> str:
    if values["anonym"]:
        return "anonym"
    parts = (values["underretter_navn"], values["underretter_sted"])
    said = ", ".join(part for part in parts if part)
    where = others_view.address(facts, values)
    return said or (f"navn ikke oplyst, {where}" if where else "navn og kontakt ikke oplyst")


def _fresh_eyes(visit: Visit, facts: Read, values: Values, child: str) -> FreshEyes | None:
    if facts.sag is None or not facts.asks_new_person:
        return None
    return fresh_eyes(
        facts.able,
        facts.colleagues,
        me=visit.asker.key,
        unit=visit.asker.unit,
        handled=facts.handled,
        child=at_the_beginning(child),
        chosen=values["nye_oejne"],
    )
