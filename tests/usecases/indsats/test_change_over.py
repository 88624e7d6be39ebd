"""Where a planned placement takes over from one that ends, the child is placed all the while."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.running import running
from dubu_plugin.store.sag import noted as store_noted
from dubu_plugin.store.tables import frister
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.give_up import give_up
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear
from dubu_plugin.usecases.indsats.put_into_effect import put_into_effect
from dubu_plugin.usecases.indsats.wanted import Wanted
from dubu_plugin.usecases.sag.close_case import StillPlanned, close_case

from .desk import NOW, RULED, TODAY, Desk

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


def noted(desk: Desk, *, days: int = 200) -> str:
    """Have it be noted that the child was placed; return the key."""
    key = str(uuid4())
    desk.town.happened(
        H.ANBRINGELSE_IVAERKSAT, sag=desk.sag, person=desk.alma, data={"anbringelse": key},
        occurred_at=NOW - timedelta(days=days),
    )  # fmt: skip
    return key


def begin_planned(desk: Desk, planned: Indsats, first: date, *, over: bool = True) -> None:
    wanted = Wanted(code="", starts_on=first, reason="omsorgssvigt", takes_over=over)
    put_into_effect(desk.sag, planned.id, wanted, seen=planned.version, **desk.act())


def not_begun(desk: Desk, planned: Indsats, first: date, **more: bool) -> dict[str, str]:
    with pytest.raises(IndsatsNotClear) as no:
        begin_planned(desk, planned, first, **more)
    assert not desk.its(planned.id).runs
    return {name: text.replace("\u00a0", " ") for name, text in no.value.fields.items()}


def test_paragraf_156_what_is_noted_is_taken_over_and_the_clocks_go_on(desk: Desk) -> None:
    key = noted(desk)
    before = open_clocks(desk)
    assert set(before) == set(CLOCKS)
    planned = desk.placed(place="kostskole", starts_on=TODAY + timedelta(days=1))
    desk.town.now += timedelta(days=1)
    first = TODAY + timedelta(days=1)
    assert "fra 23. november 2025" in not_begun(desk, planned, first, over=False)["tager_over"]
    begin_planned(desk, planned, first)
    with desk.town.product.store.read() as connection:
        assert [one.key for one in running(connection, desk.sag)] == [str(planned.id)]
        [ended] = store_noted.days_of(connection, desk.sag, H.ANBRINGELSE_OPHOERT)
    assert ended == TODAY
    [told] = desk.happened(H.ANBRINGELSE_OPHOERT)
    assert (told["anbringelse"], told["grund_kode"]) == (key, "ophoer_anden_indsats")
    after = open_clocks(desk)
    assert {rule: after[rule] for rule in CLOCKS if rule != "OPF-1"} == {
        rule: before[rule] for rule in CLOCKS if rule != "OPF-1"
    }
    note = desk.notes()[-1]["body"].replace("\u00a0", " ")
    assert "Den tager over fra anbringelsen, der var noteret fra 23. november 2025" in note


def test_paragraf_46_what_takes_over_begins_after_what_is_noted(desk: Desk) -> None:
    noted(desk, days=0)
    planned = desk.placed(place="kostskole", starts_on=TODAY + timedelta(days=1))
    assert "tidligst dagen efter" in not_begun(desk, planned, TODAY)["fra"]


def test_paragraf_46_what_is_noted_on_another_case_ends_there(desk: Desk) -> None:
    other = desk.town.sag(desk.alma)
    desk.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=other, person=desk.alma)
    planned = desk.placed(place="kostskole", starts_on=TODAY + timedelta(days=1))
    assert set(not_begun(desk, planned, TODAY)) == {"hvad"}
    assert not desk.happened(H.ANBRINGELSE_OPHOERT)


def test_paragraf_62_a_locked_stay_that_is_noted_ends_where_another_takes_over(desk: Desk) -> None:
    noted(desk)
    desk.town.happened(H.SIKRET_OPHOLD_BEGYNDT, sag=desk.sag, person=desk.alma,
                       occurred_at=NOW - timedelta(days=10))  # fmt: skip
    planned = desk.placed(place="kostskole", starts_on=TODAY + timedelta(days=1))
    begin_planned(desk, planned, TODAY)
    assert len(desk.happened(H.SIKRET_OPHOLD_OPHOERT)) == 1


def test_paragraf_98_the_placement_that_is_planned_later_is_named_where_one_cannot_end_yet(
    desk: Desk,
) -> None:
    old = desk.placed(starts_on=TODAY - timedelta(days=60))
    desk.placed(place="kostskole", starts_on=TODAY + timedelta(days=9))
    with pytest.raises(IndsatsNotClear) as no:
        end(desk.sag, old.id, TODAY, "ophoer_anden_indsats", "", seen=old.version, **desk.act())
    assert "fra 20. juni 2026 er planlagt" in no.value.fields["grund"].replace("\u00a0", " ")
