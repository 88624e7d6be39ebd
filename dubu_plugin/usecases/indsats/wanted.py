"""An indsats as somebody chose it: what it may be chosen from, and what is wrong with it.

What is allowed follows the law and the child's age on the day of the decision it rests on, also
where that was made before the case came here; without one, on its first day. What is decided for a
later day may also be what the child has the age for then: ungestøtte is decided at seventeen
(§ 111). A decision of before 2024 stands under serviceloven (barnets lov § 213, stk. 2).
"""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.afgoerelser import Given
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.gates.begins import Before
from dubu_plugin.domain.indsatser import Combination, ReasonKind
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding, matter_of
from dubu_plugin.usecases.indsats.extent import PERS
from dubu_plugin.usecases.indsats.on_indsats import EARLIEST, FARTHEST, day_between

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
    before: Before = field(default_factory=Before)
    """That one, where no decision of the case is named."""
    starts_on: date | None = None
    begins_at: time | None = None
    """The Danish time of day; asked for where the law counts hours from it (§ 143, stk. 3)."""
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
    noted: str = ""
    """Which of what is noted on the case it is; see `noted_before`."""
    takes_over: bool = False
    """What is noted of a placement ends as this one begins; see `takes_over`."""
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

    def given(self, code: str) -> Given | None:
        """Return what the decision says of an indsats, where it gives that."""
        rows = self.decision.given if self.decision else ()
        return next((one for one in rows if one.code == code), None)

    def ends_on(self, code: str) -> date | None:
        """Return the last day the decision gives an indsats; None where it says none."""
        one = self.given(code)
        return (one.ends_on if one else None) or (self.decision.ends_on if self.decision else None)


def law_day(decided_on: date | None, first: date | None, today: date) -> date:
    """Return the Danish day whose law an indsats stands under that no decision here gives.

    :param decided_on: the day it was decided elsewhere, where that is said.
    :param first: its first day, where that is said.
    """
    return min(decided_on or first or today, today)


def ground(
    connection: sa.Connection,
    sag: Sag,
    afgoerelse: UUID | None,
    today: date,
    product: Deciding,
    *,
    law_of: date | None = None,
    first: date | None = None,
) -> Ground:
    """Return what may be chosen on a decision, or without one.

    :param law_of: without a decision here, the day of `law_day`; today where it is not said.
    :param first: the first day, where that is said; else what the decision says.
    :raises NotYours: the case has no such decision in force on that day.
    """
    child = personer.by_id(connection, sag.child_id)
    if child is None:
        raise NotYours
    decision, standing = None, list[Afgoerelse]()
    if afgoerelse is not None:
        standing = list(afgoerelser.in_force(connection, sag.id, counted_on(first, today)))
        decision = next((one for one in standing if one.id == afgoerelse), None)
        if decision is None:
            raise NotYours
    day = (decision.decided_on if decision else law_of) or today
    begins = max([day, *_firsts(decision), *([first] if first else [])])
    choices = _allowed(product, child, day, begins)
    if decision is not None:
        given = codes_of(product, decision, day)
        choices = [one for one in choices if one.indsats.code in given]
        if not _place_is_anew(standing, decision):
            choices = _as_decided(choices, decision)
    return Ground(child, decision, day, choices)


def counted_on(first: date | None, today: date) -> date:
    """Return the day a decision is to be in force on: what is given again from a day that is gone
    rests on what was in force then, also where its time has run out since (retssikkerhedsloven
    § 68)."""
    return min(first or today, today)


def _as_decided(choices: Sequence[Combination], decision: Afgoerelse) -> Sequence[Combination]:
    """Return what is at the kind of place the parties were told of, where that can be had."""
    said = {one.code: one.place for one in decision.given if one.place}
    kept = [
        one
        for one in choices
        if one.indsats.code not in said
        or (one.place is not None and one.place.code == said[one.indsats.code])
    ]
    there = {one.indsats.code for one in kept}
    return [*kept, *(one for one in choices if one.indsats.code not in there)]


def _place_is_anew(standing: Sequence[Afgoerelse], decision: Afgoerelse) -> bool:
    """Tell whether the place was decided by itself since (§§ 52 and 98).

    :param standing: what is in force.
    """
    since = decision.decided_on
    return any(
        one.matter in gates.PLACES | gates.MOVES
        and (since is None or one.decided_on is None or since <= one.decided_on)
        for one in standing
    )


def _firsts(decision: Afgoerelse | None) -> Sequence[date]:
    """Return the days a decision gives something from."""
    if decision is None:
        return ()
    said = [decision.starts_on, *(one.starts_on for one in decision.given)]
    return [one for one in said if one is not None]


def _allowed(product: Deciding, child: Known, day: date, first: date) -> Sequence[Combination]:
    """Return what the law of a day allows at the age then, or at the age the child has when it
    begins. A child that is not born is given what is for the unborn."""
    law, then = product.indsatser.oldest(day), age_of(child, day)
    now = product.indsatser.allowed(law, then)
    if then is None or first <= day:
        return now
    later = product.indsatser.allowed(law, age_of(child, first))
    return [*now, *(one for one in later if one not in now)]


def codes_of(product: Deciding, decision: Afgoerelse, day: date) -> Set[str]:
    """Return the indsatser a decision gives; where it says none, those it may be about."""
    given = {one.code for one in decision.given}
    return given or set(matter_of(product, decision, day).indsatser)


def chosen_of(its: Ground, wanted: Wanted) -> Combination | None:
    """Return the row of the catalogue and the place somebody chose, or None."""
    found = (wanted.code, wanted.place)
    return next(
        (
            one
            for one in its.choices
            if (one.indsats.code, one.place.code if one.place else "") == found
        ),
        None,
    )


def problems(
    work: Work,
    sag: Sag,
    wanted: Wanted,
    chosen: Combination,
    its: Ground,
    today: date,
    product: Deciding,
) -> dict[str, str]:
    """Return what is left out or cannot be, by the field of the form."""
    wrong: dict[str, str] = {}
    last = today + FARTHEST
    first_day(work, wanted.starts_on, wanted.afgoerelse, wanted.code, today, last, wrong)
    first = wanted.starts_on
    if first and wanted.expected_end and wanted.expected_end < first:
        wrong["til"] = "Den sidste dag ligger før den første. Ret en af dem."
    limit = its.ends_on(wanted.code)
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
    if first is not None:
        young = gates.paragraf_113(chosen.indsats, age_of(its.child, first))
        if young is not None:
            wrong.setdefault(young.field, young.sentence)
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


def first_day(
    work: Work,
    first: date | None,
    afgoerelse: UUID | None,
    code: str,
    today: date,
    last: date,
    wrong: dict[str, str],
) -> None:
    """Put a first day that cannot be among what is wrong: none comes before the decision, nor
    before the day the parties were told it is from."""
    decision = afgoerelser.by_id(work.connection, afgoerelse) if afgoerelse else None
    earliest = (decision.decided_on if decision else None) or today - EARLIEST
    day_between("fra", first, earliest, last, wrong)
    rows = decision.given if decision else ()
    own = next((one.starts_on for one in rows if one.code == code), None)
    told = own or (decision.starts_on if decision else None)
    if first is not None and told is not None and first < told and "fra" not in wrong:
        wrong["fra"] = danish.unbroken(
            f"Afgørelsen gælder fra {danish.long_date(told)}, og det er den dag, parterne har fået "
            "at vide. Skriv den eller en senere dag. Skal det begynde før, så træf en ny afgørelse."
        )


def age_of(child: Known, day: date) -> int | None:
    """Return how old a child is on a day, in whole years; None is unborn."""
    return None if child.born is None or child.born > day else age_on(child.born, day)
