"""The rates of a day, for an administrator: what holds, where it comes from, and what is not sure.

They are put in and taken out with ``dubu satser``.
"""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.satser import Sats
from dubu_plugin.kataloger.satsfiles import amount_words
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page

router = APIRouter()

URL: Final = "/dubu/satser"

Administrator = Annotated[Visit, Depends(Door(Act.ADMINISTER, page="satser"))]


@router.get(URL)
def show(visit: Administrator, dag: str = "") -> Response:
    """Show the rates of a day; today where none is said."""
    today = danish.danish_day(visit.now)
    day = _day(dag) or today
    rates = visit.product.rates
    rows = [(one, amount_words(one), _said(one, day)) for one in rates.book.in_force(day)]
    values = {
        "day": day.isoformat(),
        "day_words": danish.unbroken(danish.long_date(day)),
        "wrong_day": bool(dag) and _day(dag) is None,
        "rows": rows,
        "left_out": [str(slip) for slip in rates.left_out.values()],
    }
    return visit.page(Page("satser.html", "Satser", values=values))


def _said(one: Sats, day: date) -> str:
    """Return from when to when it holds, and of which year's level it is."""
    said = [f"Fra {danish.long_date(one.valid_from)}"]
    if one.valid_to:
        said.append(f"til {danish.long_date(one.valid_to)}")
    words = " ".join(said)
    if one.level is not None:
        words += f" · {one.level}-niveau"
        if one.is_behind(day):
            words += f"; se, om der er kommet et beløb for {day.year}"
    return danish.unbroken(words)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
