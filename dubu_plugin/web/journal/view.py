"""The stream of a case in words: its lines by day, and the filters beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.journal import Line
from dubu_plugin.ports.journal_objects import Kind, Ref
from dubu_plugin.store.journal.journallinjer import KeptDocument, KeptNote, Said
from dubu_plugin.store.journal.journalstroem import DOCUMENT, NOTE, Entry, Stream
from dubu_plugin.store.outbox import State
from dubu_plugin.store.sag.sag_events import Event
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.web.journal.address import NOBODY, Asked
from dubu_plugin.web.sag import event_words

Mark = tuple[str, str, str]

LINES: Final = {
    Line.NOTAT: "Notater",
    Line.DOKUMENT: "Dokumenter",
    Line.BREV: "Breve sendt ud",
    Line.SAMTALE: "Samtaler og møder",
    Line.SKRIFT: "Det, vi har skrevet",
    Line.AFGOERELSE: "Afgørelser og klager",
    Line.FRIST: "Frister",
    Line.ANDET: "Andet, der er sket",
}
DIRECTIONS: Final = {"in": "indgående", "out": "udgående", "internal": "internt"}
AUTOMATIC: Final = {True: "Kun det automatiske", False: "Uden det automatiske"}
ON_ITS_WAY: Final = {
    State.PLANLAGT: ("Sendes til journalen", "soon", "send"),
    State.SENDER: ("Sendes til journalen", "soon", "send"),
    State.UKENDT: ("Det undersøges, om journalen har det", "soon", "time"),
    State.AFVIST: ("Journalen tog det ikke imod", "overdue", "error"),
    State.OPGIVET: ("Står ikke i journalen", "done", "info"),
}
SHORT: Final = 500
"""A text is shown whole up to so many characters; of a longer one its beginning is."""
BEGINNING: Final = 240
PERIODS: Final = (("De sidste 30 dage", 30), ("Det sidste halve år", 183), ("Det sidste år", 365))
MOST_PEOPLE: Final = 8


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line."""

    clock: str
    symbol: str
    title: str = field(repr=False)
    url: str | None
    detail: str = field(repr=False)
    marks: Sequence[Mark] = ()
    short: str = field(default="", repr=False)
    long: str = field(default="", repr=False)
    """A text that is folded until somebody opens it; `about` says what it is."""
    about: str = ""
    beside: bool = False
    """The folded text stands on the line itself: it says little more."""
    quote: str = field(default="", repr=False)
    """What the child said."""


@dataclass(frozen=True, slots=True)
class JournalDay:
    """The lines of one day."""

    title: str
    rows: Sequence[JournalLine]


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter."""

    title: str
    url: str
    chosen: bool
    count: int | None = None


def days(
    product: Product, sag: UUID, entries: Sequence[Entry], said: Said, now: datetime
) -> Sequence[JournalDay]:
    """Return the lines, gathered by day, in their order."""
    words = _Words(product, sag, said, now)
    today, found = danish.danish_day(now), list[tuple[str, list[JournalLine]]]()
    for entry in entries:
        day = danish.danish_day(entry.at)
        title = "I dag" if day == today else event_words.day_words(entry.at, now)
        if not found or found[-1][0] != title:
            found.append((title, []))
        found[-1][1].append(words.line(entry))
    return [JournalDay(title, rows) for title, rows in found]


class _Words:
    """Says each line."""

    def __init__(self, product: Product, sag: UUID, said: Said, now: datetime) -> None:
        self.journal = product.ports.journal
        self.letters = {letter.code: letter.row.title for letter in product.letters}
        self.url = f"/dubu/sag/{sag}"
        self.said = said
        self.now = now

    def line(self, entry: Entry) -> JournalLine:
        """Return a line."""
        folded = self.said.folded.get(entry.id, ())
        if entry.source == NOTE:
            return self._note(self.said.notes[entry.id], folded)
        if entry.source == DOCUMENT:
            return self._document(self.said.documents[entry.id], folded, entry.at)
        return self._event(self.said.events[entry.id])

    def _event(self, event: Event) -> JournalLine:
        shown = event_words.line(event, self._links(event), self.letters)
        url = shown.url or self._place(event)
        return JournalLine(
            shown.clock, shown.symbol, shown.title, url, shown.detail, quote=self._quote([event])
        )

    def _note(self, note: KeptNote, folded: Sequence[Event]) -> JournalLine:
        told = [one for one in folded if one.what is not Haendelse.NOTAT_JOURNALISERET]
        first = event_words.line(told[0], {}, self.letters) if told else None
        marks: list[Mark] = [("Automatisk", "done", "info")] if note.automatic else []
        if note.on_its_way is not None and note.on_its_way in ON_ITS_WAY:
            marks.append(ON_ITS_WAY[note.on_its_way])
        if any(one.taken_back for one in told):
            marks.append(("Gælder ikke", "done", "info"))
        who = [note.author_name or "skrevet i journalen"]
        late = danish.danish_day(note.written_at) != danish.danish_day(note.occurred_at)
        if late and not note.automatic:
            who.append(f"skrevet {danish.list_moment(note.written_at, self.now)}")
        long = len(note.body) > SHORT
        return JournalLine(
            _clock(note.occurred_at),
            first.symbol if first else "edit",
            note.title,
            next((place for one in told if (place := self._place(one))), None),
            danish.unbroken(" · ".join(who)),
            marks,
            short=_beginning(note.body),
            long=note.body if long else "",
            about="Læs hele notatet",
            quote=self._quote(told),
        )

    def _document(
        self, document: KeptDocument, folded: Sequence[Event], at: datetime
    ) -> JournalLine:
        today = danish.danish_day(self.now)
        parts = [DIRECTIONS.get(document.direction, document.direction)]
        if document.party:
            parts.append(f"{'fra' if document.direction == 'in' else 'til'} {document.party}")
        if document.date != danish.danish_day(at):
            parts.append(f"dateret {danish.list_date(document.date, today)}")
        filed = Haendelse.DOKUMENT_JOURNALISERET
        for one in folded:
            if one.what is not filed and not one.taken_back:
                shown = event_words.line(one, {}, self.letters)
                day = danish.list_moment(one.at, self.now)
                words = (shown.title.lower(), event_words.how(one), day)
                parts.append(" ".join(word for word in words if word))
        if document.author_name:
            parts.append(document.author_name)
        note = self.said.note_of.get(document.id)
        symbol = {"in": "email", "out": "send"}.get(document.direction, "document")
        key = Ref(self.journal.name, Kind.DOCUMENT, document.host_key)
        return JournalLine(
            _clock(at),
            symbol,
            document.title,
            self.journal.url_for(key),
            danish.unbroken(" · ".join(parts)),
            [] if document.filed else [("Kladde i journalen", "soon", "edit")],
            long=note.body if note else "",
            about="Notat",
            beside=True,
        )

    def _links(self, event: Event) -> dict[str, str]:
        key = event.data.get("dokument")
        url = key and self.journal.url_for(Ref(self.journal.name, Kind.DOCUMENT, str(key)))
        return {str(key): url} if url else {}

    def _place(self, event: Event) -> str | None:
        """Return where what a hændelse is about is worked with; only what has a page."""
        data = event.data
        if "skrift" in data:
            return f"{self.url}/skrift/{data['skrift']}"
        if "samtale" in data:
            return f"{self.url}/samtaler/{data['samtale']}"
        if "indsats" in data and "kode" in data:
            return f"{self.url}/indsats/{data['indsats']}"
        return None

    def _quote(self, events: Sequence[Event]) -> str:
        for one in events:
            key = str(one.data.get("samtale", ""))
            for talk, words in self.said.own_words.items():
                if str(talk) == key:
                    return _beginning(words)
        return ""


def _beginning(text: str) -> str:
    """Return a text, or as much of it as shows what it is about."""
    if len(text) <= SHORT:
        return text
    return f"{text[:BEGINNING].rsplit(maxsplit=1)[0]} …"


def _clock(at: datetime) -> str:
    return danish.clock(at).removeprefix("kl. ")


def kinds(asked: Asked, stream: Stream) -> Sequence[Choice]:
    """Return the kinds of line there are, and everything."""
    every = Choice("Alt", asked.url(line=None), asked.line is None, sum(stream.by_line.values()))
    return [every] + [
        Choice(title, asked.url(line=line), asked.line is line, stream.by_line.get(line, 0))
        for line, title in LINES.items()
        if stream.by_line.get(line) or asked.line is line
    ]


def only(asked: Asked) -> Sequence[Choice]:
    """Return what can be looked for by itself; chosen once more it is let go of."""
    own = asked.own_words
    automatic = [
        Choice(
            title,
            asked.url(automatic=None if asked.automatic is way else way),
            asked.automatic is way,
        )
        for way, title in AUTOMATIC.items()
    ]
    return [Choice("Barnets egne ord", asked.url(own_words=not own), own), *automatic]


def people(asked: Asked, stream: Stream) -> Sequence[Choice]:
    """Return who wrote something, those who wrote most first."""
    most = sorted(stream.by_who.items(), key=lambda one: (-one[1][1], one[1][0]))[:MOST_PEOPLE]
    found = [
        Choice(_name(key, name), asked.url(who=key or NOBODY), asked.who == (key or NOBODY), many)
        for key, (name, many) in most
    ]
    return [Choice("Alle", asked.url(who=None), asked.who is None), *found]


def periods(asked: Asked, now: datetime) -> Sequence[Choice]:
    """Return the periods that are one press away."""
    today = danish.danish_day(now)
    whole = asked.since is None and asked.until is None
    return [
        Choice("Hele tiden", asked.url(since=None, until=None), whole),
        *(
            Choice(
                title,
                asked.url(since=today - timedelta(days=long), until=None),
                asked.since == today - timedelta(days=long) and asked.until is None,
            )
            for title, long in PERIODS
        ),
    ]


def marks(asked: Asked, stream: Stream, now: datetime) -> Sequence[tuple[str, str]]:
    """Return what is chosen in words, each with the address without it."""
    today, found = danish.danish_day(now), list[tuple[str, str]]()
    if asked.line is not None:
        found.append((LINES[asked.line], asked.url(line=None)))
    if asked.who is not None:
        key = "" if asked.who == NOBODY else asked.who
        found.append((_name(key, stream.by_who.get(key, (key, 0))[0]), asked.url(who=None)))
    if asked.since is not None:
        day = danish.unbroken(f"fra {danish.list_date(asked.since, today)}")
        found.append((day, asked.url(since=None)))
    if asked.until is not None:
        day = danish.unbroken(f"til {danish.list_date(asked.until, today)}")
        found.append((day, asked.url(until=None)))
    if asked.own_words:
        found.append(("Barnets egne ord", asked.url(own_words=False)))
    if asked.automatic is not None:
        found.append((AUTOMATIC[asked.automatic], asked.url(automatic=None)))
    if asked.text:
        found.append((f"»{asked.text}«", asked.url(text="")))
    return found


def _name(key: str, name: str) -> str:
    if key == SYSTEM:
        return "Af sig selv"
    return name or "Ingen af os"
