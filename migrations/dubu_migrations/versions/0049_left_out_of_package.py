"""Keep which files could not be made pages when a case's file was put together for Ankestyrelsen.

Why: the page of the complaint names them with a link, so that somebody sends them. The previous
release does not read the table, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"


# fmt: off
def upgrade() -> None:
    op.create_table("klage_uden",
        sa.Column("klage_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.UnicodeText(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("document_key", sa.Unicode(128), nullable=False),
        sa.ForeignKeyConstraint(["klage_id"], ["klager.id"], name="fk_klage_uden_klage_id_klager"),
        sa.PrimaryKeyConstraint("klage_id", "number", name="pk_klage_uden"),
    )
# fmt: on


def downgrade() -> None:
    op.drop_table("klage_uden")
