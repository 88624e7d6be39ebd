"""The municipality's published answering times: put one in, correct it, take it out.

Each is a dated row (retssikkerhedsloven § 3, stk. 2). The applications that wait are counted anew
at once, but for those whose applicant has been told a day: that day stands.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, opens
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.svarfrister import MOST, WORDS, Svarfrist
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.svarfrist.counted import counted_anew
from dubu_plugin.usecases.svarfrist.means import Answering

EARLIEST: Final = date(2000, 1, 1)


class FristRefused(FieldRefused):
    """The row cannot stand as it is."""


class ChangedMeanwhile(CaseworkError):
    """The row was corrected or taken out since the page was opened."""

    danish = "En anden har rettet rækken imens. Se listen igen, og ret den, der står nu."


def publish(one: Svarfrist, *, product: Answering, asker: Asker, now: datetime) -> int:
    """Put a time in, and return how many waiting applications got another day.

    :raises FristRefused: it cannot stand; the sentence says why.
    :raises NotYours: the asker is no administrator.
    """
    _allowed(asker)
    with product.store.write(actor=asker.key, now=now) as work:
        fresh = _fitting(work, one, None)
        svarfrister.add(work.connection, fresh, by=asker.key, now=now)
        return _told(work, fresh.area, None, fresh)


def correct(row: UUID, one: Svarfrist, *, product: Answering, asker: Asker, now: datetime) -> int:
    """Put a row in another's place, which is kept; returns and raises as `publish`.

    :raises ChangedMeanwhile: that row does not stand any more.
    """
    _allowed(asker)
    with product.store.write(actor=asker.key, now=now) as work:
        before = svarfrister.by_id(work.connection, row)
        if before is None:
            raise ChangedMeanwhile
        fresh = _fitting(work, replace(one, area=before.area), row)
        svarfrister.end(work.connection, row, by=asker.key, now=now)
        svarfrister.add(work.connection, fresh, by=asker.key, now=now, replaces=row)
        return _told(work, fresh.area, before, fresh)


def take_out(row: UUID, *, product: Answering, asker: Asker, now: datetime) -> int:
    """Have a row count no more; returns and raises as `correct`."""
    _allowed(asker)
    with product.store.write(actor=asker.key, now=now) as work:
        before = svarfrister.by_id(work.connection, row)
        if before is None:
            raise ChangedMeanwhile
        svarfrister.end(work.connection, row, by=asker.key, now=now)
        return _told(work, before.area, before, None)


def _allowed(asker: Asker) -> None:
    if not opens(asker, Act.ADMINISTER, protected=False):
        raise NotYours


def _fitting(work: Work, one: Svarfrist, instead_of: UUID | None) -> Svarfrist:
    """Return the row as it is stored.

    :raises FristRefused: it cannot stand.
    """
    fresh = replace(one, title=one.title.strip(), law=one.law.strip(), source=one.source.strip())
    if not fresh.area or not fresh.title:
        raise FristRefused("omraade", "Vælg et sagsområde, eller skriv, hvad jeres eget hedder.")
    if not 1 <= fresh.amount <= MOST[fresh.unit]:
        most = f"{MOST[fresh.unit]} {WORDS[fresh.unit][1]}"
        raise FristRefused("antal", f"Skriv, hvor lang fristen er: fra 1 til {most}.")
    if fresh.valid_from < EARLIEST:
        raise FristRefused("fra", "Datoen ligger for langt tilbage. Ret året.")
    if fresh.valid_to is not None and fresh.valid_to < fresh.valid_from:
        raise FristRefused("til", "Den sidste dag ligger før den første. Ret en af dem.")
    if not fresh.source:
        raise FristRefused("kilde", "Skriv, hvor fristen er offentliggjort, fx adressen på siden.")
    for kept in svarfrister.history(work.connection):
        same = kept.row.area == fresh.area and kept.row.valid_from == fresh.valid_from
        if kept.stands and same and kept.id != instead_of:
            said = f"{kept.row.title} har allerede en frist fra den dag. Ret den i stedet."
            raise FristRefused("fra", said)
    return fresh


def _told(work: Work, area: str, before: Svarfrist | None, after: Svarfrist | None) -> int:
    """Record what was changed, and count what waits anew."""
    work.happened(
        Haendelse.EGEN_RAEKKE_AENDRET,
        data={"slags": "svarfrist", "kode": area, "fra": _coded(before), "til": _coded(after)},
    )
    known = svarfrister.told_at_all(work.connection)
    return sum(
        counted_anew(work, one, area)
        for one in svarfrister.waiting(work.connection)
        if one.area == area and one.underretning not in known
    )


def _coded(one: Svarfrist | None) -> str | None:
    return (
        None if one is None else f"{one.length} {one.valid_from.isoformat()}/{one.valid_to or ''}"
    )
