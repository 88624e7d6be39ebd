"""A letter goes to where its recipient lives when it is written, not when it was ordered."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.domain.inddragelse import HANDED_OVER
from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.persons import Person
from dubu_plugin.store.family import personer
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import LetterHouse, build_letter_house
from dubu_plugin.usecases.dokument.addressed import citizen
from dubu_plugin.usecases.dokument.order.letter import order_letter

CODE = "plan_brev"
HOME, AWAY = "Testparken 14, 9999 Prøvestrup", "Hemmeligvej 99, 9999 Prøvestrup"


class Mother:
    """The mother of the child in the house, and the letters to her."""

    def __init__(self, house: LetterHouse) -> None:
        self.house = house
        self.key = house.town.person("Mia Testlund", born=date(1990, 2, 17), address=HOME)
        house.town.tie(house.child, self.key, "mor", "barn")

    def says(self, **what: Any) -> None:
        people = self.house.town.persons.people
        people[str(self.key)] = replace(people[str(self.key)], **what)

    def letter(self, *, by_hand: bool = False) -> UUID:
        shelf = self.house.product.letters
        with self.house.product.store.write(actor=KAREN, now=self.house.town.now) as work:
            to, fields = citizen(work.connection, self.key, by_hand=by_hand)
            late = shelf[CODE].late
            known = {name: one for name, one in shelf[CODE].example.items() if name not in late}
            return order_letter(
                work, CODE, letters=shelf, sag=self.house.sag, underretning=None,
                values={**known, **fields}, author=KAREN, to=to,
            )  # fmt: skip

    def paper(self, letter: UUID) -> str:
        row = self.house.letter(letter)
        with zipfile.ZipFile(io.BytesIO(self.house.product.blobs.read(row.docx_sha256))) as word:
            return word.read("word/document.xml").decode()


@pytest.fixture
def mother(tmp_path: Path) -> Iterator[Mother]:
    house = build_letter_house(tmp_path)
    yield Mother(house)
    house.product.store.close()


def test_who_has_moved_meanwhile_gets_the_letter_at_the_new_home(mother: Mother) -> None:
    letter = mother.letter()
    mother.says(address=AWAY, name="Mia Demonavn")
    deliver_once(mother.house.product)
    row = mother.house.letter(letter)
    assert row.recipient == "Mia Demonavn\nHemmeligvej 99\n9999 Prøvestrup"
    assert json.loads(row.values)["modtager.adresse"] == "Hemmeligvej 99\n9999 Prøvestrup"
    assert "Hemmeligvej 99" in mother.paper(letter)
    assert "Testparken 14" not in mother.paper(letter)


def test_it_stands_on_the_case_from_then_on(mother: Mother) -> None:
    mother.letter()
    mother.says(address=AWAY)
    deliver_once(mother.house.product)
    with mother.house.product.store.read() as connection:
        known = personer.by_id(connection, mother.key)
    assert known is not None
    assert known.address == AWAY


def test_who_has_got_protection_meanwhile_has_no_address_on_the_letter(mother: Mother) -> None:
    letter = mother.letter()
    mother.says(address=AWAY, protected_address=True)
    deliver_once(mother.house.product)
    row = mother.house.letter(letter)
    for secret in ("Hemmeligvej", "Testparken"):
        assert secret not in row.recipient + row.values + mother.paper(letter)


def test_every_letter_that_is_written_in_one_call_is_looked_up(mother: Mother) -> None:
    sister = mother.house.town.sag(mother.house.sibling)
    first = mother.letter()
    mother.house.sag = sister
    second = mother.letter()
    mother.says(address=AWAY)
    deliver_once(mother.house.product)
    assert mother.house.stamp.calls == [2], "one call for both"
    for letter in (first, second):
        assert "Hemmeligvej 99" in mother.house.letter(letter).recipient


def test_what_is_handed_over_is_handed_over_still(mother: Mother) -> None:
    letter = mother.letter(by_hand=True)
    mother.says(address=AWAY)
    deliver_once(mother.house.product)
    assert mother.house.letter(letter).recipient == f"Mia Testlund\n{HANDED_OVER}"


def test_a_silent_address_book_holds_no_letter_back(
    mother: Mother, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(key: str) -> Person | None:
        raise Unreachable("fake", "by_key", "")

    letter = mother.letter()
    monkeypatch.setattr(mother.house.town.persons, "by_key", silent)
    deliver_once(mother.house.product)
    row = mother.house.letter(letter)
    assert row.pdf_sha256 is not None
    assert "Testparken 14" in row.recipient
