"""Reckon what a decision gives a month, keep it, and say when newer rates would give another.

A reckoning is never changed. A newer one of the same decision counts instead, and one of a decision
that is made stands, but where Ankestyrelsen has changed that: when a rate changes, what it would
come to now is a proposal, and a new decision is what puts it in force.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.afgoerelser import AfgoerelseState, Capacity
from dubu_plugin.domain.beregning.kompensation import (
    Grundlag,
    KompensationInput,
    Udgift,
    Udgiftstype,
    kompensation,
)
from dubu_plugin.domain.beregning.linjer import Beregning, Ydelse
from dubu_plugin.domain.beregning.tabt import Loen, TabtInput, regulated, tabt
from dubu_plugin.domain.satser import NoSats, Satser
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.afgoerelse import afgoerelser, beregninger, partshoeringer
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.beregninger import Kept
from dubu_plugin.store.afgoerelse.partshoeringer import Partshoering
from dubu_plugin.store.egne import egne_satser
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Decided, Deciding, on_afgoerelse

Given = TabtInput | KompensationInput


RECEIVER: Final = "receiver"
"""What the stored inputs call the one it is given to. Nobody else reads what they earn."""


class NotReckoned(CaseworkError):
    """What is decided is no amount."""

    danish = "Der regnes ikke noget ud til den afgørelse."


@dataclass(frozen=True, slots=True)
class Proposal:
    """What newer rates would give."""

    now: Beregning
    before: Decimal


def reckon(
    sag: UUID,
    afgoerelse: UUID,
    given: Given,
    day: date,
    receiver: UUID,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
) -> int:
    """Reckon what a decision gives from a Danish day, and return its number.

    One that is prepared begins that day. One that is made is reckoned only where Ankestyrelsen
    changed it.

    :param receiver: the party it is given to, who alone is told how it is reckoned.
    :raises NotReckoned: what is decided is no amount, or another, or the receiver is no party.
    :raises NoSats: a rate is not there on the day.
    :raises ValueError: the figures cannot be; see `dubu_plugin.domain.beregning`.
    :raises Decided, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such decision.
    """
    with on_afgoerelse(
        sag, afgoerelse, product=product, asker=asker, now=now, is_open=False
    ) as here:
        if not can_be_reckoned(here.afgoerelse):
            raise Decided
        if here.matter.reckons is not kind_of(given):
            raise NotReckoned
        connection, its = here.work.connection, here.afgoerelse
        if receiver not in receivers(partshoeringer.of_afgoerelse(connection, here.id)):
            raise NotReckoned
        made = reckoned(given, egne_satser.book(connection, product.rates), day)
        if its.is_open and its.starts_on != day:
            afgoerelser.change(connection, its, {"starts_on": day}, seen=its.version)
        return beregninger.keep(
            connection, here.sag.id, here.id, made,
            {**inputs_of(given), RECEIVER: str(receiver)}, by=asker.key, now=now,
        )  # fmt: skip


def can_be_reckoned(its: Afgoerelse) -> bool:
    """Tell whether an amount can be reckoned: until it is made, or Ankestyrelsen changed it."""
    return its.is_open or its.state is AfgoerelseState.AENDRET


def receivers(parts: Sequence[Partshoering]) -> Mapping[UUID, str]:
    """Return the parties it can be given to, and their names: the adults."""
    return {one.person: one.name for one in parts if one.capacity is not Capacity.BARN}


def reckoned(given: Given, satser: Satser, day: date) -> Beregning:
    """Return what a family gets a month. See `dubu_plugin.domain.beregning`."""
    if isinstance(given, TabtInput):
        return tabt(given, satser, day)
    return kompensation(given, satser, day)


def kind_of(given: Given) -> Ydelse:
    """Return what is reckoned."""
    return Ydelse.TABT if isinstance(given, TabtInput) else Ydelse.KOMPENSATION


def proposed(its: Afgoerelse, kept: Kept, satser: Satser, day: date) -> Proposal | None:
    """Return what a decision that runs would give by the rates of a day, where that is another.

    Tabt arbejdsfortjeneste is regulated each first of January from what it was; a compensation is
    what the rates say now, as long as they are of the same rules as it was reckoned by.
    """
    if not kept.monthly or (its.ends_on and its.ends_on < day) or day <= kept.day:
        return None
    given = given_of(kept)
    try:
        found = (
            _regulated(given, kept, satser, day)
            if isinstance(given, TabtInput)
            else reckoned(given, satser, day)
        )
    except NoSats:
        return None
    if found is None or found.monthly == kept.monthly or not _same_rules(kept, found):
        return None
    return Proposal(found, kept.monthly)


def prefill(connection: sa.Connection, its: Afgoerelse, kind: Ydelse) -> Kept | None:
    """Return what a form begins with: what is reckoned for it, or last of its kind on the case."""
    return beregninger.newest(connection, its.id) or beregninger.newest_of_sag(
        connection, its.sag, kind
    )


def inputs_of(given: Given) -> Mapping[str, Any]:
    """Return what is put in as it is stored."""
    if isinstance(given, TabtInput):
        return {
            "hours": str(given.hours), "full_hours": str(given.full_hours), "pay": str(given.pay),
            "paid_by": given.paid_by.value, "employer_pension": str(given.employer_pension),
            "civil_servant": given.civil_servant, "saved": str(given.saved),
        }  # fmt: skip
    return {
        "basis": given.basis.value,
        "expenses": [[one.title, one.kind.value, str(one.yearly)] for one in given.expenses],
    }


def given_of(kept: Kept) -> Given:
    """Return what was put in when it was reckoned."""
    said = kept.inputs
    if kept.kind is Ydelse.TABT:
        return TabtInput(
            hours=Decimal(said["hours"]), full_hours=Decimal(said["full_hours"]),
            pay=Decimal(said["pay"]), paid_by=Loen(said["paid_by"]),
            employer_pension=Decimal(said["employer_pension"]),
            civil_servant=said["civil_servant"], saved=Decimal(said["saved"]),
        )  # fmt: skip
    expenses = [
        Udgift(title, Udgiftstype(kind), Decimal(yearly))
        for title, kind, yearly in said["expenses"]
    ]
    return KompensationInput(basis=Grundlag(said["basis"]), expenses=expenses)


def _regulated(given: TabtInput, kept: Kept, satser: Satser, day: date) -> Beregning | None:
    """Return what it is after each regulation since; None where there is none to make.

    A maximum that was corrected since counts from the day it was reckoned for.
    """
    fresh = tabt(given, satser, kept.day)
    found, amount = fresh if fresh.monthly != kept.monthly else None, fresh.monthly
    for year in range(kept.day.year + 1, day.year + 1):
        first = date(year, 1, 1)
        rate = satser.find("tabt_regulering", first)
        if rate is None or rate.valid_from.year != year:
            break  # the percentage of the year is not known yet
        found = regulated(amount, given.hours / given.full_hours, satser, first)
        amount = found.monthly
    return found


def _same_rules(kept: Kept, found: Beregning) -> bool:
    """Tell whether both are of the same rules: merudgifter are not a kompensationsydelse."""
    if kept.kind is Ydelse.TABT:
        return True
    before = {key.partition(":")[0].partition("_")[0] for key in kept.rates}
    return before == {one.code.partition("_")[0] for one in found.rates}
