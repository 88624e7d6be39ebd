"""Filling the host when it is new: rows straight into the tables, the word index afterwards.

See `dubu_plugin.ports.bulk`. Meanwhile SQLite keeps no journal and forces nothing to the disk, so
a file whose filling was cut short is no good: throw it away and begin again.
"""

import io
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from dubu_journal import access, addresses, cases, names, schema, users
from dubu_journal import tables as t
from dubu_journal.files import Stored
from dubu_journal.host import Host
from dubu_journal.post.arrivals import Arrivals
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.ports.bulk import BulkCase, BulkContent, BulkPerson, BulkPost, BulkUser

T = TypeVar("T")

AT_ONCE: Final = 5_000
"""How many persons, or rows of a case's documents and notes, are written at a time."""
HURRY: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA cache_size = -256000",
    "PRAGMA temp_store = MEMORY",
)
RECORDED_TIES: Final = frozenset({"mor", "far", "partner"})
"""Other ties follow from these: see `family`."""


class EmbeddedBulkLoader:
    """See `dubu_plugin.ports.bulk.BulkLoader` for each operation."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def person_key(self, number: int) -> str:
        """Return the key the address book will give a person."""
        return str(number)

    def case_key(self, number: int) -> str:
        """Return the key the host will give a case."""
        return str(number)

    def load(self, content: BulkContent, progress: Callable[[int], None]) -> None:
        """Fill the host."""
        with self._host.database.writing() as connection:
            if connection.execute(sa.select(t.users.c.key).limit(1)).first() is not None:
                raise ConfigurationError(f"{self._host.database.path} er ikke tom.")
        self._host.database.close()
        engine = _hurried(self._host)
        try:
            with engine.begin() as connection, schema.without_triggers(connection):
                _Filling(connection, self._host).fill(content, progress)
        finally:
            engine.dispose()
        _force(self._host)
        for item in content.post():
            self._receive(item)

    def _receive(self, item: BulkPost) -> None:
        arrivals = Arrivals(self._host, lambda: item.received_at, largest=len(item.raw))
        written = int(item.received_at.timestamp() * 1_000_000_000)
        arrivals.file(io.BytesIO(item.raw), item.filename, written)


class _Filling:
    """One filling, in the order things point at each other."""

    def __init__(self, connection: sa.Connection, host: Host) -> None:
        self._connection = connection
        self._host = host
        self._scopes: dict[tuple[str, bool], str] = {}
        self._series: dict[tuple[str, str, int], int] = {}
        self._documents = 0

    def fill(self, content: BulkContent, progress: Callable[[int], None]) -> None:
        for template in content.templates():
            subject, facet = template.subject_code or "", template.facet or ""
            made = cases.Template(template.key, template.title, subject, facet)
            cases.add_template(self._connection, made)
        for unit in content.units():
            given = users.Unit(unit.key, unit.title, unit.parent, unit.phone, unit.acute_phone)
            users.add_unit(self._connection, given)
        files = [self._host.files.put(io.BytesIO(file)) for file in content.files()]
        for some in _lots(content.persons()):
            self._persons(some)
        for user in content.users():
            self._user(user)
        for few in _lots(content.cases(), 200):
            self._cases(few, files)
            progress(len(few))
        series = [
            {"subject_code": subject, "facet": facet, "year": year, "last": last}
            for (subject, facet, year), last in self._series.items()
        ]
        self._insert(t.case_series, series)

    def _persons(self, some: list[BulkPerson]) -> None:
        now = datetime.now(UTC)
        self._insert(
            t.contacts,
            [
                {
                    "id": person.number,
                    "kind": "person",
                    "name": person.name,
                    "cpr": person.cpr,
                    "born": person.born,
                    "address": person.address,
                    "street": names.street(person.address),
                    "protected_address": person.protected_address,
                    "phone": person.phone,
                    "email": person.email,
                    "created": now,
                    "changed": now,
                }
                for person in some
            ],
        )
        addresses.index(self._connection, [(person.number, person.name) for person in some])
        ties = [
            {"contact_id": person.number, "tie": str(tie), "other_id": other}
            for person in some
            for tie, other in person.ties
            if tie in RECORDED_TIES
        ]
        self._insert(t.relations, ties)

    def _user(self, user: BulkUser) -> None:
        given = users.User(
            key=user.key,
            login=user.login,
            name=user.name,
            unit=user.unit,
            title=user.title,
            contact_id=user.person,
            email=user.email,
            roles=user.roles,
        )
        users.add_user(self._connection, given)
        for unit in user.leads:
            users.lead(self._connection, user.key, unit)

    def _cases(self, few: list[BulkCase], files: list[Stored]) -> None:
        self._insert(t.cases, [self._case(case) for case in few])
        self._insert(
            t.case_parties,
            [
                {
                    "case_id": case.number,
                    "contact_id": person,
                    "role": role,
                    "is_primary": place == 0,
                    "added": case.created,
                    "added_by": case.responsible,
                }
                for case in few
                for place, (person, role) in enumerate(case.parties)
            ],
        )
        members = [{"case_id": case.number, "user": user} for case in few for user in case.members]
        self._insert(t.case_members, members)
        for case in few:
            self._contents(case, files)

    def _case(self, case: BulkCase) -> dict[str, Any]:
        series = (case.subject_code, case.facet, case.created.year)
        self._series[series] = self._series.get(series, 0) + 1
        return {
            "id": case.number,
            "number": case.display,
            "title": case.title,
            "subject_code": case.subject_code,
            "facet": case.facet,
            "status": cases.CLOSED if case.closed else cases.FIRST,
            "responsible": case.responsible,
            "unit": case.unit,
            "protected": case.protected,
            "created": case.created,
            "created_by": case.responsible,
            "changed": case.closed or case.created,
            "closed": case.closed,
            "scope": self._scope(case.unit, case.protected),
        }

    def _scope(self, unit: str, protected: bool) -> str:
        found = self._scopes.get((unit, protected))
        if found is None:
            found = access.words(self._connection, unit, protected)
            self._scopes[unit, protected] = found
        return found

    def _contents(self, case: BulkCase, files: list[Stored]) -> None:
        """Write what lies on a case: by far the most rows, so they pass by the type system."""
        documents, versions = [], []
        for document in case.documents:
            self._documents += 1
            number, file = self._documents, files[document.file]
            day = document.day.isoformat()
            at = f"{day} 10:00:00.000000"
            documents.append(
                (
                    number, case.number, document.title, document.direction, day,
                    document.external_id, True, at, at, document.author,
                )
            )  # fmt: skip
            versions.append(
                (
                    number, 1, 1, document.filename, document.media_type, file.size, file.sha256,
                    at, document.author,
                )
            )  # fmt: skip
        notes = [
            (
                case.number, note.title, note.body, _stamp(note.occurred_at),
                _stamp(note.occurred_at), note.author,
            )
            for note in case.notes
        ]  # fmt: skip
        for statement, rows in ((DOCUMENTS, documents), (VERSIONS, versions), (NOTES, notes)):
            if rows:
                self._connection.exec_driver_sql(statement, rows)

    def _insert(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(sa.insert(table), rows)


def _statement(table: str, *names: str) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)})"


DOCUMENTS: Final = _statement(
    "documents", "id", "case_id", "title", "direction", "document_date", "external_id", "filed",
    "filed_at", "created", "created_by",
)  # fmt: skip
VERSIONS: Final = _statement(
    "document_files", "document_id", "position", "version", "name", "media_type", "size", "sha256",
    "created", "created_by",
)  # fmt: skip
NOTES: Final = _statement(
    "notes", "case_id", "title", "body", "occurred_at", "created", "created_by"
)


def _stamp(moment: datetime) -> str:
    """Return a moment as `columns.Moment` stores it."""
    plain = moment.astimezone(UTC).replace(tzinfo=None)
    return plain.isoformat(sep=" ", timespec="microseconds")


def _lots(things: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some


def _hurried(host: Host) -> sa.Engine:
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(host.database.path)))

    def prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None
        for pragma in HURRY:
            connection.execute(pragma)

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "begin", begin)
    return engine


def _force(host: Host) -> None:
    """Force the file to the disk; from the next opening it keeps a journal again."""
    descriptor = os.open(host.database.path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
