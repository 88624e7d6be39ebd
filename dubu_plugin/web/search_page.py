"""Search. What is searched for never stands in an address: it is kept as a draft is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, TypeAlias
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.store import access, drafts, read_log
from dubu_plugin.store.sag import sag_events
from dubu_plugin.store.search import found as search
from dubu_plugin.store.search.found import Hit
from dubu_plugin.store.transaction import Work
from dubu_plugin.web.door import Door, Visit, anything
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form
from dubu_plugin.web.naming import born_words, child_title, source_words
from dubu_plugin.web.sag.stands import standing_words

router = APIRouter()

URL: Final = "/dubu/soeg"
LAST: Final = "soegning"
"""The draft that holds what somebody searched for last, so that going back shows it again."""
LONGEST: Final = 200

Courses: TypeAlias = Mapping[UUID, Sequence[Fact]]
"""What the course of each case is read from."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit in words."""

    title: str
    url: str
    age: str
    detail: str
    kind: str


@router.get(URL)
def show(
    visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="soeg"))], resultat: str = ""
) -> Response:
    """Show the form, and what the last search found where the address says so."""
    text, hits = "", None
    courses: Courses = {}
    if resultat:
        with visit.reading() as connection:
            kept = drafts.kept(connection, visit.asker.key, LAST)
            text = kept.fields["q"][0] if kept else ""
            hits = search.search(connection, visit.asker, text) if text else None
            courses = _courses(connection, hits or ())
    return visit.page(
        Page("search.html", "Søg", URL, values={"s": _result(visit, text, hits, courses)})
    )


@router.post(URL)
def ask(visit: Annotated[Visit, Depends(Door(Act.SEARCH))], sent: Form) -> Response:
    """Write the search in the log, and go on to what it finds."""
    text = sent.one("q")[:LONGEST]
    if not text:
        return RedirectResponse(URL, status_code=303)
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        drafts.keep(work, LAST, {"q": [text]}, base_version=0)
        note(work, visit.asker, text)
    return RedirectResponse(f"{URL}?resultat=1", status_code=303)


def found_for(
    product: Product, employee: str, text: str, *, heading: str
) -> Sequence[dict[str, str]]:
    """Return what a search in the host finds of ours, and write it in the log.

    :param heading: what the host puts over it.
    """
    now = product.clock()
    with product.store.write(actor=employee, now=now) as work:
        asker = access.asker(work.connection, employee)
        if asker is None or not anything(asker, Act.SEARCH):
            return ()
        note(work, asker, text)
        hits = search.search(work.connection, asker, text[:LONGEST])
        courses = _courses(work.connection, hits)
    found = ((hit, found_words(hit, courses, now)) for hit in hits)
    return [
        {
            "title": one.title if hit.underretning else f"{one.kind}: {one.title}",
            "url": one.url,
            "detail": one.detail,
            "source": heading,
            "case": "" if hit.underretning else hit.number or "",
        }
        for hit, one in found
    ]


def note(work: Work, asker: Asker, text: str) -> None:
    """Write in the log what somebody searched for; what may be a CPR number is masked there."""
    read_log.add(
        work.connection,
        at=work.now,
        employee=asker.key,
        act=Act.SEARCH,
        subject_kind="soegning",
        subject_id=None,
        decision=anything(asker, Act.SEARCH),
        detail=text[:LONGEST],
    )


@dataclass(frozen=True, slots=True)
class Result:
    """The whole page."""

    text: str
    summary: str
    hits: Sequence[Found] | None
    more: bool


def _courses(connection: sa.Connection, hits: Sequence[Hit]) -> Courses:
    """Return what tells where each case that was found is now: all in one question."""
    return sag_events.courses(
        connection, [hit.sag for hit in hits if hit.sag and not hit.underretning]
    )


def _result(visit: Visit, text: str, hits: Sequence[Hit] | None, courses: Courses) -> Result:
    if hits is None:
        return Result(text, "", None, False)
    found = [found_words(hit, courses, visit.now) for hit in hits]
    number = danish.counted(len(found), "fundet", "fundet")
    more = len(found) == search.MOST
    return Result(text, f"{number}{' – skriv mere for at snævre ind' if more else ''}", found, more)


def found_words(hit: Hit, courses: Courses, now: datetime) -> Found:
    """Return a hit in words.

    :param courses: what has happened on the cases that were found.
    """
    today = danish.danish_day(now)
    name = child_title(hit.child_name, hit.termin if hit.born is None else None)
    age = born_words(hit.born, hit.termin, today)
    who = hit.responsible_name or "ingen har den"
    if hit.underretning is None:
        course = courses.get(hit.sag, ()) if hit.sag else ()
        stands = standing_words(course, hit.area or "", step=hit.step, phase=hit.phase)
        parts = (hit.number or "", stands, who)
        detail = " · ".join(part for part in parts if part)
        return Found(name, f"/dubu/sag/{hit.sag}", age, detail, "Sag")
    received = danish.list_moment(hit.received_at, now) if hit.received_at else ""
    about = f" om {name}" if hit.child_name else f", {name.lower()}"
    title = f"{source_words(hit.underretter)}{about}"
    detail = danish.unbroken(f"{received} · {who}")
    return Found(title, f"/dubu/indgang/{hit.underretning}", age, detail, "Underretning")
