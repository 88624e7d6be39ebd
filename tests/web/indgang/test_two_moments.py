"""A mail laid in long after it says it came: both moments are seen, and how to put it right."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.ports.post import Channel
from dubu_plugin.store.tables import underretninger
from dubu_plugin.testing import made_post
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.underretning.item import Incoming
from dubu_plugin.usecases.underretning.receive import receive
from tests.web.conftest import Asking

HEADING = "Hvornår kom den?"


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " ").split())


def came(day: Day, hours: int, *, by_host: bool = False, subject: str = "Underretning") -> UUID:
    said = danish_clock(day.town.now - timedelta(hours=hours))
    raw = made_post.eml("Han fryser.", date=f"{said:%a, %d %b %Y %H:%M:%S %z}", subject=subject)
    moment = day.town.now if by_host else None
    incoming = Incoming(raw, "m.eml", Channel.EMAIL, moment, "p-77" if by_host else None)
    found = receive(incoming, product=day.town.product, actor=KAREN, now=day.town.now)
    assert found.underretning is not None
    return found.underretning


@pytest.mark.parametrize(
    ("by_host", "says"),
    [(False, "og det regnes fristerne fra. Den blev lagt ind her"), (True, "Fristerne regnes fra")],
)
def test_both_are_said_with_the_way_to_put_it_right(
    day: Day, asking: Asking, by_host: bool, says: str
) -> None:
    page = words(asking().get(f"/dubu/indgang/{came(day, 80, by_host=by_host)}").text)
    notice = page.partition(HEADING)[2][:420]
    assert says in notice
    assert "Mailen siger selv, at den kom" in notice
    assert "så ret det under »Modtaget" in notice
    assert "ret tidspunktet«." in notice
    assert ("Mailens egen tid" in page) is by_host


def test_a_mail_that_came_just_now_says_nothing_of_it(day: Day, asking: Asking) -> None:
    page = asking().get(f"/dubu/indgang/{came(day, 1)}").text
    assert HEADING not in page
    assert "Mailens egen tid" not in page


def test_once_a_person_has_said_when_it_came_it_is_asked_no_more(day: Day, asking: Asking) -> None:
    number = came(day, 80)
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        right = sa.update(underretninger).where(underretninger.c.id == number)
        work.connection.execute(right.values(received_at=day.town.now - timedelta(hours=5)))
    page = words(asking().get(f"/dubu/indgang/{number}").text)
    assert HEADING not in page
    assert "Mailens egen tid" in page


def test_files_laid_in_say_it_on_their_line(day: Day, asking: Asking) -> None:
    said = danish_clock(day.town.now - timedelta(hours=80))
    raw = made_post.eml("Han fryser.", date=f"{said:%a, %d %b %Y %H:%M:%S %z}")
    files = {"filer": ("m.eml", raw, "message/rfc822")}
    page = words(asking().post("/dubu/indgang", files=files).text)
    assert "Den blev lagt ind her" in page
    assert "ret tidspunktet på dens side i Indgang" in page
