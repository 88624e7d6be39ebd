"""Which addresses are kept from others: a person's own, and of those they may live with."""

from collections.abc import Set
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.family.kinship import kin
from dubu_plugin.store.tables import netvaerk, personer, ties


def protected_near(connection: sa.Connection, person: UUID) -> Set[str]:
    """Return each address that a person or one near them has protected, folded by `folded`.

    Near is their family and what family those have, as a child's other parent, and the networks of
    the children among them: a letter to one of them tells where the other lives.
    """
    its = personer.c
    family = sa.select(kin(person).c.other_id)
    further = sa.select(ties.c.other_id).where(ties.c.person_id.in_(family))
    around = sa.select(netvaerk.c.other_id).where(
        sa.or_(netvaerk.c.child_id == person, netvaerk.c.child_id.in_(family))
    )
    near = sa.or_(its.id == person, its.id.in_(family), its.id.in_(further), its.id.in_(around))
    found = connection.scalars(
        sa.select(its.address).where(its.protected_address == sa.true(), near)
    )
    return {folded(one) for one in found if one}


def folded(address: str) -> str:
    """Return an address as it is compared with another."""
    return " ".join(address.replace(",", " ").casefold().split())
