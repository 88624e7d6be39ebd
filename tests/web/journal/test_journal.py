"""The journal of a case as pages: few questions, nothing lost, and drafts that are one's own."""

import re
from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import drafts, journalnotater, outbox, read_log
from dubu_plugin.testing.fake_ports import FIE, HENRIK, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

NOTE = {
    "titel": "Aftale om morgenerne", "slags": "telefon", "dag": "2026-03-01", "kl": "10.30",
    "med": "Mor", "tekst": "Mor ringer torsdag.", "egne_ord": "", "handling": "gem",
}  # fmt: skip


def url(day: Day) -> str:
    return f"/dubu/sag/{day.noah_sag}/journal"


def new(day: Day, **more: str) -> dict[str, str]:
    today = day.town.now.date().isoformat()
    return {**NOTE, "dag": today, "kl": "", "formular": str(uuid4()), **more}


def write(asking: Asking, day: Day, who: str = KAREN, **more: str) -> Any:
    return asking(who).post(f"{url(day)}/notat", new(day, **more))


def keep(asking: Asking, day: Day, who: str = KAREN, **more: str) -> str:
    form = new(day, sag=str(day.noah_sag), **more)
    assert asking(who).post(f"/dubu/kladde/notat:{form['formular']}", form).status_code == 200
    return form["formular"]


def count(day: Day, table: sa.Table, *where: Any) -> int:
    with day.town.product.store.read() as connection:
        asked = sa.select(sa.func.count()).select_from(table).where(*where)
        return connection.scalar(asked) or 0


def test_the_panel_leads_to_it(asking: Asking, day: Day) -> None:
    page = asking(KAREN).get(f"/dubu/sag/{day.noah_sag}").text
    assert f'<a class="small" href="{url(day)}">Hele journalen</a>' in page


def test_a_note_stands_at_once_and_says_that_it_is_being_sent(asking: Asking, day: Day) -> None:
    answer = write(asking, day)
    assert answer.status_code == 303
    page = asking(KAREN).get(answer.headers["location"]).text
    assert "Aftale om morgenerne" in page
    assert "Mor ringer torsdag." in page
    assert "Sendes til journalen" in page


def test_the_same_form_sent_twice_is_one_note(asking: Asking, day: Day) -> None:
    form = new(day)
    for _ in range(2):
        asking(KAREN).post(f"{url(day)}/notat", form)
    assert count(day, journalnotater, journalnotater.c.title == NOTE["titel"]) == 1


def test_what_is_wrong_is_said_and_everything_stands_there_still(asking: Asking, day: Day) -> None:
    answer = write(asking, day, titel="", slags="", dag="32.13.2026", tekst="Mit lange notat")
    assert answer.status_code == 422
    assert "Mit lange notat" in answer.text
    assert "32.13.2026" in answer.text
    answer = write(asking, day, titel="", slags="")
    assert {"titel", "slags"} <= set(re.findall(r'id="f-(\w+)-fejl"', answer.text))


def test_five_megabytes_are_given_back_with_what_to_do(asking: Asking, day: Day) -> None:
    text = "<script>alert('æøå')</script> 🐶 " * 150_000
    answer = write(asking, day, tekst=text)
    assert answer.status_code == 422
    assert "Læg den på sagen som et dokument" in answer.text
    assert "<script>alert" not in answer.text
    assert answer.text.count("&lt;script&gt;") == 150_000, "all of it is there to be copied"
    assert count(day, outbox, outbox.c.kind == "add_note", outbox.c.actor == KAREN) == 0


def test_a_script_is_shown_as_the_text_it_is(asking: Asking, day: Day) -> None:
    write(asking, day, titel="<b>Æ</b>", tekst="<script>alert(1)</script> 🐶")
    page = asking(KAREN).get(url(day)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🐶" in page
    assert "&lt;b&gt;Æ&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_a_draft_is_listed_for_its_writer_alone(asking: Asking, day: Day) -> None:
    keep(asking, day, titel="Min egen kladde")
    assert "Min egen kladde" in asking(KAREN).get(url(day)).text
    for other in (HENRIK, METTE):
        assert "Min egen kladde" not in asking(other).get(url(day)).text


def test_a_draft_opens_again_as_it_was(asking: Asking, day: Day) -> None:
    number = keep(asking, day, titel="Min egen kladde", tekst="Halvt skrevet æøå 🐶")
    page = asking(KAREN).get(f"{url(day)}/notat?kladde={number}").text
    assert "Halvt skrevet æøå 🐶" in page
    assert "Din kladde fra" in page
    assert "Halvt skrevet" not in asking(HENRIK).get(f"{url(day)}/notat?kladde={number}").text


def test_a_draft_of_another_case_does_not_open_on_this_one(asking: Asking, day: Day) -> None:
    number = keep(asking, day, tekst="Hører til Noah")
    other = f"/dubu/sag/{day.ida_sag}/journal/notat?kladde={number}"
    assert "Hører til Noah" not in asking(KAREN).get(other).text


def test_thrown_away_it_can_be_taken_back(asking: Asking, day: Day) -> None:
    number = keep(asking, day, titel="Min egen kladde")
    answer = asking(KAREN).post(f"{url(day)}/kladde/{number}/smid")
    page = asking(KAREN).get(answer.headers["location"]).text
    assert "Kladden er smidt væk" in page
    assert "Min egen kladde" not in page
    answer = asking(KAREN).post(f"{url(day)}/kladde/{number}/hent")
    assert "Min egen kladde" in asking(KAREN).get(answer.headers["location"]).text


def test_without_a_script_a_draft_is_kept_by_its_button(asking: Asking, day: Day) -> None:
    answer = write(asking, day, handling="kladde", titel="Kun halv")
    assert "Kun halv" in asking(KAREN).get(answer.headers["location"]).text
    assert count(day, journalnotater, journalnotater.c.title == "Kun halv") == 0


def test_journalised_its_draft_is_gone(asking: Asking, day: Day) -> None:
    number = keep(asking, day)
    write(asking, day, formular=number)
    assert count(day, drafts, drafts.c.form.startswith("notat")) == 0


def test_what_is_searched_for_stands_in_no_address_and_is_in_the_log(
    asking: Asking, day: Day
) -> None:
    write(asking, day, titel="Om svømning")
    write(asking, day, titel="Om skolen", tekst="Andet")
    answer = asking(KAREN).post(f"{url(day)}/soeg", {"q": "SVØMNING", "type": "notat"})
    where = answer.headers["location"]
    assert where == f"{url(day)}?type=notat&soeg=ja"
    page = asking(KAREN).get(where).text
    assert "Om svømning" in page
    assert "Om skolen" not in page
    assert "»SVØMNING«" in page, "what is chosen can be seen and let go of"
    assert count(day, read_log, read_log.c.detail == "SVØMNING") == 1
    assert "»SVØMNING«" not in asking(HENRIK).get(where).text, "the search is hers"


def test_each_choice_can_be_let_go_of(asking: Asking, day: Day) -> None:
    query = "?type=frist&hvem=karen&fra=2026-01-01&til=2026-01-31&barnet=ja&auto=uden"
    page = asking(KAREN).get(url(day) + query).text
    chosen = page.partition('class="chosen"')[2].partition("</p>")[0]
    assert chosen.count("chosen__one") == 6
    assert "Ingen linjer passer til det, du har valgt" in page


@pytest.mark.parametrize(
    "query",
    ["?type=findes", "?fra=x&til=9999-99-99", "?efter=%00", "?efter=2026-01-01~1~x", "?hvem=%F0",
     "?efter=2026-01-01T00:00:00%2B00:00~99999999999999999999~6f1b7c64-9d0e-5c35-a3f5-3f0b5a6d1d0b",
     "?auto=maaske&barnet=nej", "?smidt=x&gemt=y", "?fra=0001-01-01"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_shows_the_journal(
    asking: Asking, standing_day: Day, looking: Asking, query: str
) -> None:
    answer = looking(KAREN).get(f"/dubu/sag/{standing_day.noah_sag}/journal{query}")
    assert answer.status_code == 200


def test_it_goes_on_where_the_page_before_ended(asking: Asking, day: Day) -> None:
    for number in range(30):
        write(asking, day, titel=f"Notat nummer {number:02}")
    first = asking(KAREN).get(url(day)).text
    older = re.search(r'href="([^"]+)" rel="next"', first)
    assert older is not None
    second = asking(KAREN).get(older[1].replace("&amp;", "&")).text
    names = [f"Notat nummer {number:02}" for number in range(30)]
    assert all((name in first) != (name in second) for name in names)
    assert "Til det nyeste" in second


def test_who_may_not_read_the_case_sees_nothing_and_that_is_logged(
    asking: Asking, day: Day
) -> None:
    before = count(day, read_log, read_log.c.allowed.is_(False))
    assert asking(FIE).get(url(day)).status_code == 404
    assert asking(FIE).post(f"{url(day)}/notat", new(day)).status_code == 404
    assert count(day, read_log, read_log.c.allowed.is_(False)) == before + 2


def test_reading_it_is_logged_as_reading_the_case_is(asking: Asking, day: Day) -> None:
    mine = (read_log.c.subject_id == str(day.noah_sag), read_log.c.employee == HENRIK)
    before = count(day, read_log, *mine)
    asking(HENRIK).get(url(day))
    assert count(day, read_log, *mine) == before + 1


def test_the_page_asks_a_dozen_questions_whatever_it_shows(
    asking: Asking, day: Day, statements: Any
) -> None:
    for number in range(5):
        write(asking, day, titel=f"Notat {number}", egne_ord="»Hej«")
    keep(asking, day)
    asking(KAREN).get(url(day))
    client = asking(KAREN)
    statements.said.clear()
    assert client.get(url(day)).status_code == 200
    assert len(statements.said) <= 12, "\n".join(one[:120] for one in statements.said)


def test_a_search_asks_few_more(asking: Asking, day: Day, statements: Any) -> None:
    asking(KAREN).get(url(day))
    asking(KAREN).post(f"{url(day)}/soeg", {"q": "mor"})
    client = asking(KAREN)
    statements.said.clear()
    client.get(f"{url(day)}?soeg=ja")
    assert len(statements.said) <= 13, "\n".join(one[:120] for one in statements.said)


def test_the_journal_of_an_empty_case_says_what_to_do(asking: Asking, day: Day) -> None:
    page = asking(KAREN).get(f"{url(day)}?type=afgoerelse").text
    assert "Ingen linjer passer" in page
    assert "vis alt" in page
