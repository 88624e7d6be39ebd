"""Talks and statements are sources of what is written: each has its number in every open skrift."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.inddragelse import SOURCES, UdtalelseState
from dubu_plugin.store.inddragelse import boernesamtaler, udtalelser
from dubu_plugin.store.inddragelse.boernesamtaler import Samtale
from dubu_plugin.store.inddragelse.udtalelser import Udtalelse
from dubu_plugin.store.skrift import kilder, skrifter
from dubu_plugin.store.skrift.kilder import KildeKind
from dubu_plugin.store.transaction import Work


def samtale_title(samtale: Samtale) -> str:
    """Return what a talk is called among the sources."""
    day = long_date(danish_day(samtale.said.occurred_at))
    return f"Samtale med barnet {day}" if samtale.was_held else f"Ingen samtale, besluttet {day}"


def udtalelse_title(udtalelse: Udtalelse) -> str:
    """Return what a statement is called among the sources."""
    source = SOURCES.get(udtalelse.asked.source, "Udtalelse")
    return f"{source}: {udtalelse.asked.organisation}"


def samtale(work: Work, one: Samtale) -> None:
    """Have every open skrift of the case cite a talk."""
    for skrift in skrifter.of_sag(work.connection, one.sag):
        if skrift.is_open:
            _samtale(work, skrift.id, one)


def udtalelse(work: Work, one: Udtalelse) -> None:
    """Have every open skrift of the case cite a statement that has come."""
    for skrift in skrifter.of_sag(work.connection, one.sag):
        if skrift.is_open:
            _udtalelse(work, skrift.id, one)


def known(work: Work, sag: UUID, skrift: UUID, *, since: datetime | None = None) -> None:
    """Have a new skrift cite the talks and the statements the case has already.

    :param since: only those from then on.
    """
    for one in reversed(boernesamtaler.of_sag(work.connection, sag)):
        if since is None or one.said.occurred_at >= since:
            _samtale(work, skrift, one)
    for came in reversed(udtalelser.of_sag(work.connection, sag)):
        is_here = came.state is UdtalelseState.MODTAGET
        if is_here and (since is None or came.asked_at >= since):
            _udtalelse(work, skrift, came)


def _samtale(work: Work, skrift: UUID, one: Samtale) -> None:
    kilder.add(
        work.connection,
        skrift,
        KildeKind.BOERNESAMTALE,
        samtale_title(one),
        by=work.actor,
        now=work.now,
        day=danish_day(one.said.occurred_at),
        subject=one.id,
    )


def _udtalelse(work: Work, skrift: UUID, one: Udtalelse) -> None:
    kilder.add(
        work.connection,
        skrift,
        KildeKind.UDTALELSE,
        udtalelse_title(one),
        by=work.actor,
        now=work.now,
        day=one.received_on,
        subject=one.id,
    )
