"""Add what is written on a case: skrifter, their versions, texts, sources, and the needs in them.

Why: screening, afdækning, undersøgelse, decision, plan and follow-up are one kind of thing, and a
new version of one carries everything by copying nothing. The previous release does not read the
tables, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0030"
down_revision = "0021"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("skrifter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Unicode(32), nullable=False),
        sa.Column("method", sa.Unicode(40), nullable=True),
        sa.Column("method_version", sa.Unicode(16), nullable=True),
        sa.Column("grown_from", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("begun_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_skrifter_sag_id_sager"),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"],
            name="fk_skrifter_person_id_personer"),
        sa.ForeignKeyConstraint(["grown_from"], ["skrifter.id"],
            name="fk_skrifter_grown_from_skrifter"),
        sa.PrimaryKeyConstraint("id", name="pk_skrifter"),
    )
    op.create_index("ix_skrifter_person_id", "skrifter", ["person_id"])
    op.create_index("ix_skrifter_grown_from", "skrifter", ["grown_from"])
    op.create_index("ix_skrifter_sag_id_kind", "skrifter", ["sag_id", "kind"])
    op.create_index("ix_skrifter_method_method_version", "skrifter", ["method", "method_version"])
    op.create_index("ix_skrifter_state_kind", "skrifter", ["state", "kind"])
    op.create_table("skrift_versioner",
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("begun_by", sa.Unicode(64), nullable=False),
        sa.Column("presented_at", MOMENT, nullable=True),
        sa.Column("presented_by", sa.Unicode(64), nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("approved_by", sa.Unicode(64), nullable=True),
        sa.Column("remark", sa.UnicodeText(), nullable=True),
        sa.Column("digest", sa.Unicode(64), nullable=True),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_skrift_versioner_skrift_id_skrifter"),
        sa.PrimaryKeyConstraint("skrift_id", "number", name="pk_skrift_versioner"),
    )
    op.create_table("tekster",
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Unicode(80), nullable=False),
        sa.Column("field", sa.Unicode(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.UnicodeText(), nullable=False),
        sa.Column("before", sa.UnicodeText(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by", sa.Unicode(64), nullable=False),
        sa.Column("copied_from", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_tekster_skrift_id_skrifter"),
        sa.ForeignKeyConstraint(["copied_from"], ["skrifter.id"],
            name="fk_tekster_copied_from_skrifter"),
        sa.PrimaryKeyConstraint("skrift_id", "place", "field", "version", name="pk_tekster"),
    )
    op.create_index("ix_tekster_copied_from", "tekster", ["copied_from"])
    op.create_table("behov",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("dimension", sa.Unicode(40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("same_as", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"], name="fk_behov_skrift_id_skrifter"),
        sa.ForeignKeyConstraint(["same_as"], ["behov.id"], name="fk_behov_same_as_behov"),
        sa.PrimaryKeyConstraint("id", name="pk_behov"),
    )
    op.create_index("ix_behov_skrift_id", "behov", ["skrift_id"])
    op.create_index("ix_behov_same_as", "behov", ["same_as"])
    op.create_table("kilder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Unicode(32), nullable=False),
        sa.Column("title", sa.Unicode(200), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("document_key", sa.Unicode(128), nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", sa.Unicode(64), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_kilder_skrift_id_skrifter"),
        sa.PrimaryKeyConstraint("id", name="pk_kilder"),
        sa.UniqueConstraint("skrift_id", "number", name="uq_kilder_skrift_id_number"),
    )
# fmt: on


def downgrade() -> None:
    for table in ("kilder", "behov", "tekster", "skrift_versioner", "skrifter"):
        op.drop_table(table)
