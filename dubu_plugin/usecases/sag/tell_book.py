"""What the address book says anew of a child or its family is told on the child's open cases."""

from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family import book
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work

PARENTS: Final = frozenset({Tie.MOTHER, Tie.FATHER})
LEFT: Final = "beholder_myndighed"
"""What is said of who the address book has in the family no more, and who is noted with custody."""


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


def tell_family(
    work: Work,
    child: UUID,
    before: Mapping[UUID, Tie],
    now: Mapping[UUID, Tie],
    left: Collection[UUID],
) -> None:
    """Tell on a child's open cases who has come into its family, or is no longer in it.

    A family that was not known until now is met for the first time, and has not changed.

    :param left: who the address book has no more, and who has custody as it is noted: they stay,
        and it is told once.
    """
    if not before:
        return
    changed = {
        one: ("ny_foraelder" if tie in PARENTS else "ny_i_familien")
        for one, tie in now.items()
        if one not in before and one != child
    }
    changed |= {one: "andet_slaegtskab" for one in before.keys() & now if before[one] != now[one]}
    changed |= {
        one: (LEFT if one in left else "ude_af_familien") for one in before.keys() - now.keys()
    }
    for person, word in changed.items():
        if word != LEFT or not book.is_told(work.connection, child, person, LEFT):
            _tell(work, child, person, {"hvem": "familie", word: True})


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
