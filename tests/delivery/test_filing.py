"""A document is filed as it was planned, and a note says so by itself."""

from datetime import date

import pytest

from dubu_plugin.ports.journal_objects import Direction, Note
from dubu_plugin.testing.installation import Installation


@pytest.fixture
def notes(it: Installation) -> list[Note]:
    sag = it.sag()
    it.tell(sag, "open_case")
    it.file(sag, b"indhold")
    it.deliver()
    (folder,) = it.journal.folders.values()
    return folder.notes


def test_the_document_is_filed_as_it_was_planned(it: Installation, notes: list[Note]) -> None:
    (folder,) = it.journal.folders.values()
    (document,) = folder.documents.values()
    assert document.filed
    assert document.meta.title == "Underretning fra skolen"
    assert document.meta.direction is Direction.IN
    assert document.meta.document_date == date(2026, 3, 2)
    assert document.meta.party == "Prøvestrup Skole"
    ((file,),) = it.journal.versions.values()
    assert (file.name, file.media_type, file.size) == ("brev æøå.txt", "text/plain", 7)
    assert list(it.journal.contents.values()) == [b"indhold"]


def test_the_note_says_what_was_filed_and_who_did_it(it: Installation, notes: list[Note]) -> None:
    (note,) = notes
    assert note.title == "Underretning fra skolen"
    assert note.body == (
        "Dokumentet »Underretning fra skolen« (indgående) er lagt på sagen "
        "af Anne Testsagsbehandler.\nFiler: brev æøå.txt"
    )
    assert note.author == "anne"


def test_a_note_that_was_planned_is_used_instead(it: Installation) -> None:
    sag = it.sag()
    it.tell(sag, "open_case")
    it.file(sag, note={"title": "Underretning modtaget", "body": "Fra skolen."})
    it.deliver()
    (folder,) = it.journal.folders.values()
    assert [(note.title, note.body) for note in folder.notes] == [
        ("Underretning modtaget", "Fra skolen.")
    ]


def test_a_note_that_could_not_be_written_is_written_later_and_the_document_filed_once(
    it: Installation,
) -> None:
    sag = it.sag()
    it.tell(sag, "open_case")
    it.file(sag)

    def down_for_notes(operation: str) -> None:
        it.journal.down = operation == "add_note"

    it.journal.wait = down_for_notes
    it.deliver()
    assert (it.documents(), it.notes()) == (1, 0)
    it.journal.wait = lambda operation: None
    it.journal.down = False
    it.wait(minutes=1)
    it.deliver()
    assert (it.documents(), it.notes()) == (1, 1)
    assert it.rows() == ["udfoert", "udfoert"]


def test_a_file_that_is_missing_waits_for_a_person(it: Installation) -> None:
    sag = it.sag()
    it.tell(sag, "open_case")
    it.file(sag, files=[{"sha256": "0" * 64, "name": "væk.txt", "media_type": "text/plain"}])
    it.deliver()
    assert it.rows() == ["udfoert", "afvist"]


def test_a_document_before_its_case_waits_for_a_person(it: Installation) -> None:
    key = it.file(it.sag())
    it.deliver()
    assert it.row(key).error == "dubu:file_document:Refused:sagen_er_ikke_oprettet"
