"""Add absences, what is put off, what was sent on to a leader, and the morning mail.

Why: reminders must reach somebody when their owner is away, and nobody else more than once. The
previous release does not read these tables, and the new column is null, so it can run beside this.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0008"
down_revision = "0007"

# SQL Server's own DATETIME rounds to three milliseconds.
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]

MISSED = "state = 'aaben' AND exceeded_at IS NOT NULL"
TABLES = ("morgenmail", "eskaleringer", "udskydelser", "fravaer")


# fmt: off
def upgrade() -> None:
    op.add_column("employees", sa.Column("email", sa.Unicode(200), nullable=True))
    op.create_table("fravaer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employee", sa.Unicode(64), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("stand_in", sa.Unicode(64), nullable=True),
        sa.Column("set_by", sa.Unicode(64), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("ended_by", sa.Unicode(64), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_fravaer"),
    )
    op.create_index("ix_fravaer_last_employee", "fravaer", ["last", "employee"])
    op.create_table("udskydelser",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("frist_id", sa.Uuid(), nullable=False),
        sa.Column("bundle", sa.Unicode(64), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Unicode(300), nullable=False),
        sa.Column("by", sa.Unicode(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["frist_id"], ["frister.id"],
            name="fk_udskydelser_frist_id_frister"),
        sa.PrimaryKeyConstraint("id", name="pk_udskydelser"),
    )
    op.create_index("ix_udskydelser_frist_id", "udskydelser", ["frist_id"])
    op.create_index("ix_udskydelser_until_frist_id", "udskydelser", ["until", "frist_id"])
    op.create_table("eskaleringer",
        sa.Column("frist_id", sa.Uuid(), nullable=False),
        sa.Column("to", sa.Unicode(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["frist_id"], ["frister.id"],
            name="fk_eskaleringer_frist_id_frister"),
        sa.PrimaryKeyConstraint("frist_id", name="pk_eskaleringer"),
    )
    op.create_index("ix_eskaleringer_to_seen_at", "eskaleringer", ["to", "seen_at"])
    op.create_table("morgenmail",
        sa.Column("employee", sa.Unicode(64), nullable=False),
        sa.Column("off_at", MOMENT, nullable=True),
        sa.Column("returned_at", MOMENT, nullable=True),
        sa.Column("returned_from", sa.Unicode(200), nullable=True),
        sa.PrimaryKeyConstraint("employee", name="pk_morgenmail"),
    )
    op.create_index("ix_frister_exceeded_at", "frister", ["exceeded_at"],
        sqlite_where=sa.text(MISSED), postgresql_where=sa.text(MISSED), mssql_where=sa.text(MISSED))
# fmt: on


def downgrade() -> None:
    op.drop_index("ix_frister_exceeded_at", table_name="frister")
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("employees", "email")
