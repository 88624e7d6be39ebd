"""How far a case has got with each step of its course, read from what has happened.

A step is done because what ends it has happened, and not because a later one has begun: after an
emergency the screening is still to be made. What happened before the case was last closed belongs
to an earlier course.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.forloeb import BESIDE, STEPS, Fact, Reached, Stage, State, Step
from dubu_plugin.domain.given_up import without_given_up
from dubu_plugin.domain.haendelser import Haendelse as H

NEW_COURSE: Final = "ny_underretning"
"""What the reopening of a case says where a new underretning opened it."""


def reached(facts: Iterable[Fact], steps: Sequence[Step] = STEPS) -> Mapping[Stage, Reached]:
    """Return how far the case has got with each step: those of the line, then those beside it.

    :param facts: what has happened and stands; of the same moment, what was recorded first stands
        first. Other hændelser are passed over.
    :param steps: the line of the case's area.
    """
    mine = _as_put_right(_this_course(sorted(facts, key=lambda one: one.at)))
    mine = without_given_up(mine)
    found = {step.stage: _reached(step, mine) for step in (*steps, *BESIDE)}
    found[Stage.OPFOELGNING] = _followed(found[Stage.OPFOELGNING], found[Stage.INDSATS])
    return found


def _this_course(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return what has happened since the case was closed that a new underretning opened again.

    A case that was opened again by hand goes on where it was.
    """
    begins = 0
    closed = 0
    for number, one in enumerate(facts):
        if one.what is H.SAG_LUKKET:
            closed = number + 1
        elif one.what is H.SAG_GENAABNET and one.data.get("grund") == NEW_COURSE:
            begins = closed
    return facts[begins:]


def _as_put_right(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return the facts with each assessment as it is put right: only the newest answer counts.

    It counts from when it was first given. What another answer began, it never began.
    """
    answers: dict[str, list[Fact]] = {}
    for one in sorted(filter(_assesses, facts), key=lambda one: one.seq):
        answers.setdefault(one.about, []).append(one)
    found = []
    for one in facts:
        if not _assesses(one):
            found.append(one)
            continue
        its = answers[one.about]
        *_, agree = [list(same) for _, same in groupby(its, _answer)]
        if one is agree[0]:
            found.append(replace(one, data=its[-1].data))
        elif one is its[0]:
            found.append(replace(one, data={}))
    return found


def _answer(one: Fact) -> tuple[bool, bool]:
    """Return what an assessment begins: a screening, and help at once."""
    return bool(one.data.get("behov")), one.data.get("naeste") == "akut"


def _assesses(one: Fact) -> bool:
    return bool(one.about) and one.what in (H.UNDERRETNING_VURDERET, H.VURDERING_RETTET)


def _reached(step: Step, facts: Sequence[Fact]) -> Reached:
    state, since = State.KOMMER, None
    running: set[str] = set()
    for number, one in enumerate(facts):
        if _begins(step, one):
            told = _told_later(step, one, facts[:number])
            if told is None:
                running.add(_which(step, one))
            if state is not State.I_GANG and told is None:
                state, since = State.I_GANG, one.at
            elif state is State.KOMMER and told is not None:
                state, since = State.FAERDIG, told.at
        elif one.what is H.SAG_GENAABNET and step.stage is Stage.AFSLUTTET:
            state, since = State.KOMMER, None
        elif step.ended_by and state is State.FAERDIG:
            continue  # what comes after it is begun once
        elif one.what in step.implied and state is State.FAERDIG:
            continue  # it was over before
        elif _ends(step, one) and (state is State.I_GANG or step not in BESIDE):
            running.discard(_which(step, one))
            if one.what is H.BARN_HJEMGIVET or not step.many:
                running.clear()
            if not running:
                state, since = State.FAERDIG, one.at
    return Reached(step, state, since)


def _which(step: Step, one: Fact) -> str:
    """Return which of several of a step a fact is about; the same for all where there is one."""
    return str(one.data.get(step.many, "")) if step.many else ""


def _told_later(step: Step, begun: Fact, before: Sequence[Fact]) -> Fact | None:
    """Return what ended a step that a fact begins, though it is said to have happened before it.

    It was told afterwards, of the same day: then the time of day is only roughly known. See
    `dubu_plugin.frister.starting.is_too_early`, which judges the deadline so.
    """
    day = danish_day(begun.at)
    return next(
        (
            one
            for one in reversed(before)
            if one.seq > begun.seq
            and _ends(step, one)
            and _which(step, one) == _which(step, begun)
            and (step.whenever or danish_day(one.at) == day)
        ),
        None,
    )


def _begins(step: Step, one: Fact) -> bool:
    """Tell whether a fact begins a step; some do so by what they say."""
    match one.what:
        case H.SKRIFT_BEGYNDT:
            return one.data.get("art") in step.writing
        case H.UNDERRETNING_VURDERET | H.VURDERING_RETTET if step.stage is Stage.SCREENING:
            return bool(one.data.get("behov"))
        case H.UNDERRETNING_VURDERET | H.VURDERING_RETTET if step.stage is Stage.AKUT:
            return one.data.get("naeste") == "akut"
        case H.SCREENING_AFSLUTTET if H.UNDERSOEGELSE_BESLUTTET in step.begins:
            return one.data.get("udfald") in {"afdaekning", "undersoegelse"}
    return one.what in step.begins


def _ends(step: Step, one: Fact) -> bool:
    """Tell whether a fact ends a step; some do so by what they say."""
    match one.what:
        case H.SKRIFT_BEGYNDT:
            return one.data.get("art") in step.ended_by
        case H.SKRIFT_GODKENDT:
            return one.data.get("art") in step.approved
    return one.what in step.ends


def _followed(review: Reached, support: Reached) -> Reached:
    """Return the follow-up as it is due again for as long as an indsats runs."""
    if support.state is State.I_GANG:
        return Reached(review.step, State.I_GANG, review.since)
    return review
