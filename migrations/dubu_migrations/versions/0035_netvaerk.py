"""Add who is around a child: the network, who holds custody, and the language it speaks.

Why: who may be asked, who must consent and who gets which letter follows custody, and who can step
in today is asked by whoever is on duty. The previous release does not read the tables, so it can
run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0035"
down_revision = "0034"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("netvaerk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["personer.id"],
            name="fk_netvaerk_child_id_personer"),
        sa.ForeignKeyConstraint(["other_id"], ["personer.id"],
            name="fk_netvaerk_other_id_personer"),
        sa.PrimaryKeyConstraint("id", name="pk_netvaerk"),
        sa.UniqueConstraint("child_id", "other_id", "turn",
            name="uq_netvaerk_child_id_other_id_turn"),
    )
    op.create_index("ix_netvaerk_other_id", "netvaerk", ["other_id"])
    op.create_table("netvaerk_udgaver",
        sa.Column("netvaerk_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.Unicode(32), nullable=False),
        sa.Column("called", sa.Unicode(60), nullable=False),
        sa.Column("circle", sa.Unicode(16), nullable=False),
        sa.Column("ring", sa.Integer(), nullable=False),
        sa.Column("custody", sa.Unicode(16), nullable=False),
        sa.Column("lives_here", sa.Boolean(), nullable=False),
        sa.Column("samvaer", sa.Unicode(500), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("steps_in", sa.Unicode(16), nullable=False),
        sa.Column("steps_in_with", sa.Unicode(300), nullable=False),
        sa.Column("steps_in_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Unicode(300), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["netvaerk_id"], ["netvaerk.id"],
            name="fk_netvaerk_udgaver_netvaerk_id_netvaerk"),
        sa.PrimaryKeyConstraint("netvaerk_id", "number", name="pk_netvaerk_udgaver"),
    )
    op.create_table("stamkort",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("holders", sa.Unicode(300), nullable=False),
        sa.Column("homes", sa.Unicode(300), nullable=False),
        sa.Column("custody_source", sa.Unicode(32), nullable=False),
        sa.Column("custody_from", sa.Date(), nullable=True),
        sa.Column("language", sa.Unicode(60), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["personer.id"],
            name="fk_stamkort_child_id_personer"),
        sa.PrimaryKeyConstraint("child_id", name="pk_stamkort"),
    )
# fmt: on


def downgrade() -> None:
    op.drop_table("stamkort")
    op.drop_table("netvaerk_udgaver")
    op.drop_table("netvaerk")
