"""Lists and doors agree: what is shown can be entered, what can be entered is shown."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Role
from dubu_plugin.store import access
from dubu_plugin.store.sag.relations import SubjectKind
from dubu_plugin.store.tables import (
    candidates,
    conflicts,
    employees,
    metadata,
    personer,
    post_items,
    read_log,
    sager,
    sagsdeltagere,
    ties,
    underretninger,
    units,
)

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
ME = "me"


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        for key, parent in (("top", None), ("mine", "top"), ("below", "mine"), ("far", "top")):
            connection.execute(sa.insert(units).values(key=key, title=key, parent=parent))
        yield connection
    engine.dispose()


def employ(connection: sa.Connection, *roles: str) -> None:
    connection.execute(
        sa.insert(employees).values(
            key=ME, login=ME, name="Test Testesen", unit="mine", roles=",".join(roles), seen_at=NOW
        )
    )


def person(connection: sa.Connection) -> UUID:
    number = uuid4()
    connection.execute(
        sa.insert(personer).values(id=number, name="Prøve", born=date(2016, 12, 3), seen_at=NOW)
    )
    return number


def sag(
    connection: sa.Connection,
    *,
    unit: str,
    protected: bool,
    responsible: str | None = None,
    member: bool = False,
    block: str | None = None,
) -> UUID:
    number, child = uuid4(), person(connection)
    connection.execute(
        sa.insert(sager).values(
            id=number, title="Sag", child_id=child, area="udsatte_boern", step="modtaget",
            phase="active", responsible=responsible, unit=unit, protected=protected, opened_at=NOW,
        )
    )  # fmt: skip
    if member:
        connection.execute(
            sa.insert(sagsdeltagere).values(sag_id=number, employee=ME, first_at=NOW)
        )
    if block == "child":
        connection.execute(
            sa.insert(conflicts).values(employee=ME, person_id=child, relation="selv")
        )
    if block == "mother":
        mother = person(connection)
        connection.execute(sa.insert(ties).values(person_id=child, other_id=mother, tie="mor"))
        connection.execute(
            sa.insert(conflicts).values(employee=ME, person_id=mother, relation="familie")
        )
    return number


def underretning(
    connection: sa.Connection,
    *,
    unit: str | None,
    sag_id: UUID | None = None,
    responsible: str | None = None,
    protected: bool = False,
) -> UUID:
    number, post = uuid4(), uuid4()
    connection.execute(
        sa.insert(post_items).values(
            id=post, same_as=post.hex, channel="e-mail", received_at=NOW, stored_at=NOW,
            filename="a.eml", sha256="0" * 64, size=1, henvendelse="underretning",
            state="registreret",
        )
    )  # fmt: skip
    connection.execute(
        sa.insert(underretninger).values(
            id=number, post_id=post, henvendelse="underretning", state="ny", received_at=NOW,
            channel="e-mail", text="", child_state="ukendt", unit=unit, sag_id=sag_id,
            responsible=responsible, protected=protected,
            child_id=sa.select(sager.c.child_id).where(sager.c.id == sag_id).scalar_subquery(),
        )
    )  # fmt: skip
    return number


def entered(connection: sa.Connection, act: Act, kind: SubjectKind, number: UUID) -> bool:
    who = access.asker(connection, ME)
    assert who is not None
    try:
        access.enter(connection, who, act, kind, number, now=NOW)
    except access.NotYours:
        return False
    return True


@pytest.mark.parametrize("act", [Act.READ, Act.SEARCH, Act.WRITE, Act.EXPORT, Act.READ_LOG])
@pytest.mark.parametrize("role", [*Role, "ukendt_rolle"])
def test_a_list_of_cases_shows_exactly_those_that_can_be_entered(
    connection: sa.Connection, role: str, act: Act
) -> None:
    employ(connection, role)
    cases = [
        sag(connection, unit=unit, protected=protected, responsible=responsible, member=member,
            block=block)
        for unit, protected, responsible, member, block in product(
            ("mine", "below", "far"), (False, True), (None, ME), (False, True),
            (None, "child", "mother"),
        )
    ]  # fmt: skip
    who = access.asker(connection, ME)
    assert who is not None
    shown = set(connection.scalars(sa.select(sager.c.id).where(access.visible_sager(who, act))))
    assert shown == {number for number in cases if entered(connection, act, "sag", number)}


@pytest.mark.parametrize("role", Role)
def test_a_list_of_underretninger_shows_exactly_those_that_can_be_entered(
    connection: sa.Connection, role: Role
) -> None:
    employ(connection, role)
    mine = sag(connection, unit="far", protected=False, member=True)
    all_of_them = [
        underretning(connection, unit="mine"),
        underretning(connection, unit="far"),
        underretning(connection, unit="far", sag_id=mine),
        related := underretning(connection, unit="mine"),
    ]
    likely = person(connection)
    connection.execute(
        sa.insert(candidates).values(
            underretning_id=related, person_id=likely, score=50, reasons="navn"
        )
    )
    connection.execute(
        sa.insert(conflicts).values(employee=ME, person_id=likely, relation="familie")
    )
    who = access.asker(connection, ME)
    assert who is not None
    shown = set(
        connection.scalars(
            sa.select(underretninger.c.id).where(access.visible_underretninger(who, Act.READ))
        )
    )
    assert related not in shown
    assert shown == {n for n in all_of_them if entered(connection, Act.READ, "underretning", n)}


@pytest.mark.parametrize("act", [Act.READ, Act.WRITE, Act.REVEAL])
@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.TEAM_LEADER, Role.AUDITOR])
def test_a_list_shows_what_came_in_on_a_case_exactly_where_it_can_be_entered(
    connection: sa.Connection, role: Role, act: Act
) -> None:
    employ(connection, role)
    cases = {
        sag(connection, unit=unit, protected=protected, responsible=responsible, member=member)
        for unit, responsible, member in (
            ("mine", None, False),
            ("below", None, False),
            ("far", None, False),
            ("far", ME, False),
            ("far", None, True),
        )
        for protected in (False, True)
    } | {sag(connection, unit="mine", protected=False, block="child")}
    all_of_them = [
        underretning(connection, unit=unit, sag_id=on, responsible=responsible, protected=protected)
        for unit, on, responsible, protected in product(
            ("mine", "far"), cases, (None, ME), (False, True)
        )
    ]
    who = access.asker(connection, ME)
    assert who is not None
    shown = set(
        connection.scalars(
            sa.select(underretninger.c.id).where(access.visible_underretninger(who, act))
        )
    )
    assert shown == {n for n in all_of_them if entered(connection, act, "underretning", n)}


def test_who_is_in_no_unit_sees_nothing_that_is_in_none(connection: sa.Connection) -> None:
    employ(connection, Role.CASEWORKER)
    connection.execute(sa.update(employees).values(unit=None))
    underretning(connection, unit=None)
    who = access.asker(connection, ME)
    assert who is not None
    seen = sa.select(underretninger.c.id).where(access.visible_underretninger(who))
    assert connection.scalars(seen).all() == []


def test_every_try_at_a_door_is_logged_with_its_ground(connection: sa.Connection) -> None:
    employ(connection, Role.CASEWORKER)
    open_case = sag(connection, unit="mine", protected=False)
    closed_case = sag(connection, unit="mine", protected=True)
    assert entered(connection, Act.READ, "sag", open_case)
    assert not entered(connection, Act.READ, "sag", closed_case)
    assert not entered(connection, Act.READ, "sag", uuid4())
    lines = connection.execute(sa.select(read_log.c.why, read_log.c.allowed)).all()
    assert [(line.why, line.allowed) for line in lines] == [
        ("sagsbehandler:samme_enhed", True),
        ("nej:beskyttet", False),
        ("nej:findes_ikke", False),
    ]


def test_somebody_who_has_left_is_nobody(connection: sa.Connection) -> None:
    employ(connection, Role.CASEWORKER)
    connection.execute(sa.update(employees).values(active=False))
    assert access.asker(connection, ME) is None


def test_a_cpr_number_in_a_search_is_masked_in_the_log(connection: sa.Connection) -> None:
    from dubu_plugin.store.read_log import masked

    assert masked("031216-4990") == "031216-••••"
    assert masked("Alma 0312164990 Testvad") == "Alma 031216-•••• Testvad"
