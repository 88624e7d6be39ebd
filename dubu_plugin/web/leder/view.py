"""The figures of kept and missed deadlines as they are read: sentences, shares, and one curve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.frister.forecast import WORDS, Awaited
from dubu_plugin.frister.overholdelse import BAROMETER, Measure, Quarter, Tally, measure_of
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.overholdelse.risk import Risk
from dubu_plugin.store.overholdelse.rows import Behind
from dubu_plugin.store.overholdelse.summary import Line
from dubu_plugin.web.naming import child_title

TOO_FEW: Final = "for få"
"""What stands where a number could tell on somebody."""
NOTHING: Final = "–"
FOLDED: Final = 4
"""So many lines at least are worth a fold."""

LEFT, STEP, BOTTOM, HIGH = 52, 62, 180, 160
"""The curve's own measures, in the units of its drawing."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One line of a table of sums."""

    title: str
    section: str
    total: str
    missed: str
    missed_url: str | None
    share: str
    width: int | None
    """The share as a bar, from 0 to 100."""
    change: str
    half: str
    most: str
    overdue: str
    put_off: str
    """How often one was put off in the quarter."""
    all_kept: bool
    """Whether every one was kept, so that there is nothing to look for."""


@dataclass(frozen=True, slots=True)
class BehindLine:
    """One deadline that was not kept."""

    when: str
    met: str
    child: str = field(repr=False)
    url: str
    title: str
    why: str = field(repr=False)
    responsible: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the barometer's figures."""

    title: str
    share: str
    detail: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One quarter of the curve; `y` is None where nothing is told of it."""

    label: str
    title: str
    x: int
    y: int | None
    share: str
    total: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A rule quarter by quarter."""

    title: str
    sentence: str
    dots: Sequence[Dot]
    lines: Sequence[str]
    """The points of each unbroken stretch."""


def rule_sum(line: Line, tally: Tally, book: RuleBook, url: str | None) -> Sum:
    """Return a rule's sum in words.

    :param tally: the line's own.
    :param url: where what was not kept is listed, for who may see it.
    """
    rule = book.newest(line.key)
    half = most = NOTHING
    if line.used is not None and rule is not None:
        measure = measure_of(rule)
        half, most = (_time(value, measure) for value in (line.used.median, line.used.p95))
    return _sum(
        rule.title if rule else line.key,
        tally,
        section=rule.section if rule else "",
        url=url,
        change=_change(line),
        half=half,
        most=most,
        put_off=_times(line.put_off),
    )


def plain_sum(title: str, tally: Tally) -> Sum:
    """Return the sum of a caseworker, or of everything, in words."""
    return _sum(title, tally)


def unit_sum(title: str, line: Line, tally: Tally) -> Sum:
    """Return the sum of a unit in words.

    :param tally: the line's own.
    """
    return _sum(title, tally, put_off=_times(line.put_off))


def _times(number: int | None) -> str:
    return TOO_FEW if number is None else danish.whole_text(number)


def _sum(
    title: str,
    tally: Tally,
    *,
    section: str = "",
    url: str | None = None,
    change: str = NOTHING,
    half: str = NOTHING,
    most: str = NOTHING,
    put_off: str = NOTHING,
) -> Sum:
    share = tally.share
    return Sum(
        title=title,
        section=danish.unbroken(section),
        total=danish.whole_text(tally.total),
        missed=danish.whole_text(tally.missed),
        missed_url=url if tally.missed else None,
        share=NOTHING if share is None else danish.unbroken(danish.percent(share)),
        width=None if share is None else round(share * 100),
        change=change,
        half=half,
        most=most,
        overdue=danish.whole_text(tally.overdue),
        put_off=put_off,
        all_kept=share is not None and not tally.missed and not tally.overdue,
    )


def folded(sums: Sequence[Sum]) -> tuple[Sequence[Sum], Sequence[Sum]]:
    """Return the sums that are shown, and those that are folded: where all was kept.

    Nothing is folded where it would save little, or where nothing else is left.
    """
    kept = [one for one in sums if one.all_kept]
    if len(kept) < FOLDED or len(kept) == len(sums):
        return sums, ()
    return [one for one in sums if not one.all_kept], kept


def _change(line: Line) -> str:
    now = line.tally.share if line.tally else None
    before = line.before.share if line.before else None
    if now is None or before is None:
        return NOTHING
    points = round(now * 100) - round(before * 100)
    return f"+{points}" if points > 0 else danish.decimal_text(Decimal(points), 0)


def _time(value: Decimal, measure: Measure) -> str:
    whole = value == value.to_integral_value()
    number = danish.decimal_text(value, 0 if whole else 1)
    ones = {Measure.HOURS: "time", Measure.HVERDAGE: "hverdag", Measure.DAYS: "dag"}
    word = ones[measure] if value == 1 else measure.value
    return f"{number}\N{NO-BREAK SPACE}{word}"


def behind_line(row: Behind, book: RuleBook, now: datetime) -> BehindLine:
    """Return a deadline that was not kept, in words."""
    rule = book.version(row.rule, row.version) or book.newest(row.rule)
    where = f"sag/{row.sag}" if row.sag else f"indgang/{row.underretning}"
    waits = [WORDS[Awaited(code)][0] for code in row.waits_for if code in list(Awaited)]
    why = row.reason or (f"Afventer {danish.listed(waits)}" if waits else "")
    return BehindLine(
        when=danish.unbroken(danish.list_date(danish.danish_day(row.due), danish.danish_day(now))),
        met=danish.unbroken(
            f"nået {danish.list_date(danish.danish_day(row.ended_at), danish.danish_day(now))}"
        )
        if row.ended_at
        else "ikke nået, bortfaldet"
        if row.lapsed
        else "",
        child=child_title(row.child_name, row.termin),
        url=f"/dubu/{where}",
        title=danish.unbroken(f"{rule.title}, {rule.section}") if rule else row.rule,
        why=why or "Ingen har skrevet hvorfor",
        responsible=row.responsible or "Ingen har taget den",
    )


def risk_line(row: Risk, book: RuleBook, now: datetime) -> BehindLine:
    """Return a deadline that will hardly be kept, in words."""
    rule = book.version(row.rule, row.version) or book.newest(row.rule)
    due, today = danish.danish_day(row.due), danish.danish_day(now)
    return BehindLine(
        when=danish.unbroken(danish.list_date(due, today)),
        met=danish.unbroken(danish.relative_day(due, today)),
        child=child_title(row.child_name, row.termin),
        url=f"/dubu/sag/{row.sag}" if row.sag else f"/dubu/indgang/{row.underretning}",
        title=danish.unbroken(f"{rule.title}, {rule.section}") if rule else row.rule,
        why=f"{row.said} ({danish.listed(row.awaited_from)})" if row.awaited_from else row.said,
        responsible=row.responsible or "Ingen har taget den",
    )


def barometer(lines: Sequence[Line]) -> Sequence[Figure]:
    """Return the figures the national barometer shows."""
    found = {line.key: line for line in lines}
    return [_figure(known.title, found.get(known.rule)) for known in BAROMETER]


def _figure(title: str, line: Line | None) -> Figure:
    if line is None:
        return Figure(title, NOTHING, "ingen i kvartalet")
    if line.tally is None:
        return Figure(title, NOTHING, "for få til at blive vist")
    share = line.tally.share
    kept, total = danish.whole_text(line.tally.kept), danish.whole_text(line.tally.total)
    return Figure(
        title,
        NOTHING if share is None else danish.unbroken(danish.percent(share)),
        f"{kept} af {total}",
    )


def curve(title: str, lines: Sequence[Line]) -> Curve:
    """Return a rule's shares quarter by quarter, as a curve and as the numbers of its table.

    It has no dots where nothing of it may be told.
    """
    if all(line.tally is None for line in lines):
        return Curve(title, "", (), ())
    dots = [_dot(place, line) for place, line in enumerate(lines)]
    known = [dot for dot in dots if dot.y is not None]
    sentence = (
        f"{title}: fra {known[0].share} i {known[0].title} til {known[-1].share} i "
        f"{known[-1].title}. Tabellen under figuren har alle tal."
        if len(known) > 1
        else f"{title}: der er ikke tal nok til en kurve. Tabellen har dem, der er."
    )
    return Curve(title, sentence, dots, _stretches(dots))


def _dot(place: int, line: Line) -> Dot:
    quarter = Quarter.parse(line.key)
    share = line.tally.share if line.tally else None
    if line.tally is None:
        words = TOO_FEW
    else:
        words = NOTHING if share is None else danish.unbroken(danish.percent(share))
    return Dot(
        label=f"{quarter.number}. kv. {quarter.year % 100:02}",
        title=quarter.title,
        x=LEFT + STEP * place,
        y=None if share is None else BOTTOM - round(HIGH * share),
        share=words,
        total=TOO_FEW if line.tally is None else danish.whole_text(line.tally.total),
    )


def _stretches(dots: Sequence[Dot]) -> Sequence[str]:
    found: list[list[str]] = [[]]
    for dot in dots:
        if dot.y is None:
            found.append([])
        else:
            found[-1].append(f"{dot.x},{dot.y}")
    return [" ".join(points) for points in found if len(points) > 1]


def persons(lines: Sequence[Line], names: Mapping[str, str], who: Asker) -> Sequence[Sum]:
    """Return the caseworkers' sums, those with most that is overdue first."""
    told = [(line.key, line.tally) for line in lines if line.tally is not None]
    told.sort(key=lambda one: (-one[1].overdue, -one[1].missed, names.get(one[0], "")))
    return [plain_sum(_name(key, names, who), tally) for key, tally in told]


def _name(key: str, names: Mapping[str, str], who: Asker) -> str:
    if key == who.key:
        return f"{names.get(key, 'Dig')} (dig)"
    return names.get(key, f"Medarbejder {key}") if key else "Ingen havde taget dem"
