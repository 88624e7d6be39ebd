from collections.abc import Collection
from uuid import UUID

import pytest

from dubu_plugin.documents import reading
from dubu_plugin.documents.fill import render
from dubu_plugin.store.tables import letters
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import LetterHouse
from dubu_plugin.usecases.dokument.order.orientering import (
    Igangsat,
    NotForThisNotifier,
    order_orientering,
)


def order(house: LetterHouse, underretning: UUID, started: Collection[Igangsat] = ()) -> UUID:
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        return order_orientering(
            work,
            underretning,
            started=started,
            letters=house.product.letters,
            municipality=house.product.settings.municipality,
            author=KAREN,
        )


def said(house: LetterHouse, *started: Igangsat) -> str:
    letter = order(house, house.underretning(), started)
    return reading.text(render(house.product.letters["orientering"], house.kept(letter)))


def test_it_tells_one_thing(house: LetterHouse) -> None:
    assert "Vi har sat en børnefaglig undersøgelse i gang." in said(house, Igangsat.BFU)


def test_it_tells_several_things_in_one_sentence(house: LetterHouse) -> None:
    text = said(house, Igangsat.INDSATS, Igangsat.AFDAEKNING)
    assert "Vi har sat en afdækning og en indsats i gang." in text


def test_it_tells_that_nothing_is_set_going(house: LetterHouse) -> None:
    text = said(house)
    assert (
        "Vi har ikke sat en afdækning, en børnefaglig undersøgelse eller en indsats i gang." in text
    )


def test_paragraf_138_stk_2_it_tells_nothing_more(house: LetterHouse) -> None:
    text = said(house, Igangsat.BFU)
    assert "tavshedspligt" in text
    for name in ("Alma", "Testvad", "031216", "Viggo", "Sanne"):
        assert name not in text


@pytest.mark.parametrize("who", [{"anonymous": True}, {"pligt": "135"}])
def test_nobody_but_a_known_professional_is_told(
    house: LetterHouse, who: dict[str, object]
) -> None:
    underretning = house.underretning(**who)
    with pytest.raises(NotForThisNotifier) as no:
        order(house, underretning)
    assert "§ 138, stk. 2" in no.value.for_people()
    assert house.rows(letters) == []
