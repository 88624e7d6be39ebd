"""Begin an indsats that is planned, when its day has come, on a decision that still stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.gates.begins import takes_decision
from dubu_plugin.domain.indsatser import IndsatsState, ReasonKind, Skift
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.family import personer
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.running import Thing
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats import rests, takes_over
from dubu_plugin.usecases.indsats.on_indsats import (
    IndsatsNotClear,
    IndsatsNotThere,
    OnIndsats,
    lives_elsewhere,
    on_indsats,
)
from dubu_plugin.usecases.indsats.start import into_effect
from dubu_plugin.usecases.indsats.wanted import Wanted, age_of, first_day, law_day


def put_into_effect(
    sag: UUID,
    indsats: UUID,
    wanted: Wanted,
    *,
    seen: int,
    product: Deciding,
    asker: Asker,
    now: datetime,
) -> None:
    """Begin an indsats that is planned. Of what is wanted the day and the answers count.

    :raises IndsatsNotThere: it is not planned any more.
    :raises IndsatsNotClear: something is left out or cannot be, or a gate does not open.
    :raises IndsatsChanged: another was first.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such indsats.
    """
    with on_indsats(sag, indsats, product=product, asker=asker, now=now) as here:
        if here.indsats.state is not IndsatsState.PLANLAGT:
            raise IndsatsNotThere
        child = personer.by_id(here.work.connection, here.sag.child_id)
        wrong: dict[str, str] = {}
        first = wanted.starts_on
        its = here.indsats
        first_day(here.work, first, its.afgoerelse, its.code, here.today, here.today, wrong)
        if here.row.is_placement:
            here.reason(ReasonKind.START, wanted.reason, wrong)
        wrong |= _rests(here, wanted, first or here.today, child.born if child else None)
        over: Sequence[Thing] = ()
        if first is not None and child is not None and "fra" not in wrong:
            there = takes_over.may_take_over(here.work.connection, its, here.row)
            over = takes_over.refused(here, there, first, wrong, asked=wanted.takes_over)
            for no in (
                lives_elsewhere(
                    here.work, here.sag, here.row, product.indsatser, besides=over, mine=its.id
                ),
                here.held_back(Skift.START),
                gates.paragraf_99(here.row, age_of(child, first)),
                gates.paragraf_113(here.row, age_of(child, first)),
            ):
                if no is not None:
                    wrong.setdefault(no.field, no.sentence)
        if wrong or first is None:
            raise IndsatsNotClear(wrong)
        now_under = _under_its_law(here, wanted, first, seen)
        after = takes_over.end_noted(now_under, over, first)
        into_effect(now_under, first, wanted, seen, after=after)


def asks_before(here: OnIndsats) -> bool:
    """Tell whether it was planned without saying what it rests on."""
    its = here.indsats
    if its.afgoerelse is not None or its.before.is_said:
        return False
    return takes_decision(here.row, here.product.matters.giving(here.row.code, here.today))


def _rests(here: OnIndsats, wanted: Wanted, first: date, born: date | None) -> dict[str, str]:
    """Return what is wrong with what it rests on: a decision may have ended since."""
    its, work = here.indsats, here.work
    if its.afgoerelse is None:
        before = its.before if its.before.is_said else wanted.before
        wrong = rests.refused(
            work, here.sag, here.row, before, first=first, at=wanted.begins_at,
            product=here.product,
        )  # fmt: skip
        if (old := rests.too_old(work, here.sag, here.row, before, first, born)) is not None:
            # What was said when it was planned has no field on this form.
            wrong.setdefault("" if its.before.is_said else old.field, old.sentence)
        return wrong
    standing = afgoerelser.in_force(work.connection, here.sag.id, here.today)
    mine = next((one for one in standing if one.id == its.afgoerelse), None)
    if mine is not None:
        late = rests.begins_too_late(here.product, mine, first)
        return {late.field: late.sentence} if late else {}
    return {
        "": "Afgørelsen, indsatsen hviler på, gælder ikke mere. Opgiv indsatsen, og begynd den på "
        "den nye afgørelse."
    }


def _under_its_law(here: OnIndsats, wanted: Wanted, first: date, seen: int) -> OnIndsats:
    """Return the same with what is said now of the decision, and under the law of that day: both
    are stored with the rest."""
    its, rows = here.indsats, here.product.indsatser
    if asks_before(here):
        its = replace(
            its, decided_on=wanted.before.on, decided_by=wanted.before.by,
            decided_votes=wanted.before.votes, decided_paper=wanted.before.paper,
        )  # fmt: skip
    row = here.row
    if its.afgoerelse is None:
        day = rows.oldest(law_day(its.before.on, first, here.today))
        row = rows.indsats(its.code, day) or row
        its = replace(its, law=row.law, decision_law=row.decision_law)
    if its != here.indsats:
        indsatser.rest_on(here.work.connection, its, seen=seen)
    return replace(here, indsats=its, row=row)
