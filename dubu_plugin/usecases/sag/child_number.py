"""What the journal hears of a child's CPR number, and a number that turns out to be another's."""

from typing import Final
from uuid import UUID

import structlog

from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.ports.persons import Person
from dubu_plugin.store.family import births
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work

Note = tuple[str, str]
"""The title and the text of a note in the journal; it names nobody."""

NUMBERED: Final[Note] = (
    "CPR-nummer registreret",
    "Barnets CPR-nummer er kendt og skrevet på sagen. Barnet var til nu registreret uden nummer, "
    "og det er det samme barn.",
)
PUT_RIGHT: Final[Note] = (
    "CPR-nummer rettet",
    "Barnets CPR-nummer var skrevet forkert og er rettet på sagen. Det er det samme barn. Står "
    "barnet også som part med det forkerte nummer, så tag den part af sagen her i journalen.",
)
RENAMED: Final[Note] = ("Barnets navn rettet", "Barnets navn er rettet på sagen.")
TAKEN_OFF: Final[Note] = (
    "CPR-nummer taget af",
    "CPR-nummeret, der var skrevet på barnet, er et andet barns i adressebogen. Det er taget af "
    "barnet igen. Skriv barnets eget nummer på sagen, når det er kendt. Står barnet som part med "
    "det forkerte nummer, så tag den part af sagen her i journalen.",
)


def tell_number(work: Work, sag: UUID, said: UUID, note: Note) -> None:
    """Leave a note that says since when the number is so.

    :param said: the hændelse that says so.
    """
    title, body = note
    work.tell(
        "add_note",
        lane=sag_lane(sag),
        key=op_key(said, "cpr_nummer:notat"),
        payload={"sag": str(sag), "title": title, "body": body,
                 "occurred_at": work.now.isoformat()},
    )  # fmt: skip


def make_party(work: Work, sag: UUID, key: UUID) -> None:
    """Have the child made a party to the host's case, now that it has a number."""
    work.tell("add_parties", lane=sag_lane(sag), key=key, payload={"sag": str(sag), "barn": True})


def share_a_name(one: str, other: str) -> bool:
    """Tell whether two names have a word in common, whatever the case and accents."""
    return bool(set(folded(one).split()) & set(folded(other).split()))


def is_another(typed: Known, person: Person) -> bool:
    """Tell whether somebody in the address book cannot be the child their number was written on.

    That child's birth was noted here, nothing was looked up then, and it has quite another name.
    """
    written = typed.host_key is None and typed.mother_id is not None
    return written and not share_a_name(typed.name, person.name)


def take_number_off(work: Work, child: Known) -> None:
    """Take a number off a child whose it is not, and say so on its cases."""
    structlog.get_logger().warning("number_is_anothers", person=str(child.id))
    births.born(work.connection, child.id, name=child.name, host_key=None, cpr=None)
    for case in sager.running_of(work.connection, child.id):
        said = work.happened(
            Haendelse.CPR_NUMMER_REGISTRERET,
            sag=case.id,
            person=child.id,
            responsible=case.responsible,
            unit=case.unit,
            data={"taget_af": True},
        )
        tell_number(work, case.id, said.id, TAKEN_OFF)
