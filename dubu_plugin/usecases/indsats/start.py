"""Plan an indsats out of what the law allows, and begin it on the decision that gives it.

It begins at once where its first day has come, and is planned otherwise.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.gates.begins import takes_decision
from dubu_plugin.domain.gates.handicap import looked_at_on
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import HELP, Combination, IndsatsGroup, IndsatsState, Skift
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.looked_at import is_looked_at
from dubu_plugin.store.indsats.running import Thing
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats import noted_before, rests, stays
from dubu_plugin.usecases.indsats.granted import hours_of, no_less, reckoned
from dubu_plugin.usecases.indsats.on_indsats import (
    NOON,
    IndsatsNotClear,
    OnIndsats,
    held_back,
    lives_elsewhere,
    named,
)
from dubu_plugin.usecases.indsats.wanted import (
    Ground,
    Wanted,
    age_of,
    chosen_of,
    ground,
    law_day,
    problems,
)
from dubu_plugin.usecases.skrift.on_skrift import on_sag

SIBLINGS: Final[Mapping[str, str]] = {
    "overgreb_andre": "overgreb",
    "overgreb_foraeldre": "overgreb",
    "omsorgssvigt": "omsorgssvigt",
    "utilstraekkelig_omsorg": "omsorgssvigt",
    "misbrug_foraeldre": "omsorgssvigt",
    "konflikt_hjem": "omsorgssvigt",
}
"""What the law asks about siblings after, by the reason a child is placed (§ 21, stk. 2)."""


def begin(sag: UUID, wanted: Wanted, *, product: Deciding, asker: Asker, now: datetime) -> Indsats:
    """Store an indsats, begin it where its first day has come, and return it.

    :raises IndsatsNotClear: something is left out or cannot be, or a gate does not open.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such case or decision.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        return begun(work, ours, wanted, product=product)


def begun(work: Work, sag: Sag, wanted: Wanted, *, product: Deciding) -> Indsats:
    """Do the same in a transaction that is open."""
    today = danish.danish_day(work.now)
    law_of = law_day(wanted.before.on, wanted.starts_on, today)
    its = ground(
        work.connection, sag, wanted.afgoerelse, today, product, law_of=law_of,
        first=wanted.starts_on,
    )  # fmt: skip
    chosen = chosen_of(its, wanted)
    if chosen is None:
        raise IndsatsNotClear({"hvad": _not_there(its, today)})
    granted = hours_of(reckoned(work.connection, wanted.afgoerelse, wanted.code))
    if granted is not None and wanted.amount is None:
        wanted = replace(wanted, amount=granted.amount, per=granted.per)
    wrong = problems(work, sag, wanted, chosen, its, today, product)
    if less := no_less(wanted.amount, wanted.per, granted):
        wrong.setdefault(less.field, less.sentence)
    first = wanted.starts_on
    noted = noted_before.chosen(
        work.connection, sag.id, chosen.indsats, wanted.noted, first=first, today=today,
        wrong=wrong,
    )  # fmt: skip
    if its.decision is None:
        wrong |= rests.refused(
            work, sag, chosen.indsats, wanted.before, first=first or today, at=wanted.begins_at,
            came_with_case=noted is not None and not noted_before.is_by_hand(noted),
            product=product,
        )  # fmt: skip
        old = rests.too_old(
            work, sag, chosen.indsats, wanted.before, first or today, its.child.born
        )
        if old is not None:
            wrong.setdefault(old.field, old.sentence)
    elif no := rests.begins_too_late(product, its.decision, first or today):
        wrong.setdefault(no.field, no.sentence)
    if there := _begun_already(work, sag, wanted):
        where = "planlagt" if there.state is IndsatsState.PLANLAGT else "i gang"
        wrong["hvad"] = danish.unbroken(
            f"{named(product.indsatser, there)} er allerede {where} efter den afgørelse. Åbn den "
            "under »Indsatser«, og ret den der. Skal der mere til, så træf en ny afgørelse."
        )
    if first is not None and first <= today:
        for no in (
            lives_elsewhere(
                work, sag, chosen.indsats, product.indsatser, besides=[noted] if noted else ()
            ),
            held_back(work, sag.id, wanted.afgoerelse, chosen.indsats, Skift.START),
            gates.paragraf_99(chosen.indsats, age_of(its.child, first)),
        ):
            if no is not None:
                wrong.setdefault(no.field, no.sentence)
    if wrong or first is None:
        raise IndsatsNotClear(wrong)
    new = _new(work, sag, wanted, chosen, its, first, product)
    if noted is not None:
        new = replace(new, id=UUID(noted.key))
    indsatser.add(work.connection, new, wanted.goals)
    here = OnIndsats(work, sag, new, chosen.indsats, product)
    if first <= today:
        into_effect(here, first, wanted, new.version, noted=noted)
    return indsatser.by_id(work.connection, new.id) or new


def _not_there(its: Ground, today: date) -> str:
    if its.day == today or its.decision is not None:
        return "Vælg en indsats, der kan gives efter loven i dag, og et sted, den kan være."
    return (
        f"Vælg en indsats, der kunne gives efter loven {danish.long_date(its.day)}, og et sted, "
        "den kunne være. Listen er skiftet til den, der gjaldt da."
    )


def _begun_already(work: Work, sag: Sag, wanted: Wanted) -> Indsats | None:
    """Return what the decision gives once, where that is planned or runs already."""
    if wanted.afgoerelse is None:
        return None
    for one in indsatser.of_sag(work.connection, sag.id):
        stands = one.state in (IndsatsState.PLANLAGT, IndsatsState.I_GANG)
        if stands and (one.afgoerelse, one.code) == (wanted.afgoerelse, wanted.code):
            return one
    return None


def _new(
    work: Work,
    sag: Sag,
    wanted: Wanted,
    chosen: Combination,
    its: Ground,
    first: date,
    product: Deciding,
) -> Indsats:
    law = (its.decision.law if its.decision else None) or chosen.indsats.decision_law
    # What took a decision under serviceloven takes one under barnets lov.
    matters = product.matters.giving(chosen.indsats.code, danish.danish_day(work.now))
    rests_here = its.decision is not None or not takes_decision(chosen.indsats, matters)
    before = None if rests_here else wanted.before
    return Indsats(
        id=uuid4(), sag=sag.id, person=sag.child_id, code=chosen.indsats.code,
        law=chosen.indsats.law, decision_law=law, afgoerelse=wanted.afgoerelse,
        decided_on=before.on if before else None, decided_by=before.by if before else None,
        decided_votes=before.votes if before else None,
        decided_paper=before.paper if before else None,
        place=wanted.place or None,
        place_name=wanted.place_name or None, place_hidden=wanted.place_hidden,
        supplier=wanted.supplier or None, amount=wanted.amount, unit=chosen.indsats.unit,
        per=wanted.per or None, starts_on=first,
        expected_end=wanted.expected_end or its.ends_on(chosen.indsats.code), ended_on=None,
        state=IndsatsState.PLANLAGT, made_at=work.now, made_by=work.actor, version=1,
    )  # fmt: skip


def into_effect(
    here: OnIndsats,
    first: date,
    wanted: Wanted,
    seen: int,
    *,
    noted: Thing | None = None,
    after: str = "",
) -> None:
    """Begin what nothing stands in the way of, in a transaction that is open.

    :param seen: the version that was on the screen.
    :param noted: what it is of what is noted on the case: that has begun, and its deadlines run.
    :param after: a line about what it takes over from.
    :raises IndsatsChanged: another was first.
    """
    work, its = here.work, here.indsats
    before = here.change(seen, state=IndsatsState.I_GANG, starts_on=first)
    about = here.keep(Skift.START, first, before, reason=wanted.reason or None)
    when = rests.moment_of(first, wanted.begins_at, work.now)
    rests.tell_rules(here, its.before, when or work.now)
    facts: dict[str, JSON] = {
        "handicap": wanted.handicap or here.row.group is IndsatsGroup.HANDICAP,
        "kode": here.row.code,
    }
    if not here.row.is_placement:
        facts["hjaelp"] = HELP[here.row.group]
    if its.afgoerelse is not None:
        facts["afgoerelse"] = str(its.afgoerelse)
    if here.row.is_placement:
        facts["grund"] = SIBLINGS.get(wanted.reason, "andet")
        facts["foraeldreplan"] = wanted.parents_plan
    if noted is None:
        what = H.ANBRINGELSE_IVAERKSAT if here.row.is_placement else H.INDSATS_IVAERKSAT
        here.happened(what, first, at=_hour(work, its.afgoerelse, first), when=when, **facts)
        stays.begins(here, its.place, first)
    else:
        here.happened(H.INDSATS_SKREVET_IND, here.today, kode=here.row.code)
        stays.is_noted(here, its.place, first)
    _look_again(here, first)
    if not here.sag.has_indsats:
        sager.change(work.connection, here.sag.id, has_indsats=True)
    place = here.product.indsatser.place(its.place, first) if its.place else None
    named = "" if its.place_hidden else its.place_name or ""
    until = f"Ventes at slutte {danish.long_date(its.expected_end)}." if its.expected_end else ""
    title = "Indsats skrevet ind" if noted else "Indsats sat i gang"
    here.tell(
        about, title, noted_before.told(noted) if noted else after,
        f"Fra {danish.long_date(first)} efter {here.row.law}.",
        f"{place.title}{f': {named}' if named else ''}." if place else "",
        rests.told(its.before), until,
    )  # fmt: skip


def _look_again(here: OnIndsats, first: date) -> None:
    """Have a day for the next look, where the decision it begins on has one and none is set: what
    Ankestyrelsen gave, or what is given again after it had ended."""
    connection, its = here.work.connection, here.indsats
    decision = afgoerelser.by_id(connection, its.afgoerelse) if its.afgoerelse else None
    if decision is None or is_looked_at(connection, here.sag.id):
        return
    matter = here.product.matters.get(decision.matter, decision.decided_on or here.today)
    again = looked_at_on(matter, first, its.expected_end, here.today) if matter else None
    if again is not None:
        day = max(again, here.today).isoformat()
        here.happened(H.OPFOELGNING_PLANLAGT, here.today, naeste_opfoelgning=day)


def _hour(work: Work, afgoerelse: UUID | None, first: date) -> timedelta:
    """Return when on its first day it began: never before the decision that day."""
    decision = afgoerelser.by_id(work.connection, afgoerelse) if afgoerelse else None
    made = decision.chair_at or decision.made_at if decision else None
    if made is None or danish.danish_day(made) != first:
        return NOON
    return max(NOON, made - start_of_day(first))
