"""What two versions of a text differ in is shown, and nothing of either is lost on the way."""

import random

import pytest

from dubu_plugin.web.skrift.diff import Piece, differences


def said(before: str, after: str) -> str:
    marks = {"same": "{}", "out": "[-{}-]", "in": "[+{}+]"}
    return "".join(marks[one.kind].format(one.text) for one in differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Sover dårligt.", "Sover godt.", "Sover [-dårligt.-][+godt.+]"),
        ("", "Nyt.", "[+Nyt.+]"),
        ("Væk.", "", "[-Væk.-]"),
        ("Det samme.", "Det samme.", "Det samme."),
        ("a b c d", "a x y d", "a [-b c -][+x y +]d"),
        ("Et. To.", "Et. Halvanden. To.", "Et. [+Halvanden. +]To."),
        ("linje\nlinje", "linje\n\nlinje", "linje\n[+\n+]linje"),
    ],
)
def test_words_that_went_and_came_are_marked(before: str, after: str, shown: str) -> None:
    assert said(before, after) == shown


def together(pieces: list[Piece], left_out: str) -> str:
    return "".join(one.text for one in pieces if one.kind != left_out)


def test_both_texts_can_be_read_out_of_the_pieces_whatever_was_changed() -> None:
    """Words moved, put in and taken out at random, with a fixed seed."""
    pick = random.Random(20260611)
    words = [f"ord{number}" for number in range(60)] + ["Slut.", "Nu!", "\n\n"]
    for _ in range(200):
        before = [pick.choice(words) for _ in range(pick.randrange(200))]
        after = list(before)
        for _ in range(pick.randrange(12)):
            at = pick.randrange(len(after) + 1)
            after[at : at + pick.randrange(3)] = pick.choices(words, k=pick.randrange(4))
        old, new = " ".join(before), " ".join(after)
        pieces = list(differences(old, new))
        assert "".join(together(pieces, "in").split()) == "".join(old.split())
        assert "".join(together(pieces, "out").split()) == "".join(new.split())
