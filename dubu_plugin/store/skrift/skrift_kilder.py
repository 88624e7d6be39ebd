"""What on a case can be a source of what is written on it: its underretninger and documents."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import UNDERRETTERE, Henvendelse
from dubu_plugin.store.skrift.kilder import KildeKind
from dubu_plugin.store.tables import haendelser, underretninger

MOST: Final = 40
"""How many documents are offered, the newest first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that lies on the case."""

    key: str
    """What a form calls it: ``underretning:<id>`` or ``dokument:<the host's key>``."""
    kind: KildeKind
    title: str = field(repr=False)
    day: date
    subject: UUID | None = None
    document_key: str | None = None


def candidates(
    connection: sa.Connection, sag: UUID, letters: Mapping[str, str]
) -> Sequence[Candidate]:
    """Return them: the underretninger by when they came, then the documents, the newest first.

    :param letters: what our letters are called, by their codes.
    """
    return [*of_underretninger(connection, sag), *_documents(connection, sag, letters)]


def of_underretninger(connection: sa.Connection, sag: UUID) -> Sequence[Candidate]:
    """Return what came in on the case, the oldest first; who wrote is said by kind only."""
    found = underretninger.c
    rows = connection.execute(
        sa.select(found.id, found.received_at, found.underretter, found.henvendelse)
        .where(found.sag_id == sag, found.state != "andet")
        .order_by(found.received_at)
    )
    return [
        Candidate(
            f"underretning:{row.id}",
            KildeKind.UNDERRETNING,
            _title(row.henvendelse, row.underretter),
            danish_day(row.received_at),
            subject=row.id,
        )
        for row in rows
    ]


def _title(henvendelse: str, underretter: str | None) -> str:
    if henvendelse == Henvendelse.ANSOEGNING:
        return "Ansøgning"
    source = next((one.title for one in UNDERRETTERE if one.code == underretter), None)
    return f"Underretning: {source}" if source else "Underretning"


def _documents(
    connection: sa.Connection, sag: UUID, letters: Mapping[str, str]
) -> Sequence[Candidate]:
    filed = haendelser.c
    rows = connection.execute(
        sa.select(filed.data, filed.occurred_at)
        .where(filed.sag_id == sag, filed.type == Haendelse.DOKUMENT_JOURNALISERET)
        .order_by(filed.seq.desc())
        .limit(MOST)
    )
    found: dict[str, Candidate] = {}
    for row in rows:
        data = json.loads(row.data)
        key = data.get("dokument")
        if not key or str(key) in found:
            continue
        title = letters.get(str(data.get("brev"))) or (
            "Det, der kom ind" if data.get("retning") == "in" else "Dokument"
        )
        found[str(key)] = Candidate(
            f"dokument:{key}",
            KildeKind.DOKUMENT,
            title,
            danish_day(row.occurred_at),
            document_key=str(key),
        )
    return list(found.values())
