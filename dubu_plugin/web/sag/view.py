"""The panel of a case in words: what is next, what has come in, who the family is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Asker, decide, opens
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.forloeb_handicap import AREA, line_of
from dubu_plugin.domain.forloeb_reached import reached
from dubu_plugin.domain.maal import PLANS
from dubu_plugin.domain.skriftgang import standing
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.ports.journal_objects import Kind, Ref
from dubu_plugin.store import access
from dubu_plugin.store.aktivitet import plan_lines
from dubu_plugin.store.inddragelse import involved
from dubu_plugin.store.plan.shared import shared_with
from dubu_plugin.store.sag import sag_events, sag_panel
from dubu_plugin.store.sag.sag_panel import CameIn, Head, Relative
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.web.afgoerelse.lines import decision_lines
from dubu_plugin.web.aktivitet.view import running_lines
from dubu_plugin.web.inddragelse.view import around_lines, panel_lines
from dubu_plugin.web.indsats.lines import indsats_lines
from dubu_plugin.web.min_dag import waiting
from dubu_plugin.web.naming import KINDS, born_words, source_words
from dubu_plugin.web.opfoelgning.lines import follow_up_lines
from dubu_plugin.web.plan.shared import shared_lines
from dubu_plugin.web.sag import event_words
from dubu_plugin.web.sag.child_card import ChildCard, card, is_expected
from dubu_plugin.web.sag.next_view import Next, next_step
from dubu_plugin.web.sag.steps import CourseStep, course, noted, step_words
from dubu_plugin.web.skrift.lines import Line, standing_lines

HIDDEN: Final = "•••••••••"
APPLICATIONS: Final = "Ansøgninger"
"""What came in, where it is applications alone."""

TIES: Final[Mapping[str, str]] = {
    "mor": "mor",
    "far": "far",
    "barn": "barn",
    "soeskende": "søskende",
    "partner": "partner",
    "bedsteforaelder": "bedsteforælder",
    "barnebarn": "barnebarn",
    "anden": "",
}

REASONS: Final = (
    ("besoeg", "Besøg hos barnet"),
    ("post", "Brev eller indkaldelse"),
    ("akut", "Akut situation"),
    ("myndighed", "En anden myndighed har krav på den"),
)
"""Why somebody needs to see a protected address; the code stands in the read log."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name that may lead somewhere."""

    name: str
    url: str | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CameInLine:
    """Something that came in about the child."""

    title: str
    url: str
    detail: str
    mark: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Links:
    """Ways into the host."""

    host: Sequence[tuple[str, str]]
    parties: str | None


@dataclass(frozen=True, slots=True)
class Revealed:
    """Something masked that is shown this once."""

    heading: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CasePanel:
    """The whole panel."""

    url: str
    card: ChildCard
    name: str
    cpr: str
    cpr_shown: bool
    may_reveal: bool
    siblings: Sequence[Link]
    course: Sequence[CourseStep]
    disability: bool
    """It is about a child with a disability, so its steps have other names."""
    read_only: str
    waiting: Sequence[waiting.WaitingLine]
    to_print: int
    """Letters that are to be printed and posted."""
    plans: Sequence[str]
    """A line each for the plans that run: how far they are, and what is next."""
    written: Sequence[Line]
    """What is written on the case: screening, undersøgelse …"""
    planned: Sequence[Line]
    """The barnets plan and its like."""
    decided: Sequence[Line]
    helped: Sequence[Line]
    """The indsatser that have begun, those that run first."""
    followed: Sequence[Line]
    """The follow-ups that are held, the newest first."""
    standing: Mapping[str, str]
    """What is said of a step nothing is made of here: noted by hand, or not begun; by stage."""
    involved: Sequence[str]
    """A few lines on talks, consents and statements; none where there is nothing yet."""
    around: Sequence[str]
    """A line on who is around the child; none where nobody is known."""
    next: Next | None
    came_in: Sequence[CameInLine]
    came_in_title: str
    came_in_note: str
    family: Sequence[Link]
    address: str
    address_protected: bool
    reasons: Sequence[tuple[str, str]]
    stream: Sequence[event_words.EventDay]
    newer_url: str | None
    older_url: str | None
    links: Links
    log_url: str | None
    print_url: str | None
    may_write: bool
    birth_url: str | None
    """Where the birth of an expected child is registered."""
    """Where it stands who has looked, for who may see that."""
    revealed: Revealed | None
    errors: Mapping[str, str]


def panel(
    connection: sa.Connection,
    product: Product,
    who: Asker,
    head: Head,
    now: datetime,
    *,
    page: int = 1,
    reveal: str = "",
    errors: Mapping[str, str] | None = None,
) -> CasePanel:
    """Return the panel of a case.

    :param page: which part of the stream of what has happened.
    :param reveal: ``cpr`` or ``adresse`` to show what is else masked; the door has said yes.
    """
    today = danish.danish_day(now)
    family = sag_panel.family(connection, who, head.child)
    came_in = sag_panel.came_in(connection, who, head.child)
    told = sag_events.events(connection, head.sag, page=page)
    steps = sag_panel.steps(connection, head.sag)
    figures, stuck = involved.with_stuck(
        connection, head.sag, head.child, today, slower_than=now - waiting.SLOW
    )
    come_to = reached(told.course, line_of(head.area))
    url = f"/dubu/sag/{head.sag}"
    stands = standing(told.course)
    hidden = head.protected_address
    shown = card(head, today)
    about = access.subject(connection, who, "sag", head.sag)

    def may(act: Act) -> bool:
        return about is not None and bool(decide(who, act, about))

    return CasePanel(
        url=url,
        card=shown,
        name=shown.name,
        cpr=Cpr(head.cpr).plain if reveal == "cpr" and head.cpr else shown.cpr,
        cpr_shown=reveal == "cpr",
        may_reveal=bool(opens(who, Act.REVEAL, protected=head.protected)),
        siblings=[_relative(one, today) for one in family if one.tie == "soeskende"],
        course=course(
            come_to,
            steps,
            product.store.rules,
            now=now,
            born=head.born,
            url=url,
            underretning=f"/dubu/indgang/{came_in[0].underretning}" if came_in else None,
        ),
        disability=head.area == AREA,
        read_only=_read_only(head, today),
        waiting=[waiting.line(row, now) for row in stuck],
        to_print=figures.to_print,
        plans=running_lines(plan_lines.lines_of_case(connection, head.sag), now),
        written=standing_lines(
            head.sag, [one for one in stands if one.kind not in PLANS], product.forms
        ),
        planned=[
            *standing_lines(head.sag, [one for one in stands if one.kind in PLANS], product.forms),
            *(
                shared_lines(head.sag, shared_with(connection, who, head.child, but=head.sag))
                if figures.shared
                else ()
            ),
        ],
        decided=decision_lines(head.sag, told.course, product.matters, now),
        helped=indsats_lines(head.sag, told.course, product.indsatser, now),
        followed=follow_up_lines(head.sag, told.course, now),
        standing=noted(come_to, now),
        involved=panel_lines(figures, now),
        around=around_lines(figures),
        next=next_step(
            product,
            steps,
            now,
            head.sag,
            disability=head.area == AREA,
            course=None if head.phase == CLOSED or head.area == AREA else come_to,
        ),
        came_in=[_came_in(one, now) for one in came_in],
        came_in_title=_called(came_in),
        came_in_note=_recent(came_in, now),
        family=[_relative(one, today) for one in family],
        address="" if hidden else head.address or "",
        address_protected=hidden,
        reasons=REASONS,
        stream=event_words.by_day(
            told.shown,
            now,
            _documents(product, told.shown),
            {letter.code: letter.row.title for letter in product.letters},
        ),
        newer_url=f"{url}?side={page - 1}" if page > 1 else None,
        older_url=f"{url}?side={page + 1}" if told.more else None,
        links=_links(product, head),
        log_url=f"{url}/log" if may(Act.READ_LOG) else None,
        print_url=f"{url}/udskriv" if may(Act.PRINT) else None,
        may_write=may(Act.WRITE),
        birth_url=f"{url}/foedsel" if is_expected(head) and may(Act.WRITE) else None,
        revealed=_revealed(head, reveal),
        errors=errors or {},
    )


def _relative(one: Relative, today: date) -> Link:
    age = born_words(one.born, None, today)
    detail = ", ".join(part for part in (TIES.get(one.tie, one.tie), age) if part)
    if one.protected_address:
        detail = f"{detail}, beskyttet adresse"
    return Link(one.name, f"/dubu/sag/{one.sag}" if one.sag else None, detail)


def _read_only(head: Head, today: date) -> str:
    if head.phase != CLOSED:
        return ""
    if head.closed_at is None:
        return "Sagen er lukket"
    day = danish.list_date(danish.danish_day(head.closed_at), today)
    return danish.unbroken(f"Sagen er lukket {day}")


def _came_in(one: CameIn, now: datetime) -> CameInLine:
    application = one.henvendelse == Henvendelse.ANSOEGNING
    title = KINDS[Henvendelse.ANSOEGNING] if application else source_words(one.underretter)
    parts = [danish.list_moment(one.received_at, now)]
    if one.assessed_at is not None:
        parts.append("akut" if one.fare == "akut" else "ikke akut")
        parts.append(step_words(one.next_step))
    mark = None
    if one.state == "ny":
        mark = ("Ikke vurderet" if not application else "Ikke fordelt", "act", "time")
    detail = " · ".join(part for part in parts if part)
    return CameInLine(title, f"/dubu/indgang/{one.underretning}", danish.unbroken(detail), mark)


def _called(came_in: Sequence[CameIn]) -> str:
    """Return what the things that came in are together: an application is no underretning."""
    applications = sum(one.henvendelse == Henvendelse.ANSOEGNING for one in came_in)
    if not applications:
        return "Underretninger"
    return APPLICATIONS if applications == len(came_in) else "Henvendelser"


def _recent(came_in: Sequence[CameIn], now: datetime) -> str:
    if _called(came_in) == APPLICATIONS:
        return ""
    year_ago = now.replace(year=now.year - 1) if (now.month, now.day) != (2, 29) else now
    number = sum(
        one.received_at > year_ago and one.henvendelse != Henvendelse.ANSOEGNING for one in came_in
    )
    return f"{number} på 12 måneder"


def _documents(product: Product, events: Sequence[sag_events.Event]) -> Mapping[str, str]:
    """Return the addresses of the documents named in the stream. Asks nobody."""
    journal = product.ports.journal
    found = {}
    for event in events:
        key = event.data.get("dokument")
        if key:
            url = journal.url_for(Ref(journal.name, Kind.DOCUMENT, str(key)))
            if url:
                found[str(key)] = url
    return found


def _links(product: Product, head: Head) -> Links:
    journal = product.ports.journal
    url = head.host_key and journal.url_for(Ref(journal.name, Kind.CASE, head.host_key))
    return Links([("Åbn i journalen", url)] if url else [], None)


def _revealed(head: Head, reveal: str) -> Revealed | None:
    if reveal == "adresse":
        return Revealed("Beskyttet adresse", head.address or "Adressen er ikke oplyst")
    if reveal == "cpr" and head.cpr:
        return Revealed("CPR-nummer", Cpr(head.cpr).plain)
    return None
