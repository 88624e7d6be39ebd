"""Where a letter goes: the one place that makes an envelope.

A letter lies on the case when it is sent, and goes with it to the other parent who asks to see the
papers and to Ankestyrelsen. So a protected address is in no letter: neither on the paper nor in
what is kept of it.
"""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.letter import Value
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.inddragelse import ADDRESS_WITHHELD, HANDED_OVER
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.protected import folded, protected_near
from dubu_plugin.store.indsats import running
from dubu_plugin.usecases.dokument.order.letter import Addressee

_LINE_ENDS: Final = re.compile(r"\n|,\s*(?=\d{4}\s)")
_POSTCODE: Final = re.compile(r"\d{4}\s")
"""How the last line of an address begins."""


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
    if by_hand or running.is_placed(connection, person):
        lines: tuple[str, ...] = (HANDED_OVER,)
    elif found.protected_address:
        lines = (ADDRESS_WITHHELD,)
    else:
        lines = printed(connection, found.address or "", near=person)
    to = replace(addressee(found.name, lines), person=person)
    return to, to.fields


def printed(connection: sa.Connection, address: str, *, near: UUID | None) -> tuple[str, ...]:
    """Return an address as lines on an envelope, or what stands for it where it is protected.

    :param near: whose family may have protected it; None where nobody is known.
    """
    lines = tuple(filter(None, _LINE_ENDS.split(address.strip())))
    if lines and near is not None and folded(address) in protected_near(connection, near):
        return (ADDRESS_WITHHELD,)
    return lines


def addressee(name: str, lines: tuple[str, ...], electronic: str | None = None) -> Addressee:
    """Return somebody a letter is sent to.

    :param lines: what stands under the name on the envelope.
    """
    return Addressee("\n".join((name, *lines)), electronic)


def is_reached_by_post(to: Addressee) -> bool:
    """Tell whether an envelope has an address, or one that is to be written on it."""
    last = to.envelope.split("\n")[1:][-1:]
    return any(one == ADDRESS_WITHHELD or _POSTCODE.match(one) for one in last)


def dated(now: datetime) -> dict[str, Value]:
    """Return the field of the letter's date."""
    return {"brev.dato": unbroken(long_date(danish_day(now)))}
