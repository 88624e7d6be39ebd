"""What can be noted on a case, what is asked of it, and what has been noted, in words."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Subject
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.deadlines.answering import Request, requests
from dubu_plugin.store.sag import noted, rettelser, sag_panel
from dubu_plugin.store.skrift.kendskab import known_since
from dubu_plugin.usecases.sag import hand_gate, recordable
from dubu_plugin.usecases.sag.by_hand import by_hand
from dubu_plugin.usecases.sag.complaint_day import ANSWER_BY, sooner
from dubu_plugin.usecases.sag.hand_gate import Hand
from dubu_plugin.web.door import Visit
from dubu_plugin.web.sag import fact_words
from dubu_plugin.web.sag.event_words import ALL_WORDS
from dubu_plugin.web.typed_time import day_of

FACT: Final = "svar-{}"
ABOUT: Final = "gaelder-{}"
"""What the form calls an answer, and which complaint or decision it is about."""
ANSWER_TO: Final = "gaelder-svar"
"""What the form calls which of several open requests it is the answer to."""
MOST_LIKELY: Final = 8


ONE: Final = "De andre bliver stående. Er der svaret på flere, så notér hvert svar for sig."


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be noted."""

    code: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """What can be noted in one area."""

    title: str
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Field:
    """A question of the form."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    """Empty for a date."""
    hint: str
    value: str
    beside: bool
    """The answers are few and short enough to stand side by side."""
    shown_for: str = ""
    """What it is shown for alone, by the answer to another question; empty is always."""


@dataclass(frozen=True, slots=True)
class NotedLine:
    """Something that was noted."""

    key: UUID
    title: str
    when: str
    detail: str
    back: str = field(repr=False)
    """What became of it, where it was put right or taken back."""


def title(what: Haendelse) -> str:
    """Return what a hændelse is called."""
    return ALL_WORDS[what][0]


def areas(rules: RuleBook, today: date, *, closed: bool = False) -> Sequence[Area]:
    """Return everything that can be noted, or what can be where the case is closed."""
    found = []
    for group in recordable.groups(rules, today):
        here = [one for one in group.haendelser if not closed or by_hand(one).after_closing]
        if here:
            found.append(Area(group.area, [Choice(one.value, title(one)) for one in here]))
    return found


def likely(
    connection: sa.Connection, rules: RuleBook, sag: UUID, today: date, *, closed: bool = False
) -> Sequence[Choice]:
    """Return what the case's open deadlines wait for, the most urgent first."""
    known = recordable.can_be_noted(rules, today)
    if closed:
        known = {one for one in known if by_hand(one).after_closing}
    found: dict[str, Choice] = {}
    for step in sag_panel.steps(connection, sag):
        rule = rules.version(step.rule, step.version) or rules.newest(step.rule)
        if step.state != State.AABEN or rule is None:
            continue
        course = list(Haendelse)
        for what in sorted(recordable.answering(rule) & known, key=course.index):
            found.setdefault(what.value, Choice(what.value, title(what), f"Opfylder: {rule.title}"))
    return list(found.values())[:MOST_LIKELY]


def fields(
    connection: sa.Connection,
    rules: RuleBook,
    sag: UUID,
    what: Haendelse,
    values: Mapping[str, str],
    now: datetime,
    *,
    corrects: bool = False,
) -> Sequence[Field]:
    """Return what is asked of a hændelse, with what is answered.

    :param corrects: it is the right one in a wrong one's place, and about the same.
    """
    today = danish.danish_day(now)
    found = []
    for kind, new in ({} if corrects else recordable.subjects(rules, what, today)).items():
        things = noted.things(connection, sag, kind)
        if not things or by_hand(what).begins is kind:
            continue
        name = ABOUT.format(kind.value)
        options = [(str(one.id), _thing(one, now)) for one in things]
        value = values.get(name) or ("" if new else options[0][0])
        options.append(fact_words.OTHERS[new and kind is not Subject.UNDERRETNING])
        found.append(Field(name, fact_words.ABOUT[kind], options, "", value, False))
    asking = () if corrects else requests(connection, rules, sag, what)
    if len(asking) > 1:
        options = [(str(one.id), _request(one, now)) for one in asking]
        value = values.get(ANSWER_TO) or options[0][0]
        options.append(fact_words.OTHERS[False])
        found.append(Field(ANSWER_TO, "Hvad er det svar på?", options, ONE, value, False))
    for asked in recordable.questions(rules, what, today):
        name = FACT.format(asked.name)
        options = list(fact_words.options(asked.name))
        instead = {
            answer: sentence
            for (fact, answer), sentence in by_hand(what).noted_as.items()
            if fact == asked.name and answer != values.get(name)
        }
        options = [one for one in options if one[0] not in instead]
        hint = " ".join(filter(None, (fact_words.hint(asked), *instead.values())))
        label = fact_words.asks(what, asked.name)
        beside = asked.answer is bool
        value = values[name] if name in values else known(connection, sag, asked.name)
        shown_for = asked.only_where[1] if asked.only_where else ""
        found.append(Field(name, label, options, hint, value, beside, shown_for))
    return found


def known(connection: sa.Connection, sag: UUID, fact: str) -> str:
    """Return an answer the case knows already, a date mostly; empty where it does not."""
    match fact:
        case "undersoegelse":
            expected = sag_panel.head(connection, sag)
            unborn = expected.born is None and expected.termin is not None
            return "kommende_foraeldre" if unborn else "barnet"
        case "kendskab":
            since = known_since(connection, sag)
            return danish.danish_day(since).isoformat() if since else ""
        case "afgoerelsesdato":
            things = noted.things(connection, sag, Subject.AFGOERELSE)
        case "termin":
            termin = sag_panel.head(connection, sag).termin
            return termin.isoformat() if termin else ""
        case _:
            return ""
    return danish.danish_day(things[0].occurred_at).isoformat() if things else ""


def its_place(
    connection: sa.Connection,
    visit: Visit,
    what: Haendelse,
    values: Mapping[str, str],
    wrong: Mapping[str, str],
) -> tuple[str, str, str] | None:
    """Return a sentence, an address and what the link says, where it is done on its own page.

    :param values: the form as it is.
    :param wrong: what is wrong with the note, which says the sentence itself.
    """
    try:
        day = day_of(values.get("dag", ""))
    except ValueError:
        day = danish.danish_day(visit.now)
    answers = {name: values.get(FACT.format(name), "") for name in fact_words.ASKS}
    about = {kind: values.get(ABOUT.format(kind.value), "") for kind in Subject}
    note = Hand(sag=visit.subject, what=what, day=day, answers=answers, about=about)
    its = hand_gate.its_place(connection, visit.product.matters, note)
    if its is None:
        return None
    words = "" if wrong else its.sentence
    url = f"/dubu/sag/{visit.subject}/{its.page}" + (f"/{its.id}" if its.id else "")
    return words, url, f"Åbn {its.title[0].lower()}{its.title[1:]}"


def noted_lines(connection: sa.Connection, sag: UUID, now: datetime) -> Sequence[NotedLine]:
    """Return what was noted on the case, the newest first."""
    why = rettelser.reasons(connection, sag)
    found = []
    for one in noted.of_case(connection, sag):
        said = [
            fact_words.answered(one.what, name, fact_words.as_typed(value))
            for name, value in one.data.items()
            if name in fact_words.ASKS
        ]
        back = ""
        if one.id in why:
            reason, corrected = why[one.id]
            back = f"{'Rettet' if corrected else 'Taget tilbage'}: {reason}"
        who = f"noteret af {one.by or 'systemet'} {danish.list_moment(one.recorded_at, now)}"
        found.append(
            NotedLine(
                one.id,
                title(one.what),
                danish.unbroken(danish.list_moment(one.occurred_at, now)),
                " ".join([*(text for text in said if text), danish.unbroken(who)]),
                back,
            )
        )
    return found


def mark(values: Mapping[str, str]) -> str:
    """Return a mark of what decides what follows: shown and saved must be the same."""
    decides = {
        name: value
        for name, value in values.items()
        if value and (name in ("hvad", "dag", "kl", "retter") or name.partition("-")[1])
    }
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()[:16]


def why_sooner(
    connection: sa.Connection, sag: UUID, what: Haendelse, values: Mapping[str, str], now: datetime
) -> str:
    """Return why a complaint about what is chosen is looked at sooner than the usual; empty where
    it is not, or where a day is typed."""
    if values.get(FACT.format(ANSWER_BY)):
        return ""
    try:
        day = day_of(values.get("dag", ""))
    except ValueError:
        day = danish.danish_day(now)
    about = {kind: values.get(ABOUT.format(kind.value), "") for kind in Subject}
    soon = sooner(connection, sag, what, about, day)
    return soon.words if soon else ""


def _request(one: Request, now: datetime) -> str:
    due = f", frist {danish.list_moment(one.due, now)}" if one.due else ""
    return danish.unbroken(f"{title(one.what)} {danish.list_moment(one.occurred_at, now)}{due}")


def _thing(one: noted.Thing, now: datetime) -> str:
    return danish.unbroken(f"{title(one.what)} {danish.list_moment(one.occurred_at, now)}")
