"""The words for what came in: the state of an item, of a file in it, and why a person must look.

A code is stored, so it is never renamed. What people read stands beside it, once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.danish import moment_text
from dubu_plugin.errors import CaseworkError


class PostState(StrEnum):
    """What has become of an item of post."""

    NEW = "ny"
    """Stored, and nothing more. Only a fault leaves it so, and the reconciliation reports it."""
    REGISTERED = "registreret"
    OTHER = "andet"
    """A person looked, and it is neither an underretning nor an ansøgning."""
    WAITS = "afventer_menneske"
    """A line is open for a person: `needs` says why."""


class FileState(StrEnum):
    """What we could do with a file."""

    READ = "laest"
    NO_TEXT = "uden_tekst"
    """Kept, and nothing in it we can read as text: a picture, a scan, a kind we do not read."""
    TOO_LARGE = "for_stor"
    """Only its name and size are noted; it lies in the original."""
    ENCRYPTED = "krypteret"
    DAMAGED = "beskadiget"
    """Not what its name says, broken, or too heavy to open within the limits."""
    DANGEROUS = "farlig"
    """A program, or a file that runs one when opened. Kept untouched, never opened by us."""


class Status(StrEnum):
    """The answer to whoever handed something in."""

    REGISTERED = "registered"
    DUPLICATE = "duplicate"
    NEEDS_HUMAN = "needs_human"
    """Registered or kept, and a line is open for a person."""
    REFUSED = "refused"
    """Not kept. Whoever sent it still has it."""


class Remark(StrEnum):
    """Something the reading of an item found out."""

    NO_TEXT = "ingen_tekst"
    TOO_LARGE = "for_stor_fil"
    TOO_MANY = "for_mange_filer"
    ENCRYPTED = "krypteret_fil"
    DAMAGED = "beskadiget_fil"
    DANGEROUS = "farlig_fil"
    PICTURE = "fil_uden_tekst"
    CUT = "afkortet"
    WINMAIL = "winmail"
    AUTOMATIC = "autosvar"
    CHANGED_COPY = "aendret_gentagelse"
    NOT_READABLE = "ukendt_slags"
    ITEM_TOO_LARGE = "for_stor"
    EMPTY = "tom_fil"
    FUTURE_DATE = "fremtidig_dato"
    OLD_DATE = "gammel_dato"
    NO_DATE = "uden_dato"
    CHARSET = "tegnsaet"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a remark says, and whether somebody must act on it."""

    danish: str
    person: bool = True
    """A person must look, so a line is opened. Otherwise it is only told."""


REMARKS: Final[Mapping[Remark, Meaning]] = {
    Remark.NO_TEXT: Meaning(
        "Der er ingen tekst at læse. Åbn originalen, og ring til afsenderen, hvis den er tom."
    ),
    Remark.TOO_LARGE: Meaning(
        "En vedhæftet fil er for stor og er ikke lagt på sagen. Den ligger i originalen. "
        "Bed afsenderen om den i en mindre udgave."
    ),
    Remark.TOO_MANY: Meaning(
        "Der er flere vedhæftede filer, end vi tager ud. Resten ligger i originalen."
    ),
    Remark.ENCRYPTED: Meaning(
        "En fil er låst med adgangskode. Bed afsenderen sende den uden, eller få koden i telefonen."
    ),
    Remark.DAMAGED: Meaning("En fil kan ikke åbnes. Bed afsenderen sende den igen, helst som PDF."),
    Remark.DANGEROUS: Meaning(
        "En vedhæftet fil kan skade computeren. Den er gemt uåbnet. Spørg it-driften, "
        "før nogen åbner den."
    ),
    Remark.PICTURE: Meaning(
        "En fil er et billede eller en slags, vi ikke kan læse teksten i. Åbn den, og læs den selv."
    ),
    Remark.CUT: Meaning("En fil er så lang, at kun begyndelsen er læst. Læs resten i originalen."),
    Remark.WINMAIL: Meaning(
        "Indholdet ligger i en winmail.dat, som kun Outlook kan åbne. "
        "Bed afsenderen sende det igen som almindelig mail eller PDF."
    ),
    Remark.AUTOMATIC: Meaning(
        "Det ligner et automatisk svar eller en mail, der er kommet retur. Se, hvad den handler om."
    ),
    Remark.CHANGED_COPY: Meaning(
        "Den kom under samme Message-ID som en tidligere mail, men siger noget andet. Læs begge."
    ),
    Remark.NOT_READABLE: Meaning(
        "Filen er af en slags, vi ikke tager ind. Se, hvad den er, før nogen åbner den."
    ),
    Remark.ITEM_TOO_LARGE: Meaning(
        "Posten er større, end vi tager ind. Den ligger i journalens indgang."
    ),
    Remark.EMPTY: Meaning("Filen er tom. Bed afsenderen sende den igen."),
    Remark.FUTURE_DATE: Meaning(
        "Mailens dato ligger i fremtiden. Tidspunktet er sat til, da vi modtog den.", person=False
    ),
    Remark.OLD_DATE: Meaning(
        "Mailens dato er mere end to år gammel. Tidspunktet er sat til, da vi modtog den.",
        person=False,
    ),
    Remark.NO_DATE: Meaning(
        "Der står ingen brugbar dato. Tidspunktet er sat til, da vi modtog den.", person=False
    ),
    Remark.CHARSET: Meaning(
        "Nogle bogstaver kan være læst forkert. Sammenlign med originalen.", person=False
    ),
}


FILE_REMARKS: Final[Mapping[FileState, Remark]] = {
    FileState.TOO_LARGE: Remark.TOO_LARGE,
    FileState.ENCRYPTED: Remark.ENCRYPTED,
    FileState.DAMAGED: Remark.DAMAGED,
    FileState.DANGEROUS: Remark.DANGEROUS,
}
"""What a file's state has to say by itself. A file without text says something only sometimes."""


def needing_a_person(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return those a person must act on, each once, in the order the enum has them."""
    found = set(remarks)
    return tuple(remark for remark in Remark if remark in found and REMARKS[remark].person)


def stored(remarks: Iterable[Remark]) -> str | None:
    """Return the codes as the column `post_items.needs` holds them, None where there are none."""
    return ",".join(needing_a_person(remarks)) or None


def read_back(column: str | None) -> tuple[Remark, ...]:
    """Return the remarks a `needs` column holds."""
    return tuple(Remark(code) for code in (column or "").split(",") if code)


HOURS_APART: Final = timedelta(hours=2)
"""A mail's own moment and another that are so far apart are told: minutes late mails often are."""


def told_apart(received_at: datetime, said_at: datetime | None, stored_at: datetime) -> str:
    """Return which of two moments the clocks count from, where they lie hours apart; else nothing.

    Somebody who lays an old mail in may have had it long before, and a sender's clock may be wrong.

    :param received_at: the moment that counts.
    :param said_at: when the mail itself says it came; None where it says nothing.
    :param stored_at: when it was put in here.
    """
    if said_at is None:
        return ""
    if received_at != said_at:
        if abs(received_at - said_at) < HOURS_APART:
            return ""
        return (
            f"Fristerne regnes fra {moment_text(received_at)}. Mailen siger selv, at den kom "
            f"{moment_text(said_at)}."
        )
    if stored_at - said_at < HOURS_APART:
        return ""
    return (
        f"Mailen siger selv, at den kom {moment_text(said_at)}, og det regnes fristerne fra. Den "
        f"blev lagt ind her {moment_text(stored_at)}."
    )


class NotTaken(CaseworkError):
    """The item is refused, and nothing of it is kept."""

    danish = "{because}"

    def __init__(self, remark: Remark, because: str = "") -> None:
        super().__init__(remark)
        self.remark = remark
        self.because = because or REMARKS[remark].danish


class InTheFuture(CaseworkError):
    """Somebody says it was received later than now."""

    danish = (
        "Tidspunktet for modtagelsen ligger i fremtiden. Skriv, hvornår den kom ind, "
        "fx i dag kl. 09.14."
    )
    field = "modtaget"
