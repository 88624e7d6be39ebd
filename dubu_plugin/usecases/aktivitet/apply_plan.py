"""Put a plan on a case by hand, or on one's own unit."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.aktiviteter.plan import Plan, PlanSubject
from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.aktivitet import plan_versions
from dubu_plugin.store.aktivitet.aktiviteter import RUNNING
from dubu_plugin.store.aktivitet.plan_steps import laid, recount
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import aktivitetsplaner
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.aktivitet.on_plan import may_lead
from dubu_plugin.usecases.means import Means


class NoSuchPlan(CaseworkError):
    """There is no plan of that code for this."""

    danish = "Vælg en plan fra listen."


class AppliedAlready(CaseworkError):
    """The plan runs already; twice would be everything twice."""

    danish = "Planen er allerede lagt på sagen og er i gang. Du finder den på siden."


class CaseClosed(CaseworkError):
    """A closed case has nothing to plan."""

    danish = "Sagen er lukket, så der kan ikke lægges en plan på den."


def apply_plan(sag: UUID, code: str, *, product: Means, asker: Asker, now: datetime) -> UUID:
    """Put a plan on a case, counted from now, and return its number.

    :raises NoSuchPlan: there is none of that code for a case.
    :raises AppliedAlready: it runs on the case.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        plan = _named(work, product, code)
        if plan.subject is PlanSubject.ENHED:
            raise NoSuchPlan
        case = sager.by_id(work.connection, sag)
        if case is None:
            raise NotYours
        if case.is_closed:
            raise CaseClosed
        _insist_on_once(work, code, aktivitetsplaner.c.sag_id == sag)
        owner = {
            "sag_id": sag,
            "person_id": case.child_id,
            "responsible": case.responsible,
            "unit": case.unit,
        }
        return _laid(work, product, plan, owner, sag=sag, person=case.child_id)


def apply_to_unit(code: str, unit: str, *, product: Means, asker: Asker, now: datetime) -> UUID:
    """Put a unit's own plan, such as the leader's supervision, on a unit one leads. See above."""
    if not may_lead(asker, unit):
        raise NotYours
    with product.store.write(actor=asker.key, now=now) as work:
        plan = _named(work, product, code)
        if plan.subject is not PlanSubject.ENHED:
            raise NoSuchPlan
        on_unit = sa.and_(
            aktivitetsplaner.c.unit == unit,
            aktivitetsplaner.c.sag_id.is_(None),
            aktivitetsplaner.c.underretning_id.is_(None),
        )
        _insist_on_once(work, code, on_unit)
        return _laid(work, product, plan, {"responsible": asker.key, "unit": unit})


def _named(work: Work, product: Means, code: str) -> Plan:
    plan = plan_versions.in_use(work.connection, product.store.plans).get(code)
    if plan is None:
        raise NoSuchPlan
    return plan


def _insist_on_once(work: Work, code: str, where: sa.ColumnElement[bool]) -> None:
    query = sa.select(aktivitetsplaner.c.id).where(RUNNING, aktivitetsplaner.c.plan == code, where)
    if work.connection.scalar(query.limit(1)) is not None:
        raise AppliedAlready


def _laid(
    work: Work,
    product: Means,
    plan: Plan,
    owner: dict[str, Any],
    *,
    sag: UUID | None = None,
    person: UUID | None = None,
) -> UUID:
    recorded = work.happened(
        Haendelse.AKTIVITETSPLAN_LAGT,
        sag=sag,
        person=person,
        data={"plan": plan.code, "udgave": plan.version},
    )
    number = laid(
        work.connection,
        product.store.plans,
        plan,
        trigger=recorded.id,
        started_at=work.now,
        underretning=None,
        owner=owner,
        done={},
        replaces=None,
        by=work.actor,
        now=work.now,
    )
    recount(work.connection, [number], at=work.now, by=recorded.id)
    return number
