"""What a person does with a deadline: explains, waits, corrects, ends; and who may."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.forecast import Awaited
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.deadlines import waiting
from dubu_plugin.store.tables import employees, haendelser
from dubu_plugin.testing.fake_ports import ANDERS, KAREN
from dubu_plugin.testing.rules import rule
from dubu_plugin.usecases.frist.correct_anchor import (
    CorrectedElsewhere,
    StartsLater,
    correct_anchor,
)
from dubu_plugin.usecases.frist.give_reason import NotMissed, give_reason
from dubu_plugin.usecases.frist.let_lapse import RuleStands, let_lapse
from dubu_plugin.usecases.frist.standing import IsEnded, NoReason, Place, TooLong
from dubu_plugin.usecases.frist.stop_waiting import stop_waiting
from dubu_plugin.usecases.frist.tell_time import tell_time
from dubu_plugin.usecases.frist.wait_for import Asked, AskedLater, ExpectedBefore, wait_for
from tests.usecases.frist.conftest import House, day_of

BFU = rule("BFU-4M", length="4 months")
WHY = "Barnet var indlagt i seks uger."


@pytest.fixture
def missed(house: House) -> House:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=130)
    tell_time(house.product, house.town.now)
    return house


# -- a reason --------------------------------------------------------------------------------------


def test_a_reason_stands_with_who_gave_it_and_when(missed: House) -> None:
    row = missed.row("BFU-4M")
    give_reason(row.id, missed.place, f"  {WHY} ", **missed.act())
    after = missed.row("BFU-4M")
    assert (after.exceeded_reason, after.exceeded_by_user) == (WHY, KAREN)
    assert after.exceeded_reason_at == missed.town.now
    assert missed.told()[-1] == "frist_begrundet"


def test_the_reason_itself_is_not_in_the_chain_of_haendelser(missed: House) -> None:
    give_reason(missed.row("BFU-4M").id, missed.place, WHY, **missed.act())
    with missed.product.store.read() as connection:
        said = connection.scalars(sa.select(haendelser.c.data)).all()
    assert not any("indlagt" in data for data in said)


def test_met_late_before_the_clock_told_it_can_be_explained(house: House) -> None:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=130)
    house.happen(H.OPFOELGNING_AFHOLDT)
    give_reason(house.row("BFU-4M", "opfyldt").id, house.place, WHY, **house.act())
    assert house.row("BFU-4M", "opfyldt").exceeded_reason == WHY


def test_there_is_nothing_to_explain_before_it_is_due(house: House) -> None:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    with pytest.raises(NotMissed):
        give_reason(house.row("BFU-4M").id, house.place, WHY, **house.act())


@pytest.mark.parametrize(("said", "no"), [("  ", NoReason), ("x" * 301, TooLong)])
def test_an_empty_reason_and_one_too_long_are_refused(
    missed: House, said: str, no: type[Exception]
) -> None:
    with pytest.raises(no):
        give_reason(missed.row("BFU-4M").id, missed.place, said, **missed.act())
    assert missed.row("BFU-4M").exceeded_reason is None


def test_somebody_of_another_unit_cannot_explain_it(missed: House) -> None:
    with pytest.raises(NotYours):
        give_reason(missed.row("BFU-4M").id, missed.place, WHY, **missed.act(ANDERS))


def test_a_deadline_of_another_case_is_not_there(missed: House) -> None:
    other = missed.town.sag(missed.town.person("Bo Testvad"))
    with pytest.raises(NotYours):
        give_reason(missed.row("BFU-4M").id, Place("sag", other), WHY, **missed.act())
    with pytest.raises(NotYours):
        give_reason(uuid4(), missed.place, WHY, **missed.act())


def test_a_user_without_unit_explains_what_is_their_own(missed: House) -> None:
    with missed.product.store.write(actor="system", now=missed.town.now) as work:
        work.connection.execute(
            sa.update(employees).where(employees.c.key == KAREN).values(unit=None)
        )
    give_reason(missed.row("BFU-4M").id, missed.place, WHY, **missed.act())
    assert missed.row("BFU-4M").exceeded_by_user == KAREN


# -- waiting ---------------------------------------------------------------------------------------


def test_a_wait_is_kept_and_ended(house: House) -> None:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    row = house.row("BFU-4M")
    asked = Asked(Awaited.SKOLEUDTALELSE, "Prøvestrup Skole", expected=date(2026, 4, 1))
    wait = wait_for(row.id, house.place, asked, **house.act())
    with house.product.store.read() as connection:
        (found,) = waiting.of_deadlines(connection, [row.id])[row.id]
    assert (found.what, found.asked_of, found.expected) == (
        Awaited.SKOLEUDTALELSE,
        "Prøvestrup Skole",
        date(2026, 4, 1),
    )
    stop_waiting(row.id, house.place, wait, **house.act())
    stop_waiting(row.id, house.place, wait, **house.act())
    with house.product.store.read() as connection:
        assert waiting.of_deadlines(connection, [row.id]) == {row.id: []}
    assert house.told()[-2:] == ["frist_afventer", "frist_ventet"]


def test_a_wait_makes_sense_or_is_refused(house: House) -> None:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    row = house.row("BFU-4M")
    tomorrow = Asked(Awaited.LAEGE, on=date(2026, 3, 3))
    with pytest.raises(AskedLater):
        wait_for(row.id, house.place, tomorrow, **house.act())
    early = Asked(Awaited.LAEGE, on=date(2026, 3, 2), expected=date(2026, 3, 1))
    with pytest.raises(ExpectedBefore):
        wait_for(row.id, house.place, early, **house.act())
    house.happen(H.OPFOELGNING_AFHOLDT)
    with pytest.raises(IsEnded):
        wait_for(row.id, house.place, Asked(Awaited.LAEGE), **house.act())


def test_a_wait_of_another_deadline_is_not_ended_here(house: House) -> None:
    house.rules(BFU, rule("OPF-1"))
    house.happen(H.INDSATS_IVAERKSAT)
    wait = wait_for(house.row("BFU-4M").id, house.place, Asked(Awaited.LAEGE), **house.act())
    with pytest.raises(NotYours):
        stop_waiting(house.row("OPF-1").id, house.place, wait, **house.act())


# -- the start of the clock ------------------------------------------------------------------------


def test_a_corrected_start_moves_the_day_and_keeps_the_old_with_the_reason(house: House) -> None:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    row = house.row("BFU-4M")
    wait_for(row.id, house.place, Asked(Awaited.LAEGE), **house.act())
    right = row.anchor_at - timedelta(days=10)
    new = correct_anchor(row.id, house.place, right, "Skrevet forkert.", **house.act())
    old, now = house.row("BFU-4M", "afloest"), house.row("BFU-4M")
    assert (old.id, old.due, old.reason) == (row.id, row.due, "Skrevet forkert.")
    assert (now.id, now.replaces, now.anchor_at) == (new, row.id, right)
    assert (day_of(old), day_of(now)) == (date(2026, 7, 2), date(2026, 6, 20))
    with house.product.store.read() as connection:
        assert len(waiting.of_deadlines(connection, [now.id])[now.id]) == 1


def test_a_start_that_was_too_early_takes_the_miss_and_its_step_away(missed: House) -> None:
    step = rule("BFU-FORL", opens_on=("frist_overskredet",), length="0 days")
    missed.rules(BFU, step)
    row = missed.row("BFU-4M")
    correct_anchor(row.id, missed.place, row.anchor_at + timedelta(days=60), "Sket senere.",
                   **missed.act())  # fmt: skip
    assert (missed.row("BFU-4M").exceeded_at, missed.row("BFU-4M").exceeded_id) == (None, None)


def test_a_start_that_was_wrong_and_is_missed_still_is_missed_at_the_new_moment(
    missed: House,
) -> None:
    row = missed.row("BFU-4M")
    correct_anchor(row.id, missed.place, row.anchor_at + timedelta(days=2), "To dage efter.",
                   **missed.act())  # fmt: skip
    after = missed.row("BFU-4M")
    assert (after.exceeded_at, after.exceeded_id) == (after.due, row.exceeded_id)
    assert tell_time(missed.product, missed.town.now).missed == 0


def test_a_start_after_now_and_one_that_belongs_elsewhere_are_refused(house: House) -> None:
    house.rules(BFU, rule("UND", corrected_by=("modtagelse_rettet",)))
    house.happen(H.INDSATS_IVAERKSAT)
    row = house.row("BFU-4M")
    later = house.town.now + timedelta(minutes=1)
    with pytest.raises(StartsLater):
        correct_anchor(row.id, house.place, later, WHY, **house.act())
    with pytest.raises(CorrectedElsewhere):
        correct_anchor(house.row("UND").id, house.place, row.anchor_at, WHY, **house.act())
    with pytest.raises(NoReason):
        correct_anchor(row.id, house.place, row.anchor_at, " ", **house.act())


# -- a rule that is gone ---------------------------------------------------------------------------


def test_what_a_removed_rule_left_can_be_ended_with_a_reason(house: House) -> None:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    row = house.row("BFU-4M")
    with pytest.raises(RuleStands):
        let_lapse(row.id, house.place, WHY, **house.act())
    house.rules()
    let_lapse(row.id, house.place, "Reglen er ophævet.", **house.act())
    after = house.row("BFU-4M", "bortfaldet")
    assert (after.reason, house.told()[-1]) == ("Reglen er ophævet.", "frist_bortfaldet")


def test_what_a_removed_rule_left_stands_when_something_happens(house: House) -> None:
    house.rules(BFU)
    house.happen(H.INDSATS_IVAERKSAT)
    house.rules()
    house.happen(H.OPFOELGNING_AFHOLDT)
    assert house.row("BFU-4M").state == "aaben"
    house.rules(BFU)
    house.happen(H.OPFOELGNING_AFHOLDT)
    assert house.row("BFU-4M", "opfyldt").ended_by is not None
