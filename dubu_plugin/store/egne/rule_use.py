"""Which deadline rules are in use: how many deadlines were opened under a version of one."""

import sqlalchemy as sa

from dubu_plugin.frister.rule import Rule
from dubu_plugin.store.tables import frister


def in_use(connection: sa.Connection, rule: Rule) -> int:
    """Return how many deadlines, open or ended, have this version of a rule."""
    asked = (
        sa.select(sa.func.count())
        .select_from(frister)
        .where(frister.c.rule == rule.code, frister.c.rule_version == rule.in_force_from)
    )
    return connection.scalar(asked) or 0
