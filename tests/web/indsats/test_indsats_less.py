"""Help that becomes less or ends: the form shows every way it is decided, and leads to it."""

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from dubu_plugin.domain.gates.taken_away import HOW, HOW_LESS
from dubu_plugin.testing.fake_ports import KAREN
from tests.web.indsats.test_indsatser import begun, form_of, sag

__all__ = ["sag"]

Asking: TypeAlias = Callable[..., Any]


@pytest.mark.parametrize(("does", "ways"), [("aendr", HOW_LESS), ("afslut", HOW)])
def test_paragraf_99_every_way_can_be_read_whole_and_the_decision_is_a_link_away(
    asking: Asking, sag: UUID, does: str, ways: dict[str, str]
) -> None:
    where = begun(asking, sag, hvad="kontaktperson:", antal="4")
    page = asking(KAREN).get(f"{where}?goer={does}").text
    assert page.count('type="radio" class="form-radio" name="hvordan"') == len(ways)
    for words in ways.values():
        assert f">{words}</label>" in page
    assert f'href="/dubu/sag/{sag}/afgoerelser?forhold=ophoer"' in page


def test_the_paragraph_is_said_as_a_sentence_says_it(asking: Asking, sag: UUID) -> None:
    where = begun(asking, sag, hvad="kontaktperson:", antal="4")
    for page in (where, f"/dubu/sag/{sag}/indsatser"):
        assert "barnets lov §\u00a032, stk.\u00a01, nr.\u00a03" in asking(KAREN).get(page).text


def test_what_was_before_a_change_is_read_on_the_page(asking: Asking, sag: UUID) -> None:
    where = begun(asking, sag, hvad="kontaktperson:", antal="4")
    form = form_of(asking(KAREN).get(f"{where}?goer=aendr").text)
    assert form["antal"] == "4"
    sent = {**form, "antal": "2,5", "grund": "aendring_mindre", "ord": "Det går bedre."}
    assert 'id="f-hvordan-fejl"' in asking(KAREN).post(where, sent).text
    sent |= {"hvordan": "bedt_om"}
    assert asking(KAREN).post(where, sent).headers["location"] == f"{where}?gemt=aendr"
    page = asking(KAREN).get(where).text
    assert "2,5 timer om ugen" in page
    assert "Før: omfang 4 timer om ugen." in page
    assert "Der er brug for mindre" in page
    assert "Det går bedre." in page
