"""Who put in, corrected and took out the municipality's own rows, when, in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol, TypeVar
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.store.transaction import SYSTEM

AT_THE_SERVER: Final = "På serveren"
"""Who did what a command did."""
MOST: Final = 50
"""So many changes are shown, the newest first."""


class Kept(Protocol):
    """A row that is or was there."""

    @property
    def id(self) -> UUID:
        """Its key."""

    @property
    def entered_at(self) -> datetime:
        """When it was put in."""

    @property
    def entered_by(self) -> str:
        """Who did, by name."""

    @property
    def ended_at(self) -> datetime | None:
        """When it was corrected or taken out."""

    @property
    def ended_by(self) -> str:
        """Who did, by name."""

    @property
    def replaces(self) -> UUID | None:
        """The row it was put in the place of."""


Row = TypeVar("Row", bound=Kept)


@dataclass(frozen=True, slots=True)
class Change:
    """One change."""

    when: str
    who: str
    text: str


def changes(
    rows: Iterable[Row], title: Callable[[Row], str], says: Callable[[Row], str], now: datetime
) -> Sequence[Change]:
    """Return what was changed, the newest first.

    :param title: what a row is about.
    :param says: what it says, as ``4 uger fra 1.1.2027``.
    """
    known = {one.id: one for one in rows}
    replaced = {one.replaces for one in known.values() if one.replaces}
    found: list[tuple[datetime, str, str]] = []
    for one in known.values():
        before = known.get(one.replaces) if one.replaces else None
        text = (
            f"{title(one)}: {says(before)} er rettet til {says(one)}"
            if before is not None
            else f"{title(one)}: {says(one)} er lagt ind"
        )
        found.append((one.entered_at, one.entered_by, text))
        if one.ended_at is not None and one.id not in replaced:
            found.append((one.ended_at, one.ended_by, f"{title(one)}: {says(one)} er taget ud"))
    found.sort(key=lambda change: change[0], reverse=True)
    return [
        Change(
            danish.unbroken(danish.list_moment(at, now)),
            AT_THE_SERVER if who == SYSTEM else who,
            danish.unbroken(text),
        )
        for at, who, text in found[:MOST]
    ]


def span(valid_from: date, valid_to: date | None) -> str:
    """Return ``fra 1. januar 2027 til 31. december 2027``."""
    words = f"fra {danish.long_date(valid_from)}"
    return f"{words} til {danish.long_date(valid_to)}" if valid_to else words
