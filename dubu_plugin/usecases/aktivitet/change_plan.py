"""Change a plan or make a new one, and take a change back. Running cases keep what they have."""

from datetime import datetime

from dubu_plugin.aktiviteter.plan import Plan
from dubu_plugin.aktiviteter.planbook import PlanBook, PlanSlip
from dubu_plugin.aktiviteter.planfile import PlanRow
from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import allow
from dubu_plugin.store.aktivitet import plan_versions
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.means import Writing


class PlanRefused(CaseworkError):
    """The plan does not fit the catalogue, the deadlines, the letters or itself."""

    danish = "Planen er ikke gemt: {reason}."

    def __init__(self, reason: str, step: int | None = None) -> None:
        super().__init__("plan refused")
        self.reason = reason
        self.step = step

    def for_people(self) -> str:
        """Return the sentence, and which step it is about where it is about one."""
        where = "" if self.step is None else f"Trin {self.step + 1}: "
        return where + super().for_people()


class NoSuchVersion(CaseworkError):
    """There is no own version of that name to go back to."""

    danish = "Den udgave findes ikke. Vælg en fra listen."


def checked(row: PlanRow, product: Writing) -> Plan:
    """Return the plan a row would be, for a preview. Stores nothing.

    :raises PlanRefused: it cannot be one.
    """
    book: PlanBook = product.store.plans
    known = {letter.code for letter in product.letters}
    for number, step in enumerate(row.trin):
        if step.letter and step.letter not in known:
            raise PlanRefused(f"der er ingen skabelon til brevet {step.letter}", number)
    try:
        return book.plan(row)
    except PlanSlip as slip:
        raise PlanRefused(slip.reason, slip.step) from None


def change_plan(row: PlanRow, *, product: Writing, asker: Asker, now: datetime) -> str:
    """Apply this version of a plan from now on, and return its version.

    :raises PlanRefused: it cannot be a plan.
    :raises NotYours: the policy says no.
    """
    allow(asker, Act.ADMINISTER)
    checked(row, product)
    with product.store.write(actor=asker.key, now=now) as work:
        before = _version_now(work, product.store.plans, row.code)
        plan_versions.keep(work.connection, row, own=True, now=now, by=asker.key)
        plan_versions.use(work.connection, row.code, row.version)
        _told(work, row.code, before, row.version)
    return row.version


def take_back(
    code: str, version: str | None, *, product: Writing, asker: Asker, now: datetime
) -> None:
    """Apply an earlier version again; None is the file's, or no plan where no file has it.

    :raises NoSuchVersion: there is no such version.
    :raises NotYours: the policy says no.
    """
    allow(asker, Act.ADMINISTER)
    with product.store.write(actor=asker.key, now=now) as work:
        kept = {one.version for one in plan_versions.versions(work.connection, code)}
        if version is not None and version not in kept:
            raise NoSuchVersion
        before = _version_now(work, product.store.plans, code)
        plan_versions.use(work.connection, code, version)
        _told(work, code, before, _version_now(work, product.store.plans, code))


def _version_now(work: Work, book: PlanBook, code: str) -> str | None:
    plan = plan_versions.in_use(work.connection, book).get(code)
    return None if plan is None else plan.version


def _told(work: Work, code: str, before: str | None, after: str | None) -> None:
    work.happened(
        Haendelse.AKTIVITETSPLAN_AENDRET, data={"plan": code, "fra": before, "til": after}
    )
