"""»Gem og send«: the plan stands, it lies on the case, and the parents get their copies."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, decide
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.apart import adskilt
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.maal import PARENTS, PLANS
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import before_decision
from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.agreed_for import IN_COMMON, asked_by
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.usecases.dokument.held_apart import ApartNotSeen, held_apart
from dubu_plugin.usecases.dokument.hidden_place import PlaceNotSeen, place_not_seen
from dubu_plugin.usecases.dokument.order.min_plan import order_own
from dubu_plugin.usecases.dokument.order.plan import order_copy, order_siblings
from dubu_plugin.usecases.plan.copies import Copies, copies_of, left_out, naming_another
from dubu_plugin.usecases.plan.whose import around
from dubu_plugin.usecases.skrift.on_skrift import OnSkrift, Skriver, happened, on_skrift
from dubu_plugin.usecases.skrift.present import ADOPTS, stand

OVER: Final = (
    "Planen, barnet har haft fælles med søskende, er godkendt i en ny version uden mål for barnet "
    "(barnets lov § 91, stk. 3). Den gælder ikke mere for barnet, og det gør barnets »Min plan« "
    "heller ikke. Tal med barnet om det. Får barnet hjælp, så lav en plan for barnet alene."
)
"""What the journal of a sibling's case is told."""


class CopiesNotSeen(CaseworkError):
    """Nobody has seen whose goals stay out of whose copy, or where a sibling's names another."""

    danish = (
        "Planen er ikke sendt. Se ved hver modtager, hvilke mål der ikke kommer med, og se, "
        "hvor et søskendes mål nævner et andet barn (§ 91, stk. 3). Ret det, eller send igen, hvis "
        "det skal være sådan."
    )


class OthersGetIt(CaseworkError):
    """Somebody who is ticked does not get the plan any more."""

    danish = (
        "Planen er ikke sendt. Hvem der får den, er ændret, siden du åbnede siden: Barnet er "
        "fyldt 18, eller familien eller forældremyndigheden er en anden. Se, hvem der får den nu, "
        "og send igen."
    )


def send_plan(
    sag: UUID,
    plan: UUID,
    parents: Collection[UUID],
    *,
    product: Skriver,
    asker: Asker,
    now: datetime,
    apart_seen: bool = False,
    seen: Collection[str] = (),
) -> Sequence[UUID]:
    """Have the plan stand as it is written, and return the letters with the parents' copies.

    :param parents: who gets a copy.
    :param apart_seen: somebody has seen that the copies tell nothing of who is held apart, or of
        a hidden place.
    :param seen: the marks of what `copies` points out and somebody has seen.
    :raises CopiesNotSeen: something in the plan of several children is not seen; nothing is sent.
    :raises ApartNotSeen, PlaceNotSeen: nobody has; nothing is sent.
    :raises OthersGetIt: one who is ticked does not get it any more; nothing is sent.
    :raises NotFinished: something that must be there is not; nothing is sent.
    :raises NotOpen, CaseClosed: see `dubu_plugin.usecases.skrift.on_skrift`.
    :raises NotYours: the policy says no, there is no such plan, or one is no parent of the child's.
    """
    with on_skrift(sag, plan, product=product, asker=asker, now=now) as here:
        if here.skrift.kind not in PLANS:
            raise NotYours
        work = here.work
        said = tekster.read(work.connection, plan, here.skrift.version)
        goals = maal.of_skrift(work.connection, plan, said)
        child = personer.by_id(work.connection, here.sag.child_id)
        copies = copies_of(
            work.connection, around(work.connection, here.sag.child_id, now), here.skrift.kind,
            here.sag.child_id, goals, sag=sag, born=child.born if child else None, now=now,
        )  # fmt: skip
        may = {one.to.id: one for one in copies.each}
        if gone := set(parents) - set(may):
            known = all(personer.by_id(work.connection, one) for one in gone)
            raise OthersGetIt if known else NotYours
        if adskilt(bool(parents and held_apart(copies.lines)), apart_seen):
            raise ApartNotSeen
        children = {one.person for one in goals}
        if parents and place_not_seen(
            work.connection, sag, danish_day(now), children, seen=apart_seen
        ):
            raise PlaceNotSeen
        stand(here, product)
        if here.skrift.kind is not PARENTS:
            _insist_on_seen(here, copies, goals, said, parents, seen)
            _adopt_for_siblings(here, said, asker, product)
            _drop_siblings(here, copies.dropped, asker)
        return [
            order_copy(
                work, here.sag, here.skrift, said, may[one], copies.dropped, form=here.form,
                letters=product.letters, municipality=product.settings.municipality,
                catalogue=product.indsatser,
            )
            for one in sorted(parents)
        ]  # fmt: skip


def _insist_on_seen(
    here: OnSkrift, copies: Copies, goals: Sequence[Maal], said: Texts,
    parents: Collection[UUID], seen: Collection[str],
) -> None:  # fmt: skip
    """Refuse what nobody has seen before it goes to others."""
    children = {here.sag.child_id, *(one.person for one in goals)}
    names = {
        one: known.name for one in children if (known := personer.by_id(here.work.connection, one))
    }
    named = naming_another(goals, said, here.sag.child_id, names)
    if {*left_out(copies, goals, parents), *(one.mark for one in named)} - set(seen):
        raise CopiesNotSeen


def _adopt_for_siblings(here: OnSkrift, said: Texts, asker: Asker, product: Skriver) -> None:
    """Have the plan stand on the cases of the siblings it has goals for (§ 91, stk. 3).

    Only on those the asker writes on: the others are told of it by whoever has them. The »Min plan«
    of one without such a case lies on the plan's own.
    """
    work, plan = here.work, here.skrift
    goals = maal.of_skrift(work.connection, plan.id, said)
    others = dict.fromkeys(one.person for one in goals if one.person != here.sag.child_id)
    for child in others:
        cases = _written_on(here, child, asker)
        if not cases:
            order_own(
                work, here.sag, plan, said, child, letters=product.letters,
                municipality=product.settings.municipality,
            )  # fmt: skip
        for theirs in cases:
            if plan.kind in ADOPTS:
                happened(work, theirs, ADOPTS[plan.kind], **{IN_COMMON: str(here.sag.id)})
            order_own(
                work, theirs, plan, said, child, letters=product.letters,
                municipality=product.settings.municipality,
            )  # fmt: skip
            order_siblings(
                work, theirs, plan, said, child, form=here.form, letters=product.letters,
                municipality=product.settings.municipality, catalogue=product.indsatser,
            )  # fmt: skip


def _drop_siblings(here: OnSkrift, dropped: Collection[UUID], asker: Asker) -> None:
    """Tell the cases of the siblings it has no goals for any more (§ 91, stk. 3)."""
    work, plan = here.work, here.skrift
    for child in dropped:
        for theirs in _written_on(here, child, asker):
            happened(work, theirs, Haendelse.FAELLES_PLAN_OPHOERT, **{IN_COMMON: str(here.sag.id)})
            own = before_decision.recorded(work.connection, theirs.id).planned_on
            basis = asked_by(work.connection, theirs.id, here.sag.id, own=own)
            if theirs.has_indsats and basis:
                # What asked for the plan asks for the child's own.
                happened(work, theirs, Haendelse.PLAN_BESLUTTET, grundlag=basis, plan=True)
            work.tell(
                "add_note",
                lane=sag_lane(theirs.id),
                key=op_key(plan.id, f"ophoert:{plan.version}:{theirs.id}"),
                payload={
                    "sag": str(theirs.id),
                    "title": "Den fælles plan har ikke længere mål for barnet",
                    "body": OVER,
                    "occurred_at": work.now.isoformat(),
                },
            )


def _written_on(here: OnSkrift, child: UUID, asker: Asker) -> Sequence[Sag]:
    """Return the running cases of a sibling that the asker writes on."""
    connection = here.work.connection
    found = []
    for theirs in sager.running_of(connection, child):
        about = access.subject(connection, asker, "sag", theirs.id)
        if about is not None and decide(asker, Act.WRITE, about):
            found.append(theirs)
    return found
