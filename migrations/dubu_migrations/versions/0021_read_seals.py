"""Add the seals on the read log, and have the database refuse to change or delete its lines.

Why: who has looked must not be changed unseen, just as what happened. A line costs what it did
before: it is sealed afterwards, together with others. The previous release can run beside this
step: it only ever adds lines.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0021"
down_revision = "0020"

MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]

GUARDED = {"read_log": "læseloggen er kun til at tilføje", "read_seals": "segl kan ikke ændres"}


def refusals(dialect: str, table: str, said: str) -> list[str]:
    """Return what has a database refuse to change or remove the rows of a table."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            for act in ("update", "delete")
        ]
    if dialect == "postgresql":
        return [
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{said}'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_change ON {table} INSTEAD OF UPDATE, DELETE AS "
        f"THROW 51000, N'{said}', 1"
    ]


def upgrade() -> None:
    op.create_table(
        "read_seals",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("after", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Unicode(64), nullable=False),
        sa.Column("previous", sa.Unicode(64), nullable=False),
        sa.Column("hash", sa.Unicode(64), nullable=False),
        sa.Column("sealed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_read_seals"),
    )
    dialect = op.get_context().dialect.name
    for table, said in GUARDED.items():
        for statement in refusals(dialect, table, said):
            op.execute(statement)


def downgrade() -> None:
    dialect = op.get_context().dialect.name
    for act in ("update", "delete") if dialect == "sqlite" else ("change",):
        on = " ON read_log" if dialect == "postgresql" else ""
        op.execute(f"DROP TRIGGER read_log_no_{act}{on}")
    op.drop_table("read_seals")
    if dialect == "postgresql":
        for table in GUARDED:
            op.execute(f"DROP FUNCTION {table}_refuse()")
