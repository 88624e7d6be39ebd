"""The municipality's own rows: its rates, and the answering times it has published.

A row is never changed. What puts another in its place, or takes it away, says so on it.
"""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, word

egne_satser = sa.Table(
    "egne_satser",
    metadata,
    key(),
    # A code some reckoning uses.
    sa.Column("code", word(40), nullable=False),
    sa.Column("title", word(120), nullable=False),
    sa.Column("law", word(60), nullable=False),
    sa.Column("amount", sa.Numeric(12, 4), nullable=False),
    # kr, kr_md, kr_aar, pct, timer, ja_nej
    sa.Column("unit", word(16), nullable=False),
    # Danish days; the last is the last day of it.
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    # The year whose prices it is written in.
    sa.Column("level", sa.SmallInteger),
    sa.Column("source", word(300), nullable=False),
    sa.Column("confidence", word(300), nullable=False),
    # The file it came by; null where it was typed on the page.
    sa.Column("file", word(120)),
    sa.Column("entered_at", Moment, nullable=False),
    sa.Column("entered_by", word(), nullable=False),
    # When it was corrected or taken out.
    sa.Column("ended_at", Moment),
    sa.Column("ended_by", word()),
    sa.Column("replaces", sa.ForeignKey("egne_satser.id"), index=True),
)

svarfrister = sa.Table(
    "svarfrister",
    metadata,
    key(),
    # One of our areas, or one the municipality has made itself.
    sa.Column("area", word(40), nullable=False),
    sa.Column("title", word(120), nullable=False),
    sa.Column("law", word(60), nullable=False),
    sa.Column("amount", sa.SmallInteger, nullable=False),
    # days, weeks, months
    sa.Column("unit", word(16), nullable=False),
    # Danish days: applications received on them are counted by it.
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    # Where it is published.
    sa.Column("source", word(300), nullable=False),
    sa.Column("entered_at", Moment, nullable=False),
    sa.Column("entered_by", word(), nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("ended_by", word()),
    sa.Column("replaces", sa.ForeignKey("svarfrister.id"), index=True),
)

svarbeskeder = sa.Table(
    "svarbeskeder",
    metadata,
    # The letter that tells an applicant when the answer comes.
    sa.Column("letter_id", sa.ForeignKey("letters.id"), primary_key=True),
    sa.Column("underretning_id", sa.ForeignKey("underretninger.id"), nullable=False, index=True),
    # The Danish day it says.
    sa.Column("day", sa.Date, nullable=False),
)
