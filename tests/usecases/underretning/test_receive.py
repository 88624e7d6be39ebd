"""What comes in is stored before it is acknowledged, once, and whatever state it is in."""

import errno
import os
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.intake import PostState, Remark, Status, read_back
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.ports.post import Channel
from dubu_plugin.settings import Intake
from dubu_plugin.store.failures import StorageFull
from dubu_plugin.store.tables import (
    aarsager,
    frister,
    outbox,
    post_deliveries,
    post_files,
    post_items,
    search_words,
    underretninger,
)
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import NOW, Reception
from dubu_plugin.usecases.underretning import item

ALMA = "Vi underretter om Alma Testvad, CPR 031216-4990. Stort fravær, og mor er deprimeret."


def test_a_mail_is_registered_with_its_clocks_and_its_original(reception: Reception) -> None:
    raw = made_post.eml(ALMA)
    receipt = reception.receive(raw)
    assert receipt.status is Status.REGISTERED
    assert receipt.underretning is not None
    about = reception.about(receipt.underretning)
    assert about.received_at == datetime(2026, 3, 2, 8, 14, tzinfo=UTC)
    assert about.text == ALMA
    assert about.underretter == "2"
    assert about.unit == "modtagelse"
    post = reception.rows(post_items)[0]
    assert reception.product.blobs.read(post.sha256) == raw
    assert reception.deadlines(about.id) == {"UND-24T": "aaben", "UND-KVIT": "aaben"}
    assert {row.code for row in reception.rows(aarsager)} == {"3", "17"}
    assert all(row.suggested for row in reception.rows(aarsager))
    assert reception.told() == {"match_child": ["planlagt"]}
    assert "alma" in {row.word for row in reception.rows(search_words)}


def test_no_number_of_anybody_is_searchable(reception: Reception) -> None:
    reception.receive(made_post.eml(ALMA))
    assert not any(any(c.isdigit() for c in row.word) for row in reception.rows(search_words))


def test_the_same_mail_twice_is_one_underretning(reception: Reception) -> None:
    first = reception.receive(made_post.eml(ALMA))
    again = reception.receive(made_post.eml(ALMA))
    assert again.status is Status.DUPLICATE
    assert (again.underretning, again.post) == (first.underretning, first.post)
    assert len(reception.rows(underretninger)) == len(reception.rows(post_items)) == 1


def test_the_same_mail_by_another_road_is_one_underretning(reception: Reception) -> None:
    first = reception.receive(made_post.eml(ALMA))
    again = reception.receive(made_post.eml(ALMA, received="Mon, 02 Mar 2026 11:00:00 +0100"))
    assert again.status is Status.DUPLICATE
    assert again.underretning == first.underretning


def test_two_schools_with_the_same_message_id_are_two(reception: Reception) -> None:
    first = reception.receive(made_post.eml(ALMA))
    other = reception.receive(made_post.eml(ALMA, sender="Testskolen <t@testskolen.example>"))
    assert other.status is Status.REGISTERED
    assert other.underretning != first.underretning


def test_the_same_file_twice_is_one_and_another_file_is_another(reception: Reception) -> None:
    first = reception.receive(made_post.word(ALMA), "a.docx")
    # python-docx gives every file a date, so the same bytes are sent again.
    raw = reception.product.blobs.read(reception.rows(post_items)[0].sha256)
    assert reception.receive(raw, "kopi.docx").underretning == first.underretning
    assert reception.receive(made_post.pdf("Alma"), "a.pdf").underretning != first.underretning


def test_the_hosts_key_is_remembered_for_every_delivery(reception: Reception) -> None:
    raw = made_post.eml(ALMA)
    first = reception.receive(raw, host_key="post-1")
    assert reception.receive(raw, host_key="post-2").status is Status.DUPLICATE
    assert reception.receive(raw, host_key="post-1").status is Status.DUPLICATE
    rows = reception.rows(post_deliveries)
    assert {(row.host_key, row.post_id) for row in rows} == {
        ("post-1", first.post),
        ("post-2", first.post),
    }


# -- what is wrong with it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "media_type", "content", "remark", "state"),
    [
        ("x.pdf", "application/pdf", made_post.locked_pdf("x"), Remark.ENCRYPTED, "krypteret"),
        ("x.docx", made_post.WORD, b"ikke en docx", Remark.DAMAGED, "beskadiget"),
        ("x.exe", "application/octet-stream", made_post.PROGRAM, Remark.DANGEROUS, "farlig"),
        ("x.pdf", "application/pdf", made_post.pdf(), Remark.PICTURE, "uden_tekst"),
    ],
)
def test_a_bad_file_in_a_mail_gets_a_line_and_the_rest_is_kept(
    reception: Reception, name: str, media_type: str, content: bytes, remark: Remark, state: str
) -> None:
    mail = made_post.eml(ALMA, attachments=[(name, media_type, content)])
    receipt = reception.receive(mail)
    assert receipt.status is Status.NEEDS_HUMAN
    assert receipt.underretning is not None, "the clock runs all the same"
    assert reception.deadlines(receipt.underretning)["UND-24T"] == "aaben"
    post = reception.rows(post_items)[0]
    assert (post.state, read_back(post.needs)) == (PostState.WAITS, (remark,))
    file = reception.rows(post_files)[0]
    assert file.state == state
    assert reception.product.blobs.read(file.sha256) == content


def test_a_zip_bomb_in_a_mail_gets_a_line(reception: Reception) -> None:
    mail = made_post.eml(ALMA, attachments=[("x.docx", made_post.WORD, made_post.bomb())])
    assert reception.receive(mail).remarks == (Remark.DANGEROUS,)


def test_an_attachment_over_the_limit_is_kept_out_and_the_rest_is_kept(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = reception.product.settings.model_copy(
        update={"intake": Intake(unit="modtagelse", largest_attachment=10_000)}
    )
    monkeypatch.setattr(type(reception.product), "settings", small, raising=False)
    raw = made_post.eml(
        ALMA,
        attachments=[("film.mp4", "video/mp4", b"\x00" * 60_000), ("b.txt", "text/plain", b"x")],
    )
    receipt = reception.receive(raw)
    assert receipt.status is Status.NEEDS_HUMAN
    files = reception.rows(post_files)
    assert sorted((row.name, row.state, row.sha256 is None) for row in files) == [
        ("b.txt", "laest", False),
        ("film.mp4", "for_stor", True),
    ]
    assert reception.product.blobs.read(reception.rows(post_items)[0].sha256) == raw


def test_a_mail_without_text_is_registered_and_gets_a_line(reception: Reception) -> None:
    receipt = reception.receive(made_post.eml(""))
    assert receipt.status is Status.NEEDS_HUMAN
    assert receipt.underretning is not None


@pytest.mark.parametrize("name", ["mail.eml", "brev.docx"])
def test_a_program_that_is_called_a_letter_is_kept_unopened_with_a_line(
    reception: Reception, name: str
) -> None:
    receipt = reception.receive(made_post.PROGRAM, name)
    assert receipt.status is Status.NEEDS_HUMAN
    assert "Den er gemt uåbnet." in receipt.message
    post = reception.rows(post_items)[0]
    assert (post.state, post.needs) == (PostState.WAITS, "farlig_fil")
    with reception.product.blobs.open(post.sha256) as kept:
        assert kept.read() == made_post.PROGRAM


@pytest.mark.parametrize("name", ["regning.exe", "x.zip"])
def test_a_program_by_itself_is_refused_and_leaves_nothing(reception: Reception, name: str) -> None:
    receipt = reception.receive(made_post.PROGRAM, name)
    assert receipt.status is Status.REFUSED
    assert ".docx" in receipt.message
    assert reception.rows(post_items) == []
    assert not list(reception.product.blobs.folder.glob("*/*"))


def test_what_the_host_has_is_never_refused(reception: Reception) -> None:
    receipt = reception.receive(made_post.PROGRAM, "x.exe", host_key="post-9")
    assert receipt.status is Status.NEEDS_HUMAN
    assert receipt.underretning is None
    assert reception.rows(post_items)[0].state == PostState.WAITS
    assert (
        reception.receive(made_post.PROGRAM, "x.exe", host_key="post-9").status is Status.DUPLICATE
    )


def test_an_item_over_the_limit_is_refused_by_hand_and_a_line_by_the_host(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = reception.product.settings.model_copy(
        update={"intake": Intake(unit="modtagelse", largest_item=1000)}
    )
    monkeypatch.setattr(type(reception.product), "settings", small, raising=False)
    raw = made_post.eml("x" * 2000)
    assert reception.receive(raw).status is Status.REFUSED
    receipt = reception.receive(raw, host_key="post-1")
    assert receipt.status is Status.NEEDS_HUMAN
    assert not reception.product.blobs.has(reception.rows(post_items)[0].sha256)


def test_a_date_in_the_future_becomes_now(reception: Reception) -> None:
    receipt = reception.receive(made_post.eml(ALMA, date="Mon, 02 Mar 2099 09:14:00 +0100"))
    assert receipt.status is Status.REGISTERED
    assert Remark.FUTURE_DATE in receipt.remarks
    assert receipt.underretning is not None
    assert reception.about(receipt.underretning).received_at == NOW


def test_a_clock_a_little_ahead_is_only_ahead(reception: Reception) -> None:
    receipt = reception.receive(made_post.eml(ALMA), received_at=NOW + timedelta(minutes=2))
    assert receipt.remarks == ()
    assert receipt.underretning is not None
    assert reception.about(receipt.underretning).received_at == NOW


def test_who_hands_it_in_knows_better_than_the_mail_when_it_came(reception: Reception) -> None:
    at = NOW - timedelta(hours=3)
    receipt = reception.receive(made_post.eml(ALMA), received_at=at)
    assert receipt.underretning is not None
    assert reception.about(receipt.underretning).received_at == at


def test_an_automatic_reply_is_a_line_and_no_underretning(reception: Reception) -> None:
    mail = made_post.eml("Jeg er på ferie", headers={"Auto-Submitted": "auto-replied"})
    receipt = reception.receive(mail)
    assert (receipt.status, receipt.underretning) == (Status.NEEDS_HUMAN, None)
    assert reception.rows(outbox) == []


# -- what it is ------------------------------------------------------------------------------------


def test_an_application_has_no_24_hours_but_is_to_be_screened_and_answered(
    reception: Reception,
) -> None:
    receipt = reception.receive(
        made_post.eml("Jeg søger merudgifter til Emil.", subject="Ansøgning om merudgifter")
    )
    assert receipt.underretning is not None
    assert reception.about(receipt.underretning).henvendelse is Henvendelse.ANSOEGNING
    assert reception.deadlines(receipt.underretning) == {"SCR": "aaben", "LOKALFRIST": "aaben"}
    due = {row.rule: row.due for row in reception.rows(frister)}
    assert due["SCR"] is None
    assert due["LOKALFRIST"].date() == date(2026, 4, 27), "eight weeks, until they write their own"


def test_what_a_person_says_it_is_outranks_the_words(reception: Reception) -> None:
    receipt = reception.receive(
        made_post.eml("Jeg søger.", subject="Ansøgning"), henvendelse=Henvendelse.UNDERRETNING
    )
    assert receipt.underretning is not None
    assert "UND-24T" in reception.deadlines(receipt.underretning)
    other = reception.receive(
        made_post.eml("Nyhedsbrev", message_id="<n@x>"), henvendelse=Henvendelse.ANDET
    )
    assert other.underretning is None
    assert other.status is Status.REGISTERED


def test_a_text_with_scripts_and_emoji_is_kept_as_it_is(reception: Reception) -> None:
    text = "<script>alert('x')</script> \"quoted\" 👩‍👧 æøå; DROP TABLE underretninger;--"
    receipt = reception.receive(made_post.eml(text))
    assert receipt.underretning is not None
    assert reception.about(receipt.underretning).text == text


# -- bad days --------------------------------------------------------------------------------------


def test_a_full_disk_leaves_nothing_and_acknowledges_nothing(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull) as no:
        reception.receive(made_post.eml(ALMA))
    assert "plads" in no.value.for_people()
    monkeypatch.undo()
    assert reception.rows(post_items) == reception.rows(underretninger) == []
    assert not list(reception.product.blobs.folder.glob("*/*"))
    assert reception.receive(made_post.eml(ALMA)).status is Status.REGISTERED


def test_a_database_that_is_full_leaves_nothing_half_stored(reception: Reception) -> None:
    engine = reception.product.store.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    @sa.event.listens_for(engine, "begin")
    def no_more_room(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    taken = 0
    with suppress(StorageFull):
        for number in range(50):
            reception.receive(made_post.eml(ALMA * 200, message_id=f"<{number}@x>"))
            taken += 1
    sa.event.remove(engine, "begin", no_more_room)
    engine.dispose()
    items = reception.rows(post_items)
    assert len(items) == taken < 50, "what was acknowledged is there, and nothing else"
    assert {row.underretning_id for row in items} == {
        row.id for row in reception.rows(underretninger)
    }
    assert len(reception.rows(outbox)) == len(items)


def test_a_crash_between_disk_and_database_leaves_no_item(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(item.Item, "keep", crash)
    with pytest.raises(KeyboardInterrupt):
        reception.receive(made_post.eml(ALMA))
    monkeypatch.undo()
    assert reception.rows(post_items) == []
    assert reception.receive(made_post.eml(ALMA)).status is Status.REGISTERED


def test_a_name_with_a_path_never_leaves_the_folder(reception: Reception) -> None:
    receipt = reception.receive(b"Alma Testvad", "../../../tmp/x.txt", channel=Channel.FILE)
    assert receipt.status is Status.REGISTERED
    assert reception.rows(post_items)[0].filename == "x.txt"
