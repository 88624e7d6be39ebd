"""Take over what somebody changed on a case in the host's own client.

Who has a case can be said in both places. What was said here and has not reached the host yet is
the newer, and stands; everything else the host says is so. Nothing here tells the host anything,
so a change cannot go round in circles.

What nobody told us of is found by comparing, once a day. Then it is not known what a person did
and what was always so, and the careful side is chosen: a case never loses its protection that way.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

import structlog

from dubu_plugin.domain.alder import is_near_due
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import Refused
from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.journal_objects import Case, Kind, Phase, Ref
from dubu_plugin.store import outbox, staff
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.database import Store
from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.outbox import State
from dubu_plugin.store.overholdelse import left_behind
from dubu_plugin.store.sag import lines_of_case, sager
from dubu_plugin.store.sag.sager import LONGEST_TITLE, Sag
from dubu_plugin.store.transaction import SYSTEM, Work
from dubu_plugin.usecases.pace import Pace
from dubu_plugin.usecases.sag.birth import is_born
from dubu_plugin.usecases.sag.child_name import RENAME
from dubu_plugin.usecases.sag.follow_status import follow_status, status_differs

STATUS: Final = "status"
FOLLOWED: Final = frozenset({"responsible", "unit", "title", "protected", STATUS})
"""What of a case is the host's to change. Its other changes are not followed.

How its status is followed stands in `dubu_plugin.usecases.sag.follow_status`.
"""

LATELY: Final = timedelta(days=90)
"""So long after it was closed a case is compared too: who opens one again does it soon."""

TRIES: Final = 3
"""How many times a case that is being changed all the while is read again."""


class Hosts(Protocol):
    """The part of the ports that is asked."""

    @property
    def journal(self) -> Journal:
        """The journal system."""


class Following(Protocol):
    """What is needed to follow the host."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def ports(self) -> Hosts:
        """The other systems."""


def case_changed(
    host_key: str, changed: Collection[str], *, product: Following, actor: str, now: datetime
) -> None:
    """Hear that somebody changed a case in the host; nothing happens where it is none of ours.

    :param changed: what they changed, by the names of `FOLLOWED` and others.
    :raises AdapterError: the host does not answer, or does not show the case.
    """
    said = sorted(FOLLOWED.intersection(changed))
    if not said:
        return
    with product.store.read() as connection:
        ours = sager.by_host_key(connection, host_key)
    if ours is not None:
        follow_host(ours.id, said=said, product=product, actor=actor, now=now)


def follow_host(
    sag: UUID, *, said: Collection[str], product: Following, actor: str, now: datetime
) -> None:
    """Make a case of ours like the host's, as it is at this moment.

    :param said: what a person is known to have changed; empty where it is only compared.
    :raises AdapterError: the host does not answer, or does not show the case.
    """
    journal = product.ports.journal
    with product.store.read() as connection:
        ours = sager.by_id(connection, sag)
    if ours is None or ours.host_key is None:
        return
    ref = Ref(journal.name, Kind.CASE, ours.host_key, ours.number)
    there = journal.get_case(ref)
    for _ in range(TRIES):
        with product.store.write(actor=actor, now=now) as work:
            _follow(work, sag, there, said)
        # Somebody may have changed it while this was written: who writes last has read last.
        seen, there = there, journal.get_case(ref)
        if there.version == seen.version:
            return


def catch_up(product: Following, now: datetime, pace: Pace = iter) -> int:
    """Compare every case that runs or was closed lately with the host's.

    Return how many were not alike. A host without a status for closed cases shows them all as open,
    so there nothing is opened again by comparing.

    :param pace: how fast they are looked at.
    :raises Unreachable: the host does not answer.
    """
    journal = product.ports.journal
    closes = any(one.phase is Phase.CLOSED for one in journal.statuses())
    with product.store.read() as connection:
        both = [
            *sager.running_in_host(connection),
            *(sager.closed_since(connection, now - LATELY) if closes else ()),
        ]
        stand_ins = {
            unit: staff.stand_in(connection, unit) for unit in {ours.unit for ours in both}
        }
        gone = left_behind.gone(connection)
        left = left_behind.who_left(connection)
    found = 0
    for ours in pace(both):
        try:
            there = journal.get_case(Ref(journal.name, Kind.CASE, ours.host_key or "", ours.number))
        except Refused as no:
            structlog.get_logger().warning("case_not_compared", sag=str(ours.id), error=str(no))
            continue
        nobody = _nobody(stand_ins[ours.unit], left.get(ours.id))
        differs = not ours.is_closed and _differs(ours, there, (), nobody, gone)
        if differs or status_differs(ours, there):
            follow_host(ours.id, said=(), product=product, actor=SYSTEM, now=now)
            found += 1
    return found


def _nobody(stand_in: str | None, left: str | None) -> str | None:
    """Return whom the host may have on a case only because it wants somebody, or None.

    :param left: who had the case and left: them it still has from then, and by nobody's guess.
    """
    return None if stand_in == left else stand_in


def _differs(
    ours: Sag,
    there: Case,
    said: Collection[str],
    stands_in: str | None,
    gone: Collection[str],
) -> Mapping[str, Any]:
    """Return what of the host's case is to be ours too, by our columns.

    :param gone: those who have left: whom the host still has on a case is nobody here.
    """
    if there.phase is Phase.CLOSED and not said:
        return {}
    found: dict[str, Any] = {
        "title": there.title[:LONGEST_TITLE],
        "protected": there.protected,
        # Some hosts know of no unit, or show none.
        "unit": there.unit or ours.unit,
        "responsible": there.responsible or ours.responsible,
    }
    if "responsible" not in said and ours.responsible is None and there.responsible == stands_in:
        # Whom we named ourselves, since the host wants somebody: nobody has decided it.
        found["responsible"] = None
    if found["responsible"] in gone:
        found["responsible"] = ours.responsible
    if "protected" not in said:
        found["protected"] = ours.protected or there.protected
    return {name: value for name, value in found.items() if value != getattr(ours, name)}


def _follow(work: Work, sag: UUID, there: Case, said: Collection[str]) -> None:
    ours = sager.by_id(work.connection, sag)
    if ours is None or ours.host_key != there.ref.key:
        return
    _see_to_birth(work, ours, there)
    if STATUS in said or not said:
        follow_status(work, ours, there, said=bool(said))
    if set(said) == {STATUS} or (ours.is_closed and not said):
        return
    left = left_behind.who_left(work.connection, sag)
    stands_in = _nobody(staff.stand_in(work.connection, ours.unit), left.get(sag))
    gone = left_behind.gone(work.connection)
    changes = dict(_differs(ours, there, said, stands_in, gone))
    if "title" in changes and _is_being_renamed(work, ours):
        del changes["title"]
    if not changes:
        return
    if changes.keys() & {"responsible", "unit"} and _ours_is_newer(work, ours, there, said):
        changes = {name: changes[name] for name in changes.keys() - {"responsible", "unit"}}
        if not changes:
            return
    sager.change(work.connection, sag, **changes)
    if ours.responsible is not None and "responsible" in changes:
        sager.take_part(work.connection, sag, ours.responsible, now=work.now, active=False)
    after = replace(ours, **changes)
    who = after.responsible
    if who is not None and personer.is_kept_from(work.connection, who, ours.child_id):
        who = None  # the lines go to the unit: nobody is given one about their own family
    lines_of_case.follow(
        work.connection, ours, responsible=who, unit=after.unit, protected=after.protected
    )
    work.happened(
        Haendelse.SAG_AENDRET_I_JOURNALEN,
        sag=sag,
        person=ours.child_id,
        responsible=who,
        unit=after.unit,
        data=_told(ours, after, changes),
    )


def _see_to_birth(work: Work, ours: Sag, there: Case) -> None:
    """Let an expected child be born, where the host's case is no longer about its mother."""
    child, about = personer.by_id(work.connection, ours.child_id), there.primary_party
    if child is None or not child.is_unborn or about is None or about.cpr is None:
        return
    if not is_near_due(child.due_date, about.cpr.born):
        return  # it is about a grown-up of the family, or the mother with another number
    mother = personer.by_id(work.connection, child.mother_id) if child.mother_id else None
    if mother is not None and mother.cpr is not None and mother.cpr != about.cpr:
        is_born(work, child, name=about.name, cpr=about.cpr, born=None, key=None)


def _is_being_renamed(work: Work, ours: Sag) -> bool:
    """Tell whether the host is still to be told the name the case's child has got."""
    newest = outbox.newest_of(work.connection, sag_lane(ours.id), RENAME)
    return newest is not None and newest.state not in (State.UDFOERT, State.OPGIVET)


def _ours_is_newer(work: Work, ours: Sag, there: Case, said: Collection[str]) -> bool:
    """Tell whether who has the case was said here, and the host has not been told yet.

    What was given up is not told either; then a person's word in the host is the newer.
    """
    newest = outbox.newest_of(work.connection, sag_lane(ours.id), "change_case")
    if newest is None or newest.state is State.UDFOERT:
        return False
    if newest.state is State.OPGIVET:
        return not said
    # Looked at once more when that is through: the host may have been changed after it.
    work.tell(
        "follow_host",
        lane=sag_lane(ours.id),
        key=op_key(newest.key, f"foelg:{there.version}"),
        payload={"sag": str(ours.id), "said": sorted(said)},
    )
    return True


def _told(before: Sag, after: Sag, changes: Mapping[str, Any]) -> Mapping[str, JSON]:
    """Return what the hændelse says: codes and keys. The title is a person's name, mostly."""
    told: dict[str, JSON] = {"aendret": sorted(changes)}
    if "responsible" in changes:
        told |= {"fra": before.responsible, "til": after.responsible}
    if "unit" in changes:
        told |= {"fra_enhed": before.unit, "til_enhed": after.unit}
    if "protected" in changes:
        told["beskyttet"] = after.protected
    return told
