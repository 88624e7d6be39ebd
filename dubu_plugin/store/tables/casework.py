"""Cases, underretninger, assessments, letters, and what is still being typed."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, unique_where_known, word

sager = sa.Table(
    "sager",
    metadata,
    key(),
    # The host's key and number, once the host has opened the case.
    sa.Column("host_key", word(128)),
    sa.Column("number", word(64)),
    sa.Column("title", word(200), nullable=False),
    sa.Column("child_id", sa.ForeignKey("personer.id"), nullable=False, index=True),
    # udsatte_boern or boernehandicap
    sa.Column("area", word(32), nullable=False),
    # The course's step: modtaget, vurderet, screening …
    sa.Column("step", word(32), nullable=False),
    sa.Column("phase", word(16), nullable=False),
    sa.Column("responsible", word(), index=True),
    sa.Column("unit", word(), index=True),
    sa.Column("protected", sa.Boolean, nullable=False, default=False),
    # Support or a placement is running, so that § 137 asks for fresh eyes.
    sa.Column("has_indsats", sa.Boolean, nullable=False, default=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("closed_at", Moment),
    sa.Column("version", sa.Integer, nullable=False, default=1),
    unique_where_known("host_key"),
)

# Everybody who has a part in a case, or had: § 137 asks who has handled it before.
sagsdeltagere = sa.Table(
    "sagsdeltagere",
    metadata,
    sa.Column("sag_id", sa.ForeignKey("sager.id"), primary_key=True),
    sa.Column("employee", word(), primary_key=True),
    sa.Column("first_at", Moment, nullable=False),
    # Still works on it, so that it opens for them.
    sa.Column("active", sa.Boolean, nullable=False, default=True),
    sa.Index(None, "employee", "active", "sag_id"),
)

# An employee and a person they are, or are related to. Rows here close doors.
conflicts = sa.Table(
    "conflicts",
    metadata,
    sa.Column("employee", word(), primary_key=True),
    sa.Column("person_id", sa.ForeignKey("personer.id"), primary_key=True, index=True),
    # selv or familie
    sa.Column("relation", word(16), nullable=False),
)

underretninger = sa.Table(
    "underretninger",
    metadata,
    key(),
    sa.Column("post_id", sa.ForeignKey("post_items.id"), nullable=False, unique=True),
    sa.Column("henvendelse", word(32), nullable=False),
    # ny, vurderet, fordelt (an ansøgning somebody has taken on), andet (a person found that it
    # is neither)
    sa.Column("state", word(16), nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("channel", word(32), nullable=False),
    sa.Column("pligt", word(8)),
    sa.Column("underretter", word(8)),
    sa.Column("professional", sa.Boolean),
    sa.Column("anonymous", sa.Boolean, nullable=False, default=False),
    sa.Column("notifier_name", word(200)),
    sa.Column("notifier_organisation", word(200)),
    sa.Column("notifier_address", word(300)),
    sa.Column("notifier_relation", word(200)),
    sa.Column("orienteret", word(32)),
    sa.Column("overgreb", word(16)),
    sa.Column("text", sa.UnicodeText, nullable=False),
    # What an application is about: whose answering time it has (retssikkerhedsloven § 3, stk. 2).
    sa.Column("area", word(40)),
    # The child; null while nobody has said which.
    # child_state: fundet, foreslaaet, ukendt, ufoedt
    sa.Column("child_id", sa.ForeignKey("personer.id"), index=True),
    sa.Column("child_state", word(16), nullable=False),
    sa.Column("matched_at", Moment),
    sa.Column("sag_id", sa.ForeignKey("sager.id")),
    sa.Column("responsible", word()),
    sa.Column("unit", word()),
    sa.Column("protected", sa.Boolean, nullable=False, default=False),
    # Why a person found that it is something else than it was registered as.
    sa.Column("andet_reason", sa.UnicodeText),
    sa.Column("closed_at", Moment),
    sa.Column("version", sa.Integer, nullable=False, default=1),
    sa.Index(None, "state", "received_at"),
    sa.Index(None, "unit", "state"),
    # What is open of what somebody has, or of a case: what was closed long ago is not looked at.
    sa.Index(None, "responsible", "state"),
    sa.Index(None, "sag_id", "state"),
)

aarsager = sa.Table(
    "aarsager",
    metadata,
    sa.Column("underretning_id", sa.ForeignKey("underretninger.id"), primary_key=True),
    sa.Column("code", word(16), primary_key=True),
    # Ticked by the system from the text, or by a person.
    sa.Column("suggested", sa.Boolean, nullable=False, default=False),
)

candidates = sa.Table(
    "candidates",
    metadata,
    sa.Column("underretning_id", sa.ForeignKey("underretninger.id"), primary_key=True),
    sa.Column("person_id", sa.ForeignKey("personer.id"), primary_key=True),
    sa.Column("score", sa.Integer, nullable=False),
    # Why, as codes of dubu_plugin.domain.match joined by commas: cpr,navn,adresse,skole …
    sa.Column("reasons", word(100), nullable=False),
)

vurderinger = sa.Table(
    "vurderinger",
    metadata,
    key(),
    sa.Column("underretning_id", sa.ForeignKey("underretninger.id"), nullable=False),
    # A correction is a new row; the highest version counts.
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("fare", word(16), nullable=False),
    sa.Column("reason", sa.UnicodeText, nullable=False),
    sa.Column("acute_action", sa.UnicodeText),
    sa.Column("next_step", word(32), nullable=False),
    sa.Column("assessor", word(), nullable=False),
    sa.Column("assessed_at", Moment, nullable=False),
    # § 137: who took part without having handled the case before.
    sa.Column("fresh_eyes", word()),
    # holdt, undladt, ikke_aktuel
    sa.Column("conversation", word(16)),
    sa.Column("conversation_at", Moment),
    sa.Column("conversation_reason", sa.UnicodeText),
    # Siblings assessed at the same time: ids joined by commas.
    sa.Column("siblings", sa.UnicodeText, nullable=False, default=""),
    # § 138, stk. 2: special circumstances, so that the notifier is not told the outcome.
    sa.Column("withhold_reason", sa.UnicodeText),
    sa.UniqueConstraint("underretning_id", "version"),
)

genvurderinger = sa.Table(
    "genvurderinger",
    metadata,
    key(),
    sa.Column("underretning_id", sa.ForeignKey("underretninger.id"), nullable=False, index=True),
    # § 137, stk. 1: who is asked to take part without having handled the case before.
    sa.Column("employee", word(), nullable=False),
    sa.Column("asked_by", word(), nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    # spurgt, bekraeftet, afslaaet, givet_videre, trukket
    sa.Column("state", word(16), nullable=False),
    # What they wrote themselves, or why they said no.
    sa.Column("words", sa.UnicodeText),
    sa.Column("answered_at", Moment),
    sa.Index(None, "employee", "state"),
    sa.Index(None, "asked_by", "state"),
)

letters = sa.Table(
    "letters",
    metadata,
    key(),
    sa.Column("code", word(64), nullable=False),
    sa.Column("template_version", word(64), nullable=False),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), index=True),
    sa.Column("underretning_id", sa.ForeignKey("underretninger.id"), index=True),
    # What was put in the letter, as JSON: with the template it gives the same letter again.
    sa.Column("values", sa.UnicodeText, nullable=False),
    # Name and address as on the envelope, and the electronic address; null where nobody is
    # written to, or where there is only paper.
    sa.Column("recipient", word(500)),
    sa.Column("address", word(200)),
    # skrives, klar, journaliseret, i_koe, til_print, sendt, ikke_naaet, udgaaet
    sa.Column("state", word(16), nullable=False),
    # The host's key of the document.
    sa.Column("document_key", word(128)),
    sa.Column("docx_sha256", word(64)),
    sa.Column("pdf_sha256", word(64)),
    sa.Column("author", word(), nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("sent_at", Moment),
    sa.Index(None, "state", "created_at"),
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("employee", word(), primary_key=True),
    # Which form: vurdering:<id>, henvendelse:<the form's number> …
    sa.Column("form", word(100), primary_key=True),
    sa.Column("fields", sa.UnicodeText, nullable=False),
    # The version of what was on the screen when the typing began.
    sa.Column("base_version", sa.Integer, nullable=False),
    sa.Column("saved_at", Moment, nullable=False),
)

# Words of names and texts, so that search begins with a word on any database.
search_words = sa.Table(
    "search_words",
    metadata,
    sa.Column("word", word(40), primary_key=True),
    # sag or underretning
    sa.Column("kind", word(16), primary_key=True),
    sa.Column("subject_id", sa.Uuid, primary_key=True, index=True),
    # 3 name, 2 title or sender, 1 text
    sa.Column("weight", sa.SmallInteger, nullable=False),
)
