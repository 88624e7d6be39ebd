"""Keep by whom and when an indsats was decided, where its decision does not stand on the case.

Why: an indsats begins on a decision, and one that was made before the case came here, or by another
authority, must be named. The previous release does not read the columns, and they are null where
nothing is said, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    op.add_column("indsatser", sa.Column("decided_on", sa.Date(), nullable=True))
    op.add_column("indsatser", sa.Column("decided_by", sa.Unicode(24), nullable=True))
    op.add_column("indsatser", sa.Column("decided_votes", sa.SmallInteger(), nullable=True))
    op.add_column("indsatser", sa.Column("decided_paper", sa.Unicode(200), nullable=True))


def downgrade() -> None:
    op.drop_column("indsatser", "decided_paper")
    op.drop_column("indsatser", "decided_votes")
    op.drop_column("indsatser", "decided_by")
    op.drop_column("indsatser", "decided_on")
