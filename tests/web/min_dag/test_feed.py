"""One's own calendar by a secret address: initials and links, and gone at once when closed."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa
from icalendar import Calendar

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.domain.danish_time import danish
from dubu_plugin.domain.moede import Hvornaar, Moedeform
from dubu_plugin.store.tables import (
    conflicts,
    employees,
    frister,
    kalender_feeds,
    personer,
    read_log,
    sager,
)
from dubu_plugin.testing.fake_ports import ANDERS, KAREN, METTE
from dubu_plugin.testing.ordinary_day import NOW, Day
from dubu_plugin.usecases.moede.book import Booking, book
from dubu_plugin.web.min_dag.erindringer_page import receivers
from dubu_plugin.web.min_dag.feed import PER_HOUR, Turnstile
from tests.web.conftest import Asking, Client, client_of

URL = "/dubu/kalender"


def made(client: Client) -> str:
    """Make an address, and return its path."""
    page = client.post(f"{URL}/ny").text
    found = re.search(r'value="https://barn\.example(/dubu/kalender/feed/[\w-]{43}\.ics)"', page)
    assert found, page
    return found[1]


def read(day: Day, path: str, **headers: str) -> httpx.Response:
    """Ask as a calendar program does: without login."""
    return client_of(day, None, {}).get(path, headers=headers)


def meet(day: Day, sag: UUID, who: str = KAREN) -> UUID:
    karen = Asker(who, frozenset({Role.CASEWORKER}), "modtagelse")
    starts = NOW + timedelta(days=2)
    when = Hvornaar(starts, starts + timedelta(hours=1), "Rådhuset")
    booking = Booking(Moedeform.NETVAERKSMOEDE, when)
    return book(booking, product=day.town.product, asker=karen, sag=sag, now=NOW)


def change(day: Day, statement: sa.Executable) -> None:
    with day.town.product.store.add() as connection:
        connection.execute(statement)


def mine(day: Day) -> None:
    change(day, sa.update(sager).where(sager.c.id == day.ida_sag).values(responsible=KAREN))


def test_the_feed_shows_meetings_and_deadlines_as_initials_and_links(
    day: Day, asking: Asking
) -> None:
    mine(day)
    meet(day, day.ida_sag)
    answer = read(day, made(asking()))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    titles = [str(event["SUMMARY"]) for event in events]
    assert [title for title in titles if re.fullmatch(r"Netværksmøde – [A-ZÆØÅ.]+", title)]
    assert [title for title in titles if title.startswith("Frist: ")]
    assert {str(event["CLASS"]) for event in events} == {"PRIVATE"}
    links = {str(event["URL"]) for event in events}
    assert f"https://barn.example/dubu/sag/{day.ida_sag}/moeder" in links


def test_the_feed_names_nobody(day: Day, asking: Asking) -> None:
    mine(day)
    meet(day, day.ida_sag)
    text = read(day, made(asking())).text.replace("\r\n ", "")
    with day.town.product.store.read() as connection:
        people = connection.execute(sa.select(personer.c.name, personer.c.cpr)).all()
    for person in people:
        for part in (*(word for word in person.name.split() if word[0].isupper()), person.cpr):
            assert not part or not re.search(rf"\b{re.escape(part)}\b", text)
    assert "Rådhuset" not in text


def test_a_protected_case_shows_no_initials(day: Day, asking: Asking) -> None:
    mine(day)
    meet(day, day.ida_sag)
    change(day, sa.update(sager).where(sager.c.id == day.ida_sag).values(protected=True))
    events = Calendar.from_ical(read(day, made(asking())).content).walk("VEVENT")
    assert "Netværksmøde" in [str(event["SUMMARY"]) for event in events]


def test_what_is_closed_to_its_owner_leaves_the_feed(day: Day, asking: Asking) -> None:
    mine(day)
    meet(day, day.ida_sag)
    path = made(asking())
    assert "Netværksmøde" in read(day, path).text
    with day.town.product.store.read() as connection:
        child = connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == day.ida_sag))
    change(day, sa.insert(conflicts).values(employee=KAREN, person_id=child, relation="familie"))
    assert "Netværksmøde" not in read(day, path).text


def test_a_new_address_closes_the_old_one_at_once(day: Day, asking: Asking) -> None:
    first = made(asking())
    assert read(day, first).status_code == 200
    second = made(asking())
    assert read(day, first).status_code == 404
    assert read(day, second).status_code == 200


def test_a_closed_address_is_gone_and_looks_as_if_it_had_never_been(
    day: Day, asking: Asking
) -> None:
    path = made(asking())
    assert "Adressen er lukket" in asking().post(f"{URL}/luk").text
    closed, never = read(day, path), read(day, f"{URL}/feed/{'x' * 43}.ics")
    assert closed.status_code == never.status_code == 404
    assert closed.text == never.text


def test_who_has_left_has_no_feed(day: Day, asking: Asking) -> None:
    path = made(asking())
    change(day, sa.update(employees).where(employees.c.key == KAREN).values(active=False))
    assert read(day, path).status_code == 404


def test_the_database_holds_only_the_hash(day: Day, asking: Asking) -> None:
    token = made(asking()).rsplit("/", 1)[1].removesuffix(".ics")
    with day.town.product.store.read() as connection:
        (row,) = connection.execute(sa.select(kalender_feeds)).all()
    assert token not in repr(row)
    assert re.fullmatch(r"[0-9a-f]{64}", row.token_hash)


def test_the_address_is_shown_once_and_stands_in_no_log(
    day: Day, asking: Asking, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    path = made(asking())
    token = path.rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in asking().get(URL).text
    read(day, path)
    made(asking())
    read(day, path)
    read(day, f"{path}/mere")
    metrics = client_of(day, None).get("/dubu/metrics").text
    said = capsys.readouterr()
    with day.town.product.store.read() as connection:
        logged = repr(connection.execute(sa.select(read_log)).all())
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("http")]
    for text in (said.out, said.err, *ours, metrics, logged):
        assert token not in text


def test_a_feed_that_was_read_is_in_the_read_log(day: Day, asking: Asking) -> None:
    path = made(asking())
    etag = read(day, path).headers["etag"]
    read(day, path, **{"if-none-match": etag})
    with day.town.product.store.read() as connection:
        lines = connection.execute(
            sa.select(read_log).where(read_log.c.subject_id == "kalender-feed")
        ).all()
    assert [line.employee for line in lines] == [KAREN]


def test_what_has_not_changed_is_not_sent_again(day: Day, asking: Asking) -> None:
    path = made(asking())
    first = read(day, path)
    again = read(day, path, **{"if-none-match": f'"andet", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    mine(day)
    meet(day, day.ida_sag)
    assert read(day, path, **{"if-none-match": first.headers["etag"]}).status_code == 200


def test_a_calendar_program_may_ask_for_the_mark_alone(day: Day, asking: Asking) -> None:
    client = asking()
    path = made(client)
    answer = Client(client.pages, None, {}).ask("HEAD", path)
    assert answer.status_code == 200
    assert answer.headers["etag"] == read(day, path).headers["etag"]


def test_the_same_content_has_the_same_mark(day: Day, asking: Asking) -> None:
    path = made(asking())
    assert read(day, path).content == read(day, path).content


def test_a_feed_read_too_often_must_wait(day: Day, asking: Asking) -> None:
    client = asking()
    path = made(client)
    stranger = Client(client.pages, None, {})
    said = [stranger.get(path) for _ in range(PER_HOUR + 1)]
    assert {one.status_code for one in said[:-1]} == {200}
    assert said[-1].status_code == 429
    assert 0 < int(said[-1].headers["retry-after"]) <= 3600


def test_the_turnstile_lets_through_again_after_an_hour_and_after_the_clock_was_set_back() -> None:
    turnstile = Turnstile(most=2)
    assert [turnstile.wait("a", NOW) for _ in range(3)] == [0, 0, 3600]
    assert turnstile.wait("b", NOW) == 0
    assert turnstile.wait("a", NOW + timedelta(hours=1)) == 0
    assert turnstile.wait("a", NOW - timedelta(hours=1)) == 0


def test_somebody_elses_meetings_are_not_in_mine(day: Day, asking: Asking) -> None:
    mine(day)
    meet(day, day.ida_sag)
    assert "Netværksmøde" not in read(day, made(asking(METTE))).text


def test_another_site_cannot_make_or_close_my_address(day: Day, bare: Asking) -> None:
    for act in ("ny", "luk"):
        assert bare({"sec-fetch-site": "cross-site"}).post(f"{URL}/{act}").status_code == 403


def deadlines_in(answer: httpx.Response) -> dict[str, Any]:
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(one["UID"]): one for one in events if str(one["SUMMARY"]).startswith("Frist: ")}


def rows_of(day: Day, *where: sa.ColumnElement[bool]) -> list[Any]:
    with day.town.product.store.read() as connection:
        return list(connection.execute(sa.select(frister).where(*where)).all())


def test_a_deadline_with_a_day_fills_that_day_and_one_with_a_time_stands_at_it(
    day: Day, asking: Asking
) -> None:
    answer = read(day, made(asking()))
    shown = deadlines_in(answer)
    whole, timed = 0, 0
    for row in rows_of(day, frister.c.responsible == KAREN, frister.c.due > NOW):
        event = shown.get(f"{row.id}@dubu")
        if event is None:
            continue
        local = danish(row.due)
        if (local.hour, local.minute) == (23, 59):
            whole += 1
            assert event["DTSTART"].dt == local.date()
            assert event["DTEND"].dt == local.date() + timedelta(days=1)
        else:
            timed += 1
            assert event["DTSTART"].dt == row.due.replace(microsecond=0)
    assert whole
    assert timed
    assert b"DTSTART;VALUE=DATE:2026" in answer.content


def test_what_nobody_in_the_unit_has_taken_is_one_event_of_today(day: Day, asking: Asking) -> None:
    taken = rows_of(day, frister.c.responsible == KAREN, frister.c.state == "aaben",
                    frister.c.due > NOW)[0]  # fmt: skip
    paths = {who: made(asking(who)) for who in (KAREN, METTE, ANDERS)}
    change(
        day,
        sa.update(frister)
        .where(frister.c.id == taken.id)
        .values(responsible=None, unit="modtagelse"),
    )
    for who, path in paths.items():
        events = deadlines_in(read(day, path))
        assert f"{taken.id}@dubu" not in events
        nobodys = [event for event in events.values() if "har ingen taget" in event["SUMMARY"]]
        assert len(nobodys) == (who != ANDERS), who
        assert all(event["DTSTART"].dt == danish(NOW).date() for event in nobodys)
    change(day, sa.update(frister).where(frister.c.id == taken.id).values(responsible=METTE))
    assert f"{taken.id}@dubu" in deadlines_in(read(day, paths[METTE]))


def test_what_is_late_stands_on_today_however_late_it_is(day: Day, asking: Asking) -> None:
    row = rows_of(day, frister.c.responsible == KAREN, frister.c.state == "aaben",
                  frister.c.due > NOW)[0]  # fmt: skip
    path = made(asking())
    late = NOW - timedelta(days=90)
    change(day, sa.update(frister).where(frister.c.id == row.id).values(due=late))
    event = deadlines_in(read(day, path))[f"{row.id}@dubu"]
    assert event["DTSTART"].dt == danish(NOW).date()
    assert "(overskredet)" in event["SUMMARY"]


def test_ones_own_team_comes_first_among_whom_a_reminder_is_for(day: Day) -> None:
    karen = Asker(KAREN, frozenset({Role.CASEWORKER}), "modtagelse")
    with day.town.product.store.read() as connection:
        whom = receivers(connection, karen)
        of_unit = sa.select(employees.c.key).where(employees.c.unit == "modtagelse")
        near = set(connection.scalars(of_unit))
    assert whom.near[0][0] == "team:modtagelse"
    assert {key for key, _ in whom.near[1:]} <= near
    assert whom.far
    assert not near & {key for key, _ in whom.far}


def test_the_way_to_it_stands_on_min_dag(asking: Asking) -> None:
    assert f'href="{URL}"' in asking().get("/dubu/min-dag").text
