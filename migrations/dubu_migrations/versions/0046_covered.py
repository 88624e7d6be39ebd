"""Let Min dag count a team's lines, and find what somebody has, off the indexes alone.

Why: how many lines a team has is counted for everybody who opens their day. Each deadline, case and
underretning of it was fetched from its table for a value or two, which with millions of activities
stored took a fifth of the page. The previous release reads the same tables beside this step.
"""

from typing import Any, Final

from alembic import op
from sqlalchemy import text

revision = "0046"
down_revision = "0045"

OPEN: Final = "state = 'aaben'"

Index = tuple[str, str, tuple[str, ...], str | None]

BEFORE: Final[tuple[Index, ...]] = (
    (
        "ix_frister_unit_bundle_due_responsible_kind",
        "frister",
        ("unit", "bundle", "due", "responsible", "kind"),
        OPEN,
    ),
    ("ix_underretninger_responsible", "underretninger", ("responsible",), None),
    ("ix_underretninger_sag_id", "underretninger", ("sag_id",), None),
    # What is unit by unit and state by state is found by its unit too.
    ("ix_underretninger_unit", "underretninger", ("unit",), None),
    ("ix_sagsdeltagere_employee", "sagsdeltagere", ("employee",), None),
)
AFTER: Final[tuple[Index, ...]] = (
    (
        "ix_frister_enhed",
        "frister",
        ("unit", "bundle", "due", "responsible", "kind", "sag_id", "underretning_id", "id"),
        OPEN,
    ),
    ("ix_underretninger_responsible_state", "underretninger", ("responsible", "state"), None),
    ("ix_underretninger_sag_id_state", "underretninger", ("sag_id", "state"), None),
    (
        "ix_sagsdeltagere_employee_active_sag_id",
        "sagsdeltagere",
        ("employee", "active", "sag_id"),
        None,
    ),
)


def upgrade() -> None:
    _change(BEFORE, AFTER)


def downgrade() -> None:
    _change(AFTER, BEFORE)


def _change(before: tuple[Index, ...], after: tuple[Index, ...]) -> None:
    for name, table, columns, where in after:
        some: dict[str, Any] = (
            {f"{one}_where": text(where) for one in ("sqlite", "postgresql", "mssql")}
            if where
            else {}
        )
        op.create_index(name, table, list(columns), **some)
    for name, table, _, _ in before:
        op.drop_index(name, table_name=table)
