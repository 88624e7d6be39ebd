"""Keep when a mail itself says it came, beside the moment that counts.

Why: a file that is laid in was received before it was laid in, or its sender's clock is wrong; a
person sees both and can put it right. The previous release does not read the column, and it is null
for what came in before, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0045"
down_revision = "0044"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    op.add_column("post_items", sa.Column("said_at", MOMENT, nullable=True))


def downgrade() -> None:
    op.drop_column("post_items", "said_at")
