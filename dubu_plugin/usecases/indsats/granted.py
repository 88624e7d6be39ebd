"""How much of an indsats was granted, where the decision it rests on was reckoned.

The hours a family is granted stand in the reckoning they were sent, whether or not anybody wrote
them on the indsats (barnets lov § 87).
"""

from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.beregning.linjer import GIVEN_AS, number
from dubu_plugin.domain.beregning.tabt import Loen, TabtInput
from dubu_plugin.domain.gates.standing import No, no
from dubu_plugin.store.afgoerelse import afgoerelser, beregninger
from dubu_plugin.store.afgoerelse.beregninger import Kept
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.usecases.afgoerelse.reckon import RECEIVER, given_of

OFTEN: Final = {Loen.MAANED: "uge", Loen.TIME: "maaned"}
"""How often the hours are given, by how the parent was paid."""


class Hours(NamedTuple):
    """The hours a decision gives, and how often."""

    amount: Decimal
    per: str


def reckoned(connection: sa.Connection, afgoerelse: UUID | None, code: str) -> Kept | None:
    """Return what an indsats of a decision was reckoned as, or None.

    :param code: the indsats, by the catalogue.
    """
    kind = GIVEN_AS.get(code)
    if kind is None or afgoerelse is None:
        return None
    kept = beregninger.newest(connection, afgoerelse)
    return kept if kept is not None and kept.kind is kind else None


def hours_of(kept: Kept | None) -> Hours | None:
    """Return the hours it was reckoned with, where it is hours that are given."""
    given = given_of(kept) if kept is not None else None
    return Hours(given.hours, OFTEN[given.paid_by]) if isinstance(given, TabtInput) else None


def reckoned_as(connection: sa.Connection, its: Indsats) -> Kept | None:
    """Return what an indsats was reckoned as with the hours it has now: by the decision it rests
    on, or by a later one, where it became less or more since. None where no decision gives those.
    """
    own = reckoned(connection, its.afgoerelse, its.code)
    if own is None or its.amount is None or hours_of(own) in (None, (its.amount, its.per)):
        return own
    for one in afgoerelser.in_force(connection, its.sag):
        later = reckoned(connection, one.id, its.code)
        if hours_of(later) == (its.amount, its.per) and is_of_same(own, later):
            return later
    return None


def is_of_same(one: Kept | None, other: Kept | None) -> bool:
    """Tell whether two are of the same parent's; what was not reckoned is of anybody's."""
    if one is None or other is None:
        return True
    return one.inputs.get(RECEIVER) == other.inputs.get(RECEIVER)


def no_less(amount: Decimal | None, per: str, granted: Hours | None) -> No | None:
    """Tell whether an indsats can begin with so much: not with fewer hours than were granted."""
    if amount is None or granted is None or (per == granted.per and amount >= granted.amount):
        return None
    often = "om ugen" if granted.per == "uge" else "om måneden"
    return no(
        "antal",
        "§ 87",
        f"Familien har fået bevilget {number(granted.amount)} timer {often}, og det er dem, der er "
        "regnet med. Skriv dem, eller lad feltet være tomt. Skal der gives færre, så træf en ny "
        "afgørelse først.",
    )


def told(kept: Kept | None) -> str:
    """Return what it comes to a month, and how many hours that is for; empty where nothing is."""
    if kept is None or not kept.monthly:
        return ""
    granted = hours_of(kept)
    often = "om ugen" if granted and granted.per == "uge" else "om måneden"
    tax = " før skat" if granted else ""
    hours = f" for {number(granted.amount)} timer {often}" if granted else ""
    day = danish.long_date(kept.day)
    return f"{danish.amount(kept.monthly)} om måneden{tax}{hours}, regnet med satserne {day}"
