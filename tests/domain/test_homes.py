"""Whether a letter comes into the letter box of a home (barnets lov § 138, stk. 1)."""

import pytest

from dubu_plugin.domain.homes import comes_home

HOME = "Testparken 60, st. tv., 9999 Prøvestrup"


@pytest.mark.parametrize(
    "address",
    [
        HOME,
        "Testparken 60",
        "Testparken 60 9999 Prøvestrup",
        "testparken 60 st tv 9999 prøvestrup",
        "c/o Testvang, Testparken 60, 9999 Prøvestrup",
        "Camilla Testvang\nTestparken 60\n9999 Prøvestrup",
        "Testparken nr. 60",
        "TESTPARKEN 60, 2. TH",
    ],
)
def test_a_letter_comes_home_however_the_address_is_written(address: str) -> None:
    assert comes_home(address, HOME)


@pytest.mark.parametrize(
    "address",
    ["", "Testparken 6, 9999 Prøvestrup", "Testparken 600", "Testvej 60", "60", "mor@test.example",
     "Testparken 60 B, 9999 Prøvestrup"],
)  # fmt: skip
def test_a_letter_to_another_house_does_not_come_home(address: str) -> None:
    assert not comes_home(address, HOME)


def test_a_number_with_a_letter_is_one_however_it_is_written() -> None:
    assert comes_home("Prøvegade 7b, 9999 Prøvestrup", "Prøvegade 7 B")
    assert comes_home("Prøvegade 7 B", "Prøvegade 7b, 9999 Prøvestrup")
    assert not comes_home("Prøvegade 7", "Prøvegade 7b")


def test_nothing_comes_to_a_home_nobody_knows() -> None:
    assert not comes_home("Prøvegade 7", "")


def test_a_home_without_a_number_is_its_name() -> None:
    assert comes_home("Demogården, 9999 Prøvestrup", "Demogården")
    assert comes_home("Demogården", "Demogården, 9999 Prøvestrup")
    assert not comes_home("9999 Prøvestrup", "Demogården, 9999 Prøvestrup")
