"""What is noted on the case when a step of a plan is done, so that its deadlines follow."""

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Final

from dubu_plugin.aktiviteter.plan import Plan
from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.aktivitet.plan_steps import Step
from dubu_plugin.usecases.sag.recordable import can_be_noted

COURSE: Final = list(Haendelse)


class MustBeNoted(CaseworkError):
    """The step is something the rules answer, so that ticking it off would leave them out."""

    danish = (
        "Trinnet er noget, der noteres på sagen, så fristerne følger med. Notér det, så bliver "
        "trinnet færdigt af sig selv."
    )

    def __init__(self, choices: Sequence[Haendelse]) -> None:
        super().__init__(", ".join(choices))
        self.choices = choices
        """What it can be noted as, at least one."""


def notable(rules: RuleBook, now: datetime) -> Set[Haendelse]:
    """Return everything that can be noted on a case now."""
    return can_be_noted(rules, danish_day(now))


def noted_as(
    step: Step, plan: Plan | None, book: PlanBook, can_be: Set[Haendelse]
) -> Sequence[Haendelse]:
    """Return what a step can be noted as when it is done, as the law takes it up.

    A partshøring is sent or left out: who notes it says which. Empty where nothing that can be
    noted makes it done.

    :param plan: the version the case was given; None where nobody kept it.
    """
    planned = plan.by_key.get(step.key) if plan is not None else None
    kind = book.types.get(step.activity)
    met_by = planned.met_by if planned else kind.met_by if kind else frozenset()
    return sorted(met_by & can_be, key=COURSE.index)
