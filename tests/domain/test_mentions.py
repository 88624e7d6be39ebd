"""A first name in a text."""

import pytest

from dubu_plugin.domain.mentions import mentions


@pytest.mark.parametrize(
    "text", ["Alma sover", "det er Almas", "Alma's seng", "med ALMA.", "»Alma«", "hos\nalma"]
)
def test_a_name_is_found_however_it_ends(text: str) -> None:
    assert mentions(text, "Alma")


@pytest.mark.parametrize("text", ["", "Almanak", "Palma", "barnet"])
def test_a_part_of_another_word_is_no_name(text: str) -> None:
    assert not mentions(text, "Alma")


def test_no_name_is_found_nowhere() -> None:
    assert not mentions("Alma", "")
