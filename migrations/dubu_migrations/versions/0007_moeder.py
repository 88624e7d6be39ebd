"""Add meetings, who is invited, and calendars.

Why: a meeting booked from a case stands in a calendar too, and both can be changed, so what they
agreed on last must be remembered. The previous release does not read these tables.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]

TABLES = ("kalender_cursors", "kalender_feeds", "moede_deltagere", "moeder")


# fmt: off
def upgrade() -> None:
    op.create_table("moeder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.Unicode(32), nullable=False),
        sa.Column("owner", sa.Unicode(64), nullable=False),
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        sa.Column("place", sa.Unicode(200), nullable=True),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("needs", sa.Unicode(200), nullable=True),
        sa.Column("calendar_version", sa.Unicode(200), nullable=True),
        sa.Column("seen_starts", MOMENT, nullable=True),
        sa.Column("seen_ends", MOMENT, nullable=True),
        sa.Column("seen_place", sa.Unicode(200), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Unicode(64), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_moeder_sag_id_sager"),
        sa.PrimaryKeyConstraint("id", name="pk_moeder"),
    )
    op.create_index("ix_moeder_sag_id", "moeder", ["sag_id"])
    op.create_index("ix_moeder_owner_state_starts", "moeder", ["owner", "state", "starts"])
    op.create_table("moede_deltagere",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moede_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Unicode(200), nullable=False),
        sa.Column("email", sa.Unicode(200), nullable=True),
        sa.Column("invitation", sa.Unicode(16), nullable=False),
        sa.Column("answer", sa.Unicode(32), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_sequence", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["moede_id"], ["moeder.id"], name="fk_moede_deltagere_moede_id_moeder"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_moede_deltagere"),
    )
    op.create_index("ix_moede_deltagere_moede_id", "moede_deltagere", ["moede_id"])
    op.create_index(
        "ix_moede_deltagere_moede_id_email",
        "moede_deltagere",
        ["moede_id", "email"],
        unique=True,
        mssql_where=sa.text("moede_id IS NOT NULL AND email IS NOT NULL"),
    )
    op.create_table("kalender_feeds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employee", sa.Unicode(64), nullable=False),
        sa.Column("token_hash", sa.Unicode(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_kalender_feeds"),
        sa.UniqueConstraint("token_hash", name="uq_kalender_feeds_token_hash"),
    )
    op.create_index("ix_kalender_feeds_employee", "kalender_feeds", ["employee"])
    op.create_table("kalender_cursors",
        sa.Column("employee", sa.Unicode(64), nullable=False),
        sa.Column("cursor", sa.UnicodeText(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("employee", name="pk_kalender_cursors"),
    )
# fmt: on


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
