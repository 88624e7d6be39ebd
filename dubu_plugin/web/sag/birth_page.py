"""A child's birth, and its CPR number and name: one form, for what is not known of it yet.

Registrér fødslen has an expected child be born. Skriv CPR-nummer og navn gives one that is born
its number, and puts right what was written here until the address book has said that it is so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.cpr import Cpr, NotACpr
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access
from dubu_plugin.store.family import births
from dubu_plugin.store.family.personer import UNKNOWN_CHILD
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.usecases.sag.register_birth import (
    Birth,
    BirthNotClear,
    NotExpected,
    put_due_right,
    register_birth,
)
from dubu_plugin.usecases.sag.register_number import NotBorn, NumberStands, register_number
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.sag.child_card import is_expected, lacks_number, masked_cpr, number_may_change
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.typed_time import day_of

router = APIRouter()

BIRTH: Final = "/dubu/sag/{sag}/foedsel"
NUMBER: Final = "/dubu/sag/{sag}/cpr-nummer"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(BIRTH)
def show_birth(visit: Reader) -> Response:
    """Show the form, filled in with the due date where that is behind us."""
    return _drawn(visit, EMPTY, BIRTH)


@router.post(BIRTH)
def save_birth(visit: Writer, sent: Form) -> Response:
    """Register the birth, or only put right when it is due."""
    try:
        if sent.one("kun") == "termin":
            put_due_right(visit.subject, _read_due(sent), **visit.means)
        else:
            register_birth(visit.subject, _read_birth(sent), **visit.means)
    except NotExpected:
        raise  # there is no form for it any more: what was typed is given back
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no), BIRTH)
    return _back(visit)


@router.get(NUMBER)
def show_number(visit: Reader) -> Response:
    """Show the form, with the name and the day of birth as they are known."""
    return _drawn(visit, EMPTY, NUMBER)


@router.post(NUMBER)
def save_number(visit: Writer, sent: Form) -> Response:
    """Write the number, or put it right."""
    try:
        register_number(
            visit.subject, _read_number(sent), seen=key_of(sent.one("set")), **visit.means
        )
    except (NotBorn, NumberStands):
        raise
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no), NUMBER)
    return _back(visit)


def _back(visit: Visit) -> Response:
    return RedirectResponse(f"/dubu/sag/{visit.subject}", status_code=303)


# -- what was typed --------------------------------------------------------------------------------


def _read_birth(sent: Sent) -> Birth:
    try:
        born = day_of(sent.one("foedt"))
    except ValueError:
        raise BirthNotClear("foedt", "Skriv den dag, barnet er født.") from None
    number = sent.one("cpr")
    try:
        cpr = Cpr.parse(number) if number else None
    except NotACpr:
        raise BirthNotClear("cpr", "Skriv de ti cifre, eller lad feltet stå tomt.") from None
    due = _read_due(sent) if sent.one("termin") else None
    return Birth(sent.one("navn"), born, cpr, due)


def _read_due(sent: Sent) -> date:
    try:
        return day_of(sent.one("termin"))
    except ValueError:
        raise BirthNotClear("termin", "Skriv terminen, fx 28.9.2026.") from None


def _read_number(sent: Sent) -> Birth:
    try:
        cpr = Cpr.parse(sent.one("cpr"))
    except NotACpr:
        raise BirthNotClear("cpr", "Skriv barnets CPR-nummer, ti cifre.") from None
    day = sent.one("foedt")
    try:
        born = day_of(day) if day else cpr.born
    except ValueError:
        raise BirthNotClear("foedt", "Skriv den dag, barnet er født, eller lad feltet stå tomt.") \
            from None  # fmt: skip
    return Birth(sent.one("navn"), born, cpr)


# -- the form --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """What the form is called and says, by what is not known of the child yet."""

    title: str
    said: str
    wrong: str
    button: str
    fields: Sequence[tuple[str, str, str]]
    """Each field's name, label and hint, in their order."""


def _birth_words() -> _Words:
    return _Words(
        "Registrér fødslen",
        "Når CPR-registret kender barnet, sker det af sig selv. Her kan du gøre det før. Fristerne "
        "regnes så af barnets alder. Ventes barnet ikke mere, så luk sagen.",
        "Fødslen er ikke registreret",
        "Registrér fødslen",
        (
            ("navn", "Barnets navn",
             "Er det ikke navngivet, så skriv »Dreng« eller »Pige« og efternavn."),
            ("foedt", "Født", ""),
            ("cpr", "CPR-nummer (kan udelades)",
             "Med nummeret kendes barnet igen i adressebogen."),
            ("termin", "Termin", "Ret den, hvis den er skrevet forkert."),
        ),
    )  # fmt: skip


def _number_words(head: Head) -> _Words:
    stands = masked_cpr(head)
    hint = "Ret dagen, hvis den er skrevet forkert. Den skal passe med CPR-nummeret."
    name = "Barnets navn"
    if not stands:
        return _Words(
            "Skriv CPR-nummer og navn",
            "Sagen bliver, som den er, og alt på den følger barnet. Kender adressebogen nummeret, "
            "hentes navn og adresse derfra.",
            "CPR-nummeret er ikke gemt",
            "Gem CPR-nummeret",
            (("cpr", "CPR-nummer", ""), ("navn", name, ""), ("foedt", "Født", hint)),
        )
    return _Words(
        "Ret CPR-nummer og navn",
        f"På sagen står nu {stands}. Adressebogen har ikke bekræftet nummeret, så det kan rettes "
        "her. Sagen bliver, som den er, og alt på den følger barnet.",
        "CPR-nummeret er ikke rettet",
        "Gem rettelsen",
        (
            ("cpr", "CPR-nummer", "Skriv hele nummeret, også når kun navnet skal rettes."),
            ("navn", name, ""),
            ("foedt", "Født", hint),
        ),
    )


def _newborn(born: Sequence[tuple[str, date]], today: date) -> str:
    """Return whom the child may be, in words, and what to do of twins."""
    if not born:
        return ""
    named = danish.listed([f"{name} (født {danish.list_date(day, today)})" for name, day in born])
    said = danish.unbroken(f"I adressebogen har moren fået {named}.")
    if len(born) == 1:
        return f"{said} Er det barnet, så skriv dets CPR-nummer her."
    return (
        f"{said} Er det tvillinger, så registrér det ene barn her med dets CPR-nummer. Det andet "
        "har ingen sag: er der grund til bekymring for det, så registrér en henvendelse om det."
    )


def _drawn(visit: Visit, sent: Sent, which: str) -> Response:
    today = danish.danish_day(visit.now)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        about = access.subject(connection, visit.asker, "sag", visit.subject)
        seen = births.number_said(connection, visit.subject)
        born = births.may_be(connection, head.child, head.termin) if which == BIRTH else ()
    birth = which == BIRTH
    asked = is_expected(head) if birth else lacks_number(head) or number_may_change(head)
    if not asked or about is None or not decide(visit.asker, Act.WRITE, about):
        return _back(visit)
    words = _birth_words() if birth else _number_words(head)
    known = min(head.termin, today) if birth and head.termin else head.born
    name = "" if birth or head.child_name.startswith(UNKNOWN_CHILD) else head.child_name
    stands = {"navn": name, "foedt": known.isoformat() if known else "", "cpr": "",
              "termin": head.termin.isoformat() if head.termin else ""}  # fmt: skip
    values: dict[str, Any] = {
        "url": f"/dubu/sag/{visit.subject}",
        "path": which.rpartition("/")[2],
        "child": child_title(head.child_name, head.termin if birth else None),
        "words": words,
        "typed": stands | sent.ones(),
        "only": sent.one("kun"),
        "seen": "" if birth or seen is None else seen,
        "today": today.isoformat(),
        "only_due": birth,
        "newborn": _newborn(born, today),
    }
    page = Page("sag/birth.html", words.title, case=head.host_key, tab=TAB, values=values)
    return visit.form(page, sent)
