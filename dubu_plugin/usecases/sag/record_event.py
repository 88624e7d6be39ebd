"""Note what has happened on a case, where no other act of ours records it by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.afgoerelser import Matters
from dubu_plugin.domain.danish import danish_day, moment_text
from dubu_plugin.domain.facts import FACTS
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store import outbox
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines.answering import ANSWERS, requests
from dubu_plugin.store.deadlines.too_early import met_too_early
from dubu_plugin.store.indsats.running import ENDS, running
from dubu_plugin.store.journal.journalkopi import WRITTEN
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import noted as notes
from dubu_plugin.store.sag import sag_panel, sager
from dubu_plugin.store.sag.noted import MARK
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Recorded, Work
from dubu_plugin.usecases.acting import acting, rehearsing
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.sag import answers, follows, hand_gate, recordable
from dubu_plugin.usecases.sag.by_hand import EARLIEST, by_hand
from dubu_plugin.usecases.sag.complaint_day import ANSWER_BY, sooner
from dubu_plugin.usecases.sag.follows import Follows
from dubu_plugin.usecases.sag.genbehandling import never_again, three_years
from dubu_plugin.usecases.sag.hand_gate import Hand
from dubu_plugin.usecases.sag.latest_day import wrong_ends
from dubu_plugin.usecases.sag.led import led
from dubu_plugin.usecases.sag.locked_stay import wrong_stay

LONGEST_NOTE: Final = 10_000
"""In characters. More than that is a document."""
FARTHEST: Final = timedelta(days=3 * 366)
NEW: Final = "ny"
"""What the answer says where a complaint, a decision … is one that does not stand there."""
NONE: Final = answers.NONE
"""The answer that says none of the others."""

SUPPORTS: Final = frozenset({H.INDSATS_IVAERKSAT, H.ANBRINGELSE_IVAERKSAT})
"""From then on the child is supported, which § 137 asks about at the next underretning."""


class NotClear(FieldsRefused):
    """Something is left out, or cannot be."""

    danish = "Det er ikke noteret. Ret felterne, og prøv igen."


class CaseIsClosed(CaseworkError):
    """Something was to be noted on a closed case that only an open one can have."""

    danish = (
        "Sagen er lukket, så her noteres kun klage og aktindsigt. Skal der arbejdes videre på den, "
        "eller genoptages en afgørelse, så åbn sagen igen i journalen, og notér det derefter. En "
        "ny underretning åbner den af sig selv."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody says has happened."""

    form: UUID
    """Made when the form was drawn: the same form sent twice is one note."""
    what: H
    title: str
    """What it is called, in words; the heading of the journal's note."""
    occurred_at: datetime
    answers: Mapping[str, str] = field(default_factory=dict)
    """By the name of a fact: ``ja``, ``nej``, a word of the fact, an ISO date, `NONE`, or empty."""
    about: Mapping[Subject, str] = field(default_factory=dict)
    """Which complaint, decision …: its key, `NEW`, `NONE`, or empty."""
    answer_to: str = ""
    """Which of several open requests it answers: the key of the hændelse that asked, `NONE`, or
    empty, and then the oldest."""
    text: str = field(default="", repr=False)
    """The person's own words, for the journal alone."""
    told: Sequence[str] = field(default=(), repr=False)
    """The answers in words, for the journal's note."""


def record_event(
    sag: UUID, note: Note, *, product: Deciding, asker: Asker, now: datetime
) -> Sequence[Follows]:
    """Note that something has happened, and return what followed.

    :raises NotClear: something is left out, or cannot be; it says which.
    :raises CaseIsClosed: the case is closed.
    :raises NotYours: the policy says no, there is no such case, or it is nothing to be noted.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        if outbox.is_told(work.connection, _key(sag, note)):
            return ()
        ours = open_case(work, sag, note.what)
        wrong = problems(work, sag, note, now, product.matters)
        if wrong:
            raise NotClear(wrong)
        more = led(work, ours, note.what, why=note.text, asker=asker)
        recorded = recorded_as(work, ours, note, more)
        found = follows.of_recorded(work, recorded, note.occurred_at, sag)
        tell_journal(work, sag, note, found)
        return found


def foresee(
    sag: UUID, note: Note, *, product: Deciding, asker: Asker, now: datetime
) -> Sequence[Follows]:
    """Return what would follow. What is not answered yet, or cannot be, is left out.

    :raises CaseIsClosed: the case is closed.
    :raises NotYours: the policy says no, there is no such case, or it is nothing to be noted.
    """
    with rehearsing(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        ours = open_case(work, sag, note.what)
        if is_uncounted(problems(work, sag, note, now, product.matters)):
            return ()
        recorded = recorded_as(work, ours, note)
        return follows.of_recorded(work, recorded, note.occurred_at, sag)


def is_uncounted(wrong: Mapping[str, str]) -> bool:
    """Tell whether what is wrong is a day, or the whole of it, so that nothing can be counted."""
    return any(name in ("", "sket") or FACTS.get(name) is date for name in wrong)


def open_case(work: Work, sag: UUID, what: H | None = None) -> Sag:
    """Return the case, which is open, or closed and something can still be noted on it.

    :param what: what is to be noted.
    :raises CaseIsClosed: it is closed, and that is not noted on a closed case.
    :raises NotYours: there is none.
    """
    ours = sager.by_id(work.connection, sag)
    if ours is None:
        raise NotYours
    if ours.is_closed and not (what and by_hand(what).after_closing):
        raise CaseIsClosed
    return ours


def problems(
    work: Work,
    sag: UUID,
    note: Note,
    now: datetime,
    matters: Matters,
    *,
    corrects: bool = False,
) -> Mapping[str, str]:
    """Return what is wrong with a note, by field.

    :param matters: what can be decided.
    :param corrects: it is the right one in the place of one that was noted, whose text stands.
    :raises NotYours: it is nothing that can be noted here.
    """
    day = danish_day(note.occurred_at)
    rules = work.rules
    if note.what not in recordable.can_be_noted(rules, danish_day(now)):
        raise NotYours
    wrong: dict[str, str] = {}
    row = by_hand(note.what)
    latest = now + FARTHEST if row.ahead else now
    if note.occurred_at > latest:
        wrong["sket"] = "Det kan ikke være sket senere end nu. Ret datoen eller klokkeslættet."
    elif note.occurred_at < now - EARLIEST:
        wrong["sket"] = "Datoen ligger for langt tilbage. Ret året."
    wrong |= answers.wrong(recordable.questions(rules, note.what, day), note.answers)
    said = _facts(work, note, day)
    hand = Hand(sag=sag, what=note.what, day=day, answers=note.answers, said=said,
                about=note.about, why=note.text, corrects=corrects)  # fmt: skip
    wrong = {**hand_gate.refused(work, matters, hand), **wrong}
    if not wrong:
        wrong |= never_again(note.what, note.answers, why=note.text)
        born = sag_panel.head(work.connection, sag).born
        wrong |= three_years(note.what, note.answers, born=born, day=day, why=note.text)
        wrong |= wrong_ends(work, sag, note.what, note.occurred_at, said, why=note.text)
        wrong |= wrong_stay(work.connection, sag, note.what, note.occurred_at, said, why=note.text)
    for kind in recordable.subjects(rules, note.what, day):
        known = notes.things(work.connection, sag, kind)
        answer = note.about.get(kind, "")
        asked_of = known and row.begins is not kind
        if asked_of and answer not in {NEW, NONE, *(str(one.id) for one in known)}:
            wrong[kind.value] = "Vælg, hvad det gælder."
    asked_by = requests(work.connection, rules, sag, note.what)
    if note.answer_to not in {"", NONE, *(str(one.id) for one in asked_by)}:
        wrong[ANSWERS] = "Vælg, hvad det er svar på."
    if "sket" not in wrong and (sentence := _too_early(work, sag, note)):
        wrong["sket"] = sentence
    if len(note.text) > LONGEST_NOTE:
        wrong["notat"] = "Notatet er for langt. Læg det som et dokument på sagen i stedet."
    return wrong


def _too_early(work: Work, sag: UUID, note: Note) -> str:
    """Return what is said where something is done before what asks for it had happened."""
    about = note.about.values()
    found = met_too_early(
        work.connection, work.rules, sag, note.what, note.occurred_at, about, note.answer_to
    )
    if found is None:
        return ""
    began = moment_text(found.opened)
    return f"Det er før »{found.rule.title}« blev sat i gang ({began}). Ret datoen."


def recorded_as(
    work: Work, ours: Sag, note: Note, data: Mapping[str, JSON] | None = None
) -> Recorded:
    """Record the hændelse with what is answered.

    :param data: what it says besides, such as the keys of what it is about.
    """
    day = danish_day(note.occurred_at)
    said: dict[str, JSON] = {MARK: str(note.form), **_facts(work, note, day)}
    if ANSWER_BY not in said and (
        soon := sooner(work.connection, ours.id, note.what, note.about, day)
    ):
        said[ANSWER_BY] = soon.day.isoformat()
    about, underretning = _about(work, ours.id, note, day)
    recorded = work.happened(
        note.what,
        occurred_at=note.occurred_at,
        sag=ours.id,
        underretning=underretning,
        person=ours.child_id,
        responsible=ours.responsible,
        unit=ours.unit,
        data={**said, **about, **(data or {})},
    )
    if note.what in SUPPORTS and not ours.has_indsats:
        sager.change(work.connection, ours.id, has_indsats=True)
    elif note.what in ENDS and ours.has_indsats and not running(work.connection, ours.id):
        sager.change(work.connection, ours.id, has_indsats=False)
    return recorded


def tell_journal(
    work: Work, sag: UUID, note: Note, found: Sequence[Follows], *, first: str = ""
) -> None:
    """Have the journal get a note of it, which begins with `first`."""
    soon = sooner(work.connection, sag, note.what, note.about, danish_day(note.occurred_at))
    lines = [
        first,
        soon.words if soon else "",
        f"Sket {moment_text(note.occurred_at)}.",
        note.text.strip(),
        *note.told,
        *(f"{one}." for one in found),
    ]
    work.tell(
        "add_note",
        lane=sag_lane(sag),
        key=_key(sag, note),
        payload={
            "sag": str(sag),
            "title": note.title,
            "body": "\n".join(line for line in lines if line),
            "occurred_at": work.now.isoformat(),
            **({WRITTEN: True} if note.text.strip() else {}),
        },
    )
    shut_again(work, sag, _key(sag, note))


def shut_again(work: Work, sag: UUID, note: UUID) -> None:
    """Have the journal close a closed case again, which it opens to take a note.

    :param note: the key of the note's row in the outbox.
    """
    ours = sager.by_id(work.connection, sag)
    if ours is not None and ours.is_closed:
        key = op_key(note, "close_case")
        payload: dict[str, JSON] = {"sag": str(sag), "reason": ""}
        work.tell("close_case", lane=sag_lane(sag), key=key, payload=payload)


def _key(sag: UUID, note: Note) -> UUID:
    return op_key(sag, f"noteret:{note.form}")


def _facts(work: Work, note: Note, day: date) -> Mapping[str, JSON]:
    """Return the answers as the rules read them; what is not answered is left out."""
    found: dict[str, JSON] = {}
    for asked in recordable.questions(work.rules, note.what, day):
        answer = note.answers.get(asked.name, "") if asked.is_asked(note.answers) else ""
        if not answer or answer == NONE or answers.problem(asked, answer):
            continue
        found[asked.name] = answer == "ja" if asked.answer is bool else answer
    return found


def _about(work: Work, sag: UUID, note: Note, day: date) -> tuple[Mapping[str, JSON], UUID | None]:
    """Return which complaint, decision … it is about, and which underretning."""
    found: dict[str, JSON] = {}
    underretning = None
    if note.answer_to:
        found[ANSWERS] = [] if note.answer_to == NONE else note.answer_to
    begun = by_hand(note.what).begins
    if begun is not None:
        found[begun.value] = str(uuid4())
    for kind, may_be_new in recordable.subjects(work.rules, note.what, day).items():
        if kind is begun:
            continue
        known = [str(one.id) for one in notes.things(work.connection, sag, kind)]
        answer = note.about.get(kind, "")
        if kind is Subject.UNDERRETNING:
            underretning = UUID(answer) if answer in known else None
        elif answer in known:
            found[kind.value] = answer
        elif may_be_new and (answer == NEW or not known):
            found[kind.value] = str(uuid4())
    return found, underretning
