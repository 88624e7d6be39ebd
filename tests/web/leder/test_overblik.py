"""Overblik: each role sees what the policy says and no more, and looking is logged."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import uuid4

import openpyxl
import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import frister, read_log, udskydelser, ventegrunde
from dubu_plugin.testing.fake_ports import ADAM, ANDERS, FIE, HENRIK, KAREN, METTE, REVA
from dubu_plugin.testing.ordinary_day import NOW, Day

Asking: TypeAlias = Callable[..., Any]
URL = "/dubu/overblik"
NAMES = ("Mette Testgaard", "Anders Prøvebjerg", "Karen Demotoft")
REASON = "=SUM(A1) kom sent"


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def content(html: str) -> str:
    """Return the page without the bar, where one's own name stands."""
    return words(html.split("<main", 1)[1])


def lay(day: Day, count: int, *, who: str, unit: str, **values: Any) -> None:
    """Lay deadlines of four months that were met ten days before they were due."""
    due = datetime(2026, 2, 10, 22, 59, 59, tzinfo=NOW.tzinfo)
    given = {
        "rule": "BFU-4M", "rule_version": date(2024, 1, 1), "sag_id": day.noah_sag,
        "anchor_at": due - timedelta(days=120), "due": due, "ended_at": due - timedelta(days=10),
        "state": "opfyldt", "profile": "hverdag_duty", "responsible": who, "unit": unit, **values,
    }  # fmt: skip
    with day.town.product.store.write(actor="system", now=NOW) as work:
        for _ in range(count):
            work.connection.execute(
                sa.insert(frister).values(
                    id=uuid4(), anchor_id=uuid4(), bundle=f"x:{uuid4()}", **given
                )
            )


@pytest.fixture
def filled(day: Day) -> Day:
    """Three in Modtagelsen with eight deadlines, and one alone in Nord."""
    for who in (KAREN, METTE, "birte"):
        lay(day, 2, who=who, unit="modtagelse")
    late = datetime(2026, 2, 20, tzinfo=NOW.tzinfo)
    lay(day, 2, who=METTE, unit="modtagelse", ended_at=late, exceeded_reason=REASON)
    lay(day, 3, who=ANDERS, unit="nord", state="aaben", ended_at=None)
    return day


def test_a_leader_sees_who_is_behind_and_each_caseworker(filled: Day, asking: Asking) -> None:
    said = content(asking(HENRIK).get(URL).text)
    assert "Kræver dig nu" in said
    assert "Børnefaglig undersøgelse, § 20" in said
    assert re.search(r"Anders Prøvebjerg 4 3 3 25 %", said), said
    assert re.search(r"Mette Testgaard \d+ 2 0 ", said), said
    assert re.search(r"Børnefaglig undersøgelse § 20 11 5 ikke holdt[^%]*55 %", said), said


def test_those_who_kept_everything_are_folded_beneath_those_who_did_not(
    filled: Day, asking: Asking
) -> None:
    for who in ("dorte", "erik", "gerda", "hans"):
        lay(filled, 2, who=who, unit="modtagelse")
    page = asking(HENRIK).get(URL).text
    shown, _, folded = page.partition("rådgivere, der holdt alle</summary>")
    assert folded
    beside = content(shown).split("Pr. rådgiver", 1)[1]
    assert "Mette Testgaard" in beside
    assert "Anders Prøvebjerg" in beside
    assert "Medarbejder erik" not in beside
    assert "Medarbejder erik" in words(folded)


def test_what_there_is_no_room_for_is_a_click_away(filled: Day, asking: Asking) -> None:
    late = {"state": "aaben", "ended_at": None, "due": NOW - timedelta(days=2)}
    lay(filled, 12, who=ANDERS, unit="nord", **late)
    page = asking(HENRIK).get(URL).text
    (more,) = re.findall(r'href="([^"]*bagud=alle[^"]*)"', page)
    whole = asking(HENRIK).get(more.replace("&amp;", "&")).text
    assert whole.count("<tr") >= page.count("<tr") + 5
    assert "bagud=alle" not in whole


@pytest.mark.parametrize("who", [KAREN, ADAM, REVA])
def test_nobody_else_sees_another_caseworker_or_a_child(
    who: str, filled: Day, asking: Asking
) -> None:
    said = content(asking(who).get(URL).text)
    others = [name for name in NAMES if not name.lower().startswith(who)]
    assert [name for name in others if name in said] == []
    assert "Noah" not in said
    assert REASON not in said
    assert "Kræver dig nu" not in said


def test_a_caseworker_sees_their_own_and_the_units_sum(filled: Day, asking: Asking) -> None:
    said = content(asking(KAREN).get(URL).text)
    assert "Karen Demotoft (dig)" in said
    assert re.search(r"Børnefaglig undersøgelse § 20 8 2 75 %", said), said
    assert "Familieafdeling Nord" not in said


def test_a_unit_of_one_is_not_shown_to_its_only_caseworker_as_a_units_sum(
    filled: Day, asking: Asking
) -> None:
    said = content(asking(ANDERS).get(URL).text)
    assert re.search(r"2 regler er ikke vist", said), said
    assert "1 enhed er ikke vist" in said
    assert "Anders Prøvebjerg (dig) 4 3 3 25 %" in said


def test_finance_sees_no_such_page(filled: Day, asking: Asking) -> None:
    assert asking(FIE).get(URL).status_code == 404
    assert asking(FIE).get(f"{URL}/excel").status_code == 404


@pytest.mark.parametrize("who", [KAREN, ADAM])
def test_only_who_may_take_an_extract_gets_the_workbook(
    who: str, filled: Day, asking: Asking
) -> None:
    assert asking(who).get(f"{URL}/excel").status_code == 404
    assert "Hent som Excel" not in asking(who).get(URL).text


@pytest.mark.parametrize(("who", "unit"), [(KAREN, "nord"), (HENRIK, "oekonomi"), (ADAM, "x")])
def test_a_unit_that_is_not_yours_looks_like_none(
    who: str, unit: str, filled: Day, asking: Asking
) -> None:
    assert asking(who).get(f"{URL}?enhed={unit}").status_code == 404


@pytest.mark.parametrize(
    "typed", ["?kvartal=2026Q9", "?kvartal=", "?regel=FINDES-IKKE", "?kvartal=2031Q1&regel=BFU-4M"]
)
def test_an_address_that_names_nothing_shows_what_there_is(
    typed: str, filled: Day, asking: Asking
) -> None:
    assert asking(HENRIK).get(URL + typed).status_code == 200


def test_the_filters_stand_in_the_address(filled: Day, asking: Asking) -> None:
    page = asking(HENRIK).get(f"{URL}?kvartal=2026Q1&enhed=nord&regel=BFU-4M").text
    assert '<option value="nord" selected>' in page
    assert '<option value="2026Q1" selected>' in page
    assert '<option value="BFU-4M" selected>' in page
    assert f"{URL}/excel?kvartal=2026Q1&amp;enhed=nord" in page
    assert "Mette Testgaard" not in content(page)


def test_what_was_not_kept_is_listed_with_its_reason(filled: Day, asking: Asking) -> None:
    said = content(asking(HENRIK).get(f"{URL}?regel=BFU-4M&enhed=modtagelse").text)
    assert "Ikke holdt: Børnefaglig undersøgelse" in said
    assert said.count(REASON) == 2


def test_the_picture_says_its_numbers_in_a_table_too(filled: Day, asking: Asking) -> None:
    page = asking(HENRIK).get(URL).text
    assert '<svg class="chart"' in page
    assert "Tabellen" in page
    assert re.search(r"1\. kvartal 2026 11 55 %", content(page))


@pytest.mark.parametrize(
    ("who", "address", "why"),
    [
        (HENRIK, URL, "opgoer teamleder:samme_enhed alle"),
        (HENRIK, f"{URL}?enhed=nord", "opgoer teamleder:enhed_under nord"),
        (HENRIK, f"{URL}/excel?kvartal=2026Q1", "udtraek teamleder:samme_enhed alle"),
        (KAREN, URL, "opgoer sagsbehandler:samme_enhed alle"),
        (ADAM, URL, "opgoer administrator:samme_enhed alle"),
        (REVA, URL, "opgoer revisor:samme_enhed alle"),
        (KAREN, f"{URL}?enhed=nord", "opgoer nej:ingen_regel nord"),
        (FIE, URL, "opgoer nej:ingen_regel /dubu/overblik"),
    ],
)
def test_looking_is_logged_with_its_ground(
    who: str, address: str, why: str, filled: Day, asking: Asking
) -> None:
    asking(who).get(address)
    with filled.town.product.store.read() as connection:
        rows = connection.execute(
            sa.select(read_log).where(read_log.c.employee == who).order_by(read_log.c.at)
        ).all()
    assert why in [f"{row.act} {row.why} {row.subject_id}" for row in rows]


def workbook(answer: Any) -> Any:
    assert answer.status_code == 200
    assert (
        answer.headers["content-disposition"] == 'attachment; filename="overholdelse-2026Q1.xlsx"'
    )
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_the_workbook_holds_sums_charts_and_each_deadline(filled: Day, asking: Asking) -> None:
    book = workbook(asking(HENRIK).get(f"{URL}/excel"))
    assert book.sheetnames == ["Landets tal", "Regler", "Enheder", "Rådgivere", "Frister"]
    assert [len(book[name]._charts) for name in book.sheetnames] == [1, 1, 1, 1, 0]
    rules = {row[0]: row for row in book["Regler"].iter_rows(values_only=True)}
    title, law, total, kept, late, overdue, share, *_ = rules["Børnefaglig undersøgelse"]
    assert (total, kept, late, overdue) == (11, 6, 2, 3)
    assert share == pytest.approx(6 / 11)
    each = [row for row in book["Frister"].iter_rows(values_only=True) if row[0] == title]
    assert len(each) == 11
    assert {row[8] for row in each} == {"ja", "nej"}
    assert str(each[0][6]) == "2026-02-10 23:59:59", "Danish time"
    assert law == "BL § 20 stk. 3"


def test_dates_and_numbers_are_danish(filled: Day, asking: Asking) -> None:
    book = workbook(asking(HENRIK).get(f"{URL}/excel"))
    assert book["Frister"]["G2"].number_format == "[$-406]d. mmm yyyy hh:mm"
    assert book["Regler"]["G2"].number_format == "0 %"
    assert book["Regler"]["C2"].number_format == "#,##0"


def test_a_reason_that_looks_like_a_formula_is_text(filled: Day, asking: Asking) -> None:
    book = workbook(asking(HENRIK).get(f"{URL}/excel"))
    cells = [cell for row in book["Frister"].iter_rows() for cell in row if cell.value == REASON]
    assert [cell.data_type for cell in cells] == ["s", "s"]


def put_off(day: Day, times: int) -> None:
    """Put Anders's first deadline off so many times in the quarter."""
    with day.town.product.store.write(actor=ANDERS, now=NOW) as work:
        found = sa.select(frister.c.id).where(
            frister.c.rule == "BFU-4M", frister.c.responsible == ANDERS
        )
        first = work.connection.scalar(found.limit(1))
        for number in range(times):
            work.connection.execute(
                sa.insert(udskydelser).values(
                    id=uuid4(), frist_id=first, bundle="x", by=ANDERS, reason="ferie",
                    until=(NOW + timedelta(days=5 + number)).date(),
                    at=NOW - timedelta(hours=number + 1),
                )
            )  # fmt: skip


def test_how_often_a_rule_and_a_unit_were_put_off_stands_on_the_page_and_in_the_workbook(
    filled: Day, asking: Asking
) -> None:
    put_off(filled, 4)
    html = asking(HENRIK).get(URL).text
    rows = [words(row) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]
    (rule,) = [row for row in rows if row.startswith("Børnefaglig undersøgelse § 20 ")]
    (unit,) = [row for row in rows if row.startswith("Familieafdeling Nord ")]
    assert (rule.split()[-1], unit.split()[-1]) == ("4", "4")
    book = workbook(asking(HENRIK).get(f"{URL}/excel"))
    for sheet, name in (
        ("Regler", "Børnefaglig undersøgelse"),
        ("Enheder", "Familieafdeling Nord"),
    ):
        head, *lines = book[sheet].iter_rows(values_only=True)
        column = head.index("Udskudt")
        assert [line[column] for line in lines if line[0] == name] == [4]
    assert "Udskudt" not in [cell.value for cell in book["Rådgivere"][1]]


def test_what_will_hardly_be_kept_stands_on_the_page_with_what_is_missing(
    filled: Day, asking: Asking
) -> None:
    empty = content(asking(HENRIK).get(URL).text)
    assert "Nås næppe" in empty
    assert "Ingen frist venter på noget, der kommer for sent." in empty
    soon = NOW + timedelta(days=30)
    lay(filled, 1, who=ANDERS, unit="nord", state="aaben", ended_at=None, due=soon)
    with filled.town.product.store.write(actor=ANDERS, now=NOW) as work:
        frist = work.connection.scalar(sa.select(frister.c.id).where(frister.c.due == soon))
        work.connection.execute(
            sa.insert(ventegrunde).values(
                id=uuid4(), frist_id=frist, what="skoleudtalelse", asked_at=NOW, by=ANDERS,
                asked_of="Prøveskolen",
                expected_at=(NOW + timedelta(days=40)).date(),
            )
        )  # fmt: skip
    said = content(asking(HENRIK).get(URL).text)
    told = said[said.index("Nås næppe") :]
    assert re.match(r"Nås næppe 1 ", told), told[:80]
    assert "en skoleudtalelse mangler, lovet" in told
    assert "(Prøveskolen)" in told
    for who in (KAREN, ADAM, REVA):
        assert "Nås næppe" not in content(asking(who).get(URL).text)


def test_no_child_is_in_the_workbook(filled: Day, asking: Asking) -> None:
    book = workbook(asking(HENRIK).get(f"{URL}/excel"))
    told = " ".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    )
    assert "27.24.00-G01-61-26" in told
    assert "Noah" not in told
    assert "0110144996" not in told


def test_an_auditors_workbook_has_no_person_in_it(filled: Day, asking: Asking) -> None:
    book = workbook(asking(REVA).get(f"{URL}/excel"))
    assert book.sheetnames == ["Landets tal", "Regler", "Enheder"]


def test_an_empty_quarter_is_a_workbook_too(filled: Day, asking: Asking) -> None:
    answer = asking(HENRIK).get(f"{URL}/excel?kvartal=2019Q1")
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[-1] == "Frister"


def test_no_more_is_asked_of_the_database_however_much_there_is(
    looking: Asking, statements: Any
) -> None:
    looking(HENRIK).get(URL)
    assert len(statements.said) <= 20


@pytest.mark.parametrize("who", [KAREN, HENRIK, REVA])
def test_min_dag_has_the_way_there_for_who_leads(who: str, looking: Asking) -> None:
    assert ('href="/dubu/overblik"' in looking(who).get("/dubu/min-dag").text) is (who == HENRIK)
