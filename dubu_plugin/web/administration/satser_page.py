"""The rates of a day, for an administrator: what holds, where it comes from, and one's own rows.

A file of rates is put in with ``dubu satser add``; its rows stand here as those that are typed.
"""

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.beregning.linjer import number
from dubu_plugin.domain.satser import Sats, Satser, Unit
from dubu_plugin.errors import CaseworkError
from dubu_plugin.kataloger.satskatalog import MONEY, WORDS, amount_words
from dubu_plugin.store.egne import egne_satser
from dubu_plugin.store.egne.egne_satser import Kept
from dubu_plugin.usecases.sats.change_sats import SURE, SatsRefused, correct, put_in, take_out
from dubu_plugin.usecases.sats.doubt import InDoubt
from dubu_plugin.web.administration.own_rows import changes, span
from dubu_plugin.web.afgoerelse.beregning_form import figure
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent, UnknownButton
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.typed_time import NO_DAY, day_of

router = APIRouter()

URL: Final = "/dubu/satser"
FIELDS: Final = ("kode", "beloeb", "fra", "til", "kilde", "beloeb_rigtigt")
DONE: Final = {
    "gemt": "Satsen er gemt. Afgørelser, der er truffet, beholder deres beregning.",
    "ud": "Satsen er taget ud.",
}
YES_NO: Final = {"ja": "1", "nej": "0"}

Administrator = Annotated[Visit, Depends(Door(Act.ADMINISTER, page="satser"))]


@router.get(URL)
def show(
    visit: Administrator, dag: str = "", ret: str = "", kode: str = "", gjort: str = ""
) -> Response:
    """Show the rates of a day, today where none is said, and a form for one."""
    return _drawn(visit, dag=dag, ret=key_of(ret), code=kode, said=DONE.get(gjort, ""))


@router.post(URL)
def change(visit: Administrator, sent: Form) -> Response:
    """Put a rate in, correct one, or take one out: what the button that was pressed says."""
    row, handling = key_of(sent.one("raekke")), sent.one("handling")
    try:
        if handling == "ud" and row:
            take_out(row, **visit.means)
        elif handling == "gem" and row:
            correct(row, _typed(visit, sent, row), **visit.means, is_right=_is_right(sent))
        elif handling == "gem":
            put_in(_typed(visit, sent, None), **visit.means, is_right=_is_right(sent))
        else:
            raise UnknownButton
    except CaseworkError as no:
        asked = no.amount if isinstance(no, InDoubt) else ""
        return _drawn(visit, sent.refused(no), ret=row, asked=asked)
    return RedirectResponse(f"{URL}?gjort={'ud' if handling == 'ud' else 'gemt'}", status_code=303)


def _drawn(
    visit: Visit,
    sent: Sent = EMPTY,
    *,
    dag: str = "",
    ret: UUID | None = None,
    code: str = "",
    said: str = "",
    asked: str = "",
) -> Response:
    today = danish.danish_day(visit.now)
    chosen = _day(dag)
    day = chosen or today
    with visit.reading() as connection:
        kept = egne_satser.history(connection)
    book = _book(visit.product.rates, kept)
    rows = {(one.row.code, one.row.valid_from): one.id for one in kept if one.stands}
    before = next((one for one in kept if one.stands and one.id == ret), None)
    typed = (
        {name: sent.one(name) for name in FIELDS}
        if sent.fields
        else _fields(before.row if before else book.find(code, today), new=before is None)
    )
    values: dict[str, Any] = {
        "day": dag or day.isoformat(),
        "day_words": danish.unbroken(danish.long_date(day)),
        "wrong_day": bool(dag) and chosen is None,
        "rows": [
            (one, amount_words(one), _said(one, day),
             rows.get((one.code, one.valid_from)) if one.own else None)
            for one in book.in_force(day)
        ],
        "codes": [(one.code, _choice(one)) for one in _newest(visit.product.rates)],
        "typed": typed,
        "row": before.id if before else None,
        "row_title": before.row.title if before else "",
        "asked": asked,
        "said": said,
        "to_come": [
            (one.id, one.row.title, _says(one))
            for one in kept
            if one.stands and one.row.valid_from > day
        ],
        "changes": changes(kept, lambda one: one.row.title, _says, visit.now),
    }  # fmt: skip
    return visit.form(Page("administration/satser.html", "Satser", values=values), sent)


def _book(delivered: Satser, kept: list[Kept] | Any) -> Satser:
    return Satser([*delivered.rows, *(one.row for one in kept if one.stands)])


def _newest(delivered: Satser) -> list[Sats]:
    return list({one.code: one for one in delivered.rows}.values())


def _choice(one: Sats) -> str:
    unit = "ja eller nej" if one.unit is Unit.JA_NEJ else WORDS[one.unit]
    return danish.unbroken(f"{one.title} ({one.law}), {unit}")


def _says(one: Kept) -> str:
    by = f" ({one.file})" if one.file else ""
    return f"{amount_words(one.row)} {span(one.row.valid_from, one.row.valid_to)}{by}"


def _said(one: Sats, day: date) -> str:
    """Return since when a rate holds, until when, and at which year's level."""
    said = [f"Fra {danish.long_date(one.valid_from)}"]
    if one.valid_to:
        said.append(f"til {danish.long_date(one.valid_to)}")
    words = " ".join(said)
    if one.level is not None:
        words += f" · {one.level}-niveau"
        if one.is_behind(day):
            words += f"; se, om der er kommet et beløb for {day.year}"
    return danish.unbroken(words)


def _fields(one: Sats | None, *, new: bool) -> dict[str, str]:
    empty = dict.fromkeys(FIELDS, "")
    if one is None:
        return empty
    if new:
        return empty | {"kode": one.code}
    return empty | {
        "kode": one.code, "beloeb": _figure(one), "fra": one.valid_from.isoformat(),
        "til": one.valid_to.isoformat() if one.valid_to else "", "kilde": one.source,
    }  # fmt: skip


def _figure(one: Sats) -> str:
    if one.unit is Unit.JA_NEJ:
        return amount_words(one)
    return danish.decimal_text(one.amount) if one.unit in MONEY else number(one.amount)


def _typed(visit: Visit, sent: Sent, row: UUID | None) -> Sats:
    """Return the row as it was typed.

    :raises SatsRefused: something in it is no figure or no day.
    """
    code = sent.one("kode")
    with visit.reading() as connection:
        before = [one for one in egne_satser.standing(connection) if one.id == row]
    if before:
        code = before[0].row.code
    ours = next((one for one in _newest(visit.product.rates) if one.code == code), None)
    if ours is None:
        raise SatsRefused("kode", "Vælg, hvilken sats det er.")
    amount = figure(YES_NO.get(sent.one("beloeb").lower(), sent.one("beloeb")))
    if amount is None:
        raise SatsRefused("beloeb", "Skriv beløbet som et tal, fx 38.380 eller 4,8.")
    first = _required_day(sent, "fra")
    if first is None:
        raise SatsRefused("fra", "Skriv, fra hvilken dag satsen gælder.")
    return Sats(
        code=ours.code, title=ours.title, law=ours.law, amount=amount, unit=ours.unit,
        valid_from=first, valid_to=_required_day(sent, "til"), source=sent.one("kilde")[:300],
        level=first.year if ours.level is not None else None, confidence=SURE, own=True,
    )  # fmt: skip


def _is_right(sent: Sent) -> bool:
    """Tell whether they have said that the amount is right: this one, and no other."""
    return bool(sent.one("beloeb")) and sent.one("beloeb_rigtigt") == sent.one("beloeb")


def _required_day(sent: Sent, name: str) -> date | None:
    text = sent.one(name)
    if text and _day(text) is None:
        raise SatsRefused(name, NO_DAY)
    return _day(text)


def _day(text: str) -> date | None:
    try:
        return day_of(text)
    except ValueError:
        return None
