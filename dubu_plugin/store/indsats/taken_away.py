"""What ended by a decision that took help away, and has not begun again since.

Where that decision falls, the help is to be given from the day after it stopped
(retssikkerhedsloven § 68; barnets lov §§ 11 and 99).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.sag import noted

TAKEN_BY: Final = "taget_ved"
"""What says, of help that has ended, which decision took it."""
BEGUN: Final = frozenset({IndsatsState.I_GANG, IndsatsState.OPHOERT})


def to_resume(connection: sa.Connection, sag: UUID, afgoerelse: UUID) -> Sequence[Indsats]:
    """Return what ended by a decision and is not given again.

    It is where the same has begun the day after; on a later day too, where the decision that gave
    it is not in force any more, or lies elsewhere.
    """
    keys = {
        said.get("indsats")
        for _, said in noted.told(connection, sag, H.INDSATS_OPHOERT)
        if said.get(TAKEN_BY) == str(afgoerelse)
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
