"""What a delivery needs to know of the case it is about, and of who does it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.delivery.handling import Delivery
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.errors import Refused
from dubu_plugin.ports.journal_objects import Kind, Party, PartyKind, Ref
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store import staff
from dubu_plugin.store.family import personer as known_people
from dubu_plugin.store.tables import employees, personer, sager
from dubu_plugin.store.transaction import SYSTEM

OURSELVES = "dubu"
"""The system named where we refuse something ourselves."""

PARENTS: Final = {Tie.MOTHER: "Mor", Tie.FATHER: "Far"}
"""Who is a party to a child's case besides the child, and the word for the part they play."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case, as much of it as the host is told."""

    id: UUID
    title: str
    area: str
    protected: bool
    responsible: str | None
    unit: str | None
    host_key: str | None
    number: str | None
    child: Party


def case_file(d: Delivery, sag: UUID) -> CaseFile:
    """Return a case.

    :raises Refused: there is none.
    """
    # A child that is not born is registered on its mother (barnets lov § 133, stk. 1, nr. 2).
    child_row, party_row = personer.alias(), personer.alias()
    unborn = sa.and_(child_row.c.cpr.is_(None), child_row.c.mother_id.is_not(None))
    who = sa.case((unborn, child_row.c.mother_id), else_=child_row.c.id)
    with d.store.read() as connection:
        row = connection.execute(
            sa.select(
                sager,
                party_row.c.name,
                party_row.c.cpr,
                party_row.c.address,
                party_row.c.protected_address,
            )
            .join_from(sager, child_row, child_row.c.id == sager.c.child_id)
            .join(party_row, party_row.c.id == who)
            .where(sager.c.id == sag)
        ).one_or_none()
    if row is None:
        raise Refused(OURSELVES, d.kind, "ingen_sag")
    child = Party(
        PartyKind.PERSON,
        row.name,
        cpr=Cpr(row.cpr) if row.cpr else None,
        address=row.address,
        protected_address=row.protected_address,
    )
    return CaseFile(
        sag,
        row.title,
        row.area,
        row.protected,
        row.responsible,
        row.unit,
        row.host_key,
        row.number,
        child,
    )


def parents(d: Delivery, sag: UUID) -> list[tuple[UUID, Party]]:
    """Return a child's parents as parties, by our key; see `dubu_plugin.store.family.personer`."""
    with d.store.read() as connection:
        row = connection.execute(sa.select(sager.c.child_id).where(sager.c.id == sag)).one_or_none()
        child = known_people.by_id(connection, row.child_id) if row else None
        found = known_people.parents_of(connection, child) if child else ()
    return [
        (
            one.person.id,
            Party(
                PartyKind.PERSON,
                one.person.name,
                cpr=one.person.cpr,
                address=one.person.address,
                protected_address=one.person.protected_address,
                role=PARENTS[one.tie],
            ),
        )
        for one in found
    ]


def case_ref(d: Delivery, sag: UUID) -> Ref:
    """Return the host's ref of a case it has opened.

    :raises Refused: there is no such case, or a person gave up opening it: lanes are in order.
    """
    case = case_file(d, sag)
    if case.host_key is None:
        raise Refused(OURSELVES, d.kind, "sagen_er_ikke_oprettet")
    return Ref(d.ports.journal.name, Kind.CASE, case.host_key, case.number)


def name_of(d: Delivery, employee: str) -> str:
    """Return what a note calls somebody who works here."""
    if employee == SYSTEM:
        return "systemet"
    with d.store.read() as connection:
        name = connection.scalar(sa.select(employees.c.name).where(employees.c.key == employee))
    return name or employee


def somebody_in(d: Delivery, unit: str | None) -> str | None:
    """Return who a case is given where nobody has been named; see `dubu_plugin.store.staff`."""
    with d.store.read() as connection:
        return staff.stand_in(connection, unit)
