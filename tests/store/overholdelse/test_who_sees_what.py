"""Who is told what of whom: units, persons, small numbers, and deadlines one by one."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa

from dubu_plugin.frister.overholdelse import Quarter, Tally
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.overholdelse import rows as overholdelse_rows
from dubu_plugin.store.overholdelse import summary as overholdelse
from dubu_plugin.store.overholdelse.summary import Line
from dubu_plugin.store.tables import conflicts, personer

Town: TypeAlias = Any

NOW = datetime(2026, 5, 20, 10, 0, tzinfo=UTC)
SPRING = Quarter(2026, 2)
DAY = timedelta(days=1)
DUE = datetime(2026, 4, 20, 21, 59, 59, tzinfo=UTC)


def fill(town: Town) -> None:
    """Give Nord 6 deadlines of three caseworkers, Syd 2 of one."""
    for who in ("karen", "mette", "anders"):
        town.frist(responsible=who)
        town.late(responsible=who)
    town.frist(responsible="bodil", unit="syd")
    town.overdue(responsible="bodil", unit="syd")


@pytest.mark.parametrize(
    ("who", "persons"),
    [
        ("karen", {"karen"}),
        ("leder", {"karen", "mette", "anders"}),
        ("chef", {"karen", "mette", "anders", "bodil"}),
        ("fremmed", set()),
        ("adam", set()),
        ("reva", set()),
    ],
)
def test_only_who_leads_a_unit_sees_its_persons(town: Town, who: str, persons: set[str]) -> None:
    fill(town)
    assert set(town.sums("person", who)) == persons


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("karen", {"nord": Tally(3, 3)}),
        ("leder", {"nord": Tally(3, 3)}),
        ("chef", {"nord": Tally(3, 3), "syd": Tally(1, 0, 1)}),
        ("bodil", {"syd": None}),
        ("fremmed", {}),
        # Nord's sum would give Syd's away, so neither is told.
        ("adam", {"nord": None, "syd": None}),
        ("reva", {"nord": None, "syd": None}),
    ],
)
def test_the_units_whose_sums_each_role_sees(
    town: Town, who: str, seen: dict[str, Tally | None]
) -> None:
    fill(town)
    assert town.sums("unit", who) == seen


def test_a_unit_large_enough_is_told_to_who_sees_units_alone(town: Town) -> None:
    fill(town)
    for who in ("bodil", "bent", "birte"):
        town.frist(responsible=who, unit="syd")
    assert town.sums("unit", "adam") == {"nord": Tally(3, 3), "syd": Tally(4, 0, 1)}
    assert town.sums("unit", "reva") == town.sums("unit", "adam")


def test_small_numbers_of_a_rule_are_kept_from_colleagues_and_shown_to_the_leader(
    town: Town,
) -> None:
    fill(town)
    for _ in range(4):
        town.frist("KVIT", responsible="mette")
    mine = town.by_rule("karen")
    assert mine["KVIT"].tally is None
    assert mine["KVIT"].used is None
    assert mine["BFU"].tally is None, "with the unit's sum it would give the other away"
    assert town.by_rule("leder")["KVIT"].tally == Tally(kept=4)


def test_what_two_did_is_not_told_to_either(town: Town) -> None:
    for _ in range(5):
        town.frist(responsible="karen")
        town.frist(responsible="mette")
    assert town.by_rule("karen")["BFU"].tally is None
    town.frist(responsible="anders")
    assert town.by_rule("karen")["BFU"].tally == Tally(kept=11)


def test_the_sum_holds_nothing_that_is_not_shown() -> None:
    lines = [Line("a", Tally(5, 1)), Line("b", None), Line("c", Tally(2, 0, 3))]
    assert overholdelse.whole(lines) == Tally(7, 1, 3)


def test_ones_own_deadlines_in_another_unit_are_ones_own(town: Town) -> None:
    town.frist(responsible="karen", unit="syd")
    town.late(responsible="karen", unit=None)
    assert town.sums("person", "karen") == {"karen": Tally(1, 1)}


def test_somebody_without_a_unit_sees_their_own_alone(town: Town) -> None:
    fill(town)
    town.late(responsible="uden")
    assert town.sums("person", "uden") == {"uden": Tally(late=1)}
    assert town.sums("unit", "uden") == {}
    assert town.by_rule("uden") == {}


@pytest.mark.parametrize(
    ("who", "unit"),
    [("fie", None), ("fie", "nord"), ("karen", "syd"), ("leder", "vest"), ("leder", "syd"),
     ("fremmed", "nord"), ("chef", "findes-ikke"), ("adam", "findes-ikke")],
)  # fmt: skip
def test_a_unit_that_is_not_yours_looks_like_none(town: Town, who: str, unit: str | None) -> None:
    with pytest.raises(NotYours):
        town.sight(who, unit)


@pytest.mark.parametrize(
    ("who", "unit", "why"),
    [
        ("karen", None, "sagsbehandler:samme_enhed"),
        ("leder", None, "teamleder:samme_enhed"),
        ("chef", "nord", "teamleder:enhed_under"),
        ("adam", "nord", "administrator:ingen"),
        ("reva", None, "revisor:samme_enhed"),
        ("uden", None, "sagsbehandler:ansvarlig"),
    ],
)
def test_the_ground_is_told_for_the_log(town: Town, who: str, unit: str | None, why: str) -> None:
    assert town.sight(who, unit).decision.why == why


def test_a_unit_is_asked_for_with_those_below_it(town: Town) -> None:
    assert town.sight("chef", "vest").units == {"vest", "nord", "syd"}
    assert town.sight("adam", "top").units == {"top", "vest", "nord", "syd", "fjern"}


def test_what_is_in_no_unit_is_in_the_whole_municipalitys_sum(town: Town) -> None:
    for who in ("karen", "mette", "anders", "bodil", "bent"):
        town.frist(responsible=who, unit=None)
    assert town.by_rule("reva")["BFU"].tally == Tally(kept=5)
    assert town.by_rule("chef") == {}


# -- one by one ------------------------------------------------------------------------------------


def behind(town: Town, who: str) -> list[overholdelse_rows.Behind]:
    seen = town.sight(who)
    with town.store.read() as connection:
        return list(overholdelse_rows.behind(connection, town.rules, seen, NOW, 10))


def test_a_leader_sees_what_is_overdue_the_oldest_first(town: Town) -> None:
    town.overdue(due=DUE + DAY, responsible="mette")
    town.overdue(exceeded_reason="Barnet var bortrejst")
    town.late()
    found = behind(town, "leder")
    assert [(one.responsible, one.reason) for one in found] == [
        ("Karen Testgaard", "Barnet var bortrejst"),
        ("Mette Testgaard", None),
    ]
    assert {one.sag for one in found} == {town.sag}


def test_what_is_overdue_today_of_danger_stands_above_what_is_years_old(town: Town) -> None:
    for years in range(12):
        town.overdue(due=DUE - years * 90 * DAY, severity="lov")
    town.overdue(due=NOW - timedelta(hours=2), severity="akut", responsible="mette")
    assert [one.responsible for one in behind(town, "leder")][:2] == [
        "Mette Testgaard",
        "Karen Testgaard",
    ]


@pytest.mark.parametrize("who", ["karen", "adam", "reva", "fremmed"])
def test_nobody_else_sees_them_one_by_one(town: Town, who: str) -> None:
    town.overdue()
    assert behind(town, who) == []
    assert exported(town, who) == []


def exported(town: Town, who: str) -> list[overholdelse_rows.Kept]:
    seen = town.sight(who)
    with town.store.read() as connection:
        return list(overholdelse_rows.rows(connection, town.rules, seen, SPRING, NOW))


def test_a_leader_does_not_see_a_case_they_are_related_to(town: Town) -> None:
    town.overdue()
    with town.store.write(actor="system", now=NOW) as work:
        work.connection.execute(
            sa.insert(conflicts).values(employee="leder", person_id=town.child, relation="familie")
        )
    assert behind(town, "leder") == []
    assert exported(town, "leder") == []


def test_an_export_names_the_case_and_the_reason_and_no_child(town: Town) -> None:
    town.late(exceeded_reason="Udtalelse kom sent")
    town.overdue(due=NOW + DAY)
    (row,) = exported(town, "leder")
    assert (row.number, row.responsible, row.reason) == (
        "27-1",
        "Karen Testgaard",
        "Udtalelse kom sent",
    )
    assert not hasattr(row, "child_name")


def test_what_was_not_kept_of_a_rule_stands_with_its_reason(town: Town) -> None:
    town.frist()
    town.late(exceeded_reason="Udtalelse kom sent")
    town.late(due=DUE - 100 * DAY)
    seen = town.sight("leder")
    with town.store.read() as connection:
        found = overholdelse_rows.missed(connection, seen, SPRING, "BFU", NOW, 10)
    assert [one.reason for one in found] == ["Udtalelse kom sent"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Noah var syg, og noahs mor bortrejst", "N. var syg, og N.s mor bortrejst"),
        ("TESTLUND-PRØVE flyttede", "T.-P. flyttede"),
        (
            "Skolen svarede sent. Noahline er en anden.",
            "Skolen svarede sent. Noahline er en anden.",
        ),
    ],
)
def test_a_childs_name_in_a_reason_is_its_initials_in_the_export(said: str, told: str) -> None:
    assert overholdelse_rows.without_name(said, "Noah B Testlund-Prøve") == told


def test_the_export_leaves_the_childs_name_out_of_what_was_written(town: Town) -> None:
    with town.store.write(actor="system", now=NOW) as work:
        work.connection.execute(sa.update(personer).values(name="Noah Testlund"))
    town.late(exceeded_reason="Noah Testlund var syg", person_id=town.child)
    assert [one.reason for one in exported(town, "leder")] == ["N. T. var syg"]
