"""Somebody to add: chosen in the address book, or described so that the book can know them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

import sqlalchemy as sa

from dubu_journal import addresses
from dubu_journal.addresses import NewContact
from dubu_journal.refusals import NotThere
from dubu_journal.web.doors import PERSON
from dubu_journal.web.forms import Form
from dubu_journal.web.visit import Visit
from dubu_plugin.domain.cpr import Cpr, NotACpr

KINDS: Final[Mapping[str, str]] = {
    "person": "Person",
    "company": "Virksomhed eller institution",
    "other": "Andre",
}
FIELDS: Final = frozenset({"slags", "cpr", "cvr", "navn", "foedt", "adresse", "telefon", "email"})
"""The fields that describe somebody."""

NOT_YOURS: Final = "Du kan ikke slå personen op. Bed en kollega, der arbejder med sagen, om det."
CVR_WEIGHTS: Final = (2, 7, 6, 5, 4, 3, 2, 1)


def read(connection: sa.Connection, visit: Visit) -> NewContact | int | None:
    """Return who was meant, or None where the form says what is wrong.

    Somebody whose number is in the book is the one in the book, whatever else was typed. Who may
    not look somebody up adds them to nothing: they would learn who it is, or make a second one.
    """
    form, doors = visit.form, visit.desk.doors
    chosen = form.number("kontakt")
    if chosen is None and form.text("slags") == PERSON and not doors.sees_people(visit.user):
        form.fail("navn", NOT_YOURS)  # before any number is looked up
        return None
    found = _read(connection, form)
    if isinstance(found, int):
        if doors.contacts(connection, visit.user, [addresses.get(connection, found)]):
            return found
        form.fail("navn" if chosen is None else "kontakt", NOT_YOURS)
        return None
    return found


def _read(connection: sa.Connection, form: Form) -> NewContact | int | None:
    chosen = form.number("kontakt")
    if chosen is not None:
        return _in_book(connection, form, chosen)
    described = described_in(form)
    if described is None:
        return None
    known = _with_number(connection, described)
    if known is not None:
        return known
    if not described.name:
        form.fail("navn", _name_needed(described))
        return None
    return described


def described_in(form: Form) -> NewContact | None:
    """Return somebody as the form describes them, with or without a name; None where it cannot."""
    kind = form.one_of("slags", KINDS, "Vælg, om det er en person, en virksomhed eller andre.")
    cpr = cpr_in(form) if kind == "person" else None
    cvr = cvr_in(form) if kind == "company" else None
    contact = NewContact(
        kind=kind,
        name=form.text("navn"),
        cpr=None if cpr is None else cpr.digits,
        cvr=cvr,
        born=_born(form, cpr) if kind == "person" else None,
        address=form.text("adresse") or None,
        protected_address=form.ticked("beskyttet_adresse"),
        phone=form.text("telefon") or None,
        email=email_in(form),
    )
    return contact if FIELDS.isdisjoint(form.errors) else None


def cpr_in(form: Form) -> Cpr | None:
    """Return the CPR number, None where none is typed."""
    typed = form.text("cpr")
    if not typed:
        return None
    try:
        return Cpr.parse(typed)
    except NotACpr as no:
        form.fail("cpr", no.for_people())
        return None


def cvr_in(form: Form) -> str | None:
    """Return the CVR number, None where none is typed. Source: Erhvervsstyrelsen, modulus 11."""
    digits = re.sub(r"[\s.-]", "", form.text("cvr"))
    if not digits:
        return None
    right = re.fullmatch(r"[0-9]{8}", digits) is not None
    if not right or sum(int(d) * w for d, w in zip(digits, CVR_WEIGHTS, strict=True)) % 11:
        form.fail(
            "cvr", "CVR-nummeret skal have otte cifre og være skrevet rigtigt. Se efter igen."
        )
        return None
    return digits


def _in_book(connection: sa.Connection, form: Form, contact_id: int) -> int | None:
    try:
        return addresses.get(connection, contact_id).id
    except NotThere:
        form.fail("kontakt", "Personen findes ikke mere i adressebogen. Søg igen.")
        return None


def _with_number(connection: sa.Connection, who: NewContact) -> int | None:
    found = None
    if who.cpr is not None:
        found = addresses.by_cpr(connection, who.cpr)
    elif who.cvr is not None:
        found = addresses.by_cvr(connection, who.cvr)
    return None if found is None else found.id


def _name_needed(who: NewContact) -> str:
    if who.cpr or who.cvr:
        return "Nummeret er ikke i adressebogen. Skriv navnet, så bliver det oprettet."
    return "Skriv et navn, eller et nummer, der er i adressebogen."


def _born(form: Form, cpr: Cpr | None) -> date | None:
    typed = form.date("foedt")
    return cpr.born if cpr is not None else typed


def email_in(form: Form) -> str | None:
    """Return the e-mail address, None where none is typed."""
    typed = form.text("email")
    if typed and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", typed):
        form.fail("email", "E-mailadressen skal se ud som navn@eksempel.dk.")
    return typed or None
