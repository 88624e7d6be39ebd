"""What is written on a case goes to Ankestyrelsen too, and nothing that is locked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.delivery.case_notes import AUTOMATIC
from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.journal import journalkopi
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import letters, outbox, personer
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import LetterHouse, build_letter_house
from dubu_plugin.usecases.dokument.order.samtale import order_record

from .handlers.packing import (
    SECRET,
    Blank,
    complained,
    contents,
    filed,
    left_out,
    ordered,
    parts,
    pdf,
    talked,
    told,
)


@pytest.fixture
def blank() -> Blank:
    return Blank()


@pytest.fixture
def house(tmp_path: Path, blank: Blank) -> Iterator[LetterHouse]:
    built = build_letter_house(tmp_path, converter=blank)
    yield built
    built.product.store.close()


def test_notes_and_talks_are_in_it_by_their_day_and_nothing_that_is_locked(
    house: LetterHouse, blank: Blank
) -> None:
    filed(house, "Statusudtalelse", date(2026, 2, 10), pdf(1))
    told(house, 9, "Møde med skolen", "Alma var der hele dagen.")
    told(house, 12, "Telefonsamtale", "Far ringer om samvær.")
    talked(house, 11, "»Jeg vil helst bo hos mormor.«")
    klage = complained(house)
    deliver_once(house.product)
    [part] = parts(house, klage)
    assert contents(house, part) == [
        "Notat: Telefonsamtale", "Samtale med barnet", "Statusudtalelse", "Notat: Møde med skolen",
    ]  # fmt: skip
    everything = " ".join(blank.said)
    for word in ("Far ringer om samvær.", "Alma var der hele dagen.", "helst bo hos mormor"):
        assert word in everything
    assert SECRET not in everything
    index = blank.said[-1].replace("\u00a0", " ")
    assert "12. februar 2026: Notat: Telefonsamtale" in index
    assert "Låste dele" in index


def test_its_letter_names_what_is_left_out_by_kind_and_why(
    house: LetterHouse, blank: Blank
) -> None:
    filed(house, "Optagelse", date(2026, 2, 11), b"ID3", "audio/mpeg")
    talked(house, 12, "»Nej.«")
    letter = ordered(house, complained(house))
    deliver_once(house.product)
    said = house.kept(letter)
    assert said["klage.uden"].replace("\u00a0", " ") == "11. februar 2026: Optagelse (lydfil)"
    assert said["klage.laast"].replace("\u00a0", " ") == "12. februar 2026: Samtale med barnet"
    shown = next(one for one in blank.said if "Klage over afgørelse" in one)
    assert "kan ikke gøres til sider. De sendes for sig" in shown
    assert "låst del" in shown


@pytest.mark.parametrize("protected", [True, False])
def test_its_letter_says_what_not_every_party_may_be_told(
    house: LetterHouse, blank: Blank, protected: bool
) -> None:
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        mine = personer.c.id == house.child
        work.connection.execute(sa.update(personer).where(mine).values(protected_address=protected))
    ordered(house, complained(house))
    deliver_once(house.product)
    shown = next(one for one in blank.said if "Klage over afgørelse" in one)
    assert ("Alma Testvad har beskyttet adresse." in shown) is protected
    assert ("Ikke alle må få alt at vide" in shown) is protected


def test_notes_nobody_wrote_are_a_page_together(house: LetterHouse, blank: Blank) -> None:
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        for day in (3, 4):
            journalkopi.add_note(
                work.connection, uuid4(), house.sag, title="Frist rettet", body=f"Nr. {day}.",
                occurred_at=datetime(2026, 2, day, tzinfo=UTC), author=KAREN, now=house.town.now,
                automatic=True,
            )  # fmt: skip
    klage = complained(house)
    deliver_once(house.product)
    assert contents(house, parts(house, klage)[0]) == [AUTOMATIC]
    [page] = [one for one in blank.said if "Nr. 3." in one]
    assert page.index("Nr. 4.") < page.index("Nr. 3.")


def test_a_talk_whose_record_lies_on_the_case_is_not_in_it_twice(house: LetterHouse) -> None:
    number = talked(house, 11, "»Jeg vil hjem.«")
    its = filed(house, "Referat", date(2026, 2, 11), pdf(1))
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        connection = work.connection
        sag, talk = sager.by_id(connection, house.sag), boernesamtaler.by_id(connection, number)
        assert sag is not None
        assert talk is not None
        letter = order_record(
            work, sag, talk, locked=SECRET, letters=house.product.letters,
            municipality=house.product.settings.municipality,
        )  # fmt: skip
        connection.execute(sa.delete(outbox))
        lies = sa.update(letters).where(letters.c.id == letter)
        connection.execute(lies.values(document_key=its.ref.key, state="journaliseret"))
    klage = complained(house)
    deliver_once(house.product)
    assert contents(house, parts(house, klage)[0]) == ["Referat"]
    assert left_out(house, klage) == [], "it was put on the case with what was locked"
