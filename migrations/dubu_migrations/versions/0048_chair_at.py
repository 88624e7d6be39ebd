"""Keep when the chairman made a provisional decision.

Why: a child is taken at night or in a weekend, and the decision is typed in on Monday. The 24 hours
and the seven days of § 143 run from the moment it was, and not from the typing. It is null for
decisions that were made before, which say only when they were typed; the previous release does not
read it, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0048"
down_revision = "0047"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    op.add_column("afgoerelser", sa.Column("chair_at", MOMENT, nullable=True))


def downgrade() -> None:
    op.drop_column("afgoerelser", "chair_at")
