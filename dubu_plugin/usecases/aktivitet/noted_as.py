"""What is noted on the case when a step of a plan is done, so that its deadlines follow."""

from collections.abc import Set
from datetime import datetime
from typing import Final

from dubu_plugin.aktiviteter.plan import Plan
from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.plan_steps import Step
from dubu_plugin.usecases.sag.recordable import can_be_noted

COURSE: Final = list(Haendelse)


class MustBeNoted(CaseworkError):
    """The step is something the rules answer, so that ticking it off would leave them out."""

    danish = (
        "Trinnet er noget, der noteres på sagen, så fristerne følger med. Notér det, så bliver "
        "trinnet færdigt af sig selv."
    )

    def __init__(self, what: Haendelse) -> None:
        super().__init__(what.value)
        self.what = what


def notable(rules: RuleBook, now: datetime) -> Set[Haendelse]:
    """Return everything that can be noted on a case now."""
    return can_be_noted(rules, danish_day(now))


def noted_as(
    step: Step, plan: Plan | None, book: PlanBook, can_be: Set[Haendelse]
) -> Haendelse | None:
    """Return what is noted when a step is done; None where no hændelse does it that can be noted.

    :param plan: the version the case was given; None where nobody kept it.
    """
    planned = plan.by_key.get(step.key) if plan is not None else None
    kind = book.types.get(step.activity)
    met_by = planned.met_by if planned else kind.met_by if kind else frozenset()
    return min(met_by & can_be, key=COURSE.index, default=None)
