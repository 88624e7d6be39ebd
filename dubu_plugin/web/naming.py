"""What children, notifiers and underretninger are called on screen."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.underretning import SOURCES, Henvendelse
from dubu_plugin.store.family.personer import UNKNOWN_CHILD

NOT_CHOSEN: Final = "Barn ikke valgt"
"""What stands where nobody has said which child something is about. »Ukendt barn« is another thing:
a child somebody has registered without knowing who it is."""

KINDS: Final[Mapping[str, str]] = {
    Henvendelse.UNDERRETNING: "Underretning",
    Henvendelse.MELLEMKOMMUNAL: "Underretning fra anden kommune",
    Henvendelse.ANSOEGNING: "Ansøgning",
    Henvendelse.ANDET: "Anden henvendelse",
}


def child_title(name: str | None, termin: date | None = None) -> str:
    """Return what a child is called; one that is not born is known by its mother in `name`."""
    if not name:
        return NOT_CHOSEN
    return name if termin is None or name.startswith("Ufødt") else f"Ufødt, mor {name}"


def first_name(name: str | None) -> str:
    """Return the name one is called by, ``barnet`` or ``det ufødte barn`` where there is none."""
    if not name or name.startswith(UNKNOWN_CHILD):
        return "barnet"
    return "det ufødte barn" if name.startswith("Ufødt") else name.split(" ", 1)[0]


def at_the_beginning(words: str) -> str:
    """Return words as they begin a sentence; a name keeps the capitals it has."""
    return words[:1].upper() + words[1:]


def source_words(code: str | None) -> str:
    """Return ``Underretning fra skolen``, or ``Underretning`` where nobody has said from whom."""
    source = SOURCES.get(code or "")
    return f"Underretning fra {source}" if source else "Underretning"


def born_words(born: date | None, termin: date | None, today: date) -> str:
    """Return ``9 år``, ``termin 28. september`` or nothing."""
    if born is not None and born <= today:
        return danish.age_text(born, today)
    return danish.unbroken(f"termin {danish.list_date(termin, today)}") if termin else ""
