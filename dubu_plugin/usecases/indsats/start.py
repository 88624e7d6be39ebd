"""Plan an indsats out of what the law allows, and begin it.

What is allowed follows the law and the child's age on the day of the decision it rests on; without
a decision here, of today. It begins at once where its first day has come, and is planned otherwise.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import (
    Combination,
    IndsatsGroup,
    IndsatsState,
    ReasonKind,
    Skift,
)
from dubu_plugin.store import afgoerelser, indsatser, personer, sager
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelser import Afgoerelse
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.indsatser import Indsats
from dubu_plugin.store.personer import Known
from dubu_plugin.store.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding, matter_of
from dubu_plugin.usecases.indsats.on_indsats import (
    EARLIEST,
    FARTHEST,
    NOON,
    PERS,
    IndsatsNotClear,
    IndsatsNotThere,
    OnIndsats,
    day_between,
    held_back,
    is_placed,
    on_indsats,
    words_of,
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
LONGEST_NAME: Final = 200
MOST: Final = Decimal(100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An indsats as somebody chose it."""

    code: str
    place: str = ""
    """The code of a place, or empty where it has none."""
    afgoerelse: UUID | None = None
    """The decision it rests on; None where that was made before or elsewhere."""
    starts_on: date | None = None
    expected_end: date | None = None
    amount: Decimal | None = None
    per: str = ""
    supplier: str = field(default="", repr=False)
    place_name: str = field(default="", repr=False)
    place_hidden: bool = False
    goals: Collection[UUID] = ()
    reason: str = ""
    """Why a child is placed; a code of the catalogue."""
    handicap: bool = False
    """The child has a disability, so the change to adult life is prepared (§ 112)."""
    parents_plan: bool = False
    """There is a plan for the parents (§§ 77 and 78), which they are offered anew (§ 79)."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an indsats of a case may be chosen from."""

    child: Known
    decision: Afgoerelse | None
    day: date
    """The Danish day whose law and age count."""
    choices: Sequence[Combination]


def ground(
    connection: sa.Connection, sag: Sag, afgoerelse: UUID | None, today: date, product: Deciding
) -> Ground:
    """Return what may be chosen on a decision, or without one.

    :raises NotYours: the case has no such decision in force.
    """
    child = personer.by_id(connection, sag.child_id)
    if child is None:
        raise NotYours
    decision = None
    if afgoerelse is not None:
        standing = afgoerelser.in_force(connection, sag.id, today)
        decision = next((one for one in standing if one.id == afgoerelse), None)
        if decision is None:
            raise NotYours
    day = (decision.decided_on if decision else None) or today
    choices = product.indsatser.allowed(day, _age(child, day))
    if decision is not None:
        wanted = set(matter_of(product, decision, day).indsatser)
        choices = [one for one in choices if one.indsats.code in wanted]
    return Ground(child, decision, day, choices)


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
    its = ground(work.connection, sag, wanted.afgoerelse, today, product)
    chosen = next((one for one in its.choices if _is(one, wanted)), None)
    if chosen is None:
        raise IndsatsNotClear(
            {"hvad": "Vælg en indsats, der kan gives efter loven i dag, og et sted, den kan være."}
        )
    wrong = _problems(work, sag, wanted, chosen, its, today, product)
    first = wanted.starts_on
    if first is not None and first <= today:
        for no in (
            gates.paragraf_46(chosen.indsats, is_placed(work, sag.id, product.indsatser)),
            held_back(work, sag.id, wanted.afgoerelse, chosen.indsats, Skift.START),
            gates.paragraf_99(chosen.indsats, _age(its.child, first)),
        ):
            if no is not None:
                wrong.setdefault(no.field, no.sentence)
    if wrong or first is None:
        raise IndsatsNotClear(wrong)
    new = Indsats(
        id=uuid4(), sag=sag.id, person=sag.child_id, code=chosen.indsats.code,
        law=chosen.indsats.law, decision_law=_decision_law(its, chosen),
        afgoerelse=wanted.afgoerelse, place=wanted.place or None,
        place_name=wanted.place_name or None, place_hidden=wanted.place_hidden,
        supplier=wanted.supplier or None, amount=wanted.amount, unit=chosen.indsats.unit,
        per=wanted.per or None, starts_on=first, expected_end=wanted.expected_end, ended_on=None,
        state=IndsatsState.PLANLAGT, made_at=work.now, made_by=work.actor, version=1,
    )  # fmt: skip
    indsatser.add(work.connection, new, wanted.goals)
    here = OnIndsats(work, sag, new, chosen.indsats, product)
    if first <= today:
        _into_effect(here, first, wanted, new.version)
    return indsatser.by_id(work.connection, new.id) or new


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
    :raises IndsatsNotClear, IndsatsChanged, CaseClosed, NotYours: see there.
    """
    with on_indsats(sag, indsats, product=product, asker=asker, now=now) as here:
        if here.indsats.state is not IndsatsState.PLANLAGT:
            raise IndsatsNotThere
        child = personer.by_id(here.work.connection, here.sag.child_id)
        wrong: dict[str, str] = {}
        first = wanted.starts_on
        _day(here.work, first, here.indsats.afgoerelse, here.today, here.today, wrong)
        if here.row.is_placement:
            here.reason(ReasonKind.START, wanted.reason, wrong)
        if first is not None and child is not None and "fra" not in wrong:
            for no in (
                gates.paragraf_46(here.row, is_placed(here.work, sag, product.indsatser)),
                here.held_back(Skift.START),
                gates.paragraf_99(here.row, _age(child, first)),
            ):
                if no is not None:
                    wrong.setdefault(no.field, no.sentence)
        if wrong or first is None:
            raise IndsatsNotClear(wrong)
        _into_effect(here, first, wanted, seen)


def give_up(
    sag: UUID,
    indsats: UUID,
    words: str,
    *,
    seen: int,
    product: Deciding,
    asker: Asker,
    now: datetime,
) -> None:
    """Leave a planned indsats unbegun, with why.

    :raises IndsatsNotThere: it has begun, or is given up.
    :raises IndsatsNotClear, IndsatsChanged, CaseClosed, NotYours: see there.
    """
    with on_indsats(sag, indsats, product=product, asker=asker, now=now) as here:
        if here.indsats.state is not IndsatsState.PLANLAGT:
            raise IndsatsNotThere
        wrong: dict[str, str] = {}
        said = words_of(words, wrong)
        if not said:
            wrong["ord"] = "Skriv, hvorfor den ikke skal begynde."
        if wrong:
            raise IndsatsNotClear(wrong)
        before = here.change(seen, state=IndsatsState.OPGIVET)
        about = here.keep(Skift.OPHOER, here.today, before, words=said)
        here.tell(about, "Indsats opgivet, før den begyndte", said)


def _into_effect(here: OnIndsats, first: date, wanted: Wanted, seen: int) -> None:
    work, its = here.work, here.indsats
    before = here.change(seen, state=IndsatsState.I_GANG, starts_on=first)
    about = here.keep(Skift.START, first, before, reason=wanted.reason or None)
    facts: dict[str, JSON] = {
        "handicap": wanted.handicap or here.row.group is IndsatsGroup.HANDICAP,
        "kode": here.row.code,
    }
    if its.afgoerelse is not None:
        facts["afgoerelse"] = str(its.afgoerelse)
    if here.row.is_placement:
        facts["grund"] = SIBLINGS.get(wanted.reason, "andet")
        facts["foraeldreplan"] = wanted.parents_plan
    what = H.ANBRINGELSE_IVAERKSAT if here.row.is_placement else H.INDSATS_IVAERKSAT
    here.happened(what, first, at=_hour(work, its.afgoerelse, first), **facts)
    if not here.sag.has_indsats:
        sager.change(work.connection, here.sag.id, has_indsats=True)
    place = here.product.indsatser.place(its.place, first) if its.place else None
    named = "" if its.place_hidden else its.place_name or ""
    until = f"Ventes at slutte {danish.long_date(its.expected_end)}." if its.expected_end else ""
    here.tell(
        about, "Indsats sat i gang", f"Fra {danish.long_date(first)} efter {here.row.law}.",
        f"{place.title}{f': {named}' if named else ''}." if place else "", until,
    )  # fmt: skip


def _problems(
    work: Work,
    sag: Sag,
    wanted: Wanted,
    chosen: Combination,
    its: Ground,
    today: date,
    product: Deciding,
) -> dict[str, str]:
    wrong: dict[str, str] = {}
    _day(work, wanted.starts_on, wanted.afgoerelse, today, today + FARTHEST, wrong)
    first = wanted.starts_on
    if first and wanted.expected_end and wanted.expected_end < first:
        wrong["til"] = "Den sidste dag ligger før den første. Ret en af dem."
    limit = its.decision.ends_on if its.decision else None
    if limit and wanted.expected_end and wanted.expected_end > limit:
        wrong["til"] = danish.unbroken(
            f"Afgørelsen gælder kun til {danish.long_date(limit)}. Ret dagen, eller træf en ny "
            f"afgørelse."
        )
    amounts(wanted.amount, wanted.per, wrong)
    for name, text in (("leverandoer", wanted.supplier), ("sted_navn", wanted.place_name)):
        if len(text) > LONGEST_NAME:
            wrong[name] = "Navnet er for langt. Skriv det kortere."
    if not set(wanted.goals) <= {one.id for one in indsatser.goals(work.connection, sag.id)}:
        wrong["maal"] = "Et af målene står ikke i planen mere. Vælg igen."
    if chosen.indsats.is_placement:
        reasons = product.indsatser.reasons(ReasonKind.START, today, chosen.indsats.group)
        if reasons and wanted.reason not in {one.code for one in reasons}:
            wrong["grund"] = "Vælg den vigtigste grund til anbringelsen."
    in_force = afgoerelser.in_force(work.connection, sag.id, today)
    hides = gates.paragraf_105(wanted.place_hidden, [one.matter for one in in_force])
    if hides is not None:
        wrong[hides.field] = hides.sentence
    return wrong


def amounts(amount: Decimal | None, per: str, wrong: dict[str, str]) -> None:
    """Put an amount that cannot be among what is wrong."""
    if amount is not None and not 0 < amount <= MOST:
        wrong["antal"] = "Skriv antallet med et tal over 0."
    if per and per not in PERS:
        wrong["per"] = "Vælg en af mulighederne."


def _day(
    work: Work,
    first: date | None,
    afgoerelse: UUID | None,
    today: date,
    last: date,
    wrong: dict[str, str],
) -> None:
    decision = afgoerelser.by_id(work.connection, afgoerelse) if afgoerelse else None
    earliest = (decision.decided_on if decision else None) or today - EARLIEST
    day_between("fra", first, earliest, last, wrong)


def _hour(work: Work, afgoerelse: UUID | None, first: date) -> timedelta:
    """Return when on its first day it began: never before the decision that day."""
    decision = afgoerelser.by_id(work.connection, afgoerelse) if afgoerelse else None
    made = decision.made_at if decision else None
    if made is None or danish.danish_day(made) != first:
        return NOON
    return max(NOON, made - start_of_day(first))


def _decision_law(its: Ground, chosen: Combination) -> str:
    return (its.decision.law if its.decision else None) or chosen.indsats.decision_law


def _is(one: Combination, wanted: Wanted) -> bool:
    return one.indsats.code == wanted.code and (one.place.code if one.place else "") == wanted.place


def _age(child: Known, day: date) -> int | None:
    return None if child.born is None or child.born > day else age_on(child.born, day)
