"""What the 24-hour assessment decides stands on the child's case, with its deadlines."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.underretning import Fare, NaesteSkridt
from dubu_plugin.frister.counting import add_months
from dubu_plugin.store.sag import rettelser
from dubu_plugin.store.tables import aktivitetsplaner, frister
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, NOW, TEXT, VIGGO, Reception
from dubu_plugin.usecases.underretning.another_child import register_another_child
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr, UnbornChild
from dubu_plugin.usecases.underretning.correct import Corrections

CAME = NOW - timedelta(days=3)
"""When the underretning came: assessed late, so that the two days differ."""


def leads_to(step: NaesteSkridt, **more: Any) -> Any:
    return replace(GOOD, next_step=step, **more)


BFU = leads_to(NaesteSkridt.BFU)
SCREENING = leads_to(NaesteSkridt.SCREENING)
AFDAEKNING = leads_to(NaesteSkridt.AFDAEKNING)
DANGER = {"fare": Fare.AKUT, "acute_action": "Farmor henter nu."}
INTET = leads_to(NaesteSkridt.INTET)


def registered(town: Reception, text: str) -> UUID:
    """Take something in three days before the clock of the test."""
    town.town.now = CAME
    found = town.registered(made_post.eml(text))
    town.town.now = NOW
    return found


@pytest.fixture
def alma(reception: Reception) -> UUID:
    return registered(reception, TEXT)


def rows(town: Reception, underretning: UUID, rule: str, state: str = "aaben") -> list[Any]:
    sag = town.about(underretning).sag_id
    return list(town.rows(frister, sag_id=sag, rule=rule, state=state))


def due(town: Reception, underretning: UUID, rule: str) -> date:
    (row,) = rows(town, underretning, rule)
    return danish_day(row.due)


def course(town: Reception, underretning: UUID) -> list[str]:
    known = ("screening_afsluttet", "undersoegelse_besluttet")
    return [what for what in town.happened(underretning) if what in known]


def test_an_undersoegelse_runs_four_months_from_when_the_underretning_came(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma, BFU)
    assert due(reception, alma, "BFU-4M") == add_months(danish_day(CAME), 4)
    (row,) = rows(reception, alma, "BFU-4M")
    assert (row.responsible, row.underretning_id) == ("karen", None)
    assert reception.deadlines(alma)["SCR"] == "opfyldt"


def came_before(town: Reception, step: Any) -> date:
    """Take in and assess one about Alma a week before the other; return the day it came."""
    town.town.now = CAME - timedelta(days=7)
    first = town.registered(made_post.eml(TEXT, message_id="<foerst@skole.test>"))
    town.save(first, step)
    town.town.now = NOW
    return danish_day(CAME - timedelta(days=7))


def test_paragraf_20_the_four_months_run_from_the_first_that_nobody_has_looked_into(
    reception: Reception,
) -> None:
    first = came_before(reception, SCREENING)
    second = registered(reception, TEXT)
    reception.save(second, BFU)
    assert due(reception, second, "BFU-4M") == add_months(first, 4)


def test_one_that_told_of_no_need_starts_no_four_months(reception: Reception) -> None:
    came_before(reception, INTET)
    second = registered(reception, TEXT)
    reception.save(second, BFU)
    assert due(reception, second, "BFU-4M") == add_months(danish_day(CAME), 4)


def test_a_screening_stands_as_a_duty_until_it_is_made(reception: Reception, alma: UUID) -> None:
    reception.save(alma, SCREENING)
    assert reception.deadlines(alma)["SCR"] == "aaben"
    assert not rows(reception, alma, "BFU-4M")


def test_an_afdaekning_is_a_duty_without_a_date(reception: Reception, alma: UUID) -> None:
    reception.save(alma, AFDAEKNING)
    (row,) = rows(reception, alma, "AFD")
    assert row.due is None
    assert reception.deadlines(alma)["SCR"] == "opfyldt"
    assert not rows(reception, alma, "BFU-4M")


def test_nothing_more_asks_for_nothing_more(reception: Reception, alma: UUID) -> None:
    reception.save(alma, INTET)
    assert "SCR" not in reception.deadlines(alma)
    assert course(reception, alma) == []


def test_in_danger_the_need_is_still_to_be_screened(reception: Reception, alma: UUID) -> None:
    reception.save(alma, leads_to(NaesteSkridt.AKUT, **DANGER))
    assert reception.deadlines(alma)["SCR"] == "aaben"


def test_before_birth_it_is_the_parents_who_are_looked_into(reception: Reception) -> None:
    came = registered(reception, "En gravid kvinde.")
    unborn = UnbornChild(date(2026, 9, 28), mother_cpr="170203-4990", mother_name="Freja Prøvelund")
    reception.save(came, BFU, child=unborn)
    assert due(reception, came, "BFU-4M-U") == add_months(danish_day(CAME), 4)
    assert not rows(reception, came, "BFU-4M")


def test_the_plan_of_an_undersoegelse_counts_from_when_the_underretning_came(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma, BFU)
    (plan,) = reception.rows(aktivitetsplaner, plan="P5")
    assert danish_day(plan.started_at) == danish_day(CAME)


def test_the_same_assessment_saved_again_decides_nothing_twice(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma, BFU)
    reception.save(alma, replace(BFU, reason="Rettet."))
    assert course(reception, alma) == ["screening_afsluttet", "undersoegelse_besluttet"]
    assert len(rows(reception, alma, "BFU-4M")) == 1


def test_an_undersoegelse_that_was_a_slip_takes_its_deadline_with_it(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma, BFU)
    reception.save(alma, SCREENING)
    assert not rows(reception, alma, "BFU-4M")
    assert rows(reception, alma, "BFU-4M", "bortfaldet")
    assert reception.deadlines(alma)["SCR"] == "aaben"
    sag = reception.about(alma).sag_id
    assert sag is not None
    with reception.product.store.read() as connection:
        assert len(rettelser.reasons(connection, sag)) == 2


def test_a_screening_that_is_put_right_to_an_undersoegelse_gets_its_four_months(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma, SCREENING)
    reception.save(alma, BFU)
    assert due(reception, alma, "BFU-4M") == add_months(danish_day(CAME), 4)
    reception.save(alma, INTET)
    assert not rows(reception, alma, "BFU-4M")
    assert reception.deadlines(alma)["SCR"] == "bortfaldet"


def test_another_day_of_receipt_moves_the_four_months(reception: Reception, alma: UUID) -> None:
    reception.save(alma, BFU)
    earlier = CAME - timedelta(days=10)
    reception.save(alma, BFU, corrections=Corrections(received_at=earlier))
    assert due(reception, alma, "BFU-4M") == add_months(danish_day(earlier), 4)
    (plan,) = reception.rows(aktivitetsplaner, plan="P5", state="i_gang")
    assert danish_day(plan.started_at) == danish_day(earlier)


def test_each_child_of_an_underretning_gets_its_own(reception: Reception, alma: UUID) -> None:
    again = register_another_child(alma, uuid4(), **reception.by())
    viggo = again.underretning
    assert viggo is not None
    reception.save(alma, BFU)
    reception.save(viggo, BFU, child=ChildByCpr(VIGGO))
    children = {reception.about(one).child_id for one in (alma, viggo)}
    found = reception.rows(frister, rule="BFU-4M", state="aaben")
    assert {row.person_id for row in found} == children
    assert {danish_day(row.due) for row in found} == {add_months(danish_day(CAME), 4)}


def test_the_second_underretning_does_not_begin_the_four_months_again(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma, BFU)
    second = reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))
    reception.save(second, BFU)
    assert due(reception, second, "BFU-4M") == add_months(danish_day(CAME), 4)
