"""Fetch what is of the whole family from what is written about a sibling.

To see what a sibling's says one must be able to read the sibling's case, and the reading stands in
that case's log.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Annotated, Final
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.danish import whose
from dubu_plugin.domain.mentions import mentions
from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sag_panel import Relative
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.said_at import said_at
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import At
from dubu_plugin.usecases.skrift.copy_shared import copy_shared, shared_of
from dubu_plugin.web.door import Door, Visit, enter
from dubu_plugin.web.forms import Form
from dubu_plugin.web.keys import key_in
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.skrift.opened import ONE, Opened, opened
from dubu_plugin.web.skrift.screen import page
from dubu_plugin.web.skrift.versions_page import titles
from dubu_plugin.web.skrift.words import THEIR

router = APIRouter()

URL: Final = ONE + "/hent-afsnit"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@dataclass(frozen=True, slots=True)
class Theirs:
    """What is written about a sibling."""

    id: UUID
    sag: UUID
    title: str = field(repr=False)
    name: str = field(repr=False)
    """The sibling's first."""
    detail: str
    """When it was begun."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A text that can be fetched."""

    name: str
    place: str
    title: str
    text: str = field(repr=False)
    is_written: bool
    """Something stands here already, so it is not fetched."""
    names: bool
    """It names the sibling, so it may be about that child alone."""


@router.get(URL)
def show(visit: Reader, skrift: str, fra: str = "") -> Response:
    """Show what is written about siblings, or what of one can be fetched."""
    here = opened(visit, skrift)
    with visit.reading() as connection:
        theirs = list(_of_siblings(connection, visit, here))
    source = next((one for one in theirs if str(one.id) == fra), None)
    if fra and source is None:
        raise NotYours
    rows: Sequence[Shared] = ()
    if source is not None:
        _enter(visit, source.sag)
        with visit.reading() as connection:
            rows = list(_shared(connection, visit, here, source))
    values = {"theirs": theirs, "source": source, "rows": rows, "deadline": None,
              "child": child_title(here.head.child_name, here.head.termin)}  # fmt: skip
    return page(visit, "skrift/hent.html", here, values, title="Hent afsnit")


@router.post(URL)
def fetch(visit: Writer, skrift: str, sent: Form) -> Response:
    """Fetch what is ticked."""
    here = opened(visit, skrift)
    if not sent.one("fra"):
        return RedirectResponse(f"{here.url}/hent-afsnit", status_code=303)
    number = key_in(sent.one("fra"))
    with visit.reading() as connection:
        theirs = [one for one in _of_siblings(connection, visit, here) if one.id == number]
    if not theirs:
        raise NotYours
    _enter(visit, theirs[0].sag)
    ats: list[At] = []
    for name in sent.many("afsnit"):
        place, _, code = name.partition("/")
        ats.append((place, code))
    copied = copy_shared(visit.subject, here.skrift.id, number, ats, **visit.means)
    done = "hentet" if copied else "intet_hentet"
    return RedirectResponse(f"{here.url}?gemt={done}", status_code=303)


def _enter(visit: Visit, sag: UUID) -> None:
    """Go in on the sibling's case: the policy decides, and the reading is logged."""
    enter(visit.product, visit.asker.key, Act.READ, about="sag", number=sag)


def _of_siblings(connection: sa.Connection, visit: Visit, here: Opened) -> Iterator[Theirs]:
    """Yield what is written on the cases of siblings the asker may read, where something in it can
    be fetched here."""
    ours = _fetchable(visit, here)
    found: list[tuple[Skrift, Relative]] = []
    for one in sag_panel.family(connection, visit.asker, here.skrift.person):
        if one.tie != Tie.SIBLING or one.sag is None:
            continue
        about = access.subject(connection, visit.asker, "sag", one.sag)
        if about is None or not decide(visit.asker, Act.READ, about):
            continue
        there = skrifter.of_sag(connection, one.sag, *THEIR)
        found += [(it, one) for it in there if it.state is not SkriftState.OPGIVET]
    said = said_at(connection, [it.id for it, _ in found])
    for it, one in found:
        if ours & said[it.id]:
            begun = danish.list_moment(it.begun_at, visit.now)
            yield Theirs(
                it.id, it.sag, f"{whose(one.name)} {THEIR[it.kind]}", one.name.split(" ")[0],
                danish.unbroken(f"Begyndt {begun}"),
            )  # fmt: skip


def _fetchable(visit: Visit, here: Opened) -> Set[At]:
    return {at for at, _, _ in titles(here)} & set(shared_of(here.skrift, here.form, visit.product))


def _shared(
    connection: sa.Connection, visit: Visit, here: Opened, source: Theirs
) -> Iterator[Shared]:
    found = skrifter.by_id(connection, source.id)
    assert found is not None
    said = tekster.read(connection, source.id, found.version)
    ours = _fetchable(visit, here)
    for at, place, title in titles(here):
        if at in ours and at in said and said[at].text:
            text = said[at].text
            named = mentions(text, source.name)
            yield Shared("/".join(at), place, title, text, bool(here.words.get(at)), named)
