"""The journal's notes and documents as we last heard of them, and what stands in their place."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, unique_where_known, word

# A note of a case. Ours stands here from when it is written; the host's from when it is copied.
journalnotater = sa.Table(
    "journalnotater",
    metadata,
    key(),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False),
    # The host's key; null until the host has it.
    sa.Column("host_key", word(128)),
    # What kind of line it is: a Line of dubu_plugin.domain.journal.
    sa.Column("line", word(16), nullable=False),
    sa.Column("title", word(300), nullable=False),
    sa.Column("body", sa.UnicodeText, nullable=False),
    # Who was there, and the child's own words, where a person wrote it here.
    sa.Column("present", word(500), nullable=False),
    sa.Column("own_words", sa.UnicodeText, nullable=False),
    sa.Column("occurred_at", Moment, nullable=False),
    sa.Column("written_at", Moment, nullable=False),
    # The key of an employee, or what the host says.
    sa.Column("author", word()),
    # Nobody wrote it: it follows from something that was done.
    sa.Column("automatic", sa.Boolean, nullable=False),
    # The document it tells of; it stands on that line then.
    sa.Column("document_id", sa.Uuid),
    # Everything it says, folded, for finding it by any word.
    sa.Column("sought", sa.UnicodeText, nullable=False),
    sa.Index(None, "sag_id", "occurred_at"),
    unique_where_known("host_key"),
)

# A document of a case, as the host last told.
journaldokumenter = sa.Table(
    "journaldokumenter",
    metadata,
    key(),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False),
    sa.Column("host_key", word(128), nullable=False, unique=True),
    sa.Column("title", word(300), nullable=False),
    # in, out or internal
    sa.Column("direction", word(16), nullable=False),
    sa.Column("document_date", sa.Date, nullable=False),
    sa.Column("party", word(200)),
    # False for a draft in the host, which can still change.
    sa.Column("filed", sa.Boolean, nullable=False),
    sa.Column("occurred_at", Moment, nullable=False),
    # Who filed it, where it was done through us.
    sa.Column("author", word()),
    sa.Column("sought", sa.UnicodeText, nullable=False),
    sa.Index(None, "sag_id", "occurred_at"),
)

# The hændelser that tell what a note or a document tells, so that nothing stands twice.
foldninger = sa.Table(
    "foldninger",
    metadata,
    # The hændelse.
    key("haendelse_id"),
    sa.Column("entry_id", sa.Uuid, nullable=False, index=True),
)

# How far a case of the host's is copied.
journalkopier = sa.Table(
    "journalkopier",
    metadata,
    sa.Column("sag_id", sa.ForeignKey("sager.id"), primary_key=True),
    sa.Column("copied_at", Moment, nullable=False),
    # The newest note that was there; those after it are new.
    sa.Column("newest_note", word(128)),
)

# How far the host's changes are read.
journalcursor = sa.Table(
    "journalcursor",
    metadata,
    sa.Column("host", word(64), primary_key=True),
    sa.Column("cursor", word(200)),
    sa.Column("read_at", Moment, nullable=False),
)
