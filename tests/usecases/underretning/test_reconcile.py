"""Open lines are closed by people, and the nightly proof finds what is nowhere."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.intake import PostState
from dubu_plugin.domain.match import ChildState
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.errors import Unreachable
from dubu_plugin.store.tables import frister, letters, post_items
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import NOW, TEXT, Reception
from dubu_plugin.usecases.underretning.reconcile import reconcile
from dubu_plugin.usecases.underretning.settle import NotOpen, line_is_seen, settle_post

# -- open lines ------------------------------------------------------------------------------------


def test_a_line_is_closed_once_it_is_seen(reception: Reception) -> None:
    number = reception.registered(
        made_post.eml(TEXT, attachments=[("x.pdf", "application/pdf", made_post.pdf())])
    )
    line_is_seen(number, **reception.by())
    assert reception.rows(post_items)[0].state == PostState.REGISTERED
    with pytest.raises(NotOpen):
        line_is_seen(number, **reception.by())


def test_an_automatic_reply_can_turn_out_to_be_an_underretning(reception: Reception) -> None:
    mail = made_post.eml(TEXT, headers={"Auto-Submitted": "auto-replied"})
    receipt = reception.receive(mail)
    assert receipt.post is not None
    number = settle_post(receipt.post, Henvendelse.UNDERRETNING, **reception.by())
    assert number is not None
    reception.deliver()
    about = reception.about(number)
    assert "Alma" in about.text
    assert about.child_state is ChildState.FOUND
    assert "UND-24T" in reception.deadlines(number)
    with pytest.raises(NotOpen):
        settle_post(receipt.post, Henvendelse.ANDET, **reception.by())


def test_a_line_can_be_nothing(reception: Reception) -> None:
    receipt = reception.receive(made_post.PROGRAM, "x.exe", host_key="post-1")
    assert receipt.post is not None
    assert settle_post(receipt.post, Henvendelse.ANDET, **reception.by()) is None
    assert reception.rows(post_items)[0].state == PostState.OTHER


# -- the proof -------------------------------------------------------------------------------------


def prove(reception: Reception) -> Any:
    return reconcile(reception.product, reception.now)


def test_everything_the_host_received_is_accounted_for(reception: Reception) -> None:
    reception.mailbox.put(made_post.eml(TEXT))
    reception.mailbox.put(made_post.eml("Jeg søger.", subject="Ansøgning", message_id="<2@x>"))
    reception.mailbox.put(made_post.PROGRAM, filename="x.exe")
    reception.mailbox.put(made_post.eml(TEXT))
    reception.mailbox.put(made_post.eml("", message_id="<5@x>"))
    proof = prove(reception)
    assert proof.holds
    assert (proof.received, proof.known, len(proof.taken_in)) == (5, 0, 5)
    assert (proof.underretninger, proof.other_registered, proof.open_lines) == (1, 1, 2)
    again = prove(reception)
    assert again.holds
    assert (again.received, again.known, again.taken_in) == (5, 5, [])
    assert again.items == 4, "the same mail twice is one item"


def test_what_was_missing_counts_from_when_the_host_received_it(reception: Reception) -> None:
    at = NOW - timedelta(hours=30)
    reception.mailbox.put(made_post.eml(TEXT), at=at)
    prove(reception)
    row = reception.rows(frister, rule="UND-24T")[0]
    assert row.due == at + timedelta(hours=24)


def test_an_item_that_cannot_be_opened_breaks_the_proof(reception: Reception) -> None:
    key = reception.mailbox.put(made_post.eml(TEXT))
    reception.mailbox.unreadable.add(key)
    proof = prove(reception)
    assert not proof.holds
    assert proof.not_taken == [key]


def test_an_item_that_is_nowhere_breaks_the_proof(reception: Reception) -> None:
    receipt = reception.receive(made_post.eml(TEXT))
    with reception.product.store.write(actor="system", now=NOW) as work:
        work.connection.execute(
            sa.update(post_items).values(underretning_id=None, state=PostState.NEW)
        )
    proof = prove(reception)
    assert not proof.holds
    assert proof.unaccounted == [receipt.post]


def test_an_original_that_is_gone_from_the_disk_breaks_the_proof(reception: Reception) -> None:
    reception.mailbox.put(made_post.eml(TEXT))
    assert prove(reception).holds
    empty_the_folder(reception)
    proof = prove(reception)
    assert not proof.holds
    assert proof.lost == [row.id for row in reception.rows(post_items)]
    assert proof.unaccounted == []


def test_an_original_that_did_not_come_by_the_host_is_missed_too(reception: Reception) -> None:
    receipt = reception.receive(b"Vi underretter om en dreng.", "a.txt")
    assert prove(reception).holds
    empty_the_folder(reception)
    assert prove(reception).lost == [receipt.post]


def test_a_file_out_of_a_mail_is_missed_alone(reception: Reception) -> None:
    attached = made_post.pdf("Vi underretter om en pige.")
    receipt = reception.receive(
        made_post.eml(TEXT, attachments=[("bilag.pdf", "application/pdf", attached)])
    )
    assert prove(reception).holds
    folder = reception.product.blobs.folder
    (lying,) = folder.rglob(sha256(attached).hexdigest())
    lying.unlink()
    assert prove(reception).lost == [receipt.post]


def test_a_letter_whose_file_is_gone_is_missed(reception: Reception) -> None:
    letter = uuid4()
    with reception.product.store.write(actor="system", now=NOW) as work:
        work.connection.execute(
            sa.insert(letters).values(
                id=letter, code="kvittering", template_version="1", values="{}", state="sendt",
                pdf_sha256="0" * 64, author="karen", created_at=NOW,
            )
        )  # fmt: skip
    assert prove(reception).lost == [letter]


def test_an_item_that_was_too_large_is_not_missed(reception: Reception) -> None:
    largest = reception.product.settings.intake.largest_item
    reception.receive(b"x" * (largest + 1), "stor.txt", host_key="post-9")
    assert reception.rows(post_items)
    assert prove(reception).lost == []


def empty_the_folder(reception: Reception) -> None:
    for file in reception.product.blobs.folder.rglob("*/*"):
        if file.is_file():
            file.unlink()


def test_a_host_that_does_not_answer_proves_nothing(reception: Reception) -> None:
    reception.mailbox.down = True
    with pytest.raises(Unreachable):
        prove(reception)
