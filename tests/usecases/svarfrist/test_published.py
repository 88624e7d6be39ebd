"""Retssikkerhedsloven § 3, stk. 2: each area has its own published time, from one day on."""

from datetime import date, timedelta

import pytest

from dubu_plugin.domain.svarfrister import Svarfrist, Unit
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.tables import haendelser
from dubu_plugin.testing.fake_ports import ADAM, KAREN
from dubu_plugin.testing.reception import Reception
from dubu_plugin.usecases.svarfrist.choose_area import NoApplication, NoSuchArea, choose_area
from dubu_plugin.usecases.svarfrist.publish import (
    ChangedMeanwhile,
    FristRefused,
    correct,
    publish,
    take_out,
)

from .conftest import TABT, Applied, days, put_in

RECEIVED = date(2026, 3, 2)
EIGHT_WEEKS = RECEIVED + timedelta(weeks=8)
FOUR_WEEKS = RECEIVED + timedelta(weeks=4)


def row_of(reception: Reception) -> svarfrister.Kept:
    with reception.product.store.read() as connection:
        return next(one for one in svarfrister.history(connection) if one.stands)


def test_an_application_without_a_time_of_its_area_has_eight_weeks(
    reception: Reception, applied: Applied
) -> None:
    assert days(reception, applied()) == [("aaben", EIGHT_WEEKS)]


def test_an_application_is_answered_by_the_time_of_the_area_its_words_name(
    reception: Reception, applied: Applied
) -> None:
    put_in(reception)
    assert days(reception, applied()) == [("aaben", FOUR_WEEKS)]
    assert days(reception, applied("Jeg søger ledsagelse til Emil.")) == [("aaben", EIGHT_WEEKS)]


def test_one_that_asks_for_two_things_is_answered_by_the_shorter(
    reception: Reception, applied: Applied
) -> None:
    put_in(reception)
    put_in(reception, area="kompensation", amount=1, unit=Unit.MONTHS, title="Kompensation")
    number = applied("Jeg søger merudgifter og tabt arbejdsfortjeneste.")
    assert days(reception, number) == [("aaben", FOUR_WEEKS)]


def test_what_came_before_the_first_day_of_a_time_is_not_counted_by_it(
    reception: Reception, applied: Applied
) -> None:
    put_in(reception, valid_from=RECEIVED + timedelta(days=1))
    put_in(reception, area="ledsagelse", valid_to=RECEIVED - timedelta(days=1))
    assert days(reception, applied()) == [("aaben", EIGHT_WEEKS)]
    assert days(reception, applied("Ledsagelse søges.")) == [("aaben", EIGHT_WEEKS)]


def test_those_that_wait_are_counted_anew_from_when_they_came_and_the_old_day_is_kept(
    reception: Reception, applied: Applied
) -> None:
    number = applied()
    reception.town.now += timedelta(days=10)
    assert put_in(reception) == 1
    assert days(reception, number) == [("aaben", FOUR_WEEKS), ("afloest", EIGHT_WEEKS)]
    assert put_in(reception, area="ledsagelse", title="Ledsagelse") == 0


def test_a_correction_and_taking_out_count_anew_and_keep_who_did_it_when(
    reception: Reception, applied: Applied
) -> None:
    number = applied()
    put_in(reception)
    before = row_of(reception)
    assert correct(before.id, Svarfrist(**{**TABT, "amount": 6}), **reception.by(ADAM)) == 1
    assert ("aaben", RECEIVED + timedelta(weeks=6)) in days(reception, number)
    with pytest.raises(ChangedMeanwhile):
        correct(before.id, Svarfrist(**TABT), **reception.by(ADAM))
    assert take_out(row_of(reception).id, **reception.by(ADAM)) == 1
    assert ("aaben", EIGHT_WEEKS) in days(reception, number)
    with reception.product.store.read() as connection:
        kept = svarfrister.history(connection)
    assert [(one.stands, one.entered_by, one.ended_by) for one in kept] == [
        (False, "Adam Demoborg", "Adam Demoborg")
    ] * 2
    told = [one for one in reception.rows(haendelser) if one.type == "egen_raekke_aendret"]
    assert len(told) == 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": 0}, "antal"),
        ({"amount": 53}, "antal"),
        ({"source": " "}, "kilde"),
        ({"valid_to": date(2025, 12, 31)}, "til"),
        ({"valid_from": date(1999, 1, 1)}, "fra"),
        ({"area": ""}, "omraade"),
    ],
)
def test_a_row_that_cannot_stand_is_refused_at_its_field(
    reception: Reception, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(FristRefused) as no:
        put_in(reception, **changes)
    assert no.value.field == field


def test_two_times_of_an_area_do_not_begin_on_one_day(reception: Reception) -> None:
    put_in(reception)
    with pytest.raises(FristRefused, match="fra"):
        put_in(reception, amount=5)


def test_only_an_administrator_changes_the_times(reception: Reception) -> None:
    with pytest.raises(NotYours):
        publish(Svarfrist(**TABT), **reception.by(KAREN))


def test_the_area_is_chosen_by_a_person_and_moves_the_day(
    reception: Reception, applied: Applied
) -> None:
    put_in(reception)
    number = applied("Hermed min ansøgning.")
    assert days(reception, number) == [("aaben", EIGHT_WEEKS)]
    choose_area(number, "tabt", **reception.by())
    assert ("aaben", FOUR_WEEKS) in days(reception, number)
    choose_area(number, "ledsagelse", **reception.by())
    assert ("aaben", EIGHT_WEEKS) in days(reception, number)
    with pytest.raises(NoSuchArea):
        choose_area(number, "anbringelse_uden", **reception.by())


def test_an_underretning_has_no_area(reception: Reception) -> None:
    number = reception.registered(b"Vi er bekymrede for Alma Testvad.", "mail.txt")
    with pytest.raises(NoApplication):
        choose_area(number, "tabt", **reception.by())
