"""A note stands at once, is sent once, and nothing of it is ever lost."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.journal import LONGEST_BODY, NoteNotWhole
from dubu_plugin.store import drafts
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.outbox import State
from dubu_plugin.store.tables import haendelser, outbox, sager
from dubu_plugin.testing.fake_ports import FIE
from dubu_plugin.usecases.journal.note_drafts import form_of
from dubu_plugin.usecases.skrift.on_skrift import CaseClosed

from .house import House


def test_a_note_stands_in_the_stream_before_the_journal_has_it(house: House) -> None:
    key = house.write()
    assert house.titles() == ["Aftale med mor", "sag_oprettet"]
    assert house.said(house.page()).notes[key].on_its_way is State.PLANLAGT
    assert house.in_the_journal() == []


def test_delivered_it_is_one_line_and_says_nothing_of_being_on_its_way(house: House) -> None:
    key = house.write(present="Mor og far", own_words="»Jeg vil hjem«")
    house.deliver()
    assert house.in_the_journal() == [
        ("Aftale med mor", "Telefonsamtale. Med: Mor og far\n\nMor ringer torsdag.\n\n"
         "Barnets egne ord:\n»Jeg vil hjem«"),
    ]  # fmt: skip
    assert "notat_journaliseret" in house.types()
    assert house.titles() == ["Aftale med mor", "sag_oprettet"], "folded, not twice"
    assert house.said(house.page()).notes[key].on_its_way is None


def test_the_same_form_sent_twice_is_one_note(house: House) -> None:
    number = uuid4()
    assert house.write(number=number) == house.write(number=number)
    house.deliver()
    assert len(house.notes()) == len(house.in_the_journal()) == 1


def test_an_answer_that_is_lost_is_looked_up_and_nothing_is_sent_again(house: House) -> None:
    key = house.write()
    house.journal.lose_answers = 1
    house.deliver()
    assert house.said(house.page()).notes[key].on_its_way is State.UKENDT
    house.later(hours=1)
    house.deliver()
    assert len(house.in_the_journal()) == 1
    assert house.journal.calls.count("add_note") == 1
    assert house.said(house.page()).notes[key].on_its_way is None


def test_a_request_that_is_lost_is_sent_once_more(house: House) -> None:
    house.write()
    house.journal.lose_requests = 1
    house.deliver()
    house.later(hours=1)
    house.deliver()
    assert len(house.in_the_journal()) == 1


def test_while_the_journal_is_down_the_note_stands_and_waits(house: House) -> None:
    key = house.write()
    house.journal.down = True
    house.deliver()
    assert house.titles()[0] == "Aftale med mor"
    house.journal.down = False
    house.later(hours=1)
    house.deliver()
    assert house.said(house.page()).notes[key].on_its_way is None


def test_a_note_throws_its_draft_away(house: House) -> None:
    number = uuid4()
    with house.town.product.store.write(actor="karen", now=house.town.now) as work:
        drafts.keep(work, form_of(number), {"titel": ["Aftale"]}, base_version=0)
    house.write(number=number)
    with house.town.product.store.read() as connection:
        assert drafts.kept(connection, "karen", form_of(number)) is None


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> & <b>fed</b>",
        "Æblegrød på ø i Å – ærø, Ærø, ÅRHUS",
        "Barnet tegnede 🐶👩‍👩‍👧 og sagde »hej«",
        "Linje 1\r\nLinje 2\n\n\nLinje 5",
        "Tegn, intet dokument kan holde: \x00\x0b\ufffe.",
    ],
)
def test_whatever_is_pasted_is_text_like_any_other(house: House, text: str) -> None:
    house.write(title=text[:40], body=text)
    house.deliver()
    kept = house.notes()[0]
    assert kept.host_key is not None
    assert "\x00" not in kept.body
    assert kept.body.replace("Telefonsamtale\n\n", "") == house.in_the_journal()[0][1].replace(
        "Telefonsamtale\n\n", ""
    )
    words = [word for word in text.split() if word.isalpha()]
    for word in words:
        assert house.titles(text=word)[:1] == [kept.title], word


def test_five_megabytes_are_refused_kindly_and_nothing_is_half_saved(house: House) -> None:
    with pytest.raises(NoteNotWhole) as no:
        house.write(body="æ" * (5 * 1024 * 1024 // 2))
    assert "dokument i journalen" in no.value.fields["tekst"]
    assert house.notes() == []
    with house.town.product.store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(outbox)) == 0


def test_the_longest_note_there_may_be_arrives_whole(house: House) -> None:
    house.write(body="ord " * (LONGEST_BODY // 4 - 1) + "slut")
    house.deliver()
    assert house.in_the_journal()[0][1].endswith("slut")


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"title": "   "}, "titel"),
        ({"title": "x" * 151}, "titel"),
        ({"kind": "digt"}, "slags"),
        ({"body": "\n \n", "own_words": ""}, "tekst"),
        ({"present": "x" * 401}, "med"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    house: House, said: dict[str, Any], where: str
) -> None:
    with pytest.raises(NoteNotWhole) as no:
        house.write(**said)
    assert list(no.value.fields) == [where]


def test_a_note_is_about_what_has_happened(house: House) -> None:
    with pytest.raises(NoteNotWhole) as no:
        house.write(occurred_at=house.town.now + timedelta(hours=1))
    assert list(no.value.fields) == ["dag"]


def test_who_may_not_write_does_not(house: House) -> None:
    with pytest.raises(NotYours):
        house.write(FIE)


def test_a_closed_case_takes_no_note(house: House) -> None:
    with house.town.product.store.write(actor="karen", now=house.town.now) as work:
        work.connection.execute(sa.update(sager).values(phase="closed"))
    with pytest.raises(CaseClosed):
        house.write()


def test_nothing_of_a_note_stands_in_the_chain(house: House) -> None:
    house.write(title="Hemmelig overskrift", body="Hemmelig tekst")
    house.deliver()
    with house.town.product.store.read() as connection:
        said = " ".join(connection.scalars(sa.select(haendelser.c.data)))
    assert "Hemmelig" not in said
