"""What somebody who writes to a family must heed: one line each, at the top of the page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import listed
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.indsats import running
from dubu_plugin.usecases.dokument import hidden_place
from dubu_plugin.usecases.dokument.childs_home import comes_by_hand
from dubu_plugin.usecases.dokument.held_apart import held_apart

HANDED: Final = (
    "Barnet er anbragt: brevet til barnet sendes ikke til forældrenes adresse. Det overleveres af "
    "rådgiveren."
)
GIVEN: Final = "Rådgiveren overleverer barnets brev, så ingen forælder åbner det hjemme."
POSTED: Final = "Barnets brev sendes hjem, hvor en forælder kan åbne det."
HIDDEN: Final = (
    "Stedet er skjult (§ 105): brevene til forældrene siger ikke, hvad der står om skolegang, om "
    "udtalelsen fra stedet og om det nye sted. Se efter, at stedet ikke står i de andre felter."
)


WHERE: Final = (
    "Barnets sted er skjult for forældrene, eller der er truffet en afgørelse om det eller om "
    "samvær (§ 105). Må de ikke vide, hvor barnet er, så se efter, at hverken det, du skriver, "
    "eller navnet på den, der spørges, røber det."
)
PLACE_SEEN: Final = "Jeg har set, at brevene ikke røber, hvor barnet er"


@dataclass(frozen=True, slots=True)
class Heed:
    """What to heed in the letters about a child."""

    notes: Sequence[str] = ()
    tick: str = ""
    """What somebody says before anything is sent; empty where nobody is held apart."""


def heed(
    connection: sa.Connection,
    child: UUID,
    today: date,
    *,
    to_child: bool,
    to_parents: bool,
    hidden: bool,
    may_be_hidden: bool,
    placed: bool = False,
) -> Heed:
    """Return what to heed in the letters about a child.

    :param to_child: the child itself is written to.
    :param to_parents: its parents are.
    :param hidden: it lives where its parents may not know (§ 105).
    :param may_be_hidden: it does, or it may be what is decided.
    :param placed: it is known to be placed; else that is looked for where it matters.
    """
    where = HIDDEN if hidden else WHERE if may_be_hidden else ""
    where = where if to_parents else ""
    handed = to_child and (placed or running.is_placed(connection, child))
    lines = netvaerk.present(netvaerk.of_child(connection, child), today)
    said = [apart_note(lines), where, HANDED if handed else ""]
    return Heed([one for one in said if one], apart_tick(lines) or (PLACE_SEEN if where else ""))


def heed_family(connection: sa.Connection, sag: UUID, child: UUID, today: date) -> Heed:
    """Return what to heed in what the family is written besides a decision and a plan."""
    lines = netvaerk.present(netvaerk.of_child(connection, child), today)
    where = where_note(connection, sag, today)
    said = [apart_note(lines), where]
    return Heed([one for one in said if one], apart_tick(lines) or (PLACE_SEEN if where else ""))


def where_note(
    connection: sa.Connection, sag: UUID, today: date, children: Collection[UUID] = ()
) -> str:
    """Return the warning where the parents may not know where the child is, or that may be decided.

    :param children: others who have goals in the same plan.
    """
    return WHERE if hidden_place.may_be_hidden(connection, sag, today, children) else ""


def childs_way(decision: Afgoerelse, child: Known, today: date) -> str:
    """Return how what a child is written about a decision comes to it; empty from eighteen."""
    if child.born is not None and age_on(child.born, today) >= ADULT:
        return ""
    return GIVEN if comes_by_hand(decision, child, today) else POSTED


def apart_note(lines: Sequence[Line]) -> str:
    """Return the warning where somebody is held apart from the others; empty where nobody is.

    :param lines: those who are in the child's network today.
    """
    apart = held_apart(lines)
    if not apart:
        return ""
    return (
        f"{listed(apart)} holdes adskilt: de andre må ikke få noget at vide. Se efter, at brevene "
        f"til de andre ikke røber noget."
    )


def apart_tick(lines: Sequence[Line]) -> str:
    """Return what somebody says before they send; empty where nobody is held apart.

    :param lines: those who are in the child's network today.
    """
    apart = held_apart(lines)
    if not apart:
        return ""
    return f"Jeg har set, at brevene til de andre ikke røber noget om {listed(apart)}"
