"""Keep which help a decision takes away, and since when that is said.

Why: one decision that help ends (barnets lov §§ 11, 85, 86, 89, 90 and 99) let every help of its
kind on the case be ended by it. A decision that was made before names none and counts as it did;
the previous release does not read the table, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0050"
down_revision = "0049"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("afgoerelse_ophoer",
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("indsats_id", sa.Uuid(), nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["skrift_id"], ["afgoerelser.skrift_id"],
            name="fk_afgoerelse_ophoer_skrift_id_afgoerelser"),
        sa.ForeignKeyConstraint(["indsats_id"], ["indsatser.id"],
            name="fk_afgoerelse_ophoer_indsats_id_indsatser"),
        sa.PrimaryKeyConstraint("skrift_id", "indsats_id", name="pk_afgoerelse_ophoer"),
    )
    op.create_index("ix_afgoerelse_ophoer_indsats_id", "afgoerelse_ophoer", ["indsats_id"])
# fmt: on


def downgrade() -> None:
    op.drop_index("ix_afgoerelse_ophoer_indsats_id", "afgoerelse_ophoer")
    op.drop_table("afgoerelse_ophoer")
