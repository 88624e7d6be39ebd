"""Where a case is now, in a word or two: for a line that leads to it."""

from collections.abc import Mapping, Sequence
from typing import Final

from dubu_plugin.domain.forloeb import Fact, Stage, State
from dubu_plugin.domain.forloeb_handicap import line_of
from dubu_plugin.domain.forloeb_reached import reached
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.web.sag.steps import step_words

STAGES: Final[Mapping[str, Stage]] = {
    "modtaget": Stage.UNDERRETNING,
    "ansoegt": Stage.UNDERRETNING,
    "vurderet": Stage.UNDERRETNING,
    "intet": Stage.UNDERRETNING,
    "afdaekning": Stage.UNDERSOEGELSE,
    "boernefaglig_undersoegelse": Stage.UNDERSOEGELSE,
}
"""The step in the line that is named more closely by where what came in brought the case."""

ASSESSED: Final = frozenset({"vurderet", "intet"})
"""What says itself that it is finished."""


def standing_words(facts: Sequence[Fact], area: str, *, step: str | None, phase: str | None) -> str:
    """Return where a case is now, in words: what began last of what is under way, else what was
    finished last.

    An indsats that runs is followed up for as long, so it is the indsats the case is in.

    :param step: where what came in brought it; it names its step more closely, and is said alone
        where nothing is told of the case.
    """
    if phase == CLOSED:
        return step_words(step, phase)
    come_to = reached(facts, line_of(area))
    followed = come_to[Stage.INDSATS].state is State.I_GANG
    where = [
        (here.state is State.I_GANG, here.since, number, here)
        for number, here in enumerate(come_to.values())
        if here.since is not None
        and here.step.stage not in (Stage.KLAGE, Stage.AFSLUTTET)
        and not (here.step.stage is Stage.OPFOELGNING and followed)
    ]
    if not where:
        return step_words(step)
    under_way, *_, here = max(where, key=lambda one: one[:3])
    known = STAGES.get(step or "") is here.step.stage
    words = step_words(step) if known else here.step.title.lower()
    return words if under_way or (known and step in ASSESSED) else f"{words} færdig"
