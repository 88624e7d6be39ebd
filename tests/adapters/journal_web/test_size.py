"""No page reads through a whole table, and none asks more questions the more there is to show."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_journal import cases, notes, parties
from dubu_journal.host import Host
from dubu_journal.web.site import PAGES

from ..conftest import NOW, Municipality
from .conftest import Browse, Browser

GROWS = re.compile(
    r"SCAN (cases|documents|document_files|notes|contacts|case_parties|case_members|reminders"
    r"|calendar_entries|incoming_post|outgoing_post|reads|sessions)\b"
)
"""Reading all of a table that grows with the municipality."""

TO_A_LIMIT = {"/post/udgaaende": "SCAN outgoing_post"}
"""The newest of all, read from the end and stopped."""

Asked = list[tuple[str, Any]]


@contextmanager
def asked(host: Host) -> Iterator[Asked]:
    """Collect the questions that are asked of the database."""
    questions: Asked = []

    def note(connection: Any, cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            questions.append((statement, given))

    engine = host.database._engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield questions
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def plans(host: Host, questions: Asked) -> set[str]:
    with host.database.reading() as connection:
        return {
            row[-1]
            for statement, given in questions
            if statement.startswith(("SELECT", "WITH"))
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        }


def address(page: str) -> str:
    return re.sub(r"\{[a-z_]*:int\}", "1", page).replace("{key}", "barn")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["lone", "peter", "karen"])
def test_no_page_reads_a_whole_table(page: str, who: str, browse: Browse, host: Host) -> None:
    browser = browse(who)
    with asked(host) as questions:
        browser.get(address(page))
        if page in {"/soeg", "/adressebog"}:
            browser.post(page, {"soeg": "Testvad"})
    read = {plan for plan in plans(host, questions) if GROWS.match(plan)}
    assert read <= {TO_A_LIMIT.get(page, "")}


@pytest.mark.parametrize(
    "path", ["/sager", "/sager?vis=enhed", "/sager?vis=enhed&status=afsluttet", "/sager?efter=1_1"]
)
def test_no_list_of_cases_reads_all_cases(path: str, browse: Browse, host: Host) -> None:
    browser = browse("lone")
    with asked(host) as questions:
        browser.get(path)
    assert {plan for plan in plans(host, questions) if GROWS.match(plan)} == set()


@pytest.mark.parametrize(
    ("path", "most"), [("/", 16), ("/sager", 16), ("/sager/1", 28), ("/sager/1/journal", 22)]
)
def test_a_page_asks_as_often_whatever_there_is_to_show(
    path: str, most: int, karen: Browser, host: Host, municipality: Municipality
) -> None:
    karen.get(path)
    with asked(host) as few:
        karen.get(path)
    grow(host, municipality)
    with asked(host) as many:
        karen.get(path)
    assert len(many) == len(few) <= most


def grow(host: Host, municipality: Municipality) -> None:
    """Give Karen many more cases and Alma's case many more notes."""
    child = municipality.contacts["Emil Demodal"]
    with host.database.writing() as connection:
        for number in range(30):
            new = cases.NewCase(f"Sag {number}", "karen", subject_code="27.24.00", unit="familie")
            case_id = cases.create(connection, new, "karen", NOW)
            parties.add(connection, case_id, child, is_primary=True, by="karen", now=NOW)
            at = NOW - timedelta(hours=number)
            notes.add(connection, 1, "Notat", "x", occurred_at=at, by="karen", now=NOW)
