"""Whether an assessment still says what it said when it was made.

The hændelse of an assessment carries a digest of it, and hændelser are chained: who changes the row
outside the program would have to rewrite the chain. The reason a notifier is not told the outcome
(§ 138, stk. 2) can be added later and is left out; an act of its own tells of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.canonical import JSON, canonical
from dubu_plugin.store.tables import haendelser, underretninger, vurderinger
from dubu_plugin.store.underretning.underretninger import Vurdering, vurdering_from

DIGEST: Final = "aftryk"
"""What the digest is called in the hændelse's data, beside ``version``."""

MADE: Final = (Haendelse.UNDERRETNING_VURDERET, Haendelse.VURDERING_RETTET)
LATER: Final = frozenset({"withhold_reason"})
AT_ONCE: Final = 400


class Why(StrEnum):
    """What is wrong with an assessment."""

    CHANGED = "aendret"
    REMOVED = "fjernet"


@dataclass(frozen=True, slots=True)
class Altered:
    """An assessment that is not as it was recorded."""

    underretning: UUID
    version: int
    why: Why


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found."""

    checked: int
    without: int
    """So many were made before there were digests: nothing can be said of them."""
    altered: Sequence[Altered]


def digest(vurdering: Vurdering) -> str:
    """Return the digest of an assessment: hexadecimal, SHA-256."""
    said: dict[str, JSON] = {
        name: _plain(getattr(vurdering, name)) for name in Vurdering.__slots__ if name not in LATER
    }
    return sha256(canonical(said).encode()).hexdigest()


def verify(connection: sa.Connection) -> Verdict:
    """Compare every assessment with its hændelse. Reads in batches: memory stays flat."""
    checked = without = 0
    altered: list[Altered] = []
    for some in _underretninger(connection):
        recorded = _recorded(connection, some)
        for row in _rows(connection, some):
            said = recorded.pop((row.underretning_id, row.version), None)
            if said is None:
                without += 1
            elif said != digest(row):
                altered.append(Altered(row.underretning_id, row.version, Why.CHANGED))
            checked += said is not None
        gone = sorted(recorded, key=str)
        altered += [Altered(number, version, Why.REMOVED) for number, version in gone]
    return Verdict(checked, without, altered)


def _underretninger(connection: sa.Connection) -> Iterator[Sequence[UUID]]:
    """Yield every underretning, also one whose assessment is gone."""
    number, last = underretninger.c.id, UUID(int=0)
    while True:
        some = connection.scalars(
            sa.select(number).where(number > last).order_by(number).limit(AT_ONCE)
        ).all()
        if not some:
            return
        yield some
        last = some[-1]


def _recorded(connection: sa.Connection, some: Sequence[UUID]) -> dict[tuple[UUID, int], str]:
    rows = connection.execute(
        sa.select(haendelser.c.underretning_id, haendelser.c.data).where(
            haendelser.c.underretning_id.in_(some), haendelser.c.type.in_(MADE)
        )
    )
    found: dict[tuple[UUID, int], str] = {}
    for row in rows:
        data: Mapping[str, JSON] = json.loads(row.data)
        version, said = data.get("version"), data.get(DIGEST)
        if isinstance(version, int) and isinstance(said, str):
            found[row.underretning_id, version] = said
    return found


def _rows(connection: sa.Connection, some: Sequence[UUID]) -> Iterator[Vurdering]:
    query = sa.select(vurderinger).where(vurderinger.c.underretning_id.in_(some))
    for row in connection.execute(query):
        yield vurdering_from(row)


def _plain(value: object) -> JSON:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return value if value is None or isinstance(value, int) else str(value)
