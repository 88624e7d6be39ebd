"""A rule that is new, on what came in before it and has a case since, or none yet."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Rule, Subject
from dubu_plugin.store.deadlines import following
from dubu_plugin.store.tables import sager, underretninger
from dubu_plugin.testing.rules import rule
from dubu_plugin.usecases.frist.recompute import Report, recompute
from tests.usecases.frist.conftest import House


def school(**said: Any) -> Rule:
    values: dict[str, Any] = {
        "subject": Subject.UNDERRETNING,
        "opens_on": ("underretning_modtaget",),
        "met_by": ("underretning_vurderet",),
        "length": "5 days",
    }
    return rule("KOM-1", **(values | said))


OTHER = rule("ANDEN", met_by=("undersoegelse_opgivet",))


def came_in(house: House) -> UUID:
    house.rules(OTHER)
    counted(house)
    number = house.town.underretning("Alma Testvad har det ikke godt.")
    house.wait(days=1)
    return number


def change(house: House, table: sa.Table, key: UUID, **values: Any) -> None:
    with house.product.store.add() as connection:
        connection.execute(sa.update(table).where(table.c.id == key).values(**values))


def on_its_case(house: House, number: UUID) -> None:
    """Choose the child, as a day later: what was recorded when it came in names no case."""
    change(house, underretninger, number, sag_id=house.sag, child_id=house.child)


def counted(house: House, **more: Any) -> Report:
    return recompute(house.product.store, house.town.now, **more)


def test_it_opens_on_what_came_in_before_its_case(house: House) -> None:
    number = came_in(house)
    on_its_case(house, number)
    house.rules(OTHER, school())
    assert counted(house).opened == 1
    row = house.row("KOM-1")
    assert (row.underretning_id, row.sag_id, row.person_id) == (number, house.sag, house.child)
    assert counted(house).opened == 0


def test_it_opens_on_what_has_no_case_yet_and_follows_it_to_its_case(house: House) -> None:
    number = came_in(house)
    house.rules(OTHER, school())
    seen: list[tuple[int, int]] = []
    assert counted(house, progress=lambda done, of: seen.append((done, of))).opened == 1
    assert seen[-1] == (2, 2), "one case and what came in"
    assert (house.row("KOM-1").underretning_id, house.row("KOM-1").sag_id) == (number, None)
    on_its_case(house, number)
    with house.product.store.add() as connection:
        following.follow(connection, number, house.child, house.sag)
    assert house.row("KOM-1").sag_id == house.sag


def test_it_opens_where_there_is_no_case_at_all(house: House) -> None:
    came_in(house)
    change(house, sager, house.sag, phase="closed")
    house.rules(OTHER, school())
    assert counted(house).opened == 1


def test_nothing_opens_on_what_is_closed_or_too_old(house: House) -> None:
    number = came_in(house)
    change(house, underretninger, number, closed_at=house.town.now)
    house.rules(OTHER, school())
    assert counted(house).opened == 0
    old = house.town.underretning("Og igen.")
    house.wait(days=9)
    house.rules(OTHER, school(), school_too())
    assert counted(house).opened == 0, "it would have been due before the rule was there"
    change(house, underretninger, old, sag_id=house.sag)
    change(house, sager, house.sag, phase="closed")
    house.rules(OTHER, school(), school_too(), rule_of_the_closed())
    assert counted(house).opened == 0


def school_too() -> Rule:
    return rule("KOM-2", subject=Subject.UNDERRETNING, opens_on=("underretning_modtaget",),
                met_by=("underretning_vurderet",), length="3 days")  # fmt: skip


def rule_of_the_closed() -> Rule:
    return rule("KOM-3", subject=Subject.UNDERRETNING, opens_on=("underretning_modtaget",),
                met_by=("underretning_vurderet",), length="60 days")  # fmt: skip


def test_what_was_done_about_it_counts_and_so_does_that_it_was_registered_anew(
    house: House,
) -> None:
    first = came_in(house)
    house.town.assess(first, at=house.town.now)
    house.wait(hours=1)
    second = house.town.underretning("Er det en ansøgning?")
    house.wait(hours=1)
    house.town.happened(
        H.HENVENDELSE_OMREGISTRERET,
        underretning=second,
        data={"fra": "underretning", "til": "ansoegning"},
    )
    change(house, underretninger, second, henvendelse="ansoegning")
    house.wait(hours=1)
    house.rules(OTHER, school(annulled_by=("henvendelse_omregistreret",)))
    counted(house)
    assert house.row("KOM-1", "opfyldt").underretning_id == first
    assert house.row("KOM-1", "bortfaldet").underretning_id == second


def test_a_rule_on_the_case_opens_as_it_would_have_then(house: House) -> None:
    number = came_in(house)
    on_its_case(house, number)
    house.rules(OTHER, school(subject=Subject.SAG))
    assert counted(house).opened == 0, "what came in was on no case, and opened nothing on one"
