"""My reminders: for me, for my team, and those I have set for others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import known_family
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import Whom
from dubu_plugin.usecases.erindring.complete_erindring import complete_erindring
from dubu_plugin.usecases.erindring.hand_erindring import hand_erindring
from dubu_plugin.usecases.erindring.move_erindring import move_erindring
from dubu_plugin.usecases.erindring.on_erindring import NobodyThere
from dubu_plugin.usecases.erindring.set_erindring import set_erindring
from dubu_plugin.web.aktivitet.view import erindring_words
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent, UnknownButton
from dubu_plugin.web.typed_time import day_of

router = APIRouter()

URL: Final = "/dubu/erindringer"
DONE: Final = {"sat": "Erindringen er sat.", "aendret": "Erindringen er ændret."}
TEAM: Final = "team:"
"""What stands before a unit's key in the list of who a reminder is for."""


class DayNotRead(CaseworkError):
    """What was typed is no day."""

    danish = "Vælg en dag."


class NobodyMeant(CaseworkError):
    """The name that was typed is nobody's, or the beginning of several."""

    danish = "Skriv hele navnet, eller vælg det på listen: ingen eller flere hedder sådan."


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who a reminder may be for besides oneself: by mark, and as they are shown."""

    near: Sequence[tuple[str, str]]
    """One's own team: few enough to choose among."""
    far: Sequence[tuple[str, str]]
    """The others, with their unit behind the name: they are searched for."""

    def __bool__(self) -> bool:
        """Whether there is anybody."""
        return bool(self.near or self.far)


@router.get(URL)
def show(
    visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="erindringer"))], gemt: str = ""
) -> Response:
    """Show them, the first day first."""
    return _drawn(visit, said=DONE.get(gemt, ""))


@router.post(URL)
def change(
    visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="erindringer"))], sent: Form
) -> Response:
    """Set one, or change one of mine."""
    try:
        if sent.one("handling"):
            act_on(visit, sent)
        else:
            set_erindring(
                sent.one("note"),
                typed_day(sent),
                whom=typed_whom(visit, sent),
                **visit.means,
            )
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no))
    name = "aendret" if sent.one("handling") else "sat"
    return RedirectResponse(f"{URL}?gemt={name}", status_code=303)


def act_on(visit: Visit, sent: Sent) -> None:
    """Do what a form says with a reminder."""
    text = sent.one("erindring")
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text):
        raise NotYours
    number, product, asker, now = UUID(text), visit.product, visit.asker, visit.now
    if sent.one("handling") == "flyt":
        move_erindring(number, typed_day(sent), product=product, asker=asker, now=now)
    elif sent.one("handling") == "giv":
        whom = typed_whom(visit, sent)
        if whom is None:
            raise NobodyThere
        hand_erindring(number, whom, product=product, asker=asker, now=now)
    elif sent.one("handling") != "klaret":
        raise UnknownButton
    else:
        complete_erindring(number, product=product, asker=asker, now=now)


def typed_day(sent: Sent) -> date:
    """Return the day of a form.

    :raises DayNotRead: it holds none.
    """
    try:
        return day_of(sent.one("dag"))
    except ValueError:
        raise DayNotRead from None


def typed_whom(visit: Visit, sent: Sent) -> Whom | None:
    """Return who the form says a reminder is for; None for oneself.

    :raises NobodyMeant: a name was searched for, and it is nobody's or several people's.
    """
    searched = sent.one("til_anden")
    if searched:
        with visit.reading() as connection:
            found = _meant(receivers(connection, visit.asker), searched)
        return Whom(employee=found)
    text = sent.one("til")
    if not text:
        return None
    if text.startswith(TEAM):
        return Whom(unit=text.removeprefix(TEAM))
    return Whom(employee=text)


def _meant(people: Receivers, searched: str) -> str:
    """Return the mark of the one whose name this is, or the beginning of it."""
    words = searched.casefold()
    everybody = [one for one in (*people.near, *people.far) if not one[0].startswith(TEAM)]
    exact = [key for key, title in everybody if title.casefold() == words]
    found = exact or [key for key, title in everybody if title.casefold().startswith(words)]
    if len(found) != 1:
        raise NobodyMeant
    return found[0]


def receivers(connection: sa.Connection, who: Asker) -> Receivers:
    """Return who a reminder may be for."""
    near, far = [], []
    for one in known_family.colleagues(connection):
        if one.key == who.key or not one.roles & {"sagsbehandler", "teamleder"}:
            continue
        if one.unit is not None and one.unit == who.unit:
            near.append((one.key, ", ".join(filter(None, (one.name, one.title)))))
        else:
            far.append((one.key, ", ".join(filter(None, (one.name, one.title, one.unit_name)))))
    return Receivers([*([(f"{TEAM}{who.unit}", "Hele mit team")] if who.unit else []), *near], far)


def _drawn(visit: Visit, typed: Sent = EMPTY, *, said: str = "") -> Response:
    with visit.reading() as connection:
        mine = erindringer.own_lines(connection, visit.asker)
        given = erindringer.given_away(connection, visit.asker)
        people = receivers(connection, visit.asker)
    there = {one.id for one in mine}
    values = {
        "mine": [erindring_words(one, visit.asker, visit.now) for one in mine],
        "given": [
            erindring_words(one, visit.asker, visit.now) for one in given if one.id not in there
        ],
        "people": people,
        "said": said,
        "typed": {key: typed.one(key) for key in ("note", "dag", "til", "til_anden")},
    }
    return visit.form(Page("min_dag/erindringer.html", "Erindringer", values=values), typed)
