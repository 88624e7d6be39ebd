"""Keep what stood in the locked part of a talk before it was changed.

Why: the words a child said in confidence are evidence, and whoever may write there could else have
them disappear. The previous release does not read the table, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0034"
down_revision = "0033"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("boernesamtale_laaste",
        sa.Column("samtale_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.UnicodeText(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["samtale_id"], ["boernesamtaler.id"],
            name="fk_boernesamtale_laaste_samtale_id_boernesamtaler"),
        sa.PrimaryKeyConstraint("samtale_id", "number", name="pk_boernesamtale_laaste"),
    )
# fmt: on


def downgrade() -> None:
    op.drop_table("boernesamtale_laaste")
