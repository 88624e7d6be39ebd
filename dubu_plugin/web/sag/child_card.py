"""The child's header, the same on every page of a case: who it is, custody, language, rådgiver."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dubu_plugin.domain import danish
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.custody import OF_AGE, custody_words
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.web.naming import born_words, child_title


@dataclass(frozen=True, slots=True)
class ChildCard:
    """The header."""

    url: str
    name: str
    age: str
    marks: Sequence[tuple[str, str, str]]
    cpr: str
    lacks_number: bool
    """The number is still to be written, on a page of its own."""
    number_may_change: bool
    """The number was written here, and can be put right on the same page."""
    facts: Sequence[tuple[str, str]]
    known: Sequence[tuple[str, str]]
    """Custody and language, as far as anybody has noted them."""
    asks: str
    """What of the two nobody has noted; empty where both are, or neither is asked."""
    responsible: str


def card(head: Head, today: date) -> ChildCard:
    """Return the header of a case's child."""
    custody = custody_words(head.holders, head.homes, head.born, today)
    known = [("Forældremyndighed", custody), ("Sprog", _language(head))]
    return ChildCard(
        url=f"/dubu/sag/{head.sag}",
        name=child_title(head.child_name, head.termin if head.born is None else None),
        age=born_words(head.born, None, today),
        marks=_marks(head),
        cpr=masked_cpr(head),
        lacks_number=lacks_number(head),
        number_may_change=number_may_change(head),
        facts=_facts(head, today),
        known=[(label, text) for label, text in known if text],
        asks=_asks(head, custody, today),
        responsible=head.responsible_name or f"Ingen, {head.unit_title or 'ingen enhed'} har den",
    )


def is_expected(head: Head) -> bool:
    """Tell whether a case's child is not born yet, so that its birth can be registered."""
    return head.born is None and head.termin is not None and head.phase != CLOSED


def lacks_number(head: Head) -> bool:
    """Tell whether the number of a case's child is still to be written."""
    expected = head.born is None and head.termin is not None
    return not head.cpr and not expected and head.phase != CLOSED


def number_may_change(head: Head) -> bool:
    """Tell whether the number of a case's child can be put right: the address book has not said
    that it is so."""
    return bool(head.cpr) and not head.number_stands and head.phase != CLOSED


def masked_cpr(head: Head) -> str:
    """Return the number with what may not be seen hidden; empty where it is not known."""
    if not head.cpr:
        return ""
    return "••••••-••••" if head.protected_address else Cpr(head.cpr).masked


def _asks(head: Head, custody: str, today: date) -> str:
    if head.born is None or age_on(head.born, today) >= OF_AGE or head.phase == CLOSED:
        return ""
    missing = [
        word
        for word, text in (("forældremyndighed", custody), ("sprog", head.language))
        if not text
    ]
    return danish.listed(missing) if missing else ""


def _language(head: Head) -> str:
    if not head.language:
        return ""
    return f"{head.language}, med tolk" if head.interpreter else head.language


def _marks(head: Head) -> list[tuple[str, str, str]]:
    marks = []
    if head.protected_address:
        marks.append(("Beskyttet adresse", "act", "lock"))
    if head.protected:
        marks.append(("Beskyttet sag", "act", "lock"))
    if head.phase == CLOSED:
        marks.append(("Lukket", "done", "lock"))
    return marks


def _facts(head: Head, today: date) -> list[tuple[str, str]]:
    facts = []
    if head.born is None and head.termin is not None:
        facts += [
            ("Termin", danish.unbroken(danish.list_date(head.termin, today))),
            ("CPR", "Kommer ved fødslen"),
        ]
    elif not head.cpr and not lacks_number(head):
        facts.append(("CPR", "Ikke kendt"))
    if head.number:
        facts.append(("Sag", head.number))
    if head.has_indsats:
        facts.append(("Støtte", "Indsats i gang"))
    return facts
