"""Add what is counted of an opfølgning: the choice, the day it was held, and the day of the next.

Why: the law asks for a decided rhythm (barnets lov § 95, stk. 3), and the next follow-up is
proposed from it. The previous release does not read the table, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0036"
down_revision = "0035"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("opfoelgninger",
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("plan_version", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("choice", sa.Unicode(16), nullable=False),
        sa.Column("opened", sa.UnicodeText(), nullable=False),
        sa.Column("samtale_id", sa.Uuid(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("months", sa.SmallInteger(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_opfoelgninger_skrift_id_skrifter"),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"],
            name="fk_opfoelgninger_sag_id_sager"),
        sa.ForeignKeyConstraint(["plan_id"], ["skrifter.id"],
            name="fk_opfoelgninger_plan_id_skrifter"),
        sa.ForeignKeyConstraint(["samtale_id"], ["boernesamtaler.id"],
            name="fk_opfoelgninger_samtale_id_boernesamtaler"),
        sa.PrimaryKeyConstraint("skrift_id", name="pk_opfoelgninger"),
    )
    op.create_index("ix_opfoelgninger_plan_id", "opfoelgninger", ["plan_id"])
    op.create_index("ix_opfoelgninger_sag_id", "opfoelgninger", ["sag_id"])
    op.create_index("ix_opfoelgninger_samtale_id", "opfoelgninger", ["samtale_id"])
# fmt: on


def downgrade() -> None:
    op.drop_table("opfoelgninger")
