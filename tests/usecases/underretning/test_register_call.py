"""A phone call is an underretning like any other, once, with its clocks."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.intake import InTheFuture, Remark, Status
from dubu_plugin.domain.match import ChildState
from dubu_plugin.domain.underretning import ANONYM, Henvendelse, Pligt
from dubu_plugin.ports.post import Channel
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.tables import (
    frister,
    letters,
    post_items,
    search_words,
    underretninger,
)
from dubu_plugin.store.underretning import underretninger as stored
from dubu_plugin.testing import made_post
from dubu_plugin.testing.fake_ports import ADAM, FIE
from dubu_plugin.testing.reception import NOW, Reception
from dubu_plugin.usecases.underretning.another_child import register_another_child
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr, UnknownChild
from dubu_plugin.usecases.underretning.correct import Corrections
from dubu_plugin.usecases.underretning.kvittering import send_kvittering
from dubu_plugin.usecases.underretning.received_at import LongAgo, TooLongAgo
from dubu_plugin.usecases.underretning.register_call import Call, TextMissing, register_call

CALL = Call(
    form=UUID(int=1),
    received_at=NOW - timedelta(minutes=20),
    text="Naboen hører råb hver aften.",
    underretter="13",
    pligt=Pligt.ALLE,
    professional=False,
    notifier_name="Jytte Testlyng",
    concerns=("13",),
)


def test_a_phone_call_is_an_underretning_with_its_clocks(reception: Reception) -> None:
    receipt = register_call(CALL, **reception.by())
    assert receipt.status is Status.REGISTERED
    assert receipt.underretning is not None
    about = reception.about(receipt.underretning)
    assert (about.channel, about.responsible) == (Channel.PHONE, "karen")
    assert about.received_at == CALL.received_at
    post = reception.rows(post_items)[0]
    assert reception.product.blobs.read(post.sha256).decode() == f"{CALL.text}\n"
    assert reception.deadlines(about.id) == {"UND-24T": "aaben", "UND-KVIT": "aaben"}
    assert reception.rows(frister, rule="UND-24T")[0].responsible == "karen"


def test_a_form_saved_twice_registers_once(reception: Reception) -> None:
    first = register_call(CALL, **reception.by())
    again = register_call(CALL, **reception.by())
    assert (again.status, again.underretning) == (Status.DUPLICATE, first.underretning)
    other = register_call(replace(CALL, form=UUID(int=2)), **reception.by())
    assert other.underretning != first.underretning


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Klinikken ser blå mærker."},
        {"child": ChildByCpr("031216-4990", "Alma Testvad")},
        {"notifier_name": "Børge Prøveskov"},
    ],
)
def test_the_same_number_with_other_content_is_not_lost(
    reception: Reception, other: dict[str, Any]
) -> None:
    first = register_call(CALL, **reception.by())
    second = register_call(replace(CALL, **other), **reception.by())
    assert second.status is Status.REGISTERED
    assert second.underretning != first.underretning
    assert len(reception.rows(underretninger)) == 2


def test_a_save_sent_twice_around_the_minute_it_was_received_is_one(reception: Reception) -> None:
    ahead = replace(CALL, received_at=NOW + timedelta(minutes=1))
    first = register_call(ahead, **reception.by())
    by = reception.by() | {"now": NOW + timedelta(seconds=2)}
    assert register_call(ahead, **by).underretning == first.underretning


def test_two_calls_in_the_same_words_are_two(reception: Reception) -> None:
    register_call(CALL, **reception.by())
    register_call(replace(CALL, form=uuid4()), **reception.by())
    assert len(reception.rows(underretninger)) == 2


def test_abuse_told_in_the_telephone_makes_the_conversation_due(reception: Reception) -> None:
    receipt = register_call(replace(CALL, concerns=("18",)), **reception.by())
    assert receipt.underretning is not None
    assert reception.deadlines(receipt.underretning)["UND-SAMTALE"] == "aaben"


def test_the_child_may_be_said_at_once(reception: Reception) -> None:
    receipt = register_call(
        replace(CALL, child=ChildByCpr("031216-4990", "Alma Testvad")), **reception.by()
    )
    reception.deliver()
    assert receipt.underretning is not None
    assert "modulus 11" in receipt.message
    assert reception.about(receipt.underretning).child_state is ChildState.FOUND
    (filed,) = reception.documents()
    assert filed.meta.title == "Underretning fra familie eller bekendte, 2. marts 2026"


def test_an_anonymous_caller_leaves_no_name(reception: Reception) -> None:
    receipt = register_call(
        replace(CALL, anonymous=True, notifier_address="Testvej 3"), **reception.by()
    )
    assert receipt.underretning is not None
    about = reception.about(receipt.underretning)
    assert (about.notifier_name, about.notifier_address) == (None, None)


@pytest.mark.parametrize("said", [{"anonymous": True}, {"underretter": ANONYM}])
def test_an_anonymous_caller_is_named_nowhere_in_the_post(
    reception: Reception, said: dict[str, Any]
) -> None:
    named = replace(CALL, notifier_organisation="Testskolen", notifier_address="Testvej 3")
    register_call(replace(named, **said), **reception.by())
    assert [row.sender for row in reception.rows(post_items)] == [None]
    stored = repr([*reception.rows(post_items), *reception.rows(underretninger)])
    for word in ("Jytte", "Testskolen", "Testvej"):
        assert word not in stored


def test_a_caller_who_is_anonymous_after_all_is_named_nowhere(reception: Reception) -> None:
    """The list, the search and the letters too; a kvittering on its way is not sent."""
    child = ChildByCpr("031216-4990", "Alma Testvad")
    named = replace(
        CALL, child=child, notifier_organisation="Testskolen", notifier_address="Testvej 3"
    )
    number = register_call(named, **reception.by()).underretning
    assert number is not None
    send_kvittering(number, product=reception.product, asker=reception.asker(), now=reception.now)
    reception.save(number, corrections=Corrections(anonymous=True))
    reception.deliver()
    assert reception.about(number).anonymous
    kept = [*reception.rows(post_items), *reception.rows(underretninger)]
    words = {row.word for row in reception.rows(search_words, subject_id=number)}
    for word in ("Jytte", "Testskolen", "Testvej"):
        assert word not in repr(kept), word
        assert word.lower() not in words, word
        assert word not in repr(reception.documents()), word
    (letter,) = reception.rows(letters, code="kvittering")
    assert (letter.state, letter.recipient, letter.address) == ("udgaaet", None, None)
    assert "kvittering_sendt" not in reception.happened(number)
    assert reception.deadlines(number)["UND-KVIT"] == "opfyldt", "there is nobody to write to"


def test_who_is_anonymous_is_so_for_the_other_child_too(reception: Reception) -> None:
    call = replace(CALL, child=ChildByCpr("031216-4990", "Alma Testvad"))
    first = register_call(call, **reception.by()).underretning
    assert first is not None
    register_another_child(first, uuid4(), **reception.by())
    reception.save(first, corrections=Corrections(anonymous=True))
    assert [row.notifier_name for row in reception.rows(underretninger)] == [None, None]
    assert [row.sender for row in reception.rows(post_items)] == [None, None]


@pytest.mark.parametrize("kind", [Henvendelse.ANSOEGNING, Henvendelse.MELLEMKOMMUNAL])
def test_other_kinds_go_through_the_same_form(reception: Reception, kind: Henvendelse) -> None:
    receipt = register_call(
        replace(CALL, henvendelse=kind, channel=Channel.LETTER), **reception.by()
    )
    assert receipt.underretning is not None
    assert reception.about(receipt.underretning).henvendelse is kind
    assert ("UND-24T" in reception.deadlines(receipt.underretning)) is (
        kind is Henvendelse.MELLEMKOMMUNAL
    )


def test_a_call_without_words_or_from_tomorrow_is_refused(reception: Reception) -> None:
    with pytest.raises(TextMissing):
        register_call(replace(CALL, text=" \n"), **reception.by())
    with pytest.raises(InTheFuture):
        register_call(replace(CALL, received_at=NOW + timedelta(hours=2)), **reception.by())
    assert reception.rows(post_items) == []


@pytest.mark.parametrize("who", [ADAM, FIE])
def test_who_registers_nothing_registers_no_call(reception: Reception, who: str) -> None:
    with pytest.raises(NotYours):
        register_call(CALL, **reception.by(who))


def test_the_numbers_a_caller_gave_are_looked_at_also_where_the_child_is_unknown(
    reception: Reception,
) -> None:
    said = "To børn, CPR 320199-1234 og 031216-4991."
    call = replace(CALL, text=said, child=UnknownChild("to børn"))
    message = register_call(call, **reception.by()).message
    assert "begynder ikke med en dato" in message
    assert "031216-••••" in message
    assert "modulus 11" in message


def test_what_is_told_on_the_telephone_suggests_concerns_as_a_letter_does(
    reception: Reception,
) -> None:
    text = "Liva bliver slået af sin far og har blå mærker. Mor drikker ikke."
    call = replace(CALL, form=uuid4(), text=text, concerns=())
    new = register_call(call, **reception.by()).underretning
    assert new is not None
    with reception.product.store.read() as connection:
        assert stored.concerns_of(connection, new) == {"18": True}


def test_what_somebody_ticked_on_the_telephone_is_all_that_is_kept(reception: Reception) -> None:
    call = replace(CALL, form=uuid4(), text="Han bliver slået af sin far.", concerns=("13",))
    new = register_call(call, **reception.by()).underretning
    assert new is not None
    with reception.product.store.read() as connection:
        assert stored.concerns_of(connection, new) == {"13": False}


def test_what_came_more_than_a_month_ago_is_asked_about_once(reception: Reception) -> None:
    call = replace(CALL, received_at=NOW - timedelta(days=31))
    with pytest.raises(LongAgo) as asked:
        register_call(call, **reception.by())
    assert "den kom fredag 30. januar 2026" in asked.value.for_people()
    assert reception.rows(post_items) == []
    receipt = register_call(replace(call, is_right=True), **reception.by())
    assert receipt.underretning is not None
    assert reception.about(receipt.underretning).received_at == call.received_at
    assert reception.deadlines(receipt.underretning).get("UND-24T") == "aaben"


@pytest.mark.parametrize("moment", [NOW - timedelta(days=731), NOW.replace(year=1900)])
def test_nothing_is_registered_so_long_ago_that_no_clock_would_start(
    reception: Reception, moment: datetime
) -> None:
    call = replace(CALL, received_at=moment, is_right=True)
    with pytest.raises(TooLongAgo) as no:
        register_call(call, **reception.by())
    assert "mere end to år siden" in no.value.for_people()
    assert reception.rows(post_items) == []


def test_a_mail_with_a_date_of_long_ago_has_a_clock_from_when_we_got_it(
    reception: Reception,
) -> None:
    raw = made_post.eml("Barnet sulter.").replace(b"Date: ", b"X-Date: ")
    raw = b"Date: Wed, 01 Jan 2020 10:00:00 +0000\r\n" + raw
    receipt = reception.receive(raw)
    assert Remark.OLD_DATE in receipt.remarks
    assert receipt.underretning is not None
    assert reception.about(receipt.underretning).received_at == NOW
    assert reception.deadlines(receipt.underretning)["UND-24T"] == "aaben"
