"""Post that came in and post that goes out. The bytes lie in `files`, by their hash."""

import sqlalchemy as sa

from dubu_journal.tables.columns import (
    maybe_moment,
    maybe_text,
    metadata,
    moment,
    number,
    text,
)

incoming_post = sa.Table(
    "incoming_post",
    metadata,
    number(),
    text("key", unique=True),
    moment("received_at"),
    text("channel"),
    text("name"),
    maybe_text("sender"),
    maybe_text("subject"),
    sa.Column("size", sa.Integer, nullable=False),
    text("sha256"),
    text("state", index=True),
    sqlite_autoincrement=True,
)

outgoing_post = sa.Table(
    "outgoing_post",
    metadata,
    number(),
    text("op_key", unique=True),
    text("subject"),
    text("recipient"),
    maybe_text("address"),
    text("body"),
    text("filename"),
    sa.Column("size", sa.Integer, nullable=False),
    text("sha256"),
    text("state", index=True),
    moment("queued"),
    text("queued_by", index=True),
    maybe_moment("sent"),
    sqlite_autoincrement=True,
)
