"""The reminders of a case: setting one, and ticking one off."""

from datetime import time

import sqlalchemy as sa
from starlette.responses import Response

from dubu_journal import reminders, users
from dubu_journal.ledger import Made
from dubu_journal.refusals import NotThere
from dubu_journal.reminders import NewReminder
from dubu_journal.web import reading
from dubu_journal.web.visit import Visit


def show(visit: Visit, case_id: int) -> Response:
    """List the reminders of the case, set one, or tick one off."""
    with visit.reading() as connection:
        case = visit.case(connection, case_id)
        everybody = [user for user in users.every_user(connection) if user.active]
    if visit.posts:
        done = _saved(visit, case_id)
        if done:
            return visit.to(f"/sager/{case_id}/erindringer", done)
    else:
        visit.form.values |= {"ansvarlig": visit.user.key, "slags": reminders.TYPES[0]}
    with visit.reading() as connection:
        found = reminders.of_case(connection, case_id)
        names = reading.user_names(connection, [one.responsible for one in found])
    visit.write_down("case", case_id)
    return visit.page(
        "reminders.html",
        menu="/sager",
        case=case,
        tab="erindringer",
        waiting=[one for one in found if one.completed is None],
        completed=[one for one in reversed(found) if one.completed is not None],
        names=names,
        everybody=everybody,
        types=reminders.TYPES,
    )


def _saved(visit: Visit, case_id: int) -> str:
    """Do what was asked, and return what to tell; empty where something is wrong."""
    done = visit.form.number("udfoert")
    if done is not None:
        with visit.writing() as connection:
            there = reminders.get(connection, done)
            if there.case_id != case_id:
                raise NotThere(str(done))
            reminders.complete(connection, done, by=visit.user.key, now=visit.now)
        return "erindring-udfoert"
    new = _new(visit)
    if new is None:
        return ""

    def put(connection: sa.Connection) -> Made:
        return Made("reminder", reminders.put(connection, case_id, new, visit.now))

    return "" if visit.once("web.reminder", put) is None else "erindring"


def _new(visit: Visit) -> NewReminder | None:
    form = visit.form
    title = form.text("titel", "Skriv, hvad du vil huskes på.")
    due = form.moment("dato", "Skriv datoen, hvor det skal være gjort.", at=time(23, 59))
    with visit.reading() as connection:
        among = {user.key for user in users.every_user(connection) if user.active}
    responsible = form.one_of("ansvarlig", among, "Vælg, hvem der skal huske det.")
    kind = form.one_of("slags", reminders.TYPES, "Vælg en slags.")
    text = form.text("tekst", longest=5000)
    if due is not None and due < visit.now:
        form.fail("dato", "Datoen er gået. Skriv en dato, der ikke er gået endnu.")
    if not form.ok or due is None:
        return None
    return NewReminder(title=title, due=due, responsible=responsible, text=text, type=kind)
