"""What a 24-hour assessment is made about, and what its registration says once it is put right."""

from dataclasses import replace

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.underretning import ANONYM, Pligt, usual_duty
from dubu_plugin.domain.vurdering import Circumstances, asks_new_person
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import genvurderinger
from dubu_plugin.store.underretning.expected import is_about_unborn
from dubu_plugin.store.underretning.underretninger import Underretning, Vurdering
from dubu_plugin.usecases.skrift.begun_with import is_decided
from dubu_plugin.usecases.underretning.choose_child import existing
from dubu_plugin.usecases.underretning.correct import Corrections
from dubu_plugin.usecases.underretning.genvurder import handled_before, may_take_part


def completed(new: Corrections, about: Underretning) -> Corrections:
    """Return what is put right; the source and duty of somebody anonymous say themselves."""
    anonymous = about.anonymous if new.anonymous is None else new.anonymous
    source = new.underretter or about.underretter or (ANONYM if anonymous else None)
    duty = new.pligt or (Pligt(about.pligt) if about.pligt else None)
    if duty is None and source == ANONYM:
        duty = usual_duty(source)
    professional = new.professional if new.pligt else about.professional
    if professional is None and duty is not None:
        professional = duty is not Pligt.ALLE
    return replace(new, underretter=source, pligt=duty, professional=professional)


def circumstances(
    work: Work,
    about: Underretning,
    sag: Sag | None,
    said: Corrections,
    before: Vurdering | None,
    *,
    works_on_it: bool,
) -> Circumstances:
    """Return what the assessment is made about, as it is once the registration is put right.

    :param said: the registration, `completed`.
    :param before: the assessment that is put right, where there is one.
    :param works_on_it: whether the case is the assessor's to work on; else nothing is told of it.
    """
    assessed = before is not None and is_same_child(sag, about)
    return Circumstances(
        assessor=work.actor,
        child_is_said=sag is not None,
        asks_new_person=works_on_it
        and sag is not None
        and asks_new_person(
            has_indsats=sag.has_indsats,
            assessed=assessed,
            duty_stands=genvurderinger.stands_open(work.connection, about.id),
        ),
        handled_by=_handled_before(work, sag, about, before),
        may_take_part=_colleagues(work, sag, about),
        source=said.underretter,
        duty=said.pligt,
        received_at=said.received_at or about.received_at,
        now=work.now,
        undersoegelse_runs=sag is not None and is_decided(work.connection, sag.id),
        is_correction=assessed,
        is_unborn=sag is not None
        and is_about_unborn(work.connection, about.id, sag.child_id, danish_day(work.now)),
    )


def is_same_child(sag: Sag | None, about: Underretning) -> bool:
    """Tell whether an underretning stays on the case it lay on.

    :param about: as it was before a child was chosen with the assessment.
    """
    return sag is not None and sag.id == about.sag_id


def _handled_before(
    work: Work, sag: Sag | None, about: Underretning, before: Vurdering | None
) -> frozenset[str]:
    """Return who has handled the case; who was new in this assessment stays new in it."""
    if sag is None:
        return frozenset()
    new_here = {before.fresh_eyes} if before is not None else set()
    return frozenset(handled_before(work, about, sag.id) - new_here)


def _colleagues(work: Work, sag: Sag | None, about: Underretning) -> frozenset[str]:
    if sag is None or not sag.has_indsats:
        return frozenset()
    return frozenset(may_take_part(work, existing(work, about.id), sag.child_id))
