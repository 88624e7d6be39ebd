"""The day somebody was given to answer by is another: their letter left the house later."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines.replacing import replace
from dubu_plugin.store.deadlines.states import State
from dubu_plugin.store.tables import frister, haendelser


def move_answer_day(
    connection: sa.Connection,
    rules: RuleBook,
    asked: Haendelse,
    about: Mapping[str, str],
    said: Mapping[str, object],
    *,
    sag: UUID,
    by: UUID,
    now: datetime,
) -> None:
    """Have what waits for an answer wait until the day that is said now.

    Its clock started when it did, and what it says else stands: the answer finds it as before.

    :param asked: the kind of hændelse that asked, and what it says of whom (`about`).
    :param said: the fact that is another now.
    :param by: the hændelse it is another because of.
    """
    rows = connection.execute(
        sa.select(frister, haendelser.c.data.label("asked"))
        .join_from(frister, haendelser, haendelser.c.id == frister.c.anchor_id)
        .where(
            haendelser.c.sag_id == sag,
            haendelser.c.type == asked,
            frister.c.state == State.AABEN,
        )
    ).all()
    for row in rows:
        told = json.loads(row.asked)
        rule = rules.version(row.rule, row.rule_version)
        if rule is None or rule.due_fact not in said or about.items() - told.items():
            continue
        term = rule.term(row.anchor_at, {**told, **said}, None)
        old = connection.execute(sa.select(frister).where(frister.c.id == row.id)).one()
        due, warn = (term.due, term.warn) if term else (None, None)
        replace(connection, old, by=by, now=now, due=due, warn=warn, moved_by=by)
