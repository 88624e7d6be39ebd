"""How applications for help because of a disability are answered, paragraph by paragraph."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.afgoerelser import Matter, MatterArea, Outcome
from dubu_plugin.frister.overholdelse import Quarter
from dubu_plugin.store.overholdelse.ansoegninger import Answers, all_told, answered, waiting
from dubu_plugin.store.overholdelse.summary import sight
from dubu_plugin.store.unit_names import unit_titles
from dubu_plugin.usecases.frist.see_overholdelse import see_overholdelse
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.leder.choice import URL as OVERBLIK
from dubu_plugin.web.leder.choice import Choice, quarter_choices, unit_choices, whose
from dubu_plugin.web.leder.view import NOTHING

router = APIRouter()

URL: Final = f"{OVERBLIK}/ansoegninger"


@dataclass(frozen=True, slots=True)
class Line:
    """What one kind of help came to, in words."""

    title: str
    section: str
    made: str
    outcomes: tuple[str, ...]
    """Granted, granted in part and refused."""
    half: str
    in_time: str
    complaints: str
    changed: str


@router.get(URL)
def show(
    visit: Annotated[Visit, Depends(Door(Act.COUNT))], kvartal: str = "", enhed: str = ""
) -> Response:
    """Show what was decided in a quarter, how long it took, and what was complained of."""
    choice = Choice.of(visit, kvartal, enhed)
    seen = see_overholdelse(
        visit.product, visit.asker, choice.quarter, now=visit.now, unit=choice.unit
    )
    matters = _matters(visit)
    with visit.reading() as connection:
        found = answered(connection, seen, choice.quarter, matters)
        waits = waiting(connection, seen, visit.now)
        everything = sight(connection, seen.who) if choice.unit else seen
        titles = unit_titles(connection)
    told = {code: one for code, one in found.items() if all_told(seen) or not one.is_small}
    values = {
        "url": URL,
        "overview_url": choice.url(),
        "whose": whose(seen, choice, titles),
        "when": choice.quarter.title,
        "quarters": quarter_choices(max(Quarter.of(visit.now), choice.quarter)),
        "quarter": str(choice.quarter),
        "units": unit_choices(everything, titles),
        "unit": choice.unit or "",
        "lines": [_line(matters[code], told[code]) for code in matters if code in told],
        "hidden": len(found) - len(told),
        "waits": waits if all_told(seen) or not waits.is_small else None,
    }
    page = Page("leder/ansoegninger.html", "Ansøgninger om hjælp", OVERBLIK, values=values)
    return visit.page(page)


def _matters(visit: Visit) -> Mapping[str, Matter]:
    """Return what can be decided because of a disability, by code, in the order of the law."""
    every = visit.product.matters.rows
    return {one.code: one for one in every if one.area is MatterArea.HANDICAP}


def _line(matter: Matter, one: Answers) -> Line:
    share = Decimal(one.in_time) / len(one.days) if one.days else None
    return Line(
        title=matter.title,
        section=matter.paragraph,
        made=danish.whole_text(one.made),
        outcomes=tuple(danish.whole_text(one.outcomes[outcome]) for outcome in Outcome),
        half=NOTHING if one.median is None else danish.counted(one.median, "dag", "dage"),
        in_time=NOTHING if share is None else danish.unbroken(danish.percent(share)),
        complaints=danish.whole_text(one.complaints),
        changed=danish.whole_text(one.changed),
    )
