"""Find deadlines and steps of plans by the hændelse that started, ended or missed them.

Why: the panel of a case, and the page where a hændelse is taken back, read every deadline of the
municipality to find the few. The previous release does as before beside this step, only faster.
"""

from typing import Any

from alembic import op
from sqlalchemy import text

revision = "0037"
down_revision = "0036"

FOUND_BY = (
    ("frister", ("anchor_id",), None),
    ("frister", ("ended_by",), "ended_by IS NOT NULL"),
    ("frister", ("replaces",), "replaces IS NOT NULL"),
    ("frister", ("exceeded_id",), "exceeded_id IS NOT NULL"),
    (
        "frister",
        ("responsible", "exceeded_at"),
        "exceeded_at IS NOT NULL AND exceeded_reason IS NULL",
    ),
    ("aktivitetsplaner", ("ended_by",), "ended_by IS NOT NULL"),
    ("aktiviteter", ("ended_by",), "ended_by IS NOT NULL"),
)


def upgrade() -> None:
    for table, columns, where in FOUND_BY:
        some: dict[str, Any] = (
            {f"{one}_where": text(where) for one in ("sqlite", "postgresql", "mssql")}
            if where
            else {}
        )
        op.create_index(_name(table, columns), table, list(columns), **some)


def downgrade() -> None:
    for table, columns, _ in reversed(FOUND_BY):
        op.drop_index(_name(table, columns), table_name=table)


def _name(table: str, columns: tuple[str, ...]) -> str:
    return f"ix_{table}_{'_'.join(columns)}"
