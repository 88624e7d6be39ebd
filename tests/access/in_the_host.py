"""What the host holds before and after the case came into being: people, a draft, a meeting."""

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dubu_journal import (
    addresses,
    calendar,
    documents,
    drafts,
    family,
    parties,
    reminders,
    users,
)
from dubu_journal.addresses import NewContact
from dubu_plugin.domain.access import Role

from .known import (
    CHILD,
    CPR,
    DRAFT_TITLE,
    FAR,
    MEETING,
    MOTHER,
    NEIGHBOUR,
    NOTE_WORD,
    NOW,
    OWN_UNIT,
    PEOPLE,
    REMINDER,
    SECRET,
    UNIT_BELOW,
    WORKER,
)

if TYPE_CHECKING:
    from .municipality import Municipality


def add_people(town: "Municipality") -> None:
    """Add the units, those who look, and the family in the address book."""
    with town.host.database.writing() as connection:
        for key, parent in (
            ("top", None), (OWN_UNIT, "top"), (UNIT_BELOW, OWN_UNIT), (FAR, "top"),
            ("doegnvagt", "top"),
        ):  # fmt: skip
            users.add_unit(connection, users.Unit(key, f"Enheden {key}", parent))
        for key, role in {**PEOPLE, WORKER: Role.CASEWORKER}.items():
            roles = frozenset([str(role)] if role else [])
            unit = FAR if key == WORKER else OWN_UNIT
            name = f"{key.title()} Demotoft"
            users.add_user(connection, users.User(key, key, name, unit, roles=roles))
        users.lead(connection, "henrik", OWN_UNIT)
        for name, cpr, protected in (
            (CHILD, CPR, True), (MOTHER, "2303881990", True), (NEIGHBOUR, "2108154990", False),
        ):  # fmt: skip
            new = NewContact(
                "person", name, cpr=cpr, born=date(2016, 12, 3) if name == CHILD else None,
                address=SECRET if protected else "Testparken 14", protected_address=protected,
            )  # fmt: skip
            town.contacts[name] = addresses.add(connection, new, NOW)
        family.relate(connection, town.contacts[CHILD], "mor", town.contacts[MOTHER])


def add_content(town: "Municipality") -> None:
    """Lay a draft, a party, a meeting and a reminder on the case."""
    kept = town.host.files.put(io.BytesIO(NOTE_WORD.encode()))
    file = documents.NewFile("Handleplan.docx", "application/octet-stream", kept)
    with town.host.database.writing() as connection:
        meta = documents.Meta(DRAFT_TITLE, "out", NOW.date(), "udkast", party=MOTHER)
        drafts.create(connection, town.case, meta, file, by=WORKER, now=NOW)
        parties.add(
            connection, town.case, town.contacts[MOTHER], role="Forælder", by=WORKER, now=NOW
        )
        for user in PEOPLE:
            entry = calendar.NewEntry(
                f"moede-{user}", user, MEETING, NOW + timedelta(hours=1), NOW + timedelta(hours=2),
                case_id=town.case,
            )  # fmt: skip
            calendar.put(connection, entry, NOW)
            due = NOW - timedelta(days=1)
            reminders.put(connection, town.case, reminders.NewReminder(REMINDER, due, user), NOW)
