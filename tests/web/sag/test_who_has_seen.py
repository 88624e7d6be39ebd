"""Hvem har set sagen: for those who answer for the case, and told in words."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.ports.journal import Capability
from dubu_plugin.ports.journal_objects import Case, CaseRead, Kind, Phase, Ref
from dubu_plugin.store.tables import read_log, sager
from dubu_plugin.testing.fake_host import NAME, Folder
from dubu_plugin.testing.fake_journal import FakeJournal
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN, METTE, REVA
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


@pytest.mark.parametrize(
    ("who", "status"), [(KAREN, 200), (HENRIK, 200), (REVA, 200), (METTE, 404), (ANDERS, 404)]
)
def test_the_log_opens_for_who_answers_for_the_case(
    who: str, status: int, looking: Asking, standing_day: Day
) -> None:
    """The responsible caseworker, the leader and the auditor; a colleague in the unit does not."""
    address = f"/dubu/sag/{standing_day.noah_sag}"
    assert looking(who).get(f"{address}/log").status_code == status
    linked = f'href="{address}/log"' in looking(who).get(address).text
    assert linked is (status == 200)


def test_it_says_who_when_what_and_why(asking: Asking, day: Day) -> None:
    address = f"/dubu/sag/{day.noah_sag}"
    asking(HENRIK).get(address)
    asking().get(f"/dubu/indgang/{day.noah_underretning}")
    asking().post(f"{address}/vis-cpr")
    asking(METTE).get(f"{address}/log")
    said = words(asking().get(f"{address}/log").text)
    assert re.search(r"Henrik [^.]*kl\. 13\.05 Læste sagen Leder, der ", said), said
    assert re.search(r"Karen [^.]*kl\. 13\.05 Læste underretningen Rådgiver, der ", said), said
    assert "Fik CPR-nummer eller adresse vist på sagen" in said
    assert re.search(r"Blev afvist på sagen Afvist Afvist: har ikke adgang", said)


def test_looking_in_the_log_stands_in_the_log(asking: Asking, day: Day) -> None:
    address = f"/dubu/sag/{day.noah_sag}/log"
    said = words(asking().get(address).text)
    assert "Åbnede denne liste" in said
    assert "i journalens egne faner" in said
    with day.town.product.store.read() as connection:
        query = sa.select(read_log.c.act).where(read_log.c.subject_id == str(day.noah_sag))
        assert "laes_log" in connection.scalars(query).all()


def test_the_log_is_turned_page_by_page(asking: Asking, day: Day) -> None:
    address = f"/dubu/sag/{day.noah_sag}"
    for _ in range(51):
        asking().get(address)
    # What is looked at in one moment stands in no order: the log itself is looked at after.
    day.town.now += timedelta(minutes=1)
    first, second = asking().get(f"{address}/log").text, asking().get(f"{address}/log?side=2").text
    assert first.count("Læste sagen") == 49
    assert "Vis ældre" in first
    assert "Vis ældre" not in second
    assert "Vis nyere" in second
    assert "Der er ikke flere opslag" in asking().get(f"{address}/log?side=99").text


def test_nothing_of_another_case_stands_in_it(asking: Asking, day: Day) -> None:
    asking(HENRIK).get(f"/dubu/sag/{day.ida_sag}")
    said = words(asking().get(f"/dubu/sag/{day.noah_sag}/log").text)
    assert "Henrik" not in said.split("Tilbage til sagen")[1]


def host(day: Day) -> FakeJournal:
    journal = day.town.product.ports.journal
    assert isinstance(journal, FakeJournal)
    return journal


def test_what_was_looked_at_in_the_journal_stands_in_the_same_list(
    asking: Asking, day: Day
) -> None:
    journal = host(day)
    noah = _folder(day)
    at = day.town.now - timedelta(minutes=5)
    noah.reads += [
        CaseRead(at, METTE, "Mette Testsen", "Hentede filen", "prøve.pdf"),
        CaseRead(at, METTE, "Mette Testsen", "Forsøgte at åbne sagen", refused=True),
    ]
    asking(KAREN).get(f"/dubu/sag/{day.noah_sag}")
    said = words(asking(KAREN).get(f"/dubu/sag/{day.noah_sag}/log").text)
    assert re.search(r"Mette Testsen [^.]*kl\. 13\.00 Hentede filen: prøve\.pdf", said), said
    assert said.index("Læste sagen") < said.index("Hentede filen"), "the newest first"
    assert "Læsninger" not in said
    journal.flags -= {Capability.READS}
    assert "vælg fanen »Læsninger«" in words(asking().get(f"/dubu/sag/{day.noah_sag}/log").text)


def test_the_list_stands_while_the_journal_is_down(asking: Asking, day: Day) -> None:
    host(day).down = True
    page = asking(KAREN).get(f"/dubu/sag/{day.noah_sag}/log")
    assert page.status_code == 200
    assert "vælg fanen »Læsninger«" in words(page.text)


def _folder(day: Day) -> Folder:
    """Put the case in the journal, with Karen answering for it."""
    with day.town.product.store.read() as connection:
        query = sa.select(sager.c.host_key).where(sager.c.id == day.noah_sag)
        key = str(connection.scalars(query).one())
    now = day.town.now
    ref = Ref(NAME, Kind.CASE, key)
    case = Case(ref, "Test", "aaben", Phase.ACTIVE, now, now, None, responsible=KAREN)
    return host(day).folders.setdefault(key, Folder(case))


def test_an_assessment_stands_in_the_log_once_it_is_made_and_not_before(
    asking: Asking, day: Day
) -> None:
    number = day.alma_underretning
    url, before = f"/dubu/indgang/{number}", acts_on(day, number)
    assert asking().post(url, {"gem": "uden", "version": "1"}).status_code == 422
    assert asking().post(url, {"gem": "find_barn", "find": "Alma"}).status_code == 200
    assert set(acts_on(day, number)[len(before) :]) == {"laes"}, "nothing is assessed yet"
    form = {
        "gem": "uden", "version": "1", "barn": str(day.alma), "fare": "ikke_akut",
        "begrundelse": "Barnet er i skole og tilses.", "naeste": "screening", "underretter": "2",
        "pligt": "133", "bekymring": "3",
    }  # fmt: skip
    assert asking().post(url, form).status_code == 303
    assert acts_on(day, number).count("vurder") == 1


def acts_on(day: Day, number: UUID) -> list[str]:
    with day.town.product.store.read() as connection:
        rows = connection.execute(
            read_log.select().where(read_log.c.subject_id == str(number)).order_by(read_log.c.at)
        )
        return [row.act for row in rows]
