"""The skrifter of a case and their versions. What they say: `dubu_plugin.store.skrift.tekster`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.skrift import OPEN, SkriftKind, SkriftState
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.tables import personer, sager, skrift_versioner, skrifter

FIRST: Final = 1
EITHER_PLAN: Final = (SkriftKind.BARNETS_PLAN, SkriftKind.UNGEPLAN)
"""A child has the one or the other: only one of them is to be written in at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skrift:
    """What is written on a case in one of its steps."""

    id: UUID
    sag: UUID
    person: UUID
    """The child it is about."""
    kind: SkriftKind
    method: str | None
    method_version: str | None
    grown_from: UUID | None
    version: int
    state: SkriftState
    begun_at: datetime
    begun_by: str
    unborn: bool
    """Whether the child of the case is not born yet."""
    beside: UUID | None = None
    """The other plan for the child that is written in meanwhile, a barnets plan or an ungeplan;
    known where it was read with its versions."""

    @property
    def is_open(self) -> bool:
        """Whether its newest version is written in."""
        return self.state in OPEN

    @property
    def is_carried_on(self) -> bool:
        """Whether it became something else before it was finished."""
        return self.state is SkriftState.VIDEREFOERT


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a skrift: who had a part in it, and when."""

    number: int
    begun_at: datetime
    begun_by: str
    presented_at: datetime | None
    presented_by: str | None
    approved_at: datetime | None
    approved_by: str | None
    remark: str | None = field(repr=False)
    digest: str | None


def begin(
    connection: sa.Connection,
    sag: Sag,
    kind: SkriftKind,
    *,
    by: str,
    now: datetime,
    method: tuple[str, str] | None = None,
    grown_from: UUID | None = None,
) -> Skrift:
    """Store a new skrift with its first, empty version.

    :param method: the code and the version of the method it keeps.
    """
    code, edition = method or (None, None)
    new = Skrift(
        id=uuid4(),
        sag=sag.id,
        person=sag.child_id,
        kind=kind,
        method=code,
        method_version=edition,
        grown_from=grown_from,
        version=FIRST,
        state=SkriftState.UDKAST,
        begun_at=now,
        begun_by=by,
        unborn=bool(connection.scalar(sa.select(_UNBORN).where(personer.c.id == sag.child_id))),
    )
    connection.execute(
        sa.insert(skrifter).values(
            id=new.id, sag_id=new.sag, person_id=new.person, kind=kind, method=code,
            method_version=edition, grown_from=grown_from, version=FIRST, state=new.state,
            begun_at=now, begun_by=by,
        )
    )  # fmt: skip
    _begin_version(connection, new.id, FIRST, by, now)
    return new


def by_id(connection: sa.Connection, skrift: UUID) -> Skrift | None:
    """Return a skrift, or None."""
    row = connection.execute(_select().where(skrifter.c.id == skrift)).one_or_none()
    return None if row is None else _skrift(row)


def of_sag(connection: sa.Connection, sag: UUID, *kinds: SkriftKind) -> Sequence[Skrift]:
    """Return the skrifter of a case, the newest first.

    :param kinds: only these; without any, all of them.
    """
    query = _select().where(skrifter.c.sag_id == sag)
    if kinds:
        query = query.where(skrifter.c.kind.in_(kinds))
    rows = connection.execute(query.order_by(skrifter.c.begun_at.desc(), skrifter.c.id))
    return [_skrift(row) for row in rows]


def versions(connection: sa.Connection, skrift: UUID) -> Sequence[Version]:
    """Return the versions of a skrift, the newest first."""
    found = skrift_versioner.c
    rows = connection.execute(
        sa.select(skrift_versioner).where(found.skrift_id == skrift).order_by(found.number.desc())
    )
    return [_version(row) for row in rows]


def with_versions(
    connection: sa.Connection, skrift: UUID
) -> tuple[Skrift, Sequence[Version]] | None:
    """Return a skrift and its versions, the newest first, in one question; None without it."""
    found = skrift_versioner.c
    named = {name: found[name].label(f"v_{name}") for name in _VERSION}
    rows = connection.execute(
        _select(_beside().label("beside"), *named.values())
        .join(skrift_versioner, found.skrift_id == skrifter.c.id)
        .where(skrifter.c.id == skrift)
        .order_by(found.number.desc())
    ).all()
    if not rows:
        return None
    its = [Version(*(getattr(row, f"v_{name}") for name in _VERSION)) for row in rows]
    return replace(_skrift(rows[0]), beside=rows[0].beside), its


def _beside() -> sa.ScalarSelect[Any]:
    """Return the other of the two plans, where both are written in (§§ 91 and 108)."""
    other = skrifter.alias("other").c
    return (
        sa.select(other.id)
        .where(
            other.sag_id == skrifter.c.sag_id,
            other.kind.in_(EITHER_PLAN),
            skrifter.c.kind.in_(EITHER_PLAN),
            skrifter.c.state.in_(OPEN),
            other.kind != skrifter.c.kind,
            other.state.in_(OPEN),
        )
        .order_by(other.begun_at.desc(), other.id)
        .limit(1)
        .scalar_subquery()
    )


def present(connection: sa.Connection, skrift: Skrift, *, by: str, now: datetime) -> None:
    """Store that the version waits for a leader's look. An earlier remark is answered by it."""
    _change(connection, skrift, SkriftState.FREMLAGT)
    _change_version(connection, skrift, presented_at=now, presented_by=by, remark=None)


def send_back(connection: sa.Connection, skrift: Skrift, remark: str) -> None:
    """Store that the leader wants something changed, and what."""
    _change(connection, skrift, SkriftState.SENDT_TILBAGE)
    _change_version(connection, skrift, remark=remark)


def approve(
    connection: sa.Connection, skrift: Skrift, digest: str, *, by: str, now: datetime
) -> None:
    """Store that the version stands.

    :param digest: of everything it says, see `dubu_plugin.store.skrift.tekster.digest`.
    """
    _change(connection, skrift, SkriftState.GODKENDT)
    _change_version(connection, skrift, approved_at=now, approved_by=by, digest=digest)


def give_up(connection: sa.Connection, skrift: Skrift) -> None:
    """Store that it is not going to be finished. What is written stays.

    Where an earlier version was approved, that one stands again: only the new one is given up.
    """
    its = skrift_versioner.c
    stood = connection.scalar(
        sa.select(sa.func.max(its.number)).where(
            its.skrift_id == skrift.id, its.number < skrift.version, its.approved_at.is_not(None)
        )
    )
    if stood is None:
        _change(connection, skrift, SkriftState.OPGIVET)
        return
    connection.execute(
        sa.delete(skrift_versioner).where(its.skrift_id == skrift.id, its.number > stood)
    )
    connection.execute(
        sa.update(skrifter)
        .where(skrifter.c.id == skrift.id)
        .values(version=stood, state=SkriftState.GODKENDT)
    )


def carry_on(connection: sa.Connection, skrift: Skrift) -> None:
    """Store that what grew from it is written in instead. What is written stays."""
    _change(connection, skrift, SkriftState.VIDEREFOERT)


def grown_into(connection: sa.Connection, skrift: UUID) -> Skrift | None:
    """Return the newest that grew from a skrift and is not given up, or None."""
    its = skrifter.c
    row = connection.execute(
        _select()
        .where(its.grown_from == skrift, its.state != SkriftState.OPGIVET)
        .order_by(its.begun_at.desc(), its.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else _skrift(row)


def begin_version(connection: sa.Connection, skrift: Skrift, *, by: str, now: datetime) -> int:
    """Store a new version, which says what the one before does, and return its number."""
    number = skrift.version + 1
    _begin_version(connection, skrift.id, number, by, now)
    connection.execute(
        sa.update(skrifter)
        .where(skrifter.c.id == skrift.id)
        .values(version=number, state=SkriftState.UDKAST)
    )
    return number


def _select(*also: sa.ColumnElement[Any]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(skrifter, _UNBORN, *also)
        .select_from(skrifter)
        .join(sager, sager.c.id == skrifter.c.sag_id)
        .join(personer, personer.c.id == sager.c.child_id)
    )


def _begin_version(
    connection: sa.Connection, skrift: UUID, number: int, by: str, now: datetime
) -> None:
    connection.execute(
        sa.insert(skrift_versioner).values(
            skrift_id=skrift, number=number, begun_at=now, begun_by=by
        )
    )


def _change(connection: sa.Connection, skrift: Skrift, state: SkriftState) -> None:
    connection.execute(sa.update(skrifter).where(skrifter.c.id == skrift.id).values(state=state))


def _change_version(connection: sa.Connection, skrift: Skrift, **values: Any) -> None:
    newest = sa.and_(
        skrift_versioner.c.skrift_id == skrift.id, skrift_versioner.c.number == skrift.version
    )
    connection.execute(sa.update(skrift_versioner).where(newest).values(values))


_UNBORN: Final = sa.case(
    (sa.and_(personer.c.born.is_(None), personer.c.due_date.is_not(None)), 1), else_=0
).label("unborn")

_VERSION: Final = (
    "number", "begun_at", "begun_by", "presented_at", "presented_by", "approved_at",
    "approved_by", "remark", "digest",
)  # fmt: skip


def _version(row: sa.Row[Any]) -> Version:
    return Version(*(getattr(row, name) for name in _VERSION))


def _skrift(row: sa.Row[Any]) -> Skrift:
    return Skrift(
        id=row.id,
        sag=row.sag_id,
        person=row.person_id,
        kind=SkriftKind(row.kind),
        method=row.method,
        method_version=row.method_version,
        grown_from=row.grown_from,
        version=row.version,
        state=SkriftState(row.state),
        begun_at=row.begun_at,
        begun_by=row.begun_by,
        unborn=bool(row.unborn),
    )
