"""The form somebody notes with what has happened: its fields, and what they say."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import uuid4

from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.facts import FACTS
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.deadlines.answering import ANSWERS
from dubu_plugin.store.sag.noted import Noted
from dubu_plugin.usecases.sag.record_event import Note
from dubu_plugin.usecases.sag.recordable import is_asked
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.sag import fact_words
from dubu_plugin.web.sag import record_view as view
from dubu_plugin.web.typed_time import as_iso, happened


def note_of(what: Haendelse, values: Mapping[str, str], now: datetime) -> Note:
    """Return what was typed.

    :raises NotAMoment: it is no day, or no time of day.
    """
    answers = {name: values.get(view.FACT.format(name), "") for name in fact_words.ASKS}
    told = [
        fact_words.answered(what, name, answer)
        for name, answer in answers.items()
        if is_asked(what, name, answers)
    ]
    return Note(
        form=key_of(values.get("formular", "")) or uuid4(),
        what=what,
        title=view.title(what),
        occurred_at=happened(values.get("dag", ""), values.get("kl", ""), now),
        answers=answers,
        about={kind: values.get(view.ABOUT.format(kind.value), "") for kind in Subject},
        answer_to=values.get(view.ANSWER_TO, ""),
        text=values.get("notat", ""),
        told=[line for line in told if line],
    )


def blank(code: str, now: datetime) -> Mapping[str, str]:
    """Return the form as it is before anybody has typed."""
    here = danish_clock(now)
    return {
        "hvad": code,
        "formular": str(uuid4()),
        "dag": here.date().isoformat(),
        "kl": f"{here:%H.%M}",
    }


def as_noted(old: Noted) -> Mapping[str, str]:
    """Return the form as it was when the thing was noted."""
    here = danish_clock(old.occurred_at)
    facts = {
        view.FACT.format(name): fact_words.as_typed(value)
        for name, value in old.data.items()
        if name in fact_words.ASKS
    }
    return facts | {
        "hvad": old.what.value,
        "retter": str(old.id),
        "formular": str(uuid4()),
        "dag": here.date().isoformat(),
        "kl": f"{here:%H.%M}",
    }


def values_of(sent: Sent) -> dict[str, str]:
    """Return the fields of a form that was sent, its days in ISO 8601 where they can be read."""
    days = {view.FACT.format(name) for name, kind in FACTS.items() if kind is date}
    return {
        name: as_iso(sent.one(name)) if name in days else sent.one(name) for name in sent.fields
    }


def at_field(name: str) -> str:
    """Return the field of the form a sentence belongs to."""
    if name == ANSWERS:
        return view.ANSWER_TO
    if name in ("", "sket", "notat"):
        return "dag" if name == "sket" else name
    return view.ABOUT.format(name) if name in list(Subject) else view.FACT.format(name)
