"""The promises of a journal on documents, files and drafts, as tests."""

import io
from dataclasses import replace

import pytest

from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.journal import Capability, Journal
from dubu_plugin.ports.journal_errors import CaseClosed, Conflict, Locked, Rejected, TooLarge
from dubu_plugin.ports.journal_objects import Case, Direction, Document, NewFile
from dubu_plugin.testing.journal_ground import (
    AWKWARD,
    Ground,
    JournalGround,
    closed_status,
    digest,
    meta,
    needs,
    op,
    stream,
    text_file,
)

MEGABYTE = 1024 * 1024


def content(journal: Journal, document: Document, place: int = 0) -> bytes:
    """Return what one of a document's files holds."""
    with journal.open_file(journal.files(document.ref)[place].ref) as file:
        return file.read()


class DocumentContract(JournalGround):
    """What is filed is there, whole, once, and stays."""

    def test_a_document_is_found_as_it_was_filed(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        known = replace(
            meta("Test: kvittering", Direction.OUT),
            description="Sendt med posten",
            party="Testskolen",
            disclosure=False,
        )
        filed = journal.file_document(case.ref, known, [text_file("Kære æøå".encode())], op(ground))
        assert filed.filed
        if Capability.EXTERNAL_ID_DOCUMENT not in journal.capabilities().flags:
            known = replace(known, external_id=filed.meta.external_id)
        assert filed.meta == known
        assert list(journal.documents(case.ref).items) == [filed]
        assert content(journal, filed) == "Kære æøå".encode()

    def test_the_files_of_a_document_keep_their_order(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        sent = [text_file(f"nr. {n}".encode(), "samme navn.txt") for n in range(4)]
        filed = journal.file_document(case.ref, meta(), sent, op(ground))
        assert [content(journal, filed, place) for place in range(4)] == [
            b"nr. 0",
            b"nr. 1",
            b"nr. 2",
            b"nr. 3",
        ]

    def test_an_empty_file_is_kept_empty(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        filed = journal.file_document(case.ref, meta(), [text_file(b"")], op(ground))
        assert journal.files(filed.ref)[0].size == 0
        assert content(journal, filed) == b""

    def test_twenty_megabytes_come_back_bit_for_bit(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        size = 20 * MEGABYTE
        large = NewFile("stor.bin", "application/octet-stream", stream(size))
        filed = journal.file_document(case.ref, meta(), [large], op(ground))
        held = journal.files(filed.ref)[0]
        expected = digest(stream(size))
        assert held.size == size
        assert held.sha256 in (expected, None)
        with journal.open_file(held.ref) as file:
            assert digest(file) == expected

    def test_a_file_larger_than_the_host_takes_is_refused_whole(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        limit = journal.capabilities().largest_file
        if limit is None:
            pytest.skip("the host has no limit, and says so")
        large = NewFile("stor.bin", "application/octet-stream", stream(limit + 1))
        with pytest.raises(TooLarge) as refusal:
            journal.file_document(case.ref, meta(), [text_file(), large], op(ground))
        assert refusal.value.limit in (limit, None)
        assert not journal.documents(case.ref).items

    @pytest.mark.parametrize("awkward", AWKWARD)
    def test_titles_come_back_letter_for_letter(
        self, journal: Journal, ground: Ground, case: Case, awkward: str
    ) -> None:
        filed = journal.file_document(case.ref, meta(awkward), [text_file()], op(ground))
        assert filed.meta.title == awkward
        assert journal.documents(case.ref).items[0].meta.title == awkward

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ('Børnesag "kopi" ærø.txt', 'Børnesag "kopi" ærø.txt'),
            ("../../etc/Test æ.txt", "Test æ.txt"),
            ("C:\\Brugere\\Test\\brev ø.txt", "brev ø.txt"),
            ("👶 navn 🙂.txt", "👶 navn 🙂.txt"),
        ],
    )
    def test_a_file_keeps_its_name_but_no_path(
        self, journal: Journal, ground: Ground, case: Case, sent: str, kept: str
    ) -> None:
        filed = journal.file_document(case.ref, meta(), [text_file(name=sent)], op(ground))
        assert journal.files(filed.ref)[0].name == kept

    def test_the_same_content_twice_is_two_documents(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        first = journal.file_document(case.ref, meta(), [text_file(b"ens")], op(ground))
        second = journal.file_document(case.ref, meta(), [text_file(b"ens")], op(ground))
        assert first.ref != second.ref
        assert content(journal, first) == content(journal, second) == b"ens"

    def test_a_document_without_a_file_is_refused(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        with pytest.raises(Rejected):
            journal.file_document(case.ref, meta(), [], op(ground))

    def test_a_marker_too_long_for_hosts_is_refused(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        with pytest.raises(Rejected):
            journal.file_document(
                case.ref, replace(meta(), external_id="x" * 51), [text_file()], op(ground)
            )

    def test_a_content_that_breaks_while_it_is_read_files_nothing(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        class Breaking(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                raise OSError("Test: disken røg")

        broken = NewFile("brev.txt", "text/plain", Breaking(b"Hej med dig"))
        with pytest.raises((OSError, Unreachable)):
            journal.file_document(case.ref, meta(), [broken], op(ground))
        assert not journal.documents(case.ref).items

    def test_the_pages_of_documents_end(self, journal: Journal, ground: Ground, case: Case) -> None:
        filed = [
            journal.file_document(case.ref, meta(), [text_file()], op(ground)) for _ in range(7)
        ]
        found: list[Document] = []
        cursor, pages = None, 0
        while pages < 20:
            page = journal.documents(case.ref, after=cursor)
            found += page.items
            cursor, pages = page.next, pages + 1
            if cursor is None:
                break
        assert found == filed[::-1], "newest first, each once"


class DraftContract(JournalGround):
    """A draft is held by one at a time, and when it is filed it is as any document."""

    @pytest.fixture
    def draft(self, journal: Journal, ground: Ground, case: Case) -> Document:
        """Return an unfinished document."""
        needs(journal, Capability.DRAFTS)
        return journal.create_draft(case.ref, meta(), text_file(b"udkast"), op(ground))

    def test_a_draft_is_not_filed(self, journal: Journal, draft: Document, case: Case) -> None:
        assert not draft.filed
        assert [found.filed for found in journal.documents(case.ref).items] == [False]

    def test_a_draft_comes_back_as_its_next_version(
        self, journal: Journal, ground: Ground, draft: Document
    ) -> None:
        out = journal.checkout(draft.ref, op(ground))
        assert (out.content, out.version) == (b"udkast", 1)
        kept = journal.checkin(draft.ref, out.lock, text_file(b"rettet"), op(ground))
        assert kept.version == 2
        assert list(journal.files(draft.ref)) == [kept]
        assert content(journal, draft) == b"rettet"

    def test_nobody_else_gets_a_draft_that_is_out(
        self, journal: Journal, ground: Ground, draft: Document
    ) -> None:
        out = journal.checkout(draft.ref, op(ground))
        with pytest.raises(Locked) as refusal:
            journal.checkout(draft.ref, op(ground, ground.colleague))
        assert refusal.value.by in (ground.actor, None)
        with pytest.raises(Locked):
            journal.finalise(draft.ref, op(ground))
        journal.release(draft.ref, out.lock, op(ground))
        assert journal.checkout(draft.ref, op(ground, ground.colleague)).content == b"udkast"

    def test_a_lock_that_does_not_hold_brings_nothing_back(
        self, journal: Journal, ground: Ground, draft: Document
    ) -> None:
        with pytest.raises(Conflict):
            journal.checkin(draft.ref, "no-such-test", text_file(b"forkert"), op(ground))
        out = journal.checkout(draft.ref, op(ground))
        with pytest.raises(Conflict):
            journal.checkin(draft.ref, "no-such-test", text_file(b"forkert"), op(ground))
        with pytest.raises(Conflict):
            journal.release(draft.ref, "no-such-test", op(ground))
        journal.checkin(draft.ref, out.lock, text_file(b"rettet"), op(ground))
        with pytest.raises(Conflict):
            journal.checkin(draft.ref, out.lock, text_file(b"for sent"), op(ground))
        assert content(journal, draft) == b"rettet"

    def test_a_filed_draft_is_a_document_that_cannot_be_taken_out(
        self, journal: Journal, ground: Ground, draft: Document, case: Case
    ) -> None:
        filed = journal.finalise(draft.ref, op(ground))
        assert filed.filed
        assert journal.finalise(draft.ref, op(ground)) == filed, "again: nothing happens"
        with pytest.raises(Rejected):
            journal.checkout(draft.ref, op(ground))
        assert list(journal.documents(case.ref).items) == [filed]
        assert content(journal, filed) == b"udkast"

    def test_a_checkout_whose_answer_was_lost_is_the_same_checkout(
        self, journal: Journal, ground: Ground, draft: Document
    ) -> None:
        taking = op(ground)
        first = journal.checkout(draft.ref, taking)
        assert journal.checkout(draft.ref, taking) == first
        bringing = op(ground)
        kept = journal.checkin(draft.ref, first.lock, text_file(b"rettet"), bringing)
        assert journal.checkin(draft.ref, first.lock, text_file(b"rettet"), bringing) == kept
        assert kept.version == 2

    def test_nothing_is_brought_back_to_a_closed_case(
        self, journal: Journal, ground: Ground, draft: Document, case: Case
    ) -> None:
        out = journal.checkout(draft.ref, op(ground))
        journal.set_phase(case.ref, closed_status(journal), "Test", op(ground))
        with pytest.raises(CaseClosed):
            journal.checkin(draft.ref, out.lock, text_file(b"rettet"), op(ground))
        assert content(journal, draft) == b"udkast"
