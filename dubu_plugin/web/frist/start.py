"""Where a deadline is counted from, in words, and what it would come to from another moment."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import end_of_day, start_of_day
from dubu_plugin.frister.rule import Kind, Rule, Severity
from dubu_plugin.frister.starting import counts_on_from_fact
from dubu_plugin.frister.words import day_words, length_words
from dubu_plugin.store.sag.noted import MARK
from dubu_plugin.usecases.dokument.law_words import law_line
from dubu_plugin.usecases.frist.correct_anchor import Foreseen, told_day
from dubu_plugin.usecases.sag.follows import PASSED

ASKED: Final[Mapping[str, str]] = {
    "kendskab": "Kommunen fik kendskab til behovet den",
    "afgoerelsesdato": "Afgørelsen blev truffet den",
    "anbragt": "Barnet blev anbragt den",
    "termin": "Terminsdatoen er den",
}
"""What the field is called of a day a deadline is counted from."""


@dataclass(frozen=True, slots=True)
class StartForm:
    """How the start of a deadline's clock is put right, filled in with what it is counted from."""

    summary: str
    label: str
    day: str
    clock: str
    """Empty where the day alone counts."""
    by_day: bool
    explains: str
    event: str
    """What set the clock going, where that is another matter than the day; else empty."""
    event_key: str
    """The key of what was noted, where it can be put right by itself; else empty."""


@dataclass(frozen=True, slots=True)
class StartPreview:
    """What would become of a deadline, before it is saved."""

    mark: str
    """What was previewed: the day and the hour, as they were typed."""
    lines: tuple[str, ...]
    change: str
    """How much later or earlier, as a sentence."""
    later: bool
    """What the law asks for would be due later than before."""
    asks: str = ""
    """What is to be looked at again before it is saved; else empty."""


def started(row: Any, rule: Rule | None, now: datetime) -> str:
    """Return when the clock started: where it is counted from a told day, that day."""
    if rule is not None and rule.age is not None and rule.length is None:
        return "Regnet fra fødselsdagen."
    opened_at = row.opened_at or row.anchor_at
    opened = danish.list_moment(opened_at, now)
    today = danish.danish_day(now)
    said = json.loads(row.said) if row.said else {}
    if rule is not None and rule.from_fact and rule.before and said.get(rule.from_fact):
        day = danish.danish_day(rule.starts_at(opened_at, said))
        name = day_words(rule.from_fact)
        return f"Regnet tilbage fra {name} {danish.list_date(day, today)}, sat i gang {opened}."
    if rule is not None and counts_on_from_fact(rule) and said.get(rule.from_fact):
        first = danish.danish_day(row.anchor_at)
        began = f"Uret startede {danish.list_date(first, today)}"
        if row.anchor_at == opened_at:
            return f"Uret startede {opened}."
        return f"{began}, {day_words(rule.from_fact)}; sat i gang {opened}."
    if rule is not None and rule.on_receipt and said:
        term = rule.term(row.anchor_at, said)
        first = danish.danish_day(rule.starts_at(row.anchor_at, said))
        # Its start was put right, or the clock has stood still.
        if term is not None and term.due == row.due and first != danish.danish_day(row.anchor_at):
            return f"Uret startede {danish.list_date(first, today)}, sat i gang {opened}."
    return f"Uret startede {danish.list_moment(row.anchor_at, now)}."


def form(row: Any, rule: Rule, now: datetime) -> StartForm:
    """Return the form of a deadline's start, as it is now."""
    said = json.loads(row.said) if row.said else {}
    opened = row.opened_at or row.anchor_at
    fact = told_day(rule, said)
    noted = str(row.anchor_id) if MARK in said else ""
    if not fact:
        at = row.anchor_at
        clock = danish.clock(at).removeprefix("kl. ").replace(".", ":")
        day = danish.danish_day(at).isoformat()
        explains = "Fristen regnes fra det tidspunkt, det skete."
        return StartForm(
            "Uret startede på et andet tidspunkt", "Uret startede den", day, clock, False,
            explains, "", "",
        )  # fmt: skip
    day = danish.danish_day(rule.starts_at(opened, said)).isoformat()
    name = day_words(fact)
    return StartForm(
        f"Ret dagen, fristen regnes fra: {name}",
        ASKED.get(fact, f"{name.capitalize()} er"),
        day,
        "",
        True,
        f"{rule.section}: fristen regnes fra {name}, ikke fra da uret blev sat i gang.",
        f"Uret blev sat i gang {danish.list_moment(opened, now)}. Er det i stedet det tidspunkt, "
        "der er forkert, så ret det, der er noteret. Fristens dato bliver den samme.",
        noted,
    )


def preview(found: Foreseen, mark: str, now: datetime) -> StartPreview:
    """Return what a corrected start would come to, in words."""
    rule = found.rule
    span = f": {length_words(rule.length)}" if rule.length else ""
    law = f"{law_line(rule.law)}{span}."
    if not found.stands:
        lines = (f"Før: {_by(found.before)}", "Nu: ingen frist. Reglen gjaldt ikke dengang.", law)
        return StartPreview(mark, lines, "Fristen falder væk.", later=True)
    asks = ""
    if found.set_going is not None:
        asks = (
            f"Dagen ligger mere end et år før den {danish.long_date(found.set_going)}, da uret "
            "blev sat i gang. Se efter, om året er rigtigt, før du gemmer."
        )
    passed = f", {PASSED}" if found.after is not None and found.after < now else ""
    lines = (f"Før: {_by(found.before)}", f"Nu: {_by(found.after)}{passed}", law)
    statutory = rule.kind in (Kind.FRIST, Kind.UDLOEB) and rule.severity is not Severity.ORDEN
    if found.before is None or found.after is None or found.before == found.after:
        return StartPreview(mark, lines, "Fristen bliver den samme.", False, asks)
    is_later = found.after > found.before
    change = f"Fristen bliver {_between(found.before, found.after)} "
    change += "senere." if is_later else "tidligere."
    return StartPreview(mark, lines, change, is_later and statutory, asks)


def _between(one: datetime, other: datetime) -> str:
    days = abs((danish.danish_day(other) - danish.danish_day(one)).days)
    if days:
        return f"{days} dag" if days == 1 else f"{days} dage"
    minutes = int(abs((other - one).total_seconds())) // 60
    hours, left = divmod(minutes, 60)
    if not hours:
        return f"{left} minut" if left == 1 else f"{left} minutter"
    return f"{hours} time" if hours == 1 else f"{hours} timer"


def _by(due: datetime | None) -> str:
    if due is None:
        return "loven giver ingen dato"
    day = danish.danish_day(due)
    clock = "" if due in (end_of_day(day), start_of_day(day)) else f" {danish.clock(due)}"
    return danish.unbroken(f"senest {danish.weekday_date(day)}{clock}")
