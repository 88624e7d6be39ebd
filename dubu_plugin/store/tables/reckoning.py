"""What was reckoned for a decision: never changed, and never deleted."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, word

beregninger = sa.Table(
    "beregninger",
    metadata,
    key(),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False, index=True),
    # The decision it is made for: its skrift's key.
    sa.Column("afgoerelse_id", sa.ForeignKey("skrifter.id"), nullable=False),
    # The first of a decision is 1; the one with the highest number counts.
    sa.Column("number", sa.SmallInteger, nullable=False),
    # tabt, kompensation
    sa.Column("kind", word(24), nullable=False),
    # The Danish day whose rates it is made with.
    sa.Column("day", sa.Date, nullable=False),
    # As JSON: what was put in, the rates with their keys and amounts, and the lines it printed.
    sa.Column("inputs", sa.UnicodeText, nullable=False),
    sa.Column("rates", sa.UnicodeText, nullable=False),
    sa.Column("lines", sa.UnicodeText, nullable=False),
    # In kroner a month, before tax.
    sa.Column("monthly", sa.Numeric(12, 2), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("made_by", word(), nullable=False),
    sa.UniqueConstraint("afgoerelse_id", "number"),
)
