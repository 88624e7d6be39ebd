"""What the assessment decides is recorded on the child's case, so that its deadlines stand there.

An afdækning or an undersøgelse that the 24-hour assessment leads to is decided then and there: the
screening is made (barnets lov § 18), and the four months of an undersøgelse run from the day the
municipality became aware of the need (§ 20, stk. 3; § 26, stk. 3), which is when this underretning
came, or an earlier one that nobody has looked into. Where the assessment is put right, what no
longer holds is taken back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.store.aktivitet import plan_undoing
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines import hindsight, undoing
from dubu_plugin.store.sag import rettelser, sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift.kendskab import known_since
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import assessed_course
from dubu_plugin.store.underretning.assessed_course import MARK, CourseFact
from dubu_plugin.store.underretning.expected import is_about_unborn
from dubu_plugin.store.underretning.underretninger import Underretning, Vurdering

Course = Mapping[Haendelse, Mapping[str, JSON]]

WHY: Final = "24-timers vurderingen er rettet."
"""What stands beside what is taken back."""


def needs_support(step: NaesteSkridt) -> bool:
    """Tell whether there is reason to assume a need, so that it must be screened (§ 18)."""
    return step is not NaesteSkridt.INTET


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What the assessment decided before, and does not decide any more."""

    course: Mapping[Haendelse, CourseFact]
    """All that was recorded before."""
    undone: Mapping[Haendelse, tuple[UUID, Sequence[UUID]]]
    """Which hændelse took it back, and the deadlines that ended with it."""


def follow_assessment(work: Work, about: Underretning, vurdering: Vurdering) -> None:
    """Let what is recorded on the case be what the newest assessment decides. Twice is once."""
    record_decided(work, about, vurdering, take_back_decided(work, about, vurdering))


def take_back_decided(work: Work, about: Underretning, vurdering: Vurdering) -> TakenBack:
    """Take back what the assessment as it is now does not decide, on the child's case or another's.

    Before the assessment itself is recorded, for that answers what stands again.
    """
    wanted = _decided(work, about, NaesteSkridt(vurdering.next_step))
    before = {one.what: one for one in assessed_course.recorded_by(work.connection, about.id)}
    # The last to be decided is the first to be taken back: it rests on the others.
    gone = [one for one in before.values() if not _holds(one, about, wanted)]
    undone = {
        one.what: take_back_fact(work, about, one, right=one.what in wanted)
        for one in reversed(gone)
    }
    return TakenBack(before, undone)


def record_decided(work: Work, about: Underretning, vurdering: Vurdering, taken: TakenBack) -> None:
    """Record what the assessment decides, as far as it does not stand there."""
    sag = sager.by_id(work.connection, about.sag_id) if about.sag_id else None
    if sag is None:
        return
    for what, data in _decided(work, about, NaesteSkridt(vurdering.next_step)).items():
        stands = what in taken.course and what not in taken.undone
        noted = assessed_course.is_noted(
            work.connection, sag.id, about.id, what, since=about.received_at
        )
        if not stands and not noted:
            _record(work, about, sag, what, {**data, MARK: vurdering.version}, taken)


def _holds(one: CourseFact, about: Underretning, wanted: Course) -> bool:
    return one.sag == about.sag_id and wanted.get(one.what) == one.data


def _decided(work: Work, about: Underretning, step: NaesteSkridt) -> Course:
    if step is NaesteSkridt.AFDAEKNING:
        return {Haendelse.SCREENING_AFSLUTTET: {"udfald": "afdaekning"}}
    if step is not NaesteSkridt.BFU:
        return {}
    unborn = is_about_unborn(work.connection, about.id, about.child_id, danish_day(work.now))
    kind = "kommende_foraeldre" if unborn else "barnet"
    earlier = known_since(work.connection, about.sag_id) if about.sag_id else None
    known = danish_day(min(earlier or about.received_at, about.received_at)).isoformat()
    return {
        Haendelse.SCREENING_AFSLUTTET: {"udfald": "undersoegelse"},
        Haendelse.UNDERSOEGELSE_BESLUTTET: {"undersoegelse": kind, "kendskab": known},
    }


def _record(
    work: Work,
    about: Underretning,
    sag: Sag,
    what: Haendelse,
    data: Mapping[str, JSON],
    taken: TakenBack,
) -> None:
    was = taken.course.get(what)
    recorded = work.happened(
        what,
        occurred_at=was.occurred_at if was else None,
        sag=sag.id,
        underretning=about.id,
        person=about.child_id,
        responsible=sag.responsible or about.responsible,
        unit=sag.unit,
        data=data,
    )
    if what in taken.undone:
        by, lapsed = taken.undone[what]
        rettelser.put_right(work, by, recorded.id)
        undoing.stand_in(work.connection, lapsed, recorded.opened, by)
    hindsight.end_opened(work.connection, work.rules, sag.id, recorded.opened)


def take_back_fact(
    work: Work, about: Underretning, old: CourseFact, *, right: bool
) -> tuple[UUID, Sequence[UUID]]:
    """Take back what does not hold any more; return what says so, and the deadlines it ended.

    :param right: another is recorded in its place.
    """
    assert old.sag is not None
    by = work.happened(
        Haendelse.HAENDELSE_RETTET if right else Haendelse.HAENDELSE_TILBAGETAGET,
        sag=old.sag,
        person=about.child_id,
        data={"haendelse": str(old.id), "hvad": old.what.value},
    ).id
    rettelser.take_back(work, old.id, old.sag, by=by, reason=WHY)
    lapsed = undoing.undo(work.connection, work.rules, old.id, by=by, now=work.now, reason=WHY)
    plan_undoing.undo(work.connection, old.id, by=by, now=work.now)
    return by, lapsed
