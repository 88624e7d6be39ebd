"""Add how the child and the family are involved: talks with the child, consents, statements.

Why: what a child said, what a parent agreed to and what a school was asked for each have a moment,
a basis and an end of their own, and a skrift cites them. The previous release does not read the
tables, so it can run beside this step.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0031"
down_revision = "0030"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


# fmt: off
def upgrade() -> None:
    op.create_table("boernesamtaler",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("locked", sa.UnicodeText(), nullable=True),
        sa.Column("locked_by", sa.Unicode(64), nullable=True),
        sa.Column("locked_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"],
            name="fk_boernesamtaler_person_id_personer"),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_boernesamtaler_sag_id_sager"),
        sa.PrimaryKeyConstraint("id", name="pk_boernesamtaler"),
    )
    op.create_index("ix_boernesamtaler_person_id", "boernesamtaler", ["person_id"])
    op.create_index("ix_boernesamtaler_sag_id", "boernesamtaler", ["sag_id"])
    op.create_table("boernesamtale_udgaver",
        sa.Column("samtale_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("occurred_at", MOMENT, nullable=False),
        sa.Column("form", sa.Unicode(32), nullable=True),
        sa.Column("place", sa.Unicode(200), nullable=True),
        sa.Column("first_time", sa.Boolean(), nullable=False),
        sa.Column("advisers", sa.Unicode(300), nullable=False),
        sa.Column("one_adviser_reason", sa.UnicodeText(), nullable=True),
        sa.Column("others", sa.Unicode(500), nullable=True),
        sa.Column("safe_adult", sa.Unicode(200), nullable=True),
        sa.Column("interpreter", sa.Unicode(200), nullable=True),
        sa.Column("topics", sa.UnicodeText(), nullable=True),
        sa.Column("own_words", sa.UnicodeText(), nullable=True),
        sa.Column("wishes", sa.UnicodeText(), nullable=True),
        sa.Column("told", sa.UnicodeText(), nullable=True),
        sa.Column("agreed", sa.UnicodeText(), nullable=True),
        sa.Column("read_through", sa.Boolean(), nullable=False),
        sa.Column("document_key", sa.Unicode(128), nullable=True),
        sa.Column("document_title", sa.Unicode(200), nullable=True),
        sa.Column("omitted", sa.Unicode(32), nullable=True),
        sa.Column("omitted_reason", sa.UnicodeText(), nullable=True),
        sa.Column("instead", sa.UnicodeText(), nullable=True),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["samtale_id"], ["boernesamtaler.id"],
            name="fk_boernesamtale_udgaver_samtale_id_boernesamtaler"),
        sa.PrimaryKeyConstraint("samtale_id", "number", name="pk_boernesamtale_udgaver"),
    )
    op.create_table("boernesamtale_adgange",
        sa.Column("samtale_id", sa.Uuid(), nullable=False),
        sa.Column("employee", sa.Unicode(64), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("given_by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["samtale_id"], ["boernesamtaler.id"],
            name="fk_boernesamtale_adgange_samtale_id_boernesamtaler"),
        sa.PrimaryKeyConstraint("samtale_id", "employee", name="pk_boernesamtale_adgange"),
    )
    op.create_table("samtykker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=True),
        sa.Column("giver_name", sa.Unicode(200), nullable=False),
        sa.Column("giver_role", sa.Unicode(16), nullable=False),
        sa.Column("kind", sa.Unicode(32), nullable=False),
        sa.Column("sources", sa.Unicode(300), nullable=False),
        sa.Column("purpose", sa.UnicodeText(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by", sa.Unicode(64), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("way", sa.Unicode(16), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("said", sa.UnicodeText(), nullable=True),
        sa.Column("without_reason", sa.UnicodeText(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["personer.id"],
            name="fk_samtykker_giver_id_personer"),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"],
            name="fk_samtykker_letter_id_letters"),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"],
            name="fk_samtykker_person_id_personer"),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_samtykker_sag_id_sager"),
        sa.PrimaryKeyConstraint("id", name="pk_samtykker"),
    )
    op.create_index("ix_samtykker_giver_id", "samtykker", ["giver_id"])
    op.create_index("ix_samtykker_letter_id", "samtykker", ["letter_id"])
    op.create_index("ix_samtykker_person_id", "samtykker", ["person_id"])
    op.create_index("ix_samtykker_sag_id", "samtykker", ["sag_id"])
    op.create_table("udtalelser",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("skrift_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Unicode(32), nullable=False),
        sa.Column("organisation", sa.Unicode(200), nullable=False),
        sa.Column("address", sa.Unicode(300), nullable=True),
        sa.Column("electronic", sa.Unicode(200), nullable=True),
        sa.Column("basis", sa.Unicode(16), nullable=False),
        sa.Column("samtykke_id", sa.Uuid(), nullable=True),
        sa.Column("basis_reason", sa.UnicodeText(), nullable=True),
        sa.Column("purpose", sa.UnicodeText(), nullable=False),
        sa.Column("headings", sa.Unicode(500), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by", sa.Unicode(64), nullable=False),
        sa.Column("chased_at", MOMENT, nullable=True),
        sa.Column("chased", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_reason", sa.UnicodeText(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("document_key", sa.Unicode(128), nullable=True),
        sa.Column("document_title", sa.Unicode(200), nullable=True),
        sa.Column("erindring_id", sa.Uuid(), nullable=True),
        sa.Column("ventegrund_id", sa.Uuid(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["erindring_id"], ["erindringer.id"],
            name="fk_udtalelser_erindring_id_erindringer"),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"],
            name="fk_udtalelser_letter_id_letters"),
        sa.ForeignKeyConstraint(["person_id"], ["personer.id"],
            name="fk_udtalelser_person_id_personer"),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_udtalelser_sag_id_sager"),
        sa.ForeignKeyConstraint(["samtykke_id"], ["samtykker.id"],
            name="fk_udtalelser_samtykke_id_samtykker"),
        sa.ForeignKeyConstraint(["skrift_id"], ["skrifter.id"],
            name="fk_udtalelser_skrift_id_skrifter"),
        sa.ForeignKeyConstraint(["ventegrund_id"], ["ventegrunde.id"],
            name="fk_udtalelser_ventegrund_id_ventegrunde"),
        sa.PrimaryKeyConstraint("id", name="pk_udtalelser"),
    )
    op.create_index("ix_udtalelser_erindring_id", "udtalelser", ["erindring_id"])
    op.create_index("ix_udtalelser_letter_id", "udtalelser", ["letter_id"])
    op.create_index("ix_udtalelser_person_id", "udtalelser", ["person_id"])
    op.create_index("ix_udtalelser_sag_id", "udtalelser", ["sag_id"])
    op.create_index("ix_udtalelser_samtykke_id", "udtalelser", ["samtykke_id"])
    op.create_index("ix_udtalelser_skrift_id", "udtalelser", ["skrift_id"])
    op.create_index("ix_udtalelser_ventegrund_id", "udtalelser", ["ventegrund_id"])
    op.create_table("udtalelse_svar",
        sa.Column("udtalelse_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Unicode(40), nullable=False),
        sa.Column("text", sa.UnicodeText(), nullable=False),
        sa.ForeignKeyConstraint(["udtalelse_id"], ["udtalelser.id"],
            name="fk_udtalelse_svar_udtalelse_id_udtalelser"),
        sa.PrimaryKeyConstraint("udtalelse_id", "place", name="pk_udtalelse_svar"),
    )
# fmt: on


def downgrade() -> None:
    for table in (
        "udtalelse_svar",
        "udtalelser",
        "samtykker",
        "boernesamtale_adgange",
        "boernesamtale_udgaver",
        "boernesamtaler",
    ):
        op.drop_table(table)
