"""Many people write in the same dimensions at the same time: what was taken stands."""

from datetime import date

from dubu_plugin.bench.editing import edited

from .desk import Desk

EDITORS = 8
EACH = 4


def test_no_save_that_was_taken_is_lost_and_none_fails(desk: Desk) -> None:
    others = [desk.town.person(f"Prøvebarn {number}", born=date(2015, 5, 5)) for number in (1, 2)]
    sager = [desk.sag, *(desk.town.sag(child) for child in others)]
    cases = [(desk.asker("karen"), sag) for sag in sager]
    done = edited(desk.town.product, cases, EDITORS, lambda count: count < EACH, lambda _: None)
    assert (done.lost, done.failed) == (0, [])
    assert len(done.took) == EDITORS * EACH + done.clashes
    assert done.clashes > 0, "they wrote in the same fields"
