"""What is found, when words are written, changed and taken away."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from dubu_journal import access, addresses, cases, documents, drafts, notes, parties, search
from dubu_journal.addresses import NewContact
from dubu_journal.documents import Meta
from dubu_journal.host import Host
from dubu_journal.search import Found

NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


@pytest.fixture
def case_id(host: Host) -> int:
    with host.database.writing() as connection:
        new = cases.NewCase("Hegnssyn", "anne", subject_code="27.24.00")
        return cases.create(connection, new, "anne", NOW)


def find(connection: sa.Connection, typed: str, limit: int = 5) -> Found:
    viewer = access.viewer(connection, "anne")
    assert viewer is not None
    return search.find(connection, viewer, typed, limit=limit)


def test_a_new_title_is_found_and_the_old_one_not(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        cases.change(connection, case_id, {"title": "Byggesag"}, expected=None, now=NOW)
        assert find(connection, "byggesag").cases
        assert not find(connection, "hegnssyn").cases


def test_a_party_is_found_by_the_name_they_have_now(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        who = NewContact("person", "Åse Prøvegård")
        contact_id = parties.add(connection, case_id, who, by="anne", now=NOW)
        assert find(connection, "prøvegård ås").cases
        addresses.change(connection, contact_id, {"name": "Åse Testbæk"}, NOW)
        assert find(connection, "testbæk").cases
        assert not find(connection, "prøvegård").cases
        parties.remove(connection, case_id, contact_id)
        assert not find(connection, "testbæk").cases


def test_a_drafts_title_is_found_as_it_is_now(host: Host, case_id: int) -> None:
    meta = Meta("Udkast til brev", "out", date(2026, 3, 2), "x")
    with host.database.writing() as connection:
        draft_id = documents.put(connection, case_id, meta, by="anne", now=NOW)
        drafts.rename(connection, draft_id, "Kvittering")
        assert find(connection, "kvittering").documents
        assert not find(connection, "udkast").documents
        drafts.discard(connection, draft_id)
        assert not find(connection, "kvittering").documents


def test_a_note_is_found_by_its_text_and_says_which_case(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        body = "Sundhedsplejersken ringede"
        notes.add(connection, case_id, "Opkald", body, occurred_at=NOW, by="anne", now=NOW)
        found = find(connection, "sundhedspl")
        assert [note.title for note in found.notes] == ["Opkald"]
        assert found.of[case_id].title == "Hegnssyn"


def test_the_newest_come_first_and_no_more_than_asked(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        for number in range(9):
            meta = Meta(f"Brev {number}", "in", date(2026, 3, 2), str(number))
            documents.put(connection, case_id, meta, by="anne", now=NOW)
        found = find(connection, "brev", limit=3)
        assert [document.title for document in found.documents] == ["Brev 8", "Brev 7", "Brev 6"]


@pytest.mark.parametrize(
    "typed",
    ["", '"', "'", "*", "NEAR(", "a AND", "scope:u1", "hegn OR", "-", "😀", "\x00", "ø" * 9999],
)
def test_whatever_is_typed_is_only_words(host: Host, case_id: int, typed: str) -> None:
    with host.database.reading() as connection:
        assert not find(connection, typed).cases


def test_accents_and_capitals_do_not_matter(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        who = NewContact("person", "André Prøveås")
        parties.add(connection, case_id, who, by="anne", now=NOW)
        for typed in ("ANDRE", "andré", "André PRØVEÅS", "prøveås"):
            assert find(connection, typed).cases, typed
