"""What happened, what must be told to the outside, and who has looked."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, where, word

DECISION = "type IN ('afgoerelse_truffet', 'udvalgsafgoerelse_truffet')"

haendelser = sa.Table(
    "haendelser",
    metadata,
    sa.Column(
        "seq",
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("id", sa.Uuid, nullable=False, unique=True),
    sa.Column("type", word(), nullable=False),
    sa.Column("occurred_at", Moment, nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
    sa.Column("actor", word(), nullable=False),
    sa.Column("sag_id", sa.Uuid, index=True),
    sa.Column("underretning_id", sa.Uuid, index=True),
    sa.Column("person_id", sa.Uuid),
    # Identifiers and codes as canonical JSON. Free text stays in the tables of state.
    sa.Column("data", sa.UnicodeText, nullable=False),
    sa.Column("previous", word(64), nullable=False),
    sa.Column("hash", word(64), nullable=False),
    # When a case was decided: was the child heard before?
    sa.Index("ix_haendelser_afgoerelser", "sag_id", "occurred_at", **where(DECISION)),
)

# What a person noted and then took back, or put right. The hændelse itself stays in the chain.
rettelser = sa.Table(
    "rettelser",
    metadata,
    # The hændelse that says so.
    key(),
    sa.Column("haendelse_id", sa.Uuid, nullable=False, unique=True),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False, index=True),
    # The right one, where it was put right and not only taken back.
    sa.Column("new_id", sa.Uuid),
    sa.Column("reason", word(300), nullable=False),
)

# One row: the newest link. It is locked while a link is added, so that there is one chain.
chain_head = sa.Table(
    "chain_head",
    metadata,
    sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", word(64), nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    # The op key the other system sees. It never changes.
    key("key"),
    sa.Column("lane", word(), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("kind", word(32), nullable=False),
    sa.Column("payload", sa.UnicodeText, nullable=False),
    sa.Column("actor", word(), nullable=False),
    # planlagt, sender, udfoert, afvist, ukendt, opgivet
    sa.Column("state", word(16), nullable=False),
    # It may have taken effect outside: it is looked up before it is sent again.
    sa.Column("uncertain", sa.Boolean, nullable=False, default=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    # Not before this moment. For a row being sent: when others may take it for abandoned.
    sa.Column("next_try", Moment, nullable=False),
    # Who is sending it: a name made for this one attempt.
    sa.Column("claim", sa.Uuid),
    # Who said no and how, as system:operation:error.
    sa.Column("error", word(200)),
    sa.Column("result", word(128)),
    # Why a person dropped it or had it tried again.
    sa.Column("reason", word(300)),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.UniqueConstraint("lane", "position"),
    sa.Index(None, "state", "next_try"),
    sa.Index(None, "lane", "state", "position"),
)

read_log = sa.Table(
    "read_log",
    metadata,
    key(),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("employee", word(), nullable=False, index=True),
    sa.Column("act", word(16), nullable=False),
    sa.Column("subject_kind", word(32), nullable=False),
    sa.Column("subject_id", word(64), index=True),
    sa.Column("why", word(64), nullable=False),
    sa.Column("allowed", sa.Boolean, nullable=False),
    # What was searched for, with digits that could be a CPR number masked.
    sa.Column("detail", word(200)),
)

# Seals on the read log: each on the lines after one moment and up to another.
read_seals = sa.Table(
    "read_seals",
    metadata,
    sa.Column(
        "seq",
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("after", Moment, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("lines", sa.Integer, nullable=False),
    sa.Column("digest", word(64), nullable=False),
    sa.Column("previous", word(64), nullable=False),
    sa.Column("hash", word(64), nullable=False),
    sa.Column("sealed_at", Moment, nullable=False),
)

# One row: the installation this database belongs to. Its files and its journal bear the same key.
installation = sa.Table(
    "installation",
    metadata,
    sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("key", sa.Uuid, nullable=False),
    sa.Column("set_up_at", Moment, nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)
