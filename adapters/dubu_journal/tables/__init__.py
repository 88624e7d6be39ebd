"""Every table of the host, by name."""

from dubu_journal.tables.casework import (
    calendar_entries,
    case_members,
    case_parties,
    case_series,
    case_templates,
    cases,
    notes,
    reminders,
    sections,
)
from dubu_journal.tables.columns import Moment, metadata
from dubu_journal.tables.documents import document_files, documents
from dubu_journal.tables.organisation import (
    sessions,
    unit_leaders,
    unit_members,
    units,
    user_roles,
    users,
)
from dubu_journal.tables.people import contacts, relations
from dubu_journal.tables.post import incoming_post, outgoing_post
from dubu_journal.tables.reads import reads
from dubu_journal.tables.record import changes, installation, ops

__all__ = [
    "Moment",
    "calendar_entries",
    "case_members",
    "case_parties",
    "case_series",
    "case_templates",
    "cases",
    "changes",
    "contacts",
    "document_files",
    "documents",
    "incoming_post",
    "installation",
    "metadata",
    "notes",
    "ops",
    "outgoing_post",
    "reads",
    "relations",
    "reminders",
    "sections",
    "sessions",
    "unit_leaders",
    "unit_members",
    "units",
    "user_roles",
    "users",
]
