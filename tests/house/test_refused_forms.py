"""What an act refuses is said by the form it came from, and one place makes the one the other."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

BY_HAND = re.compile(r"\{[^{}]*:\s*\w+\.for_people\(\)")
"""A page that chooses itself at which field a refusal is said: the error knows (`at_fields`)."""
THE_PLACE = "dubu_plugin/web/forms.py"


def by_hand(text: str) -> list[str]:
    return BY_HAND.findall(text)


@pytest.mark.parametrize("line", ['wrong={"": no.for_people()}', "{field: error.for_people()}"])
def test_a_page_that_does_it_by_hand_is_seen(line: str) -> None:
    assert by_hand(line)


def test_a_refusal_becomes_a_form_in_one_place(root: Path, tracked: list[Path]) -> None:
    found = [
        name
        for file in tracked
        if (name := file.relative_to(root).as_posix()).startswith("dubu_plugin/web/")
        and file.suffix == ".py"
        and name != THE_PLACE
        and by_hand(file.read_text(encoding="utf-8"))
    ]
    assert found == [], "draw the form of `sent.refused(no)`"
