"""What stands around the text on every page of a skrift: the figure, »Mangler«, the sources, the
guidance, the deadline."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from fastapi.responses import Response
from markupsafe import Markup, escape

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish import whose
from dubu_plugin.domain.skrift import DRAFTS, WHOLE, SkriftKind
from dubu_plugin.metode.missing import Missing
from dubu_plugin.ports.journal_objects import Kind, Ref
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.skrift.kilder import Kilde
from dubu_plugin.web.door import Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.skrift import figure as skrift_figure
from dubu_plugin.web.skrift.figure import Drawn
from dubu_plugin.web.skrift.opened import ONE, PART, Opened
from dubu_plugin.web.skrift.words import carried_on, state_mark

RULES: Final[Mapping[SkriftKind, tuple[str, ...]]] = {
    SkriftKind.SCREENING: ("SCR",),
    SkriftKind.AFDAEKNING: ("AFD",),
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: ("BFU-4M", "BFU-4M-U", "BFU-2M"),
    SkriftKind.FORELOEBIG_VURDERING: ("BFU-FORL",),
    SkriftKind.BARNETS_PLAN: ("PLAN-STRAKS", "PLAN-TVANG", "PLAN-ANB", "PLAN-3M"),
    SkriftKind.UNGEPLAN: ("PLAN-STRAKS", "PLAN-TVANG", "UNGEPLAN"),
    SkriftKind.FORAELDREHANDLEPLAN: ("FORPLAN-REV", "FORPLAN-12M"),
}
"""The deadline rules each kind is written under; the first with a day is shown."""

_CITED: Final = re.compile(r"(#[1-9]\d{0,3})(?!\w)")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it is listed."""

    number: int
    title: str = field(repr=False)
    url: str | None
    day: str


@dataclass(frozen=True, slots=True)
class LackLine:
    """Something that is lacking, and where it is written."""

    title: str
    what: str
    url: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """When it must be finished."""

    due: datetime
    words: str


def page(
    visit: Visit,
    template: str,
    opened: Opened,
    values: Mapping[str, Any],
    *,
    here: str | None = None,
    title: str = "",
    status: int = 200,
) -> Response:
    """Draw a page of a skrift.

    :param here: the place it is about; None for a page about the whole.
    """
    shown = {
        "o": opened,
        "url": opened.url,
        "case_url": f"/dubu/sag/{opened.head.sag}",
        "title": opened.form.title,
        "law": danish.unbroken(opened.form.paragraph(unborn=is_unborn(opened))),
        "mark": state_mark(opened),
        "carried_on": carried_on(opened, visit.now),
        "follower_url": ONE.format(sag=opened.head.sag, skrift=opened.follower.id)
        if opened.follower
        else "",
        "figure": figure(opened, here),
        "parts": _parts(opened, here),
        "lacking": lack_lines(opened),
        "sources": source_lines(visit, opened),
        "here": here,
        **values,
    }
    whole = f"{title}: {opened.form.title}" if title else opened.form.title
    return visit.page(
        Page(template, whole, case=opened.head.host_key, tab=TAB, values=shown), status
    )


def is_unborn(opened: Opened) -> bool:
    """Tell whether the child is not born yet."""
    return opened.skrift.unborn


def figure(opened: Opened, here: str | None) -> Drawn | None:
    """Return the figure of its method, or None where it has none."""
    if opened.method is None:
        return None
    name = child_title(opened.head.child_name, None)
    middle = "Barnets behov" if is_unborn(opened) else f"{whose(name)} behov"
    return skrift_figure.drawn(opened.method, opened.url, here, opened.state, middle)


def lack_lines(opened: Opened) -> Sequence[LackLine]:
    """Return what is lacking, each with the address of where it is written."""
    return [
        LackLine(one.title, danish.unbroken(" · ".join(filter(None, (one.what, one.law)))),
                 _lack_url(opened, one))
        for one in opened.lacking
    ]  # fmt: skip


def first_lacking(opened: Opened) -> str:
    """Return where one writes on: the first page that lacks something, or the overview."""
    if not (opened.writes and opened.lacking and opened.skrift.state in DRAFTS):
        return opened.url
    lacking = {url.split("#")[0]: url for url in (_lack_url(opened, one) for one in opened.lacking)}
    pages = (f"{opened.url}/{place}" for place in opened.places)
    return next((page for page in pages if page in lacking), _lack_url(opened, opened.lacking[0]))


def _lack_url(opened: Opened, one: Missing) -> str:
    if one.place != WHOLE:
        return f"{opened.url}/{one.place}"
    section = opened.form.by_code.get(one.field)
    if section is None:
        return f"{opened.url}#forhold"
    return f"{opened.address_of(section.part).split('#')[0]}#f-t-{one.field}"


def source_lines(visit: Visit, opened: Opened) -> Sequence[SourceLine]:
    """Return the sources that are not struck out, each with its address where it has one."""
    today = danish.danish_day(visit.now)
    return [
        SourceLine(
            one.number, one.title, source_url(visit, one),
            danish.unbroken(danish.list_date(one.day_beside, today)) if one.day_beside else "",
        )
        for one in opened.sources
    ]  # fmt: skip


def source_url(visit: Visit, one: Kilde) -> str | None:
    """Return where a source is read, or None for what lies nowhere. Asks nobody."""
    if one.subject is not None and one.kind == "underretning":
        return f"/dubu/indgang/{one.subject}"
    if one.document_key is not None:
        journal = visit.product.ports.journal
        return journal.url_for(Ref(journal.name, Kind.DOCUMENT, one.document_key))
    return None


def deadline(connection: sa.Connection, opened: Opened, now: datetime) -> Deadline | None:
    """Return the day it must be finished by, or None where it has none."""
    if not opened.skrift.is_open:
        return None
    rules = RULES.get(opened.skrift.kind, ())
    for one in sag_panel.steps(connection, opened.head.sag):
        if one.rule in rules and one.state == "aaben" and one.due is not None:
            today, day = danish.danish_day(now), danish.danish_day(one.due)
            words = f"Frist {danish.list_date(day, today)} ({danish.relative_day(day, today)})"
            return Deadline(one.due, danish.unbroken(words))
    return None


def cited(text: str, urls: Mapping[int, str | None]) -> Markup:
    """Return a text as paragraphs, in which every ``#3`` leads to the source with that number."""
    lines = []
    for block in filter(None, (part.strip() for part in text.split("\n\n"))):
        rows = (_row(line, urls) for line in block.split("\n"))
        lines.append(Markup("<p>{}</p>").format(Markup("<br>").join(rows)))
    return Markup("").join(lines)


def _row(line: str, urls: Mapping[int, str | None]) -> Markup:
    parts = []
    for piece in _CITED.split(line):
        number = int(piece[1:]) if _CITED.fullmatch(piece) else 0
        if number not in urls:
            parts.append(escape(piece))
            continue
        url = urls[number] or f"#kilde-{number}"
        parts.append(Markup('<a href="{}">{}</a>').format(url, piece))
    return Markup("").join(parts)


def _parts(opened: Opened, here: str | None) -> Sequence[tuple[str, str, str, bool, bool]]:
    """Return each part: its title, address, what it lacks, whether it is here, whether it comes
    after the dimensions."""
    found = []
    is_part = here is not None and here.startswith(PART)
    at_hand = opened.form.on_page(str(here).removeprefix(PART)) if is_part else ()
    for one in opened.form.parts:
        asked = opened.form.in_part(one.code)
        lacks = sum(
            section.required and not opened.words.get((WHOLE, section.code)) for section in asked
        )
        begun = any(opened.words.get((WHOLE, section.code)) for section in asked)
        state = "Skrevet" if not lacks and begun else "I gang" if begun else "Mangler"
        if not lacks and not begun:
            state = "Kan udelades"
        found.append(
            (one.title, opened.address_of(one.code), state, one in at_hand,
             one.after_dimensions)
        )  # fmt: skip
    return found
