"""Who works here: units in a tree, users, what they may, and who leads which unit."""

import sqlalchemy as sa

from dubu_journal.tables.columns import (
    maybe_text,
    metadata,
    moment,
    text,
    to,
)

units = sa.Table(
    "units",
    metadata,
    sa.Column("key", sa.Unicode, primary_key=True),
    # A small number that stands for the unit in the search index.
    sa.Column("number", sa.Integer, nullable=False, unique=True),
    text("title"),
    to("units.key", "parent", nullable=True, index=True),
    maybe_text("phone"),
    maybe_text("acute_phone"),
)

users = sa.Table(
    "users",
    metadata,
    sa.Column("key", sa.Unicode, primary_key=True),
    text("login", unique=True),
    text("name"),
    to("units.key", "unit", nullable=True, index=True),
    maybe_text("title"),
    maybe_text("phone"),
    maybe_text("email"),
    # The user's own entry in the address book, so that a case on themselves can be recognised.
    to("contacts.id", "contact_id", nullable=True, index=True),
    sa.Column("active", sa.Boolean, nullable=False, default=True, server_default=sa.true()),
)

user_roles = sa.Table(
    "user_roles",
    metadata,
    to("users.key", "user", primary_key=True),
    sa.Column("role", sa.Unicode, primary_key=True),
)

unit_members = sa.Table(
    "unit_members",
    metadata,
    # Besides the unit they are employed in.
    to("units.key", "unit", primary_key=True),
    to("users.key", "user", primary_key=True, index=True),
)

unit_leaders = sa.Table(
    "unit_leaders",
    metadata,
    to("units.key", "unit", primary_key=True),
    to("users.key", "user", primary_key=True, index=True),
)

sessions = sa.Table(
    "sessions",
    metadata,
    # The hash of what the browser holds: a copy of the database opens nobody's session.
    sa.Column("token_hash", sa.Unicode, primary_key=True),
    to("users.key", "user", index=True),
    moment("started"),
    moment("expires"),
)
