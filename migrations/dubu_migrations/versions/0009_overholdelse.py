"""Add the indexes the figures of kept and missed deadlines are read from.

Why: a leader's page sums up a quarter, and it must not cost more as the years go by. They are
indexes alone, so the previous release can run beside this step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

INDEXES = (
    (
        "ix_frister_overholdelse",
        "frister",
        [
            "rule",
            "unit",
            "due",
            "state",
            "ended_at",
            "paused_at",
            "responsible",
            "anchor_at",
            "sag_id",
        ],
        "state IN ('aaben', 'opfyldt')",
    ),
    (
        "ix_haendelser_afgoerelser",
        "haendelser",
        ["sag_id", "occurred_at"],
        "type IN ('afgoerelse_truffet', 'udvalgsafgoerelse_truffet')",
    ),
)


def upgrade() -> None:
    for name, table, columns, some in INDEXES:
        only = sa.text(some)
        op.create_index(
            name, table, columns, sqlite_where=only, postgresql_where=only, mssql_where=only
        )


def downgrade() -> None:
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
