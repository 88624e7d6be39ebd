"""What came in, as short lines: in the box on Min dag and in the host's lists."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.settings import Settings
from dubu_plugin.store.underretning.indgang_line import Item
from dubu_plugin.web.naming import KINDS, born_words, child_title, source_words

NEAR: Final = timedelta(hours=4)
"""A clock with less than this left is marked."""
NEAR_ANSWER: Final = timedelta(days=7)
"""So is an application that is to be answered within this."""

CHANNELS: Final = {
    "e-mail": "e-mail",
    "digital_post": "Digital Post",
    "digital_blanket": "digital blanket",
    "telefon": "telefon",
    "fremmoede": "fremmøde",
    "brev": "brev",
    "doegnvagt": "døgnvagten",
    "politi": "politiet",
    "fil": "fil",
}


@dataclass(frozen=True, slots=True)
class PostLine:
    """One thing that came in."""

    title: str
    url: str
    detail: str
    mark: tuple[str, str, str] | None
    """A state that needs a person: text, kind, symbol."""


def begun_words(count: int) -> str:
    """Return that somebody has typed calls they have not saved; empty where they have not.

    Nobody else sees a draft, and no clock runs on it: only its writer can be told.
    """
    if not count:
        return ""
    what = "en henvendelse" if count == 1 else f"{count} henvendelser"
    return f"Du har {what}, du ikke er færdig med"


def sees_post(who: Asker, settings: Settings) -> bool:
    """Tell whether somebody looks after post nothing could be made of: intake, and its leader."""
    units = {settings.intake.unit, settings.intake.on_call_unit}
    return who.unit in units or bool(units & who.units_below)


def line(item: Item, now: datetime) -> PostLine:
    """Return it in two lines of words."""
    today = danish.danish_day(now)
    about = child(item)
    age = born_words(item.born, item.termin, today)
    return PostLine(
        title=f"{kind_words(item)}{f' om {about}' if item.child_name else ''}",
        url=address(item),
        detail=danish.unbroken(
            ", ".join(
                part
                for part in (
                    item.organisation or "",
                    age,
                    danish.list_moment(item.received_at, now),
                )
                if part
            )
        ),
        mark=mark(item, now),
    )


def address(item: Item) -> str:
    """Return where the line leads."""
    if item.underretning is None:
        return f"/dubu/indgang/post/{item.post}"
    return f"/dubu/indgang/{item.underretning}"


def child(item: Item) -> str:
    """Return what the child is called, or what is known instead."""
    return child_title(item.child_name, item.termin if item.born is None else None)


def kind_words(item: Item) -> str:
    """Return ``Underretning fra skolen`` or what else it is."""
    if item.underretning is None:
        return "Post, der skal ses på"
    if item.henvendelse == Henvendelse.UNDERRETNING:
        return source_words(item.underretter)
    return KINDS.get(item.henvendelse, "Henvendelse")


def is_near(item: Item, now: datetime) -> bool:
    """Tell whether a clock has little left: the 24 hours, or the days an answer may take."""
    if item.due is None:
        return False
    if item.is_untouched(now):
        return True
    return item.due - now < (NEAR_ANSWER if is_application(item) else NEAR)


def is_application(item: Item) -> bool:
    """Tell whether it is answered, and not assessed."""
    return item.henvendelse == Henvendelse.ANSOEGNING


def left(due: datetime, now: datetime, *, days: bool) -> str:
    """Return how much is left, or by how much it is passed; of what is due by a day, in days."""
    if not days:
        return danish.time_left(due, now)
    away = (danish.danish_day(due) - danish.danish_day(now)).days
    if away == 0:
        return "i dag"
    words = danish.counted(abs(away), "dag", "dage")
    return f"{words} {'tilbage' if away > 0 else 'over fristen'}"


def mark(item: Item, now: datetime) -> tuple[str, str, str] | None:
    """Return the one state worth a mark, the most pressing."""
    if item.due is not None and item.due < now:
        return "Overskredet", "overdue", "error"
    if item.due is not None and is_near(item, now):
        said = (
            "Ingen har taget den"
            if item.is_untouched(now)
            else left(item.due, now, days=is_application(item))
        )
        return danish.unbroken(said), "soon", "time"
    if item.remarks:
        return "Kræver et menneske", "act", "warning"
    return None
