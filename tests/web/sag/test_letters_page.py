"""A letter to a parent or a child on paper is nobody's before somebody has posted it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.inddragelse import HANDED_OVER
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.store.afgoerelse import partshoeringer
from dubu_plugin.store.tables import frister, haendelser, letters
from dubu_plugin.testing.fake_ports import ANDERS, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]


def to_print(day: Day, sag: UUID, to: str = "Sofie Testvad\nTestvej 1", **more: Any) -> UUID:
    """Leave a letter of a case waiting for an envelope."""
    number = uuid4()
    pdf = day.town.product.blobs.put(b"%PDF-1.4 brev")
    with day.town.product.store.write(actor="system", now=day.town.product.clock()) as work:
        row = {"id": number, "code": "plan_brev", "template_version": "1", "sag_id": sag}
        row |= {"values": "{}", "recipient": to, "author": "karen", "pdf_sha256": pdf}
        row |= {"state": LetterState.TIL_PRINT, "created_at": work.now, **more}
        work.connection.execute(sa.insert(letters).values(row))
    return number


def state(day: Day, letter: UUID) -> str:
    with day.town.product.store.read() as connection:
        return str(connection.scalar(sa.select(letters.c.state).where(letters.c.id == letter)))


def happened(day: Day, what: Haendelse) -> int:
    with day.town.product.store.read() as connection:
        asked = sa.select(sa.func.count()).where(haendelser.c.type == what)
        return connection.scalar(asked) or 0


@pytest.fixture
def url(day: Day) -> str:
    return f"/dubu/sag/{day.noah_sag}/breve"


def sending(day: Day, *which: UUID, how: str = "papir", ago: int = 0) -> dict[str, Any]:
    on = (day.town.now - timedelta(days=ago)).date().isoformat()
    return {"brev": [str(one) for one in which], "postet": on, "handling": how}


def test_the_case_leads_to_what_is_to_be_printed_with_its_pages(
    day: Day, asking: Asking, url: str
) -> None:
    letter = to_print(day, day.noah_sag)
    case = asking(KAREN).get(f"/dubu/sag/{day.noah_sag}").text
    assert "Breve, der skal printes og sendes" in case
    assert f'href="{url}"' in case
    page = asking(KAREN).get(url).text
    assert "Plan til forælder: Sofie Testvad" in page
    assert "Testvej 1" not in page, "the address stands on the envelope alone"
    answer = asking(KAREN).get(f"{url}/{letter}/pdf")
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.4 brev")


def test_all_that_wait_are_posted_in_one_form(day: Day, asking: Asking, url: str) -> None:
    both = to_print(day, day.noah_sag), to_print(day, day.noah_sag, "Mads Prøvesen")
    assert asking(KAREN).get(url).text.count(" checked") == 2
    after = asking(KAREN).post(url, sending(day, *both), follow_redirects=True)
    assert "brevene er sendt med posten" in after.text
    assert [state(day, one) for one in both] == ["sendt", "sendt"]
    assert happened(day, Haendelse.BREV_SENDT) == 2
    assert "skal printes" not in asking(KAREN).get(f"/dubu/sag/{day.noah_sag}").text


def test_what_is_handed_over_is_not_ticked_with_what_is_posted(
    day: Day, asking: Asking, url: str
) -> None:
    by_post = to_print(day, day.noah_sag)
    by_hand = to_print(day, day.noah_sag, f"Noah Testlund\n{HANDED_OVER}")
    page = asking(KAREN).get(url).text
    assert f'value="{by_post}" id="brev-{by_post}" checked' in page
    assert f'value="{by_hand}" id="brev-{by_hand}" checked' not in page
    asking(KAREN).post(url, sending(day, by_hand, how="overleveret"))
    assert (state(day, by_post), state(day, by_hand)) == ("til_print", "sendt")


def test_no_letter_a_day_ahead_and_a_day_before_it_was_written_are_refused(
    day: Day, asking: Asking, url: str
) -> None:
    letter = to_print(day, day.noah_sag)
    for said, at in (
        (sending(day), "brev"),
        (sending(day, letter, ago=-1), "postet"),
        (sending(day, letter, ago=1), "postet"),
        (sending(day, letter) | {"postet": "i går"}, "postet"),
    ):
        answer = asking(KAREN).post(url, said)
        assert answer.status_code == 422
        assert f'id="f-{at}-fejl"' in answer.text
    assert state(day, letter) == "til_print"


def test_the_letters_that_were_written_after_the_day_are_named(
    day: Day, asking: Asking, url: str
) -> None:
    before = day.town.now - timedelta(days=3)
    early = to_print(day, day.noah_sag, "Mads Prøvesen", created_at=before)
    late = to_print(day, day.noah_sag)
    answer = asking(KAREN).post(url, sending(day, early, late, ago=2)).text
    assert (
        "Skrevet senere end den dag: »Plan til forælder« til Sofie Testvad (2.\xa0marts" in answer
    )
    assert "til Mads Prøvesen (" not in answer
    assert "tag krydset fra det" in answer


def test_a_letter_is_not_posted_twice_nor_through_another_case(
    day: Day, asking: Asking, url: str
) -> None:
    letter = to_print(day, day.noah_sag)
    other = f"/dubu/sag/{day.elias_sag}/breve"
    assert asking(KAREN).post(other, sending(day, letter)).status_code == 404
    assert asking(KAREN).get(f"{other}/{letter}/pdf").status_code == 404
    asking(KAREN).post(url, sending(day, letter))
    again = asking(KAREN).post(url, sending(day, letter))
    assert again.status_code == 422
    assert "venter ikke på at blive printet" in again.text
    assert happened(day, Haendelse.BREV_SENDT) == 1


def test_the_day_of_the_one_who_has_the_case_says_that_letters_wait(
    day: Day, asking: Asking, url: str
) -> None:
    for to in ("Sofie Testvad", "Mads Prøvesen"):
        to_print(day, day.noah_sag, to)
    mine = asking(KAREN).get("/dubu/min-dag").text
    assert "2 breve skal printes og sendes: Noah Testlund" in mine
    assert f'href="{url}"' in mine
    for other in (METTE, ANDERS):
        assert "skal printes og sendes" not in asking(other).get("/dubu/min-dag").text


def test_an_underretnings_letter_stands_with_its_own_duty(day: Day, asking: Asking) -> None:
    to_print(day, day.noah_sag, underretning_id=day.noah_underretning, code="kvittering")
    assert "skal printes" not in asking(KAREN).get(f"/dubu/sag/{day.noah_sag}").text
    assert "skal printes" not in asking(KAREN).get("/dubu/min-dag").text


def heard(day: Day, asking: Asking) -> tuple[str, str]:
    """Have a party's hearing wait for an envelope, and return the decision and the hearing."""
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=9 * 366))
    mother = day.town.person("Sofie Testvad", address="Testvej 1, 9999 Prøvestrup")
    day.town.tie(child, mother, "mor", "barn")
    base = f"/dubu/sag/{day.town.sag(child)}"
    where = asking(KAREN).post(f"{base}/afgoerelser", {"forhold": "stoette"}).headers["location"]
    with day.town.product.store.read() as connection:
        [part] = partshoeringer.of_afgoerelse(connection, UUID(where.rpartition("/")[2]))
    due = (day.town.now + timedelta(days=14)).date().isoformat()
    hearing = f"{where}/part/{part.id}"
    asking(KAREN).post(hearing, {"handling": "send", "om": "Fraværet.", "frist": due})
    day.town.product.blobs.put(b"%PDF-1.4 brev")
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        mine = letters.c.code == "partshoering"
        values = {"state": LetterState.TIL_PRINT, "pdf_sha256": "0" * 64}
        work.connection.execute(sa.update(letters).where(mine).values(values))
    return where, hearing


def test_paragraf_19_a_party_is_not_said_to_be_heard_before_the_letter_is_posted(
    day: Day, asking: Asking
) -> None:
    where, hearing = heard(day, asking)
    for page in (asking(KAREN).get(where).text, asking(KAREN).get(hearing).text):
        assert "Brevet skal printes og sendes" in page
        assert "svaret skal være her senest 16.\xa0marts, hvis brevet sendes i dag" in page
        assert "venter på svar" not in page
    assert "Breve, der skal printes og sendes" in asking(KAREN).get(hearing).text
    assert " · sendt " not in asking(KAREN).get(hearing).text
    with day.town.product.store.read() as connection:
        letter = connection.scalar(sa.select(letters.c.id).where(letters.c.code == "partshoering"))
    base = where.partition("/afgoerelse/")[0]
    assert letter is not None
    asking(KAREN).post(f"{base}/breve", sending(day, letter))
    assert "venter på svar" in asking(KAREN).get(hearing).text
    assert " · sendt " in asking(KAREN).get(hearing).text


def test_paragraf_19_no_answer_is_not_noted_while_the_letter_lies_here(
    day: Day, asking: Asking
) -> None:
    _, hearing = heard(day, asking)
    day.town.now += timedelta(days=20)
    answer = asking(KAREN).post(hearing, {"handling": "svar"})
    assert answer.status_code == 422
    assert "Brevet er ikke sendt endnu, så parten har ikke kunnet svare." in answer.text


def test_paragraf_19_a_letter_posted_late_gives_the_party_as_long_as_was_promised(
    day: Day, asking: Asking
) -> None:
    where, hearing = heard(day, asking)
    day.town.now += timedelta(days=9)
    assert (
        "svaret skal være her senest 25.\xa0marts, hvis brevet sendes i dag"
        in asking(KAREN).get(hearing).text
    )
    with day.town.product.store.read() as connection:
        letter = connection.scalar(sa.select(letters.c.id).where(letters.c.code == "partshoering"))
    assert letter is not None
    asking(KAREN).post(f"{where.partition('/afgoerelse/')[0]}/breve", sending(day, letter))
    for page in (asking(KAREN).get(where).text, asking(KAREN).get(hearing).text):
        assert "svaret skal være her senest 25.\xa0marts" in page
    assert "Brevet blev sendt 9\xa0dage efter" in asking(KAREN).get(hearing).text
    with day.town.product.store.read() as connection:
        mine = frister.c.rule == "PARTSH", frister.c.state == "aaben"
        [due] = connection.scalars(sa.select(frister.c.due).where(*mine))
    assert danish_day(due) == date(2026, 3, 25)
    day.town.now += timedelta(days=10)
    assert " · sendt 11.\xa0marts · " in asking(KAREN).get(hearing).text, "nobody noted an hour"
    answer = asking(KAREN).post(hearing, {"handling": "svar"})
    assert "Fristen er ikke gået endnu" in answer.text
    day.town.now += timedelta(days=5)
    assert asking(KAREN).post(hearing, {"handling": "svar"}).status_code == 303
    with day.town.product.store.read() as connection:
        assert not connection.scalars(sa.select(frister.c.due).where(*mine)).all()
