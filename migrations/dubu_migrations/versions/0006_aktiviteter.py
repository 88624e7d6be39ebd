"""Add activity plans, their steps and versions, own reminders, and what the host was told.

Why: a plan is shown as one line with progress, so the line's content lies on the plan itself, and
only what is open is indexed for lists. The previous release does not read these tables, so it can
run beside this step.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0006"
down_revision = "0005"

# SQL Server's own DATETIME rounds to three milliseconds.
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]

TABLES = ("paamindelser", "erindringer", "planudgaver", "aktiviteter", "aktivitetsplaner")


def only(condition: str) -> dict[str, Any]:
    return {f"{name}_where": sa.text(condition) for name in ("sqlite", "postgresql", "mssql")}


# fmt: off
def upgrade() -> None:
    op.create_table("aktivitetsplaner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.Unicode(16), nullable=False),
        sa.Column("version", sa.Unicode(16), nullable=False),
        sa.Column("title", sa.Unicode(80), nullable=False),
        sa.Column("bundle", sa.Unicode(24), nullable=False),
        sa.Column("sag_id", sa.Uuid(), nullable=True),
        sa.Column("underretning_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("trigger_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("responsible", sa.Unicode(64), nullable=True),
        sa.Column("unit", sa.Unicode(64), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("next_id", sa.Uuid(), nullable=True),
        sa.Column("due", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_aktivitetsplaner"),
        sa.ForeignKeyConstraint(
            ["sag_id"], ["sager.id"], name="fk_aktivitetsplaner_sag_id_sager"
        ),
        sa.ForeignKeyConstraint(
            ["underretning_id"], ["underretninger.id"],
            name="fk_aktivitetsplaner_underretning_id_underretninger",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["personer.id"], name="fk_aktivitetsplaner_person_id_personer"
        ),
    )
    op.create_index("ix_aktivitetsplaner_sag_id", "aktivitetsplaner", ["sag_id"])
    op.create_index("ix_aktivitetsplaner_underretning_id", "aktivitetsplaner", ["underretning_id"])
    op.create_index("ix_aktivitetsplaner_responsible_due", "aktivitetsplaner",
        ["responsible", "due"], **only("state = 'i_gang'"))
    op.create_index("ix_aktivitetsplaner_unit_due", "aktivitetsplaner",
        ["unit", "due"], **only("state = 'i_gang'"))
    op.create_table("aktiviteter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.Unicode(16), nullable=False),
        sa.Column("activity", sa.Unicode(16), nullable=False),
        sa.Column("title", sa.Unicode(80), nullable=False),
        sa.Column("due", MOMENT, nullable=True),
        sa.Column("frist", sa.Unicode(16), nullable=True),
        sa.Column("role", sa.Unicode(16), nullable=False),
        sa.Column("letter", sa.Unicode(64), nullable=True),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("lovpligtig", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Unicode(300), nullable=True),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_aktiviteter"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["aktivitetsplaner.id"], name="fk_aktiviteter_plan_id_aktivitetsplaner"
        ),
    )
    op.create_index("ix_aktiviteter_plan_id", "aktiviteter", ["plan_id"])
    op.create_table("planudgaver",
        sa.Column("plan", sa.Unicode(16), nullable=False),
        sa.Column("version", sa.Unicode(16), nullable=False),
        sa.Column("content", sa.UnicodeText(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by", sa.Unicode(64), nullable=False),
        sa.PrimaryKeyConstraint("plan", "version", name="pk_planudgaver"),
    )
    op.create_table("erindringer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Unicode(500), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("employee", sa.Unicode(64), nullable=True),
        sa.Column("unit", sa.Unicode(64), nullable=True),
        sa.Column("sag_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Unicode(64), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("done_by", sa.Unicode(64), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "employee IS NOT NULL OR unit IS NOT NULL", name="ck_erindringer_for_somebody"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_erindringer"),
        sa.ForeignKeyConstraint(["sag_id"], ["sager.id"], name="fk_erindringer_sag_id_sager"),
    )
    op.create_index("ix_erindringer_sag_id", "erindringer", ["sag_id"])
    op.create_index("ix_erindringer_employee_day", "erindringer",
        ["employee", "day"], **only("state = 'aaben'"))
    op.create_index("ix_erindringer_unit_day", "erindringer",
        ["unit", "day"], **only("state = 'aaben'"))
    op.create_table("paamindelser",
        sa.Column("frist_id", sa.Uuid(), nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("responsible", sa.Unicode(64), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(16), nullable=False),
        sa.PrimaryKeyConstraint("frist_id", name="pk_paamindelser"),
        sa.ForeignKeyConstraint(
            ["frist_id"], ["frister.id"], name="fk_paamindelser_frist_id_frister"
        ),
    )
    op.create_index("ix_paamindelser_state", "paamindelser", ["state"], **only("state = 'sat'"))
# fmt: on


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
