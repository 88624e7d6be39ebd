from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.documents.letter import Value
from dubu_plugin.store.tables import letters, outbox
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import LetterHouse
from dubu_plugin.usecases.dokument.order.letter import (
    Addressee,
    file_waiting_letters,
    order_letter,
)

TOVE = Addressee("Tove Demosen\nPrøvestrup Skole", "skole@proevestrup.example")


def ordered(
    house: LetterHouse,
    code: str = "kvittering",
    *,
    sag: UUID | None,
    underretning: UUID | None = None,
    to: Addressee | None = TOVE,
    more: Mapping[str, Value] = MappingProxyType({}),
) -> UUID:
    letter = house.product.letters[code]
    values = {name: value for name, value in letter.example.items() if name not in letter.late}
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        return order_letter(
            work,
            code,
            letters=house.product.letters,
            sag=sag,
            underretning=underretning,
            values={**values, **more},
            author=KAREN,
            to=to,
        )


def steps(house: LetterHouse, lane: str) -> list[str]:
    with house.product.store.read() as connection:
        return list(
            connection.scalars(
                sa.select(outbox.c.kind).where(outbox.c.lane == lane).order_by(outbox.c.position)
            )
        )


def test_a_letter_is_written_filed_and_sent_in_the_lane_of_its_case(house: LetterHouse) -> None:
    letter = ordered(house, sag=house.sag)
    assert steps(house, f"sag:{house.sag}") == ["write_letter", "file_letter", "send_letter"]
    row = house.letter(letter)
    assert (row.state, row.code, row.author) == ("skrives", "kvittering", KAREN)
    assert row.recipient == TOVE.envelope
    assert row.template_version == house.product.letters["kvittering"].version


def test_an_internal_document_is_sent_to_nobody(house: LetterHouse) -> None:
    ordered(house, "vurdering", sag=house.sag, to=None)
    assert steps(house, f"sag:{house.sag}") == ["write_letter", "file_letter"]


def test_without_a_case_it_is_filed_when_the_case_is_there(house: LetterHouse) -> None:
    underretning = house.underretning(sag=None)
    ordered(house, sag=None, underretning=underretning)
    assert steps(house, f"underretning:{underretning}") == ["write_letter", "send_letter"]
    for times in (1, 0):
        with house.product.store.write(actor=KAREN, now=house.town.now) as work:
            assert file_waiting_letters(work, underretning=underretning, sag=house.sag) == times
    assert steps(house, f"sag:{house.sag}") == ["file_letter"]


def test_a_letter_that_leaves_the_house_needs_an_addressee(house: LetterHouse) -> None:
    with pytest.raises(ValueError, match="addressee"):
        ordered(house, sag=house.sag, to=None)
    with pytest.raises(ValueError, match="addressee"):
        ordered(house, "vurdering", sag=house.sag, to=TOVE)


def test_a_letter_belongs_somewhere(house: LetterHouse) -> None:
    with pytest.raises(ValueError, match="belongs"):
        ordered(house, sag=None)


def test_what_is_wrong_is_found_before_anything_is_stored(house: LetterHouse) -> None:
    with pytest.raises(ValueError, match=r"barn\.navn"):
        ordered(house, sag=house.sag, more={"barn.navn": "Alma Testvad"})
    with pytest.raises(KeyError):
        order_unknown(house)
    assert house.rows(letters) == []
    assert steps(house, f"sag:{house.sag}") == []


def order_unknown(house: LetterHouse) -> None:
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        order_letter(
            work, "ukendt", letters=house.product.letters, sag=uuid4(), underretning=None,
            values={}, author=KAREN,
        )  # fmt: skip


def test_an_addressee_is_kept_out_of_logs() -> None:
    assert "Tove" not in repr(TOVE)
    assert "skole@" not in repr(TOVE)
