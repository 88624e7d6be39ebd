"""Keep the journal's notes and documents as they were last told, for the stream of a case.

Why: a page never waits for another system, and the stream shows what lies in the journal. The
previous release does not read these tables, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0039"
down_revision = "0038"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("journalnotater",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("host_key", sa.Unicode(128), nullable=True),
        sa.Column("line", sa.Unicode(16), nullable=False),
        sa.Column("title", sa.Unicode(300), nullable=False),
        sa.Column("body", sa.UnicodeText(), nullable=False),
        sa.Column("present", sa.Unicode(500), nullable=False),
        sa.Column("own_words", sa.UnicodeText(), nullable=False),
        sa.Column("occurred_at", MOMENT, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("author", sa.Unicode(64), nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("sought", sa.UnicodeText(), nullable=False),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"],
            name="fk_journalnotater_sag_id_sager"),
        sa.PrimaryKeyConstraint("id", name="pk_journalnotater"),
    )
    op.create_index("ix_journalnotater_host_key", "journalnotater", ["host_key"],
        unique=True, mssql_where=sa.text("host_key IS NOT NULL"))
    op.create_index("ix_journalnotater_sag_id_occurred_at", "journalnotater",
        ["sag_id", "occurred_at"])
    op.create_table("journaldokumenter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("host_key", sa.Unicode(128), nullable=False),
        sa.Column("title", sa.Unicode(300), nullable=False),
        sa.Column("direction", sa.Unicode(16), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("party", sa.Unicode(200), nullable=True),
        sa.Column("filed", sa.Boolean(), nullable=False),
        sa.Column("occurred_at", MOMENT, nullable=False),
        sa.Column("author", sa.Unicode(64), nullable=True),
        sa.Column("sought", sa.UnicodeText(), nullable=False),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"],
            name="fk_journaldokumenter_sag_id_sager"),
        sa.PrimaryKeyConstraint("id", name="pk_journaldokumenter"),
        sa.UniqueConstraint("host_key", name="uq_journaldokumenter_host_key"),
    )
    op.create_index("ix_journaldokumenter_sag_id_occurred_at", "journaldokumenter",
        ["sag_id", "occurred_at"])
    op.create_table("foldninger",
        sa.Column("haendelse_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("haendelse_id", name="pk_foldninger"),
    )
    op.create_index("ix_foldninger_entry_id", "foldninger", ["entry_id"])
    op.create_table("journalkopier",
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("copied_at", MOMENT, nullable=False),
        sa.Column("newest_note", sa.Unicode(128), nullable=True),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"],
            name="fk_journalkopier_sag_id_sager"),
        sa.PrimaryKeyConstraint("sag_id", name="pk_journalkopier"),
    )
    op.create_table("journalcursor",
        sa.Column("host", sa.Unicode(64), nullable=False),
        sa.Column("cursor", sa.Unicode(200), nullable=True),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_journalcursor"),
    )
# fmt: on


def downgrade() -> None:
    for table in (
        "journalcursor",
        "journalkopier",
        "foldninger",
        "journaldokumenter",
        "journalnotater",
    ):
        op.drop_table(table)
