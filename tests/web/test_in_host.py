"""Our pages with the host's bar, tabs and front page around them, and what they ask of databases.

All the host asks us for while it draws a page counts too, and so does the line in the read log.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Relation
from dubu_plugin.store import tables as t
from dubu_plugin.store.underretning import genvurderinger

from ..access import municipality
from ..access.addresses import every
from ..access.known import OWN_UNIT
from ..access.municipality import Municipality

MOST = 12
MOST_OF_HOST = 14
ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")

PAGES = {
    "the host's front page": "/",
    "Min dag": "/dubu/min-dag",
    "the panel": "/dubu/sag/{sag}",
    "the panel as a tab": "/sager/{case}/fane/barn-og-familie",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Municipality]:
    built = municipality.build(tmp_path_factory.mktemp("cost"))
    yield built
    municipality.close(built)


class Asked:
    """Counts what is asked of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.said: list[str] = []

    def __call__(self, *told: Any) -> None:
        statement = " ".join(str(told[2]).split())
        if statement.startswith(ROWS):
            self.said.append(statement)

    def __enter__(self) -> "Asked":
        sa.event.listen(self.engine, "before_cursor_execute", self)
        return self

    def __exit__(self, *_: object) -> None:
        sa.event.remove(self.engine, "before_cursor_execute", self)


@pytest.fixture
def busy(town: Municipality) -> Iterator[Municipality]:
    """A day on which everything waits at once: what is stuck, asked, untaken, and somebody away.

    For each there is a colleague away whom they stand in for, and one whom nobody stands in for.
    """
    today = town.now.date()
    with town.product.store.write(actor="system", now=town.now) as work:
        run = work.connection.execute
        for away, stand_in in (("ellen", "karen"), ("laila", "henrik"), ("olga", None)):
            person = {"key": away, "login": away, "name": f"{away} Demo", "unit": OWN_UNIT,
                      "roles": "raadgiver", "active": True, "seen_at": town.now}  # fmt: skip
            run(sa.insert(t.employees).values(person))
            absence = {"id": uuid4(), "employee": away, "first": today, "last": today,
                       "stand_in": stand_in, "set_by": away, "set_at": town.now}  # fmt: skip
            run(sa.insert(t.fravaer).values(absence))
        for who in ("karen", "henrik"):
            genvurderinger.add(
                work.connection, town.underretning["ny"], who, by="karen", now=town.now
            )
    yield town
    with town.product.store.write(actor="system", now=town.now) as work:
        for table in (t.fravaer, t.genvurderinger):
            work.connection.execute(sa.delete(table))
        work.connection.execute(
            sa.delete(t.employees).where(t.employees.c.key.in_(["ellen", "laila", "olga"]))
        )


@pytest.mark.parametrize("who", ["karen", "henrik"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_the_host_asks_at_most_a_dozen_questions(
    name: str, who: str, busy: Municipality
) -> None:
    """That somebody looked is written, and counts. Whose the case is, one has a part of it."""
    town = busy
    town.stand(who, Relation.RESPONSIBLE, protected=False)
    with town.product.store.write(actor="system", now=town.now) as work:
        nobodys = {"responsible": None, "unit": OWN_UNIT}
        untaken = t.frister.c.underretning_id == town.underretning["kandidat"]
        work.connection.execute(sa.update(t.frister).where(untaken).values(nobodys))
        other = t.underretninger.c.id == town.underretning["kandidat"]
        work.connection.execute(sa.update(t.underretninger).where(other).values(nobodys))
    path = PAGES[name].format(sag=town.sag, case=town.case)
    browser = town.browser(who)
    with Asked(town.product.store.engine) as ours, Asked(town.host.database._engine) as hosts:
        answer = browser.get(path)
    assert answer.status_code == 200
    if path in ("/", "/dubu/min-dag"):
        for shown in ("Genvurdering:", "Et notat er ikke skrevet i journalen"):
            assert shown in answer.text
    assert any(one.startswith("INSERT INTO read_log") for one in ours.said)
    assert len(ours.said) <= MOST, "\n".join(one[:120] for one in ours.said)
    assert len(hosts.said) <= MOST_OF_HOST, "\n".join(one[:120] for one in hosts.said)


@pytest.mark.parametrize("path", ["/", "/sager", "/dubu/soeg"])
def test_help_and_the_switch_for_shortcuts_are_one_click_from_every_page(
    path: str, town: Municipality
) -> None:
    """WCAG 2.1.4: what switches them off must be where they are, and hold where they are."""
    browser = town.browser("karen")
    assert '<a href="/dubu/hjaelp">Hjælp og genveje</a>' in browser.get(path).text
    answer = browser.post("/dubu/hjaelp/genveje", {"genveje": "fra"})
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("genveje=fra;")
    assert "path=/;" in f"{cookie};"
    assert "httponly" not in cookie, "the journal's own shortcut obeys it too"


def test_nothing_is_remembered_from_one_page_to_the_next(town: Municipality) -> None:
    """Who was let in a moment ago is turned away as soon as it is no longer theirs."""
    browser = town.browser("karen")
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    assert browser.get(f"/dubu/sag/{town.sag}").status_code == 200
    town.stand("karen", Relation.FAMILY, protected=False)
    assert browser.get(f"/dubu/sag/{town.sag}").status_code == 404
    town.stand("karen", Relation.RESPONSIBLE, protected=False)


@pytest.mark.parametrize(
    ("path", "current"),
    [("/dubu/min-dag", ["/"]), ("/dubu/indgang", ["/dubu/indgang"]), ("/dubu/hjaelp", [])],
)
def test_the_menu_says_where_one_is(path: str, current: list[str], town: Municipality) -> None:
    """The host's own front page shows Min dag, so its item in the menu is ours too."""
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    html = town.browser("karen").get(path).text
    menu = html.split('aria-label="Journal"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', menu) == current


def test_every_page_of_a_case_stands_in_the_journals_case(town: Municipality) -> None:
    """The way to the case's other tabs is there, whatever is done on the case."""
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    browser = town.browser("karen")
    seen = 0
    for address in every(town.app):
        if address.method != "GET" or address.parameters != {"sag"} or is_printed(address.path):
            continue
        answer = browser.get(address.filled({"sag": town.sag}))
        if answer.status_code == 200 and "text/html" in answer.headers["content-type"]:
            assert f'href="/sager/{town.case}/fane/barn-og-familie"' in answer.text, address
            seen += 1
    assert seen > 10


def test_the_deadlines_of_an_underretning_stand_in_its_case(town: Municipality) -> None:
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    page = town.browser("karen").get(f"/dubu/indgang/{town.underretning['kandidat']}/frister")
    assert page.status_code == 200
    assert 'aria-label="Journal"' in page.text


def is_printed(path: str) -> bool:
    """Tell whether it is a print view, which stands in nothing."""
    return path.endswith("/udskriv")
