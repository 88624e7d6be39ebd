"""Copies of what the host knows of people, so that no page waits for the host."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, unique_where_known, word

personer = sa.Table(
    "personer",
    metadata,
    key(),
    # The address book's key. Unborn and unknown children have none until they are known.
    sa.Column("host_key", word(128)),
    sa.Column("name", word(200), nullable=False),
    # First and last name, folded: by this a text is searched for those we know.
    sa.Column("name_key", word(100), index=True),
    sa.Column("cpr", word(10), index=True),
    sa.Column("born", sa.Date),
    sa.Column("due_date", sa.Date),
    sa.Column("mother_id", sa.ForeignKey("personer.id")),
    sa.Column("address", word(300)),
    sa.Column("protected_address", sa.Boolean, nullable=False, default=False),
    sa.Column("phone", word(40)),
    sa.Column("email", word(200)),
    sa.Column("seen_at", Moment, nullable=False),
    unique_where_known("host_key"),
)

ties = sa.Table(
    "ties",
    metadata,
    sa.Column("person_id", sa.ForeignKey("personer.id"), primary_key=True),
    sa.Column("other_id", sa.ForeignKey("personer.id"), primary_key=True, index=True),
    sa.Column("tie", word(32), nullable=False),
)

# The host's cases on a person, as they stood when the person was last looked up. They are what
# »the adults' other cases« shows, so that the page asks nobody.
known_cases = sa.Table(
    "known_cases",
    metadata,
    sa.Column("person_id", sa.ForeignKey("personer.id"), primary_key=True),
    sa.Column("host_key", word(128), primary_key=True),
    sa.Column("number", word(64)),
    sa.Column("title", word(200), nullable=False),
    sa.Column("subject_code", word(32)),
    # active, resting, closed
    sa.Column("phase", word(16), nullable=False),
    # The person is who the case is about, not one of its other parties.
    sa.Column("primary", sa.Boolean, nullable=False, default=False),
    sa.Column("protected", sa.Boolean, nullable=False, default=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
)

units = sa.Table(
    "units",
    metadata,
    sa.Column("key", word(), primary_key=True),
    sa.Column("title", word(200), nullable=False),
    sa.Column("parent", word()),
    sa.Column("phone", word(40)),
    sa.Column("acute_phone", word(40)),
)

employees = sa.Table(
    "employees",
    metadata,
    sa.Column("key", word(), primary_key=True),
    sa.Column("login", word(100), nullable=False, unique=True),
    sa.Column("name", word(200), nullable=False),
    sa.Column("title", word(100)),
    sa.Column("phone", word(40)),
    sa.Column("email", word(200)),
    sa.Column("unit", word(), index=True),
    sa.Column("roles", word(200), nullable=False),
    sa.Column("person_key", word(128), index=True),
    sa.Column("active", sa.Boolean, nullable=False, default=True),
    sa.Column("seen_at", Moment, nullable=False),
)
