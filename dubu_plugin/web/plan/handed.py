"""Who gets a plan, and whether their letter has left the house."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.domain.maal import PARENTS
from dubu_plugin.store.tables import letters
from dubu_plugin.usecases.dokument.order.plan import BREV, PARENTS_BREV, UDDRAG
from dubu_plugin.web.skrift.opened import Opened


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody gets of a plan."""

    name: str = field(repr=False)
    what: str
    """How many of the goals, and when it was sent."""
    waits: bool
    """The letter is to be printed and posted."""


def handed(connection: sa.Connection, it: Opened, goals: int, now: datetime) -> Sequence[Handed]:
    """Return who gets what of a plan, the newest first. One question.

    :param goals: how many the version that is read has.
    """
    its = letters.c
    codes = [PARENTS_BREV] if it.skrift.kind is PARENTS else [BREV, UDDRAG]
    rows = connection.execute(
        sa.select(
            its.code,
            its.recipient,
            its["values"].label("said"),
            its.created_at,
            its.state,
            its.sent_at,
        )
        .where(
            its.sag_id == it.head.sag,
            its.code.in_(codes),
            its.state != LetterState.IKKE_NAAET,  # another stands in its place
        )
        .order_by(its.created_at.desc())
        .limit(20)
    )
    return [_handed(row, it.version, goals, now) for row in rows]


def _handed(row: Any, version: int, goals: int, now: datetime) -> Handed:
    said = _values(row.said)
    if row.code == UDDRAG:
        when = danish.list_moment(row.created_at, now)
        return Handed(said["plan.til"], danish.unbroken(f"uddrag, {when}"), False)
    waits = row.state == LetterState.TIL_PRINT
    if row.sent_at is not None:
        when = f"sendt {danish.list_moment(row.sent_at, now)}"
    else:
        when = "skal printes og sendes" if waits else "er ikke sendt endnu"
    name = (row.recipient or "").split("\n")[0]
    return Handed(name, danish.unbroken(f"{_what(said, version, goals)}, {when}"), waits)


def _what(said: Mapping[str, Any], version: int, goals: int) -> str:
    """Return which of the goals a copy has; never that it is the whole plan, for in none of them
    stands what another parent has said."""
    has = len(said["plan.maal"])
    if not has:
        return "besked om, at den ikke gælder mere for barnet"
    if said["skrift.version"] != str(version):
        return f"{has} mål fra version {said['skrift.version']}"
    return f"{has} af {goals} mål" if has < goals else "alle mål"


def _values(kept: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(kept)
    return found
