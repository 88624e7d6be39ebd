"""Add cases, underretninger, assessments, deadlines, letters and drafts.

Why: the state the panels read. A deadline keeps the version of the rule it was opened under, and
the one it replaced.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0002"
down_revision = "0001"

# SQL Server's own DATETIME rounds to three milliseconds.
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]

TABLES = (
    "vurderinger",
    "letters",
    "frister",
    "candidates",
    "aarsager",
    "underretninger",
    "sagsdeltagere",
    "sager",
    "conflicts",
    "search_words",
    "drafts",
)


# fmt: off
def upgrade() -> None:
    op.create_table("drafts",
        sa.Column("employee", sa.Unicode(64), nullable=False),
        sa.Column("form", sa.Unicode(100), nullable=False),
        sa.Column("fields", sa.UnicodeText(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("employee", "form", name="pk_drafts"),
    )
    op.create_table("search_words",
        sa.Column("word", sa.Unicode(40), nullable=False),
        sa.Column("kind", sa.Unicode(16), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("weight", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("word", "kind", "subject_id", name="pk_search_words"),
    )
    op.create_index("ix_search_words_subject_id", "search_words", ["subject_id"])
    op.create_table("conflicts",
        sa.Column("employee", sa.Unicode(64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.Unicode(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["personer.id"],
            name="fk_conflicts_person_id_personer",
        ),
        sa.PrimaryKeyConstraint("employee", "person_id", name="pk_conflicts"),
    )
    op.create_index("ix_conflicts_person_id", "conflicts", ["person_id"])
    op.create_table("sager",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("host_key", sa.Unicode(128), nullable=True),
        sa.Column("number", sa.Unicode(64), nullable=True),
        sa.Column("title", sa.Unicode(200), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.Unicode(32), nullable=False),
        sa.Column("step", sa.Unicode(32), nullable=False),
        sa.Column("phase", sa.Unicode(16), nullable=False),
        sa.Column("responsible", sa.Unicode(64), nullable=True),
        sa.Column("unit", sa.Unicode(64), nullable=True),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("has_indsats", sa.Boolean(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["personer.id"], name="fk_sager_child_id_personer"),
        sa.PrimaryKeyConstraint("id", name="pk_sager"),
    )
    op.create_index("ix_sager_child_id", "sager", ["child_id"])
    op.create_index(
        "ix_sager_host_key",
        "sager",
        ["host_key"],
        unique=True,
        mssql_where=sa.text("host_key IS NOT NULL"),
    )
    op.create_index("ix_sager_responsible", "sager", ["responsible"])
    op.create_index("ix_sager_unit", "sager", ["unit"])
    op.create_table("sagsdeltagere",
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("employee", sa.Unicode(64), nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_sagsdeltagere_sag_id_sager"),
        sa.PrimaryKeyConstraint("sag_id", "employee", name="pk_sagsdeltagere"),
    )
    op.create_index("ix_sagsdeltagere_employee", "sagsdeltagere", ["employee"])
    op.create_table("underretninger",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("henvendelse", sa.Unicode(32), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("channel", sa.Unicode(32), nullable=False),
        sa.Column("pligt", sa.Unicode(8), nullable=True),
        sa.Column("underretter", sa.Unicode(8), nullable=True),
        sa.Column("professional", sa.Boolean(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("notifier_name", sa.Unicode(200), nullable=True),
        sa.Column("notifier_organisation", sa.Unicode(200), nullable=True),
        sa.Column("notifier_address", sa.Unicode(300), nullable=True),
        sa.Column("notifier_relation", sa.Unicode(200), nullable=True),
        sa.Column("orienteret", sa.Unicode(32), nullable=True),
        sa.Column("overgreb", sa.Unicode(16), nullable=True),
        sa.Column("text", sa.UnicodeText(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("child_state", sa.Unicode(16), nullable=False),
        sa.Column("matched_at", MOMENT, nullable=True),
        sa.Column("sag_id", sa.Uuid(), nullable=True),
        sa.Column("responsible", sa.Unicode(64), nullable=True),
        sa.Column("unit", sa.Unicode(64), nullable=True),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("andet_reason", sa.UnicodeText(), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["personer.id"],
            name="fk_underretninger_child_id_personer",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post_items.id"],
            name="fk_underretninger_post_id_post_items",
        ),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_underretninger_sag_id_sager"),
        sa.PrimaryKeyConstraint("id", name="pk_underretninger"),
        sa.UniqueConstraint("post_id", name="uq_underretninger_post_id"),
    )
    op.create_index("ix_underretninger_child_id", "underretninger", ["child_id"])
    op.create_index("ix_underretninger_responsible", "underretninger", ["responsible"])
    op.create_index("ix_underretninger_sag_id", "underretninger", ["sag_id"])
    op.create_index(
        "ix_underretninger_state_received_at",
        "underretninger",
        ["state", "received_at"],
    )
    op.create_index("ix_underretninger_unit", "underretninger", ["unit"])
    op.create_index("ix_underretninger_unit_state", "underretninger", ["unit", "state"])
    op.create_table("aarsager",
        sa.Column("underretning_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Unicode(16), nullable=False),
        sa.Column("suggested", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["underretning_id"],
            ["underretninger.id"],
            name="fk_aarsager_underretning_id_underretninger",
        ),
        sa.PrimaryKeyConstraint("underretning_id", "code", name="pk_aarsager"),
    )
    op.create_table("candidates",
        sa.Column("underretning_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Unicode(100), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["personer.id"],
            name="fk_candidates_person_id_personer",
        ),
        sa.ForeignKeyConstraint(
            ["underretning_id"],
            ["underretninger.id"],
            name="fk_candidates_underretning_id_underretninger",
        ),
        sa.PrimaryKeyConstraint("underretning_id", "person_id", name="pk_candidates"),
    )
    op.create_table("frister",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Unicode(16), nullable=False),
        sa.Column("rule_version", sa.Date(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=True),
        sa.Column("underretning_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("anchor_id", sa.Uuid(), nullable=False),
        sa.Column("anchor_at", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=True),
        sa.Column("warn", MOMENT, nullable=True),
        sa.Column("profile", sa.Unicode(16), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Unicode(300), nullable=True),
        sa.Column("responsible", sa.Unicode(64), nullable=True),
        sa.Column("unit", sa.Unicode(64), nullable=True),
        sa.Column("bundle", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["personer.id"],
            name="fk_frister_person_id_personer",
        ),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_frister_sag_id_sager"),
        sa.ForeignKeyConstraint(
            ["underretning_id"],
            ["underretninger.id"],
            name="fk_frister_underretning_id_underretninger",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_frister"),
    )
    op.create_index(
        "ix_frister_bundle",
        "frister",
        ["bundle"],
        sqlite_where=sa.text("state = 'aaben'"),
        postgresql_where=sa.text("state = 'aaben'"),
        mssql_where=sa.text("state = 'aaben'"),
    )
    op.create_index("ix_frister_person_id", "frister", ["person_id"])
    op.create_index(
        "ix_frister_responsible_bundle_due",
        "frister",
        ["responsible", "bundle", "due"],
        sqlite_where=sa.text("state = 'aaben'"),
        postgresql_where=sa.text("state = 'aaben'"),
        mssql_where=sa.text("state = 'aaben'"),
    )
    op.create_index("ix_frister_sag_id", "frister", ["sag_id"])
    op.create_index("ix_frister_underretning_id", "frister", ["underretning_id"])
    op.create_index(
        "ix_frister_unit_bundle_due_responsible",
        "frister",
        ["unit", "bundle", "due", "responsible"],
        sqlite_where=sa.text("state = 'aaben'"),
        postgresql_where=sa.text("state = 'aaben'"),
        mssql_where=sa.text("state = 'aaben'"),
    )
    op.create_table("letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Unicode(64), nullable=False),
        sa.Column("template_version", sa.Unicode(64), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=True),
        sa.Column("underretning_id", sa.Uuid(), nullable=True),
        sa.Column("values", sa.UnicodeText(), nullable=False),
        sa.Column("recipient", sa.Unicode(500), nullable=True),
        sa.Column("address", sa.Unicode(200), nullable=True),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("document_key", sa.Unicode(128), nullable=True),
        sa.Column("docx_sha256", sa.Unicode(64), nullable=True),
        sa.Column("pdf_sha256", sa.Unicode(64), nullable=True),
        sa.Column("author", sa.Unicode(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_letters_sag_id_sager"),
        sa.ForeignKeyConstraint(
            ["underretning_id"],
            ["underretninger.id"],
            name="fk_letters_underretning_id_underretninger",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
    )
    op.create_index("ix_letters_sag_id", "letters", ["sag_id"])
    op.create_index("ix_letters_state_created_at", "letters", ["state", "created_at"])
    op.create_index("ix_letters_underretning_id", "letters", ["underretning_id"])
    op.create_table("vurderinger",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("underretning_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fare", sa.Unicode(16), nullable=False),
        sa.Column("reason", sa.UnicodeText(), nullable=False),
        sa.Column("acute_action", sa.UnicodeText(), nullable=True),
        sa.Column("next_step", sa.Unicode(32), nullable=False),
        sa.Column("assessor", sa.Unicode(64), nullable=False),
        sa.Column("assessed_at", MOMENT, nullable=False),
        sa.Column("fresh_eyes", sa.Unicode(64), nullable=True),
        sa.Column("conversation", sa.Unicode(16), nullable=True),
        sa.Column("conversation_at", MOMENT, nullable=True),
        sa.Column("conversation_reason", sa.UnicodeText(), nullable=True),
        sa.Column("siblings", sa.UnicodeText(), nullable=False),
        sa.Column("withhold_reason", sa.UnicodeText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["underretning_id"],
            ["underretninger.id"],
            name="fk_vurderinger_underretning_id_underretninger",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_vurderinger"),
        sa.UniqueConstraint(
            "underretning_id",
            "version",
            name="uq_vurderinger_underretning_id_version",
        ),
    )
# fmt: on


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
