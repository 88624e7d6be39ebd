"""What stands at the foot of every printed page: whose it is, and who printed it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from dubu_plugin.domain import danish

TRAINING: Final = "Øvemiljø. Alle personer er opdigtede."


def print_foot(about: Sequence[str | None], by: str, now: datetime, *, training: bool) -> str:
    """Return the foot in words.

    :param about: the child and the case's number, as far as they are known.
    :param by: the name of who has the page open.
    """
    printed = f"Udskrevet af {by} den {danish.moment_text(now)}"
    parts = [*about, printed, TRAINING if training else None]
    return danish.unbroken(" · ".join(part for part in parts if part))
