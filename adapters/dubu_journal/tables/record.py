"""What was done: one row a write, so that the same write is done once, and what changed since.

And whose file it is.
"""

import sqlalchemy as sa

from dubu_journal.tables.columns import maybe_text, metadata, moment, text

ops = sa.Table(
    "ops",
    metadata,
    sa.Column("key", sa.Unicode, primary_key=True),
    text("operation"),
    text("kind"),
    sa.Column("object_id", sa.Integer, nullable=False),
    maybe_text("detail"),
    text("actor"),
    moment("at"),
    sqlite_with_rowid=False,
)

changes = sa.Table(
    "changes",
    metadata,
    # Written by triggers, in the order the writes were committed.
    sa.Column("id", sa.Integer, primary_key=True),
    text("kind"),
    sa.Column("object_id", sa.Integer, nullable=False),
    sqlite_autoincrement=True,
)

# One row: the installation the file belongs to, as whoever set it up calls it.
installation = sa.Table(
    "installation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    text("key"),
    sa.CheckConstraint("id = 1", name="one_row"),
)
