"""A letter nobody can get electronically waits for an envelope, and the duty waits with it."""

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.store.tables import frister, letters, underretninger
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]


def to_print(day: Day) -> tuple[UUID, UUID]:
    """Leave the kvittering of an assessed underretning waiting for an envelope."""
    letter, number, sag = uuid4(), day.noah_underretning, day.noah_sag
    with day.town.product.store.write(actor="system", now=day.town.product.clock()) as work:
        row = {"id": letter, "code": "kvittering", "template_version": "1", "sag_id": sag}
        row |= {"underretning_id": number, "values": "{}", "author": "karen"}
        row |= {"state": LetterState.TIL_PRINT, "pdf_sha256": "0" * 64, "created_at": work.now}
        work.connection.execute(sa.insert(letters).values(row))
    return number, letter


def test_the_page_asks_for_the_envelope_and_takes_the_word_for_it(day: Day, asking: Asking) -> None:
    number, letter = to_print(day)
    address = f"/dubu/indgang/{number}/brev/{letter}/sendt"
    page = asking().get(f"/dubu/indgang/{number}").text
    assert f'action="{address}"' in page
    assert "Brevet er lagt i postkassen" in page
    after = asking().post(address, follow_redirects=True).text
    assert "Brevet er lagt i postkassen" not in after
    with day.town.product.store.read() as connection:
        state = connection.scalar(
            sa.select(frister.c.state).where(
                frister.c.underretning_id == number, frister.c.rule == "UND-KVIT"
            )
        )
    assert state == "opfyldt"


def test_another_underretnings_letter_is_not_reached_through_this_one(
    day: Day, asking: Asking
) -> None:
    _, letter = to_print(day)
    other = f"/dubu/indgang/{day.alma_underretning}/brev/{letter}/sendt"
    assert asking().post(other).status_code == 404


def test_the_childs_own_kvittering_is_handed_over(day: Day, asking: Asking) -> None:
    number, _ = to_print(day)
    with day.town.product.store.write(actor="system", now=day.town.product.clock()) as work:
        mine = underretninger.c.id == number
        work.connection.execute(sa.update(underretninger).where(mine).values(underretter="12"))
    page = asking().get(f"/dubu/indgang/{number}").text
    assert "skal printes og gives til barnet" in page
    assert "Brevet er givet til barnet" in page
    assert "postkassen" not in page
