"""A case number is found typed half: its end, and the beginning of it, but not what all share."""

import pytest

from dubu_plugin.store.search.numbers import numbers_asked, words_of_number

NUMBER = "27.24.00-G01-382-26"


def finds(text: str, number: str = NUMBER) -> bool:
    return any(
        word.startswith(asked) for asked in numbers_asked(text) for word in words_of_number(number)
    )


@pytest.mark.parametrize(
    "text",
    [
        "27.24.00-G01-382-26", "27.24.00-g01-382", "27.24.00-G01-38", "G01-382-26", "g01-38",
        "382-26", "382-2", "382", "38", "sag 382-26", "382-26.", "Noah 382",
    ],
)  # fmt: skip
def test_half_a_number_finds_the_case(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize(
    "text",
    ["27", "27.24", "27.24.00", "27.24.00-G01", "27.24.00-G01-", "24.00", "82-26", "383", "Noah 38",
     "3", "26", "G01", "noah", ""],
)  # fmt: skip
def test_what_every_case_has_and_another_number_find_nothing(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [("S2024-12345", "12345"), ("S2024-12345", "s2024-123"), ("24/12345", "12345"),
     ("24/12345", "24/123"), ("2024 - 1234", "1234"), ("", "38")],
)  # fmt: skip
def test_the_numbers_of_other_journals_are_found_by_their_end_too(number: str, text: str) -> None:
    assert finds(text, number) is bool(number)
