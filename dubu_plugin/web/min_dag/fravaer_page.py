"""Absence and the morning mail: one's own, and for a leader those of the team.

An administrator sees whom the mail does not reach, and nothing of any case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Asker, Role
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access
from dubu_plugin.store.min_dag import fravaer, morgenmail, stand_ins
from dubu_plugin.store.min_dag.due_query import teams_of
from dubu_plugin.store.min_dag.fravaer import Fravaer
from dubu_plugin.store.staff import does_casework
from dubu_plugin.store.tables import employees
from dubu_plugin.usecases.min_dag.absence import EndedAlready, end_absence, set_absence
from dubu_plugin.usecases.min_dag.choose_mail import choose_mail
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.typed_time import day_of

router = APIRouter()

URL: Final = "/dubu/fravaer"
REACH_URL: Final = "/dubu/administration/morgenmail"
DONE: Final = {
    "sat": "Fraværet er sat. Det slutter af sig selv.",
    "slut": "Fraværet er slut.",
    "mail": "Dit valg af morgenmail er gemt.",
}

Looking = Annotated[Visit, Depends(Door(Act.SEARCH, page="fravaer"))]
Acting = Annotated[Visit, Depends(Door(Act.SEARCH))]
Keeping = Annotated[Visit, Depends(Door(Act.ADMINISTER, page="morgenmail"))]


@dataclass(frozen=True, slots=True)
class AwayLine:
    """One absence as it is read."""

    id: str
    name: str
    days: str
    stand_in: str
    """Who sees what is urgent meanwhile, in words."""


class DayNotRead(CaseworkError):
    """What was typed is no day."""

    danish = "Vælg både den første og den sidste dag."


@router.get(URL)
def show(visit: Looking, gemt: str = "", hvem: str = "") -> Response:
    """Show who is away, and whether there is a morning mail.

    :param hvem: whose absence a leader is about to set; who can stand in depends on it.
    """
    return _drawn(visit, said=DONE.get(gemt, ""), whom=hvem)


@router.post(URL)
def set_one(visit: Acting, form: Form) -> Response:
    """Keep an absence."""
    try:
        first, last = _day(form.one("foerste")), _day(form.one("sidste"))
        set_absence(
            form.one("hvem") or visit.asker.key,
            first,
            last,
            form.one("stedfortraeder") or None,
            **visit.means,
        )
    except CaseworkError as no:
        return _drawn(visit, form.refused(no), whom=form.one("hvem"))
    return RedirectResponse(f"{URL}?gemt=sat", 303)


@router.post(URL + "/slut")
def end_one(visit: Acting, form: Form) -> Response:
    """End an absence now."""
    try:
        number = UUID(form.one("fravaer"))
    except ValueError:
        raise EndedAlready from None
    end_absence(number, **visit.means)
    return RedirectResponse(f"{URL}?gemt=slut", 303)


@router.post(URL + "/morgenmail")
def choose(visit: Acting, form: Form) -> Response:
    """Say whether one wants the morning mail."""
    wanted = form.one("mail") == "ja"
    choose_mail(wanted=wanted, **visit.means)
    return RedirectResponse(f"{URL}?gemt=mail", 303)


@router.get(REACH_URL)
def reach(visit: Keeping) -> Response:
    """Show whom the morning mail does not reach, and why."""
    with visit.reading() as connection:
        found = [one for one in morgenmail.readers(connection) if not one.gets_mail and not one.off]
    lines = [(one.name, _missing(one)) for one in found]
    values = {"lines": lines, "sends": _sends(visit)}
    return visit.page(Page("min_dag/morgenmail.html", "Morgenmail", REACH_URL, values=values))


def _missing(one: morgenmail.Reader) -> str:
    said = [
        words
        for lacks, words in (
            (not one.unit, "hører ikke til en enhed, så ingen leder ser personens frister"),
            (not one.email, "har ingen e-mail i journalsystemet"),
            (one.returned, "morgenmailen kunne ikke leveres; ret adressen i journalsystemet"),
        )
        if lacks
    ]
    return danish.listed(said)


def _drawn(visit: Visit, typed: Sent = EMPTY, *, said: str = "", whom: str = "") -> Response:
    today, asker = danish.danish_day(visit.now), visit.asker
    with visit.reading() as connection:
        away = (
            fravaer.of_units(connection, teams_of(asker), today)
            if Role.TEAM_LEADER in asker.roles
            else fravaer.of_employee(connection, asker.key, today)
        )
        reader = morgenmail.reader(connection, asker.key)
        staff = _staff(connection, asker)
        away_one = access.asker(connection, whom) if whom in dict(staff) else None
        offered = stand_ins.choice(connection, away_one or asker)
        unseen = {one.key for one in _unseen(connection, away)}
        undelivered = _undelivered(connection, asker)
    values = {
        "away": [_line(one, today, has_leader=one.employee not in unseen) for one in away],
        "people": [(one.key, one.name) for one in offered.people],
        "has_leader": offered.has_leader,
        "leads": Role.TEAM_LEADER in asker.roles,
        "staff": staff,
        "whom": (away_one or asker).key,
        "reader": reader,
        "undelivered": undelivered,
        "sends": _sends(visit),
        "said": said,
        "typed": typed,
        "today": today.isoformat(),
    }
    page = Page("min_dag/fravaer.html", "Fravær og morgenmail", URL, values=values)
    return visit.form(page, typed)


def _undelivered(connection: sa.Connection, asker: Asker) -> Sequence[str]:
    """Return those of a leader's units whose morning mail came back."""
    if Role.TEAM_LEADER not in asker.roles:
        return ()
    teams = teams_of(asker)
    found = morgenmail.readers(connection)
    return [one.name for one in found if one.returned and one.unit in teams and not one.off]


def _line(one: Fravaer, today: date, *, has_leader: bool) -> AwayLine:
    days = f"{danish.list_date(one.first, today)} – {danish.list_date(one.last, today)}"
    if one.first == one.last:
        days = danish.list_date(one.first, today)
    if one.stand_in_name:
        told = f"Stedfortræder: {one.stand_in_name}"
    elif has_leader:
        told = "Uden stedfortræder: lederen ser det, der haster"
    else:
        told = "Uden stedfortræder, og der er ingen leder over: ingen ser det, der haster"
    return AwayLine(str(one.id), one.name, days, told)


def _staff(connection: sa.Connection, asker: Asker) -> Sequence[tuple[str, str]]:
    """Return whose absence a leader may set."""
    e = employees
    rows = connection.execute(
        sa.select(e.c.key, e.c.name)
        .where(does_casework(), e.c.unit.in_(teams_of(asker)))
        .order_by(e.c.name, e.c.key)
    )
    return [(row.key, row.name) for row in rows]


def _unseen(connection: sa.Connection, away: Sequence[Fravaer]) -> Sequence[Asker]:
    """Return those of the absent without a substitute whom no leader is above."""
    alone = {one.employee for one in away if one.stand_in is None}
    found = (access.asker(connection, key) for key in sorted(alone))
    return [
        one for one in found if one is not None and not stand_ins.choice(connection, one).has_leader
    ]


def _sends(visit: Visit) -> bool:
    return visit.product.ports.mail is not None and visit.product.settings.min_dag.mail


def _day(text: str) -> date:
    try:
        return day_of(text)
    except ValueError:
        raise DayNotRead from None
