"""Versions of plans: what a case was given is kept, and what an administrator has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.aktiviteter.plan import Plan
from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.aktiviteter.planfile import PlanRow
from dubu_plugin.store.tables import planudgaver


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a plan that has been in use, or was saved to be."""

    plan: str
    version: str
    title: str
    own: bool
    """Made on the administration page; else it came with a file."""
    in_use: bool
    saved_at: datetime
    saved_by: str


# Put into words once: they are asked at every hændelse.
_OF_PLAN: Final = planudgaver.c.plan == sa.bindparam("code", type_=planudgaver.c.plan.type)
_IN_USE: Final = sa.select(planudgaver.c.plan, planudgaver.c.content).where(planudgaver.c.in_use)
_ROW_IN_USE: Final = sa.select(planudgaver.c.content).where(_OF_PLAN, planudgaver.c.in_use)
_KEPT: Final = sa.select(planudgaver.c.version).where(
    _OF_PLAN, planudgaver.c.version == sa.bindparam("number", type_=planudgaver.c.version.type)
)


def in_use(connection: sa.Connection, book: PlanBook) -> Mapping[str, Plan]:
    """Return the plans that are applied now: the files', with own versions in their place."""
    rows = connection.execute(_IN_USE).all()
    if not rows:
        return book.plans
    return {**book.plans, **{row.plan: book.stored(row.content) for row in rows}}


def row_in_use(connection: sa.Connection, book: PlanBook, code: str) -> PlanRow | None:
    """Return the plan with this code as it is applied now, in the form it is edited in."""
    content = connection.scalar(_ROW_IN_USE, {"code": code})
    return book.rows.get(code) if content is None else PlanRow.model_validate_json(content)


def given(connection: sa.Connection, book: PlanBook, code: str, version: str) -> Plan | None:
    """Return the version a case was given, or None where nobody kept it."""
    now = book.plans.get(code)
    if now is not None and now.version == version:
        return now
    content = connection.scalar(
        sa.select(planudgaver.c.content).where(
            planudgaver.c.plan == code, planudgaver.c.version == version
        )
    )
    return None if content is None else book.stored(content)


def keep(connection: sa.Connection, row: PlanRow, *, own: bool, now: datetime, by: str) -> None:
    """Keep a version, so that it is known as long as a case has it."""
    there = connection.scalar(_KEPT, {"code": row.code, "number": row.version})
    if there is None:
        connection.execute(
            sa.insert(planudgaver).values(
                plan=row.code,
                version=row.version,
                content=row.model_dump_json(),
                own=own,
                in_use=False,
                saved_at=now,
                saved_by=by,
            )
        )


def use(connection: sa.Connection, code: str, version: str | None) -> None:
    """Apply this own version from now on; None goes back to the file's."""
    connection.execute(
        sa.update(planudgaver)
        .where(planudgaver.c.plan == code, planudgaver.c.in_use)
        .values(in_use=False)
    )
    if version is not None:
        connection.execute(sa.update(planudgaver).where(_named(code, version)).values(in_use=True))


def versions(connection: sa.Connection, code: str | None = None) -> Sequence[Version]:
    """Return the versions that are kept, of one plan or of all, the newest first."""
    query = sa.select(planudgaver).order_by(planudgaver.c.saved_at.desc(), planudgaver.c.version)
    if code is not None:
        query = query.where(planudgaver.c.plan == code)
    return [_version(row) for row in connection.execute(query)]


def _version(row: sa.Row[*tuple[Any, ...]]) -> Version:
    title = PlanRow.model_validate_json(row.content).title
    return Version(row.plan, row.version, title, row.own, row.in_use, row.saved_at, row.saved_by)


def _named(code: str, version: str) -> sa.ColumnElement[bool]:
    return sa.and_(planudgaver.c.plan == code, planudgaver.c.version == version)
