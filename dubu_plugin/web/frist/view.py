"""The deadlines of a case in words: what is asked for, by when, what it was, what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import end_of_day, start_of_day
from dubu_plugin.domain.underretning import UNDERRETTERE
from dubu_plugin.frister.forecast import WORDS, Awaited, forecast, sentence
from dubu_plugin.frister.rule import Kind
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.urgency import far_from
from dubu_plugin.store.deadlines import STANDING, State
from dubu_plugin.store.deadlines.waiting import Waiting
from dubu_plugin.store.sag import case_deadlines
from dubu_plugin.store.sag.case_deadlines import Deadline
from dubu_plugin.store.sag.relations import SubjectKind
from dubu_plugin.usecases.dokument.law_words import law_line
from dubu_plugin.usecases.frist.correct_anchor import corrects
from dubu_plugin.web.frist.start import StartForm, form, started

AWAITED = tuple((one.value, WORDS[one][0].capitalize()) for one in Awaited)


@dataclass(frozen=True, slots=True)
class WaitLine:
    """Something that is waited for."""

    key: UUID
    title: str
    detail: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FristLine:
    """A deadline, as the page shows it."""

    key: UUID
    title: str
    about: str
    """Which underretning it is of, where it is of one of a case's."""
    duty: str
    law: str
    mark: tuple[str, str, str]
    by: str
    started: str
    """When its clock started, as a sentence."""
    start: StartForm | None
    """How it is put right, where that is done here."""
    before: Sequence[str]
    waits: Sequence[WaitLine]
    forecast: str
    forecast_missed: bool
    missed: bool
    reason: str = field(repr=False)
    reason_by: str
    ended: str
    is_open: bool
    may_lapse: bool
    far: bool
    """Nobody need look at it yet."""
    over: bool
    """It has ended, and nothing more is asked about it."""


def lines(
    connection: sa.Connection,
    rules: RuleBook,
    kind: SubjectKind,
    number: UUID,
    now: datetime,
) -> Sequence[FristLine]:
    """Return the deadlines of a case or an underretning."""
    on_case = kind == "sag"
    return [
        _line(rules, one, now, _about(one.row, now) if on_case else "")
        for one in case_deadlines.of(connection, kind, number)
    ]


def _about(row: Any, now: datetime) -> str:
    """Return which underretning a deadline is of: when it came, and from what sort of notifier."""
    if row.received_at is None:
        return ""
    who = next((one.title for one in UNDERRETTERE if one.code == row.underretter), "")
    came = danish.unbroken(f"Underretning modtaget {danish.list_moment(row.received_at, now)}")
    return f"{came} · {who}" if who else came


def _line(rules: RuleBook, one: Deadline, now: datetime, about: str) -> FristLine:
    row = one.row
    rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
    looks = forecast(row.due, rule.length if rule else None, [w.wait for w in one.waits], now)
    late = row.due is not None and row.state in STANDING and row.due < (row.ended_at or now)
    missed = row.exceeded_at is not None or (late and row.kind == "frist")
    return FristLine(
        key=row.id,
        title=rule.title if rule else row.rule,
        about=about,
        duty=rule.duty if rule else "Reglen står ikke i nogen fil længere.",
        law=law_line(rule.law) if rule else "",
        mark=_mark(row, now),
        by=_by(row.due),
        started=danish.unbroken(started(row, rule, now)),
        start=form(row, rule, now) if rule and row.state in STANDING and corrects(rule) else None,
        before=[_was(old, now) for old in one.before],
        waits=[_wait(wait, now) for wait in one.waits],
        forecast=f"{sentence(looks, rule.length if rule else None)}." if looks else "",
        forecast_missed=bool(looks and looks.missed),
        missed=missed,
        reason=row.exceeded_reason or "",
        reason_by=row.reason_by or "",
        ended=_ended(row, now),
        is_open=row.state == State.AABEN,
        may_lapse=row.state == State.AABEN and (rule is None or not rule.on),
        far=row.state == State.AABEN
        and row.due is not None
        and row.due > far_from(now)
        and (row.warn is None or row.warn > now)
        and not one.waits,
        over=row.state != State.AABEN and (not missed or bool(row.exceeded_reason)),
    )


def _mark(row: Any, now: datetime) -> tuple[str, str, str]:
    if row.state == State.OPFYLDT:
        return "Opfyldt", "done", "check"
    if row.state == State.BORTFALDET:
        return "Bortfaldet", "", "info"
    if row.paused_at is not None:
        return "Afbrudt", "", "time"
    if row.due is not None and row.due < now and row.kind not in ("alder", "maa"):
        return "Snarest" if row.kind == Kind.PLIGT else "Overskredet", "overdue", "error"
    return "Åben", "", "time"


def _by(due: datetime | None) -> str:
    if due is None:
        return "Loven giver ingen dato"
    day = danish.danish_day(due)
    whole = due in (end_of_day(day), start_of_day(day))
    clock = "" if whole else f" {danish.clock(due)}"
    return danish.unbroken(f"Senest {danish.weekday_date(day)}{clock}")


def _was(old: Any, now: datetime) -> str:
    said = [
        f"{_by(old.due)}, regnet fra {danish.list_moment(old.anchor_at, now)}",
        f"ændret {danish.list_moment(old.ended_at, now)}" if old.ended_at else "",
        old.reason or "",
    ]
    return danish.unbroken(" · ".join(part for part in said if part))


def _wait(wait: Waiting, now: datetime) -> WaitLine:
    today = danish.danish_day(now)
    said = [
        wait.asked_of or "",
        f"spurgt {danish.list_date(danish.danish_day(wait.asked_at), today)}",
        f"ventes {danish.list_date(wait.expected, today)}" if wait.expected else "uden dato",
    ]
    title = WORDS[wait.what][0]
    return WaitLine(wait.id, title, danish.unbroken(" · ".join(part for part in said if part)))


def _ended(row: Any, now: datetime) -> str:
    if row.ended_at is None or row.state == State.AABEN:
        return ""
    word = "Opfyldt" if row.state == State.OPFYLDT else "Bortfaldet"
    why = f": {row.reason}" if row.reason else ""
    return danish.unbroken(f"{word} {danish.list_moment(row.ended_at, now)}") + why
