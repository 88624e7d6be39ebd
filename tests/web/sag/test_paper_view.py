"""What whoever posts a letter is told of it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.store.tables import letters
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.sag.paper_view import paper


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("Testvej 1\n9999 Prøvestrup", "sendes med posten"),
        ("Overleveres af rådgiveren", "overleveres"),
        ("Adressen skrives på kuverten",
         "sendes med posten · adressen er beskyttet: slå den op, og skriv den på kuverten"),
    ],
)  # fmt: skip
def test_a_letter_says_how_it_is_sent_and_whose_address_is_written_by_hand(
    day: Day, below: str, said: str
) -> None:
    day.town.insert(
        letters, id=uuid4(), code="partshoering", template_version="1", sag_id=day.ida_sag,
        values="{}", recipient=f"Mia Demonavn\n{below}", state=LetterState.TIL_PRINT,
        author=KAREN, created_at=datetime(2026, 3, 2, 9, tzinfo=UTC), pdf_sha256="0" * 64,
    )  # fmt: skip
    product = day.town.product
    today = day.town.now.date()
    with product.store.read() as connection:
        [line] = paper(connection, product.letters, day.ida_sag, today).lines
    assert line.detail.replace("\u00a0", " ").endswith(f" · {said}")
