"""Find the deadline a hændelse says was missed.

Why: the panel of a case asks it of every missed deadline it tells of, and read every deadline of
the municipality to answer. The previous release does as before beside this step, only faster.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.create_index(
        "ix_frister_exceeded_id",
        "frister",
        ["exceeded_id"],
        sqlite_where=sa.text("exceeded_id IS NOT NULL"),
        postgresql_where=sa.text("exceeded_id IS NOT NULL"),
        mssql_where=sa.text("exceeded_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_frister_exceeded_id", table_name="frister")
