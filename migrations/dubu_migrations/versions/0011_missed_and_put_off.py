"""Add the indexes of what a leader's page asks besides: what lapsed missed, is put off, and waits.

Why: a deadline that was missed and lapsed when its case was closed still counts as missed; leaders
see how much is put off; and what waits for an answer says what is at risk. They are indexes alone,
so the previous release can run beside this step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

INDEXES = (
    (
        "ix_frister_bortfaldet_overskredet",
        "frister",
        ["rule", "unit", "exceeded_at", "responsible"],
        "state = 'bortfaldet' AND exceeded_at IS NOT NULL",
    ),
    ("ix_udskydelser_at", "udskydelser", ["at", "frist_id"], None),
    ("ix_ventegrunde_aabne", "ventegrunde", ["frist_id"], "ended_at IS NULL"),
)


def upgrade() -> None:
    for name, table, columns, some in INDEXES:
        only = sa.text(some) if some else None
        op.create_index(
            name, table, columns, sqlite_where=only, postgresql_where=only, mssql_where=only
        )


def downgrade() -> None:
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
