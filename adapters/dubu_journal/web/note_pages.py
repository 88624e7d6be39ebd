"""The journal of a case: its notes, and adding one. What is added stays."""

from datetime import time
from typing import Final

import sqlalchemy as sa
from starlette.responses import Response

from dubu_journal import danish, notes
from dubu_journal.ledger import Made
from dubu_journal.web import reading
from dubu_journal.web.forms import LONGEST_TEXT
from dubu_journal.web.visit import Visit

PAGE: Final = 30


def show(visit: Visit, case_id: int) -> Response:
    """List the notes, the last added first, and add one."""
    before = reading.number(visit.query("foer"))
    with visit.reading() as connection:
        case = visit.case(connection, case_id)
    if visit.posts:
        if _added(visit, case_id):
            return visit.to(f"/sager/{case_id}/journal", "notat")
    else:
        visit.form.values |= {"dato": danish.iso(visit.now), "dato_tid": danish.clock(visit.now)}
    with visit.reading() as connection:
        found = notes.of_case(connection, case_id, before=before, limit=PAGE + 1)
        names = reading.user_names(connection, [note.created_by for note in found])
    visit.write_down("case", case_id)
    return visit.page(
        "notes.html",
        menu="/sager",
        case=case,
        tab="journal",
        notes=found[:PAGE],
        names=names,
        next=found[PAGE - 1].id if len(found) > PAGE else None,
        earlier=before is not None,
    )


def _added(visit: Visit, case_id: int) -> bool:
    form = visit.form
    title = form.text("titel", "Skriv, hvad notatet handler om.")
    body = form.text("tekst", "Skriv notatet.", longest=LONGEST_TEXT)
    at = form.moment("dato", "Skriv datoen, hvor det skete.", at=time(12))
    if at is not None and at > visit.now:
        form.fail(
            "dato", "Det kan ikke være sket endnu. Skriv en dato og et klokkeslæt, der er gået."
        )
    if not form.ok or at is None:
        return False

    def add(connection: sa.Connection) -> Made:
        note_id = notes.add(
            connection, case_id, title, body, occurred_at=at, by=visit.user.key, now=visit.now
        )
        return Made("note", note_id)

    return visit.once("web.note", add) is not None
