"""A substitute sees what is urgent, marked, for as long as the absence lasts; else the leader."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Protocol

import pytest

from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.min_dag import fravaer, stand_ins
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN, METTE
from dubu_plugin.usecases.min_dag.absence import (
    EndedAlready,
    NotAStandIn,
    Overlaps,
    StandInAway,
    TooLong,
    WrongDays,
    end_absence,
    set_absence,
)


class Desk(Protocol):
    town: Any
    today: Any
    now: Any

    def wait(self, **length: float) -> None: ...
    def act(self, who: str = ...) -> dict[str, Any]: ...
    def asker(self, key: str = ...) -> Any: ...
    def heads(self, who: str = ...) -> list[Any]: ...
    def underretning(self, name: str = ..., **more: Any) -> str: ...


def away(desk: Desk, stand_in: str | None = METTE, days: int = 4, who: str = KAREN) -> Any:
    last = desk.today + timedelta(days=days)
    return set_absence(who, desk.today, last, stand_in, **desk.act(who))


def marked(desk: Desk, who: str) -> set[str]:
    return {head.whose_name for head in desk.heads(who)} - {""}


def test_the_substitute_sees_the_urgent_lines_marked_for_whom(desk: Desk) -> None:
    bundle = desk.underretning()
    assert bundle not in {head.bundle for head in desk.heads(METTE)}
    away(desk)
    assert marked(desk, METTE) == {"Karen Demotoft"}
    assert bundle in {head.bundle for head in desk.heads(METTE)}


def test_what_can_wait_waits(desk: Desk) -> None:
    """A duty without a date is soon, and can wait until somebody is back."""
    bundle = desk.underretning()
    away(desk)
    head = next(one for one in desk.heads(KAREN) if one.bundle == bundle)
    assert head.is_urgent
    assert not replace(head, due=None, group=type(head.group).SNART).is_urgent
    assert not replace(head, group=type(head.group).SENERE).is_urgent


def test_it_ends_by_itself(desk: Desk) -> None:
    desk.underretning()
    away(desk, days=1)
    desk.wait(days=2)
    assert marked(desk, METTE) == set()


def test_it_can_be_ended(desk: Desk) -> None:
    desk.underretning()
    number = away(desk)
    end_absence(number, **desk.act(HENRIK))
    assert marked(desk, METTE) == set()


@pytest.mark.parametrize("who", [METTE, ANDERS])
def test_nobody_ends_it_for_a_colleague(desk: Desk, who: str) -> None:
    desk.underretning()
    number = away(desk)
    with pytest.raises(EndedAlready):
        end_absence(number, **desk.act(who))
    assert marked(desk, METTE) == {"Karen Demotoft"}


def test_without_a_substitute_the_leader_sees_them(desk: Desk) -> None:
    desk.underretning()
    away(desk, None)
    assert marked(desk, HENRIK) == {"Karen Demotoft"}
    assert marked(desk, METTE) == set()


def test_where_the_substitute_is_away_too_the_leader_sees_them(desk: Desk) -> None:
    desk.underretning()
    away(desk)
    away(desk, None, who=METTE)
    assert marked(desk, HENRIK) == {"Karen Demotoft"}


def test_two_who_stand_in_for_each_other_leave_it_to_the_leader(desk: Desk) -> None:
    desk.underretning()
    away(desk, METTE, days=4)
    with desk.town.product.store.write(actor=METTE, now=desk.now) as work:
        fravaer.add(work, METTE, desk.today, desk.today, KAREN)
    assert marked(desk, HENRIK) == {"Karen Demotoft"}


def test_a_leader_sets_it_for_the_team(desk: Desk) -> None:
    desk.underretning()
    set_absence(KAREN, desk.today, desk.today, METTE, **desk.act(HENRIK))
    assert marked(desk, METTE) == {"Karen Demotoft"}


def test_nobody_sets_it_for_a_colleague(desk: Desk) -> None:
    with pytest.raises(NotYours):
        set_absence(KAREN, desk.today, desk.today, None, **desk.act(METTE))


@pytest.mark.parametrize("who", [ANDERS, KAREN, "findes-ikke", "reva"])
def test_only_somebody_of_the_team_or_above_it_stands_in(desk: Desk, who: str) -> None:
    with pytest.raises(NotAStandIn):
        away(desk, who)


def test_a_leader_nobody_is_above_has_somebody_below_or_another_leader_stand_in(desk: Desk) -> None:
    away(desk, KAREN, who=HENRIK)


def test_who_is_offered_is_who_is_accepted(desk: Desk) -> None:
    with desk.town.product.store.read() as connection:
        people = {
            who: [one.key for one in stand_ins.choice(connection, desk.asker(who)).people]
            for who in (KAREN, HENRIK)
        }
    everybody = (KAREN, METTE, ANDERS, HENRIK, "adam", "fie", "reva")
    for who, offered in people.items():
        for other in everybody:
            if other in offered:
                end_absence(away(desk, other, who=who), **desk.act(who))
            else:
                with pytest.raises(NotAStandIn):
                    away(desk, other, who=who)
    assert METTE in people[KAREN]
    assert KAREN in people[HENRIK]


def test_a_substitute_who_is_away_those_days_is_refused_by_name(desk: Desk) -> None:
    away(desk, None, days=1, who=METTE)
    with pytest.raises(StandInAway) as no:
        away(desk, METTE)
    assert no.value.for_people().startswith("Mette Testgaard er også væk ")
    later = desk.today + timedelta(days=2)
    set_absence(KAREN, later, later, METTE, **desk.act())


@pytest.mark.parametrize(
    ("first", "last", "error"), [(2, 1, WrongDays), (-3, -1, WrongDays), (0, 400, TooLong)]
)
def test_the_days_make_sense(desk: Desk, first: int, last: int, error: type[CaseworkError]) -> None:
    day = desk.today
    with pytest.raises(error):
        set_absence(
            KAREN, day + timedelta(days=first), day + timedelta(days=last), None, **desk.act()
        )


def test_two_absences_do_not_overlap(desk: Desk) -> None:
    away(desk)
    with pytest.raises(Overlaps):
        away(desk, None, days=9)


def test_nothing_stands_twice_for_a_substitute(desk: Desk) -> None:
    for number in range(3):
        desk.underretning(f"Test{number} Prøvesen", responsible=METTE if number else KAREN)
    away(desk)
    bundles = [head.bundle for head in desk.heads(METTE)]
    assert len(bundles) == len(set(bundles)) == 3
