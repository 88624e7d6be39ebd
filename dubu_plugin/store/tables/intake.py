"""What came in through the door, exactly as it came, and what was found in it."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, word

post_items = sa.Table(
    "post_items",
    metadata,
    key(),
    # Says that two deliveries are the same thing: the Message-ID, else the hash of the content.
    sa.Column("same_as", word(64), nullable=False, unique=True),
    # The host's key, where the host received it.
    sa.Column("host_key", word(128), index=True),
    sa.Column("channel", word(32), nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("stored_at", Moment, nullable=False),
    # When the mail itself says it came, by its own headers; null where it says nothing.
    sa.Column("said_at", Moment),
    sa.Column("filename", word(255), nullable=False),
    sa.Column("sha256", word(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sender", word(200)),
    sa.Column("subject", word(300)),
    sa.Column("henvendelse", word(32), nullable=False),
    # ny, registreret, andet, afventer_menneske
    sa.Column("state", word(32), nullable=False),
    # Why a person must look: codes of dubu_plugin.domain.intake, joined by commas.
    sa.Column("needs", word(200)),
    sa.Column("underretning_id", sa.Uuid, index=True),
    sa.Index(None, "state", "received_at"),
)

post_files = sa.Table(
    "post_files",
    metadata,
    key(),
    sa.Column("post_id", sa.ForeignKey("post_items.id"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", word(255), nullable=False),
    sa.Column("media_type", word(100), nullable=False),
    sa.Column("sha256", word(64)),
    sa.Column("size", sa.BigInteger, nullable=False),
    # laest, uden_tekst, for_stor, krypteret, beskadiget, farlig
    sa.Column("state", word(32), nullable=False),
    sa.Column("text", sa.UnicodeText),
    sa.UniqueConstraint("post_id", "position"),
)

# Every key under which the host has handed an item over. Two keys may lead to one item, when the
# same mail came in twice; a key that is not here has not been taken in (finding: prove receipt).
post_deliveries = sa.Table(
    "post_deliveries",
    metadata,
    sa.Column("host_key", word(128), primary_key=True),
    sa.Column("post_id", sa.ForeignKey("post_items.id"), nullable=False, index=True),
    sa.Column("taken_at", Moment, nullable=False),
)
