"""Keep the last day of the time to complain beside a complaint.

Why: a page, a list and the letter to Ankestyrelsen say how late a complaint came. It is null for
complaints that were noted before, which say only that they came late; the previous release does not
read it, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.add_column("klager", sa.Column("window_ends_on", sa.Date, nullable=True))


def downgrade() -> None:
    op.drop_column("klager", "window_ends_on")
