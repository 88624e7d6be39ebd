"""The deadlines that stand on what a hændelse is about."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from dubu_plugin.frister.rule import Rule, Subject
from dubu_plugin.store.deadlines.states import STANDING, Happened, Row, column
from dubu_plugin.store.tables import frister


def standing_on(
    connection: sa.Connection, happened: Happened, rules: Iterable[Rule]
) -> Sequence[Row]:
    """Return the open and met deadlines of these rules on what the hændelse is about."""
    codes: dict[Subject, set[str]] = {}
    for rule in rules:
        if happened.subject(rule.subject) is not None:
            codes.setdefault(rule.subject, set()).add(rule.code)
        if happened.what in rule.met_on_case and happened.sag is not None:
            codes.setdefault(Subject.SAG, set()).add(rule.code)
    if not codes:
        return ()
    kinds = tuple(sorted(codes))
    said: dict[str, Any] = {f"{kind}_rules": sorted(codes[kind]) for kind in kinds}
    said |= {f"{kind}_key": happened.subject(kind) for kind in kinds}
    return connection.execute(_query(kinds), said).all()


@cache
def _query(kinds: tuple[Subject, ...]) -> sa.Select[*tuple[Any, ...]]:
    """Return the question, built once for each set of kinds: it is asked at every hændelse."""
    about = (
        sa.and_(
            column(kind) == sa.bindparam(f"{kind}_key", type_=column(kind).type),
            frister.c.rule.in_(sa.bindparam(f"{kind}_rules", expanding=True)),
        )
        for kind in kinds
    )
    return (
        sa.select(frister)
        .where(frister.c.state.in_(STANDING), sa.or_(*about))
        .order_by(frister.c.anchor_at)
    )
