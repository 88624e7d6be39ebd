"""Which decisions take help away, and what ended by one and has not begun again since.

Where such a decision falls, the help is to be given from the day after it stopped
(retssikkerhedsloven § 68; barnets lov §§ 11 and 99).
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.store.afgoerelse import afgoerelser, help_taken
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.sag import noted

TAKEN_BY: Final = "taget_ved"
"""What says, of help that has ended, which decision took it."""
BEGUN: Final = frozenset({IndsatsState.I_GANG, IndsatsState.OPHOERT})


def taking(connection: sa.Connection, its: Indsats, matter: str) -> Sequence[Afgoerelse]:
    """Return the decisions in force that take help from a family, made since it began, the newest
    first.

    A decision takes the help it names. One that names none takes whatever its matter can: it was
    made before decisions named theirs, or while no such help stood on the case.

    :param matter: what help of the kind is taken by.
    """
    named = help_taken.of_sag(connection, its.sag)
    return [
        one
        for one in afgoerelser.in_force(connection, its.sag)
        if one.matter == matter
        and one.decided_on is not None
        and its.starts_on <= one.decided_on
        and its.id in named.get(one.id, (its.id,))
    ]


def to_resume(connection: sa.Connection, sag: UUID, afgoerelse: UUID) -> Sequence[Indsats]:
    """Return what ended by a decision, or by one it was made in place of, and is not given again.

    It is where the same has begun the day after; on a later day too, where the decision that gave
    it is not in force any more, or lies elsewhere.
    """
    chain = {str(one) for one in afgoerelser.back_from(connection, afgoerelse)}
    keys = {
        said.get("indsats")
        for _, said in noted.told(connection, sag, H.INDSATS_OPHOERT)
        if said.get(TAKEN_BY) in chain
    }
    if not keys:
        return []
    standing = {one.id for one in afgoerelser.in_force(connection, sag)}
    there = indsatser.of_sag(connection, sag)
    gone = [one for one in there if str(one.id) in keys and one.ended_on is not None]
    return [
        one
        for one in gone
        if not any(_resumes(other, one, exact=one.afgoerelse in standing) for other in there)
    ]


def _resumes(other: Indsats, gone: Indsats, *, exact: bool) -> bool:
    if other.code != gone.code or other.state not in BEGUN or gone.ended_on is None:
        return False
    since = gone.ended_on + timedelta(days=1)
    return other.starts_on == since or (not exact and other.starts_on > since)


def taken_still(connection: sa.Connection, its: Afgoerelse) -> Collection[UUID]:
    """Return the help a decision took, as one made in its place finds it: what ended by it and is
    given again is there as what it is given as."""
    named = help_taken.named(connection, its.id)
    there = indsatser.of_sag(connection, its.sag)
    gone = {one.id for one in to_resume(connection, its.sag, its.id)}
    found = set()
    for one in there:
        if one.id not in named:
            continue
        again = (other for other in there if other.runs and _resumes(other, one, exact=False))
        found.add(one.id if one.runs or one.id in gone else next(again, one).id)
    return found
