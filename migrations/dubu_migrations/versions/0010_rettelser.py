"""Add what a person noted on a case and then took back or put right.

Why: a hændelse is never changed or removed, so that it did not happen must stand beside it. The
previous release does not read the table, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


# fmt: off
def upgrade() -> None:
    op.create_table("rettelser",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("haendelse_id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("new_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Unicode(300), nullable=False),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_rettelser_sag_id_sager"),
        sa.PrimaryKeyConstraint("id", name="pk_rettelser"),
        sa.UniqueConstraint("haendelse_id", name="uq_rettelser_haendelse_id"),
    )
    op.create_index("ix_rettelser_sag_id", "rettelser", ["sag_id"])
# fmt: on


def downgrade() -> None:
    op.drop_table("rettelser")
