"""Cases, and what lies on them apart from documents."""

import sqlalchemy as sa

from dubu_journal.tables.columns import (
    maybe_moment,
    maybe_text,
    metadata,
    moment,
    number,
    text,
    to,
    yes,
)

case_templates = sa.Table(
    "case_templates",
    metadata,
    sa.Column("key", sa.Unicode, primary_key=True),
    text("title"),
    text("subject_code"),
    text("facet"),
)

case_series = sa.Table(
    "case_series",
    metadata,
    # The last number given within a subject, a facet and a year.
    sa.Column("subject_code", sa.Unicode, primary_key=True),
    sa.Column("facet", sa.Unicode, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)

cases = sa.Table(
    "cases",
    metadata,
    number(),
    text("number", unique=True),
    text("title"),
    text("subject_code"),
    text("facet"),
    text("status"),
    to("users.key", "responsible"),
    to("units.key", "unit"),
    yes("protected"),
    moment("created"),
    text("created_by"),
    moment("changed", index=True),
    maybe_text("status_comment"),
    maybe_moment("closed"),
    sa.Column("version", sa.Integer, nullable=False, default=1, server_default="1"),
    # Who may find it, as words of the search index: see `search`.
    text("scope"),
    sa.Index("ix_cases_unit_status_changed", "unit", "status", "changed"),
    sa.Index("ix_cases_responsible_status_changed", "responsible", "status", "changed"),
    sqlite_autoincrement=True,
)

case_parties = sa.Table(
    "case_parties",
    metadata,
    to("cases.id", "case_id", primary_key=True),
    to("contacts.id", "contact_id", primary_key=True, index=True),
    maybe_text("role"),
    yes("is_primary"),
    moment("added"),
    text("added_by"),
)

case_members = sa.Table(
    "case_members",
    metadata,
    # Those who work on the case without being responsible for it.
    to("cases.id", "case_id", primary_key=True),
    to("users.key", "user", primary_key=True, index=True),
)

sections = sa.Table(
    "sections",
    metadata,
    number(),
    to("cases.id", "case_id"),
    text("title"),
    sa.UniqueConstraint("case_id", "title"),
)

notes = sa.Table(
    "notes",
    metadata,
    number(),
    to("cases.id", "case_id", index=True),
    text("title"),
    text("body"),
    moment("occurred_at"),
    moment("created"),
    text("created_by"),
    sqlite_autoincrement=True,
)

reminders = sa.Table(
    "reminders",
    metadata,
    number(),
    to("cases.id", "case_id"),
    maybe_text("key"),
    text("title"),
    text("text"),
    text("type"),
    moment("due"),
    sa.Column("visible_from", sa.Date),
    to("users.key", "responsible"),
    maybe_moment("completed"),
    maybe_text("completed_by"),
    moment("created"),
    sa.UniqueConstraint("case_id", "key"),
    sa.Index("ix_reminders_responsible_completed_due", "responsible", "completed", "due"),
    sqlite_autoincrement=True,
)

calendar_entries = sa.Table(
    "calendar_entries",
    metadata,
    number(),
    # Chosen by whoever made the entry; the same key changes the same entry.
    text("key", unique=True),
    to("cases.id", "case_id", nullable=True, index=True),
    to("users.key", "owner"),
    text("title"),
    text("text"),
    maybe_text("place"),
    moment("starts"),
    moment("ends"),
    yes("all_day"),
    yes("cancelled"),
    moment("changed"),
    sa.Index("ix_calendar_entries_owner_starts", "owner", "starts"),
    sqlite_autoincrement=True,
)
