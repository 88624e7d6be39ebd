"""The meetings of a case as their page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.moede import LINES, TITLES, Invitationsstate, Moedelinje, Svar
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Deltager, Moede
from dubu_plugin.store.tables import employees

ANSWERS: Final = {
    Svar.JA: "kommer",
    Svar.NEJ: "kommer ikke",
    Svar.MAASKE: "kommer måske",
    Svar.ANDET_TIDSPUNKT: "foreslår et andet tidspunkt",
}
INVITATIONS: Final = {
    Invitationsstate.INGEN: "skal have besked af dig",
    Invitationsstate.VENTER: "invitationen er ikke sendt endnu",
    Invitationsstate.SENDT: "har ikke svaret",
    Invitationsstate.RETUR: "invitationen kom retur",
    Invitationsstate.USIKKER: "vi ved ikke, om invitationen nåede frem",
}
HELD: Final = "øvemiljø: der sendes ingen invitation"
"""What stands in place of an invitation that waits where none is ever sent."""


@dataclass(frozen=True, slots=True)
class GuestLine:
    """Somebody who is invited."""

    name: str = field(repr=False)
    said: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting."""

    key: str
    title: str
    when: str
    place: str = field(repr=False)
    owner: str = field(repr=False)
    guests: Sequence[GuestLine]
    lines: Sequence[str]
    is_on: bool
    deleted: bool
    refused: bool
    day: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Meetings:
    """All of a case's."""

    coming: Sequence[MeetingLine]
    past: Sequence[MeetingLine]


def meetings_of(connection: sa.Connection, sag: UUID, now: datetime, *, training: bool) -> Meetings:
    """Return the meetings of a case, the next first.

    :param training: nothing is sent from here, so that no invitation is on its way.
    """
    found = moeder.of_sag(connection, sag)
    guests = moeder.deltagere(connection, *(one.id for one in found))
    owners = {one.owner for one in found}
    rows = connection.execute(
        sa.select(employees.c.key, employees.c.name).where(employees.c.key.in_(owners))
    )
    names = {row.key: row.name for row in rows}
    lines = [
        (
            one,
            _line(
                one, [guest for guest in guests if guest.moede_id == one.id], names, now, training
            ),
        )
        for one in found
    ]
    ahead = [line for one, line in reversed(lines) if one.when.ends >= now or one.needs]
    return Meetings(ahead, [line for one, line in lines if one.when.ends < now and not one.needs])


def _line(
    one: Moede,
    guests: Sequence[Deltager],
    names: dict[str, str],
    now: datetime,
    training: bool,
) -> MeetingLine:
    starts, ends = danish_clock(one.when.starts), danish_clock(one.when.ends)
    return MeetingLine(
        key=str(one.id),
        title=TITLES[one.form],
        when=danish.from_to(one.when.starts, one.when.ends),
        place=one.when.place or "",
        owner=names.get(one.owner, one.owner),
        guests=[_guest(guest, training) for guest in guests],
        lines=[LINES[code] for code in one.needs],
        is_on=one.is_on,
        deleted=Moedelinje.SLETTET in one.needs,
        refused=Moedelinje.KALENDER_NEJ in one.needs,
        day=f"{starts:%Y-%m-%d}",
        begins=f"{starts:%H.%M}",
        ends=f"{ends:%H.%M}",
    )


def _guest(one: Deltager, training: bool) -> GuestLine:
    lost = one.invitation in (Invitationsstate.RETUR, Invitationsstate.USIKKER)
    held = training and one.invitation is Invitationsstate.VENTER
    said = ANSWERS.get(one.answer, HELD if held else INVITATIONS[one.invitation])
    return GuestLine(one.name, said, is_warning=lost and one.answer is Svar.INTET)
