"""The host's rows as the journal port's values, and its refs as the host's ids."""

import re
from collections.abc import Mapping
from typing import Final

from dubu_journal import (
    addresses,
    cases,
    documents,
    notes,
    parties,
    reminders,
    sections,
    users,
)
from dubu_journal.port.translated import NAME
from dubu_journal.refusals import BadValue, NotThere
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports import journal_objects as journal
from dubu_plugin.ports.journal_objects import Direction, Kind, PartyKind, Phase, Ref

PHASES: Final[Mapping[str, Phase]] = {
    "opstaaet": Phase.ACTIVE,
    "aktiv": Phase.ACTIVE,
    "hvilende": Phase.RESTING,
    "afsluttet": Phase.CLOSED,
}

_ID: Final = re.compile(r"[0-9]{1,18}")


def ref(kind: Kind, object_id: int, number: str | None = None) -> Ref:
    """Return the port's name for one of the host's objects."""
    return Ref(NAME, kind, str(object_id), number)


def id_of(given: Ref, *kinds: Kind) -> int:
    """Return the host's id of an object of one of these kinds.

    :raises NotThere: it is another host's, of another kind, or no key of ours.
    """
    if given.host != NAME or given.kind not in kinds:
        raise NotThere(given.kind)
    if not _ID.fullmatch(given.key):
        raise NotThere(given.kind)
    return int(given.key)


def id_of_key(given: str) -> int | None:
    """Return the id a key stands for, or None where it is none of ours."""
    return int(given) if _ID.fullmatch(given) else None


def id_of_cursor(given: str | None) -> int | None:
    """Return the id a page's cursor stands for; None before the first page.

    :raises BadValue: it is none of ours.
    """
    if given is None:
        return None
    if not _ID.fullmatch(given):
        raise BadValue("cursor")
    return int(given)


def user(row: users.User) -> journal.User:
    """Return a user."""
    return journal.User(row.key, row.login, row.name, row.unit)


def party(row: parties.Party) -> journal.Party:
    """Return somebody on a case."""
    return contact(row.contact, row.role)


def contact(row: addresses.Contact, role: str | None = None) -> journal.Party:
    """Return somebody in the address book."""
    return journal.Party(
        kind=PartyKind(row.kind),
        name=row.name,
        cpr=None if row.cpr is None else Cpr(row.cpr),
        cvr=row.cvr,
        address=row.address,
        protected_address=row.protected_address,
        role=role,
        ref=ref(Kind.PARTY, row.id),
    )


def new_contact(given: journal.Party) -> addresses.NewContact:
    """Return what the host is to know of a party.

    :raises BadValue: the CVR number is no number of eight digits.
    """
    if given.cvr is not None and not re.fullmatch(r"[0-9]{8}", given.cvr):
        raise BadValue("cvr")
    return addresses.NewContact(
        kind=given.kind.value,
        name=given.name,
        cpr=None if given.cpr is None else given.cpr.digits,
        cvr=given.cvr,
        born=None if given.cpr is None else given.cpr.born,
        address=given.address,
        protected_address=bool(given.protected_address),
    )


def case(row: cases.Case, primary: parties.Party | None) -> journal.Case:
    """Return a case with the one it is about."""
    return journal.Case(
        ref=ref(Kind.CASE, row.id, row.number),
        title=row.title,
        status_key=row.status,
        phase=PHASES[row.status],
        created=row.created,
        changed=row.changed,
        version=str(row.version),
        subject_code=row.subject_code,
        facet=row.facet,
        responsible=row.responsible,
        unit=row.unit,
        primary_party=None if primary is None else party(primary),
        protected=row.protected,
    )


def section(row: sections.Section) -> journal.Section:
    """Return a part of a case."""
    return journal.Section(ref(Kind.SECTION, row.id), row.title)


def document(row: documents.Document) -> journal.Document:
    """Return a document or a draft."""
    in_section = None if row.section_id is None else ref(Kind.SECTION, row.section_id)
    meta = journal.DocumentMeta(
        title=row.title,
        direction=Direction(row.direction),
        document_date=row.document_date,
        external_id=row.external_id,
        description=row.description,
        party=row.party,
        disclosure=row.disclosure,
        section=in_section,
    )
    kind = Kind.DOCUMENT if row.filed else Kind.DRAFT
    return journal.Document(ref(kind, row.id), meta, row.filed, row.created)


def meta(given: journal.DocumentMeta) -> documents.Meta:
    """Return what the host is to know of a document."""
    in_section = None if given.section is None else id_of(given.section, Kind.SECTION)
    return documents.Meta(
        title=given.title,
        direction=given.direction.value,
        document_date=given.document_date,
        external_id=given.external_id,
        description=given.description,
        party=given.party,
        disclosure=given.disclosure,
        section_id=in_section,
    )


def file(row: documents.File) -> journal.File:
    """Return a version of a file."""
    return journal.File(
        ref(Kind.FILE, row.id), row.name, row.media_type, row.size, row.sha256, row.version
    )


def note(row: notes.Note) -> journal.Note:
    """Return a journal note."""
    return journal.Note(
        ref(Kind.NOTE, row.id), row.title, row.body, row.occurred_at, row.created, row.created_by
    )


def reminder(row: reminders.Reminder) -> journal.Reminder:
    """Return a reminder."""
    return journal.Reminder(
        ref=ref(Kind.REMINDER, row.id),
        key=row.key,
        title=row.title,
        due=row.due,
        responsible=row.responsible,
        completed=row.completed is not None,
        text=row.text,
    )
