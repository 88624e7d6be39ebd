"""Searching: cases, documents and notes I may see, the address book, and the plugins' own.

What is typed is sent in a form and stands in no address.
"""

from typing import Final

from starlette.responses import Response

from dubu_journal import search
from dubu_journal.addresses import Contact
from dubu_journal.plugins import Found as PluginFound
from dubu_journal.search import Found
from dubu_journal.web import contact_search
from dubu_journal.web.visit import Visit

MOST: Final = 20
SHORTEST: Final = 2


def show(visit: Visit) -> Response:
    """Search, and show what was found."""
    found, people, others = Found(), list[Contact](), list[PluginFound]()
    typed = ""
    if visit.posts:
        typed = visit.form.text("soeg", "Skriv, hvad du søger efter.", longest=200)
        if typed and len(typed) < SHORTEST:
            visit.form.fail("soeg", "Skriv mindst to bogstaver.")
    if typed and visit.form.ok:
        with visit.reading() as connection:
            found = search.find(connection, visit.viewer, typed, limit=MOST)
            among = contact_search.find(connection, typed)
            people = visit.desk.doors.contacts(connection, visit.user, among)[:MOST]
        seen = {case.id for case in found.cases} | set(found.of)
        opens = visit.desk.doors.ids(visit.viewer, seen)
        others = visit.desk.plugins.search(visit.user.key, typed)
        found = Found(
            [case for case in found.cases if case.id in opens],
            [one for one in found.documents if one.case_id in opens],
            [one for one in found.notes if one.case_id in opens],
            found.of,
        )
        lying = {one.case_id for one in found.documents} | {one.case_id for one in found.notes}
        visit.search_down(lying | {one.id for one in found.cases}, [one.id for one in people])
        shown = {case.number for case in found.cases}
        others = [one for one in others if one.case not in shown]
    return visit.page(
        "search.html",
        found=found,
        people=people,
        others=others,
        typed=typed,
        sees_people=visit.desk.doors.sees_people(visit.user),
    )
