"""What the address book says anew of a child or its family is told on the child's open cases."""

from typing import Any
from uuid import UUID

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.family import book
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work


def tell_book(work: Work, before: Known, after: Known) -> None:
    """Tell that a name, a number, a date of birth, an address or its protection is another.

    Only what is another is told, never what it was or is: no name, number or address is in it. Who
    the address book was not known to have until now is met for the first time, and has not changed.
    """
    changed = _changed(before, after)
    if before.host_key is None or not changed:
        return
    _tell(work, after.id, after.id, {"hvem": "barnet", **changed})
    for child in book.children_of(work.connection, after.id):
        _tell(work, child, after.id, {"hvem": "familie", **changed})


def _tell(work: Work, child: UUID, person: UUID, data: dict[str, Any]) -> None:
    for case in sager.running_of(work.connection, child):
        work.happened(
            Haendelse.PERSONOPLYSNINGER_AENDRET,
            sag=case.id,
            person=person,
            responsible=case.responsible,
            unit=case.unit,
            data=data,
        )


def _changed(before: Known, after: Known) -> dict[str, Any]:
    changed: dict[str, Any] = {
        word: True
        for word, was, now in (
            ("nyt_navn", before.name, after.name),
            ("nyt_cpr", before.cpr, after.cpr),
            ("ny_foedselsdag", before.born, after.born),
            ("ny_adresse", before.address, after.address),
        )
        if was != now
    }
    if before.protected_address is not after.protected_address:
        changed["beskyttet"] = after.protected_address
    return changed
