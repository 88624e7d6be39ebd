"""The locked part of a talk: written, opened and shared. Every opening is a line in the log."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker, Decision, decide
from dubu_plugin.domain.inddragelse import NotWhole, opens_locked
from dubu_plugin.domain.skrift import LONGEST, cleaned
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access, read_log
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.inddragelse.boernesamtaler import Locked, Samtale
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.means import Means, Writing
from dubu_plugin.usecases.skrift.on_skrift import on_sag

DETAIL: Final = "laast"
"""What the read log's line says besides, for an opening of a locked part."""


class NotShared(CaseworkError):
    """The locked part is somebody else's, and not shared with who asks."""

    danish = (
        "Den låste del er ikke delt med dig. Spørg den, der har skrevet den, eller din leder. "
        "At du prøvede, står i loggen."
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A locked part as it is shown."""

    samtale: Samtale
    locked: Locked | None = field(repr=False)
    """None where nothing is written yet."""
    named: Collection[str]
    before: Sequence[Locked] = field(default=(), repr=False)
    """What stood there earlier, the newest first."""


def open_locked(sag: UUID, samtale: UUID, *, product: Means, asker: Asker, now: datetime) -> Opened:
    """Return the locked part; that it was opened, or tried, stands in the log either way.

    :raises NotShared: it is not shared with who asks.
    :raises NotYours: the policy says no, or the case has no such talk.
    """
    with product.store.add() as connection:
        found = _talk(connection, asker, sag, samtale)
        named = boernesamtaler.named(connection, samtale)
        ground = opens_locked(
            asker.key, found.locked_by, named, leads=_leads(connection, asker, sag)
        )
        read_log.add(
            connection,
            at=now,
            employee=asker.key,
            act=Act.READ,
            subject_kind="sag",
            subject_id=str(sag),
            decision=Decision(ground is not None, ground or "nej:laast"),
            detail=DETAIL,
        )
        shown = boernesamtaler.locked(connection, samtale) if ground else None
        before = boernesamtaler.locked_before(connection, samtale) if ground else ()
    if ground is None:
        raise NotShared
    return Opened(found, shown, named, before)


def write_locked(
    sag: UUID, samtale: UUID, text: str, *, product: Writing, asker: Asker, now: datetime
) -> None:
    """Store the locked part.

    :raises NotShared: it is somebody else's, and not shared with who writes.
    :raises NotWhole: it is longer than is kept.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such talk.
    """
    kept = cleaned(text)
    with on_sag(sag, product=product, asker=asker, now=now) as (work, _):
        _insist(work, asker, sag, samtale)
        if len(kept) > LONGEST:
            raise NotWhole({"laast": "Skriv det kortere, eller læg det som et dokument."})
        boernesamtaler.lock(work.connection, samtale, kept, by=asker.key, now=now)


def share(
    sag: UUID,
    samtale: UUID,
    colleagues: Collection[str],
    *,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> None:
    """Share the locked part with these colleagues and no others.

    :raises NotWhole: one of them may not open the case.
    :raises NotShared: it is somebody else's, and not shared with who asks.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such talk.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, _):
        _insist(work, asker, sag, samtale)
        for one in colleagues:
            who = access.asker(work.connection, one)
            if who is None or not _may_read(work.connection, who, sag):
                sentence = "En af dem, du valgte, har ikke adgang til sagen. Vælg en anden."
                raise NotWhole({"kollegaer": sentence})
        boernesamtaler.share(work.connection, samtale, colleagues, by=asker.key, now=now)


def _insist(work: Work, asker: Asker, sag: UUID, samtale: UUID) -> None:
    found = _talk(work.connection, asker, sag, samtale)
    named = boernesamtaler.named(work.connection, samtale)
    leads = _leads(work.connection, asker, sag)
    if opens_locked(asker.key, found.locked_by, named, leads=leads) is None:
        raise NotShared


def _talk(connection: sa.Connection, asker: Asker, sag: UUID, samtale: UUID) -> Samtale:
    found = boernesamtaler.by_id(connection, samtale)
    if found is None or found.sag != sag or not _may_read(connection, asker, sag):
        raise NotYours
    return found


def _may_read(connection: sa.Connection, who: Asker, sag: UUID) -> bool:
    about = access.subject(connection, who, "sag", sag)
    return about is not None and bool(decide(who, Act.READ, about))


def _leads(connection: sa.Connection, asker: Asker, sag: UUID) -> bool:
    about = access.subject(connection, asker, "sag", sag)
    return about is not None and bool(decide(asker, Act.APPROVE, about))
