"""Add what a deadline's life needs: pauses, reasons, chains, what it waits for, and its rule.

Why: a missed deadline asks for a reason, a recurring one remembers the one before it, and a changed
rule is only counted again where it changed. New columns are null or have a value from the start, so
the previous release can run beside this step.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0005"
down_revision = "0004"

# SQL Server's own DATETIME rounds to three milliseconds.
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]

OPEN = "state = 'aaben'"
NOT_EXCEEDED = f"{OPEN} AND exceeded_at IS NULL"

BEFORE = (
    ("ix_frister_responsible_bundle_due", ["responsible", "bundle", "due"], OPEN),
    ("ix_frister_unit_bundle_due_responsible", ["unit", "bundle", "due", "responsible"], OPEN),
)
AFTER = (
    ("ix_frister_responsible_bundle_due_kind", ["responsible", "bundle", "due", "kind"], OPEN),
    (
        "ix_frister_unit_bundle_due_responsible_kind",
        ["unit", "bundle", "due", "responsible", "kind"],
        OPEN,
    ),
    ("ix_frister_due", ["due"], NOT_EXCEEDED),
    ("ix_frister_rule_id", ["rule", "id"], OPEN),
    (
        "ix_frister_unit_exceeded_at",
        ["unit", "exceeded_at"],
        "exceeded_at IS NOT NULL AND exceeded_reason IS NULL",
    ),
    ("ix_frister_subject_id", ["subject_id"], "subject_id IS NOT NULL"),
)


def _columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("rule_hash", sa.Unicode(16), nullable=True),
        sa.Column("kind", sa.Unicode(16), nullable=False, server_default="frist"),
        sa.Column("severity", sa.Unicode(16), nullable=False, server_default="lov"),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("chain_of", sa.Uuid(), nullable=True),
        sa.Column("paused_at", MOMENT, nullable=True),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("exceeded_at", MOMENT, nullable=True),
        sa.Column("exceeded_id", sa.Uuid(), nullable=True),
        sa.Column("exceeded_reason", sa.Unicode(300), nullable=True),
        sa.Column("exceeded_by_user", sa.Unicode(64), nullable=True),
        sa.Column("exceeded_reason_at", MOMENT, nullable=True),
    ]


def _index(name: str, columns: list[str], where: str) -> None:
    some: dict[str, Any] = {
        f"{dialect}_where": sa.text(where) for dialect in ("sqlite", "postgresql", "mssql")
    }
    op.create_index(name, "frister", columns, **some)


# fmt: off
def upgrade() -> None:
    for column in _columns():
        op.add_column("frister", column)
    for name, _, _ in BEFORE:
        op.drop_index(name, table_name="frister")
    for name, columns, where in AFTER:
        _index(name, columns, where)
    op.create_table("ventegrunde",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("frist_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Unicode(32), nullable=False),
        sa.Column("asked_of", sa.Unicode(200), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("expected_at", sa.Date(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("by", sa.Unicode(64), nullable=False),
        sa.ForeignKeyConstraint(["frist_id"], ["frister.id"],
            name="fk_ventegrunde_frist_id_frister"),
        sa.PrimaryKeyConstraint("id", name="pk_ventegrunde"),
    )
    op.create_index("ix_ventegrunde_frist_id", "ventegrunde", ["frist_id"])
    op.create_table("regler",
        sa.Column("code", sa.Unicode(16), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("hash", sa.Unicode(16), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("computed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("code", "in_force_from", name="pk_regler"),
    )
    op.create_table("ure",
        sa.Column("name", sa.Unicode(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_ure"),
    )
# fmt: on


def downgrade() -> None:
    for table in ("ure", "regler", "ventegrunde"):
        op.drop_table(table)
    for name, _, _ in AFTER:
        op.drop_index(name, table_name="frister")
    for column in _columns():
        op.drop_column("frister", column.name, mssql_drop_default=True)
    for name, columns, where in BEFORE:
        _index(name, columns, where)
