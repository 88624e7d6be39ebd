"""Who a case is about or concerns."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from dubu_journal import addresses
from dubu_journal import tables as t
from dubu_journal.addresses import Contact, NewContact
from dubu_journal.cases import open_case
from dubu_journal.rows import columns


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody on a case, and the part they play."""

    contact: Contact
    role: str | None
    is_primary: bool


def add(
    connection: sa.Connection,
    case_id: int,
    who: NewContact | int,
    *,
    role: str | None = None,
    is_primary: bool = False,
    by: str,
    now: datetime,
) -> int:
    """Make somebody a party to an open case and return their id in the address book.

    Nothing happens where they are one already. Somebody with no number is known again by name.

    :param who: an id in the address book, or what is known of somebody who may not be there.
    """
    open_case(connection, case_id)
    if isinstance(who, int):
        contact_id = addresses.get(connection, who).id
    else:
        known = _known(connection, case_id, who)
        contact_id = addresses.ensure(connection, who, now) if known is None else known
    connection.execute(
        t.case_parties.insert()
        .prefix_with("OR IGNORE")
        .values(
            case_id=case_id,
            contact_id=contact_id,
            role=role,
            is_primary=is_primary,
            added=now,
            added_by=by,
        )
    )
    return contact_id


def remove(connection: sa.Connection, case_id: int, contact_id: int) -> None:
    """Take a party who is not the primary one off an open case."""
    open_case(connection, case_id)
    there = (t.case_parties.c.case_id == case_id) & (t.case_parties.c.contact_id == contact_id)
    connection.execute(t.case_parties.delete().where(there, ~t.case_parties.c.is_primary))


def of_case(connection: sa.Connection, case_id: int) -> list[Party]:
    """Return the parties of a case, the primary first, then as they came."""
    return of_cases(connection, [case_id]).get(case_id, [])


def of_cases(
    connection: sa.Connection, case_ids: list[int], *, primary_only: bool = False
) -> dict[int, list[Party]]:
    """Return the parties of many cases in one question."""
    found: dict[int, list[Party]] = {}
    rows = connection.execute(_of_cases(primary_only), {"cases": case_ids})
    for case_id, role, is_primary, *contact in rows:
        found.setdefault(case_id, []).append(Party(Contact(*contact), role, is_primary))
    return found


@cache
def _of_cases(primary_only: bool) -> sa.Select[Any]:
    """Put together once: every page asks it."""
    asked = (
        sa.select(
            t.case_parties.c.case_id,
            t.case_parties.c.role,
            t.case_parties.c.is_primary,
            *columns(Contact, t.contacts),
        )
        .join(t.contacts, t.contacts.c.id == t.case_parties.c.contact_id)
        .where(t.case_parties.c.case_id.in_(sa.bindparam("cases", expanding=True)))
        .order_by(t.case_parties.c.is_primary.desc(), t.case_parties.c.added, t.contacts.c.id)
    )
    if primary_only:
        asked = asked.where(t.case_parties.c.is_primary)
    return asked


def _known(connection: sa.Connection, case_id: int, who: NewContact) -> int | None:
    """Return the id of the party who must be meant, where somebody has no number."""
    if who.cpr is not None or who.cvr is not None:
        return None
    same = sa.select(t.contacts.c.id).join(
        t.case_parties, t.case_parties.c.contact_id == t.contacts.c.id
    )
    named: dict[str, Any] = {"name": who.name, "kind": who.kind, "cpr": None, "cvr": None}
    asked = same.where(t.case_parties.c.case_id == case_id).filter_by(**named)
    return connection.execute(asked.limit(1)).scalar()
