"""What the committee's chairman has decided for the time being (barnets lov § 143)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.deadlines.answering import ANSWERS
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.tables import haendelser

OF: Final = "foreloebig"
"""The fact that says which of the committee's matters it is about."""
PLACES: Final = "anbringelse_uden"
"""The committee's matter by which a child is placed: what nobody has said the kind of is one."""
SEEN: Final = (H.FORELOEBIG_AFGOERELSE_GODKENDT, H.FORELOEBIG_AFGOERELSE_BORTFALDET)
"""What becomes of it where the committee has looked at it."""


@dataclass(frozen=True, slots=True)
class Provisional:
    """One such decision."""

    haendelse: UUID
    """The hændelse that says it was made: what is done about it names that."""
    afgoerelse: UUID | None
    """The decision of the case; None where it is noted by hand."""
    of: str
    """The code of the committee's matter; empty where nobody has said."""
    made_at: datetime
    """When the chairman made it."""

    @property
    def matter(self) -> str:
        """Return the code of the committee's matter, also where nobody has said."""
        return self.of or PLACES


def of_case(connection: sa.Connection, sag: UUID) -> Sequence[Provisional]:
    """Return what the chairman has decided on a case and stands, the oldest first."""
    return [_one(row) for row in _rows(connection, sag, H.FORELOEBIG_AFGOERELSE_IVAERKSAT)]


def waiting(connection: sa.Connection, sag: UUID) -> Sequence[Provisional]:
    """Return those of them the committee has not looked at. What names none looked at the oldest,
    as the deadlines have it."""
    left = list(of_case(connection, sag))
    for row in _rows(connection, sag, *SEEN):
        named = json.loads(row.data).get(ANSWERS)
        its = {str(one) for one in named} if isinstance(named, list) else {str(named)}
        seen = left[:1] if named is None else [one for one in left if str(one.haendelse) in its]
        left = [one for one in left if one not in seen]
    return left


def looked_at(waiting: Sequence[Provisional], matter: str) -> Provisional | None:
    """Return which of those that wait the committee looks at: each by itself, of several of a kind
    the oldest.

    :param matter: the code of what is said; empty where nothing is, so it is the only one.
    """
    if not matter:
        return waiting[0] if len(waiting) == 1 else None
    return next((one for one in waiting if one.matter == matter), None)


def by_decision(connection: sa.Connection, sag: UUID, afgoerelse: UUID) -> Provisional | None:
    """Return a decision of the case, where it is one of the chairman's that is made."""
    return next((one for one in of_case(connection, sag) if one.afgoerelse == afgoerelse), None)


def _rows(connection: sa.Connection, sag: UUID, *kinds: H) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    its = haendelser.c
    return connection.execute(
        sa.select(its.id, its.data, its.occurred_at)
        .where(its.sag_id == sag, its.type.in_(sorted(kinds)), stands())
        .order_by(its.occurred_at, its.seq)
    ).all()


def _one(row: sa.Row[*tuple[Any, ...]]) -> Provisional:
    said = json.loads(row.data)
    made = said.get("afgoerelse")
    return Provisional(row.id, UUID(made) if made else None, said.get(OF, ""), row.occurred_at)
