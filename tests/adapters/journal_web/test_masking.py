"""How the address book's names stand in a list."""

import pytest

from dubu_journal.addresses import Contact
from dubu_journal.web.masking import surname_first


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Alma Testvad", "Testvad, Alma"),
        ("Alma Demo Testvad ", "Testvad, Alma Demo"),
        ("Alma", "Alma"),
        ("Ukendt barn", "Ukendt barn"),
        ("Ukendt barn (Dreng, ca. 8 år)", "Ukendt barn (Dreng, ca. 8 år)"),
        ("Ukendt barn (Dreng)", "Ukendt barn (Dreng)"),
    ],
)
def test_only_what_ends_with_a_name_is_turned_round(name: str, shown: str) -> None:
    assert surname_first(Contact(kind="person", name=name)) == shown
