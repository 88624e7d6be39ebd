"""The hours a family is granted are those that were reckoned, whoever wrote them on the indsats
(barnets lov §§ 11 and 87)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from dubu_plugin.domain.beregning.tabt import Loen, TabtInput, tabt
from dubu_plugin.domain.gates.taken_away import How
from dubu_plugin.store.afgoerelse import beregninger
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.usecases.afgoerelse.reckon import RECEIVER, inputs_of
from dubu_plugin.usecases.indsats.change import Changed, change
from dubu_plugin.usecases.indsats.granted import reckoned, reckoned_as, told
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear

from .desk import TODAY, Desk

PAY = "tabt_arbejdsfortjeneste"


def decided(desk: Desk, *, on: date = TODAY, to: str = "mother", **more: Any) -> UUID:
    """Have ten hours of a parent's lost pay be decided and reckoned."""
    number = desk.decision("tabt", on=on)
    given = TabtInput(
        **{"hours": Decimal(10), "full_hours": Decimal(37), "pay": Decimal(34000), **more}
    )
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        beregninger.keep(
            work.connection, desk.sag, number, tabt(given, desk.town.product.rates, TODAY),
            {**inputs_of(given), RECEIVER: to}, by="karen", now=desk.town.now,
        )  # fmt: skip
    return number


def given(desk: Desk, decision: UUID, amount: int | None = None, per: str = "uge") -> Indsats:
    much = None if amount is None else Decimal(amount)
    return desk.begun(PAY, afgoerelse=decision, amount=much, per=per)


def changed(its: Indsats, amount: int | None, on: date = TODAY) -> Changed:
    much = None if amount is None else Decimal(amount)
    return Changed(
        seen=its.version, on=on, reason="aendring_behov", amount=much,
        per="" if amount is None else "uge", how=How.AFGJORT,
    )  # fmt: skip


def refused(desk: Desk, its: Indsats, amount: int | None, on: date = TODAY) -> dict[str, str]:
    with pytest.raises(IndsatsNotClear) as no:
        change(desk.sag, its.id, changed(its, amount, on), **desk.act())
    return {name: text.replace("\u00a0", " ") for name, text in no.value.fields.items()}


def test_paragraf_87_what_begins_without_hours_has_those_that_were_granted(desk: Desk) -> None:
    its = given(desk, decided(desk))
    assert (its.amount, its.per) == (Decimal(10), "uge")
    assert "14 ugers varsel (§ 11)" in refused(desk, its, 1)["hvordan"]


def test_paragraf_87_hours_of_a_parent_who_is_paid_by_the_hour_are_by_the_month(desk: Desk) -> None:
    by_hour: dict[str, Any] = {
        "hours": Decimal(40),
        "full_hours": Decimal(160),
        "pay": Decimal(200),
    }
    its = given(desk, decided(desk, paid_by=Loen.TIME, **by_hour))
    assert (its.amount, its.per) == (Decimal(40), "maaned")


@pytest.mark.parametrize(("amount", "per"), [(9, "uge"), (10, "maaned")])
def test_paragraf_87_it_does_not_begin_with_fewer_hours(desk: Desk, amount: int, per: str) -> None:
    decision = decided(desk)
    with pytest.raises(IndsatsNotClear) as no:
        given(desk, decision, amount, per)
    assert "bevilget 10 timer om ugen" in no.value.fields["antal"].replace("\u00a0", " ")


def test_paragraf_11_what_runs_without_hours_becomes_less_than_was_granted_by_a_decision(
    desk: Desk,
) -> None:
    number = desk.decision("tabt")
    its = given(desk, number)
    assert its.amount is None, "it began before it was reckoned"
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        put_in = TabtInput(hours=Decimal(10), full_hours=Decimal(37), pay=Decimal(34000))
        beregninger.keep(
            work.connection, desk.sag, number, tabt(put_in, desk.town.product.rates, TODAY),
            inputs_of(put_in), by="karen", now=desk.town.now,
        )  # fmt: skip
    assert "14 ugers varsel (§ 11)" in refused(desk, its, 9)["hvordan"]


def test_paragraf_11_and_87_it_becomes_as_little_as_was_decided_and_no_less(desk: Desk) -> None:
    """The amount that is told is that of the hours it has."""
    its = given(desk, decided(desk))
    desk.town.now += timedelta(days=1)
    desk.told(decided(desk, on=TODAY + timedelta(days=1), hours=Decimal(5)), desk.town.now)
    desk.town.now += timedelta(days=7 * 14 + 1)
    on = TODAY + timedelta(days=7 * 14 + 1)
    assert set(refused(desk, its, 1, on=on)) == {"hvordan"}
    assert set(refused(desk, its, None, on=on)) == {"hvordan"}
    change(desk.sag, its.id, changed(its, 5, on=on), **desk.act())
    with desk.town.product.store.read() as connection:
        said = told(reckoned_as(connection, desk.its(its.id)))
        assert "for 5 timer om ugen" in said.replace("\u00a0", " ")
        assert "for 10 timer" in told(reckoned_as(connection, its)).replace("\u00a0", " ")
        other = replace(its, amount=Decimal(7))
        assert reckoned_as(connection, other) is None, "no decision gives seven hours"


def later(desk: Desk, days: int, **more: Any) -> date:
    """Have something else be decided and told, and let the time of a notice go by."""
    on = TODAY + timedelta(days=days)
    desk.town.now = desk.town.now.replace(day=11, month=6) + timedelta(days=days)
    desk.told(decided(desk, on=on, **more), desk.town.now)
    return on


def test_paragraf_11_the_newest_decision_is_the_one_it_becomes_less_by(desk: Desk) -> None:
    its = given(desk, decided(desk))
    later(desk, 1, hours=Decimal(5))
    later(desk, 2, hours=Decimal(8))
    desk.town.now += timedelta(days=7 * 14 + 1)
    on = TODAY + timedelta(days=7 * 14 + 3)
    assert set(refused(desk, its, 5, on=on)) == {"hvordan"}
    change(desk.sag, its.id, changed(its, 8, on=on), **desk.act())


def test_paragraf_87_another_parents_hours_are_not_this_ones(desk: Desk) -> None:
    its = given(desk, decided(desk))
    later(desk, 1, hours=Decimal(5))
    later(desk, 2, hours=Decimal(5), pay=Decimal(60000), to="father")
    desk.town.now += timedelta(days=7 * 14 + 1)
    on = TODAY + timedelta(days=7 * 14 + 3)
    assert set(refused(desk, its, 4, on=on)) == {"hvordan"}
    change(desk.sag, its.id, changed(its, 5, on=on), **desk.act())
    with desk.town.product.store.read() as connection:
        assert told(reckoned_as(connection, desk.its(its.id))).startswith("4.594,59")


def test_what_it_comes_to_a_month_is_told_with_its_hours(desk: Desk) -> None:
    its = given(desk, decided(desk))
    with desk.town.product.store.read() as connection:
        said = told(reckoned(connection, its.afgoerelse, its.code))
        assert not told(reckoned(connection, its.afgoerelse, "supplerende_ydelse"))
    assert said.replace("\u00a0", " ") == (
        "9.189,19 kr. om måneden før skat for 10 timer om ugen, regnet med satserne 11. juni 2026"
    )
