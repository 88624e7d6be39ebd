"""What is typed about an indsats is kept until it is saved: begun, changed, moved or ended."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.indsats.test_indsatser import begun, form_of, placed

Asking: TypeAlias = Callable[..., Any]
TYPED = "Mor og far er med på det"


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of a child of nine."""
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=9 * 366))
    return day.town.sag(child)


def kept(asking: Asking, page: str, **typed: str) -> str:
    """Type in the form of a page, let it be kept, and return where it was kept."""
    text = asking(KAREN).get(page).text
    where: str = text.partition('data-draft="')[2].partition('"')[0]
    assert where.startswith("/dubu/kladde/"), "the form keeps no draft"
    answer = asking(KAREN).post(where, {**form_of(text), **typed})
    assert "Kladde gemt" in answer.text
    return where


def test_a_new_indsats_is_there_again_after_a_break(asking: Asking, sag: UUID) -> None:
    new = f"/dubu/sag/{sag}/indsatser/ny"
    kept(asking, new, leverandoer=TYPED)
    page = asking(KAREN).get(new).text
    assert TYPED in page
    assert "Din kladde fra" in page
    assert TYPED not in asking(HENRIK).get(new).text, "it is hers alone"


@pytest.mark.parametrize("goer", ["aendr", "fortsaet", "flyt", "tilsyn", "afslut"])
def test_what_is_done_with_an_indsats_is_there_again(asking: Asking, sag: UUID, goer: str) -> None:
    one = f"{placed(asking, sag)}?goer={goer}"
    kept(asking, one, ord=TYPED)
    page = asking(KAREN).get(one).text
    assert TYPED in page
    assert "Din kladde fra" in page
    assert TYPED not in asking(HENRIK).get(one).text


def test_saved_there_is_no_draft_left(asking: Asking, sag: UUID) -> None:
    one = placed(asking, sag)
    kept(asking, f"{one}?goer=fortsaet", ord=TYPED)
    form = form_of(asking(KAREN).get(f"{one}?goer=fortsaet").text)
    assert asking(KAREN).post(one, {**form, "ord": TYPED}).status_code == 303
    assert "Din kladde fra" not in asking(KAREN).get(f"{one}?goer=fortsaet").text


def test_begun_there_is_no_draft_left(asking: Asking, sag: UUID) -> None:
    new = f"/dubu/sag/{sag}/indsatser/ny"
    kept(asking, new, leverandoer=TYPED)
    begun(asking, sag, hvad="familiebehandling:")
    assert "Din kladde fra" not in asking(KAREN).get(new).text


def test_a_draft_is_of_the_version_it_was_begun_on(asking: Asking, sag: UUID) -> None:
    """Who changed it meanwhile is not written over by what was begun before."""
    one = placed(asking, sag)
    kept(asking, f"{one}?goer=fortsaet", ord=TYPED)
    theirs = form_of(asking(HENRIK).get(f"{one}?goer=fortsaet").text)
    assert asking(HENRIK).post(one, {**theirs, "ord": "Leders"}).status_code == 303
    mine = form_of(asking(KAREN).get(f"{one}?goer=fortsaet").text)
    answer = asking(KAREN).post(one, {**mine, "ord": TYPED})
    assert answer.status_code == 422
    assert TYPED in answer.text
