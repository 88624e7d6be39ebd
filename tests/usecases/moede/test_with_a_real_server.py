"""The whole way against a real CalDAV server: booked here, moved there, moved here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dubu_kalender.caldav_port import CalDavCalendar
from dubu_kalender.dav import Dav
from dubu_plugin.domain.moede import Moedelinje, MoedeState
from dubu_plugin.testing.radicale_server import PASSWORD, OtherClient, RadicaleServer

from .conftest import Office, at


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[RadicaleServer]:
    server = RadicaleServer(tmp_path).start()
    server.make_calendar("anne")
    yield server
    server.stop()


@pytest.fixture
def calendar(radicale: RadicaleServer) -> Any:
    return CalDavCalendar(
        Dav("dubu", PASSWORD, patience=1.0), radicale.address, organizer="dubu@proevestrup.example"
    )


@pytest.fixture
def outlook(radicale: RadicaleServer) -> OtherClient:
    return OtherClient(radicale)


def test_a_meeting_goes_out_comes_back_moved_and_goes_out_again(
    office: Office, outlook: OtherClient
) -> None:
    moede = office.booked()
    text = outlook.text(moede).replace("\r\n ", "")
    assert "SUMMARY:Børnesamtale – A.T." in text
    assert "Alma" not in text
    assert "031216" not in text
    assert office.pull().changed == 0
    there = at(24, "Skolen")
    outlook.move(moede, there.starts, there.ends, there.place)
    assert office.pull().changed == 1
    assert office.meeting(moede).when == there
    office.it.deliver()
    assert office.pull().changed == 0
    office.move(moede, at(48))
    office.it.deliver()
    assert "DTSTART:20260307T090000Z" in outlook.text(moede)
    assert office.happened() == ["moede_aftalt", "moede_flyttet", "moede_flyttet"]
    assert office.meeting(moede).needs == ()


def test_deleted_there_is_cancelled_here(office: Office, outlook: OtherClient) -> None:
    moede = office.booked()
    office.pull()
    outlook.delete(moede)
    assert office.pull().changed == 1
    assert office.meeting(moede).state is MoedeState.AFLYST
    assert office.meeting(moede).needs == (Moedelinje.SLETTET,)


def test_deleted_there_before_the_calendar_was_ever_read_is_cancelled_too(
    office: Office, outlook: OtherClient
) -> None:
    moede = office.booked()
    outlook.delete(moede)
    assert office.pull().changed == 1
    assert office.meeting(moede).state is MoedeState.AFLYST


def test_both_changed_meets_412_and_theirs_is_kept(
    office: Office, outlook: OtherClient, radicale: RadicaleServer
) -> None:
    moede = office.booked()
    office.move(moede, at(1))
    there = at(5, "Skolen")
    outlook.move(moede, there.starts, there.ends, there.place)
    office.it.deliver()
    text = outlook.text(moede).replace("\r\n ", "")
    assert "DTSTART:20260305T140000Z" in text
    assert "kontor@skole.example" in text
    assert office.meeting(moede).when == there
    assert office.meeting(moede).needs == (Moedelinje.BEGGE_AENDRET,)
    assert office.waiting() == []


@pytest.mark.parametrize("weather", ["lost", "502"])
def test_an_answer_that_never_came_leaves_one_entry(
    office: Office, outlook: OtherClient, radicale: RadicaleServer, weather: str
) -> None:
    radicale.weather.plan("PUT", weather)
    moede = office.booked()
    assert office.waiting() == ["put_calendar"]
    office.it.wait(hours=1)
    office.it.deliver()
    assert office.waiting() == []
    assert outlook.names() == [f"dubu-{moede}.ics"]
    assert radicale.weather.asked.count("PUT") == (1 if weather == "lost" else 2)


def test_a_server_that_is_down_gets_it_when_it_is_back(
    office: Office, outlook: OtherClient, radicale: RadicaleServer
) -> None:
    radicale.weather.plan("GET", "503")
    moede = office.booked()
    assert office.waiting() == ["put_calendar"]
    office.it.wait(hours=1)
    office.it.deliver()
    assert outlook.names() == [f"dubu-{moede}.ics"]


def test_a_token_the_server_has_forgotten_loses_nothing(
    office: Office, outlook: OtherClient, radicale: RadicaleServer
) -> None:
    moede = office.booked()
    office.pull()
    there = at(24, "Skolen")
    outlook.move(moede, there.starts, there.ends, there.place)
    radicale.weather.plan("REPORT", "403")
    assert office.pull().changed == 1
    assert office.meeting(moede).when == there


def test_garbage_in_the_calendar_is_a_line_and_the_others_are_read(
    office: Office, outlook: OtherClient
) -> None:
    spoilt, good = office.booked(), office.booked(at(3))
    office.pull()
    outlook.put(
        spoilt,
        outlook.text(spoilt)
        .replace("DTSTART:20260305T090000Z", "DTSTART;VALUE=DATE:20260305")
        .replace("DTEND:20260305T100000Z", "DTEND;VALUE=DATE:20260306")
        .encode(),
    )
    there = at(30, "Skolen")
    outlook.move(good, there.starts, there.ends, there.place)
    office.pull()
    assert office.meeting(spoilt).needs == (Moedelinje.ULAESELIG,)
    assert office.meeting(good).when == there


def test_a_meeting_cancelled_here_is_gone_there(office: Office, outlook: OtherClient) -> None:
    moede = office.booked()
    office.cancel(moede)
    office.it.deliver()
    assert outlook.names() == []
    assert office.pull().changed == 0


def test_a_calendar_in_which_nothing_happened_costs_one_question(
    office: Office, radicale: RadicaleServer
) -> None:
    office.booked()
    office.pull()
    radicale.weather.asked.clear()
    office.pull()
    assert radicale.weather.asked == ["REPORT"]
