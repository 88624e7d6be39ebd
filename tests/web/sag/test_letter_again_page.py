"""Who sends a letter anew says why, and finds both of them among the letters of the case."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.domain.netvaerk import Kreds, Myndighed, Part, Rolle
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.tables import letters, sager
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.skrift_desk import plain

from .test_letters_page import heard, sending, to_print

Asking: TypeAlias = Callable[..., Any]


@pytest.fixture
def sent(day: Day, asking: Asking) -> tuple[str, UUID, str]:
    """Return the letters page of a case, a hearing's letter that is posted, and the hearing."""
    where, hearing = heard(day, asking)
    pdf = day.town.product.blobs.put(b"%PDF-1.4 brev")
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        mine = letters.c.code == "partshoering"
        work.connection.execute(sa.update(letters).where(mine).values(pdf_sha256=pdf))
        letter = work.connection.scalar(sa.select(letters.c.id).where(mine))
    assert letter is not None
    breve = f"{where.partition('/afgoerelse/')[0]}/breve"
    asking(KAREN).post(breve, sending(day, letter))
    return breve, letter, hearing


def test_a_letter_that_is_sent_stands_with_its_pages_and_the_way_to_send_it_again(
    asking: Asking, sent: tuple[str, UUID, str]
) -> None:
    breve, letter, hearing = sent
    page = asking(KAREN).get(breve).text
    assert "Sendte breve" in page
    assert "Partshøring: Sofie Testvad" in page
    for where in (breve, hearing):
        shown = asking(KAREN).get(where).text
        assert f'href="{breve}/{letter}/pdf"' in shown
        assert f'href="{breve}/{letter}/igen"' in shown
    assert asking(KAREN).get(f"{breve}/{letter}/pdf").content == b"%PDF-1.4 brev"
    assert f'href="{breve}"' in asking(KAREN).get(breve.removesuffix("/breve")).text


def test_a_reason_is_asked_and_the_new_letter_stands_in_the_old_ones_place(
    day: Day, asking: Asking, sent: tuple[str, UUID, str]
) -> None:
    breve, letter, hearing = sent
    again = f"{breve}/{letter}/igen"
    page = asking(KAREN).get(again).text
    assert "Hvorfor sendes det igen?" in page
    assert ">Hvad skete der?</label>" in page, "not that it can be left out: sometimes it cannot"
    assert asking(KAREN).post(again, {}).status_code == 422
    answer = asking(KAREN).post(again, {"grund": "andet"})
    assert "Skriv, hvad der er sket med brevet." in answer.text
    day.town.now += timedelta(days=3)
    after = asking(KAREN).post(again, {"grund": "retur"}, follow_redirects=True).text
    assert "Et nyt brev bliver skrevet." in after
    assert "Brevet kom ikke frem, sendt 2.\xa0marts" in after
    assert f'href="{breve}/{letter}/pdf"' in after, "what was sent is kept"
    assert f'href="{again}"' not in after
    twice = asking(KAREN).post(again, {"grund": "retur"})
    assert "det er allerede sendt igen" in twice.text
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        mine = letters.c.state == "skrives", letters.c.code == "partshoering"
        values = {"state": LetterState.TIL_PRINT, "pdf_sha256": "0" * 64}
        work.connection.execute(sa.update(letters).where(*mine).values(values))
    assert "Brevet skal printes og sendes" in asking(KAREN).get(hearing).text


def test_paragraf_27_a_letter_of_before_somebody_was_held_apart_is_looked_at(
    day: Day, asking: Asking, sent: tuple[str, UUID, str]
) -> None:
    breve, letter, _ = sent
    again = f"{breve}/{letter}/igen"
    assert "adskilt_set" not in asking(KAREN).get(again).text
    father = day.town.person("Mads Prøvesen")
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        sag = UUID(breve.split("/")[3])
        child = work.connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == sag))
        assert child is not None
        part = Part(role=Rolle.FAR, circle=Kreds.PRIMAER, custody=Myndighed.UKENDT, apart=True)
        netvaerk.begin(work.connection, child, father, part, by=KAREN, now=work.now)
    assert "Mads Prøvesen holdes adskilt" in plain(asking(KAREN).get(again).text)
    refused = asking(KAREN).post(again, {"grund": "retur"})
    assert refused.status_code == 422
    assert "sæt flueben i »Jeg har set«" in plain(refused.text)
    assert asking(KAREN).post(again, {"grund": "retur", "adskilt_set": "ja"}).status_code == 303


def test_a_letter_to_nobody_in_the_book_and_one_that_waits_are_not_sent_again(
    day: Day, asking: Asking
) -> None:
    breve = f"/dubu/sag/{day.noah_sag}/breve"
    to_board = to_print(day, day.noah_sag, state=LetterState.SENDT, sent_at=day.town.now)
    waits = to_print(day, day.noah_sag)
    page = asking(KAREN).get(breve).text
    assert f"{to_board}/pdf" in page
    assert "/igen" not in page
    answer = asking(KAREN).post(f"{breve}/{to_board}/igen", {"grund": "retur"})
    assert "Print den PDF, der ligger på sagen" in answer.text
    assert asking(KAREN).get(f"{breve}/{waits}/igen").status_code == 404
    other = f"/dubu/sag/{day.elias_sag}/breve/{to_board}"
    assert asking(KAREN).get(f"{other}/igen").status_code == 404
    assert asking(KAREN).post(f"{other}/igen", {"grund": "retur"}).status_code == 404
    assert asking(KAREN).get(f"{other}/pdf").status_code == 404
