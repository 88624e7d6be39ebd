"""What of the stream an address asks for, and the address of everything beside it.

What is searched for never stands in an address: it is kept as a draft is, and the address only says
that there is a search.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.journal import Line
from dubu_plugin.store.journal.journalstroem import Place, Wanted
from dubu_plugin.web.sag.event_words import ALL_WORDS
from dubu_plugin.web.typed_time import day_of

NOBODY: Final = "andre"
"""What the address says for what nobody who works here is named for."""
ONLY, WITHOUT = "kun", "uden"
LONGEST_WHO: Final = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters, as the address has them. What makes no sense there is not a filter."""

    base: str
    line: Line | None = None
    who: str | None = None
    since: date | None = None
    until: date | None = None
    """The last day."""
    own_words: bool = False
    automatic: bool | None = None
    text: str = field(default="", repr=False)

    def wanted(self) -> Wanted:
        """Return what is asked of the stream."""
        return Wanted(
            line=self.line,
            who="" if self.who == NOBODY else self.who,
            since=start_of_day(self.since) if self.since else None,
            until=start_of_day(self.until + timedelta(days=1)) if self.until else None,
            own_words=self.own_words,
            automatic=self.automatic,
            text=self.text,
            event_types=[
                what
                for what, (title, _) in ALL_WORDS.items()
                if self.text and _all_in(self.text, title)
            ],
        )

    def url(self, **changes: object) -> str:
        """Return the address of the stream with some filters otherwise; from the newest line."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        said = other.said()
        return f"{self.base}?{urlencode(said)}" if said else self.base

    def said(self) -> Mapping[str, str]:
        """Return the filters as an address says them."""
        automatic = {True: ONLY, False: WITHOUT, None: ""}[self.automatic]
        every = {
            "type": self.line or "",
            "hvem": self.who or "",
            "fra": self.since.isoformat() if self.since else "",
            "til": self.until.isoformat() if self.until else "",
            "barnet": "ja" if self.own_words else "",
            "auto": automatic,
            "soeg": "ja" if self.text else "",
        }
        return {name: value for name, value in every.items() if value}

    @property
    def filters(self) -> bool:
        """Whether anything is left out."""
        return bool(self.said())


def asked(base: str, query: Mapping[str, str], text: str) -> Asked:
    """Return what an address asks for.

    :param text: what was searched for, where the address says that there is a search.
    """
    line, automatic = query.get("type", ""), query.get("auto", "")
    return Asked(
        base,
        Line(line) if line in list(Line) else None,
        query.get("hvem", "")[:LONGEST_WHO] or None,
        _day(query.get("fra", "")),
        _day(query.get("til", "")),
        query.get("barnet") == "ja",
        {ONLY: True, WITHOUT: False}.get(automatic),
        text if query.get("soeg") else "",
    )


def place_words(place: Place) -> str:
    """Return a place in the stream as an address has it."""
    return f"{place.at.isoformat()}~{place.rank}~{place.id}"


def place_of(text: str) -> Place | None:
    """Return the place an address names; None where it names none, which is the newest."""
    try:
        at, rank, number = text.split("~")
        moment = datetime.fromisoformat(at)
        found = Place(moment, int(rank), UUID(number))
    except ValueError:
        return None
    return found if moment.tzinfo is not None and abs(found.rank) < 2**62 else None


def _day(text: str) -> date | None:
    try:
        day = day_of(text)
    except ValueError:
        return None
    return day if date(1900, 1, 1) <= day <= date(2200, 1, 1) else None


def _all_in(text: str, title: str) -> bool:
    there = folded(title)
    return all(word in there for word in folded(text).split())
