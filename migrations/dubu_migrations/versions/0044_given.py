"""Keep every indsats a decision gives as a row of its own, in place of one in the decision.

Why: a decision gives several (barnets lov § 32), each with its purpose and last day, and each is
begun for itself. The previous release reads the columns that go, so it is stopped before this step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"

OLD = sa.table(
    "afgoerelser",
    sa.column("skrift_id"), sa.column("indsats"), sa.column("place"), sa.column("indsats_law"),
)  # fmt: skip
NEW = sa.table(
    "afgoerelse_indsatser",
    sa.column("skrift_id"), sa.column("position"), sa.column("code"), sa.column("place"),
    sa.column("law"),
)  # fmt: skip


# fmt: off
def upgrade() -> None:
    op.create_table("afgoerelse_indsatser",
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.Unicode(40), nullable=False),
        sa.Column("place", sa.Unicode(40), nullable=True),
        sa.Column("purpose", sa.Unicode(500), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("law", sa.Unicode(120), nullable=True),
        sa.ForeignKeyConstraint(["skrift_id"], ["afgoerelser.skrift_id"],
            name="fk_afgoerelse_indsatser_skrift_id_afgoerelser"),
        sa.PrimaryKeyConstraint("skrift_id", "position", name="pk_afgoerelse_indsatser"),
    )
    stands = sa.select(
        OLD.c.skrift_id, sa.literal_column("1"), OLD.c.indsats, OLD.c.place, OLD.c.indsats_law
    ).where(OLD.c.indsats.is_not(None))
    names = ["skrift_id", "position", "code", "place", "law"]
    op.execute(sa.insert(NEW).from_select(names, stands))
    for name in ("indsats", "place", "indsats_law"):
        op.drop_column("afgoerelser", name)


def downgrade() -> None:
    op.add_column("afgoerelser", sa.Column("indsats", sa.Unicode(40), nullable=True))
    op.add_column("afgoerelser", sa.Column("place", sa.Unicode(40), nullable=True))
    op.add_column("afgoerelser", sa.Column("indsats_law", sa.Unicode(120), nullable=True))
    first = sa.and_(NEW.c.skrift_id == OLD.c.skrift_id, NEW.c.position == sa.literal_column("1"))
    for old, new in (("indsats", "code"), ("place", "place"), ("indsats_law", "law")):
        said = sa.select(NEW.c[new]).where(first).scalar_subquery()
        op.execute(sa.update(OLD).values({old: said}))
    op.drop_table("afgoerelse_indsatser")
# fmt: on
