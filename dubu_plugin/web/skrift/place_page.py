"""One page of a skrift: a dimension, or a part. What is typed is saved into the skrift by itself.

Every button saves first, so that going on to the next dimension is one click. Without JavaScript
the buttons are all there is.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.skrift import FORHOLD, WHOLE
from dubu_plugin.metode.skriftform import Part
from dubu_plugin.store import drafts
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.skrift.tekster import At, Written
from dubu_plugin.usecases.skrift.on_skrift import CaseClosed, NotOpen
from dubu_plugin.usecases.skrift.present import present
from dubu_plugin.usecases.skrift.undo import undo
from dubu_plugin.usecases.skrift.write import NotAChoice, Saved, TooLong, write
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.skrift import clash as skrift_clash
from dubu_plugin.web.skrift import said as skrift_said
from dubu_plugin.web.skrift.clash import Choice
from dubu_plugin.web.skrift.fields import (
    TYPED,
    Asked,
    Typed,
    at_of_need,
    groups,
    name_of,
    needs,
    seen,
    typed,
)
from dubu_plugin.web.skrift.guidance import guidance
from dubu_plugin.web.skrift.opened import ONE, PART, Opened, opened
from dubu_plugin.web.skrift.screen import deadline, page
from dubu_plugin.web.skrift.words import saved_words

router = APIRouter()

URL: Final = ONE + "/{place}"
WAITS: Final = "Et felt venter på dit valg"
PRESENT: Final = "fremlaeg"
OVERVIEW: Final = "oversigt"
"""What a button says besides the place it goes on to."""

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, skrift: str, place: str) -> Response:
    """Show a dimension, or a part; a part that shares its page is shown where it stands on it."""
    here = _at(opened(visit, skrift), place)
    if place.startswith(PART) and place not in here.places:
        return RedirectResponse(here.address_of(place.removeprefix(PART)), status_code=303)
    return _drawn(visit, here, place, EMPTY)


@router.post(URL + "/gem")
def keep(visit: Writer, skrift: str, place: str, sent: Form) -> Response:
    """Save what has been typed so far, and say when. For the page while it is open."""
    here = _at(opened(visit, skrift, to_save=True), place)
    found = typed(here, place, sent)
    saved = _write(visit, here, place, found)
    texts = saved.texts
    clashing = {clash.at for clash in saved.clashes}
    done = [at for at in found.written if at not in clashing and at in texts]
    return visit.part(
        "skrift/saved.html",
        text=WAITS if saved.clashes else f"Gemt {danish.clock(visit.now).removeprefix('kl. ')}",
        seen=[(name_of(at), seen(texts[at])) for at in done],
        wrote=bool(done),
        undo=",".join(name_of(at) for at in done if texts[at].before != texts[at].text),
        clash=_told(opened(visit, skrift), saved, visit.asker.key) if saved.clashes else "",
        url=f"{here.url}/{place}",
    )


@router.post(URL)
def save(visit: Writer, skrift: str, place: str, sent: Form) -> Response:
    """Save, and do what the button says: go on, undo, put a suggestion in, choose between two."""
    only_saves = not any(sent.one(name) for name in ("valg", "indsaet", "fortryd"))
    here = _at(opened(visit, skrift, to_save=only_saves), place)
    if sent.one("valg"):
        return _choose(visit, here, place, sent)
    found = typed(here, place, sent)
    if sent.one("indsaet"):
        found = replace(found, written={**found.written, **_suggested(here, place, sent)})
    if sent.one("citat"):
        with visit.reading() as connection:
            quoted = skrift_said.put_in(connection, here, place, sent)
        found = replace(found, written={**found.written, **quoted})
    try:
        saved = _write(visit, here, place, found)
    except (TooLong, NotAChoice) as no:
        again = sent.refused(no, at=f"{TYPED}{name_of(no.at)}")
        return _drawn(visit, opened(visit, skrift), place, again)
    if sent.one("fortryd") and (undone := _undo(visit, here, place, sent.one("fortryd"))):
        return RedirectResponse(f"{here.url}/{place}#f-{TYPED}{undone}", status_code=303)
    then = sent.one("til")
    if then == PRESENT and not saved.clashes:
        present(visit.subject, here.skrift.id, **visit.means)
        return RedirectResponse(f"{here.url}?gemt=fremlagt", status_code=303)
    if saved.clashes or then not in ("", OVERVIEW, *here.places):
        then = place
    ends = {"": f"/{place}", OVERVIEW: ""}.get(then, f"/{then}")
    mark = "#behov" if sent.one("handling") == "endnu_et" else ""
    return RedirectResponse(f"{here.url}{ends}{mark}", status_code=303)


def _at(here: Opened, place: str) -> Opened:
    """Insist that there is such a page.

    :raises NotYours: there is none.
    """
    dimensions = here.method.by_code if here.method else {}
    parts = {PART + one.code for one in here.form.parts}
    if place not in dimensions and place not in parts:
        raise NotYours
    return here


def _write(visit: Visit, here: Opened, place: str, found: Typed) -> Saved:
    """Save what was touched. What cannot stand is kept beside it.

    :raises NotOpen, CaseClosed, TooLong, NotAChoice: see there; what was typed is kept.
    """
    written = dict(found.written)
    if written and not place.startswith(PART) and not here.looks_at(place):
        # Whoever writes about a matter looks at it.
        there = here.said.get((WHOLE, FORHOLD))
        also = ",".join([*here.chosen, place])
        written[WHOLE, FORHOLD] = Written(also, there.revision if there else 0)
    if not written:
        return Saved({}, (), visit.now)
    try:
        saved = write(visit.subject, here.skrift.id, written, **visit.means, new=found.new)
    except (NotOpen, CaseClosed, TooLong, NotAChoice):
        mine = {at: one.text for at, one in found.written.items()}
        with suppress(drafts.TooMuchText):  # the form itself is given back with all of it
            skrift_clash.keep(visit, here, place, mine)
        raise
    clashes = {clash.at: clash.mine for clash in saved.clashes if clash.at != (WHOLE, FORHOLD)}
    skrift_clash.keep(visit, here, place, clashes)
    return saved


def _told(here: Opened, saved: Saved, me: str) -> str:
    """Return who was first, and that nothing is lost."""
    first = saved.clashes[0]
    if first.theirs.written_by == me:
        return "Du har skrevet i det samme felt i et andet vindue imens. Begge tekster er gemt."
    name = here.names.get(first.theirs.written_by, "En kollega").split(" ")[0]
    return f"{name} har skrevet i det samme felt imens. Begge tekster er gemt."


def _suggested(here: Opened, place: str, sent: Sent) -> Mapping[At, Written]:
    """Return what a suggestion writes: after what is typed meanwhile, where nothing was saved."""
    for group in groups(here, place):
        for one in group:
            if one.name == sent.one("indsaet") and one.suggestion:
                mine = (sent.many(TYPED + one.name) or [""])[-1].strip()
                there = here.said.get(one.at)
                both = "\n".join(filter(None, (mine, one.suggestion)))
                return {one.at: Written(both, there.revision if there else 0)}
    return {}


def _undo(visit: Visit, here: Opened, place: str, names: str) -> str:
    """Undo in the fields named, and return the first: it is where one reads what stands now."""
    known = {one.name: one.at for one in _every(here, place)}
    found = [known.get(name) or at_of_need(name) for name in names.split(",")]
    ats = [at for at in found if at is not None]
    undo(visit.subject, here.skrift.id, ats, **visit.means)
    return name_of(ats[0]) if ats else ""


def _choose(visit: Visit, here: Opened, place: str, sent: Sent) -> Response:
    """Write what was chosen of two texts. Where a third came meanwhile, it is asked again."""
    word, _, name = sent.one("valg").partition(":")
    with visit.reading() as connection:
        found = skrift_clash.kept(connection, visit, here, place)
    one = next((kept for kept in found if kept.name == name), None)
    if one is None or word not in list(Choice):
        return RedirectResponse(f"{here.url}/{place}", status_code=303)
    at = next(asked.at for asked in _every(here, place) if asked.name == name)
    shown = int(sent.one("set")) if sent.one("set").isdigit() else one.revision
    new = skrift_clash.chosen(one, Choice(word))
    if new is not None:
        saved = write(visit.subject, here.skrift.id, {at: Written(new.text, shown)}, **visit.means)
        if saved.clashes:
            return RedirectResponse(f"{here.url}/{place}", status_code=303)
    skrift_clash.forget(visit, here, place, name)
    return RedirectResponse(f"{here.url}/{place}", status_code=303)


def _every(here: Opened, place: str) -> list[Asked]:
    every = [one for group in groups(here, place) for one in group]
    return every if place.startswith(PART) else [*every, *needs(here, place)]


def _drawn(visit: Visit, here: Opened, place: str, sent: Sent) -> Response:
    with visit.reading() as connection:
        kept = skrift_clash.kept(connection, visit, here, place)
        due = deadline(connection, here, visit.now)
        said = skrift_said.quotes(connection, here, place)
    is_part = place.startswith(PART)
    fields = [[_as_sent(one, sent) for one in group] for group in groups(here, place)]
    rows = () if is_part else [_as_sent(one, sent) for one in needs(here, place)]
    places = here.places
    at = places.index(place) if place in places else -1
    values: dict[str, Any] = {
        "place": place,
        "heading_text": here.place_title(place),
        "about": _about(here, place),
        "headings": _headings(here, place),
        "groups": fields,
        "needs": rows,
        "wrong": sent.wrong,
        "kept": kept,
        "previous": places[at - 1] if at > 0 else None,
        "following": places[at + 1] if 0 <= at < len(places) - 1 else None,
        "guide": None if is_part else guidance(visit, here, place),
        "deadline": due,
        "said": said,
        "remark": here.newest.remark if here.skrift.is_open else None,
        "looked_at": is_part or here.looks_at(place),
        **_last(visit, here, place),
    }
    return page(visit, "skrift/place.html", here, values, here=place,
                title=here.place_title(place), status=sent.status)  # fmt: skip


def _about(here: Opened, place: str) -> str:
    if place.startswith(PART):
        first, *others = here.form.on_page(place.removeprefix(PART))
        return "" if others else first.about
    assert here.method is not None
    return here.method.by_code[place].about


def _headings(here: Opened, place: str) -> Mapping[str, Part]:
    """Return the parts of a page that has several, by their codes: each has its heading."""
    if not place.startswith(PART):
        return {}
    parts = here.form.on_page(place.removeprefix(PART))
    return {one.code: one for one in parts} if len(parts) > 1 else {}


def _as_sent(one: Asked, sent: Sent) -> Asked:
    """Return a field with what was typed in it, where the form is shown again."""
    if TYPED + one.name not in sent.fields:
        return one
    return replace(one, value=",".join(sent.many(TYPED + one.name)), suggestion="")


def _last(visit: Visit, here: Opened, place: str) -> Mapping[str, str]:
    """Return when the one who looks last saved here, and what »Fortryd« undoes."""
    needed = [one for one in here.ever_needed if one.dimension == place]
    ats = {one.at for one in _every(here, place)} | {(one.place, TEXT) for one in needed}
    mine = [
        (name_of(at), here.said[at])
        for at in sorted(ats)
        if at in here.said and here.said[at].written_by == visit.asker.key
    ]
    newest = max((text.written_at for _, text in mine), default=None)
    if newest is None or not here.writes or visit.now - newest > tekster.SPELL:
        return {"saved": "", "undo": ""}
    last = [(name, text) for name, text in mine if text.written_at == newest]
    undoes = [
        name for name, text in last if text.before != text.text and text.version == here.version
    ]
    return {"saved": saved_words(here, last[0][1]), "undo": ",".join(undoes)}
