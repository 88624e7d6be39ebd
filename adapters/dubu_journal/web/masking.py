"""What is not shown in full: CPR numbers, and addresses that are protected."""

from datetime import date
from typing import Final

from dubu_journal.addresses import Contact

PROTECTED: Final = "Beskyttet adresse"


def cpr(contact: Contact) -> str:
    """Return a CPR number as lists show it: ``031216-••••``.

    Of who is protected nothing of it is shown, nor the birthday it begins with.
    """
    if not contact.cpr:
        return ""
    return "••••••-••••" if contact.protected_address else f"{contact.cpr[:6]}-••••"


def born(contact: Contact) -> date | None:
    """Return somebody's birthday as pages show it; of who is protected it is not shown."""
    return None if contact.protected_address else contact.born


def whole_cpr(digits: str | None) -> str:
    """Return a whole CPR number, for the one who asked for it and whose asking was written down."""
    return f"{digits[:6]}-{digits[6:]}" if digits else ""


def address(contact: Contact) -> str:
    """Return somebody's address, or that it is protected: nobody reads one of those here."""
    return PROTECTED if contact.protected_address else contact.address or ""


def surname_first(contact: Contact) -> str:
    """Return a name as lists sort it: ``Testvad, Alma``. Only a person's is turned round, and only
    where it ends with a name and not with a remark, as of somebody whose name nobody knows."""
    first, _, last = contact.name.strip().rpartition(" ")
    if contact.kind != "person" or not first or not last[0].isupper():
        return contact.name
    return f"{last}, {first}"
