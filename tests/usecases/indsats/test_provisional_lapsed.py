"""What the committee's chairman decided stands for a month (barnets lov § 143, stk. 5)."""

from datetime import date, time
from typing import Any

import pytest

from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear
from dubu_plugin.usecases.indsats.put_into_effect import put_into_effect
from dubu_plugin.usecases.indsats.wanted import Wanted

from .desk import TODAY, Desk
from .test_move_and_tilsyn import moved, wrong_of

LAST, LATE = date(2026, 7, 11), date(2026, 7, 12)
"""Of what the chairman decided on 11 June."""
AKUT: dict[str, Any] = {"place": "almen_plejefamilie", "reason": "omsorgssvigt"}


def test_paragraf_143_stk_5_nothing_begins_by_what_stood_for_a_month(desk: Desk) -> None:
    number = desk.decision("foreloebig")
    desk.town.now += LATE - TODAY
    with pytest.raises(IndsatsNotClear) as no:
        desk.begun("anbringelse_akut", afgoerelse=number, starts_on=LATE, begins_at=time(8), **AKUT)
    assert "til 11.\u00a0juli 2026 (§\u00a0143" in no.value.fields["fra"]


def test_paragraf_143_stk_5_what_is_planned_does_not_begin_after_the_month(desk: Desk) -> None:
    its = desk.begun(
        "anbringelse_akut", afgoerelse=desk.decision("foreloebig"), starts_on=LAST, **AKUT
    )
    desk.town.now += LATE - TODAY
    wanted = Wanted(code=its.code, starts_on=LATE, reason="omsorgssvigt", begins_at=time(8))
    with pytest.raises(IndsatsNotClear) as no:
        put_into_effect(desk.sag, its.id, wanted, seen=its.version, **desk.act())
    assert "til 11.\u00a0juli 2026 (§\u00a0143" in no.value.fields["fra"]


@pytest.mark.parametrize(("day", "may"), [(LAST, True), (LATE, False)])
def test_paragraf_98_and_143_stk_5_no_child_moves_by_what_stood_for_a_month(
    desk: Desk, day: date, may: bool
) -> None:
    its = desk.placed()
    desk.decision("foreloebig_sted")
    desk.town.now += day - TODAY
    said = {"on": day, "statement_on": day, "elsewhere": Elsewhere()}
    if may:
        moved(desk, its, **said)
    else:
        assert set(wrong_of(desk, its, **said)) == {"sted"}
