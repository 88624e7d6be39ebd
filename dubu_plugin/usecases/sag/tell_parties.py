"""Have the host's case get the child's parents as parties, whenever we learn of new ones."""

from uuid import UUID

from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work


def tell_parties(work: Work, sag: UUID) -> None:
    """Have the host told who the parents are, once for each set of parents we have known.

    It stands behind the opening of the case in the lane, so it finds the case there.
    """
    found = sager.by_id(work.connection, sag)
    child = personer.by_id(work.connection, found.child_id) if found else None
    known = personer.parents_of(work.connection, child) if child else ()
    if not known:
        return
    who = ",".join(sorted(str(one.person.id) for one in known))
    work.tell(
        "add_parties",
        lane=sag_lane(sag),
        key=op_key(sag, f"parter:{who}"),
        payload={"sag": str(sag)},
    )
