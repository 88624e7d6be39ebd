"""The answering times the municipality has published, for an administrator: see and change them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.svarfrister import WORDS, Area, Svarfrist, Svarfrister, Unit, areas
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.egne.svarfrister import Kept
from dubu_plugin.usecases.svarfrist.own_area import own_code
from dubu_plugin.usecases.svarfrist.publish import FristRefused, correct, publish, take_out
from dubu_plugin.web.administration.own_rows import changes, span
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent, UnknownButton
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.typed_time import NO_DAY, day_of

router = APIRouter()

URL: Final = "/dubu/svarfrister"
OWN: Final = "eget"
"""What the form says where the area is one the municipality makes itself."""
FIELDS: Final = ("omraade", "titel", "lov", "antal", "enhed", "fra", "til", "kilde")
DONE: Final = {"gemt": "Gemt.", "ud": "Fristen er taget ud."}

Administrator = Annotated[Visit, Depends(Door(Act.ADMINISTER, page="svarfrister"))]


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area, and its times."""

    title: str
    law: str
    now: str
    """How long an application that comes today may wait; empty where they have not said."""
    is_own: bool
    """Whether the municipality has said so itself."""
    rows: Sequence[tuple[UUID, str, str, str]]
    """Each row that stands: its key, how long, from when, and where it is published."""


@router.get(URL)
def show(visit: Administrator, ret: str = "", gjort: str = "", nye: int = 0) -> Response:
    """Show the times, and a form for a new one, or for the one that is to be corrected."""
    return _drawn(visit, ret=key_of(ret), said=_said(gjort, nye))


@router.post(URL)
def change(visit: Administrator, sent: Form) -> Response:
    """Put a time in, correct one, or take one out: what the button that was pressed says."""
    row = key_of(sent.one("raekke"))
    try:
        match sent.one("handling"):
            case "ud" if row:
                moved = take_out(row, **visit.means)
                return _back("ud", moved)
            case "gem" if row:
                moved = correct(row, _typed(visit, sent), **visit.means)
            case "gem":
                moved = publish(_typed(visit, sent), **visit.means)
            case _:
                raise UnknownButton
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no), ret=row)
    return _back("gemt", moved)


def _back(done: str, moved: int) -> Response:
    return RedirectResponse(f"{URL}?gjort={done}&nye={moved}", status_code=303)


def _said(done: str, moved: int) -> str:
    if done not in DONE:
        return ""
    if not moved:
        return f"{DONE[done]} Ingen ansøgning, der venter, fik en anden frist."
    waits = danish.counted(moved, "ansøgning, der venter", "ansøgninger, der venter")
    return f"{DONE[done]} {waits}, har fået en anden frist."


def _drawn(
    visit: Visit, sent: Sent = EMPTY, *, ret: UUID | None = None, said: str = ""
) -> Response:
    today = danish.danish_day(visit.now)
    with visit.reading() as connection:
        kept = svarfrister.history(connection)
    standing = [one for one in kept if one.stands]
    times = Svarfrister([one.row for one in standing])
    known = areas(visit.product.matters, times.rows, today)
    before = next((one for one in standing if one.id == ret), None)
    typed = {name: sent.one(name) for name in FIELDS} if sent.fields else _fields(before, today)
    values: dict[str, Any] = {
        "lines": [_line(one, standing, times, today) for one in known],
        "areas": [
            *((one.code, danish.unbroken(f"{one.title} ({one.law})")) for one in known),
            (OWN, "Et andet sagsområde, som I selv giver navn"),
        ],
        "units": [(unit.value, words[1]) for unit, words in WORDS.items()],
        "typed": typed,
        "row": before.id if before else None,
        "row_title": before.row.title if before else "",
        "said": said,
        "changes": changes(kept, lambda one: one.row.title, _says, visit.now),
    }
    return visit.form(Page("administration/svarfrister.html", "Svarfrister", values=values), sent)


def _line(area: Area, standing: Sequence[Kept], times: Svarfrister, today: date) -> AreaLine:
    now = times.find(area.code, today)
    rows = [
        (one.id, one.row.words, span(one.row.valid_from, one.row.valid_to),
         one.row.source)
        for one in standing
        if one.row.area == area.code
    ]  # fmt: skip
    return AreaLine(area.title, area.law, now.words if now else "", now is not None, rows)


def _says(one: Kept) -> str:
    its = one.row
    return f"{its.words} {span(its.valid_from, its.valid_to)}"


def _fields(before: Kept | None, today: date) -> dict[str, str]:
    if before is None:
        return dict.fromkeys(FIELDS, "") | {"enhed": Unit.WEEKS, "fra": today.isoformat()}
    its = before.row
    return {
        "omraade": its.area, "titel": its.title, "lov": its.law, "antal": str(its.amount),
        "enhed": its.unit, "fra": its.valid_from.isoformat(),
        "til": its.valid_to.isoformat() if its.valid_to else "", "kilde": its.source,
    }  # fmt: skip


def _typed(visit: Visit, sent: Sent) -> Svarfrist:
    """Return the row as it was typed.

    :raises FristRefused: something in it is no figure, no day or no unit.
    """
    with visit.reading() as connection:
        rows = svarfrister.standing(connection).rows
    known = areas(visit.product.matters, rows, danish.danish_day(visit.now))
    chosen = next((one for one in known if one.code == sent.one("omraade")), None)
    if chosen is None and sent.one("omraade") == OWN:
        title = sent.one("titel")[:120]
        chosen = Area(own_code(title), title, sent.one("lov")[:60])
    figure, unit = sent.one("antal"), sent.one("enhed")
    if not re.fullmatch(r"\d{1,3}", figure) or unit not in list(Unit):
        raise FristRefused("antal", "Skriv, hvor lang fristen er, som et helt tal, fx 4.")
    first = _day(sent, "fra")
    if first is None:
        raise FristRefused("fra", "Skriv, fra hvilken dag fristen gælder.")
    return Svarfrist(
        area=chosen.code if chosen else "", title=chosen.title if chosen else "",
        law=chosen.law if chosen else "", amount=int(figure), unit=Unit(unit), valid_from=first,
        valid_to=_day(sent, "til"), source=sent.one("kilde")[:300],
    )  # fmt: skip


def _day(sent: Sent, name: str) -> date | None:
    text = sent.one(name)
    try:
        return day_of(text) if text else None
    except ValueError:
        raise FristRefused(name, NO_DAY) from None
