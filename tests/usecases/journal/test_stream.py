"""The stream of a case: everything once, the newest first, and nothing that is not for who asks."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.inddragelse import Samtaleform, SamtaleState
from dubu_plugin.domain.journal import Line
from dubu_plugin.ports.journal_objects import Direction
from dubu_plugin.store import access
from dubu_plugin.store.inddragelse.boernesamtaler import Told
from dubu_plugin.store.journal.journalstroem import PER_PAGE, Place
from dubu_plugin.store.tables import underretninger
from dubu_plugin.testing.fake_ports import KAREN, METTE
from dubu_plugin.usecases.inddragelse.locked_samtale import write_locked
from dubu_plugin.usecases.inddragelse.note_samtale import note_samtale
from dubu_plugin.usecases.journal.copy_case import copy_case

from .house import House

LOCKED = "Hemmelighed i den låste del"


def copied(house: House) -> None:
    copy_case(house.sag, product=house.town.product, now=house.town.now)


def happened(house: House, what: H, who: str = KAREN, **more: Any) -> None:
    with house.town.product.store.write(actor=who, now=house.town.now) as work:
        work.happened(what, sag=house.sag, **more)


def talked(house: House) -> Any:
    said = Told(
        occurred_at=house.town.now,
        form=Samtaleform.SAMTALE,
        own_words="»Jeg er på en sekser nu«",
        advisers=(KAREN,),
    )
    number = note_samtale(house.sag, uuid4(), SamtaleState.HOLDT, said, **house.act())
    write_locked(house.sag, number, LOCKED, **house.act())
    return number


def test_every_page_follows_the_one_before_and_no_line_stands_twice(house: House) -> None:
    for number in range(PER_PAGE * 2 + 3):
        # Many at the same moment: a place must tell them apart.
        house.town.now += timedelta(minutes=number % 3 == 0)
        house.noted(f"Notat {number}") if number % 2 else happened(house, H.MOEDE_AFTALT)
    copied(house)
    seen: list[object] = []
    after: Place | None = None
    for _ in range(4):
        page = house.page(after=after)
        seen += [one.id for one in page.entries]
        if not page.more:
            break
        after = page.entries[-1]
    assert len(seen) == len(set(seen)) == page.total == PER_PAGE * 2 + 4
    whole = [one.at for one in house.page().entries]
    assert whole == sorted(whole, reverse=True)


def test_a_note_that_tells_of_what_happened_stands_in_its_place(house: House) -> None:
    """The talk, its automatic note, and what says that the note is in the journal: one line."""
    talked(house)
    house.deliver()
    assert house.types()[-2:] == ["boernesamtale_holdt", "notat_journaliseret"]
    assert house.titles() == ["Samtale med barnet", "sag_oprettet"]
    assert house.page().entries[0].line is Line.SAMTALE


def test_what_the_child_said_is_found_by_itself_and_by_its_words(house: House) -> None:
    talked(house)
    house.later(minutes=1)
    house.write(title="Med ord", own_words="»Hej«")
    house.write(title="Uden ord")
    assert sorted(house.titles(own_words=True)) == ["Med ord", "Samtale med barnet"]
    said = house.said(house.page(own_words=True))
    assert list(said.own_words.values()) == ["»Jeg er på en sekser nu«"]


def test_the_locked_part_of_a_talk_is_nowhere_in_the_stream(house: House) -> None:
    talked(house)
    house.deliver()
    assert house.titles(text="Hemmelighed") == []
    assert LOCKED not in repr([house.said(house.page()).notes, house.notes()])
    for note in house.notes():
        assert LOCKED not in note.body + note.sought


def test_a_haendelse_of_an_underretning_one_may_not_see_is_not_there(house: House) -> None:
    secret = house.town.underretning(
        "Om en anden", child=house.child, unit="boern", responsible="henrik", protected=True
    )
    happened(house, H.UNDERRETNING_VURDERET, underretning=secret)
    with house.town.product.store.read() as connection:
        asker = house.asker(METTE)
        assert access.subject(connection, asker, "sag", house.sag) is not None
        hidden = connection.execute(
            underretninger.select().where(
                access.visible_underretninger(asker, Act.SEARCH),
                underretninger.c.id == secret,
            )
        ).first()
    assert hidden is None, "the town hides it from Mette"
    assert "underretning_vurderet" not in house.titles(METTE)
    assert house.page(METTE).total == len(house.titles(METTE))


def test_each_kind_is_found_by_itself_and_counted(house: House) -> None:
    house.noted("Notat")
    house.filed("Ind", Direction.IN)
    house.filed("Ud", Direction.OUT)
    happened(house, H.MOEDE_AFTALT)
    happened(house, H.SKRIFT_BEGYNDT, data={"skrift": "00000000-0000-4000-8000-000000000001"})
    happened(house, H.FRIST_UDSKUDT)
    copied(house)
    assert house.titles(line=Line.NOTAT) == ["Notat"]
    assert house.titles(line=Line.DOKUMENT) == ["Ind"]
    assert house.titles(line=Line.BREV) == ["Ud"]
    assert house.titles(line=Line.SAMTALE) == ["moede_aftalt"]
    assert house.titles(line=Line.SKRIFT) == ["skrift_begyndt"]
    assert house.titles(line=Line.FRIST) == ["frist_udskudt"]
    page = house.page(line=Line.NOTAT)
    assert page.total == 1
    assert sum(page.by_line.values()) == 7, "the other filters still say how many they have"


def test_who_wrote_it_and_when_narrow_it(house: House) -> None:
    happened(house, H.MOEDE_AFTALT, METTE)
    house.later(days=2)
    house.write(title="Karens")
    house.noted("Annes")
    copied(house)
    assert house.titles(who=METTE) == ["moede_aftalt"]
    assert "Karens" in house.titles(who=KAREN)
    day = house.town.now - timedelta(days=1)
    assert sorted(house.titles(since=day)) == ["Annes", "Karens"]
    assert "moede_aftalt" in house.titles(until=day)
    assert house.page().by_who[METTE] == ("Mette Testgaard", 1)


def test_the_automatic_can_be_left_out_or_looked_at_alone(house: House) -> None:
    house.write(title="En persons")
    talked(house)
    happened(house, H.FRIST_OVERSKREDET, "system")
    assert sorted(house.titles(automatic=True)) == [
        "Samtale med barnet", "frist_overskredet", "sag_oprettet",
    ]  # fmt: skip
    assert house.titles(automatic=False) == ["En persons"]


def test_a_document_stays_when_the_automatic_is_left_out(house: House) -> None:
    house.filed("Udtalelse")
    house.noted("Udtalelse", "Dokumentet er lagt på sagen.")
    copied(house)
    assert "Udtalelse" in house.titles(automatic=False)
    assert "Udtalelse" in house.titles(automatic=True), "with the note that followed by itself"


@pytest.mark.parametrize("text", ["svømning", "SVØMNING", "Svomning", "svømning lærer", "100%_"])
def test_words_are_found_however_they_are_written(house: House, text: str) -> None:
    house.write(title="Til Svømning 100%_", body="Lærer ringede")
    expected = [] if text == "Svomning" else ["Til Svømning 100%_"]
    assert house.titles(text=text) == expected


def test_a_haendelse_is_found_by_what_it_is_called(house: House) -> None:
    happened(house, H.MOEDE_AFTALT)
    assert house.titles(text="møde", event_types=[H.MOEDE_AFTALT]) == ["moede_aftalt"]
