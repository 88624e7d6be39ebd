"""What everything is in place for is not refused, whatever is decided."""

import pytest

from .deciding import DAY, MATTERS, refusals, standing


@pytest.mark.parametrize("code", [one.code for one in MATTERS.rows if one.in_force(DAY)])
def test_nothing_is_refused_where_everything_is_in_place(code: str) -> None:
    found = MATTERS.get(code, DAY)
    assert found is not None
    age = None if found.unborn else max(found.ages[0], 9) if found.ages else None
    assert refusals(standing(code, age)) == []


def test_every_refusal_names_a_paragraph() -> None:
    bare = standing("anbringelse_uden", 12)
    empty = type(bare)(matter=bare.matter, day=DAY, age=12)
    said = refusals(empty)
    assert len(said) > 8
    assert [one for one in said if "§" not in one] == []
