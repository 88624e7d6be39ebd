"""The talk with the child an assessment tells of (§ 137, stk. 3-4), held or left out.

Where the assessment is put right, what it told before is taken back: a talk that was not held
leaves the duty to hold it standing again, on the day that is said now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.vurdering import Samtale
from dubu_plugin.store.deadlines import undoing
from dubu_plugin.store.sag import rettelser
from dubu_plugin.store.sag.noted import MARK as NOTED
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning.assessed_course import MARK, CourseFact, facts_of
from dubu_plugin.store.underretning.underretninger import Underretning, Vurdering
from dubu_plugin.usecases.underretning.follow_assessment import take_back_fact

TELLS: Final[Mapping[str | None, Haendelse]] = {
    Samtale.HOLDT: Haendelse.BOERNESAMTALE_HOLDT,
    Samtale.UNDLADT: Haendelse.BOERNESAMTALE_UNDLADT,
}
"""What each answer is recorded as. One that is agreed has not happened."""
_ELSEWHERE: Final = frozenset({"samtale", NOTED})
"""What the data holds where a talk was written in Barn og familie, or noted by hand."""


@dataclass(frozen=True, slots=True)
class TalkBefore:
    """What the assessment told of the talk before it was put right."""

    stands: bool
    """It is told the same now."""
    undone: Sequence[tuple[UUID, Sequence[UUID]]] = ()
    """Which hændelse took each back, and the deadlines that ended with it."""


def take_back_talk(work: Work, about: Underretning, vurdering: Vurdering) -> TalkBefore:
    """Take back what was told of the talk and is told otherwise now.

    Before the assessment itself is recorded: that says which day the duty has, where it stands
    again. Where the law asks for no talk any more, one that was held with the child
    stays held; what was told of another child, whom it was not about, does not.
    """
    before = _told(work.connection, about)
    right = vurdering.conversation in TELLS
    if vurdering.conversation == Samtale.IKKE_AKTUEL:
        gone = [one for one in before if one.sag != about.sag_id]
    else:
        gone = [one for one in before if not _is_told(one, about, vurdering)]
    undone = [take_back_fact(work, about, one, right=right) for one in reversed(gone)]
    return TalkBefore(len(gone) < len(before), undone)


def record_talk(work: Work, about: Underretning, vurdering: Vurdering, before: TalkBefore) -> None:
    """Record the talk, or that it was left out, where it does not stand there."""
    what = TELLS.get(vurdering.conversation)
    if what is None or before.stands:
        return
    basis = {"hjemmel": "137-4"} if what is Haendelse.BOERNESAMTALE_UNDLADT else {}
    recorded = work.happened(
        what,
        occurred_at=_when(vurdering),
        sag=about.sag_id,
        underretning=about.id,
        person=about.child_id,
        data={**basis, MARK: vurdering.version},
    )
    for by, lapsed in before.undone:
        rettelser.put_right(work, by, recorded.id)
        undoing.stand_in(work.connection, lapsed, recorded.opened, by)


def _when(vurdering: Vurdering) -> datetime | None:
    return vurdering.conversation_at if vurdering.conversation == Samtale.HOLDT else None


def _is_told(one: CourseFact, about: Underretning, vurdering: Vurdering) -> bool:
    if one.sag != about.sag_id or one.what is not TELLS.get(vurdering.conversation):
        return False
    return _when(vurdering) in (None, one.occurred_at)


def _told(connection: sa.Connection, about: Underretning) -> Sequence[CourseFact]:
    """Return what the assessments told of the talk, and nobody has taken back."""
    found = facts_of(connection, about.id, TELLS.values())
    return [one for one in found if not _ELSEWHERE & one.data.keys()]
