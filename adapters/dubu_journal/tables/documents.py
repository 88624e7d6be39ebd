"""Documents and their files. The bytes lie in `files`, by their hash."""

import sqlalchemy as sa

from dubu_journal.tables.columns import (
    maybe_moment,
    maybe_text,
    metadata,
    moment,
    number,
    text,
    to,
    yes,
)

documents = sa.Table(
    "documents",
    metadata,
    number(),
    to("cases.id", "case_id", index=True),
    to("sections.id", "section_id", nullable=True),
    text("title"),
    text("direction"),
    sa.Column("document_date", sa.Date, nullable=False),
    text("external_id", index=True),
    maybe_text("description"),
    maybe_text("party"),
    sa.Column("disclosure", sa.Boolean),
    yes("filed"),
    maybe_moment("filed_at"),
    moment("created"),
    text("created_by"),
    maybe_text("lock"),
    maybe_text("locked_by"),
    maybe_moment("locked_at"),
    sqlite_autoincrement=True,
)

document_files = sa.Table(
    "document_files",
    metadata,
    number(),
    to("documents.id", "document_id"),
    # The files of a document in their order; each has versions, counted from 1.
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    text("name"),
    text("media_type"),
    sa.Column("size", sa.Integer, nullable=False),
    text("sha256"),
    moment("created"),
    text("created_by"),
    sa.UniqueConstraint("document_id", "position", "version"),
    sqlite_autoincrement=True,
)
