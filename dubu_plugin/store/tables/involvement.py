"""How the child and the family are involved: talks, consents, and statements asked for."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, word

# A talk with the child (barnets lov § 5, stk. 3), or that there was none (stk. 4).
boernesamtaler = sa.Table(
    "boernesamtaler",
    metadata,
    key(),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False, index=True),
    sa.Column("person_id", sa.ForeignKey("personer.id"), nullable=False, index=True),
    # holdt or undladt
    sa.Column("state", word(16), nullable=False),
    # The newest edition.
    sa.Column("version", sa.Integer, nullable=False),
    # What somebody wrote who was there, behind a lock.
    sa.Column("locked", sa.UnicodeText),
    sa.Column("locked_by", word()),
    sa.Column("locked_at", Moment),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("created_by", word(), nullable=False),
)

# Each time it is put right there is a new edition; the earlier ones stay.
boernesamtale_udgaver = sa.Table(
    "boernesamtale_udgaver",
    metadata,
    sa.Column("samtale_id", sa.ForeignKey("boernesamtaler.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    # When it was held, or when it was decided that there would be none.
    sa.Column("occurred_at", Moment, nullable=False),
    # A Samtaleform.
    sa.Column("form", word(32)),
    sa.Column("place", word(200)),
    # An essential meeting in a first-time case, so that § 21, stk. 5, asks for two advisers.
    sa.Column("first_time", sa.Boolean, nullable=False, default=False),
    # Employees' keys joined by commas.
    sa.Column("advisers", word(300), nullable=False, default=""),
    sa.Column("one_adviser_reason", sa.UnicodeText),
    sa.Column("others", word(500)),
    sa.Column("safe_adult", word(200)),
    sa.Column("interpreter", word(200)),
    sa.Column("topics", sa.UnicodeText),
    sa.Column("own_words", sa.UnicodeText),
    sa.Column("wishes", sa.UnicodeText),
    sa.Column("told", sa.UnicodeText),
    sa.Column("agreed", sa.UnicodeText),
    sa.Column("read_through", sa.Boolean, nullable=False, default=False),
    # A drawing or a photo: the host's key of a document on the case, and what it is called.
    sa.Column("document_key", word(128)),
    sa.Column("document_title", word(200)),
    # An Undladt, why, and how the child's view is obtained instead (§ 5, stk. 4).
    sa.Column("omitted", word(32)),
    sa.Column("omitted_reason", sa.UnicodeText),
    sa.Column("instead", sa.UnicodeText),
    sa.Column("written_at", Moment, nullable=False),
    sa.Column("written_by", word(), nullable=False),
)

# Every edition of the locked part: the words said in confidence do not disappear.
boernesamtale_laaste = sa.Table(
    "boernesamtale_laaste",
    metadata,
    sa.Column("samtale_id", sa.ForeignKey("boernesamtaler.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("text", sa.UnicodeText, nullable=False),
    sa.Column("written_at", Moment, nullable=False),
    sa.Column("written_by", word(), nullable=False),
)

# The colleagues who may open the locked part besides its author and the leader.
boernesamtale_adgange = sa.Table(
    "boernesamtale_adgange",
    metadata,
    sa.Column("samtale_id", sa.ForeignKey("boernesamtaler.id"), primary_key=True),
    sa.Column("employee", word(), primary_key=True),
    sa.Column("given_at", Moment, nullable=False),
    sa.Column("given_by", word(), nullable=False),
)

# What somebody is asked to consent to (retssikkerhedsloven § 11 a), and what they answered.
samtykker = sa.Table(
    "samtykker",
    metadata,
    key(),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False, index=True),
    sa.Column("person_id", sa.ForeignKey("personer.id"), nullable=False, index=True),
    # Who gives it: somebody we know, or only a name.
    sa.Column("giver_id", sa.ForeignKey("personer.id"), index=True),
    sa.Column("giver_name", word(200), nullable=False),
    # A Giver.
    sa.Column("giver_role", word(16), nullable=False),
    # A Samtykkeart.
    sa.Column("kind", word(32), nullable=False),
    # Codes of sources joined by commas.
    sa.Column("sources", word(300), nullable=False, default=""),
    sa.Column("purpose", sa.UnicodeText, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    # The last day.
    sa.Column("valid_to", sa.Date, nullable=False),
    # spurgt, givet, afslaaet, trukket
    sa.Column("state", word(16), nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("asked_by", word(), nullable=False),
    sa.Column("answered_at", Moment),
    # papir, digitalt, mundtligt
    sa.Column("way", word(16)),
    sa.Column("withdrawn_at", Moment),
    # What they said where they refused or withdrew.
    sa.Column("said", sa.UnicodeText),
    # § 11 c: why it is necessary to ask without; empty where it is not done.
    sa.Column("without_reason", sa.UnicodeText),
    sa.Column("letter_id", sa.ForeignKey("letters.id"), index=True),
    sa.Column("version", sa.Integer, nullable=False, default=1),
)

# What a school, a day care, a doctor … is asked to tell, and what came.
udtalelser = sa.Table(
    "udtalelser",
    metadata,
    key(),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), nullable=False, index=True),
    sa.Column("person_id", sa.ForeignKey("personer.id"), nullable=False, index=True),
    # The skrift it was asked for.
    sa.Column("skrift_id", sa.ForeignKey("skrifter.id"), index=True),
    # A code of a source.
    sa.Column("source", word(32), nullable=False),
    sa.Column("organisation", word(200), nullable=False),
    # As on the envelope, below the name.
    sa.Column("address", word(300)),
    sa.Column("electronic", word(200)),
    # samtykke or uden_samtykke
    sa.Column("basis", word(16), nullable=False),
    sa.Column("samtykke_id", sa.ForeignKey("samtykker.id"), index=True),
    sa.Column("basis_reason", sa.UnicodeText),
    sa.Column("purpose", sa.UnicodeText, nullable=False),
    # Codes of dimensions joined by commas.
    sa.Column("headings", word(500), nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    # spurgt, standset, modtaget, opgivet
    sa.Column("state", word(16), nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("asked_by", word(), nullable=False),
    sa.Column("chased_at", Moment),
    sa.Column("chased", sa.Integer, nullable=False, default=0),
    sa.Column("ended_at", Moment),
    # Why it is not waited for any more.
    sa.Column("ended_reason", sa.UnicodeText),
    sa.Column("received_on", sa.Date),
    sa.Column("document_key", word(128)),
    sa.Column("document_title", word(200)),
    sa.Column("erindring_id", sa.ForeignKey("erindringer.id"), index=True),
    sa.Column("ventegrund_id", sa.ForeignKey("ventegrunde.id"), index=True),
    sa.Column("letter_id", sa.ForeignKey("letters.id"), index=True),
    sa.Column("version", sa.Integer, nullable=False, default=1),
)

# What a statement says, by dimension; empty is what it says besides.
udtalelse_svar = sa.Table(
    "udtalelse_svar",
    metadata,
    sa.Column("udtalelse_id", sa.ForeignKey("udtalelser.id"), primary_key=True),
    sa.Column("place", word(40), primary_key=True),
    sa.Column("text", sa.UnicodeText, nullable=False),
)
