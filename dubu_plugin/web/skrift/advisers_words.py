"""Who was with the child at the essential talks of a first undersøgelse (§ 21, stk. 5)."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.inddragelse import NEEDED
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.unit_names import employee_names


def advisers_at(connection: sa.Connection, sag: UUID) -> Sequence[str]:
    """Return a line for each talk two advisers were asked of, the first first.

    Where there was one, the line says why, as it was noted at the talk.
    """
    talks = [
        one.said
        for one in reversed(boernesamtaler.of_sag(connection, sag))
        if one.was_held and one.said.first_time
    ]
    names = employee_names(connection, {key for one in talks for key in one.advisers})
    lines = []
    for one in talks:
        day = danish.long_date(danish.danish_day(one.occurred_at))
        who = danish.listed([names.get(key, key) for key in one.advisers]) or "ingen noteret"
        why = f" ({one.one_adviser_reason})" if len(one.advisers) < NEEDED else ""
        lines.append(f"Samtalen den {day}: {who}{why}")
    return lines
