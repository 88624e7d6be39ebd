"""Goals, the indsatser that serve them, and how far each goal has come: the chain from a need."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, word

# A goal of a plan, the same through all versions; what it says stands in tekster at maal:<id>.
maal = sa.Table(
    "maal",
    metadata,
    key(),
    # The plan.
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), nullable=False, index=True),
    # The need it answers; null where it comes from somebody's wish alone.
    sa.Column("behov_id", sa.ForeignKey("behov.id"), index=True),
    sa.Column("dimension", word(40)),
    # The child of a plan for siblings whose goal it is (§ 91, stk. 3).
    sa.Column("person_id", sa.ForeignKey("personer.id"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    # udvikle, fastholde, begraense
    sa.Column("aim", word(16), nullable=False),
    # The Danish day it is looked at next.
    sa.Column("looked_at_on", sa.Date),
    # The same goal in the plan this one grew from.
    sa.Column("same_as", sa.ForeignKey("maal.id"), index=True),
)

# How far a goal had come at an opfølgning.
maal_status = sa.Table(
    "maal_status",
    metadata,
    # The opfølgning.
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), primary_key=True),
    sa.Column("maal_id", sa.ForeignKey("maal.id"), primary_key=True, index=True),
    # opnaaet, delvist, ikke, ikke_relevant
    sa.Column("status", word(16), nullable=False),
    # The child's own rating, 0 to 10.
    sa.Column("barnets_tal", sa.SmallInteger),
    sa.Column("at", Moment, nullable=False),
    sa.Column("by", word(), nullable=False),
)

indsatser = sa.Table(
    "indsatser",
    metadata,
    key(),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False, index=True),
    sa.Column("person_id", sa.ForeignKey("personer.id"), nullable=False, index=True),
    # Its row in the catalogue: the code, and the law of the day it was decided.
    sa.Column("code", word(40), nullable=False),
    sa.Column("law", word(80), nullable=False),
    sa.Column("decision_law", word(80), nullable=False),
    # The decision it rests on; null where it was made before or elsewhere.
    sa.Column("afgoerelse_id", sa.ForeignKey("skrifter.id"), index=True),
    # That one: its Danish day, who made it, the committee's votes, and where the paper lies.
    sa.Column("decided_on", sa.Date),
    # kommunen, udvalget, formanden, anden_kommune, ankestyrelsen, retten, naevnet
    sa.Column("decided_by", word(24)),
    sa.Column("decided_votes", sa.SmallInteger),
    sa.Column("decided_paper", word(200)),
    # The kind of place, and its name; hidden from parents where the place is (§ 105).
    sa.Column("place", word(40)),
    sa.Column("place_name", word(200)),
    sa.Column("place_hidden", sa.Boolean, nullable=False, default=False),
    sa.Column("supplier", word(200)),
    # How much: 4 timer om ugen. The price has its own tables.
    sa.Column("amount", sa.Numeric(9, 2)),
    sa.Column("unit", word(16), nullable=False),
    # uge, maaned, aar, ialt
    sa.Column("per", word(16)),
    # Danish days; the last is the last day of it.
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("expected_end", sa.Date),
    sa.Column("ended_on", sa.Date),
    # planlagt, i_gang, ophoert, opgivet
    sa.Column("state", word(16), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("made_by", word(), nullable=False),
    sa.Column("version", sa.Integer, nullable=False, default=1),
    sa.Index(None, "state", "starts_on"),
)

indsats_maal = sa.Table(
    "indsats_maal",
    metadata,
    sa.Column("indsats_id", sa.ForeignKey("indsatser.id"), primary_key=True),
    sa.Column("maal_id", sa.ForeignKey("maal.id"), primary_key=True, index=True),
)

# What happened with an indsats: begun, changed, gone on with, moved to another place, ended.
indsats_skift = sa.Table(
    "indsats_skift",
    metadata,
    key(),
    sa.Column("indsats_id", sa.ForeignKey("indsatser.id"), nullable=False, index=True),
    # start, aendring, fortsaettelse, flytning, ophoer, tilsyn
    sa.Column("kind", word(16), nullable=False),
    # The Danish day it takes effect.
    sa.Column("on", sa.Date, nullable=False),
    # A code of the statistics, from the catalogue; of a tilsyn, how the child was talked with.
    sa.Column("reason", word(40)),
    sa.Column("words", sa.UnicodeText),
    # What was before, as JSON: the columns that changed.
    sa.Column("before", sa.UnicodeText, nullable=False, default="{}"),
    sa.Column("opfoelgning_id", sa.ForeignKey("skrifter.id"), index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("by", word(), nullable=False),
)

# What is counted of an opfølgning (§ 95) once it is held: its words stand in tekster.
opfoelgninger = sa.Table(
    "opfoelgninger",
    metadata,
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), primary_key=True),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False, index=True),
    # The plan whose goals it looks at, and the approved version it saw; null without a plan.
    sa.Column("plan_id", sa.ForeignKey("skrifter.id"), index=True),
    sa.Column("plan_version", sa.Integer),
    # The Danish day it was held.
    sa.Column("held_on", sa.Date, nullable=False),
    # fortsaet, juster, stop, ny_vurdering
    sa.Column("choice", word(16), nullable=False),
    # What the choice opened for more work, as JSON: a word for what it is, and its key.
    sa.Column("opened", sa.UnicodeText, nullable=False, default="[]"),
    # The talk the child's view is taken from.
    sa.Column("samtale_id", sa.ForeignKey("boernesamtaler.id"), index=True),
    # The Danish day of the next; null where nothing runs that is to be followed.
    sa.Column("next_on", sa.Date),
    # The rhythm that was decided, in months; null where a day of its own was.
    sa.Column("months", sa.SmallInteger),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("made_by", word(), nullable=False),
)
