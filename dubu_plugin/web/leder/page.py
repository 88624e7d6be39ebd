"""Overblik: which deadlines were kept and which were not, in one's own unit and those below."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Annotated, Final

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import Response, StreamingResponse

from dubu_plugin.documents import overholdelse_excel
from dubu_plugin.domain.access import Act, opens
from dubu_plugin.frister.overholdelse import HEARD, Quarter
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.overholdelse import rows as overholdelse_rows
from dubu_plugin.store.overholdelse import summary as overholdelse
from dubu_plugin.store.overholdelse.risk import at_risk
from dubu_plugin.store.overholdelse.summary import Line, Sight, sight
from dubu_plugin.store.unit_names import employee_names, unit_titles
from dubu_plugin.usecases.frist.see_overholdelse import see_overholdelse
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.frist.without_duty_page import how_many
from dubu_plugin.web.leder import ansoegninger_page, view
from dubu_plugin.web.leder.choice import (
    URL,
    Choice,
    past_quarters,
    quarter_choices,
    unit_choices,
    whose,
)
from dubu_plugin.web.leder.nobodys_cases_page import nobodys_words

router = APIRouter()

MOST_UNITS: Final = 8
"""For so many units at most caseworkers are listed and the time used is told of every rule: reading
each deadline of a whole city takes too long for a page. Of more, one is chosen first."""
SHOWN: Final = 10
ALL_SHOWN: Final = 500
"""So many are shown to who asks for all of them."""
LISTED: Final = 100
FIRST: Final = "BFU-4M"
"""The rule that is drawn where none is chosen."""
BLOCK: Final = 1 << 16
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, and what is."""

    quarters: Sequence[tuple[str, str]]
    quarter: str
    units: Sequence[tuple[str, str]]
    unit: str
    rules: Sequence[tuple[str, str]]
    rule: str
    all_rules_url: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole page."""

    title: str
    when: str
    leads: bool
    choices: Choices
    excel_url: str | None
    applications_url: str
    behind: Sequence[view.BehindLine]
    behind_more: bool
    behind_url: str
    """Where all of them are shown; empty where they are."""
    risks: Sequence[view.BehindLine]
    """What will hardly be kept, the gravest first."""
    risk_count: int
    nobodys: str
    """How many cases nobody has, in words; empty for none, and for who leads nobody."""
    unfollowed: str
    """How many cases nobody is reminded of, for a leader; empty where there are none."""
    rules: Sequence[view.Sum]
    rules_kept: Sequence[view.Sum]
    """Those of which every deadline was kept; folded."""
    whole: view.Sum
    hidden_rules: int
    """So many are not shown, for they could tell on somebody."""
    persons: Sequence[view.Sum]
    persons_kept: Sequence[view.Sum]
    choose_unit: bool
    units: Sequence[view.Sum]
    hidden_units: int
    rule_title: str
    """The rule that is chosen, if one is."""
    barometer: Sequence[view.Figure]
    curve: view.Curve
    missed: Sequence[view.BehindLine]
    missed_title: str


def overview(
    connection: sa.Connection,
    book: RuleBook,
    seen: Sight,
    choice: Choice,
    now: datetime,
    *,
    most: int = SHOWN,
) -> Overview:
    """Return what somebody sees of how deadlines were kept."""
    titles = unit_titles(connection)
    few = len(seen.units) <= MOST_UNITS
    sums = overholdelse.summed_up(
        connection,
        book,
        seen,
        choice.quarter,
        now,
        rule=choice.rule,
        timed=None if few else {choice.rule or FIRST},
    )
    lines, units = sums.rules, sums.units
    late = overholdelse_rows.behind(connection, book, seen, now, most + 1)
    risks = at_risk(connection, book, seen.who, sorted(seen.persons), now)
    people: Sequence[Line] = ()
    if few:
        people = overholdelse.by_person(connection, book, seen, choice.quarter, now, choice.rule)
    names = employee_names(connection, (line.key for line in people))
    drawn = choice.rule or _first(lines)
    missed: Sequence[overholdelse_rows.Behind] = ()
    if choice.rule:
        missed = overholdelse_rows.missed(
            connection, seen, choice.quarter, choice.rule, now, LISTED
        )
    rules, rules_kept = view.folded(
        [
            view.rule_sum(line, line.tally, book, _listed_at(line, seen, choice))
            for line in lines
            if line.tally is not None
        ]
    )
    persons, persons_kept = view.folded(view.persons(people, names, seen.who))
    return Overview(
        title=whose(seen, choice, titles),
        when=choice.quarter.title,
        leads=bool(seen.persons),
        choices=_choices(
            connection, book, seen, choice, now, titles, _there(book, lines, choice.rule)
        ),
        excel_url=choice.url(f"{URL}/excel", regel=None)
        if opens(seen.who, Act.EXPORT, protected=False)
        else None,
        applications_url=choice.url(ansoegninger_page.URL, regel=None),
        behind=[view.behind_line(row, book, now) for row in late[:most]],
        behind_more=len(late) > most,
        behind_url=choice.url(bagud="alle") if len(late) > most == SHOWN else "",
        risks=[view.risk_line(row, book, now) for row in risks[:SHOWN]],
        risk_count=len(risks),
        nobodys=nobodys_words(connection, seen.who),
        unfollowed=how_many(connection, book, seen.who, now),
        rules=rules,
        rules_kept=rules_kept,
        whole=view.plain_sum("I alt", overholdelse.whole(lines)),
        hidden_rules=sum(line.tally is None for line in lines),
        persons=persons,
        persons_kept=persons_kept,
        choose_unit=not few and bool(seen.persons),
        units=[
            view.unit_sum(titles.get(line.key, line.key), line, line.tally)
            for line in units
            if line.tally is not None
        ],
        hidden_units=sum(line.tally is None for line in units),
        rule_title=_rule_title(book, choice.rule) if choice.rule else "",
        barometer=view.barometer(lines),
        curve=view.curve(
            _rule_title(book, drawn),
            overholdelse.trend(connection, book, seen, drawn, past_quarters(choice.quarter), now),
        ),
        missed=[view.behind_line(row, book, now) for row in missed],
        missed_title=_rule_title(book, choice.rule) if choice.rule and seen.persons else "",
    )


def _choices(
    connection: sa.Connection,
    book: RuleBook,
    seen: Sight,
    choice: Choice,
    now: datetime,
    titles: Mapping[str, str],
    there: Sequence[str],
) -> Choices:
    everything = sight(connection, seen.who) if choice.unit else seen
    newest = max(Quarter.of(now), choice.quarter)
    return Choices(
        quarters=quarter_choices(newest),
        quarter=str(choice.quarter),
        units=unit_choices(everything, titles),
        unit=choice.unit or "",
        rules=[(code, _rule_title(book, code)) for code in there],
        rule=choice.rule or "",
        all_rules_url=choice.url(regel=None),
    )


def _there(book: RuleBook, lines: Sequence[Line], chosen: str | None) -> Sequence[str]:
    """Return the rules that have deadlines in the quarter, and the one that is chosen."""
    found = {line.key for line in lines} | {chosen}
    return [code for code in book.versions if code in found]


def _first(lines: Sequence[Line]) -> str:
    codes = [line.key for line in lines]
    return FIRST if FIRST in codes or not codes else codes[0]


def _listed_at(line: Line, seen: Sight, choice: Choice) -> str | None:
    """Return where what was not kept is listed, one by one, for who may see that."""
    if not seen.persons or line.key == HEARD:
        return None
    return f"{choice.url(regel=line.key)}#ikke-holdt"


def _rule_title(book: RuleBook, code: str) -> str:
    rule = book.newest(code)
    return rule.title if rule else code


@router.get(URL)
def show(
    visit: Annotated[Visit, Depends(Door(Act.COUNT))],
    kvartal: str = "",
    enhed: str = "",
    regel: str = "",
    bagud: str = "",
) -> Response:
    """Show which deadlines were kept."""
    choice = Choice.of(visit, kvartal, enhed, regel)
    seen = see_overholdelse(
        visit.product, visit.asker, choice.quarter, now=visit.now, unit=choice.unit
    )
    with visit.reading() as connection:
        most = ALL_SHOWN if bagud == "alle" else SHOWN
        shown = overview(connection, visit.product.store.rules, seen, choice, visit.now, most=most)
    return visit.page(Page("leder/page.html", "Overblik", URL, values={"o": shown}))


@router.get(f"{URL}/excel")
def export(
    visit: Annotated[Visit, Depends(Door(Act.EXPORT))], kvartal: str = "", enhed: str = ""
) -> Response:
    """Send the same as a workbook, each deadline with it for who may see persons."""
    choice = Choice.of(visit, kvartal, enhed, "")
    seen = see_overholdelse(
        visit.product,
        visit.asker,
        choice.quarter,
        now=visit.now,
        unit=choice.unit,
        act=Act.EXPORT,
    )
    with ExitStack() as stack:
        file: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())
        rules = visit.product.store.rules
        with visit.reading() as connection:
            overholdelse_excel.write(file, connection, rules, seen, choice.quarter, visit.now)
        # It is closed when it has been sent.
        kept_open = stack.pop_all()
    name = f"overholdelse-{choice.quarter}.xlsx"
    return StreamingResponse(
        _sent(file, kept_open),
        media_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _sent(file: IO[bytes], kept_open: ExitStack) -> Iterator[bytes]:
    with kept_open:
        while block := file.read(BLOCK):
            yield block
