"""Days and times of day as people type them."""

from datetime import UTC, date, datetime, time

import pytest

from dubu_plugin.web.typed_time import NotAMoment, as_iso, clock_of, day_of, happened, moment_of

DAY = date(2026, 8, 12)
NOW = datetime(2026, 8, 12, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2026-08-12", "12.8.2026", "12-08-2026", "12/8/2026", "12. 8. 2026", "12 8 2026"]
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert day_of(text) == DAY
    assert as_iso(text) == "2026-08-12"


@pytest.mark.parametrize("text", ["", "12.8.26", "31.2.2026", "8", "i morgen", "12.8", "2026"])
def test_what_is_no_whole_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        day_of(text)
    assert as_iso(text) == text


@pytest.mark.parametrize("text", ["9.05", "9:05", "905", "0905", "09.05"])
def test_a_time_of_day_is_read_as_people_write_it(text: str) -> None:
    assert clock_of(text) == time(9, 5)


@pytest.mark.parametrize("text", ["", "24.00", "9", "10.60", "halv ti"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        clock_of(text)


@pytest.mark.parametrize(
    "text",
    ["2026-08-12T10:30", "12.8.2026 kl. 10.30", "12.8.2026 10.30", "12. 8. 2026, kl 10:30",
     "2026-08-12 10.30", "2026-08-12T08:30+00:00"],
)  # fmt: skip
def test_a_moment_is_danish_time(text: str) -> None:
    assert moment_of(text) == datetime(2026, 8, 12, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["12.8.2026", "2026-08-12", "kl. 10.30", "12.8.2026 kl. 25.00"])
def test_a_moment_has_both_a_day_and_a_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        moment_of(text)


def test_without_a_time_it_happened_now_or_at_noon_of_another_day() -> None:
    assert happened("12.8.2026", "", NOW) == NOW
    assert happened("11.8.2026", "", NOW) == datetime(2026, 8, 11, 10, tzinfo=UTC)
    assert happened("11.8.2026", "9.05", NOW) == datetime(2026, 8, 11, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "field"), [("31.2.2026", "", "dag"), (str(DAY), "9", "kl")]
)
def test_what_cannot_be_read_is_said_at_its_field(day: str, clock: str, field: str) -> None:
    with pytest.raises(NotAMoment) as no:
        happened(day, clock, NOW)
    assert list(no.value.fields) == [field]
    assert no.value.fields[field].startswith("Skriv ")
