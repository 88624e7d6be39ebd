"""Laying files in, taking several lines on at once, and settling post nothing could be made of."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.intake import REMARKS, Status, read_back
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.intake.text import safe_name
from dubu_plugin.ports.post import Channel
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import known_family
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.underretning.hand_over import Receiver, hand_over, hand_to_on_call
from dubu_plugin.usecases.underretning.item import Incoming
from dubu_plugin.usecases.underretning.receive import receive
from dubu_plugin.usecases.underretning.settle import settle_post
from dubu_plugin.web.door import Door, Visit, enter
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form
from dubu_plugin.web.indgang import had
from dubu_plugin.web.indgang.original_page import with_warning
from dubu_plugin.web.indgang.page import URL, Taken, drawn, queue_page
from dubu_plugin.web.indgang.post_lines import sees_post
from dubu_plugin.web.keys import key_of

router = APIRouter()

Registrar = Annotated[Visit, Depends(Door(Act.REGISTER, page="indgang-ind"))]
PostReader = Annotated[Visit, Depends(Door(Act.REGISTER, page="indgang-post"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, page="indgang-valgte"))]

WORDS: Final = {
    Status.REGISTERED: "Taget ind",
    Status.DUPLICATE: "Er der allerede",
    Status.NEEDS_HUMAN: "Taget ind, men kræver et menneske",
    Status.REFUSED: "Ikke taget ind",
}


@router.post(URL)
def lay_in(visit: Registrar, sent: Form) -> Response:
    """Take files in, and say what became of each."""
    if not sent.files:
        page = queue_page(visit, errors={"filer": "Vælg en eller flere filer, og prøv igen."})
        return drawn(visit, page, 422)
    results = [_taken(visit, file) for file in sent.files]
    statuses = [status for _, status in results]
    page = queue_page(
        visit,
        results=[one for one, _ in results],
        receipt=_counted(statuses),
        problems=Status.REFUSED in statuses,
    )
    return drawn(visit, page)


def _counted(statuses: Sequence[Status]) -> str:
    """Return how many files came in now, how many were here before, and how many did not."""
    number = len(statuses)
    before, refused = statuses.count(Status.DUPLICATE), statuses.count(Status.REFUSED)
    new = number - before - refused
    if number == 1:
        return _ONE.get(statuses[0], "Filen er taget ind")
    of = f"{new or 'Ingen'} af {number}" if new < number else f"{number}"
    first = f"{of} filer er taget ind"
    more = [f"{before} er her i forvejen"] if before else []
    more += [f"{refused} er ikke taget ind"] if refused else []
    return ", ".join((first, *more))


_ONE: Final = {
    Status.DUPLICATE: "Filen er her i forvejen",
    Status.REFUSED: "Filen er ikke taget ind",
}


def _taken(visit: Visit, file: UploadFile) -> tuple[Taken, Status]:
    name = safe_name(file.filename or "")
    # The largest is checked while it is read, so that a giant is not held whole in memory.
    largest = visit.product.settings.intake.largest_item
    raw = file.file.read(largest + 1)
    try:
        receipt = receive(
            Incoming(raw, file.filename or "", Channel.FILE),
            product=visit.product,
            actor=visit.asker.key,
            now=visit.now,
        )
    except CaseworkError as no:
        return Taken(name, no.for_people()), Status.REFUSED
    url = f"{URL}/{receipt.underretning}" if receipt.underretning else None
    if url is None and receipt.post is not None:
        url = f"{URL}/post/{receipt.post}"
    return Taken(name, receipt.message, url), receipt.status


@router.post(URL + "/valgte")
def take_chosen(visit: Writer, sent: Form) -> Response:
    """Take several lines on, or give them to somebody else. Each is decided by itself."""
    chosen = [key for text in sent.many("valgt") if (key := key_of(text)) is not None]
    to, colleague = sent.one("til"), sent.one("kollega")
    if not chosen:
        page = queue_page(visit, errors={"": "Vælg først en eller flere linjer."})
        return drawn(visit, page, 422)
    if to == "kollega" and not colleague:
        return _ask_whom(visit, chosen, sent.many(had.FIELD))
    results = [_given(visit, key, to, colleague, had.sent_back(sent, key)) for key in chosen]
    problems = sum(not fine for _, fine in results)
    moved = len(results) - problems
    words = {"mig": "Du har nu", "doegnvagt": "Døgnvagten har nu"}.get(to, "Din kollega har nu")
    receipt = f"{words} {moved} {'linje' if moved == 1 else 'linjer'} mere"
    bad = [one for one, fine in results if not fine]
    return drawn(visit, queue_page(visit, results=bad, receipt=receipt, problems=bool(problems)))


def _given(
    visit: Visit, key: UUID, to: str, colleague: str, before: Receiver | None
) -> tuple[Taken, bool]:
    try:
        if to == "doegnvagt":
            hand_to_on_call(key, **visit.means, had=before)
        else:
            who = visit.asker.key if to == "mig" else colleague
            hand_over(key, Receiver(employee=who), **visit.means, had=before)
    except CaseworkError as no:
        return Taken("En af linjerne", no.for_people(), f"{URL}/{key}"), False
    return Taken("", ""), True


def _ask_whom(visit: Visit, chosen: list[UUID], before: list[str]) -> Response:
    with visit.reading() as connection:
        everybody = known_family.colleagues(connection)
    able = [
        (one.key, f"{one.name}{f', {one.title}' if one.title else ''}")
        for one in everybody
        if one.roles & {"sagsbehandler", "teamleder"}
    ]
    number = len(chosen)
    values = {
        "heading_text": f"Giv {number} {'linje' if number == 1 else 'linjer'} videre",
        "about": "",
        "url": URL,
        "action": f"{URL}/valgte",
        "people": able,
        "wrong": {},
        "count": number,
        "chosen": [str(key) for key in chosen],
        "had": before,
    }
    return visit.page(Page("underretning/give.html", "Giv videre", URL, values=values))


@router.get(URL + "/post/{post}")
def show_post(visit: PostReader, post: UUID) -> Response:
    """Show post that waits for a person."""
    return _post_page(visit, post, {})


@router.post(URL + "/post/{post}")
def settle(visit: PostReader, post: UUID, sent: Form) -> Response:
    """Say what it is."""
    _item(visit, post)
    chosen = sent.one("henvendelse")
    if chosen not in list(Henvendelse):
        return _post_page(visit, post, {"henvendelse": "Vælg, hvad det er."}, 422)
    new = settle_post(post, Henvendelse(chosen), **visit.means)
    return RedirectResponse(f"{URL}/{new}" if new else URL, status_code=303)


@router.get(URL + "/post/{post}/original")
def post_original(visit: PostReader, post: UUID, hent: str = "") -> Response:
    """Hand out post that waits for a person, as bytes that no browser runs."""
    item = _item(visit, post)
    with visit.reading() as connection:
        files = underretninger.files_of(connection, post)
    neutral = replace(item, filename=f"{item.filename}.original")
    url = f"{URL}/post/{post}"
    return with_warning(visit, neutral, files, back=url, url=f"{url}/original", told=bool(hent))


def _item(visit: Visit, post: UUID) -> underretninger.Post:
    """Return post, for somebody who looks after the post: it belongs to no case that says who may.

    What belongs to an underretning is as closed as that is.
    """
    if not sees_post(visit.asker, visit.product.settings):
        raise NotYours
    with visit.reading() as connection:
        item = underretninger.post_by_id(connection, post)
    if item is None:
        raise NotYours
    if item.underretning_id is not None:
        about = item.underretning_id
        enter(visit.product, visit.asker.key, Act.READ, about="underretning", number=about)
    return item


def _post_page(visit: Visit, post: UUID, errors: dict[str, str], status: int = 200) -> Response:
    item = _item(visit, post)
    with visit.reading() as connection:
        files = underretninger.files_of(connection, post)
    values = {
        "item": item,
        "files": files,
        "remarks": [REMARKS[one].danish for one in read_back(item.needs)],
        "errors": errors,
        "original": f"{URL}/post/{post}/original" if visit.product.blobs.has(item.sha256) else None,
    }
    return visit.page(
        Page("indgang/post.html", "Post, der skal ses på", URL, values=values), status
    )
