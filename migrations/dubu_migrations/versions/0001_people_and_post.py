"""Add people, units and staff as the host knows them, and what came in through the door.

Why: no page waits for the host, so what a page shows of people is kept here; and what came in is
kept exactly as it came.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0001"
down_revision = None

# SQL Server's own DATETIME rounds to three milliseconds.
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]

TABLES = (
    "ties",
    "post_files",
    "post_deliveries",
    "known_cases",
    "units",
    "post_items",
    "personer",
    "employees",
)


# fmt: off
def upgrade() -> None:
    op.create_table("employees",
        sa.Column("key", sa.Unicode(64), nullable=False),
        sa.Column("login", sa.Unicode(100), nullable=False),
        sa.Column("name", sa.Unicode(200), nullable=False),
        sa.Column("title", sa.Unicode(100), nullable=True),
        sa.Column("phone", sa.Unicode(40), nullable=True),
        sa.Column("unit", sa.Unicode(64), nullable=True),
        sa.Column("roles", sa.Unicode(200), nullable=False),
        sa.Column("person_key", sa.Unicode(128), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_employees"),
        sa.UniqueConstraint("login", name="uq_employees_login"),
    )
    op.create_index("ix_employees_person_key", "employees", ["person_key"])
    op.create_index("ix_employees_unit", "employees", ["unit"])
    op.create_table("personer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("host_key", sa.Unicode(128), nullable=True),
        sa.Column("name", sa.Unicode(200), nullable=False),
        sa.Column("cpr", sa.Unicode(10), nullable=True),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("mother_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.Unicode(300), nullable=True),
        sa.Column("protected_address", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.Unicode(40), nullable=True),
        sa.Column("email", sa.Unicode(200), nullable=True),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["mother_id"],
            ["personer.id"],
            name="fk_personer_mother_id_personer",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_personer"),
    )
    op.create_index("ix_personer_cpr", "personer", ["cpr"])
    op.create_index(
        "ix_personer_host_key",
        "personer",
        ["host_key"],
        unique=True,
        mssql_where=sa.text("host_key IS NOT NULL"),
    )
    op.create_table("post_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("same_as", sa.Unicode(64), nullable=False),
        sa.Column("host_key", sa.Unicode(128), nullable=True),
        sa.Column("channel", sa.Unicode(32), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.Column("filename", sa.Unicode(255), nullable=False),
        sa.Column("sha256", sa.Unicode(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sender", sa.Unicode(200), nullable=True),
        sa.Column("subject", sa.Unicode(300), nullable=True),
        sa.Column("henvendelse", sa.Unicode(32), nullable=False),
        sa.Column("state", sa.Unicode(32), nullable=False),
        sa.Column("needs", sa.Unicode(200), nullable=True),
        sa.Column("underretning_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_post_items"),
        sa.UniqueConstraint("same_as", name="uq_post_items_same_as"),
    )
    op.create_index("ix_post_items_host_key", "post_items", ["host_key"])
    op.create_index("ix_post_items_state_received_at", "post_items", ["state", "received_at"])
    op.create_index("ix_post_items_underretning_id", "post_items", ["underretning_id"])
    op.create_table("units",
        sa.Column("key", sa.Unicode(64), nullable=False),
        sa.Column("title", sa.Unicode(200), nullable=False),
        sa.Column("parent", sa.Unicode(64), nullable=True),
        sa.Column("phone", sa.Unicode(40), nullable=True),
        sa.Column("acute_phone", sa.Unicode(40), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_units"),
    )
    op.create_table("known_cases",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("host_key", sa.Unicode(128), nullable=False),
        sa.Column("number", sa.Unicode(64), nullable=True),
        sa.Column("title", sa.Unicode(200), nullable=False),
        sa.Column("subject_code", sa.Unicode(32), nullable=True),
        sa.Column("phase", sa.Unicode(16), nullable=False),
        sa.Column("primary", sa.Boolean(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["personer.id"],
            name="fk_known_cases_person_id_personer",
        ),
        sa.PrimaryKeyConstraint("person_id", "host_key", name="pk_known_cases"),
    )
    op.create_table("post_deliveries",
        sa.Column("host_key", sa.Unicode(128), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post_items.id"],
            name="fk_post_deliveries_post_id_post_items",
        ),
        sa.PrimaryKeyConstraint("host_key", name="pk_post_deliveries"),
    )
    op.create_index("ix_post_deliveries_post_id", "post_deliveries", ["post_id"])
    op.create_table("post_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Unicode(255), nullable=False),
        sa.Column("media_type", sa.Unicode(100), nullable=False),
        sa.Column("sha256", sa.Unicode(64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Unicode(32), nullable=False),
        sa.Column("text", sa.UnicodeText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post_items.id"],
            name="fk_post_files_post_id_post_items",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_post_files"),
        sa.UniqueConstraint("post_id", "position", name="uq_post_files_post_id_position"),
    )
    op.create_index("ix_post_files_post_id", "post_files", ["post_id"])
    op.create_table("ties",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("tie", sa.Unicode(32), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["personer.id"], name="fk_ties_other_id_personer"),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"], name="fk_ties_person_id_personer"),
        sa.PrimaryKeyConstraint("person_id", "other_id", name="pk_ties"),
    )
    op.create_index("ix_ties_other_id", "ties", ["other_id"])
# fmt: on


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
