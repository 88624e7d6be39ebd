"""Keep what Ankestyrelsen decided, from when a decision is none, and how the child gets its letter.

Why: a decision that Ankestyrelsen has lifted, sent back or changed is no longer carried out as it
was made, and the child's own letter may be handed over instead of posted to a home where a parent
opens it. The previous release writes none of the columns and reads by name, so it can run beside
this step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    op.add_column("klager", sa.Column("ruled_on", sa.Date(), nullable=True))
    op.add_column("klager", sa.Column("ruled_from", sa.Date(), nullable=True))
    op.add_column("klager", sa.Column("ruled_words", sa.UnicodeText(), nullable=True))
    op.add_column("afgoerelser", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("afgoerelser", sa.Column("child_by_hand", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("afgoerelser", "child_by_hand")
    op.drop_column("afgoerelser", "ended_on")
    op.drop_column("klager", "ruled_words")
    op.drop_column("klager", "ruled_from")
    op.drop_column("klager", "ruled_on")
