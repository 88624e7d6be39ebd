"""The deadlines that stand on what a hændelse is about."""

from collections.abc import Iterable, Sequence

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
    if not codes:
        return ()
    return connection.execute(
        sa.select(frister)
        .where(
            frister.c.state.in_(STANDING),
            sa.or_(
                *(
                    sa.and_(
                        column(kind) == happened.subject(kind), frister.c.rule.in_(sorted(some))
                    )
                    for kind, some in codes.items()
                )
            ),
        )
        .order_by(frister.c.anchor_at)
    ).all()
