"""The notes somebody has begun and not put in the journal. They are their writer's alone.

A draft that is thrown away can be taken back for a while: it lies in another place until then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store import drafts
from dubu_plugin.store.transaction import Work

BEGUN: Final = "notat"
THROWN_AWAY: Final = "notatvaek"
CASE: Final = "sag"
"""The field of the form that says which case it is on."""
KEPT_FOR: Final = timedelta(days=30)
"""So long a draft that was thrown away can be taken back."""


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note somebody has begun."""

    number: UUID
    title: str = field(repr=False)
    text: str = field(repr=False)
    saved_at: datetime


def form_of(number: UUID) -> str:
    """Return the name a note is kept under while it is written."""
    return f"{BEGUN}:{number}"


def of_case(connection: sa.Connection, employee: str, sag: UUID) -> Sequence[NoteDraft]:
    """Return the notes an employee has begun on a case, the newest first."""
    found = []
    for key, draft in drafts.begun(connection, employee, BEGUN).items():
        said = {name: values[-1] for name, values in draft.fields.items() if values}
        if said.get(CASE) == str(sag):
            title, text = said.get("titel", "").strip(), said.get("tekst", "").strip()
            found.append(NoteDraft(UUID(key), title, text, draft.saved_at))
    return found


def throw_away(work: Work, number: UUID) -> None:
    """Throw away what the one who acts has begun; nothing happens where there is nothing.

    What they threw away long ago is forgotten.
    """
    for key, old in drafts.begun(work.connection, work.actor, THROWN_AWAY).items():
        if old.saved_at < work.now - KEPT_FOR:
            drafts.drop(work, f"{THROWN_AWAY}:{key}")
    drafts.rename(work, form_of(number), f"{THROWN_AWAY}:{number}")


def take_back(work: Work, number: UUID) -> None:
    """Take back what the one who acts threw away, unless they have begun it anew since."""
    if drafts.kept(work.connection, work.actor, form_of(number)) is None:
        drafts.rename(work, f"{THROWN_AWAY}:{number}", form_of(number))
