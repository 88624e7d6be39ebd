"""Deadlines open, end and move by what happens, and by nothing else."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store import deadlines
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import frister
from dubu_plugin.store.transaction import Recorded

RECEIVED = datetime(2026, 5, 1, 13, 30, tzinfo=UTC)
"""Friday 1 May 2026 at 15.30 in Denmark."""


class Ground(Protocol):
    def person(self, name: str = ...) -> UUID: ...
    def underretning(self, **values: Any) -> UUID: ...
    def sag(self, child: UUID, **values: Any) -> UUID: ...


def happen(store: Store, what: H, underretning: UUID, **more: Any) -> Recorded:
    more.setdefault("occurred_at", RECEIVED)
    with store.write(actor="karen", now=RECEIVED + timedelta(minutes=5)) as work:
        return work.happened(what, underretning=underretning, **more)


def all_of(store: Store, underretning: UUID) -> list[sa.Row[Any]]:
    with store.read() as connection:
        query = sa.select(frister).where(frister.c.underretning_id == underretning)
        return list(connection.execute(query.order_by(frister.c.rule, frister.c.state)).all())


def states(store: Store, underretning: UUID) -> Mapping[str, str]:
    return {row.rule: row.state for row in all_of(store, underretning)}


def test_a_received_underretning_starts_two_clocks(store: Store, ground: Ground) -> None:
    it = ground.underretning(unit="modtagelse", responsible="karen")
    recorded = happen(store, H.UNDERRETNING_MODTAGET, it)
    first, second = all_of(store, it)
    assert set(recorded.opened) == {first.id, second.id}
    assert (first.rule, first.due) == ("UND-24T", RECEIVED + timedelta(hours=24))
    assert (second.rule, second.due) == (
        "UND-KVIT",
        datetime(2026, 5, 11, 21, 59, 59, tzinfo=UTC),
    )
    for row in (first, second):
        assert row.state == "aaben"
        assert row.anchor_id == recorded.id
        assert row.anchor_at == RECEIVED
        assert row.rule_version.isoformat() == "2024-01-01"
        assert row.profile == "hverdag_duty"
        assert (row.responsible, row.unit) == ("karen", "modtagelse")
        assert row.bundle == f"underretning:{it}"


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        (H.UNDERRETNING_VURDERET, "UND-24T"),
        (H.KVITTERING_SENDT, "UND-KVIT"),
        (H.KVITTERING_UDELADT, "UND-KVIT"),
    ],
)
def test_a_clock_stops_when_its_duty_is_done(
    store: Store, ground: Ground, what: H, rule: str
) -> None:
    it = ground.underretning()
    happen(store, H.UNDERRETNING_MODTAGET, it)
    done = happen(store, what, it, occurred_at=RECEIVED + timedelta(hours=2))
    (met,) = [row for row in all_of(store, it) if row.state == "opfyldt"]
    assert done.met == (met.id,)
    assert (met.rule, met.ended_by) == (rule, done.id)
    assert met.ended_at == RECEIVED + timedelta(hours=2)


def test_only_its_own_underretning_is_touched(store: Store, ground: Ground) -> None:
    one, other = ground.underretning(), ground.underretning()
    happen(store, H.UNDERRETNING_MODTAGET, one)
    happen(store, H.UNDERRETNING_MODTAGET, other)
    happen(store, H.UNDERRETNING_VURDERET, one)
    assert states(store, one)["UND-24T"] == "opfyldt"
    assert states(store, other)["UND-24T"] == "aaben"


def test_a_professional_is_told_the_outcome_and_others_are_not(
    store: Store, ground: Ground
) -> None:
    for professional, expected in ((True, {"UND-ORIENT": "aaben"}), (False, {}), (None, {})):
        it = ground.underretning()
        data = {} if professional is None else {"professional": professional}
        happen(store, H.UNDERRETNING_VURDERET, it, data=data)
        assert states(store, it) == expected


@pytest.mark.parametrize("what", [H.UNDERRETTER_ORIENTERET, H.ORIENTERING_UDELADT])
def test_the_orientation_has_no_date_and_ends_when_given_or_left_out(
    store: Store, ground: Ground, what: H
) -> None:
    it = ground.underretning()
    happen(store, H.UNDERRETNING_VURDERET, it, data={"professional": True})
    (row,) = all_of(store, it)
    assert (row.due, row.warn) == (None, None)
    happen(store, what, it)
    assert states(store, it) == {"UND-ORIENT": "opfyldt"}


def test_a_running_case_asks_for_fresh_eyes(store: Store, ground: Ground) -> None:
    it, child = ground.underretning(), ground.person()
    happen(store, H.UNDERRETNING_MODTAGET, it)
    assert "UND-GENV" not in states(store, it)
    happen(store, H.BARN_VALGT, it, person=child, data={"indsats": True})
    assert states(store, it)["UND-GENV"] == "aaben"
    happen(store, H.SAG_GENVURDERET, it)
    assert states(store, it)["UND-GENV"] == "opfyldt"


@pytest.mark.parametrize("overgreb", ["andre", "foraeldre"])
@pytest.mark.parametrize("what", [H.BOERNESAMTALE_HOLDT, H.BOERNESAMTALE_UNDLADT])
def test_suspected_abuse_asks_for_a_conversation(
    store: Store, ground: Ground, overgreb: str, what: H
) -> None:
    it = ground.underretning()
    happen(store, H.UNDERRETNING_VURDERET, it, data={"overgreb": overgreb})
    assert states(store, it) == {"UND-SAMTALE": "aaben", "BFU-MIST": "aaben"}
    happen(store, what, it)
    assert states(store, it) == {"UND-SAMTALE": "opfyldt", "BFU-MIST": "aaben"}


def test_no_abuse_no_conversation(store: Store, ground: Ground) -> None:
    it = ground.underretning()
    happen(store, H.UNDERRETNING_VURDERET, it, data={"overgreb": "nej"})
    assert states(store, it) == {}


@pytest.mark.parametrize(
    ("rule", "first", "then", "data", "denial"),
    [
        (
            "UND-SAMTALE", H.UNDERRETNING_MODTAGET, H.UNDERRETNING_VURDERET,
            {"overgreb": "andre"}, {"overgreb": "nej"},
        ),
        ("UND-GENV", H.BARN_FUNDET, H.BARN_VALGT, {"indsats": True}, {"indsats": False}),
        (
            "UND-ORIENT", H.UNDERRETNING_VURDERET, H.VURDERING_RETTET,
            {"professional": True}, {"professional": False},
        ),
    ],
)  # fmt: skip
def test_what_turns_out_not_to_be_so_is_no_duty_any_more(
    store: Store,
    ground: Ground,
    rule: str,
    first: H,
    then: H,
    data: Mapping[str, Any],
    denial: Mapping[str, Any],
) -> None:
    it = ground.underretning()
    happen(store, first, it, data=data)
    happen(store, then, it)
    assert states(store, it)[rule] == "aaben", "to say nothing is not to say no"
    happen(store, then, it, data=denial)
    assert states(store, it)[rule] == "bortfaldet"
    happen(store, then, it, data=data)
    assert sorted(row.state for row in all_of(store, it) if row.rule == rule) == [
        "aaben", "bortfaldet",
    ]  # fmt: skip


def test_what_is_done_stays_done_whatever_turns_out(store: Store, ground: Ground) -> None:
    it = ground.underretning()
    happen(store, H.UNDERRETNING_VURDERET, it, data={"overgreb": "andre"})
    happen(store, H.BOERNESAMTALE_HOLDT, it)
    happen(store, H.VURDERING_RETTET, it, data={"overgreb": "nej"})
    assert states(store, it) == {"UND-SAMTALE": "opfyldt", "BFU-MIST": "bortfaldet"}


def test_what_was_done_before_it_was_due_counts_as_done(store: Store, ground: Ground) -> None:
    it = ground.underretning()
    held = happen(store, H.BOERNESAMTALE_HOLDT, it, occurred_at=RECEIVED - timedelta(hours=1))
    happen(store, H.UNDERRETNING_VURDERET, it, data={"overgreb": "andre"})
    (row,) = [one for one in all_of(store, it) if one.rule == "UND-SAMTALE"]
    assert (row.state, row.ended_by) == ("opfyldt", held.id)
    assert row.ended_at == RECEIVED - timedelta(hours=1)


def test_a_rule_opens_once_on_an_underretning(store: Store, ground: Ground) -> None:
    it = ground.underretning()
    happen(store, H.UNDERRETNING_MODTAGET, it)
    happen(store, H.UNDERRETNING_VURDERET, it)
    again = happen(store, H.UNDERRETNING_MODTAGET, it)
    assert again.opened == ()
    assert len(all_of(store, it)) == 2


def test_something_else_after_all_stops_its_clocks_and_they_can_start_again(
    store: Store, ground: Ground
) -> None:
    it = ground.underretning()
    happen(store, H.UNDERRETNING_MODTAGET, it)
    happen(store, H.KVITTERING_SENDT, it)
    other = happen(store, H.HENVENDELSE_OMREGISTRERET, it)
    assert states(store, it) == {"UND-24T": "bortfaldet", "UND-KVIT": "opfyldt"}
    assert len(other.annulled) == 1
    back = happen(store, H.UNDERRETNING_MODTAGET, it)
    assert [row.rule for row in all_of(store, it) if row.id in back.opened] == ["UND-24T"]


def test_a_corrected_receipt_moves_the_clock_and_the_old_date_is_kept(
    store: Store, ground: Ground
) -> None:
    it = ground.underretning(responsible="karen")
    happen(store, H.UNDERRETNING_MODTAGET, it)
    happen(store, H.KVITTERING_SENDT, it)
    right = RECEIVED - timedelta(days=1, hours=3)
    moved = happen(store, H.MODTAGELSE_RETTET, it, occurred_at=right)
    rows = all_of(store, it)
    old = {row.rule: row for row in rows if row.state == "afloest"}
    new = {row.rule: row for row in rows if row.state != "afloest"}
    assert set(moved.replaced) == {row.id for row in old.values()}
    assert old["UND-24T"].due == RECEIVED + timedelta(hours=24)
    assert old["UND-24T"].ended_by == moved.id
    assert new["UND-24T"].due == right + timedelta(hours=24)
    assert new["UND-24T"].replaces == old["UND-24T"].id
    assert (new["UND-24T"].anchor_at, new["UND-24T"].anchor_id) == (right, moved.id)
    assert new["UND-24T"].responsible == "karen"
    # Day 0 is Thursday 30 April, so 1 May counts.
    assert new["UND-KVIT"].due == datetime(2026, 5, 8, 21, 59, 59, tzinfo=UTC)
    assert (new["UND-KVIT"].state, new["UND-KVIT"].ended_at) == ("opfyldt", RECEIVED)


def test_the_same_receipt_again_moves_nothing(store: Store, ground: Ground) -> None:
    it = ground.underretning()
    happen(store, H.UNDERRETNING_MODTAGET, it)
    assert happen(store, H.MODTAGELSE_RETTET, it, occurred_at=RECEIVED).replaced == ()
    assert len(all_of(store, it)) == 2


def test_a_corrected_clock_can_still_be_met_and_corrected_again(
    store: Store, ground: Ground
) -> None:
    it = ground.underretning()
    happen(store, H.UNDERRETNING_MODTAGET, it)
    for hours in (1, 2):
        happen(store, H.MODTAGELSE_RETTET, it, occurred_at=RECEIVED - timedelta(hours=hours))
    happen(store, H.UNDERRETNING_VURDERET, it)
    mine = [row.state for row in all_of(store, it) if row.rule == "UND-24T"]
    assert sorted(mine) == ["afloest", "afloest", "opfyldt"]


def test_the_version_in_force_on_the_danish_day_is_the_one_that_is_kept(
    store: Store, ground: Ground
) -> None:
    last = datetime(2024, 12, 31, 22, 59, tzinfo=UTC)  # 23.59 in Denmark
    for moment, version in (
        (last, "2024-01-01"),
        (last + timedelta(minutes=1), "2025-01-01"),
    ):
        it = ground.underretning()
        happen(store, H.UNDERRETNING_MODTAGET, it, occurred_at=moment, data={"indsats": True})
        (row,) = [row for row in all_of(store, it) if row.rule == "UND-GENV"]
        assert row.rule_version.isoformat() == version


def test_bl_213_over_new_year_each_clock_keeps_or_changes_its_row(
    store: Store, ground: Ground
) -> None:
    """What ran out in 2023 is serviceloven's; what was not finished is finished under the new."""
    it = ground.underretning()
    received = datetime(2023, 12, 28, 9, tzinfo=UTC)
    happen(store, H.UNDERRETNING_MODTAGET, it, occurred_at=received)
    assert {row.rule: row.rule_version.isoformat() for row in all_of(store, it)} == {
        "UND-24T": "2022-01-24",
        "UND-KVIT": "2024-01-01",
    }


def test_what_no_row_goes_back_to_is_not_opened(store: Store, ground: Ground) -> None:
    it = ground.underretning()
    before = datetime(2022, 1, 23, 22, 59, tzinfo=UTC)
    assert happen(store, H.UNDERRETNING_MODTAGET, it, occurred_at=before).opened == ()


def test_deadlines_follow_to_the_child_and_the_case(store: Store, ground: Ground) -> None:
    it, child = ground.underretning(), ground.person()
    sag = ground.sag(child)
    happen(store, H.UNDERRETNING_MODTAGET, it)
    happen(store, H.BARN_VALGT, it, person=child)
    assert {row.person_id for row in all_of(store, it)} == {child}
    assert {row.bundle for row in all_of(store, it)} == {f"underretning:{child}"}
    happen(store, H.UNDERRETNING_VURDERET, it, sag=sag)
    assert {row.sag_id for row in all_of(store, it)} == {sag}
    other = ground.person("Viggo Testvad")
    happen(store, H.BARN_VALGT, it, person=other)
    assert {row.bundle for row in all_of(store, it)} == {f"underretning:{other}"}


def test_a_deadline_knows_the_child_the_underretning_has(store: Store, ground: Ground) -> None:
    child = ground.person()
    it = ground.underretning(child_id=child, unit="nord")
    happen(store, H.UNDERRETNING_MODTAGET, it)
    assert {(row.person_id, row.unit) for row in all_of(store, it)} == {(child, "nord")}


def test_open_deadlines_are_handed_over_and_the_done_ones_stay(
    store: Store, ground: Ground
) -> None:
    it = ground.underretning(responsible="karen", unit="modtagelse")
    happen(store, H.UNDERRETNING_MODTAGET, it)
    happen(store, H.KVITTERING_SENDT, it)
    with store.write(actor="karen", now=RECEIVED) as work:
        moved = deadlines.hand_over(
            work.connection, underretning=it, responsible="anders", unit="nord"
        )
    assert moved == 1
    assert {row.rule: row.responsible for row in all_of(store, it)} == {
        "UND-24T": "anders",
        "UND-KVIT": "karen",
    }


def test_handing_over_is_about_one_thing(store: Store) -> None:
    with (
        store.write(actor="x", now=RECEIVED) as work,
        pytest.raises(ValueError, match="either"),
    ):
        deadlines.hand_over(
            work.connection, underretning=uuid4(), sag=uuid4(), responsible=None, unit=None
        )


def test_a_hændelse_no_rule_knows_moves_nothing(store: Store) -> None:
    with store.write(actor="x", now=RECEIVED) as work:
        recorded = work.happened(H.SAG_LUKKET, sag=uuid4())
    assert (recorded.opened, recorded.met, recorded.annulled) == ((), (), ())
