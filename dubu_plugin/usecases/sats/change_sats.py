"""Put one of the municipality's own rates in, correct it, or take it out.

Decisions that are made keep what was reckoned; a newer rate is a proposal on them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, opens
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.satser import Sats, Satser, Unit
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.database import Store
from dubu_plugin.store.egne import egne_satser
from dubu_plugin.store.egne.egne_satser import Kept
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.sats.doubt import insist

EARLIEST: Final = date(2000, 1, 1)
MOST: Final = Decimal(100_000_000)
SURE: Final = "sikker"


class Reckoning(Protocol):
    """What acts on rates have at hand."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def rates(self) -> Satser:
        """The rates as they are delivered."""


class SatsRefused(FieldRefused):
    """The row cannot stand as it is."""


class ChangedMeanwhile(CaseworkError):
    """The row was corrected or taken out since the page was opened."""

    danish = "En anden har rettet satsen imens. Se listen igen, og ret den, der står nu."


class NoSuchFile(CaseworkError):
    """No rate came by that file."""

    danish = (
        "Der står ingen satser fra {name}. Det, der følger med, kan ikke tages ud. Se dem, der er, "
        "med »dubu satser files«."
    )

    def __init__(self, name: str) -> None:
        super().__init__("no such file")
        self.name = name


def put_in(
    one: Sats, *, product: Reckoning, asker: Asker, now: datetime, is_right: bool = False
) -> None:
    """Put a rate in.

    :param is_right: they have been asked whether it is right, and said yes.
    :raises SatsRefused: it cannot stand; the sentence says why.
    :raises InDoubt: it is far from the one before, and they have not been asked.
    :raises NotYours: the asker is no administrator.
    """
    _allowed(asker)
    with product.store.write(actor=asker.key, now=now) as work:
        fresh = _fitting(work, product, one, None, is_right=is_right)
        egne_satser.add(work.connection, fresh, by=asker.key, now=now)
        _told(work, None, fresh)


def put_in_file(
    rows: Sequence[Sats], name: str, *, product: Reckoning, asker: Asker, now: datetime
) -> bool:
    """Put the rows of a file in, all or none; tell whether they were not there before.

    What is in doubt in it is asked for beforehand: see `dubu_plugin.usecases.sats.doubt.doubts`.

    :raises SatsRefused: one cannot stand, or another file of that name is there.
    :raises NotYours: the asker is no administrator.
    """
    _allowed(asker)
    with product.store.write(actor=asker.key, now=now) as work:
        there = _of_file(work, name)
        if there:
            if {_said(one.row) for one in there} == {_said(one) for one in rows}:
                return False
            raise SatsRefused(
                "fil",
                f"Der står allerede andre satser fra {name}. Giv filen et andet navn, eller tag "
                f"dem ud først med »dubu satser remove {name}«.",
            )
        for one in rows:
            fresh = _fitting(work, product, one, None, is_right=True)
            egne_satser.add(work.connection, fresh, by=asker.key, now=now, file=name)
            _told(work, None, fresh)
    return True


def correct(
    row: UUID, one: Sats, *, product: Reckoning, asker: Asker, now: datetime, is_right: bool = False
) -> None:
    """Put a row in another's place, which is kept; raises as `put_in`.

    :raises ChangedMeanwhile: that row does not stand any more.
    """
    _allowed(asker)
    with product.store.write(actor=asker.key, now=now) as work:
        before = _standing(work, row)
        again = replace(one, code=before.row.code)
        fresh = _fitting(work, product, again, before, is_right=is_right)
        egne_satser.end(work.connection, row, by=asker.key, now=now)
        egne_satser.add(work.connection, fresh, by=asker.key, now=now, replaces=row)
        _told(work, before.row, fresh)


def take_out(row: UUID, *, product: Reckoning, asker: Asker, now: datetime) -> None:
    """Have a row count no more; raises as `correct`."""
    _allowed(asker)
    with product.store.write(actor=asker.key, now=now) as work:
        before = _standing(work, row)
        egne_satser.end(work.connection, row, by=asker.key, now=now)
        _told(work, before.row, None)


def take_out_file(name: str, *, product: Reckoning, asker: Asker, now: datetime) -> int:
    """Have every row that came by a file count no more, and return how many.

    :raises NoSuchFile: none did.
    :raises NotYours: the asker is no administrator.
    """
    _allowed(asker)
    with product.store.write(actor=asker.key, now=now) as work:
        there = _of_file(work, name)
        if not there:
            raise NoSuchFile(name)
        for one in there:
            egne_satser.end(work.connection, one.id, by=asker.key, now=now)
            _told(work, one.row, None)
    return len(there)


def _allowed(asker: Asker) -> None:
    if not opens(asker, Act.ADMINISTER, protected=False):
        raise NotYours


def _standing(work: Work, row: UUID) -> Kept:
    for one in egne_satser.standing(work.connection):
        if one.id == row:
            return one
    raise ChangedMeanwhile


def _of_file(work: Work, name: str) -> Sequence[Kept]:
    return [one for one in egne_satser.standing(work.connection) if one.file == name]


def _said(one: Sats) -> tuple[str, Decimal, date, date | None, str]:
    return one.code, one.amount, one.valid_from, one.valid_to, one.source


def _fitting(
    work: Work, product: Reckoning, one: Sats, instead_of: Kept | None, *, is_right: bool
) -> Sats:
    """Return the row as it is stored.

    :raises SatsRefused: it cannot stand.
    :raises InDoubt: nobody has said that it is right, and it may be a slip.
    """
    known = {row.code: row for row in product.rates.rows}
    ours = known.get(one.code)
    if ours is None:
        raise SatsRefused("kode", "Vælg, hvilken sats det er.")
    fresh = replace(one, source=one.source.strip(), unit=ours.unit, own=True)
    if not 0 <= fresh.amount < MOST:
        raise SatsRefused("beloeb", "Skriv beløbet som et tal, der ikke er under 0.")
    if fresh.unit is Unit.JA_NEJ and fresh.amount not in (0, 1):
        raise SatsRefused("beloeb", "Skriv ja eller nej.")
    if fresh.valid_from < EARLIEST:
        raise SatsRefused("fra", "Datoen ligger for langt tilbage. Ret året.")
    if fresh.valid_to is not None and fresh.valid_to < fresh.valid_from:
        raise SatsRefused("til", "Den sidste dag ligger før den første. Ret en af dem.")
    if not fresh.source:
        raise SatsRefused("kilde", "Skriv, hvor beløbet kommer fra.")
    standing = egne_satser.standing(work.connection)
    for kept in standing:
        same = (kept.row.code, kept.row.valid_from) == (fresh.code, fresh.valid_from)
        if same and kept != instead_of:
            said = f"»{kept.row.title}« har allerede et beløb fra den dag. Ret det i stedet."
            raise SatsRefused("fra", said)
    if not is_right:
        book = Satser([*product.rates.rows, *(kept.row for kept in standing)])
        insist(book, fresh, instead_of.row if instead_of else None)
    return fresh


def _told(work: Work, before: Sats | None, after: Sats | None) -> None:
    told = after or before
    assert told is not None
    work.happened(
        Haendelse.EGEN_RAEKKE_AENDRET,
        data={
            "slags": "sats", "kode": told.code, "fra": _coded(before), "til": _coded(after),
        },
    )  # fmt: skip


def _coded(one: Sats | None) -> str | None:
    return None if one is None else f"{one.amount} {one.valid_from}/{one.valid_to or ''}"
