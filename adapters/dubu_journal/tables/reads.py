"""Who looked at what: a row for each time somebody opens, finds or is refused something."""

import sqlalchemy as sa

from dubu_journal.tables.columns import metadata, moment, number, text, to

reads = sa.Table(
    "reads",
    metadata,
    number(),
    moment("at"),
    to("users.key", "user"),
    # What they did and with what, as codes; never a name or what they searched for.
    text("act"),
    text("kind"),
    sa.Column("object_id", sa.Integer, nullable=False),
    sa.Index("ix_reads_kind_object_id_at", "kind", "object_id", "at"),
    sa.Index("ix_reads_user_at", "user", "at"),
    sqlite_autoincrement=True,
)
