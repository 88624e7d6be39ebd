"""What keeps Min dag calm: absences, what is put off, what was sent on, and the morning mail."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, word

fravaer = sa.Table(
    "fravaer",
    metadata,
    key(),
    sa.Column("employee", word(), nullable=False),
    # First and last day away, in Danish days; both are days away.
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    # Who sees the urgent lines meanwhile; null leaves them to the leader.
    sa.Column("stand_in", word()),
    sa.Column("set_by", word(), nullable=False),
    sa.Column("set_at", Moment, nullable=False),
    # Ended before its last day.
    sa.Column("ended_by", word()),
    sa.Column("ended_at", Moment),
    sa.Index(None, "last", "employee"),
)

# One row a deadline: a new deadline on the same line is not put off, so the line is there again.
udskydelser = sa.Table(
    "udskydelser",
    metadata,
    key(),
    sa.Column("frist_id", sa.ForeignKey("frister.id"), nullable=False, index=True),
    # The line it stood on, the same for all that were put off together.
    sa.Column("bundle", word(64), nullable=False),
    # The Danish day it is there again.
    sa.Column("until", sa.Date, nullable=False),
    sa.Column("reason", word(300), nullable=False),
    sa.Column("by", word(), nullable=False),
    sa.Column("at", Moment, nullable=False),
    # Taken back before that day.
    sa.Column("ended_at", Moment),
    sa.Index(None, "until", "frist_id"),
    # How much was put off in a quarter.
    sa.Index("ix_udskydelser_at", "at", "frist_id"),
)

# Overdue statutory deadlines that were sent on to a leader: once each.
eskaleringer = sa.Table(
    "eskaleringer",
    metadata,
    sa.Column("frist_id", sa.ForeignKey("frister.id"), primary_key=True),
    # The leader, or who stands in for them.
    sa.Column("to", word(), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("seen_at", Moment),
    sa.Index(None, "to", "seen_at"),
)

# What an employee, or a mail server, has said of the morning mail.
morgenmail = sa.Table(
    "morgenmail",
    metadata,
    sa.Column("employee", word(), primary_key=True),
    sa.Column("off_at", Moment),
    # It came back, to this address; another address is tried again.
    sa.Column("returned_at", Moment),
    sa.Column("returned_from", word(200)),
)
