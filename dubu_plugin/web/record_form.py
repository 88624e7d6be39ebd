"""The form somebody notes with what has happened: its fields, and what they say."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Final
from uuid import UUID, uuid4

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.danish_time import understood
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.deadlines.answering import ANSWERS
from dubu_plugin.store.noted import Noted
from dubu_plugin.usecases.sag.record_event import Note
from dubu_plugin.usecases.sag.recordable import is_asked
from dubu_plugin.web import fact_words
from dubu_plugin.web import record_view as view
from dubu_plugin.web.forms import Sent

CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[.:]?([0-5]\d)")


class NotAMoment(Exception):
    """What was typed is no day, or no time of day."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


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
    try:
        form = UUID(values.get("formular", ""))
    except ValueError:
        form = uuid4()
    return Note(
        form=form,
        what=what,
        title=view.title(what),
        occurred_at=_moment(values, now),
        answers=answers,
        about={kind: values.get(view.ABOUT.format(kind.value), "") for kind in Subject},
        answer_to=values.get(view.ANSWER_TO, ""),
        text=values.get("notat", ""),
        told=[line for line in told if line],
    )


def _moment(values: Mapping[str, str], now: datetime) -> datetime:
    """Return when it happened. Without a time of day it is now, or noon of another day."""
    try:
        day = understood(values.get("dag", "")).date()
    except ValueError:
        raise NotAMoment({"dag": "Skriv en rigtig dato, fx 12.8.2026."}) from None
    clock = values.get("kl", "")
    if not clock:
        return now if day == danish.danish_day(now) else understood(f"{day}T{time(12):%H:%M}")
    typed = CLOCK.fullmatch(clock)
    if typed is None:
        raise NotAMoment({"kl": "Skriv klokkeslættet som 10.30."})
    return understood(f"{day}T{int(typed[1]):02}:{typed[2]}")


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
    """Return the fields of a form that was sent."""
    return {name: sent.one(name) for name in sent.fields}


def at_field(name: str) -> str:
    """Return the field of the form a sentence belongs to."""
    if name == ANSWERS:
        return view.ANSWER_TO
    if name in ("sket", "notat"):
        return "dag" if name == "sket" else name
    return view.ABOUT.format(name) if name in list(Subject) else view.FACT.format(name)
