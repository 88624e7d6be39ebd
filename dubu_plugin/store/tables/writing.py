"""What is written on a case: a skrift, its versions, its texts, its sources and the needs in it."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, word

skrifter = sa.Table(
    "skrifter",
    metadata,
    key(),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False),
    # The child it is about: a case on an unborn child may become another person's.
    sa.Column("person_id", sa.ForeignKey("personer.id"), nullable=False, index=True),
    # A SkriftKind.
    sa.Column("kind", word(32), nullable=False),
    # The version of the method it began with, which it keeps.
    sa.Column("method", word(40)),
    sa.Column("method_version", word(16)),
    # The afdækning an undersøgelse grew from, the undersøgelse a plan is made on …
    sa.Column("grown_from", sa.ForeignKey("skrifter.id"), index=True),
    # The newest version, and where it stands.
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", word(16), nullable=False),
    sa.Column("begun_at", Moment, nullable=False),
    sa.Column("begun_by", word(), nullable=False),
    sa.Index(None, "sag_id", "kind"),
    sa.Index(None, "method", "method_version"),
    # What waits for a leader.
    sa.Index(None, "state", "kind"),
)

skrift_versioner = sa.Table(
    "skrift_versioner",
    metadata,
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("begun_at", Moment, nullable=False),
    sa.Column("begun_by", word(), nullable=False),
    sa.Column("presented_at", Moment),
    sa.Column("presented_by", word()),
    sa.Column("approved_at", Moment),
    sa.Column("approved_by", word()),
    # What the leader said where it was sent back.
    sa.Column("remark", sa.UnicodeText),
    # Of everything it says, from the moment it is approved; dubu check compares.
    sa.Column("digest", word(64)),
)

# A text stands from the version it was written in until the version it is written anew in: a new
# version carries everything by copying nothing, and what has changed is what has a row of its own.
tekster = sa.Table(
    "tekster",
    metadata,
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), primary_key=True),
    # A dimension's code, behov:<id>, maal:<id>, or empty for what is written once.
    sa.Column("place", word(80), primary_key=True),
    sa.Column("field", word(40), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    # Counts on through the versions: whoever saves says which they saw.
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("text", sa.UnicodeText, nullable=False),
    # What stood there before its last writer began, for »Fortryd«.
    sa.Column("before", sa.UnicodeText, nullable=False, default=""),
    sa.Column("written_at", Moment, nullable=False),
    sa.Column("written_by", word(), nullable=False),
    # Where it was copied from, until somebody writes in it.
    sa.Column("copied_from", sa.ForeignKey("skrifter.id"), index=True),
)

# A need, the same through all versions: a goal, an indsats and an opfølgning point back to it.
behov = sa.Table(
    "behov",
    metadata,
    key(),
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), nullable=False, index=True),
    sa.Column("dimension", word(40), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    # The same need in the skrift this one grew from.
    sa.Column("same_as", sa.ForeignKey("behov.id"), index=True),
)

kilder = sa.Table(
    "kilder",
    metadata,
    key(),
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), nullable=False),
    # The number it is cited by in a text, as #3; never used again.
    sa.Column("number", sa.Integer, nullable=False),
    # underretning, udtalelse, boernesamtale, moede, dokument, andet
    sa.Column("kind", word(32), nullable=False),
    sa.Column("title", word(200), nullable=False),
    sa.Column("day", sa.Date),
    # What it is in our own tables, or the host's key of the document.
    sa.Column("subject_id", sa.Uuid),
    sa.Column("document_key", word(128)),
    sa.Column("added_at", Moment, nullable=False),
    sa.Column("added_by", word(), nullable=False),
    # Struck out: the number stays its own.
    sa.Column("removed_at", Moment),
    sa.UniqueConstraint("skrift_id", "number"),
)
