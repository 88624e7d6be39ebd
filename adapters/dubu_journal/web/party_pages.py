"""The parties of a case: the list, adding one from the address book or not, taking one off."""

from typing import Final

import sqlalchemy as sa
from starlette.responses import Response

from dubu_journal import addresses, parties
from dubu_journal.ledger import Made
from dubu_journal.web import contact_search, party_forms
from dubu_journal.web.visit import Visit

ROLES: Final = ("Værge", "Bisidder", "Partsrepræsentant", "Kontaktperson", "Skole", "Læge", "Andet")
"""Offered; any other word is taken too."""


def show(visit: Visit, case_id: int) -> Response:
    """List the parties, and take one off the case."""
    with visit.reading() as connection:
        case = visit.case(connection, case_id)
        people = parties.of_case(connection, case_id)
    if visit.posts:
        removed = visit.form.number("fjern")
        if removed is not None:
            with visit.writing() as connection:
                parties.remove(connection, case_id, removed)
            return visit.to(f"/sager/{case_id}/parter", "part-fjernet")
    visit.write_down("case", case_id)
    return visit.page("parties.html", menu="/sager", case=case, tab="parter", parties=people)


def new(visit: Visit, case_id: int) -> Response:
    """Add a party: found in the address book, or described."""
    found: list[addresses.Contact] = []
    searched = ""
    with visit.reading() as connection:
        case = visit.case(connection, case_id)
        if visit.posts and visit.form.values.get("knap") == "soeg":
            searched = visit.form.text("soeg", "Skriv et navn, et CPR-nummer eller et CVR-nummer.")
            among = contact_search.find(connection, searched) if searched else []
            found = visit.desk.doors.contacts(connection, visit.user, among)
    if visit.posts and visit.form.values.get("knap") != "soeg" and _added(visit, case_id):
        return visit.to(f"/sager/{case_id}/parter", "part")
    visit.form.values.setdefault("slags", "person")
    visit.write_down("case", case_id)
    return visit.page(
        "party_new.html",
        menu="/sager",
        case=case,
        tab="parter",
        found=found,
        searched=searched,
        roles=ROLES,
        kinds=party_forms.KINDS,
        sees_people=visit.desk.doors.sees_people(visit.user),
    )


def _added(visit: Visit, case_id: int) -> bool:
    role = visit.form.text("rolle") or None
    with visit.reading() as connection:
        who = party_forms.read(connection, visit)
    if who is None or not visit.form.ok:
        return False

    def add(connection: sa.Connection) -> Made:
        by, now = visit.user.key, visit.now
        return Made("party", parties.add(connection, case_id, who, role=role, by=by, now=now))

    return visit.once("web.party", add) is not None
