"""A citizen as letters write to them: their own name and address, and nobody else's."""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.letter import Value
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.inddragelse import HANDED_OVER
from dubu_plugin.store.family import personer
from dubu_plugin.store.indsats import running
from dubu_plugin.usecases.dokument.order_letter import Addressee

_BEFORE_POSTCODE: Final = re.compile(r",\s*(?=\d{4}\s)")


def citizen(
    connection: sa.Connection, person: UUID, *, by_hand: bool = False
) -> tuple[Addressee, dict[str, Value]]:
    """Return where a letter to somebody goes, and the fields that say so.

    Only on paper: an e-mail address in the address book is no place for what such letters say. A
    child that is placed gets its letter from the adviser: none goes to its parents' home.

    :param by_hand: the adviser hands it over wherever they live.
    :raises ValueError: there is no such person.
    """
    found = personer.by_id(connection, person)
    if found is None:
        raise ValueError("nobody to write to")
    lines = tuple(filter(None, _BEFORE_POSTCODE.split((found.address or "").strip())))
    if by_hand or running.is_placed(connection, person):
        lines = (HANDED_OVER,)
    return Addressee("\n".join((found.name, *lines))), {
        "modtager.navn": found.name,
        "modtager.adresse": "\n".join(lines),
    }


def dated(now: datetime) -> dict[str, Value]:
    """Return the field of the letter's date."""
    return {"brev.dato": unbroken(long_date(danish_day(now)))}
