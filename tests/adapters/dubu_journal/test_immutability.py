"""What is filed stays: the database itself refuses, whoever asks."""

import io
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from dubu_journal import cases, documents, drafts, notes
from dubu_journal.documents import Meta, NewFile
from dubu_journal.host import Host
from dubu_journal.refusals import AlreadyFiled

NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


@pytest.fixture
def filed(host: Host) -> int:
    """A case with a filed document, a note and an item of post."""
    content = host.files.put(io.BytesIO(b"brev"))
    with host.database.writing() as connection:
        new = cases.NewCase("Test", "anne", subject_code="27.24.00")
        case_id = cases.create(connection, new, "anne", NOW)
        meta = Meta("Test: et brev", "in", date(2026, 3, 2), "x")
        file = NewFile("brev.txt", "text/plain", content)
        document_id = documents.file(connection, case_id, meta, [file], by="anne", now=NOW)
        notes.add(connection, case_id, "Test", "tekst", occurred_at=NOW, by="anne", now=NOW)
    return document_id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notes SET body = 'andet'",
        "DELETE FROM notes",
        "UPDATE documents SET title = 'andet'",
        "UPDATE documents SET filed = 0",
        "UPDATE documents SET case_id = 7",
        "DELETE FROM documents",
        "UPDATE document_files SET sha256 = 'andet'",
        "DELETE FROM document_files",
        "INSERT INTO document_files (document_id, position, version, name, media_type, size,"
        " sha256, created, created_by) VALUES (1, 1, 2, 'x', 'x', 1, 'x', '2026-01-01', 'anne')",
    ],
)
def test_the_database_refuses(host: Host, filed: int, statement: str) -> None:
    with pytest.raises(sa.exc.IntegrityError), host.database.writing() as connection:
        connection.exec_driver_sql(statement)
    with host.database.reading() as connection:
        assert documents.get(connection, filed).title == "Test: et brev"
        assert notes.of_case(connection, 1, limit=9)[0].body == "tekst"


def test_a_ledger_row_stays(host: Host, filed: int) -> None:
    with host.database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO ops VALUES ('k', 'add_note', 'note', 1, NULL, 'anne', '2026-01-01')"
        )
    for statement in ("DELETE FROM ops", "UPDATE ops SET object_id = 2"):
        with pytest.raises(sa.exc.IntegrityError), host.database.writing() as connection:
            connection.exec_driver_sql(statement)


def test_a_filed_document_is_no_draft(host: Host, filed: int) -> None:
    with host.database.writing() as connection:
        with pytest.raises(AlreadyFiled):
            drafts.rename(connection, filed, "andet")
        with pytest.raises(AlreadyFiled):
            drafts.discard(connection, filed)


def test_a_draft_can_be_renamed_and_thrown_away(host: Host, filed: int) -> None:
    content = host.files.put(io.BytesIO(b"udkast"))
    meta = Meta("Kladde", "out", date(2026, 3, 2), "y")
    with host.database.writing() as connection:
        file = NewFile("k.txt", "text/plain", content)
        draft_id = drafts.create(connection, 1, meta, file, by="anne", now=NOW)
        drafts.rename(connection, draft_id, "Ny titel")
        assert documents.get(connection, draft_id).title == "Ny titel"
        drafts.discard(connection, draft_id)
        assert [d.id for d in documents.of_case(connection, 1, limit=9)] == [filed]


def test_a_broken_lock_frees_the_draft(host: Host, filed: int) -> None:
    content = host.files.put(io.BytesIO(b"udkast"))
    meta = Meta("Kladde", "out", date(2026, 3, 2), "y")
    with host.database.writing() as connection:
        file = NewFile("k.txt", "text/plain", content)
        draft_id = drafts.create(connection, 1, meta, file, by="anne", now=NOW)
        drafts.check_out(connection, draft_id, "lås", by="anne", now=NOW)
        drafts.break_lock(connection, draft_id)
        drafts.check_out(connection, draft_id, "anden lås", by="bo", now=NOW)
