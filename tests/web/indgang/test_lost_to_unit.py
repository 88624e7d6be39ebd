"""Whoever had an underretning until it went back to its unit is told so, and keeps their words."""

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from dubu_plugin.testing.fake_ports import KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.underretning.give_up import give_up_closed
from dubu_plugin.web.refusals import LOST, NOT_THERE

Asking: TypeAlias = Callable[..., Any]
WORDS = "Drengen græd i telefonen."


@pytest.fixture
def lost(day: Day) -> UUID:
    """Mette typed in one that turns out to be about her own family."""
    number = day.town.underretning("En dreng græder.", child=day.alma, responsible=METTE)
    day.town.block(METTE, day.alma)
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        give_up_closed(work)
    return number


def test_the_page_that_asks_by_itself_says_where_it_went(asking: Asking, lost: UUID) -> None:
    asked = asking(METTE).get(
        f"/dubu/indgang/{lost}/slaaet-op?gang=1", headers={"HX-Request": "true"}
    )
    assert asked.status_code == 404
    assert LOST in asked.text
    assert 'class="alert' in asked.text
    assert NOT_THERE not in asked.text


def test_what_was_typed_is_given_back_where_it_cannot_be_saved(
    asking: Asking, day: Day, lost: UUID
) -> None:
    sent = asking(METTE).post(
        f"/dubu/indgang/{lost}", {"begrundelse": WORDS, "gem": "uden", "version": 1}
    )
    assert sent.status_code == 404
    assert LOST in sent.text
    assert WORDS in sent.text
    assert "Alma" not in sent.text, "nothing is told of whom it turned out to be about"


def test_nobody_else_is_told_that_it_is_there(asking: Asking, day: Day, lost: UUID) -> None:
    day.town.block(KAREN, day.alma)
    for address in (f"/dubu/indgang/{lost}", f"/dubu/indgang/{UUID(int=7)}"):
        assert NOT_THERE in asking(KAREN).get(address).text
    assert NOT_THERE in asking(METTE).get(f"/dubu/indgang/{UUID(int=7)}").text
