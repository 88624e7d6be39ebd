"""The address book: finding somebody, adding and changing them, and the cases they are on.

What is searched for never stands in an address of a page: the search is a form that is posted.
"""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from starlette.responses import Response

from dubu_journal import addresses, cases, family
from dubu_journal.addresses import Contact, NewContact
from dubu_journal.case_reads import REVEALED
from dubu_journal.ledger import Made
from dubu_journal.refusals import NotThere
from dubu_journal.web import contact_search, party_forms, reading
from dubu_journal.web.visit import Visit

MOST_CASES: Final = 100

TIES: Final[Mapping[str, str]] = {
    "mor": "Mor",
    "far": "Far",
    "barn": "Barn",
    "soeskende": "Søskende",
    "partner": "Partner",
    "bedsteforaelder": "Bedsteforælder",
    "barnebarn": "Barnebarn",
    "anden": "Anden tilknytning",
}


def search(visit: Visit) -> Response:
    """Look somebody up by name, CPR or CVR number."""
    found: list[Contact] | None = None
    if visit.posts:
        typed = visit.form.text("soeg", "Skriv et navn, et CPR-nummer eller et CVR-nummer.")
        if typed:
            with visit.reading() as connection:
                among = contact_search.find(connection, typed)
                found = visit.desk.doors.contacts(connection, visit.user, among)
            visit.search_down([], [one.id for one in found])
    return visit.page(
        "contacts.html",
        menu="/adressebog",
        found=found,
        kinds=party_forms.KINDS,
        sees_people=visit.desk.doors.sees_people(visit.user),
    )


def new(visit: Visit) -> Response:
    """Put somebody in the address book.

    :raises NotThere: it is not for this user, who would learn which numbers are there.
    """
    if not visit.desk.doors.sees_people(visit.user):
        raise NotThere("contact")
    if visit.posts:
        contact_id = _add(visit)
        if contact_id is not None:
            return visit.to(f"/adressebog/{contact_id}", "adresse")
    else:
        visit.form.values["slags"] = "person"
    return visit.page("contact_new.html", menu="/adressebog", kinds=party_forms.KINDS)


def show(visit: Visit, contact_id: int) -> Response:
    """Show somebody, those they are related to, and those of their cases one may see."""
    with visit.reading() as connection:
        contact = visit.desk.doors.contact(connection, visit.user, contact_id)
        related = family.of(connection, contact_id)
        found = cases.of_contact(connection, contact_id, primary_only=False, limit=MOST_CASES)
        listed = reading.visible_of(connection, visit.viewer, found)
        rows = visit.desk.doors.open(visit.viewer, listed)
    reveal = visit.posts and contact.cpr is not None
    visit.write_down("contact", contact_id, *([REVEALED] if reveal else []))
    return visit.page(
        "contact.html",
        menu="/adressebog",
        contact=contact,
        kind=party_forms.KINDS[contact.kind],
        related=related,
        ties=TIES,
        rows=rows,
        reveal=reveal,
    )


def change(visit: Visit, contact_id: int) -> Response:
    """Change what the address book says of somebody; a protected address is given anew, unseen."""
    with visit.reading() as connection:
        contact = visit.desk.doors.contact(connection, visit.user, contact_id)
    visit.write_down("contact", contact_id)
    if visit.posts:
        if _change(visit, contact):
            return visit.to(f"/adressebog/{contact_id}", "adresse")
    else:
        visit.form.values |= _shown(contact)
    return visit.page("contact_change.html", menu="/adressebog", contact=contact)


def _add(visit: Visit) -> int | None:
    described = party_forms.described_in(visit.form)
    if described is None:
        return None
    visit.form.text("navn", "Skriv navnet.")
    with visit.reading() as connection:
        _refuse_known(connection, visit, described)
    if not visit.form.ok:
        return None
    return visit.once(
        "web.contact",
        lambda connection: Made("party", addresses.ensure(connection, described, visit.now)),
    )


def _refuse_known(connection: sa.Connection, visit: Visit, described: NewContact) -> None:
    if described.cpr and addresses.by_cpr(connection, described.cpr):
        visit.form.fail(
            "cpr", "Der er allerede en med det CPR-nummer. Søg efter nummeret i stedet."
        )
    if described.cvr and addresses.by_cvr(connection, described.cvr):
        visit.form.fail(
            "cvr", "Der er allerede en med det CVR-nummer. Søg efter nummeret i stedet."
        )


def _shown(contact: Contact) -> dict[str, str]:
    return {
        "navn": contact.name,
        "adresse": "" if contact.protected_address else contact.address or "",
        "beskyttet_adresse": "ja" if contact.protected_address else "",
        "telefon": contact.phone or "",
        "email": contact.email or "",
        "udgave": str(contact.version),
    }


def _change(visit: Visit, contact: Contact) -> bool:
    form = visit.form
    values: dict[str, Any] = {
        "name": form.text("navn", "Skriv navnet."),
        "protected_address": form.ticked("beskyttet_adresse"),
        "phone": form.text("telefon") or None,
        "email": party_forms.email_in(form),
    }
    typed = form.text("adresse") or None
    # Nobody was shown a protected address, so an empty field does not mean that there is none.
    if typed or not contact.protected_address:
        values["address"] = typed
    elif not form.ticked("beskyttet_adresse"):
        form.fail("adresse", "Skriv adressen, når den ikke længere er beskyttet.")
    if not form.ok:
        return False
    with visit.writing() as connection:
        if addresses.get(connection, contact.id).version != form.number("udgave"):
            form.fail("", "En anden har ændret oplysningerne imens. Se dem, og gem så igen.")
            form.values["udgave"] = str(addresses.get(connection, contact.id).version)
            return False
        addresses.change(connection, contact.id, values, visit.now)
    return True
