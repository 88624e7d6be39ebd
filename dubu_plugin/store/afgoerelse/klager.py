"""Complaints about decisions, and the package that goes to Ankestyrelsen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.letter_state import HERE_STILL, LetterState
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.tables import klage_dele, klage_uden, klager, letters, personer

LOCKED: Final = ""
"""What stands for the document of what is locked: there is none."""


class KlageState(StrEnum):
    """Where a complaint stands. The value is stored."""

    MODTAGET = "modtaget"
    GENVURDERET = "genvurderet"
    """It is right in all or some: the new decision is to be made, or they may keep the rest."""
    FASTHOLDT = "fastholdt"
    PAA_VEJ = "paa_vej"
    """Its letter to Ankestyrelsen is ordered, and not sent yet."""
    SENDT = "sendt"
    TRUKKET = "trukket"
    AFGJORT = "afgjort"


class Genvurdering(StrEnum):
    """What the municipality's own look came to. The value is stored."""

    MEDHOLD = "medhold"
    DELVIST = "delvist"
    INTET = "intet"


class Ruling(StrEnum):
    """What Ankestyrelsen decided (retssikkerhedsloven § 68). The value is stored."""

    STADFAESTET = "stadfaestet"
    AENDRET = "aendret"
    OPHAEVET = "ophaevet"
    HJEMVIST = "hjemvist"
    AFVIST = "afvist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Klage:
    """A complaint."""

    id: UUID
    sag: UUID
    afgoerelse: UUID
    person: UUID
    name: str = field(repr=False)
    received_at: datetime
    form: str
    words: str = field(repr=False)
    late: bool
    window_ends_on: date | None
    """The last Danish day of the time to complain, where that is known."""
    due_on: date
    suspensive: bool
    state: KlageState
    outcome: Genvurdering | None
    reassessment: str | None = field(repr=False)
    reassessed_at: datetime | None
    reassessed_by: str | None
    sent_at: datetime | None
    ended_at: datetime | None
    ruling: Ruling | None
    ruled_on: date | None
    """The Danish day Ankestyrelsen's decision came."""
    ruled_from: date | None
    """From when what it decided in place of ours counts."""
    ruled_words: str | None = field(repr=False)
    """What that is."""

    @property
    def letter(self) -> UUID:
        """The key of the letter it is sent to Ankestyrelsen with.

        It is another where it did not come too late after all: the first may be kept back.
        """
        return op_key(self.id, "oversendelse straks" if self.late else "oversendelse")

    @property
    def receipt_anew(self) -> UUID:
        """The key of the letter that says it did not come too late after all."""
        return op_key(self.id, "kvittering igen")

    @property
    def receipt(self) -> UUID:
        """The key of the letter that says it is received."""
        return op_key(self.id, "kvittering")

    def waits_letter(self, until: date) -> UUID:
        """Return the key of the letter that says the new look is ready on a day, and no sooner."""
        return op_key(self.id, f"venter {until}")

    @property
    def besked(self) -> UUID:
        """The key of the letter that tells who complains that it is sent on; see `letter`."""
        return op_key(self.id, "besked straks" if self.late else "besked")


@dataclass(frozen=True, slots=True)
class Del:
    """One part of a package."""

    number: int
    sha256: str
    pages: int
    size: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Uden:
    """What is not in a package: a file to be sent beside it, or a part of a talk that is locked."""

    day: date
    title: str = field(repr=False)
    document: str
    """The host's key of the document the file is of; `LOCKED` where it is no file."""

    @property
    def is_locked(self) -> bool:
        """Whether it is a part of a talk that is locked, which nobody sends."""
        return self.document == LOCKED


def add(
    connection: sa.Connection,
    *,
    sag: UUID,
    afgoerelse: UUID,
    person: UUID,
    received_at: datetime,
    form: str,
    words: str,
    late: bool,
    window_ends_on: date | None,
    due_on: date,
    suspensive: bool,
    by: str,
) -> UUID:
    """Store a complaint, and return its key."""
    number = uuid4()
    connection.execute(
        sa.insert(klager).values(
            id=number, sag_id=sag, afgoerelse_id=afgoerelse, person_id=person,
            received_at=received_at, form=form, words=words, late=late,
            window_ends_on=window_ends_on, due_on=due_on,
            suspensive=suspensive, state=KlageState.MODTAGET, noted_by=by,
        )
    )  # fmt: skip
    return number


def by_id(connection: sa.Connection, klage: UUID) -> Klage | None:
    """Return a complaint, or None."""
    row = connection.execute(_found().where(klager.c.id == klage)).one_or_none()
    return None if row is None else _klage(row)


def of_sag(connection: sa.Connection, sag: UUID) -> Sequence[Klage]:
    """Return the complaints of a case, the newest first."""
    rows = connection.execute(
        _found().where(klager.c.sag_id == sag).order_by(klager.c.received_at.desc(), klager.c.id)
    )
    return [_klage(row) for row in rows]


def of_letter(connection: sa.Connection, sag: UUID, letter: UUID) -> Klage | None:
    """Return the complaint a letter sends to Ankestyrelsen; None where it is another letter."""
    return next((one for one in of_sag(connection, sag) if one.letter == letter), None)


def is_taken_back(connection: sa.Connection, sag: UUID, letter: UUID) -> bool:
    """Tell whether a letter sends on a complaint, or says that, which is taken back since."""
    gone = (one for one in of_sag(connection, sag) if one.state is KlageState.TRUKKET)
    return any(letter in (one.letter, one.besked) for one in gone)


def keep_back(connection: sa.Connection, which: Collection[UUID]) -> None:
    """Have no letter of those filed or sent that is not yet."""
    here = sa.and_(letters.c.id.in_(which), letters.c.state.in_(HERE_STILL))
    connection.execute(sa.update(letters).where(here).values(state=LetterState.UDGAAET))


def is_here(connection: sa.Connection, klage: Klage) -> bool:
    """Tell whether a complaint is noted, or on its way and its letter has not left the house."""
    if klage.state is not KlageState.PAA_VEJ:
        return klage.state is KlageState.MODTAGET
    its = sa.select(letters.c.state).where(letters.c.id == klage.letter)
    return connection.scalar(its) in HERE_STILL


def let_package_go(connection: sa.Connection, klage: UUID) -> None:
    """Have a complaint have no package: it is not sent."""
    connection.execute(sa.delete(klage_dele).where(klage_dele.c.klage_id == klage))
    connection.execute(sa.delete(klage_uden).where(klage_uden.c.klage_id == klage))


def at_ankestyrelsen(connection: sa.Connection, sag: UUID) -> UUID | None:
    """Return the oldest complaint of a case that Ankestyrelsen has, or is to have; or None."""
    found = klager.c
    return connection.scalar(
        sa.select(found.id)
        .where(found.sag_id == sag, found.state.in_((KlageState.PAA_VEJ, KlageState.SENDT)))
        .order_by(found.received_at, found.id)
        .limit(1)
    )


def reassessed(connection: sa.Connection, afgoerelse: UUID) -> Sequence[Klage]:
    """Return the complaints about a decision that are right, in all or some, and not sent on."""
    found = klager.c
    mine = sa.and_(found.afgoerelse_id == afgoerelse, found.state == KlageState.GENVURDERET)
    return [_klage(row) for row in connection.execute(_found().where(mine))]


def in_part(connection: sa.Connection, afgoerelse: UUID | None, person: UUID) -> Klage | None:
    """Return somebody's complaint about a decision that was right in some: they may keep the
    rest (bekendtgørelse 861 of 2025, § 12)."""
    found = reassessed(connection, afgoerelse) if afgoerelse else []
    mine = (one for one in found if one.person == person)
    return next((one for one in mine if one.outcome is Genvurdering.DELVIST), None)


def not_kept(connection: sa.Connection, afgoerelse: UUID, person: UUID) -> Klage | None:
    """Return somebody's complaint about a decision that was right in some, and is over because
    the rest was not kept (bekendtgørelse 861 of 2025, § 12)."""
    found = klager.c
    mine = sa.and_(
        found.afgoerelse_id == afgoerelse, found.person_id == person,
        found.state == KlageState.AFGJORT, found.outcome == Genvurdering.DELVIST,
        found.sent_at.is_(None),
    )  # fmt: skip
    row = connection.execute(_found().where(mine).limit(1)).one_or_none()
    return None if row is None else _klage(row)


def change(connection: sa.Connection, klage: Klage, state: KlageState, **values: Any) -> None:
    """Store where a complaint stands, and what else has come of it."""
    connection.execute(
        sa.update(klager).where(klager.c.id == klage.id).values(state=state, **values)
    )


def keep_parts(connection: sa.Connection, klage: UUID, parts: Sequence[Del]) -> None:
    """Store the parts of a package, in place of those there were."""
    connection.execute(sa.delete(klage_dele).where(klage_dele.c.klage_id == klage))
    connection.execute(
        sa.insert(klage_dele),
        [
            {
                "klage_id": klage, "number": one.number, "sha256": one.sha256,
                "pages": one.pages, "size": one.size, "made_at": one.made_at,
            }
            for one in parts
        ],
    )  # fmt: skip


def parts(connection: sa.Connection, klage: UUID) -> Sequence[Del]:
    """Return the parts of a package; none where it is not put together yet."""
    found = klage_dele.c
    rows = connection.execute(
        sa.select(klage_dele).where(found.klage_id == klage).order_by(found.number)
    )
    return [Del(row.number, row.sha256, row.pages, row.size, row.made_at) for row in rows]


def keep_left_out(connection: sa.Connection, klage: UUID, files: Sequence[Uden]) -> None:
    """Store what is not in a package, in place of what was not."""
    connection.execute(sa.delete(klage_uden).where(klage_uden.c.klage_id == klage))
    if files:
        connection.execute(
            sa.insert(klage_uden),
            [
                {
                    "klage_id": klage, "number": number, "title": one.title, "day": one.day,
                    "document_key": one.document,
                }
                for number, one in enumerate(files, 1)
            ],
        )  # fmt: skip


def left_out(connection: sa.Connection, klage: UUID) -> Sequence[Uden]:
    """Return what is not in a package, in the order of its index."""
    found = klage_uden.c
    rows = connection.execute(
        sa.select(klage_uden).where(found.klage_id == klage).order_by(found.number)
    )
    return [Uden(row.day, row.title, row.document_key) for row in rows]


def _found() -> sa.Select[Any]:
    return sa.select(klager, personer.c.name).join_from(klager, personer)


def _klage(row: sa.Row[Any]) -> Klage:
    return Klage(
        id=row.id, sag=row.sag_id, afgoerelse=row.afgoerelse_id, person=row.person_id,
        name=row.name, received_at=row.received_at, form=row.form, words=row.words,
        late=row.late, window_ends_on=row.window_ends_on, due_on=row.due_on,
        suspensive=row.suspensive,
        state=KlageState(row.state), outcome=Genvurdering(row.outcome) if row.outcome else None,
        reassessment=row.reassessment, reassessed_at=row.reassessed_at,
        reassessed_by=row.reassessed_by, sent_at=row.sent_at, ended_at=row.ended_at,
        ruling=Ruling(row.ruling) if row.ruling else None, ruled_on=row.ruled_on,
        ruled_from=row.ruled_from, ruled_words=row.ruled_words,
    )  # fmt: skip
