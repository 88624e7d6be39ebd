"""Add the questions to the second person of a genvurdering, and their answers.

Why: who takes part without having handled the case says so in their own words (barnets lov § 137,
stk. 1). The previous release does not read the table, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0020"
down_revision = "0011"

# SQL Server's own DATETIME rounds to three milliseconds.
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("genvurderinger",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("underretning_id", sa.Uuid(), nullable=False),
        sa.Column("employee", sa.Unicode(64), nullable=False),
        sa.Column("asked_by", sa.Unicode(64), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("words", sa.UnicodeText(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["underretning_id"], ["underretninger.id"],
            name="fk_genvurderinger_underretning_id_underretninger"),
        sa.PrimaryKeyConstraint("id", name="pk_genvurderinger"),
    )
    op.create_index("ix_genvurderinger_underretning_id", "genvurderinger", ["underretning_id"])
    op.create_index("ix_genvurderinger_employee_state", "genvurderinger", ["employee", "state"])
    op.create_index("ix_genvurderinger_asked_by_state", "genvurderinger", ["asked_by", "state"])
# fmt: on


def downgrade() -> None:
    op.drop_table("genvurderinger")
