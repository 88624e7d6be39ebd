"""A letter goes out: written, filed with its note, sent, and each of them once."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.delivery.worker import Report, deliver_once
from dubu_plugin.documents.pdf import LibreOffice, NotConverted
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.ports.journal_objects import Direction
from dubu_plugin.ports.post import Sending
from dubu_plugin.store.tables import frister, haendelser, letters, outbox
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import NUMBER, LetterHouse, build_letter_house
from dubu_plugin.usecases.dokument.follow_letters import follow_letters
from dubu_plugin.usecases.dokument.order.kvittering import order_kvittering
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.sent_on_paper import (
    NotWaitingForPrint,
    letters_to_print,
    sent_on_paper,
)

LATER = timedelta(minutes=20)
"""Longer than any row waits before it is tried again."""


def kvittering(house: LetterHouse, **more: object) -> UUID:
    underretning = house.underretning(**more)
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        letter = order_kvittering(
            work,
            underretning,
            letters=house.product.letters,
            municipality=house.product.settings.municipality,
            author=KAREN,
        )
    assert letter is not None
    return letter


def deliver(house: LetterHouse) -> Report:
    report = deliver_once(house.product)
    house.town.now += LATER
    return report


def happened(house: LetterHouse) -> list[str]:
    return [row.type for row in house.rows(haendelser)]


def states(house: LetterHouse) -> dict[str, str]:
    return {row.kind: row.state for row in house.rows(outbox) if row.kind.endswith("_letter")}


def test_a_letter_is_written_filed_and_sent(house: LetterHouse) -> None:
    letter = kvittering(house)
    deliver(house)
    row = house.letter(letter)
    assert row.state == "sendt"
    assert row.sent_at == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    blobs = house.product.blobs
    assert blobs.read(row.pdf_sha256) == b"%PDF " + blobs.read(row.docx_sha256)


def test_it_lies_on_the_case_as_pdf_and_word_file_with_a_note(house: LetterHouse) -> None:
    letter = kvittering(house)
    deliver(house)
    [document] = house.journal.documents(house.case).items
    assert document.filed
    assert document.ref.key == house.letter(letter).document_key
    assert document.meta.title == "Kvittering til underretter"
    assert document.meta.direction is Direction.OUT
    assert document.meta.document_date.isoformat() == "2026-03-03"
    files = {file.name: file.sha256 for file in house.journal.files(document.ref)}
    row = house.letter(letter)
    assert files == {
        "Kvittering for underretning.pdf": row.pdf_sha256,
        "Kvittering for underretning.docx": row.docx_sha256,
    }
    [note] = house.journal.notes(house.case).items
    assert "§ 138, stk. 1" in note.body


def test_it_is_sent_to_its_recipient_with_the_pdf_that_was_filed(house: LetterHouse) -> None:
    letter = kvittering(house)
    deliver(house)
    [sent] = house.tray.letters
    assert sent.address == "skole@proevestrup.example"
    assert sent.recipient.startswith("Skoleleder Tove Demosen")
    assert sent.pdf == house.product.blobs.read(house.letter(letter).pdf_sha256)
    assert sent.filename == "Kvittering for underretning.pdf"


def test_the_kvitterings_deadline_is_met_when_it_is_sent(house: LetterHouse) -> None:
    letter = kvittering(house)
    assert {row.state for row in house.rows(frister) if row.rule == "UND-KVIT"} == {"aaben"}
    deliver(house)
    assert {row.state for row in house.rows(frister) if row.rule == "UND-KVIT"} == {"opfyldt"}
    [sent] = [r for r in house.rows(haendelser) if r.type == Haendelse.KVITTERING_SENDT]
    assert json.loads(sent.data) == {"brev": str(letter), "skabelon": "kvittering", "maade": "post"}
    assert Haendelse.DOKUMENT_JOURNALISERET in happened(house)


def test_an_internal_document_learns_the_cases_number_when_it_is_written(
    house: LetterHouse,
) -> None:
    shelf = house.product.letters
    known = shelf["vurdering"].example
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        letter = order_letter(
            work, "vurdering", letters=shelf, sag=house.sag, underretning=None, author=KAREN,
            values={name: value for name, value in known.items() if name != "sag.nummer"},
        )  # fmt: skip
    deliver(house)
    row = house.letter(letter)
    assert row.state == "journaliseret"
    assert json.loads(row.values)["sag.nummer"] == NUMBER
    with zipfile.ZipFile(io.BytesIO(house.product.blobs.read(row.docx_sha256))) as package:
        assert NUMBER in package.read("word/document.xml").decode()
    [document] = house.journal.documents(house.case).items
    assert document.meta.direction is Direction.INTERNAL
    assert house.tray.letters == []


# -- bad days ------------------------------------------------------------------------------------


def test_an_answer_that_was_lost_files_and_sends_nothing_twice(house: LetterHouse) -> None:
    kvittering(house)
    house.journal.lose_answers = 2
    house.tray.lose_answers = 1
    for _ in range(6):
        deliver(house)
    assert len(house.journal.documents(house.case).items) == 1
    assert len(house.journal.notes(house.case).items) == 1
    assert len(house.tray.letters) == 1
    assert happened(house).count(Haendelse.KVITTERING_SENDT) == 1
    assert happened(house).count(Haendelse.DOKUMENT_JOURNALISERET) == 1


def test_the_journal_and_the_post_may_be_down_for_an_hour(house: LetterHouse) -> None:
    letter = kvittering(house)
    house.journal.down = True
    deliver(house)
    assert house.letter(letter).state == "klar"
    house.journal.down, house.tray.down = False, True
    deliver(house)
    assert house.letter(letter).state == "journaliseret"
    house.tray.down = False
    deliver(house)
    assert house.letter(letter).state == "sendt"


@pytest.mark.parametrize("error", [NotConverted("x", "y"), ConfigurationError("mangler")])
def test_a_letter_waits_where_no_pdf_can_be_made(house: LetterHouse, error: Exception) -> None:
    letter = kvittering(house)
    house.stamp.error = error
    deliver(house)
    assert states(house)["write_letter"] == "planlagt"
    assert house.letter(letter).state == "skrives"
    house.stamp.error = None
    deliver(house)
    assert house.letter(letter).state == "sendt"


def test_letters_of_several_cases_are_written_in_one_call(house: LetterHouse) -> None:
    others = [house.town.sag(house.sibling, host_key=f"vaert-{n}") for n in range(3)]
    ordered = [kvittering(house), *(kvittering(house, sag=sag) for sag in others)]
    deliver(house)
    assert house.stamp.calls == [4]
    files = [house.letter(letter).pdf_sha256 for letter in ordered]
    assert None not in files


def test_a_letter_is_not_written_ahead_of_its_case(house: LetterHouse) -> None:
    waiting = house.town.sag(house.sibling, host_key="vaert-venter")
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        work.tell(
            "add_note", lane=f"sag:{waiting}", key=UUID(int=1),
            payload={"sag": str(waiting), "title": "x", "body": "y", "occurred_at": "ikke en tid"},
        )  # fmt: skip
    second = kvittering(house, sag=waiting)
    kvittering(house)
    deliver(house)
    assert house.letter(second).state == "skrives"
    assert house.stamp.calls == [1]


def test_one_letter_that_cannot_be_converted_does_not_hold_the_others(house: LetterHouse) -> None:
    other = house.town.sag(house.sibling, host_key="vaert-1")
    first, second = kvittering(house), kvittering(house, sag=other)
    house.stamp.error, house.stamp.dislikes_company = NotConverted("x", "y"), True
    deliver(house)
    assert house.letter(first).pdf_sha256 is not None
    assert house.letter(second).pdf_sha256 is not None
    assert house.stamp.calls == [2, 1, 1]


def test_a_letter_keeps_its_first_files_whatever_is_written_later(house: LetterHouse) -> None:
    letter = kvittering(house)
    deliver(house)
    before = house.letter(letter)
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        work.connection.execute(
            sa.update(outbox).where(outbox.c.kind == "write_letter").values(state="planlagt")
        )
    house.stamp.calls.clear()
    deliver(house)
    after = house.letter(letter)
    assert (after.docx_sha256, after.pdf_sha256) == (before.docx_sha256, before.pdf_sha256)
    assert house.stamp.calls == []


# -- paper ---------------------------------------------------------------------------------------


def on_paper(house: LetterHouse) -> UUID:
    letter = kvittering(house)
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        work.connection.execute(sa.update(letters).values(address=None))
    deliver(house)
    return letter


def test_a_letter_nobody_can_send_waits_for_a_person_and_its_deadline_stays_open(
    house: LetterHouse,
) -> None:
    letter = on_paper(house)
    assert house.letter(letter).state == "til_print"
    assert states(house)["send_letter"] == "udfoert"
    assert {row.state for row in house.rows(frister) if row.rule == "UND-KVIT"} == {"aaben"}
    with house.product.store.read() as connection:
        [waiting] = letters_to_print(connection, seen=sa.true())
    assert waiting.letter == letter
    assert waiting.recipient.startswith("Skoleleder Tove Demosen")


def test_a_post_that_takes_paper_is_given_it(house: LetterHouse) -> None:
    house.tray.takes_paper = True
    letter = on_paper(house)
    assert house.letter(letter).state == "sendt"


def test_a_person_says_that_it_is_posted(house: LetterHouse) -> None:
    letter = on_paper(house)
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        sent_on_paper(work, letter, letters=house.product.letters)
    assert house.letter(letter).state == "sendt"
    assert {row.state for row in house.rows(frister) if row.rule == "UND-KVIT"} == {"opfyldt"}
    [sent] = [r for r in house.rows(haendelser) if r.type == Haendelse.KVITTERING_SENDT]
    assert json.loads(sent.data)["maade"] == "papir"


def test_it_is_posted_once(house: LetterHouse) -> None:
    letter = on_paper(house)
    for identity in (letter, letter, UUID(int=9)):
        with house.product.store.write(actor=KAREN, now=house.town.now) as work:
            if identity == letter and house.letter(letter).state == "til_print":
                sent_on_paper(work, identity, letters=house.product.letters)
                continue
            with pytest.raises(NotWaitingForPrint) as no:
                sent_on_paper(work, identity, letters=house.product.letters)
            assert "Genindlæs" in no.value.for_people()


def test_a_letter_the_recipients_mailbox_refuses_waits_for_a_person(house: LetterHouse) -> None:
    house.tray.answer = Sending.RETURNED
    letter = kvittering(house)
    deliver(house)
    assert house.letter(letter).state == "til_print"


# -- a queue ---


def in_queue(house: LetterHouse) -> UUID:
    house.tray.answer = Sending.QUEUED
    letter = kvittering(house)
    deliver(house)
    return letter


def kvit_states(house: LetterHouse) -> set[str]:
    return {row.state for row in house.rows(frister) if row.rule == "UND-KVIT"}


def test_a_letter_in_a_queue_has_confirmed_nothing(house: LetterHouse) -> None:
    letter = in_queue(house)
    assert house.letter(letter).state == "i_koe"
    assert house.letter(letter).sent_at is None
    assert states(house)["send_letter"] == "udfoert"
    assert kvit_states(house) == {"aaben"}
    assert Haendelse.KVITTERING_SENDT not in happened(house)
    assert follow_letters(house.product, house.town.now) == 0
    assert kvit_states(house) == {"aaben"}


def test_the_deadline_is_met_when_the_queue_has_sent_it(house: LetterHouse) -> None:
    letter = in_queue(house)
    house.tray.ops = dict.fromkeys(house.tray.ops, Sending.SENT)
    assert follow_letters(house.product, house.town.now) == 1
    assert follow_letters(house.product, house.town.now) == 0
    assert house.letter(letter).state == "sendt"
    assert kvit_states(house) == {"opfyldt"}
    [sent] = [row for row in house.rows(haendelser) if row.type == Haendelse.KVITTERING_SENDT]
    assert json.loads(sent.data)["maade"] == "post"


def test_a_letter_the_queue_could_not_send_waits_for_a_person(house: LetterHouse) -> None:
    letter = in_queue(house)
    house.tray.ops = dict.fromkeys(house.tray.ops, Sending.RETURNED)
    assert follow_letters(house.product, house.town.now) == 1
    assert house.letter(letter).state == "til_print"
    assert kvit_states(house) == {"aaben"}


def test_a_printing_house_posts_on_paper_and_not_digitally(house: LetterHouse) -> None:
    house.tray.takes_paper = True
    on_paper(house)
    [sent] = [row for row in house.rows(haendelser) if row.type == Haendelse.KVITTERING_SENDT]
    assert json.loads(sent.data)["maade"] == "papir"


# -- the real thing --------------------------------------------------------------------------------


def test_a_real_pdf_is_filed_and_sent(tmp_path: Path) -> None:
    house = build_letter_house(tmp_path, converter=LibreOffice())
    letter = kvittering(house)
    deliver(house)
    assert house.letter(letter).state == "sendt"
    assert house.tray.letters[0].pdf.startswith(b"%PDF-1.")
    house.product.store.close()
