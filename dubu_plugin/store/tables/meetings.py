"""Meetings, who is invited to them, and the calendars that show them."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, unique_where_known, word

moeder = sa.Table(
    "moeder",
    metadata,
    # Also its key in the owner's calendar and in every invitation.
    key(),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False, index=True),
    # boernesamtale, opfoelgning, netvaerksmoede, moede
    sa.Column("form", word(32), nullable=False),
    # The employee in whose calendar it stands.
    sa.Column("owner", word(), nullable=False),
    sa.Column("starts", Moment, nullable=False),
    sa.Column("ends", Moment, nullable=False),
    sa.Column("place", word(200)),
    # planlagt, aflyst
    sa.Column("state", word(16), nullable=False),
    # How many times those invited have been told of another time or place.
    sa.Column("sequence", sa.Integer, nullable=False, default=0),
    # Why a person must look: codes of dubu_plugin.domain.moede, joined by commas.
    sa.Column("needs", word(200)),
    # The version the calendar has, and what stood in it: what both sides agreed on last.
    sa.Column("calendar_version", word(200)),
    sa.Column("seen_starts", Moment),
    sa.Column("seen_ends", Moment),
    sa.Column("seen_place", word(200)),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("created_by", word(), nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Column("version", sa.Integer, nullable=False, default=1),
    sa.Index(None, "owner", "state", "starts"),
)

moede_deltagere = sa.Table(
    "moede_deltagere",
    metadata,
    key(),
    sa.Column("moede_id", sa.ForeignKey("moeder.id"), nullable=False, index=True),
    sa.Column("name", word(200), nullable=False),
    sa.Column("email", word(200)),
    # ingen, venter, sendt, retur, usikker
    sa.Column("invitation", word(16), nullable=False),
    # intet, ja, nej, maaske, andet_tidspunkt
    sa.Column("answer", word(32), nullable=False),
    # When they answered by their own clock, and to which sequence: an older answer that comes
    # late changes nothing.
    sa.Column("answered_at", Moment),
    sa.Column("answered_sequence", sa.Integer),
    unique_where_known("moede_id", "email"),
)

# The secret address of somebody's own calendar: only its hash, so that nobody who reads the
# database can read the calendar.
kalender_feeds = sa.Table(
    "kalender_feeds",
    metadata,
    key(),
    sa.Column("employee", word(), nullable=False, index=True),
    sa.Column("token_hash", word(64), nullable=False, unique=True),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("revoked_at", Moment),
)

# How far each calendar has been read.
kalender_cursors = sa.Table(
    "kalender_cursors",
    metadata,
    sa.Column("employee", word(), primary_key=True),
    sa.Column("cursor", sa.UnicodeText, nullable=False),
    sa.Column("read_at", Moment, nullable=False),
)
