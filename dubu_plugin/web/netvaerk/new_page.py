"""Take somebody into the network: found in the address book, or by name alone."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.netvaerk import CIRCLES, RINGS, ROLES, STEPS_IN
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.usecases.netvaerk.add_person import Taken, add_person
from dubu_plugin.usecases.underretning.find_child import find_child
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.inddragelse.page import around
from dubu_plugin.web.keys import key_in
from dubu_plugin.web.naming import born_words
from dubu_plugin.web.netvaerk import form
from dubu_plugin.web.netvaerk.page import URL, back
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

NEW: Final = URL + "/ny"
NOT_IN_BOOK: Final = "ikke"
"""What the form says of who was found where the person is none of them."""
SILENT: Final = (
    "Adressebogen svarer ikke lige nu. Skriv navnet selv, eller prøv igen om lidt. Det, du har "
    "skrevet, står her endnu."
)
NOBODY: Final = "Ingen i adressebogen hedder det. Prøv et andet navn, eller skriv personen ind."
ASK_FIRST: Final = "Søg i adressebogen, eller skriv navnet på en, der ikke er i den."

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(NEW)
def show(visit: Reader) -> Response:
    """Show the form, or the draft of it."""
    return _drawn(visit, draft_of(visit, _draft(visit)))


@router.post(NEW)
def act(visit: Writer, sent: Form) -> Response:
    """Look in the address book, or take somebody in: what the button that was pressed says."""
    if sent.one("handling") != "gem":
        found, note = _found(visit, sent)
        return _drawn(visit, sent, found=found, note=note)
    try:
        add_person(visit.subject, _taken(sent), **visit.means)
    except CaseworkError as no:
        found = _found(visit, sent)[0] if sent.one("soeg") else ()
        return _drawn(visit, sent.refused(no), found=found)
    forget(visit, _draft(visit))
    return back(visit, "ny")


def _taken(sent: Sent) -> Taken:
    chosen = sent.one("person")
    name, phone, email = (sent.one(field) for field in form.NAMES)
    if not chosen and not name:
        raise FieldRefused("person" if sent.one("soeg") else "soeg", ASK_FIRST)
    person = None
    if chosen and chosen != NOT_IN_BOOK:
        person = key_in(chosen)
    part = form.part_of(sent)
    return Taken(person=person, name=name, phone=phone, email=email, part=part)


def _found(visit: Visit, sent: Sent) -> tuple[Sequence[tuple[str, str, str]], str]:
    """Return who the address book has by a name or a number, and what to say of it."""
    text = sent.one("soeg")
    if not text:
        return (), ASK_FIRST
    found = find_child(text, **visit.means, grown=True)
    if found is None:
        return (), SILENT
    today = danish.danish_day(visit.now)
    rows = [
        (
            str(one.id),
            one.name,
            ", ".join(
                filter(None, (
                    born_words(one.born, None, today),
                    "beskyttet adresse" if one.protected_address else one.address,
                ))
            ),
        )
        for one in found
    ]  # fmt: skip
    return rows, "" if rows else NOBODY


def _drawn(
    visit: Visit,
    sent: Sent,
    *,
    found: Sequence[tuple[str, str, str]] = (),
    note: str = "",
) -> Response:
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        values = {
            **around(visit, connection, head),
            "action": NEW.format(sag=visit.subject),
            "found": found,
            "note": note,
            "roles": [(str(code), title) for code, title in ROLES.items()],
            "circles": [("", "Som rollen plejer"), *((str(c), t) for c, t in CIRCLES.items())],
            "rings": [("", "Som rollen plejer"), *((str(c), t) for c, t in RINGS.items())],
            "helps": [(str(code), title) for code, title in STEPS_IN.items()],
            "f": defaultdict(
                str,
                {**form.typed(sent), "soeg": sent.one("soeg"), "person": sent.one("person"),
                 "kan": sent.one("kan") or "ukendt"},
            ),
            "draft": _draft(visit),
        }  # fmt: skip
    page = Page("netvaerk/ny.html", "Tilføj til netværket", case=head.host_key, tab=TAB,
                values=values)  # fmt: skip
    return visit.form(page, sent)


def _draft(visit: Visit) -> str:
    return f"netvaerkny:{visit.subject}"
