"""Who is family to whom, read both ways: as the address book has it, and children expected.

The address book knows no child before it is born and has a number, so it can never say that one is
a sibling's sister-to-be: that tie is kept with such a child alone, and read from the other side,
for as long as the address book does not know it.
"""

from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.tables import personer, ties

OF_UNBORN: Final = {
    Tie.CHILD: Tie.SIBLING,
    Tie.MOTHER: Tie.GRANDPARENT,
    Tie.FATHER: Tie.GRANDPARENT,
}
"""What the mother's family is to the child she expects. Others are simply family."""

_SEEN_FROM: Final = {
    Tie.MOTHER.value: Tie.CHILD.value,
    Tie.FATHER.value: Tie.CHILD.value,
    Tie.GRANDPARENT.value: Tie.GRANDCHILD.value,
    Tie.SIBLING.value: Tie.SIBLING.value,
}
"""What an unborn child is to those who are this to it. To others it is simply family."""


def kin(person: UUID | sa.ColumnElement[UUID]) -> sa.Subquery:
    """Return a person's family: ``other_id`` and ``tie``, each of them once."""
    known = sa.select(ties.c.other_id, ties.c.tie).where(ties.c.person_id == person)
    seen = sa.case(_SEEN_FROM, value=ties.c.tie, else_=Tie.OTHER.value)
    expected = (
        sa.select(ties.c.person_id.label("other_id"), seen.label("tie"))
        .join(personer, personer.c.id == ties.c.person_id)
        .where(
            ties.c.other_id == person,
            personer.c.mother_id.is_not(None),
            personer.c.host_key.is_(None),
            ties.c.person_id.not_in(sa.select(ties.c.other_id).where(ties.c.person_id == person)),
        )
    )
    return sa.union_all(known, expected).subquery()


def are_tied(connection: sa.Connection, person: UUID, other: UUID, tie: Tie) -> bool:
    """Tell whether somebody is this to a person."""
    family = kin(person)
    asked = sa.select(family.c.other_id).where(family.c.other_id == other, family.c.tie == tie)
    return connection.execute(asked).first() is not None
