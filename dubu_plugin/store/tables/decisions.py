"""Decisions: what is decided and by whom, who is heard and consents, and what is complained of.

What is written in a decision stands in its skrift; here is what is counted, asked and compared.
"""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, word

afgoerelser = sa.Table(
    "afgoerelser",
    metadata,
    # The skrift of the decision: its key is the decision's.
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), primary_key=True),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False),
    # Its row in the catalogue of what can be decided.
    sa.Column("matter", word(40), nullable=False),
    # medhold, delvist, afslag
    sa.Column("outcome", word(16)),
    # Danish days; the last is the last day of it.
    sa.Column("starts_on", sa.Date),
    sa.Column("ends_on", sa.Date),
    # Whether there is to be a barnets plan (§ 91, stk. 1).
    sa.Column("plan", sa.Boolean),
    # The børne- og ungeudvalg's meeting (§ 142).
    sa.Column("committee_on", sa.Date),
    sa.Column("votes_for", sa.SmallInteger),
    sa.Column("protocol", word(128)),
    sa.Column("dissent", sa.Boolean),
    # When the chairman made it, where it could not wait for the committee (§ 143).
    sa.Column("chair_at", Moment),
    # When the place where the child is placed gave its statement (§§ 98, 100 and 106).
    sa.Column("statement_on", sa.Date),
    # It is set in motion at once although it is complained of (retssikkerhedsloven § 72, stk. 2).
    sa.Column("at_once", sa.Boolean, nullable=False, default=False),
    # The child's own letter is handed over by the adviser, not posted to where a parent opens it.
    sa.Column("child_by_hand", sa.Boolean),
    # forberedes, truffet, opgivet, erstattet, ophaevet, aendret, hjemvist,
    # bortfaldet
    sa.Column("state", word(16), nullable=False),
    # The Danish day Ankestyrelsen lifted it or sent it back: from then on it gives nothing.
    sa.Column("ended_on", sa.Date),
    # As the law was on the day it was made.
    sa.Column("law", word(120)),
    sa.Column("decided_on", sa.Date),
    sa.Column("made_at", Moment),
    sa.Column("made_by", word()),
    # The decision it is made in place of, after a complaint.
    sa.Column("replaces", sa.ForeignKey("skrifter.id"), index=True),
    sa.Column("version", sa.Integer, nullable=False, default=1),
    sa.Index(None, "sag_id", "state"),
)

# The indsatser a decision gives, in the order they are written: rows of their catalogue.
afgoerelse_indsatser = sa.Table(
    "afgoerelse_indsatser",
    metadata,
    sa.Column("skrift_id", sa.ForeignKey("afgoerelser.skrift_id"), primary_key=True),
    # From 1.
    sa.Column("position", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("code", word(40), nullable=False),
    # The kind of place the child is to live at.
    sa.Column("place", word(40)),
    # What it is for; null where the decision's own purpose says it.
    sa.Column("purpose", word(500)),
    # Danish days; null where they are the decision's own.
    sa.Column("starts_on", sa.Date),
    sa.Column("ends_on", sa.Date),
    # Its paragraph, as the law was on the day it was made.
    sa.Column("law", word(120)),
)

# The help a decision takes from a family. One that names none takes what it can: it was made before
# it was to name any, or no such help stood on the case.
afgoerelse_ophoer = sa.Table(
    "afgoerelse_ophoer",
    metadata,
    sa.Column("skrift_id", sa.ForeignKey("afgoerelser.skrift_id"), primary_key=True),
    sa.Column("indsats_id", sa.ForeignKey("indsatser.id"), primary_key=True, index=True),
    # Who was heard before that has not heard of it.
    sa.Column("named_at", Moment, nullable=False),
)

afgoerelse_samtykker = sa.Table(
    "afgoerelse_samtykker",
    metadata,
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), primary_key=True),
    sa.Column("person_id", sa.ForeignKey("personer.id"), primary_key=True, index=True),
    # givet, afslaaet
    sa.Column("answer", word(16), nullable=False),
    sa.Column("given_on", sa.Date, nullable=False),
    # It covers the purpose (§ 46, stk. 2).
    sa.Column("purpose", sa.Boolean, nullable=False),
    sa.Column("noted_at", Moment, nullable=False),
    sa.Column("noted_by", word(), nullable=False),
)

# What each party is heard about, answered, and how it was weighed stands in tekster at part:<id>.
partshoeringer = sa.Table(
    "partshoeringer",
    metadata,
    key(),
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), nullable=False),
    sa.Column("person_id", sa.ForeignKey("personer.id"), nullable=False, index=True),
    # foraeldremyndighed, foraelder, kommende_foraeldre, barn
    sa.Column("capacity", word(24), nullable=False),
    # forberedt, sendt, besvaret, intet_svar, undladt
    sa.Column("state", word(16), nullable=False),
    # Which number of forvaltningsloven § 19, stk. 2, where nobody is heard.
    sa.Column("exception", sa.SmallInteger),
    sa.Column("due_on", sa.Date),
    sa.Column("sent_at", Moment),
    sa.Column("answered_on", sa.Date),
    sa.Column("letter_id", sa.ForeignKey("letters.id"), index=True),
    sa.Column("noted_at", Moment, nullable=False),
    sa.Column("noted_by", word(), nullable=False),
    sa.UniqueConstraint("skrift_id", "person_id"),
)

# The decision as it was told each party.
afgoerelse_breve = sa.Table(
    "afgoerelse_breve",
    metadata,
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), primary_key=True),
    sa.Column("person_id", sa.ForeignKey("personer.id"), primary_key=True, index=True),
    sa.Column("letter_id", sa.ForeignKey("letters.id"), nullable=False, index=True),
)

klager = sa.Table(
    "klager",
    metadata,
    key(),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False, index=True),
    sa.Column("afgoerelse_id", sa.ForeignKey("skrifter.id"), nullable=False, index=True),
    # Who complains.
    sa.Column("person_id", sa.ForeignKey("personer.id"), nullable=False, index=True),
    sa.Column("received_at", Moment, nullable=False),
    # skriftligt, mundtligt
    sa.Column("form", word(16), nullable=False),
    sa.Column("words", sa.UnicodeText, nullable=False),
    # It came after the four weeks, so it goes straight to Ankestyrelsen.
    sa.Column("late", sa.Boolean, nullable=False),
    # The Danish day those four weeks ended; null where that is not known.
    sa.Column("window_ends_on", sa.Date),
    # The Danish day the reassessment is due.
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("suspensive", sa.Boolean, nullable=False),
    # modtaget, genvurderet, fastholdt, paa_vej, sendt, trukket, afgjort
    sa.Column("state", word(16), nullable=False),
    # medhold, delvist, intet
    sa.Column("outcome", word(16)),
    sa.Column("reassessment", sa.UnicodeText),
    sa.Column("reassessed_at", Moment),
    sa.Column("reassessed_by", word()),
    sa.Column("sent_at", Moment),
    sa.Column("ended_at", Moment),
    # stadfaestet, aendret, ophaevet, hjemvist, afvist
    sa.Column("ruling", word(16)),
    # The Danish day its decision came, what it decided in place of ours, and from when it counts.
    sa.Column("ruled_on", sa.Date),
    sa.Column("ruled_words", sa.UnicodeText),
    sa.Column("ruled_from", sa.Date),
    sa.Column("noted_by", word(), nullable=False),
)

# The package to Ankestyrelsen: one PDF, in so many parts that each can be sent.
klage_dele = sa.Table(
    "klage_dele",
    metadata,
    sa.Column("klage_id", sa.ForeignKey("klager.id"), primary_key=True),
    sa.Column("number", sa.SmallInteger, primary_key=True),
    sa.Column("sha256", word(64), nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
)

# What could not be made pages, and is sent beside the package; and what is locked, which is not.
klage_uden = sa.Table(
    "klage_uden",
    metadata,
    sa.Column("klage_id", sa.ForeignKey("klager.id"), primary_key=True),
    sa.Column("number", sa.SmallInteger, primary_key=True),
    sa.Column("title", sa.UnicodeText, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    # The host's key of the document the file is of; empty where it is locked.
    sa.Column("document_key", word(128), nullable=False),
)
