"""Add whose the database is.

Why: a database, a folder of files and a journal that do not belong together look well each by
itself. The row comes with `dubu db upgrade`, which marks all of them. The previous release does
not read this table, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("installation",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("set_up_at", MOMENT, nullable=False),
        sa.CheckConstraint("id = 1", name="ck_installation_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_installation"),
    )
# fmt: on


def downgrade() -> None:
    op.drop_table("installation")
