"""The letters of a case that wait to be printed, and what is said of a letter to a citizen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain import danish
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.usecases.dokument.send_again import GoneOut, letters_gone_out
from dubu_plugin.usecases.dokument.sent_on_paper import ToPrint, letters_to_print, of_case

STATES: Final[Mapping[LetterState, str]] = {
    LetterState.SKRIVES: "Brevet er bestilt og er ikke sendt endnu",
    LetterState.KLAR: "Brevet er skrevet og er ikke sendt endnu",
    LetterState.JOURNALISERET: "Brevet ligger på sagen og er ikke sendt endnu",
    LetterState.I_KOE: "Brevet ligger i kø og er ikke sendt endnu",
    LetterState.TIL_PRINT: "Brevet skal printes og sendes",
    LetterState.SENDT: "Brev sendt",
    LetterState.IKKE_NAAET: "Brevet kom ikke frem",
    LetterState.UDGAAET: "Brevet er ikke sendt",
}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A letter that waits for a person."""

    key: str
    title: str = field(repr=False)
    detail: str
    url: str
    """Where its pages are fetched."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class GoneLine:
    """A letter that has left the house."""

    title: str = field(repr=False)
    detail: str
    url: str
    """Where its pages are fetched; empty where it has none."""
    again: str
    """Where it is sent anew; empty where it is not."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The letters that wait, and the form in which it is said that they are sent."""

    action: str
    lines: Sequence[PaperLine]
    day: str
    today: str

    def waits(self, letter: UUID | None) -> bool:
        """Tell whether a letter is one of them."""
        return letter is not None and any(one.key == str(letter) for one in self.lines)


def paper(
    connection: sa.Connection,
    letters: LetterShelf,
    sag: UUID,
    today: date,
    *,
    only: Collection[UUID] | None = None,
    chosen: Collection[str] | None = None,
    day: str = "",
) -> Paper:
    """Return the letters of a case that wait to be printed. One question at most.

    :param only: those letters alone; None is all of the case. Of none nothing is asked.
    :param chosen: the letters that are ticked; None is those to be posted, or else all: what is
        handed over is rarely handed over the day the rest is posted.
    :param day: what was typed as the day.
    """
    found = () if only is not None and not only else letters_to_print(connection, seen=of_case(sag))
    waiting = [one for one in found if only is None or one.letter in only]
    posted = {str(one.letter) for one in waiting if not one.is_handed_over}
    ticked = (posted or {str(one.letter) for one in waiting}) if chosen is None else chosen
    action = f"/dubu/sag/{sag}/breve"
    return Paper(
        action,
        [_line(one, letters, action, today, ticked) for one in waiting],
        day or today.isoformat(),
        today.isoformat(),
    )


def gone_lines(
    connection: sa.Connection, letters: LetterShelf, sag: UUID, now: datetime
) -> Sequence[GoneLine]:
    """Return the letters that left a case last, the newest first."""
    return [gone_line(one, letters, sag, now) for one in letters_gone_out(connection, sag)]


def gone_line(one: GoneOut, letters: LetterShelf, sag: UUID, now: datetime) -> GoneLine:
    """Return a letter that has left the house as it is listed."""
    url = f"/dubu/sag/{sag}/breve/{one.letter}"
    return GoneLine(
        f"{letters[one.code].row.title}: {one.name}",
        state_words(one.state, one.sent_at, now),
        f"{url}/pdf" if one.pdf_sha256 else "",
        f"{url}/igen" if one.again else "",
    )


def state_words(state: str, sent_at: datetime | None, now: datetime) -> str:
    """Return where a letter has got to, and the day it was sent."""
    said = STATES[LetterState(state)]
    if sent_at is None:
        return said
    joined = ", sendt" if state == LetterState.IKKE_NAAET else ""
    return danish.unbroken(f"{said}{joined} {sent_day(sent_at, now)}")


def sent_day(sent_at: datetime, now: datetime) -> str:
    """Return the day a letter was sent, as »i dag« or »12. februar«; whoever posts one notes no
    time of day."""
    day, today = danish.danish_day(sent_at), danish.danish_day(now)
    near = -1 <= (day - today).days <= 0
    said = danish.relative_day(day, today) if near else danish.list_date(day, today)
    return said


def _line(
    one: ToPrint, letters: LetterShelf, action: str, today: date, ticked: Collection[str]
) -> PaperLine:
    written = danish.list_date(danish.danish_day(one.since), today)
    way = "overleveres" if one.is_handed_over else "sendes med posten"
    if one.has_no_address:
        way = f"{way} · adressen er beskyttet: slå den op, og skriv den på kuverten"
    return PaperLine(
        str(one.letter),
        f"{letters[one.code].row.title}: {one.name}",
        danish.unbroken(f"Skrevet {written} · {way}"),
        f"{action}/{one.letter}/pdf",
        str(one.letter) in ticked,
    )
