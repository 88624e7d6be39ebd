"""Add what is reckoned for a decision.

Why: what a family gets a month is reckoned from rates that change each year, and a decision must
still say how it came to its figure. The previous release does not read the table, so it can run
beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0038"
down_revision = "0037"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("beregninger",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("afgoerelse_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.Unicode(24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("inputs", sa.UnicodeText(), nullable=False),
        sa.Column("rates", sa.UnicodeText(), nullable=False),
        sa.Column("lines", sa.UnicodeText(), nullable=False),
        sa.Column("monthly", sa.Numeric(12, 2), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"],
            name="fk_beregninger_sag_id_sager"),
        sa.ForeignKeyConstraint(["afgoerelse_id"], ["skrifter.id"],
            name="fk_beregninger_afgoerelse_id_skrifter"),
        sa.PrimaryKeyConstraint("id", name="pk_beregninger"),
        sa.UniqueConstraint("afgoerelse_id", "number", name="uq_beregninger_afgoerelse_id_number"),
    )
    op.create_index("ix_beregninger_sag_id", "beregninger", ["sag_id"])
# fmt: on


def downgrade() -> None:
    op.drop_table("beregninger")
