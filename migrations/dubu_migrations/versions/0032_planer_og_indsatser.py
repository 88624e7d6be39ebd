"""Add goals, the indsatser that serve them, and how far each goal has come.

Why: need, goal, indsats and follow-up are one chain that can be followed from either end. The
previous release does not read the tables, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0032"
down_revision = "0031"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("maal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("behov_id", sa.Uuid(), nullable=True),
        sa.Column("dimension", sa.Unicode(40), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("aim", sa.Unicode(16), nullable=False),
        sa.Column("looked_at_on", sa.Date(), nullable=True),
        sa.Column("same_as", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_maal_skrift_id_skrifter"),
        sa.ForeignKeyConstraint(["behov_id"], ["behov.id"],
            name="fk_maal_behov_id_behov"),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"],
            name="fk_maal_person_id_personer"),
        sa.ForeignKeyConstraint(["same_as"], ["maal.id"],
            name="fk_maal_same_as_maal"),
        sa.PrimaryKeyConstraint("id", name="pk_maal"),
    )
    op.create_index("ix_maal_behov_id", "maal", ["behov_id"])
    op.create_index("ix_maal_person_id", "maal", ["person_id"])
    op.create_index("ix_maal_same_as", "maal", ["same_as"])
    op.create_index("ix_maal_skrift_id", "maal", ["skrift_id"])
    op.create_table("maal_status",
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("maal_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Unicode(16), nullable=False),
        sa.Column("barnets_tal", sa.SmallInteger(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_maal_status_skrift_id_skrifter"),
        sa.ForeignKeyConstraint(["maal_id"], ["maal.id"],
            name="fk_maal_status_maal_id_maal"),
        sa.PrimaryKeyConstraint("skrift_id", "maal_id", name="pk_maal_status"),
    )
    op.create_index("ix_maal_status_maal_id", "maal_status", ["maal_id"])
    op.create_table("indsatser",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Unicode(40), nullable=False),
        sa.Column("law", sa.Unicode(80), nullable=False),
        sa.Column("decision_law", sa.Unicode(80), nullable=False),
        sa.Column("afgoerelse_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Unicode(40), nullable=True),
        sa.Column("place_name", sa.Unicode(200), nullable=True),
        sa.Column("place_hidden", sa.Boolean(), nullable=False),
        sa.Column("supplier", sa.Unicode(200), nullable=True),
        sa.Column("amount", sa.Numeric(9, 2), nullable=True),
        sa.Column("unit", sa.Unicode(16), nullable=False),
        sa.Column("per", sa.Unicode(16), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("expected_end", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Unicode(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"],
            name="fk_indsatser_sag_id_sager"),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"],
            name="fk_indsatser_person_id_personer"),
        sa.ForeignKeyConstraint(["afgoerelse_id"], ["skrifter.id"],
            name="fk_indsatser_afgoerelse_id_skrifter"),
        sa.PrimaryKeyConstraint("id", name="pk_indsatser"),
    )
    op.create_index("ix_indsatser_afgoerelse_id", "indsatser", ["afgoerelse_id"])
    op.create_index("ix_indsatser_person_id", "indsatser", ["person_id"])
    op.create_index("ix_indsatser_sag_id", "indsatser", ["sag_id"])
    op.create_index("ix_indsatser_state_starts_on", "indsatser", ["state", "starts_on"])
    op.create_table("indsats_maal",
        sa.Column("indsats_id", sa.Uuid(), nullable=False),
        sa.Column("maal_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["indsats_id"], ["indsatser.id"],
            name="fk_indsats_maal_indsats_id_indsatser"),
        sa.ForeignKeyConstraint(["maal_id"], ["maal.id"],
            name="fk_indsats_maal_maal_id_maal"),
        sa.PrimaryKeyConstraint("indsats_id", "maal_id", name="pk_indsats_maal"),
    )
    op.create_index("ix_indsats_maal_maal_id", "indsats_maal", ["maal_id"])
    op.create_table("indsats_skift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("indsats_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Unicode(16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Unicode(40), nullable=True),
        sa.Column("words", sa.UnicodeText(), nullable=True),
        sa.Column("before", sa.UnicodeText(), nullable=False),
        sa.Column("opfoelgning_id", sa.Uuid(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["indsats_id"], ["indsatser.id"],
            name="fk_indsats_skift_indsats_id_indsatser"),
        sa.ForeignKeyConstraint(["opfoelgning_id"], ["skrifter.id"],
            name="fk_indsats_skift_opfoelgning_id_skrifter"),
        sa.PrimaryKeyConstraint("id", name="pk_indsats_skift"),
    )
    op.create_index("ix_indsats_skift_indsats_id", "indsats_skift", ["indsats_id"])
    op.create_index("ix_indsats_skift_opfoelgning_id", "indsats_skift", ["opfoelgning_id"])
# fmt: on


def downgrade() -> None:
    for table in ("indsats_skift", "indsats_maal", "indsatser", "maal_status", "maal"):
        op.drop_table(table)
