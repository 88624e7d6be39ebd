"""Initials say nothing but who: a remark beside a name is no part of it."""

import pytest

from dubu_plugin.domain.moede import initials


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Alma Testvad", "A.T."),
        ("Anne-Marie Demo", "A.M.D."),
        ("Ukendt barn (Dreng på ca. 8 år, Rød hue)", "U.B."),
        ("", "?"),
        ("(dreng)", "?"),
    ],
)
def test_initials(name: str, shown: str) -> None:
    assert initials(name) == shown
