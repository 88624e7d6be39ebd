"""Where a planned placement takes over from one that ends, the child is placed all the while."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.tables import frister
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.give_up import give_up
from dubu_plugin.usecases.indsats.put_into_effect import put_into_effect
from dubu_plugin.usecases.indsats.wanted import Wanted
from dubu_plugin.usecases.sag.close_case import StillPlanned, close_case

from .desk import RULED, TODAY, Desk

CLOCKS = ("TILSYN-2", "OPF-1", "UNGEST-6M", "OPHOER-18")


def changing(desk: Desk) -> Indsats:
    """Have a placement end today, and the next be planned from tomorrow."""
    old = desk.placed(starts_on=TODAY - timedelta(days=60))
    planned = desk.placed(place="kostskole", starts_on=TODAY + timedelta(days=1))
    end(desk.sag, old.id, TODAY, "ophoer_anden_indsats", "", seen=old.version, **desk.act())
    return planned


def decided(desk: Desk) -> None:
    """Have it happened, as where a placement by consent is decided here today."""
    desk.town.happened(
        H.AFGOERELSE_TRUFFET, sag=desk.sag, person=desk.alma,
        data={"grundlag": "samtykke", "plan": True, "afgoerelsesdato": TODAY.isoformat()},
    )  # fmt: skip


def open_clocks(desk: Desk) -> dict[str, list[object]]:
    with desk.town.product.store.read() as connection:
        asked = sa.select(frister.c.rule, frister.c.due).where(
            frister.c.rule.in_(CLOCKS), frister.c.state == "aaben"
        )
        found: dict[str, list[object]] = {}
        for row in connection.execute(asked):
            found.setdefault(row.rule, []).append(row.due)
        return found


def test_paragraf_156_what_is_counted_for_a_placed_child_goes_on_until_the_next_begins(
    desk: Desk,
) -> None:
    planned = changing(desk)
    before = open_clocks(desk)
    assert set(before) == set(CLOCKS)
    desk.town.now += timedelta(days=1)
    wanted = Wanted(code="", starts_on=TODAY + timedelta(days=1), reason="omsorgssvigt")
    put_into_effect(desk.sag, planned.id, wanted, seen=planned.version, **desk.act())
    after = open_clocks(desk)
    assert {rule: after[rule] for rule in CLOCKS if rule != "OPF-1"} == {
        rule: before[rule] for rule in CLOCKS if rule != "OPF-1"
    }
    assert len(after["OPF-1"]) == 2, "the new one has its own first follow-up too"
    its = desk.its(planned.id)
    end(desk.sag, its.id, TODAY + timedelta(days=1), "ophoer_afgjort_anderledes", "Hjemme.",
        seen=its.version, elsewhere=replace(RULED, on=TODAY + timedelta(days=1)),
        **desk.act())  # fmt: skip
    assert open_clocks(desk) == {}


def test_paragraf_99_what_takes_over_after_all_not_ends_the_clocks(desk: Desk) -> None:
    planned = changing(desk)
    give_up(desk.sag, planned.id, "Ankestyrelsen.", seen=planned.version,
            reason="ophoer_afgjort_anderledes", elsewhere=RULED, **desk.act())  # fmt: skip
    assert open_clocks(desk) == {}
    assert not desk.happened(H.BARN_HJEMGIVET)


def test_paragraf_46_a_case_is_not_closed_while_something_is_planned(desk: Desk) -> None:
    planned = changing(desk)
    with pytest.raises(StillPlanned) as no:
        close_case(desk.sag, "Familien vil ikke mere.", **desk.act())
    assert "planlagt fra 12. juni 2026" in no.value.for_people().replace("\u00a0", " ")
    assert desk.its(planned.id).state == "planlagt"


def test_paragraf_91_the_plan_the_next_placement_asks_for_stands_when_the_old_one_ends(
    desk: Desk,
) -> None:
    old = desk.placed(starts_on=TODAY - timedelta(days=60))
    desk.town.happened(H.BARNETS_PLAN_VEDTAGET, sag=desk.sag, person=desk.alma)
    assert desk.deadlines("PLAN-ANB") == ["opfyldt"]
    decided(desk)
    desk.placed(place="kostskole", starts_on=TODAY + timedelta(days=1))
    end(desk.sag, old.id, TODAY, "ophoer_anden_indsats", "", seen=old.version, **desk.act())
    assert sorted(desk.deadlines("PLAN-ANB")) == ["aaben", "opfyldt"]


def test_paragraf_91_a_plan_nobody_takes_over_lapses_with_the_placement(desk: Desk) -> None:
    decided(desk)
    desk.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=desk.sag, person=desk.alma)
    desk.town.happened(H.BARN_HJEMGIVET, sag=desk.sag, person=desk.alma)
    assert desk.deadlines("PLAN-ANB") == ["bortfaldet"]


def test_paragraf_91_a_plan_that_lapsed_before_the_placement_began_is_asked_for_again(
    desk: Desk,
) -> None:
    decision = desk.decision("anbringelse_samtykke")
    decided(desk)
    desk.town.happened(H.BARN_HJEMGIVET, sag=desk.sag, person=desk.alma)
    desk.town.now += timedelta(days=3)
    desk.placed(afgoerelse=decision, starts_on=TODAY + timedelta(days=3))
    assert desk.deadlines("PLAN-ANB") == ["bortfaldet", "aaben"]
    with desk.town.product.store.read() as connection:
        due = connection.scalars(sa.select(frister.c.due).where(frister.c.rule == "PLAN-ANB")).all()
    assert {one.date() for one in due} == {TODAY.replace(month=9)}, "from the decision"
