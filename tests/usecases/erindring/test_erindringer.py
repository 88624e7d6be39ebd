"""Reminders: for whom, on what, and the host's copies of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import Erindring, Whom
from dubu_plugin.store.tables import outbox, sager
from dubu_plugin.testing import ordinary_day
from dubu_plugin.testing import town as towns
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN, METTE
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.erindring.complete_erindring import complete_erindring
from dubu_plugin.usecases.erindring.copy_to_host import copy_to_host
from dubu_plugin.usecases.erindring.hand_erindring import hand_erindring
from dubu_plugin.usecases.erindring.move_erindring import move_erindring
from dubu_plugin.usecases.erindring.on_erindring import (
    DayOver,
    ErindringDone,
    NobodyThere,
    NotThatColleague,
    NotThatTeam,
)
from dubu_plugin.usecases.erindring.set_erindring import NoteMissing, NoteTooLong, set_erindring

TOMORROW = date(2026, 3, 3)


@dataclass
class House:
    """A town with one case of Karen's."""

    town: Town
    child: UUID
    sag: UUID

    def who(self, key: str) -> Asker:
        with self.town.product.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    def set(self, who: str = KAREN, note: str = "Ring til skolen", **more: object) -> UUID:
        more.setdefault("day", TOMORROW)
        return set_erindring(
            note, product=self.town.product, asker=self.who(who), now=self.town.now, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def lines(self, who: str) -> list[Erindring]:
        with self.town.product.store.read() as connection:
            return list(erindringer.own_lines(connection, self.who(who)))

    def told(self) -> list[str]:
        with self.town.product.store.read() as connection:
            return list(
                connection.scalars(
                    sa.select(outbox.c.kind)
                    .where(outbox.c.kind.like("%reminder"))
                    .order_by(outbox.c.position)
                )
            )

    def act(self, act: object, number: UUID, *more: object, who: str = KAREN) -> None:
        act(number, *more, product=self.town.product, asker=self.who(who), now=self.town.now)  # type: ignore[operator]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    town = towns.build(tmp_path, ordinary_day.NOW)
    child = town.person("Alma Testvad")
    yield House(town, child, town.sag(child, responsible=KAREN, unit="modtagelse"))
    town.product.store.close()


def test_a_reminder_is_for_oneself_until_it_is_done(house: House) -> None:
    number = house.set()
    (line,) = house.lines(KAREN)
    assert (line.note, line.day, line.whom_name) == ("Ring til skolen", TOMORROW, "Karen Demotoft")
    assert house.lines(METTE) == []
    house.act(complete_erindring, number)
    assert house.lines(KAREN) == []
    with pytest.raises(ErindringDone):
        house.act(complete_erindring, number)


def test_a_team_shares_its_reminder(house: House) -> None:
    number = house.set(whom=Whom(unit="modtagelse"))
    assert [line.id for line in house.lines(METTE)] == [number]
    assert house.lines(ANDERS) == []
    house.act(complete_erindring, number, who=METTE)
    assert house.lines(KAREN) == []


def test_a_reminder_is_moved_and_handed_on(house: House) -> None:
    number = house.set()
    house.act(move_erindring, number, date(2026, 3, 9))
    house.act(hand_erindring, number, Whom(employee=METTE))
    (line,) = house.lines(METTE)
    assert line.day == date(2026, 3, 9)
    assert house.lines(KAREN) == []


def test_somebody_elses_reminder_is_not_there(house: House) -> None:
    number = house.set()
    for act, more in ((complete_erindring, ()), (move_erindring, (TOMORROW,))):
        with pytest.raises(NotYours):
            house.act(act, number, *more, who=METTE)
    with pytest.raises(NotYours):
        house.act(complete_erindring, uuid4())


def test_a_colleague_who_may_not_see_the_case_gets_no_reminder_on_it(house: House) -> None:
    with pytest.raises(NotThatColleague):
        house.set(sag=house.sag, whom=Whom(employee=ANDERS))
    with pytest.raises(NotYours):
        house.set(who=ANDERS, sag=house.sag)


def test_a_team_of_which_nobody_may_see_the_case_gets_no_reminder_on_it(house: House) -> None:
    with pytest.raises(NotThatTeam):
        house.set(sag=house.sag, whom=Whom(unit="nord"))
    number = house.set(sag=house.sag)
    with pytest.raises(NotThatTeam):
        house.act(hand_erindring, number, Whom(unit="nord"))
    house.set(sag=house.sag, whom=Whom(unit="modtagelse"))
    house.set(whom=Whom(unit="nord"))  # of no case any team can be reminded


def test_a_reminder_on_a_case_that_closes_to_somebody_is_no_longer_shown(house: House) -> None:
    house.set(sag=house.sag, whom=Whom(employee=METTE))
    assert len(house.lines(METTE)) == 1
    house.town.block(METTE, house.child)
    assert house.lines(METTE) == []


def test_a_reminder_says_something_on_a_day_that_comes(house: House) -> None:
    for wrong, error in (
        ({"note": "  "}, NoteMissing),
        ({"note": "x" * 501}, NoteTooLong),
        ({"day": date(2026, 3, 1)}, DayOver),
        ({"whom": Whom(employee="ingen")}, NobodyThere),
        ({"whom": Whom(unit="ingen")}, NobodyThere),
    ):
        with pytest.raises(error):
            house.set(**wrong)
    assert house.lines(KAREN) == []


def test_the_host_hears_of_a_reminder_on_a_case_and_of_no_other(house: House) -> None:
    house.set()
    assert house.told() == []
    number = house.set(sag=house.sag)
    house.act(move_erindring, number, date(2026, 3, 9))
    house.act(complete_erindring, number)
    assert house.told() == ["set_reminder", "set_reminder", "complete_reminder"]


def test_no_note_is_in_the_outbox_or_the_record(house: House) -> None:
    house.set(sag=house.sag, note="Hemmeligheden")
    with house.town.product.store.read() as connection:
        payloads = connection.scalars(sa.select(outbox.c.payload)).all()
    assert not [one for one in payloads if "Hemmelig" in one]
    assert "Hemmelig" not in repr(house.lines(KAREN))


@pytest.fixture
def deadline(house: House) -> UUID:
    """An underretning on the case, whose clock runs."""
    number = house.town.underretning("Tekst", child=house.child, sag=house.sag)
    house.town.now += timedelta(hours=1)
    return number


def in_host(house: House, key: str | None = "sag-1") -> None:
    with house.town.product.store.write(actor="system", now=house.town.now) as work:
        work.connection.execute(sa.update(sager).values(host_key=key))


def test_the_host_is_told_of_a_deadline_once_and_when_it_is_met(
    house: House, deadline: UUID
) -> None:
    in_host(house, None)
    assert copy_to_host(house.town.product, house.town.now) == 0, "the case is not in the host"
    in_host(house)
    assert copy_to_host(house.town.product, house.town.now) > 0
    assert copy_to_host(house.town.product, house.town.now) == 0
    before = house.told()
    house.town.happened(Haendelse.UNDERRETNING_VURDERET, underretning=deadline, sag=house.sag)
    copy_to_host(house.town.product, house.town.now)
    assert house.told()[len(before) :].count("complete_reminder") == 1


def test_the_host_is_told_again_when_a_deadline_moves(house: House, deadline: UUID) -> None:
    in_host(house)
    copy_to_host(house.town.product, house.town.now)
    before = len(house.told())
    house.town.happened(
        Haendelse.MODTAGELSE_RETTET,
        underretning=deadline,
        sag=house.sag,
        occurred_at=house.town.now - timedelta(hours=5),
    )
    copy_to_host(house.town.product, house.town.now)
    assert {"complete_reminder", "set_reminder"} <= set(house.told()[before:])


def closed_in_host(house: House, phase: str = "closed") -> None:
    with house.town.product.store.write(actor="system", now=house.town.now) as work:
        work.connection.execute(sa.update(sager).values(phase=phase))


def test_the_host_is_not_reminded_of_a_case_that_is_closed_there(
    house: House, deadline: UUID
) -> None:
    in_host(house)
    closed_in_host(house)
    assert copy_to_host(house.town.product, house.town.now) == 0
    assert house.told() == []
    closed_in_host(house, "active")
    assert copy_to_host(house.town.product, house.town.now) > 0, "opened again, it is reminded of"


def test_a_reminder_is_ticked_off_when_the_case_is_closed(house: House, deadline: UUID) -> None:
    in_host(house)
    copy_to_host(house.town.product, house.town.now)
    standing = len(house.told())
    closed_in_host(house)
    copy_to_host(house.town.product, house.town.now)
    assert house.told()[standing:] == ["complete_reminder"] * standing
    assert copy_to_host(house.town.product, house.town.now) == 0


def test_a_leader_sets_a_reminder_for_somebody_in_a_unit_below(house: House) -> None:
    house.set(who=HENRIK, whom=Whom(employee=KAREN), sag=house.sag)
    (line,) = house.lines(KAREN)
    assert line.set_by_name == "Henrik Prøveholm"
