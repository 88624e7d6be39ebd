"""The one who made an underretning, as letters write to them."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.letter import Value
from dubu_plugin.domain.danish import danish_day, long_date, moment_text, unbroken
from dubu_plugin.domain.inddragelse import HANDED_OVER
from dubu_plugin.store.tables import post_items, underretninger
from dubu_plugin.usecases.dokument.addressed import addressee, printed
from dubu_plugin.usecases.dokument.order.letter import Addressee

CHILD_ITSELF: Final = "12"
"""The type of notifier that is the child (`dubu_plugin.domain.underretning.UNDERRETTERE`)."""

UNNAMED: Final = "underretter"


@dataclass(frozen=True, slots=True)
class Notifier:
    """Who to write to about an underretning, and the little such a letter may know of it."""

    underretning: UUID
    sag: UUID | None
    unit: str | None
    received_at: datetime
    anonymous: bool
    professional: bool
    is_child: bool
    name: str = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    """What stands under the name on the envelope."""
    electronic: str | None = field(repr=False)

    @property
    def is_handed_over(self) -> bool:
        """Whether the adviser gives them the letter, so that it comes into no letter box."""
        return self.lines == (HANDED_OVER,)

    @property
    def addressee(self) -> Addressee:
        """Where the letter goes."""
        return addressee(self.name, self.lines, self.electronic)

    def fields(self, now: datetime) -> dict[str, Value]:
        """Return the fields every letter to a notifier has, about them and nobody else."""
        return {
            "brev.dato": unbroken(long_date(danish_day(now))),
            **self.addressee.fields,
            "underretning.modtaget": unbroken(moment_text(self.received_at)),
        }


def notifier(connection: sa.Connection, underretning: UUID) -> Notifier:
    """Return who made an underretning.

    An e-mail is answered to where it came from, unless an address of any sort is registered. A
    child that calls about its home gets no letter there: the adviser hands it over. Nor is an
    address printed that somebody in the child's family has protected.

    :raises sqlalchemy.exc.NoResultFound: there is no such underretning.
    """
    found = underretninger.c
    row = connection.execute(
        sa.select(
            found.sag_id,
            found.child_id,
            found.unit,
            found.received_at,
            found.anonymous,
            found.professional,
            found.underretter,
            found.notifier_name,
            found.notifier_organisation,
            found.notifier_address,
            post_items.c.sender,
        )
        .join_from(underretninger, post_items)
        .where(found.id == underretning)
    ).one()
    registered = (row.notifier_address or "").strip()
    is_electronic = "@" in registered
    organisation = (row.notifier_organisation or "").strip()
    name = (row.notifier_name or "").strip() or organisation or UNNAMED
    is_child = row.underretter == CHILD_ITSELF
    street = () if is_electronic else printed(connection, registered, near=row.child_id)
    electronic = _address_in(registered or row.sender or "")
    if is_child and electronic is None:
        street = (HANDED_OVER,)  # whoever it tells of may open a letter that comes to its home
    return Notifier(
        underretning=underretning,
        sag=row.sag_id,
        unit=row.unit,
        received_at=row.received_at,
        anonymous=row.anonymous,
        professional=bool(row.professional),
        is_child=is_child,
        name=name,
        lines=((organisation,) if organisation and organisation != name else ()) + street,
        electronic=electronic,
    )


def _address_in(text: str) -> str | None:
    """Return the address in ``Name <address>``, or None where there is none."""
    _, address = parseaddr(text)
    return address if "@" in address else None
