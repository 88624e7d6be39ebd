"""A report the municipality owes is shown to its leader, and ticked off there."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.tables import employees, frister
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.testing.rules import book, rule
from tests.web.conftest import client_of
from tests.web.underretning.test_what_is_shown import words

URL = "/dubu/indberetninger"


@pytest.fixture
def owing(day: Day) -> Day:
    """Two quarters have ended in the leader's unit, and neither is reported."""
    town = day.town
    town.product.store.rules = book(
        rule(
            "ANM-ANB",
            title="Indberet anbringelser",
            subject=Subject.KOMMUNE,
            opens_on=("kvartal_sluttet",),
            met_by=("anbringelser_indberettet",),
            recurs=True,
            length="1 months",
        )
    )
    with town.product.store.write(actor="system", now=town.now) as work:
        unit = work.connection.scalar(sa.select(employees.c.unit).where(employees.c.key == HENRIK))
        for ago in (200, 100):
            at = town.now - timedelta(days=ago)
            work.happened(H.KVARTAL_SLUTTET, occurred_at=at, unit=unit)
    return day


def states(day: Day) -> list[str]:
    with day.town.product.store.read() as connection:
        return list(
            connection.scalars(
                sa.select(frister.c.state)
                .where(frister.c.rule == "ANM-ANB")
                .order_by(frister.c.anchor_at)
            )
        )


def first_open(day: Day) -> str:
    with day.town.product.store.read() as connection:
        return str(
            connection.scalars(
                sa.select(frister.c.id)
                .where(frister.c.rule == "ANM-ANB", frister.c.state == "aaben")
                .order_by(frister.c.anchor_at)
            ).first()
        )


def test_min_dag_leads_the_leader_to_the_reports(owing: Day) -> None:
    html = client_of(owing, HENRIK).get("/dubu/min-dag").text
    assert f'href="{URL}"' in html
    assert "Kommunen" in words(html)


def test_the_oldest_report_is_ticked_off_first(owing: Day) -> None:
    leader = client_of(owing, HENRIK)
    assert words(leader.get(URL).text).count("Er indberettet") == 1
    sent = leader.post(URL, {"frist": first_open(owing)})
    assert sent.status_code == 303
    assert states(owing) == ["opfyldt", "aaben"]
    assert "Indberetningen er gjort" in words(leader.get(sent.headers["location"]).text)


def test_a_report_ticked_off_twice_says_so_and_meets_no_other(owing: Day) -> None:
    leader, which = client_of(owing, HENRIK), first_open(owing)
    leader.post(URL, {"frist": which})
    again = leader.post(URL, {"frist": which})
    assert again.status_code == 422
    assert states(owing) == ["opfyldt", "aaben"]


def test_a_report_that_is_not_there_looks_like_nothing(owing: Day) -> None:
    unknown = {"frist": "00000000-0000-0000-0000-000000000001"}
    assert client_of(owing, HENRIK).post(URL, unknown).status_code == 404


@pytest.mark.parametrize("frist", ["", "x"])
def test_who_names_no_report_is_asked_which(owing: Day, frist: str) -> None:
    answer = client_of(owing, HENRIK).post(URL, {"frist": frist})
    assert answer.status_code == 422
    assert "Vælg den indberetning" in answer.text


def test_a_caseworker_sees_and_ticks_off_no_report(owing: Day) -> None:
    colleague = client_of(owing, KAREN)
    assert colleague.get(URL).status_code == 404
    assert colleague.post(URL, {"frist": first_open(owing)}).status_code == 404
    assert states(owing) == ["aaben", "aaben"]
