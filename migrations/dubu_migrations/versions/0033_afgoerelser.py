"""Add decisions: what is decided, who is heard and consents, and complaints.

Why: a decision is written as any other skrift, but what is counted and asked of it (who decided,
the votes, the dates, the consents, the complaint) has columns. The previous release does not read
the tables, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0033"
down_revision = "0032"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("afgoerelser",
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.Unicode(40), nullable=False),
        sa.Column("indsats", sa.Unicode(40), nullable=True),
        sa.Column("place", sa.Unicode(40), nullable=True),
        sa.Column("outcome", sa.Unicode(16), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("plan", sa.Boolean(), nullable=True),
        sa.Column("committee_on", sa.Date(), nullable=True),
        sa.Column("votes_for", sa.SmallInteger(), nullable=True),
        sa.Column("protocol", sa.Unicode(128), nullable=True),
        sa.Column("dissent", sa.Boolean(), nullable=True),
        sa.Column("statement_on", sa.Date(), nullable=True),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("law", sa.Unicode(120), nullable=True),
        sa.Column("indsats_law", sa.Unicode(120), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=True),
        sa.Column("made_by", sa.Unicode(64), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_afgoerelser_skrift_id_skrifter"),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_afgoerelser_sag_id_sager"),
        sa.ForeignKeyConstraint(["replaces"], ["skrifter.id"],
            name="fk_afgoerelser_replaces_skrifter"),
        sa.PrimaryKeyConstraint("skrift_id", name="pk_afgoerelser"),
    )
    op.create_index("ix_afgoerelser_replaces", "afgoerelser", ["replaces"])
    op.create_index("ix_afgoerelser_sag_id_state", "afgoerelser", ["sag_id", "state"])
    op.create_table("afgoerelse_samtykker",
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Unicode(16), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.Boolean(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("noted_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_afgoerelse_samtykker_skrift_id_skrifter"),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"],
            name="fk_afgoerelse_samtykker_person_id_personer"),
        sa.PrimaryKeyConstraint("skrift_id", "person_id", name="pk_afgoerelse_samtykker"),
    )
    op.create_index("ix_afgoerelse_samtykker_person_id", "afgoerelse_samtykker", ["person_id"])
    op.create_table("partshoeringer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.Unicode(24), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("exception", sa.SmallInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("noted_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_partshoeringer_skrift_id_skrifter"),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"],
            name="fk_partshoeringer_person_id_personer"),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"],
            name="fk_partshoeringer_letter_id_letters"),
        sa.PrimaryKeyConstraint("id", name="pk_partshoeringer"),
        sa.UniqueConstraint("skrift_id", "person_id", name="uq_partshoeringer_skrift_id_person_id"),
    )
    op.create_index("ix_partshoeringer_letter_id", "partshoeringer", ["letter_id"])
    op.create_index("ix_partshoeringer_person_id", "partshoeringer", ["person_id"])
    op.create_table("afgoerelse_breve",
        sa.Column("skrift_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_afgoerelse_breve_skrift_id_skrifter"),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"],
            name="fk_afgoerelse_breve_person_id_personer"),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"],
            name="fk_afgoerelse_breve_letter_id_letters"),
        sa.PrimaryKeyConstraint("skrift_id", "person_id", name="pk_afgoerelse_breve"),
    )
    op.create_index("ix_afgoerelse_breve_letter_id", "afgoerelse_breve", ["letter_id"])
    op.create_index("ix_afgoerelse_breve_person_id", "afgoerelse_breve", ["person_id"])
    op.create_table("klager",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("afgoerelse_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("form", sa.Unicode(16), nullable=False),
        sa.Column("words", sa.UnicodeText(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("suspensive", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("outcome", sa.Unicode(16), nullable=True),
        sa.Column("reassessment", sa.UnicodeText(), nullable=True),
        sa.Column("reassessed_at", MOMENT, nullable=True),
        sa.Column("reassessed_by", sa.Unicode(64), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ruling", sa.Unicode(16), nullable=True),
        sa.Column("noted_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_klager_sag_id_sager"),
        sa.ForeignKeyConstraint(["afgoerelse_id"], ["skrifter.id"],
            name="fk_klager_afgoerelse_id_skrifter"),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"],
            name="fk_klager_person_id_personer"),
        sa.PrimaryKeyConstraint("id", name="pk_klager"),
    )
    op.create_index("ix_klager_afgoerelse_id", "klager", ["afgoerelse_id"])
    op.create_index("ix_klager_person_id", "klager", ["person_id"])
    op.create_index("ix_klager_sag_id", "klager", ["sag_id"])
    op.create_table("klage_dele",
        sa.Column("klage_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("sha256", sa.Unicode(64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["klage_id"], ["klager.id"], name="fk_klage_dele_klage_id_klager"),
        sa.PrimaryKeyConstraint("klage_id", "number", name="pk_klage_dele"),
    )
# fmt: on


def downgrade() -> None:
    for table in (
        "klage_dele", "klager", "afgoerelse_breve", "partshoeringer", "afgoerelse_samtykker",
        "afgoerelser",
    ):  # fmt: skip
        op.drop_table(table)
