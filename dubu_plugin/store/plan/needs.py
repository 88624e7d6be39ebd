"""The needs the goals of a plan answer, as the undersøgelse or afdækning they were found in says.

A need is taken out by a version that does not name it any more; what points to it still finds it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.skrift import SkriftKind, SkriftState, place_of_behov
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.tables import behov, skrift_versioner, skrifter, tekster

UNDERSOEGELSER: Final = (SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, SkriftKind.AFDAEKNING)
"""What needs are taken from."""


@dataclass(frozen=True, slots=True)
class Need:
    """A need as a plan sees it."""

    id: UUID
    skrift: UUID
    dimension: str
    method: tuple[str, str]
    text: str = field(repr=False)
    """What it says; the last it said where the undersøgelse does not name it any more."""
    stands: bool
    """Whether the newest version of its undersøgelse still names it."""
    leaving: bool
    """It does not, and that version is still written in: what is approved may name it yet."""


def needs_of_sag(connection: sa.Connection, sag: UUID) -> Sequence[Need]:
    """Return the needs of the newest undersøgelse or afdækning of a case that is not given up.

    What is still written in counts: a plan may be prepared beside it (§ 47).
    """
    return [one for one in needs_by_id(connection, (), sag=sag).values() if one.stands]


def needs_by_id(
    connection: sa.Connection, ids: Collection[UUID], *, sag: UUID | None = None
) -> Mapping[UUID, Need]:
    """Return needs by their keys, in the order of their undersøgelse.

    :param sag: also those of the newest undersøgelse or afdækning of this case.
    """
    if not ids and sag is None:
        return {}
    wanted: sa.ColumnElement[bool] = behov.c.id.in_(ids)
    if sag is not None:
        wanted = sa.or_(wanted, behov.c.skrift_id == _newest(sag))
    texts: dict[str, list[str]] = {}
    now: dict[str, str] = {}
    approved: dict[str, str] = {}
    unapproved: set[str] = set()
    rows = []
    for row in connection.execute(_needs(wanted)):
        if row.place is None:
            rows.append(row)
        else:
            texts.setdefault(row.place, []).extend((row.before, row.text))
            if row.version <= row.newest:
                now[row.place] = row.text
            if row.approved is None:
                unapproved.add(row.place)
            elif row.version <= row.approved:
                approved[row.place] = row.text
    found = {}
    for row in rows:
        place = place_of_behov(row.id)
        words = texts.get(place, [""])
        stands = bool(now.get(place))
        said = next((text for text in reversed(words) if text), "")
        found[row.id] = Need(
            row.id, row.skrift_id, row.dimension, (row.method or "", row.method_version or ""),
            said, stands, not stands and (place in unapproved or bool(approved.get(place))),
        )  # fmt: skip
    return found


def _needs(wanted: sa.ColumnElement[bool]) -> sa.CompoundSelect[Any]:
    """Return the question of needs with what each has said, version by version: one for both."""
    b, t, none = behov.c, tekster.c, sa.null()
    needs = (
        sa.select(
            b.id, b.skrift_id, b.dimension, b.position, skrifter.c.method,
            skrifter.c.method_version, sa.cast(none, t.place.type).label("place"),
            sa.cast(none, t.version.type).label("version"),
            sa.cast(none, t.before.type).label("before"), sa.cast(none, t.text.type).label("text"),
            skrifter.c.version.label("newest"), _approved().label("approved"),
        )
        .join_from(behov, skrifter)
        .where(wanted)
    )  # fmt: skip
    of = sa.select(behov.c.skrift_id).where(wanted)
    said = sa.select(
        sa.cast(none, b.id.type), t.skrift_id, sa.cast(none, b.dimension.type),
        sa.cast(none, b.position.type), sa.cast(none, skrifter.c.method.type),
        sa.cast(none, skrifter.c.method_version.type), t.place, t.version, t.before, t.text,
        skrifter.c.version, _approved(),
    ).join_from(tekster, skrifter, t.skrift_id == skrifter.c.id).where(
        t.skrift_id.in_(of), t.field == TEXT
    )  # fmt: skip
    return needs.union_all(said).order_by("skrift_id", "dimension", "position", "place", "version")


def _approved() -> sa.ScalarSelect[Any]:
    """Return the newest approved version of the skrift that is asked for."""
    v = skrift_versioner.c
    return (
        sa.select(sa.func.max(v.number))
        .where(v.skrift_id == skrifter.c.id, v.approved_at.is_not(None))
        .correlate(skrifter)
        .scalar_subquery()
    )


def _newest(sag: UUID) -> sa.ScalarSelect[Any]:
    """Return the newest undersøgelse or afdækning of a case that is not given up."""
    return (
        sa.select(skrifter.c.id)
        .where(
            skrifter.c.sag_id == sag,
            skrifter.c.kind.in_(UNDERSOEGELSER),
            skrifter.c.state != SkriftState.OPGIVET,
        )
        .order_by(skrifter.c.begun_at.desc(), skrifter.c.id)
        .limit(1)
        .correlate(None)
        .scalar_subquery()
    )
