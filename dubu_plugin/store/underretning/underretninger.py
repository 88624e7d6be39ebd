"""Underretninger and the post they came in: what is stored of them, and what is asked of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.intake import PostState
from dubu_plugin.domain.match import ChildState
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.store.tables import (
    aarsager,
    candidates,
    post_files,
    post_items,
    underretninger,
    vurderinger,
)

NEW: Final = "ny"
ASSESSED: Final = "vurderet"
ALLOCATED: Final = "fordelt"
"""An ansøgning somebody has taken on."""
OTHER: Final = "andet"


@dataclass(frozen=True, slots=True)
class Underretning:
    """What came in and was registered, also where it is an ansøgning."""

    id: UUID
    post_id: UUID
    henvendelse: Henvendelse
    state: str
    received_at: datetime
    channel: str
    child_state: ChildState
    version: int
    text: str = field(repr=False)
    pligt: str | None = None
    underretter: str | None = None
    professional: bool | None = None
    anonymous: bool = False
    notifier_name: str | None = field(default=None, repr=False)
    notifier_organisation: str | None = field(default=None, repr=False)
    notifier_address: str | None = field(default=None, repr=False)
    notifier_relation: str | None = field(default=None, repr=False)
    orienteret: str | None = None
    overgreb: str | None = None
    child_id: UUID | None = None
    sag_id: UUID | None = None
    responsible: str | None = None
    unit: str | None = None
    protected: bool = False
    matched_at: datetime | None = None
    closed_at: datetime | None = None
    andet_reason: str | None = field(default=None, repr=False)
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """An item of post."""

    id: UUID
    channel: str
    received_at: datetime
    stored_at: datetime
    """When it was put in here; what is filled in afterwards came before."""
    filename: str = field(repr=False)
    sha256: str
    size: int
    state: str
    sender: str | None = field(default=None, repr=False)
    subject: str | None = field(default=None, repr=False)
    needs: str | None = None
    underretning_id: UUID | None = None
    said_at: datetime | None = None
    """When the mail itself says it came; None where it says nothing."""


@dataclass(frozen=True, slots=True)
class PostFile:
    """A file in an item of post."""

    position: int
    name: str = field(repr=False)
    media_type: str
    size: int
    state: str
    sha256: str | None = None
    """None where it is the item itself, or was too large to be taken out."""
    text: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Vurdering:
    """A 24-hour assessment as it stands."""

    underretning_id: UUID
    version: int
    fare: str
    next_step: str
    assessor: str
    assessed_at: datetime
    reason: str = field(repr=False)
    acute_action: str | None = field(default=None, repr=False)
    fresh_eyes: str | None = None
    conversation: str | None = None
    conversation_at: datetime | None = None
    conversation_reason: str | None = field(default=None, repr=False)
    siblings: tuple[UUID, ...] = ()
    withhold_reason: str | None = field(default=None, repr=False)


# -- post ------------------------------------------------------------------------------------------


def post_by_id(connection: sa.Connection, post: UUID) -> Post | None:
    """Return an item of post, or None."""
    return post_where(connection, post_items.c.id == post)


_POST: Final = sa.select(*(post_items.c[name] for name in Post.__slots__))


def post_same_as(connection: sa.Connection, same_as: str) -> Post | None:
    """Return the item that is the same thing, or None."""
    return post_where(connection, post_items.c.same_as == same_as)


def files_of(connection: sa.Connection, post: UUID) -> Sequence[PostFile]:
    """Return the files of an item, in order."""
    rows = connection.execute(
        sa.select(post_files).where(post_files.c.post_id == post).order_by(post_files.c.position)
    )
    return [
        PostFile(row.position, row.name, row.media_type, row.size, row.state, row.sha256, row.text)
        for row in rows
    ]


def settle_post(
    connection: sa.Connection, post: UUID, state: PostState, henvendelse: str | None = None
) -> None:
    """Close a line, or change what an item is."""
    values: dict[str, Any] = {"state": state}
    if henvendelse is not None:
        values["henvendelse"] = henvendelse
    connection.execute(sa.update(post_items).where(post_items.c.id == post).values(**values))


# -- underretninger --------------------------------------------------------------------------------


_ADD: Final = sa.insert(underretninger)
_TIE: Final = sa.update(post_items).where(
    post_items.c.id == sa.bindparam("post", type_=post_items.c.id.type)
)


def add(connection: sa.Connection, values: Mapping[str, Any]) -> UUID:
    """Store an underretning and return its key."""
    new = uuid4()
    connection.execute(_ADD, {"id": new, "version": 1, **values})
    connection.execute(_TIE, {"post": values["post_id"], "underretning_id": new})
    return new


def by_id(connection: sa.Connection, underretning: UUID) -> Underretning | None:
    """Return an underretning, or None."""
    row = connection.execute(
        sa.select(underretninger).where(underretninger.c.id == underretning)
    ).one_or_none()
    return None if row is None else _underretning(row)


def new_on(connection: sa.Connection, sag: UUID) -> Sequence[Underretning]:
    """Return the underretninger on a case that nobody has assessed yet."""
    rows = connection.execute(
        sa.select(underretninger).where(
            underretninger.c.sag_id == sag, underretninger.c.state == NEW
        )
    )
    return [_underretning(row) for row in rows]


def change(connection: sa.Connection, underretning: UUID, **values: Any) -> None:
    """Set the named columns, and count the version up: whoever is typing will be told."""
    change_quietly(connection, underretning, version=underretninger.c.version + 1, **values)


def change_quietly(connection: sa.Connection, underretning: UUID, **values: Any) -> None:
    """Set the named columns. For what the product finds out by itself while somebody types."""
    connection.execute(
        sa.update(underretninger).where(underretninger.c.id == underretning).values(**values)
    )


def set_concerns(
    connection: sa.Connection, underretning: UUID, codes: Iterable[str], *, suggested: bool
) -> None:
    """Set the concerns, in place of those that stood."""
    connection.execute(sa.delete(aarsager).where(aarsager.c.underretning_id == underretning))
    rows = [
        {"underretning_id": underretning, "code": code, "suggested": suggested}
        for code in dict.fromkeys(codes)
    ]
    if rows:
        connection.execute(sa.insert(aarsager), rows)


def concerns_of(connection: sa.Connection, underretning: UUID) -> Mapping[str, bool]:
    """Return the concerns by code, and whether each is only suggested."""
    rows = connection.execute(
        sa.select(aarsager.c.code, aarsager.c.suggested).where(
            aarsager.c.underretning_id == underretning
        )
    )
    return {row.code: row.suggested for row in rows}


def set_candidates(
    connection: sa.Connection, underretning: UUID, found: Sequence[tuple[UUID, int, str]]
) -> None:
    """Set the likely children, in place of those that stood: person, score, reasons."""
    connection.execute(sa.delete(candidates).where(candidates.c.underretning_id == underretning))
    rows = {
        person: {
            "underretning_id": underretning,
            "person_id": person,
            "score": score,
            "reasons": reasons,
        }
        for person, score, reasons in reversed(found)
    }
    if rows:
        connection.execute(sa.insert(candidates), list(rows.values()))


def candidates_of(
    connection: sa.Connection, underretning: UUID
) -> Sequence[tuple[UUID, int, tuple[str, ...]]]:
    """Return the likely children, the likeliest first: person, score, reasons."""
    rows = connection.execute(
        sa.select(candidates.c.person_id, candidates.c.score, candidates.c.reasons)
        .where(candidates.c.underretning_id == underretning)
        .order_by(candidates.c.score.desc(), candidates.c.person_id)
    )
    return [(row.person_id, row.score, tuple(row.reasons.split(","))) for row in rows]


# -- assessments -----------------------------------------------------------------------------------


def add_vurdering(connection: sa.Connection, vurdering: Vurdering) -> UUID:
    """Store an assessment and return its key. A correction is a new one with the next version."""
    new = uuid4()
    values = {name: getattr(vurdering, name) for name in Vurdering.__slots__}
    values["siblings"] = ",".join(str(one) for one in vurdering.siblings)
    connection.execute(sa.insert(vurderinger).values(id=new, **values))
    return new


def vurdering_of(connection: sa.Connection, underretning: UUID) -> Vurdering | None:
    """Return the assessment as it stands, or None where there is none."""
    row = connection.execute(
        sa.select(vurderinger)
        .where(vurderinger.c.underretning_id == underretning)
        .order_by(vurderinger.c.version.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else vurdering_from(row)


def vurdering_from(row: sa.Row[Any]) -> Vurdering:
    """Return a row of `vurderinger` as an assessment."""
    values = {name: getattr(row, name) for name in Vurdering.__slots__}
    values["siblings"] = tuple(UUID(one) for one in row.siblings.split(",") if one)
    return Vurdering(**values)


def _underretning(row: sa.Row[Any]) -> Underretning:
    values = dict(row._mapping)
    values["henvendelse"] = Henvendelse(values["henvendelse"])
    values["child_state"] = ChildState(values["child_state"])
    return Underretning(**values)


def post_where(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Post | None:
    """Return the one item of post this is true of, or None."""
    row = connection.execute(_POST.where(where)).one_or_none()
    return None if row is None else Post(**row._mapping)
