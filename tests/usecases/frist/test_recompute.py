"""A changed rule moves the deadlines that run under it, and no others."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Kind
from dubu_plugin.store.deadlines import recounting
from dubu_plugin.store.tables import frister
from dubu_plugin.testing.rules import book, rule
from dubu_plugin.usecases.frist.recompute import Report, recompute
from dubu_plugin.usecases.frist.tell_time import tell_time
from tests.usecases.frist.conftest import House, day_of

OPF = rule("OPF-1", moved_up_by=("undersoegelse_afsluttet",), paused_by=("aktindsigt_anmodet",),
           resumed_by=("aktindsigt_besvaret",))  # fmt: skip
OTHER = rule("ANDEN", met_by=("undersoegelse_opgivet",))


def counted(house: House, **more: Any) -> Report:
    return recompute(house.product.store, house.town.now, **more)


def begun(house: House) -> None:
    house.rules(OPF, OTHER)
    house.happen(H.INDSATS_IVAERKSAT)
    counted(house)


def changed(**said: Any) -> Any:
    return rule("OPF-1", moved_up_by=("undersoegelse_afsluttet",), **said)


def test_a_corrected_length_moves_the_day_and_keeps_the_old(house: House) -> None:
    begun(house)
    house.rules(changed(length="2 months"), OTHER)
    report = counted(house)
    assert (report.rules, report.seen, report.moved) == (["OPF-1"], 1, 1)
    old, new = house.row("OPF-1", "afloest"), house.row("OPF-1")
    assert (day_of(old), day_of(new)) == (date(2026, 6, 2), date(2026, 5, 2))
    assert (new.replaces, new.anchor_id, new.anchor_at) == (old.id, old.anchor_id, old.anchor_at)
    assert house.told()[-1] == "regel_aendret"
    assert house.row("ANDEN").replaces is None


def test_counted_twice_nothing_moves_twice(house: House) -> None:
    begun(house)
    house.rules(changed(length="2 months"), OTHER)
    counted(house)
    assert counted(house).rules == []
    report = counted(house, everything=True)
    assert (report.seen, report.kept, report.moved) == (2, 2, 0)


def test_what_began_before_a_new_row_keeps_the_old_one(house: House) -> None:
    begun(house)
    house.rules(
        changed(in_force_to=date(2026, 12, 31)),
        changed(in_force_from=date(2027, 1, 1), length="1 months"),
        OTHER,
    )
    report = counted(house)
    assert (report.moved, report.adjusted, report.kept) == (0, 0, 1)
    assert day_of(house.row("OPF-1")) == date(2026, 6, 2)


def test_a_new_row_that_covers_the_start_takes_over(house: House) -> None:
    begun(house)
    house.rules(
        changed(in_force_to=date(2025, 12, 31)),
        changed(in_force_from=date(2026, 1, 1), length="1 months"),
        OTHER,
    )
    assert counted(house).moved == 1
    row = house.row("OPF-1")
    assert (row.rule_version, day_of(row)) == (date(2026, 1, 1), date(2026, 4, 2))


def test_better_words_move_nobody_and_a_new_warning_is_taken(house: House) -> None:
    begun(house)
    house.rules(changed(title="Bedre ord", duty="Også bedre."), OTHER)
    assert counted(house).moved == 0
    house.rules(changed(warn_before="1 months"), OTHER)
    report = counted(house)
    assert (report.moved, report.adjusted) == (0, 1)
    assert house.row("OPF-1").warn.date() < date(2026, 5, 3)
    assert len(house.rows()) == 2


def test_met_and_lapsed_deadlines_are_left_alone(house: House) -> None:
    begun(house)
    house.happen(H.OPFOELGNING_AFHOLDT)
    house.rules(changed(length="2 months"), OTHER)
    assert counted(house).seen == 0


def test_what_was_interrupted_or_moved_up_keeps_what_it_was_given(house: House) -> None:
    begun(house)
    house.wait(days=20)
    house.happen(H.UNDERSOEGELSE_AFSLUTTET)
    up = house.row("OPF-1").due
    house.rules(changed(length="2 months"), OTHER)
    counted(house)
    assert house.row("OPF-1").due == up
    house.rules(changed(length="2 weeks"), OTHER)
    counted(house)
    assert house.row("OPF-1").due == house.row("OPF-1").due < up


def test_a_removed_rule_that_cases_hold_leaves_their_deadlines_and_is_told(house: House) -> None:
    begun(house)
    house.rules(OTHER)
    report = counted(house)
    assert (report.orphaned, report.moved) == ({"OPF-1": 1}, 0)
    assert house.row("OPF-1").state == "aaben"


def test_a_deadline_that_is_missed_no_longer_loses_what_followed(house: House) -> None:
    step = rule("TRIN", opens_on=("frist_overskredet",), when={"frist": ["OPF-1"]}, length="9 days")
    house.rules(OPF, step)
    house.happen(H.INDSATS_IVAERKSAT)
    house.wait(days=95)
    tell_time(house.product, house.town.now)
    assert house.row("TRIN").state == "aaben"
    house.rules(changed(length="12 months"), step)
    counted(house)
    assert house.row("OPF-1").exceeded_at is None
    assert house.row("TRIN", "bortfaldet").ended_at == house.town.now


def test_a_new_rule_opens_on_running_cases_what_is_not_due_yet(house: House) -> None:
    begun(house)
    born_2015 = rule("PART-15", kind=Kind.ALDER, opens_on=("sag_oprettet",), length=None, age=15)
    short = rule("KORT", length="1 days")
    long = rule("LANG", length="5 months")
    closed = house.town.sag(house.town.person("Bo Testvad"), phase="closed")
    house.wait(days=10)
    house.rules(OPF, OTHER, born_2015, short, long)
    report = counted(house)
    assert report.opened == 2
    assert day_of(house.row("PART-15")) == date(2030, 5, 4)
    assert day_of(house.row("LANG")) == date(2026, 8, 2)
    assert not [row for row in house.rows() if row.rule == "KORT" or row.sag_id == closed]
    assert counted(house).opened == 0


def test_a_new_rule_whose_duty_was_done_is_met_at_once(house: House) -> None:
    begun(house)
    house.wait(days=2)
    house.happen(H.PLAN_BESLUTTET)
    house.rules(OPF, OTHER, rule("NY", met_by=("plan_besluttet",)))
    house.wait(days=2)
    counted(house)
    assert house.row("NY", "opfyldt").ended_at == house.town.now - timedelta(days=2)


def test_deadlines_from_before_rules_were_marked_are_marked(house: House) -> None:
    house.rules(OPF)
    house.happen(H.INDSATS_IVAERKSAT)
    with house.product.store.add() as connection:
        connection.execute(sa.update(frister).values(rule_hash=None))
    report = counted(house)
    assert (report.seen, report.adjusted, report.moved) == (1, 1, 0)
    assert house.row("OPF-1").rule_hash is not None


def test_progress_ends_with_all_of_it(house: House) -> None:
    begun(house)
    house.rules(changed(length="2 months"), OTHER, rule("NY"))
    seen: list[tuple[int, int]] = []
    counted(house, progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (2, 2)


def test_what_changed_is_known_before_it_is_counted(house: House) -> None:
    begun(house)
    with house.product.store.read() as connection:
        assert not recounting.changed(connection, house.product.store.rules).codes
        new = book(changed(length="2 months"), OTHER, rule("NY"))
        what = recounting.changed(connection, new)
    assert (set(what.codes), set(what.fresh)) == ({"OPF-1", "NY"}, {"NY"})


def test_a_worker_may_write_while_it_is_counted(house: House) -> None:
    begun(house)
    house.rules(changed(length="2 months"), OTHER)
    wrote: list[datetime] = []

    def meanwhile(done: int, of: int) -> None:
        house.happen(H.NOTAT_JOURNALISERET)
        wrote.append(house.town.now)

    counted(house, progress=meanwhile)
    assert wrote


def test_what_a_rule_no_longer_calls_missed_is_not_missed(house: House) -> None:
    begun(house)
    house.wait(days=100)
    tell_time(house.product, house.town.now)
    assert house.row("OPF-1").exceeded_at is not None
    house.rules(changed(kind=Kind.PLIGT), OTHER)
    counted(house)
    row = house.row("OPF-1")
    assert (row.kind, row.exceeded_at, day_of(row)) == ("pligt", None, date(2026, 6, 2))
