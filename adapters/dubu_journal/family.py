"""Who is related to whom.

What is recorded is each child's parents, and the ties that follow no line. Children, siblings,
grandparents and grandchildren follow from the parents, so they cannot disagree with them.
"""

from typing import Final

import sqlalchemy as sa

from dubu_journal import tables as t
from dubu_journal.addresses import Contact
from dubu_journal.refusals import BadValue
from dubu_journal.rows import columns

PARENTS: Final = frozenset({"mor", "far"})

MIRRORED: Final = {
    "partner": "partner",
    "soeskende": "soeskende",
    "bedsteforaelder": "barnebarn",
    "anden": "anden",
}
"""Ties that can be recorded beside the parents, and what the first is to the other."""


def relate(connection: sa.Connection, contact_id: int, tie: str, other_id: int) -> None:
    """Record that the other is the mother, partner, … of the first. It holds from both sides.

    :raises BadValue: the tie cannot be recorded; a child is recorded by its parents.
    """
    if tie not in PARENTS and tie not in MIRRORED:
        raise BadValue("tie")
    row = {"contact_id": contact_id, "tie": tie, "other_id": other_id}
    connection.execute(t.relations.insert().prefix_with("OR IGNORE").values(row))


def of(connection: sa.Connection, contact_id: int) -> list[tuple[str, Contact]]:
    """Return everybody related to somebody, with what they are to them, the closest first."""
    found = sa.union_all(*_recorded(contact_id), *_derived(contact_id)).subquery()
    asked = (
        sa.select(found.c.tie, *columns(Contact, t.contacts))
        .join(t.contacts, t.contacts.c.id == found.c.other_id)
        .where(t.contacts.c.id != contact_id)
        .order_by(found.c.distance, t.contacts.c.born, t.contacts.c.id)
    )
    closest: dict[int, tuple[str, Contact]] = {}
    for tie, *values in connection.execute(asked):
        contact = Contact(*values)
        closest.setdefault(contact.id, (tie, contact))
    return list(closest.values())


def _recorded(contact_id: int) -> list[sa.Select[str, int, int]]:
    r = t.relations
    mirrored = sa.case(MIRRORED, value=r.c.tie)
    return [
        _ties(r.c.tie, r.c.other_id, 1).where(r.c.contact_id == contact_id),
        _ties("barn", r.c.contact_id, 2).where(r.c.other_id == contact_id, r.c.tie.in_(PARENTS)),
        _ties(mirrored, r.c.contact_id, 3).where(r.c.other_id == contact_id, r.c.tie.in_(MIRRORED)),
    ]


def _derived(contact_id: int) -> list[sa.Select[str, int, int]]:
    near, far = t.relations.alias("near"), t.relations.alias("far")
    lines = near.c.tie.in_(PARENTS) & far.c.tie.in_(PARENTS)
    siblings = _ties("soeskende", far.c.contact_id, 4).join_from(
        near, far, near.c.other_id == far.c.other_id
    )
    above = _ties("bedsteforaelder", far.c.other_id, 5).join_from(
        near, far, near.c.other_id == far.c.contact_id
    )
    below = _ties("barnebarn", near.c.contact_id, 6).join_from(
        near, far, near.c.other_id == far.c.contact_id
    )
    return [
        siblings.where(lines, near.c.contact_id == contact_id),
        above.where(lines, near.c.contact_id == contact_id),
        below.where(lines, far.c.other_id == contact_id),
    ]


def _ties(
    tie: str | sa.ColumnElement[str], other_id: sa.ColumnElement[int], distance: int
) -> sa.Select[str, int, int]:
    said = sa.literal(tie) if isinstance(tie, str) else tie
    return sa.select(
        said.label("tie"), other_id.label("other_id"), sa.literal(distance).label("distance")
    )
