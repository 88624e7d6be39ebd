"""The network as its page shows it: two lists, who can step in today, and the picture."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.custody import OF_AGE, may_be_holders
from dubu_plugin.domain.inddragelse import CONSENTS
from dubu_plugin.domain.netvaerk import (
    CIRCLES,
    PARENTS,
    RINGS,
    Faelles,
    Hjaelp,
    Kreds,
    Myndighed,
    Part,
    Rolle,
)
from dubu_plugin.store.family import netvaerk, siblings
from dubu_plugin.store.family.netvaerk import Contact, Line
from dubu_plugin.store.inddragelse import samtykker
from dubu_plugin.store.inddragelse.samtykker import Samtykke
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.web.inddragelse.view import Mark, state_of
from dubu_plugin.web.naming import born_words, first_name
from dubu_plugin.web.netvaerk.figure import Drawn, Shown, drawn

CUSTODY: Final[Mapping[Myndighed, str]] = {
    Myndighed.DEL: "Del i forældremyndigheden",
    Myndighed.INGEN: "Uden del i forældremyndigheden",
    Myndighed.UKENDT: "Forældremyndighed ikke noteret",
}
SHARED: Final[Mapping[Faelles, str]] = {
    Faelles.BEGGE: "Samme forældre",
    Faelles.EN: "Halvsøskende",
    Faelles.UKENDT: "",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody is reached, as the address book last told or somebody typed."""

    phone: str = field(repr=False)
    dial: str = field(repr=False)
    email: str = field(repr=False)
    address: str = field(repr=False)
    protected: bool
    source: str


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """The newest consent of each kind."""

    title: str
    url: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in a list."""

    url: str
    name: str = field(repr=False)
    role: str
    ring: str
    custody: str
    """Empty for those of whom it is not asked."""
    unknown: bool
    lives_here: bool
    samvaer: str = field(repr=False)
    apart: bool
    consents: Sequence[ConsentLine]
    asks_consent: bool
    """They must be asked, and have not been."""
    reach: Reach
    steps_in: str
    steps_in_said: str = field(repr=False)
    can: bool
    over: str


@dataclass(frozen=True, slots=True)
class SiblingRow:
    """A brother or sister."""

    name: str = field(repr=False)
    url: str | None
    detail: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Network:
    """The whole page."""

    circles: Sequence[tuple[str, Sequence[Row]]]
    stepping_in: Sequence[Row]
    over: Sequence[Row]
    siblings: Sequence[SiblingRow]
    figure: Drawn
    count: int
    custody_asked: bool
    """Nobody has said who has custody, and somebody should."""


def network(connection: sa.Connection, who: Asker, head: Head, now: datetime) -> Network:
    """Return a child's network as its page shows it."""
    today = danish.danish_day(now)
    url = f"/dubu/sag/{head.sag}"
    lines = netvaerk.of_child(connection, head.child)
    given = samtykker.of_sag(connection, head.sag)
    present = netvaerk.present(lines, today)
    rows = {one.key: row(one, url, given, present, now) for one in present}
    here = [(one, rows[one.key]) for one in present]
    over = [row(one, url, (), (), now) for one in lines if one.part.is_over(today)]
    return Network(
        circles=[
            (CIRCLES[circle], [shown for one, shown in here if one.part.circle is circle])
            for circle in Kreds
        ],
        stepping_in=[shown for one, shown in here if one.part.can_step_in(today)],
        over=over,
        siblings=_siblings(connection, who, head, lines, today),
        figure=drawn((_node(one, shown) for one, shown in here), first_name(head.child_name)),
        count=len(present),
        custody_asked=is_minor(head, today)
        and any(one.part.custody is Myndighed.UKENDT for one in present),
    )


def is_minor(head: Head, today: date) -> bool:
    """Tell whether somebody has custody of the child: it is born, and not of age."""
    return head.born is not None and age_on(head.born, today) < OF_AGE


def row(
    line: Line, url: str, given: Sequence[Samtykke], present: Sequence[Line], now: datetime
) -> Row:
    """Return somebody as a list shows them.

    An address somebody else there has protected is not shown of those who live with them either.
    """
    today = danish.danish_day(now)
    part = line.part
    consents = _consents(line.who.id, url, given, today)
    hidden = {one.who.address for one in present if one.who.protected_address}
    must = may_be_holders({one.who.id: one.part for one in present})
    return Row(
        url=f"{url}/netvaerk/{line.key}",
        name=line.who.name,
        role=part.title,
        ring=RINGS[part.ring],
        custody=CUSTODY[part.custody] if _asks_custody(part) else "",
        unknown=part.custody is Myndighed.UKENDT,
        lives_here=part.lives_here,
        samvaer=part.samvaer,
        apart=part.apart,
        consents=consents,
        asks_consent=line.who.id in must and not consents,
        reach=reach(line.who, now, hidden),
        steps_in=_steps_in(part, today),
        steps_in_said=part.steps_in_with,
        can=part.can_step_in(today),
        over=_over(part, today),
    )


def reach(who: Contact, now: datetime, hidden: Set[str | None]) -> Reach:
    """Return how somebody is reached. A protected address is never among it.

    :param hidden: the addresses others have protected.
    """
    guarded = who.protected_address or who.address in hidden
    phone = who.phone or ""
    seen = danish.list_date(danish.danish_day(who.seen_at), danish.danish_day(now))
    return Reach(
        phone=phone,
        dial="".join(sign for sign in phone if sign.isdigit() or sign == "+"),
        email=who.email or "",
        address="" if guarded else who.address or "",
        protected=who.protected_address,
        source=danish.unbroken(f"adressebogen {seen}") if who.in_book else "ikke i adressebogen",
    )


def _asks_custody(part: Part) -> bool:
    return part.role in PARENTS or part.custody is Myndighed.DEL


def _consents(
    giver: UUID, url: str, given: Sequence[Samtykke], today: date
) -> Sequence[ConsentLine]:
    newest: dict[str, Samtykke] = {}
    for one in given:
        if one.asked.giver == giver:
            newest.setdefault(one.asked.kind, one)
    return [
        ConsentLine(CONSENTS[one.asked.kind], f"{url}/samtykker/{one.id}", state_of(one, today))
        for one in newest.values()
    ]


def _steps_in(part: Part, today: date) -> str:
    if part.steps_in is Hjaelp.UKENDT:
        return ""
    said = "Kan træde til" if part.steps_in is Hjaelp.JA else "Kan ikke træde til nu"
    if part.steps_in_on is None:
        return said
    day = danish.list_date(part.steps_in_on, today)
    again = ", spørg igen" if part.was_asked_long_ago(today) else ""
    return danish.unbroken(f"{said} (spurgt {day}{again})")


def _over(part: Part, today: date) -> str:
    if part.ended_on is None:
        return ""
    return danish.unbroken(f"Til {danish.list_date(part.ended_on, today)}: {part.end_reason}")


def _node(line: Line, shown: Row) -> Shown:
    said = [line.who.name, line.part.word, RINGS[line.part.ring].lower()]
    if shown.can:
        said.append("kan træde til")
    if line.who.protected_address:
        said.append("beskyttet adresse")
    return Shown(
        line.part.ring, line.who.name, line.part.word, shown.url, ", ".join(said), shown.can
    )


def _siblings(
    connection: sa.Connection, who: Asker, head: Head, lines: Sequence[Line], today: date
) -> Sequence[SiblingRow]:
    parents = {one.who.id: one.part.word for one in lines if one.part.role in PARENTS}
    called = {one.who.id for one in lines if one.part.role is Rolle.SOESKENDE}
    found = siblings.of_child(connection, who, head.child, set(parents), called)
    rows = []
    for one in found:
        through = [parents[parent] for parent in sorted(one.through, key=str) if parent in parents]
        shares = SHARED[one.faelles]
        if one.faelles is not Faelles.BEGGE and through:
            shares = f"{shares + ', ' if shares else ''}fælles {danish.listed(through)}"
        parts = [born_words(one.born, None, today), shares,
                 "beskyttet adresse" if one.protected_address else "",
                 "lukket sag" if one.closed else ""]  # fmt: skip
        url = f"/dubu/sag/{one.sag}" if one.sag else None
        rows.append(SiblingRow(one.name, url, " · ".join(filter(None, parts))))
    return rows
