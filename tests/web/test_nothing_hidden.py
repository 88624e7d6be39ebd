"""No deadline of the law is hidden: what is open is named on the page's lines or in their fold."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any, TypeAlias
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.frister.rule import LINES, Kind, Rule, Severity
from dubu_plugin.frister.urgency import FAR
from dubu_plugin.store.min_dag.due_lines import due_lines, somebody
from dubu_plugin.store.tables import aktivitetsplaner, frister, udskydelser
from dubu_plugin.testing.fake_ports import METTE
from dubu_plugin.testing.ordinary_day import NOW, Day

Asking: TypeAlias = Callable[..., Any]
URL = "/dubu/min-dag"
DAY = timedelta(days=1)
UNDATED = ("BISIDDER", "SCR", "AFD", "BFU-FORL", "BFU-SOSK")


@dataclass(frozen=True)
class Laid:
    """A deadline as it was laid."""

    child: str
    rule: Rule
    due: datetime | None
    warn: datetime | None

    @property
    def statutory(self) -> bool:
        return self.rule.severity in (Severity.AKUT, Severity.LOV)

    @property
    def near(self) -> bool:
        if self.due is None or (self.warn or self.due) <= NOW:
            return True
        return self.rule.kind is not Kind.ALDER and self.due <= NOW + FAR


class Desk:
    """Mette's desk, emptied, and what is laid on it."""

    def __init__(self, day: Day, asking: Asking) -> None:
        self.day = day
        self.store = day.town.product.store
        self.page = asking(METTE)
        self.children = 0
        with self.store.write(actor="system", now=NOW) as work:
            work.connection.execute(
                sa.update(frister).values(state="bortfaldet").where(frister.c.state == "aaben")
            )
            work.connection.execute(sa.update(aktivitetsplaner).values(state="bortfaldet"))

    def child(self) -> tuple[str, Any, Any]:
        self.children += 1
        name = f"Prøve-{self.children:03} Testvad"
        person = self.day.town.person(name, born=date(2016, 5, 4))
        return name, person, self.day.town.sag(person, responsible=METTE, unit="modtagelse")

    def lay(self, child: tuple[str, Any, Any], code: str, due: datetime | None) -> Laid:
        name, person, sag = child
        rule = self.store.rules.newest(code)
        assert rule is not None
        warn = None if due is None else due - 30 * DAY
        key = uuid4()
        with self.store.write(actor="system", now=NOW) as work:
            work.connection.execute(
                sa.insert(frister).values(
                    id=key, rule=code, rule_version=rule.in_force_from, kind=rule.kind.value,
                    severity=rule.severity.value, sag_id=sag, person_id=person,
                    anchor_id=uuid4(), anchor_at=NOW, due=due, warn=warn, profile="hverdag_duty",
                    state="aaben", responsible=METTE, unit="modtagelse",
                    bundle=f"{rule.bundle}:{person}",
                )
            )  # fmt: skip
        return Laid(name, rule, due, warn)

    def put_off(self, code: str) -> None:
        with self.store.write(actor=METTE, now=NOW) as work:
            found = work.connection.execute(
                sa.select(frister).where(frister.c.rule == code, frister.c.state == "aaben")
            ).one()
            work.connection.execute(
                sa.insert(udskydelser).values(
                    id=uuid4(), frist_id=found.id, bundle=found.bundle, until=NOW.date() + 7 * DAY,
                    reason="x", by=METTE, at=NOW,
                )
            )  # fmt: skip

    def lines(self, **asked: str) -> list[str]:
        """Return every line of every page, as the words that stand in it."""
        found: list[str] = []
        for number in range(1, 20):
            query = "&".join(f"{k}={v}" for k, v in {"side": str(number), **asked}.items())
            html = self.page.get(f"{URL}?{query}").text
            some = re.findall(r'<li class="due .*?(?=<li class="due |</section>)', html, re.DOTALL)
            if not some or words(some[0]) in found:
                return found
            found += map(words, some)
        raise AssertionError("there are always more pages")

    def lines_of(self, group: str) -> list[str]:
        html = self.page.get(URL).text
        (body,) = re.findall(rf'due-group--{group}".*?</section>', html, re.DOTALL) or [""]
        return [words(one) for one in body.split('<li class="due ')[1:]]

    def groups(self) -> list[str]:
        return re.findall(r'due-group due-group--(\w+)"', self.page.get(URL).text)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").split())


@pytest.fixture
def desk(day: Day, asking: Asking) -> Desk:
    return Desk(day, asking)


def missing(laid: list[Laid], lines: list[str]) -> list[Laid]:
    return [
        one
        for one in laid
        if not any(one.child in line and one.rule.title in line for line in lines)
    ]


def test_an_undated_duty_is_not_buried_under_a_date_months_ahead(desk: Desk) -> None:
    child = desk.child()
    desk.lay(child, "BFU-4M", NOW + 100 * DAY)
    desk.lay(child, "BFU-SOSK", None)
    desk.lay(child, "BISIDDER", None)
    (line,) = desk.lines()
    assert "Uden dato snarest" in line
    assert re.search(r"Undersøgelse af søskende .* og 2 pligter mere", line), line
    assert "Børnefaglig undersøgelse, senest 10. juni" in line
    assert "Oplys barnet om retten til bisidder" in line
    assert desk.groups() == ["soon"]


def test_a_date_that_is_near_stands_first_and_the_fold_has_the_rest(desk: Desk) -> None:
    child = desk.child()
    desk.lay(child, "BFU-4M", NOW + 3 * DAY)
    desk.lay(child, "AFD", None)
    (line,) = desk.lines()
    assert re.search(r"Børnefaglig undersøgelse § 20 og 1 pligt mere .* Afdækning, snarest", line)


def test_an_undated_duty_that_is_put_off_does_not_come_before_the_date(desk: Desk) -> None:
    child = desk.child()
    desk.lay(child, "BFU-4M", NOW + 100 * DAY)
    desk.lay(child, "SCR", None)
    desk.put_off("SCR")
    assert desk.groups() == ["later"]


def test_what_is_years_away_is_in_no_number_and_one_click_away(desk: Desk) -> None:
    child = desk.child()
    desk.lay(child, "PART-15", datetime(2041, 5, 4, tzinfo=NOW.tzinfo))
    html = words(desk.page.get(URL).text)
    assert desk.lines() == []
    assert "Mine og nye 0" in html
    assert "1 linje med frister langt ude" in html
    (line,) = desk.lines(kun="langt-ude")
    assert "Den unge fylder 15" in line


def test_an_age_comes_on_the_page_when_it_is_warned_of(desk: Desk) -> None:
    early, warned = desk.child(), desk.child()
    desk.lay(early, "PART-15", NOW + 60 * DAY)
    desk.lay(warned, "PART-15", NOW + 29 * DAY)
    (line,) = desk.lines()
    assert warned[0] in line


def test_what_is_far_away_gives_a_line_no_date_and_stands_in_its_fold(desk: Desk) -> None:
    child = desk.child()
    desk.lay(child, "BISIDDER", None)
    desk.lay(child, "BFU-4M", NOW + 900 * DAY)
    (line,) = desk.lines()
    assert "Uden dato" in line
    assert "Børnefaglig undersøgelse, senest" in line


@pytest.mark.parametrize("seed", range(6))
def test_every_deadline_of_the_law_is_named_whatever_else_is_open(seed: int, desk: Desk) -> None:
    pick = random.Random(seed)
    codes = [
        code
        for code in desk.store.rules.versions
        if (rule := desk.store.rules.newest(code))
        and rule.kind in LINES
        and not code.startswith("ANM-")
    ]
    laid: list[Laid] = []
    for _ in range(6):
        child = desk.child()
        some = {*pick.sample(codes, pick.randint(1, 6)), *pick.sample(UNDATED, pick.randint(0, 3))}
        for code in sorted(some):
            days = pick.choice([None, -20, 0, 2, 12, 40, 100, 170, 400, 2000, 5500])
            due = None if code in UNDATED or days is None else NOW + days * DAY
            laid.append(desk.lay(child, code, due))
    statutory = [one for one in laid if one.statutory]
    there, far = desk.lines(), desk.lines(kun="langt-ude")
    assert missing([one for one in statutory if one.near], there) == []
    assert missing(statutory, there + far) == []
    hidden = desk.lines_of("later")
    now = [one for one in statutory if one.due is None]
    assert missing(now, hidden) == now
    with desk.store.read() as connection:
        who = somebody(connection, METTE)
        assert who is not None
        listed = due_lines(connection, desk.store.rules, who, NOW)
    told = {(line.child, code) for line in listed for code in (line.rule, *line.more)}
    assert {(one.child, one.rule.code) for one in statutory} <= told


def test_a_date_of_the_law_is_seen_beside_the_next_step_of_our_own_plan(desk: Desk) -> None:
    child = desk.child()
    desk.lay(child, "BFU-4M", NOW + 100 * DAY)
    sent = {"handling": "lagt", "plan": "P5"}
    assert desk.page.post(f"/dubu/sag/{child[2]}/planer", sent).status_code == 303
    desk.day.town.now = NOW + 30 * DAY
    (line,) = desk.lines()
    assert "af 14 trin" in line
    assert re.search(r"(?<!og )Børnefaglig undersøgelse, senest 10. juni", line), line
    assert "pligt mere" not in line
