"""The goals of the plans that stand, as they ran: from when each was agreed, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.maal import AENDRING, MaalStatus
from dubu_plugin.domain.skrift import SkriftState, place_of_maal
from dubu_plugin.store.tables import maal, maal_status, skrift_versioner, skrifter, tekster

OVER: Final = frozenset({MaalStatus.OPNAAET, MaalStatus.IKKE_RELEVANT})
"""What a goal has come to where nobody works on it any more."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A goal of a plan that was approved."""

    id: UUID
    text: str = field(repr=False)
    since: date
    """The Danish day the first version that has it was approved."""
    ended_on: date | None
    """The day it was reached, given up or taken out of the plan; None where it goes on."""
    looked_at_on: date | None


def agreed(connection: sa.Connection, sag: UUID) -> Sequence[Agreed]:
    """Return the goals of the approved versions of the plans of a case, the first agreed first.

    One that was carried on into another plan is one and the same. What only a draft says is not
    agreed.
    """
    rows = connection.execute(_goals_and_versions(sag)).all()
    if not rows:
        return ()
    said = _said(connection, {row.id for row in rows})
    over = _over(connection, {row.id for row in rows})
    found: dict[UUID, Agreed] = {}
    before: dict[UUID, UUID] = {}
    for row in rows:
        text, day = _as_of(said.get(row.id, ()), row.number), danish_day(row.approved_at)
        known = found.get(row.id)
        if known is None and text:
            found[row.id] = Agreed(row.id, text, day, None, row.looked_at_on)
            if row.same_as is not None:
                before[row.id] = row.same_as
        elif known is not None and text:
            found[row.id] = replace(known, text=text, ended_on=None)
        elif known is not None and known.ended_on is None:
            found[row.id] = replace(known, ended_on=day)
        if text and (ended := over.get(row.id)) is not None and ended >= day:
            found[row.id] = replace(found[row.id], ended_on=ended)
    return sorted(_carried(found, before, {row.id: row.skrift_id for row in rows}),
                  key=lambda one: one.since)  # fmt: skip


def _goals_and_versions(sag: UUID) -> sa.Select[Any]:
    """Return the question of each goal with each approved version of its plan, in their order."""
    its, version = maal.c, skrift_versioner.c
    return (
        sa.select(
            its.id, its.skrift_id, its.same_as, its.looked_at_on, version.number,
            version.approved_at,
        )
        .join_from(maal, skrifter, its.skrift_id == skrifter.c.id)
        .join(skrift_versioner, version.skrift_id == skrifter.c.id)
        .where(
            skrifter.c.sag_id == sag,
            skrifter.c.state != SkriftState.OPGIVET,
            version.approved_at.is_not(None),
        )
        .order_by(skrifter.c.begun_at, its.position, its.id, version.number)
    )  # fmt: skip


def _said(connection: sa.Connection, ids: set[UUID]) -> dict[UUID, list[tuple[int, str]]]:
    """Return what each goal says from which version on."""
    places = {place_of_maal(one): one for one in ids}
    found: dict[UUID, list[tuple[int, str]]] = {}
    its = tekster.c
    for row in connection.execute(
        sa.select(its.place, its.version, its.text)
        .where(its.place.in_(places), its.field == AENDRING)
        .order_by(its.version)
    ):
        found.setdefault(places[row.place], []).append((row.version, row.text))
    return found


def _over(connection: sa.Connection, ids: set[UUID]) -> dict[UUID, date]:
    """Return the day each goal came to its end, for those the last opfølgning found there."""
    its = maal_status.c
    last = {
        row.maal_id: row
        for row in connection.execute(
            sa.select(its.maal_id, its.status, its.at).where(its.maal_id.in_(ids)).order_by(its.at)
        )
    }
    return {goal: danish_day(row.at) for goal, row in last.items() if row.status in OVER}


def _as_of(said: Sequence[tuple[int, str]], version: int) -> str:
    return next((text for number, text in reversed(said) if number <= version), "")


def _carried(
    found: dict[UUID, Agreed], before: dict[UUID, UUID], plans: dict[UUID, UUID]
) -> Sequence[Agreed]:
    """Return the goals, those that were carried on from an earlier plan in place of those."""
    left = dict(found)
    for goal, earlier in before.items():
        # A sibling's own goal points to the first child's, in the same plan: both stand.
        if earlier in left and plans[earlier] != plans[goal]:
            left[goal] = replace(left[goal], since=left.pop(earlier).since)
    return list(left.values())
