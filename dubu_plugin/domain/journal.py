"""What a line of a case's journal is about, and what a note somebody writes must say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skriftgang import WRITING
from dubu_plugin.errors import FieldsRefused


class Line(StrEnum):
    """What a line of the stream is about. The value is stored, and stands in addresses."""

    NOTAT = "notat"
    DOKUMENT = "dokument"
    """A document that came in, or one of the house."""
    BREV = "brev"
    """A document that went out."""
    SAMTALE = "samtale"
    SKRIFT = "skrift"
    AFGOERELSE = "afgoerelse"
    FRIST = "frist"
    ANDET = "andet"


TALKS: Final = frozenset(
    {
        H.BOERNESAMTALE_HOLDT, H.BOERNESAMTALE_UNDLADT, H.BARNETS_HOLDNING_INDHENTET,
        H.MOEDE_AFTALT, H.MOEDE_FLYTTET, H.MOEDE_AFLYST, H.MOEDE_BESVARET,
        H.UNDERSOEGELSESMOEDE_INDKALDT, H.UNDERSOEGELSESMOEDE_HOLDT,
    }
)  # fmt: skip
WRITTEN: Final = WRITING | {
    H.SCREENING_BEGYNDT, H.SCREENING_AFSLUTTET, H.AFDAEKNING_AFSLUTTET, H.UNDERSOEGELSE_AFSLUTTET,
    H.UNDERSOEGELSE_OPGIVET, H.FORELOEBIG_VURDERING_SKREVET, H.BARNETS_PLAN_VEDTAGET,
    H.UNGEPLAN_VEDTAGET, H.UNGEPLAN_FRAVALGT, H.FAELLES_PLAN_OPHOERT,
    H.FORAELDREHANDLEPLAN_REVIDERET, H.FORAELDREHANDLEPLAN_VURDERET, H.OPFOELGNING_AFHOLDT,
    H.OPFOELGNING_PLANLAGT, H.TILSYNSRAPPORT_SKREVET,
}  # fmt: skip
DECIDED: Final = frozenset(
    one
    for one in H
    if one.startswith(("afgoerelse_", "partshoering_", "klage_", "begrundelse_", "ankeafgoerelse"))
) | {
    H.UNDERSOEGELSE_BESLUTTET, H.UDVALGSAFGOERELSE_TRUFFET, H.ENDELIG_AFGOERELSE_TRUFFET,
    H.ANSOEGNING_AFGJORT, H.HJEMVISNING_MODTAGET, H.PLAN_BESLUTTET, H.UNGESTOETTE_BESLUTTET,
    H.FORELOEBIG_AFGOERELSE_IVAERKSAT, H.FORELOEBIG_AFGOERELSE_MEDDELT,
    H.FORELOEBIG_AFGOERELSE_GODKENDT, H.FORELOEBIG_AFGOERELSE_BORTFALDET,
}  # fmt: skip
SENT: Final = frozenset({H.BREV_SENDT, H.KVITTERING_SENDT, H.UNDERRETTER_ORIENTERET})
CLOCKS: Final = frozenset(one for one in H if one.startswith("frist_"))

KINDS: Final[Mapping[Line, frozenset[H]]] = {
    Line.SAMTALE: TALKS,
    Line.SKRIFT: frozenset(WRITTEN),
    Line.AFGOERELSE: frozenset(DECIDED),
    Line.BREV: SENT,
    Line.FRIST: CLOCKS,
}
"""Which hændelser a line is about; the rest are `Line.ANDET`."""

FILED: Final = frozenset({H.DOKUMENT_JOURNALISERET, H.NOTAT_JOURNALISERET})
"""What only says that a note or a document is in the journal: it is never what a note tells of."""


def line_of(what: H) -> Line:
    """Return what a hændelse is about."""
    return next((line for line, kinds in KINDS.items() if what in kinds), Line.ANDET)


LONGEST_TITLE: Final = 150
LONGEST_PRESENT: Final = 400
LONGEST_BODY: Final = 100_000
"""In characters: some forty pages, and less than any journal system refuses."""
EARLIEST: Final = timedelta(days=25 * 366)

NOTE_KINDS: Final[Mapping[str, str]] = {
    "telefon": "Telefonsamtale",
    "moede": "Møde",
    "besoeg": "Besøg",
    "mail": "Besked eller mail",
    "samarbejde": "Samarbejde med andre",
    "intern": "Intern overvejelse",
    "andet": "Andet",
}
"""What a note can be of, by its code: few, so that everybody chooses alike."""


class NoteNotWhole(FieldsRefused):
    """The note lacks something, or something in it cannot be."""

    danish = "Notatet kan ikke gemmes, som det er."


@dataclass(frozen=True, slots=True)
class Note:
    """A note somebody writes."""

    kind: str
    title: str = field(repr=False)
    body: str = field(repr=False)
    occurred_at: datetime
    present: str = field(default="", repr=False)
    own_words: str = field(default="", repr=False)
    """What the child said, as it was said."""


def lacks(note: Note, now: datetime) -> Mapping[str, str]:
    """Return what is wrong with a note, as a sentence a field; nothing where it is whole."""
    wrong = {}
    if note.kind not in NOTE_KINDS:
        wrong["slags"] = "Vælg, hvad notatet er om."
    if not note.title.strip():
        wrong["titel"] = "Skriv en overskrift, så andre kan finde notatet."
    elif len(note.title) > LONGEST_TITLE:
        wrong["titel"] = f"Skriv overskriften kortere: højst {LONGEST_TITLE} tegn."
    if len(note.present) > LONGEST_PRESENT:
        wrong["med"] = f"Skriv det kortere: højst {LONGEST_PRESENT} tegn."
    if not note.body.strip() and not note.own_words.strip():
        wrong["tekst"] = "Skriv, hvad der skete. Et notat uden tekst kan ikke bruges af nogen."
    elif len(note.body) + len(note.own_words) > LONGEST_BODY:
        wrong["tekst"] = (
            "Teksten er for lang til et notat. Læg den på sagen som et dokument i journalen, og "
            "skriv her, hvad den handler om."
        )
    if note.occurred_at > now:
        wrong["dag"] = "Et notat er om noget, der er sket. Ret dag eller klokkeslæt."
    elif note.occurred_at < now - EARLIEST:
        wrong["dag"] = "Datoen ligger for langt tilbage. Ret året."
    return wrong


def told(note: Note) -> str:
    """Return the note's text as the journal gets it."""
    parts = [
        NOTE_KINDS[note.kind] + (f". Med: {note.present}" if note.present else ""),
        note.body,
        f"Barnets egne ord:\n{note.own_words}" if note.own_words else "",
    ]
    return "\n\n".join(part for part in parts if part)
