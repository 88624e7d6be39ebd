"""Who is around a child: its network, who holds custody, and the language it speaks."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, word

# Somebody in a child's network. Who only the address book says is family has no row until somebody
# writes of them. One who left and came back has a row for each turn.
netvaerk = sa.Table(
    "netvaerk",
    metadata,
    key(),
    sa.Column("child_id", sa.ForeignKey("personer.id"), nullable=False),
    sa.Column("other_id", sa.ForeignKey("personer.id"), nullable=False, index=True),
    sa.Column("turn", sa.Integer, nullable=False, default=1),
    # The newest edition.
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("created_by", word(), nullable=False),
    sa.UniqueConstraint("child_id", "other_id", "turn"),
)

# Each time a line is changed there is a new edition; the earlier ones stay.
netvaerk_udgaver = sa.Table(
    "netvaerk_udgaver",
    metadata,
    sa.Column("netvaerk_id", sa.ForeignKey("netvaerk.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    # A Rolle, and what the child calls them where that says more.
    sa.Column("role", word(32), nullable=False),
    sa.Column("called", word(60), nullable=False, default=""),
    # primaer or sekundaer
    sa.Column("circle", word(16), nullable=False),
    # How close: 1 is the innermost ring, 3 the outermost.
    sa.Column("ring", sa.Integer, nullable=False),
    # del, ingen or ukendt: whether they have a part in the custody
    sa.Column("custody", word(16), nullable=False),
    sa.Column("lives_here", sa.Boolean, nullable=False, default=False),
    sa.Column("samvaer", word(500), nullable=False, default=""),
    # Nobody else in the network is told of them in a letter.
    sa.Column("apart", sa.Boolean, nullable=False, default=False),
    # ja, nej or ukendt; with what, and the day they said so
    sa.Column("steps_in", word(16), nullable=False),
    sa.Column("steps_in_with", word(300), nullable=False, default=""),
    sa.Column("steps_in_on", sa.Date),
    sa.Column("ended_on", sa.Date),
    sa.Column("end_reason", word(300), nullable=False, default=""),
    sa.Column("written_at", Moment, nullable=False),
    sa.Column("written_by", word(), nullable=False),
)

# What stands in the child's header, so that no page asks more for it: who has custody and where
# the child lives, as the lines of the network say, and the language.
stamkort = sa.Table(
    "stamkort",
    metadata,
    sa.Column("child_id", sa.ForeignKey("personer.id"), primary_key=True),
    # The holders' roles joined by commas; empty where nobody has said who they are.
    sa.Column("holders", word(300), nullable=False, default=""),
    # The roles of those the child lives with.
    sa.Column("homes", word(300), nullable=False, default=""),
    # How it is known who has custody, and from what day they have it.
    sa.Column("custody_source", word(32), nullable=False, default=""),
    sa.Column("custody_from", sa.Date),
    sa.Column("language", word(60), nullable=False, default=""),
    sa.Column("interpreter", sa.Boolean, nullable=False, default=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("written_at", Moment, nullable=False),
    sa.Column("written_by", word(), nullable=False),
)
