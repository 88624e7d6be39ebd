"""What we keep closed in the host's own client: its cases, its post and its letters.

The host shows its copy of what is ours, so its copy is as closed as ours is. Each answer holds
what we have an opinion on and no more: the host's own rule stands for the rest.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.page_memory import known
from dubu_plugin.store.prepared import Prepared
from dubu_plugin.store.tables import (
    conflicts,
    known_cases,
    letters,
    outbox,
    post_deliveries,
    post_items,
    sager,
    underretninger,
)

SENDING: Final = "send_letter"


def may_open(
    connection: sa.Connection, who: Asker | None, cases: Sequence[str]
) -> Mapping[str, bool]:
    """Return, for the host's cases that are ours, whether somebody may read them.

    Other cases on a child are closed to those who are, or are related to, the one they are about.
    """
    wanted = list(cases)
    if who is None:
        ours = connection.scalars(sa.select(sager.c.host_key).where(sager.c.host_key.in_(wanted)))
        return dict.fromkeys(ours, False)
    rows = _OPEN.rows(connection, who, cases=wanted)
    answers: dict[str, bool] = {}
    ours_by_key: dict[str, UUID | None] = dict.fromkeys(wanted)
    for row in rows:
        answers[row.host_key] = bool(row.open) and answers.get(row.host_key, True)
        ours_by_key[row.host_key] = row.sag or ours_by_key[row.host_key]
    for key, sag in ours_by_key.items():
        known(("sag", key), sag)
    return answers


def _open(who: Asker) -> sa.CompoundSelect[*tuple[Any, ...]]:
    wanted = sa.bindparam("cases", type_=sa.Unicode(64), expanding=True)
    open_ = sa.case((visible_sager(who, Act.READ), 1), else_=0)
    return sa.union_all(
        sa.select(sager.c.host_key, open_.label("open"), sager.c.id.label("sag")).where(
            sager.c.host_key.in_(wanted)
        ),
        sa.select(known_cases.c.host_key, sa.literal(0), sa.null())
        .join(conflicts, conflicts.c.person_id == known_cases.c.person_id)
        .where(
            known_cases.c.host_key.in_(wanted),
            known_cases.c.primary,
            conflicts.c.employee == who.key,
        ),
    )


_OPEN: Final = Prepared(_open)


def may_see_post(
    connection: sa.Connection, who: Asker | None, posts: Sequence[str]
) -> Mapping[str, bool]:
    """Return, for the items that are registered with us, whether somebody may read what of."""
    rows = connection.execute(
        sa.select(post_deliveries.c.host_key, post_items.c.underretning_id)
        .join(post_items, post_items.c.id == post_deliveries.c.post_id)
        .where(
            post_deliveries.c.host_key.in_(list(posts)), post_items.c.underretning_id.is_not(None)
        )
    )
    about = {row.host_key: row.underretning_id for row in rows}
    open_ones = _underretninger(connection, who, about.values())
    return {key: number in open_ones for key, number in about.items()}


def may_see_letters(
    connection: sa.Connection, who: Asker | None, keys: Sequence[str]
) -> Mapping[str, bool]:
    """Return, for the letters we had sent, whether somebody may read what they are about.

    :param keys: of the operations that handed the letters over; others are left out.
    """
    sent = _sent(connection, keys)
    rows = connection.execute(
        sa.select(letters.c.id, letters.c.underretning_id, letters.c.sag_id).where(
            letters.c.id.in_(list(sent.values()))
        )
    ).all()
    from_notifier = _underretninger(connection, who, (row.underretning_id for row in rows))
    on_case = _sager(connection, who, (row.sag_id for row in rows if not row.underretning_id))
    readable = from_notifier | on_case
    open_ones = {row.id for row in rows if (row.underretning_id or row.sag_id) in readable}
    return {key: letter in open_ones for key, letter in sent.items()}


def _sent(connection: sa.Connection, keys: Sequence[str]) -> dict[str, UUID]:
    """Return our keys of letters, by the operations that handed them over."""
    wanted = {UUID(key): key for key in keys if _is_key(key)}
    rows = connection.execute(
        sa.select(outbox.c.key, outbox.c.payload).where(
            outbox.c.key.in_(list(wanted)), outbox.c.kind == SENDING
        )
    )
    return {wanted[row.key]: UUID(json.loads(row.payload)["letter"]) for row in rows}


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _underretninger(
    connection: sa.Connection, who: Asker | None, which: Iterable[UUID | None]
) -> set[UUID]:
    wanted = [number for number in which if number]
    if who is None or not wanted:
        return set()
    asked = sa.select(underretninger.c.id).where(
        underretninger.c.id.in_(wanted), visible_underretninger(who, Act.READ)
    )
    return set(connection.scalars(asked))


def _sager(connection: sa.Connection, who: Asker | None, which: Iterable[UUID | None]) -> set[UUID]:
    wanted = [number for number in which if number]
    if who is None or not wanted:
        return set()
    asked = sa.select(sager.c.id).where(sager.c.id.in_(wanted), visible_sager(who, Act.READ))
    return set(connection.scalars(asked))
