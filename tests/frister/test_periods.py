"""Months, quarters and years end when the Danish day does."""

from datetime import UTC, datetime

from dubu_plugin.frister.periods import ended


def names(after: datetime, until: datetime) -> list[str]:
    return [period.name for period in ended(after, until)]


def test_a_quarter_of_a_year_is_three_months_and_a_quarter() -> None:
    assert names(datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 4, 10, tzinfo=UTC)) == [
        "2026-01",
        "2026-02",
        "2026-03",
        "2026-K1",
    ]


def test_december_ends_a_month_a_quarter_and_a_year() -> None:
    found = list(ended(datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)))
    assert [one.name for one in found] == ["2026-12", "2026-K4", "2026"]
    assert {one.ended_at for one in found} == {datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)}


def test_a_month_ends_at_danish_midnight_in_summer_and_winter() -> None:
    for month, hour in ((6, 21), (11, 22)):
        end = datetime(2026, month, 30, hour, 59, 59, tzinfo=UTC)
        before = end.replace(second=58)
        assert names(before.replace(day=1), before) == []
        assert names(before, end)[0] == f"2026-{month:02}"
        assert names(end, end.replace(hour=23)) == []


def test_told_again_from_where_it_stopped_nothing_is_told_twice() -> None:
    first = list(ended(datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 2, 10, tzinfo=UTC)))
    assert names(first[-1].ended_at, datetime(2026, 2, 10, tzinfo=UTC)) == []
