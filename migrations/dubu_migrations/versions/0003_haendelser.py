"""Add the chain of hændelser, the outbox and the read log.

Why: what happened can only be added to, so the database itself refuses to change or remove it,
whoever asks. The chain's head is its first row from the start: it is what writers hold on to.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0003"
down_revision = "0002"

# SQL Server's own DATETIME rounds to three milliseconds, and a hændelse's hash would not fit.
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]

TABLES = (
    "read_log",
    "outbox",
    "haendelser",
    "chain_head",
)

NO_CHANGE = "haendelser er kun til at tilføje"

REFUSE = {
    "sqlite": [
        f"CREATE TRIGGER haendelser_no_{act} BEFORE {act} ON haendelser "
        f"BEGIN SELECT RAISE(ABORT, '{NO_CHANGE}'); END"
        for act in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION haendelser_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{NO_CHANGE}'; END $$",
        "CREATE TRIGGER haendelser_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON haendelser "
        "FOR EACH STATEMENT EXECUTE FUNCTION haendelser_refuse()",
    ],
    "mssql": [
        "CREATE TRIGGER haendelser_no_change ON haendelser INSTEAD OF UPDATE, DELETE AS "
        f"THROW 51000, N'{NO_CHANGE}', 1"
    ],
}


# fmt: off
def upgrade() -> None:
    op.create_table("chain_head",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Unicode(64), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_chain_head_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_chain_head"),
    )
    op.create_table("haendelser",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Unicode(64), nullable=False),
        sa.Column("occurred_at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("actor", sa.Unicode(64), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=True),
        sa.Column("underretning_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("data", sa.UnicodeText(), nullable=False),
        sa.Column("previous", sa.Unicode(64), nullable=False),
        sa.Column("hash", sa.Unicode(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_haendelser"),
        sa.UniqueConstraint("id", name="uq_haendelser_id"),
    )
    op.create_index("ix_haendelser_sag_id", "haendelser", ["sag_id"])
    op.create_index("ix_haendelser_underretning_id", "haendelser", ["underretning_id"])
    op.create_table("outbox",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("lane", sa.Unicode(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Unicode(32), nullable=False),
        sa.Column("payload", sa.UnicodeText(), nullable=False),
        sa.Column("actor", sa.Unicode(64), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", MOMENT, nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("error", sa.Unicode(200), nullable=True),
        sa.Column("result", sa.Unicode(128), nullable=True),
        sa.Column("reason", sa.Unicode(300), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_outbox"),
        sa.UniqueConstraint("lane", "position", name="uq_outbox_lane_position"),
    )
    op.create_index("ix_outbox_lane_state_position", "outbox", ["lane", "state", "position"])
    op.create_index("ix_outbox_state_next_try", "outbox", ["state", "next_try"])
    op.create_table("read_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("employee", sa.Unicode(64), nullable=False),
        sa.Column("act", sa.Unicode(16), nullable=False),
        sa.Column("subject_kind", sa.Unicode(32), nullable=False),
        sa.Column("subject_id", sa.Unicode(64), nullable=True),
        sa.Column("why", sa.Unicode(64), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Unicode(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_read_log"),
    )
    op.create_index("ix_read_log_at", "read_log", ["at"])
    op.create_index("ix_read_log_employee", "read_log", ["employee"])
    op.create_index("ix_read_log_subject_id", "read_log", ["subject_id"])
    op.execute(f"INSERT INTO chain_head (id, seq, hash) VALUES (1, 0, '{'0' * 64}')")
    for statement in REFUSE[op.get_context().dialect.name]:
        op.execute(statement)
# fmt: on


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    # A table goes with its triggers; PostgreSQL keeps their function.
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION haendelser_refuse()")
