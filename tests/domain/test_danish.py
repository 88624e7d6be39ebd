from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from dubu_plugin.domain import danish

MONDAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 8, 14, tzinfo=UTC)


def test_a_day_is_written_with_its_weekday_in_lower_case() -> None:
    assert danish.weekday_date(MONDAY) == "mandag 2. marts 2026"
    assert danish.long_date(MONDAY) == "2. marts 2026"
    assert danish.short_date(MONDAY) == "2.3.2026"


def test_every_weekday_and_month_has_its_name() -> None:
    week = [danish.weekday_date(MONDAY + timedelta(days=n)).split()[0] for n in range(7)]
    assert week == ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
    assert danish.long_date(date(2026, 1, 31)) == "31. januar 2026"
    assert danish.long_date(date(2026, 12, 1)) == "1. december 2026"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 8, 3), date(2026, 11, 3), "3. august til 3. november 2026"),
        (date(2025, 8, 3), date(2026, 2, 3), "3. august 2025 til 3. februar 2026"),
        (date(2026, 8, 3), date(2026, 8, 3), "3. august 2026"),
    ],
)
def test_a_span_says_the_year_once_where_both_days_are_of_it(
    first: date, last: date, said: str
) -> None:
    assert danish.span(first, last) == said


def test_a_list_leaves_out_this_year_only() -> None:
    assert danish.list_date(MONDAY, date(2026, 12, 31)) == "2. marts"
    assert danish.list_date(MONDAY, date(2027, 1, 1)) == "2. marts 2026"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (MORNING, "mandag 2. marts 2026 kl. 09.14"),
        (datetime(2026, 7, 2, 8, 4, tzinfo=UTC), "torsdag 2. juli 2026 kl. 10.04"),
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "tirsdag 3. marts 2026 kl. 00.30"),
    ],
)
def test_a_moment_is_written_in_danish_time(moment: datetime, said: str) -> None:
    assert danish.moment_text(moment) == said


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        danish.clock(datetime(2026, 3, 2, 8, 14))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "i dag"),
        (1, "i morgen"),
        (2, "om 2 dage"),
        (4, "om 4 dage"),
        (-1, "i går"),
        (-5, "for 5 dage siden"),
    ],
)
def test_a_day_is_told_by_how_far_away_it_is(days: int, said: str) -> None:
    assert danish.relative_day(MONDAY + timedelta(days=days), MONDAY) == said


def test_a_moment_in_a_list_says_today_and_yesterday() -> None:
    assert danish.list_moment(MORNING, MORNING) == "i dag kl. 09.14"
    assert danish.list_moment(MORNING, MORNING + timedelta(days=1)) == "i går kl. 09.14"
    assert danish.list_moment(MORNING, MORNING + timedelta(days=9)) == "2. marts kl. 09.14"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(hours=20, minutes=9), "20 t. 9 min. tilbage"),
        (timedelta(hours=24), "24 t. tilbage"),
        (timedelta(minutes=9, seconds=1), "10 min. tilbage"),
        (timedelta(seconds=1), "1 min. tilbage"),
        (timedelta(), "0 min. tilbage"),
        (timedelta(hours=47, minutes=59), "47 t. 59 min. tilbage"),
        (timedelta(days=2), "2 dage tilbage"),
        (timedelta(days=4, hours=23), "4 dage tilbage"),
        (timedelta(minutes=-2), "2 min. over tiden"),
        (timedelta(hours=-5, minutes=-2), "5 t. 2 min. over tiden"),
        (timedelta(days=-3), "3 dage over tiden"),
    ],
)
def test_time_left_is_told_in_hours_under_two_days_and_in_days_after(
    left: timedelta, said: str
) -> None:
    assert danish.time_left(MORNING + left, MORNING) == said


def test_a_length_of_time_leaves_out_begun_minutes() -> None:
    assert danish.duration(timedelta(hours=4, minutes=26, seconds=59)) == "4 t. 26 min."
    assert danish.duration(timedelta(hours=24)) == "24 t."
    assert danish.duration(timedelta(minutes=26)) == "26 min."
    assert danish.duration(timedelta(seconds=5)) == "0 min."
    with pytest.raises(ValueError, match="negative"):
        danish.duration(timedelta(seconds=-1))


@pytest.mark.parametrize(
    ("kroner", "said"),
    [
        ("1234.5", "1.234,50 kr."),
        ("0", "0,00 kr."),
        ("1234567.89", "1.234.567,89 kr."),
        ("-1234.5", "−1.234,50 kr."),
        ("0.005", "0,01 kr."),
        ("-0.001", "0,00 kr."),
    ],
)
def test_an_amount_has_two_decimals_and_full_stops_between_thousands(
    kroner: str, said: str
) -> None:
    assert danish.amount(Decimal(kroner)) == said


def test_a_share_is_a_figure_and_a_sign() -> None:
    assert danish.percent(Decimal("0.06")) == "6 %"
    assert danish.percent(Decimal("0.125"), places=1) == "12,5 %"
    assert danish.whole_text(1480) == "1.480"


def test_a_list_has_og_before_the_last() -> None:
    assert danish.listed([]) == ""
    assert danish.listed(["Alma"]) == "Alma"
    assert danish.listed(["Alma", "Viggo"]) == "Alma og Viggo"
    assert danish.listed(["mor", "far", "farmor"], last="eller") == "mor, far eller farmor"


def test_a_number_has_the_word_that_fits_it() -> None:
    assert danish.counted(0, "fil", "filer") == "0 filer"
    assert danish.counted(1, "fil", "filer") == "1 fil"
    assert danish.counted(1200, "fil", "filer") == "1.200 filer"


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2016, 12, 3), "9 år"),
        (date(2016, 3, 2), "10 år"),
        (date(2016, 3, 3), "9 år"),
        (date(2025, 3, 3), "11 måneder"),
        (date(2026, 2, 2), "1 måned"),
        (date(2026, 2, 3), "3 uger"),
        (date(2026, 2, 23), "1 uge"),
        (date(2026, 2, 24), "6 dage"),
        (date(2026, 3, 1), "1 dag"),
        (MONDAY, "nyfødt"),
    ],
)
def test_an_age_is_told_in_years_months_weeks_or_days(born: date, said: str) -> None:
    assert danish.age_text(born, MONDAY) == said


def test_an_age_before_birth_is_refused() -> None:
    with pytest.raises(ValueError, match="born"):
        danish.age_text(date(2026, 3, 3), MONDAY)


@pytest.mark.parametrize(
    "kept",
    [
        "2. marts",
        "kl. 09.14",
        "§ 138",
        "stk. 2",
        "nr. 5",
        "1.234,50 kr.",
        "20 t.",
        "9 min.",
        "9 år",
    ],
)
def test_no_line_breaks_inside_what_belongs_together(kept: str) -> None:
    assert (
        danish.unbroken(f"Senest {kept}, så") == f"Senest {kept.replace(' ', danish.NO_BREAK)}, så"
    )


def test_ordinary_words_may_still_break() -> None:
    said = "Der er 3 børn. Vi ringer 2. gang i morgen."
    assert danish.unbroken(said) == said


def test_a_time_from_and_to_says_the_day_once() -> None:
    begins = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert danish.from_to(begins, begins + timedelta(minutes=90)) == (
        "mandag 2. marts 2026 kl. 10.00–11.30"
    )
    assert danish.from_to(begins, begins + timedelta(days=1)) == (
        "mandag 2. marts 2026 kl. 10.00 til tirsdag 3. marts 2026 kl. 10.00"
    )
