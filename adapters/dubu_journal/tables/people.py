"""The address book: persons, companies and others, and who is related to whom."""

import sqlalchemy as sa

from dubu_journal.tables.columns import (
    maybe_text,
    metadata,
    moment,
    number,
    text,
    to,
    yes,
)

contacts = sa.Table(
    "contacts",
    metadata,
    number(),
    text("kind"),
    text("name"),
    maybe_text("cpr", unique=True),
    maybe_text("cvr", unique=True),
    sa.Column("born", sa.Date),
    # Set for an unborn child, who has no CPR number yet.
    sa.Column("due", sa.Date),
    maybe_text("address"),
    # Street and number as they are looked for: `names.words` of what stands before the first comma.
    maybe_text("street", index=True),
    yes("protected_address"),
    maybe_text("phone"),
    maybe_text("email"),
    moment("created"),
    moment("changed"),
    sa.Column("version", sa.Integer, nullable=False, default=1, server_default="1"),
    sqlite_autoincrement=True,
)

relations = sa.Table(
    "relations",
    metadata,
    # `other_id` is the `tie` of `contact_id`: their mother, their child.
    to("contacts.id", "contact_id", primary_key=True),
    to("contacts.id", "other_id", primary_key=True, index=True),
    sa.Column("tie", sa.Unicode, primary_key=True),
)
