"""»Gem og send«: the plan stands, it lies on the case, and the parents get their copies."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker, decide
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.domain.maal import PARENTS, PLANS
from dubu_plugin.domain.netvaerk import may_be_holders
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store import access, maal, netvaerk, personer, sager, tekster
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.personer import Known
from dubu_plugin.store.tekster import Texts
from dubu_plugin.usecases.dokument.order_plan import order_copy, order_whole
from dubu_plugin.usecases.skrift.on_skrift import OnSkrift, Skriver, happened, on_skrift
from dubu_plugin.usecases.skrift.present import ADOPTS, stand


def send_plan(
    sag: UUID,
    plan: UUID,
    parents: Collection[UUID],
    *,
    product: Skriver,
    asker: Asker,
    now: datetime,
) -> Sequence[UUID]:
    """Have the plan stand as it is written, and return the letters with the parents' copies.

    :param parents: who gets a copy.
    :raises NotFinished: something that must be there is not; nothing is sent.
    :raises NotOpen, CaseClosed: see `dubu_plugin.usecases.skrift.on_skrift`.
    :raises NotYours: the policy says no, there is no such plan, or one is no parent of the child's.
    """
    with on_skrift(sag, plan, product=product, asker=asker, now=now) as here:
        if here.skrift.kind not in PLANS:
            raise NotYours
        work = here.work
        may = {one.id for one in receivers(work.connection, here.sag.child_id, now)}
        if not set(parents) <= may:
            raise NotYours
        stand(here, product)
        said = tekster.read(work.connection, plan, here.skrift.version)
        if here.skrift.kind is not PARENTS:
            _adopt_for_siblings(here, said, asker, product)
        return [
            order_copy(
                work, here.sag, here.skrift, said, one, form=here.form, letters=product.letters,
                municipality=product.settings.municipality, catalogue=product.indsatser,
            )
            for one in sorted(parents)
        ]  # fmt: skip


def _adopt_for_siblings(here: OnSkrift, said: Texts, asker: Asker, product: Skriver) -> None:
    """Have the plan stand on the cases of the siblings it has goals for (§ 91, stk. 3).

    Only on those the asker writes on: the others are told of it by whoever has them.
    """
    work, plan = here.work, here.skrift
    goals = maal.of_skrift(work.connection, plan.id, said)
    others = dict.fromkeys(one.person for one in goals if one.person != here.sag.child_id)
    for child in others:
        for theirs in sager.running_of(work.connection, child):
            about = access.subject(work.connection, asker, "sag", theirs.id)
            if about is None or not decide(asker, Act.WRITE, about):
                continue
            if plan.kind in ADOPTS:
                happened(work, theirs, ADOPTS[plan.kind])
            order_whole(
                work, theirs, plan, said, form=here.form, letters=product.letters,
                municipality=product.settings.municipality, catalogue=product.indsatser,
            )  # fmt: skip


def is_sent_to_parents(born: date | None, now: datetime) -> bool:
    """Tell whether the parents get the plan: until the child is eighteen."""
    return born is None or age_on(born, danish_day(now)) < ADULT


def receivers(connection: sa.Connection, child: UUID, now: datetime) -> Sequence[Known]:
    """Return who can be sent the plan: those who have custody; from eighteen there are none.

    While nobody has said who has it, the parents.
    """
    about = personer.by_id(connection, child)
    if about is None or not is_sent_to_parents(about.born, now):
        return ()
    if about.is_unborn:
        return [
            one.person
            for one in personer.family_of(connection, child)
            if one.tie in (Tie.MOTHER, Tie.FATHER)
        ]
    lines = netvaerk.present(netvaerk.of_child(connection, child), danish_day(now))
    holders = may_be_holders({one.who.id: one.part for one in lines})
    return [one.who.known for one in lines if one.who.id in holders]
