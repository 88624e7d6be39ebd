"""Add the municipality's own rates and answering times, and what an application is about.

Why: an administrator changes both on a page, and sees who changed what when (barnets lov chapter 8,
retssikkerhedsloven § 3, stk. 2). Rates the municipality had as files are put in again once with
»dubu satser add«. The previous release reads none of it, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0040"
down_revision = "0039"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.add_column("underretninger", sa.Column("area", sa.Unicode(40), nullable=True))
    op.create_table("egne_satser",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Unicode(40), nullable=False),
        sa.Column("title", sa.Unicode(120), nullable=False),
        sa.Column("law", sa.Unicode(60), nullable=False),
        sa.Column("amount", sa.Numeric(12, 4), nullable=False),
        sa.Column("unit", sa.Unicode(16), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("source", sa.Unicode(300), nullable=False),
        sa.Column("confidence", sa.Unicode(300), nullable=False),
        sa.Column("file", sa.Unicode(120), nullable=True),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("entered_by", sa.Unicode(64), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.Unicode(64), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["replaces"], ["egne_satser.id"],
            name="fk_egne_satser_replaces_egne_satser"),
        sa.PrimaryKeyConstraint("id", name="pk_egne_satser"),
    )
    op.create_index("ix_egne_satser_replaces", "egne_satser", ["replaces"])
    op.create_table("svarfrister",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.Unicode(40), nullable=False),
        sa.Column("title", sa.Unicode(120), nullable=False),
        sa.Column("law", sa.Unicode(60), nullable=False),
        sa.Column("amount", sa.SmallInteger(), nullable=False),
        sa.Column("unit", sa.Unicode(16), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Unicode(300), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("entered_by", sa.Unicode(64), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.Unicode(64), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["replaces"], ["svarfrister.id"],
            name="fk_svarfrister_replaces_svarfrister"),
        sa.PrimaryKeyConstraint("id", name="pk_svarfrister"),
    )
    op.create_index("ix_svarfrister_replaces", "svarfrister", ["replaces"])
    op.create_table("svarbeskeder",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("underretning_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"],
            name="fk_svarbeskeder_letter_id_letters"),
        sa.ForeignKeyConstraint(["underretning_id"], ["underretninger.id"],
            name="fk_svarbeskeder_underretning_id_underretninger"),
        sa.PrimaryKeyConstraint("letter_id", name="pk_svarbeskeder"),
    )
    op.create_index("ix_svarbeskeder_underretning_id", "svarbeskeder", ["underretning_id"])
# fmt: on


def downgrade() -> None:
    for table in ("svarbeskeder", "svarfrister", "egne_satser"):
        op.drop_table(table)
    op.drop_column("underretninger", "area")
