"""What others write in the journal is copied: whole, once, and without a page waiting for it."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.journal import Capability
from dubu_plugin.ports.journal_objects import Direction
from dubu_plugin.store.journal import journalkopi
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.tables import (
    foldninger,
    journalcursor,
    journaldokumenter,
    journalkopier,
    sager,
)
from dubu_plugin.usecases.journal.copy_case import ask_for_copy, copy_case, is_asked
from dubu_plugin.usecases.journal.follow_journal import follow_journal

from .house import House


def copied(house: House) -> None:
    copy_case(house.sag, product=house.town.product, now=house.town.now)


def follow(house: House) -> int:
    return follow_journal(house.town.product, house.town.now)


def test_notes_and_documents_of_the_journal_stand_in_the_stream(house: House) -> None:
    house.noted("Ringet til skolen")
    house.later(minutes=5)
    house.filed("Udtalelse")
    copied(house)
    assert house.titles() == ["Udtalelse", "Ringet til skolen", "sag_oprettet"]


def test_copied_again_nothing_stands_twice(house: House) -> None:
    house.noted("Ringet til skolen")
    house.filed("Udtalelse")
    copied(house)
    house.later(minutes=5)
    house.noted("Ringet igen")
    copied(house)
    copied(house)
    assert sorted(house.titles()) == [
        "Ringet igen", "Ringet til skolen", "Udtalelse", "sag_oprettet",
    ]  # fmt: skip


def test_a_long_case_is_copied_whole(house: House) -> None:
    house.journal.page_size = 3
    for number in range(10):
        house.noted(f"Notat {number}")
        house.later(minutes=1)
    copied(house)
    assert len(house.notes()) == 10
    house.noted("Et til")
    house.journal.calls.clear()
    copied(house)
    assert len(house.notes()) == 11
    assert house.journal.calls.count("notes") == 1, "only what is new is read"


def test_a_note_of_ours_among_theirs_hides_none_of_them(house: House) -> None:
    copied(house)
    house.noted("Deres")
    house.later(minutes=1)
    house.write(title="Vores")
    house.deliver()
    copied(house)
    assert sorted(house.titles()) == ["Deres", "Vores", "sag_oprettet"]


def test_a_note_that_is_there_though_its_answer_is_not_is_the_same_note(house: House) -> None:
    house.write()
    house.journal.lose_answers = 1
    house.deliver()
    copied(house)
    assert len(house.notes()) == 1
    house.later(hours=1)
    house.deliver()
    assert len(house.notes()) == 1
    assert house.titles() == ["Aftale med mor", "sag_oprettet"]


def test_a_note_whose_line_ends_the_host_changes_is_the_same_note(house: House) -> None:
    house.write(body="En linje\nEn til")
    house.journal.lose_answers = 1
    house.deliver()
    notes = house.journal.folders[house.case.ref.key].notes
    notes[0] = replace(notes[0], body=notes[0].body.replace("\n", "\r\n") + " ")
    copied(house)
    assert len(house.notes()) == 1


def test_two_notes_that_say_the_same_are_two_and_no_more(house: House) -> None:
    for _ in range(2):
        house.write()
        house.journal.lose_answers = 1
        house.deliver()
        house.later(minutes=30)
    house.deliver()
    copied(house)
    assert len(house.notes()) == 2
    assert len({one.host_key for one in house.notes()}) == 2


def test_letters_of_one_kind_to_two_bring_no_note_twice(house: House) -> None:
    """Each is filed with a note of its own that says the same."""
    for number in range(2):
        house.filed("Partshøring", Direction.OUT)
        with house.town.product.store.write(actor="karen", now=house.town.now) as work:
            payload = {"sag": str(house.sag), "title": "Partshøring", "body": "En part er hørt.",
                       "occurred_at": house.town.now.isoformat()}  # fmt: skip
            key = op_key(house.sag, f"brev:{number}")
            journalkopi.add_told(work.connection, key, payload, author="karen", now=house.town.now)
        house.noted("Partshøring", "En part er hørt.")
        house.later(minutes=1)
    copied(house)
    assert len(house.notes()) == 2


def test_a_host_that_is_silent_leaves_what_was_copied(house: House) -> None:
    house.noted("Ringet")
    copied(house)
    house.journal.down = True
    with pytest.raises(Unreachable):
        copied(house)
    assert house.titles() == ["Ringet", "sag_oprettet"]
    assert follow(house) == 0


def test_a_draft_in_the_journal_is_marked_until_it_is_filed(house: House) -> None:
    key = house.filed("Udkast", Direction.INTERNAL)
    folder = house.journal.folders[house.case.ref.key]
    folder.documents[key] = replace(folder.documents[key], filed=False)
    copied(house)
    assert [one.filed for one in house.said(house.page()).documents.values()] == [False]
    folder.documents[key] = replace(folder.documents[key], filed=True)
    copied(house)
    assert [one.filed for one in house.said(house.page()).documents.values()] == [True]


def test_the_automatic_note_of_a_document_stands_on_its_line(house: House) -> None:
    key = house.filed("Udtalelse")
    house.noted("Udtalelse", "Dokumentet »Udtalelse« er lagt på sagen.")
    copied(house)
    stream = house.page()
    said = house.said(stream)
    assert house.titles() == ["Udtalelse", "sag_oprettet"]
    document = next(iter(said.documents.values()))
    assert document.host_key == key
    assert said.note_of[document.id].body.startswith("Dokumentet »Udtalelse«")


def test_what_says_that_it_was_filed_is_folded_into_it(house: House) -> None:
    key, note = house.filed("Udtalelse"), house.noted("Ringet")
    with house.town.product.store.write(actor="karen", now=house.town.now) as work:
        for what, data in (
            (Haendelse.DOKUMENT_JOURNALISERET, {"dokument": key, "retning": "in"}),
            (Haendelse.NOTAT_JOURNALISERET, {"notat": note}),
            (Haendelse.NOTAT_JOURNALISERET, {"notat": "en-anden"}),
        ):
            work.happened(what, sag=house.sag, data=data)
    copied(house)
    assert sorted(house.titles()) == [
        "Ringet", "Udtalelse", "notat_journaliseret", "sag_oprettet",
    ], "what is not there keeps its line"  # fmt: skip


def test_a_note_on_its_way_is_not_taken_for_what_was_filed(house: House) -> None:
    house.write()
    key = house.filed("Udtalelse")
    with house.town.product.store.write(actor="karen", now=house.town.now) as work:
        data = {"dokument": key, "retning": "in", "brev": None}
        work.happened(Haendelse.DOKUMENT_JOURNALISERET, sag=house.sag, data=data)
    copied(house)
    assert sorted(house.titles()) == ["Aftale med mor", "Udtalelse", "sag_oprettet"]


def test_changes_are_followed_and_read_once(house: House) -> None:
    house.noted("Første")
    assert follow(house) == 1, "the case nobody had copied"
    house.noted("Anden")
    assert follow(house) == 1
    assert {"Første", "Anden"} <= set(house.titles())
    house.journal.calls.clear()
    assert follow(house) == 0
    assert "notes" not in house.journal.calls


def test_only_the_case_that_changed_is_read(house: House) -> None:
    follow(house)
    other = house.opened("Viggo Testvad")
    follow(house)
    house.journal.calls.clear()
    house.noted("På en anden sag", case=other)
    assert follow(house) == 0
    assert "notes" not in house.journal.calls


def test_a_host_that_does_not_tell_of_changes_is_not_asked_for_them(house: House) -> None:
    house.journal.flags -= {Capability.CHANGES}
    assert follow(house) == 1
    assert follow(house) == 0
    with house.town.product.store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(journalcursor)) == 0


def test_a_case_the_host_does_not_show_keeps_nobody_waiting(house: House) -> None:
    hidden = house.town.sag(house.town.person("Viggo Testvad"), host_key="findes-ikke")
    follow(house)
    with house.town.product.store.read() as connection:
        known = set(connection.scalars(sa.select(journalkopier.c.sag_id)))
    assert known == {house.sag, hidden}
    assert follow(house) == 0


def test_asked_for_it_is_copied_by_the_worker(house: House) -> None:
    house.noted("Ringet")
    with house.town.product.store.write(actor="system", now=house.town.now) as work:
        assert not is_asked(work.connection, house.sag)
        ask_for_copy(work, house.sag)
        ask_for_copy(work, house.sag)
        assert is_asked(work.connection, house.sag)
    house.deliver()
    assert house.titles()[0] == "Ringet"


def test_a_case_the_host_does_not_show_is_not_waited_for(house: House) -> None:
    del house.journal.folders[house.case.ref.key]
    with house.town.product.store.write(actor="system", now=house.town.now) as work:
        ask_for_copy(work, house.sag)
    house.deliver()
    with house.town.product.store.read() as connection:
        assert journalkopi.copied_at(connection, house.sag) == house.town.now


def test_one_killed_in_the_middle_is_begun_again(house: House) -> None:
    """The cursor moves once its cases are copied, so what was cut short is read again."""
    follow(house)
    house.noted("Ringet")
    asked: list[int] = []

    def stops() -> bool:
        asked.append(1)
        return True

    follow_journal(house.town.product, house.town.now, stopping=stops)
    assert "Ringet" not in house.titles()
    assert follow(house) == 1
    assert "Ringet" in house.titles()


def test_a_case_without_a_key_in_the_host_is_left(house: House) -> None:
    with house.town.product.store.write(actor="system", now=house.town.now) as work:
        work.connection.execute(sa.update(sager).values(host_key=None))
    copied(house)
    assert follow(house) == 0
    with house.town.product.store.read() as connection:
        for table in (journaldokumenter, foldninger, journalkopier):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0
