"""What stands on the pages of the indsatser of a case."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.gates import placement_ends
from dubu_plugin.domain.gates.begins import DECIDERS, WHO_MAY, takes_decision
from dubu_plugin.domain.gates.elsewhere import ADOPT, MOVE, RULE, SEND_HOME
from dubu_plugin.domain.hearing_time import GIVEN
from dubu_plugin.domain.indsatser import (
    ADULT,
    Combination,
    DecidedBy,
    IndsatsGroup,
    IndsatsState,
    Reason,
    ReasonKind,
)
from dubu_plugin.domain.indsatser import Indsats as Row
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Goal, Indsats
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.indsats.extent import PERS, extent, plain
from dubu_plugin.usecases.indsats.granted import hours_of, reckoned
from dubu_plugin.usecases.indsats.on_indsats import row_of
from dubu_plugin.usecases.indsats.rests import told
from dubu_plugin.usecases.indsats.wanted import Ground, counted_on, ground
from dubu_plugin.web.indsats import words
from dubu_plugin.web.skrift.lines import Line

NONE: Final = "ingen"
"""What the address says where an indsats rests on no decision here."""


@dataclass(frozen=True, slots=True)
class Group:
    """What may be chosen under one paragraph."""

    law: str
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Past:
    """Something that happened with an indsats."""

    title: str
    when: str
    by: str
    why: str
    was: str
    text: str


def lines(product: Product, found: Sequence[Indsats], url: str, today: date) -> Sequence[Line]:
    """Return a line for each indsats: those that run, are planned, and are over."""
    order = list(IndsatsState)
    ranked = sorted(
        found,
        key=lambda one: [IndsatsState.I_GANG, IndsatsState.PLANLAGT, *order].index(one.state),
    )
    return [_line(product, one, url, today) for one in ranked]


def choices(
    reasons: Sequence[Reason], row: Row, born: date | None, today: date
) -> Sequence[tuple[str, str]]:
    """Return the reasons that can be chosen; a child's placement ends with few of them (§ 100)."""
    few = row.is_placement and placement_ends.is_asked(row.group)
    if few and not placement_ends.is_adult(born, today):
        may = placement_ends.ENDS - placement_ends.OF_AGE
        reasons = [one for one in reasons if one.kind is not ReasonKind.OPHOER or one.code in may]
    return [(one.code, one.title) for one in reasons]


def by_age(row: Row, born: date | None, today: date) -> str:
    """Return from when a placement can end by age, where that is before a decision could be made
    about going home; else nothing (§ 99)."""
    asked = row.is_placement and placement_ends.is_asked(row.group)
    if born is None or not asked or placement_ends.is_adult(born, today):
        return ""
    if not placement_ends.is_adult(born, today + GIVEN):
        return ""
    grown = birthday(born, ADULT)
    return danish.unbroken(
        f"Barnet fylder 18 år den {danish.long_date(grown)}. Slutter anbringelsen derfor, så "
        f"afslut den fra den {danish.long_date(grown - timedelta(days=1))}: Den grund kan ikke "
        f"vælges før (§ 99)."
    )


def chosen_ground(
    connection: sa.Connection,
    product: Product,
    sag: Sag,
    asked: str,
    today: date,
    begun: Set[tuple[UUID, str]],
    law_of: date | None = None,
    first: date | None = None,
) -> tuple[Ground, Sequence[tuple[str, str]]]:
    """Return what may be chosen, and the other decisions that may be rested on.

    :param asked: the decision the address names, `NONE`, or empty for the newest that gives
        something no indsats has been begun on, else the newest.
    :param begun: what was begun of the decisions of the case.
    :param law_of: the day whose law counts, where no decision of the case gives it.
    :param first: the first day, where that is typed.
    :raises NotYours: the case has no such decision in force.
    """
    standing = [
        one
        for one in afgoerelser.in_force(connection, sag.id, counted_on(first, today))
        if (matter := product.matters.get(one.matter, one.decided_on or today)) and matter.indsatser
    ]
    key: UUID | None = None
    if not asked:
        unused = [
            one for one in standing if any((one.id, given.code) not in begun for given in one.given)
        ]
        key = next((one.id for one in [*unused, *standing]), None)
    elif asked != NONE:
        key = next((one.id for one in standing if str(one.id) == asked), UUID(int=0))
    its = ground(connection, sag, key, today, product, law_of=law_of, first=first)
    others = [(str(one.id), _decision(product, one, today)) for one in standing if one.id != key]
    if key is not None:
        others.append((NONE, "Ingen af dem: tidlig hjælp, eller truffet et andet sted"))
    return its, others


def begun_of(found: Sequence[Indsats]) -> Set[tuple[UUID, str]]:
    """Return what was begun of the decisions of a case: the decision and the indsats."""
    return {
        (one.afgoerelse, one.code)
        for one in found
        if one.afgoerelse is not None and one.state is not IndsatsState.OPGIVET
    }


def decision_words(product: Product, its: Ground, today: date) -> str:
    """Return the decision an indsats rests on, or nothing."""
    return _decision(product, its.decision, today) if its.decision else ""


def first_values(
    connection: sa.Connection,
    its: Ground,
    today: date,
    begun: Set[tuple[UUID, str]] = frozenset(),
    code: str = "",
) -> dict[str, str]:
    """Return what a new indsats begins with: what the decision says already.

    :param begun: what was begun of the decisions of the case; the next is what is not.
    :param code: the one of those it gives that was asked for.
    """
    decision = its.decision
    value = ""
    rows = decision.given if decision else ()
    waits = [
        one
        for one in rows
        if (one.code == code if code else decision and (decision.id, one.code) not in begun)
    ]
    one = next(iter(waits), None)
    if one is not None:
        value = f"{one.code}:{one.place or ''}"
    elif not rows and len(its.choices) == 1:
        value = _value(its.choices[0])
    own = (one.starts_on if one else None) or (decision.starts_on if decision else None)
    first = own or today
    last = its.ends_on(one.code if one else "")
    hours = hours_of(
        reckoned(connection, decision.id if decision else None, value.partition(":")[0])
    )
    return {
        "hvad": value,
        "fra": max(first, its.day if decision else first).isoformat(),
        "til": last.isoformat() if last else "",
        "antal": plain(hours.amount) if hours else "",
        "per": hours.per if hours else "uge",
        "afgoerelse": str(decision.id) if decision else "",
    }


def groups(choices: Sequence[Combination]) -> Sequence[Group]:
    """Return what may be chosen, paragraph by paragraph."""
    return [
        Group(danish.unbroken(law), [(_value(one), _title(one)) for one in found])
        for law, found in groupby(choices, key=lambda one: one.indsats.law)
    ]


def new_values(
    product: Product, its: Ground, goals: Sequence[Goal], today: date
) -> Mapping[str, Any]:
    """Return what the form of a new indsats is made of."""
    placed = [one.indsats for one in its.choices if one.indsats.is_placement]
    reasons = product.indsatser.reasons(ReasonKind.START, today, placed[0].group) if placed else ()
    return {
        "groups": groups(its.choices),
        "has_places": any(one.place for one in its.choices),
        "asks_handicap": any(asks_handicap(one.indsats) for one in its.choices),
        "placement": bool(placed),
        "reasons": [(one.code, one.title) for one in reasons],
        "pers": list(PERS.items()),
        "goals": goals,
        "decision": decision_words(product, its, today),
        "old_law": danish.long_date(its.day) if its.decision is None and its.day < today else "",
        **before_values(product, [one.indsats for one in its.choices], today),
    }


def asks_handicap(row: Row) -> bool:
    """Tell whether it is asked if the child has a disability: help by chapter 8 says so."""
    return row.group is not IndsatsGroup.HANDICAP


def before_values(
    product: Product, rows: Sequence[Row], today: date, its: Indsats | None = None
) -> Mapping[str, Any]:
    """Return what is asked of a decision that does not stand on the case.

    :param rows: the rows of the catalogue it may be about.
    :param its: the indsats that is planned, which may have said it already.
    """
    may = [one for row in rows for one in WHO_MAY[row.decided_by]]
    rests = its is not None and (its.afgoerelse is not None or its.before.is_said)
    taking = any(takes_decision(row, product.matters.giving(row.code, today)) for row in rows)
    return {
        "deciders": [(one.value, words) for one, words in DECIDERS.items() if one in may],
        "asks_before": taking and not rests,
        "clock": any(row.decided_by is DecidedBy.FORMANDEN for row in rows)
        and (its is None or its.afgoerelse is None),
    }


def elsewhere_values(doing: str) -> Mapping[str, Any]:
    """Return who can have decided what is done, where that does not stand on the case."""
    may = set(MOVE) if doing == "flyt" else {*SEND_HOME, *RULE, *ADOPT}
    found = [(one.value, name) for one, name in DECIDERS.items() if one in may]
    return {"deciders_elsewhere": found}


def facts(
    product: Product, its: Indsats, decision: str, amount: str, today: date
) -> Sequence[tuple[str, str]]:
    """Return what is known of an indsats, for whoever works on the case.

    :param amount: what it comes to a month, where the decision was reckoned.
    """
    found = [
        ("Efter", law_words(its.law)),
        ("Periode", words.period(its, today)),
        ("Omfang", extent(its.amount, its.unit, its.per)),
        ("Beløb", amount),
        ("Sted", words.place(product.indsatser, its)),
        ("Leverandør", its.supplier or ""),
        ("Hviler på", decision or _rests_on(product, its)),
    ]
    return [(label, danish.unbroken(text)) for label, text in found if text]


def _rests_on(product: Product, its: Indsats) -> str:
    """Return what an indsats rests on that no decision of the case gives; nothing where none is
    taken."""
    matters = product.matters.giving(its.code, danish.danish_day(its.made_at))
    if told(its.before):
        return told(its.before)
    taken = takes_decision(row_of(product.indsatser, its), matters)
    return "En afgørelse, der ikke står her" if taken else ""


def past(
    product: Product, its: Indsats, changes: Sequence[indsatser.Change], now: datetime
) -> Sequence[Past]:
    """Return what has happened with an indsats, the newest first."""
    today = danish.danish_day(now)
    return [
        Past(
            words.CHANGES[one.kind],
            danish.unbroken(danish.list_date(one.on, today)),
            danish.unbroken(f"{one.by}, {danish.list_moment(one.at, now)}"),
            words.why(product.indsatser, one),
            words.was(product.indsatser, its, one, today),
            one.words,
        )
        for one in changes
    ]


def decision_of(connection: sa.Connection, product: Product, its: Indsats, today: date) -> str:
    """Return the decision an indsats rests on in words, or nothing."""
    found = afgoerelser.by_id(connection, its.afgoerelse) if its.afgoerelse else None
    return _decision(product, found, today) if found else ""


def _line(product: Product, one: Indsats, url: str, today: date) -> Line:
    rows = product.indsatser
    parts = (
        law_words(one.law),
        words.period(one, today),
        extent(one.amount, one.unit, one.per),
    )
    place = words.place(rows, one)
    title = f"{words.title(rows, one)}{f' · {place}' if place else ''}"
    hidden = "skjult for forældrene (§ 105)" if one.place_hidden else ""
    said = (*parts, one.supplier or "", hidden)
    detail = danish.unbroken(" · ".join(part for part in said if part))
    return Line(title, f"{url}/indsats/{one.id}", detail, words.STATES[one.state])


def _decision(product: Product, one: afgoerelser.Afgoerelse, today: date) -> str:
    matter = product.matters.get(one.matter, one.decided_on or today)
    day = danish.list_date(one.decided_on, today) if one.decided_on else ""
    what = matter.title if matter else "Afgørelse"
    return danish.unbroken(f"{what} ({law_words(one.law or '')}), truffet {day}")


def _value(one: Combination) -> str:
    return f"{one.indsats.code}:{one.place.code if one.place else ''}"


def _title(one: Combination) -> str:
    return f"{one.indsats.title}: {one.place.title}" if one.place else one.indsats.title
