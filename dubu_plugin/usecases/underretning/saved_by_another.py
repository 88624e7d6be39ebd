"""Two people saving the same thing: the second sees what the first wrote, and loses nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa

from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning, Vurdering


@dataclass(frozen=True, slots=True)
class Theirs:
    """What the other one saved: the underretning and its assessment as they stand now."""

    underretning: Underretning
    vurdering: Vurdering | None
    concerns: frozenset[str] = frozenset()
    by: str | None = None
    """The employee's key; None where it was no assessment."""
    at: datetime | None = field(default=None)


class SavedByAnother(CaseworkError):
    """Somebody saved it after the page was opened. What is on this page is not saved, nor lost."""

    danish: ClassVar[str] = (
        "En kollega har gemt, mens du skrev. Det, du har skrevet, står her stadig, men er ikke "
        "gemt. Se, hvad din kollega skrev, og gem igen, når det passer."
    )

    def __init__(self, theirs: Theirs) -> None:
        super().__init__(theirs.underretning.id)
        self.theirs = theirs


def insist_on_version(connection: sa.Connection, about: Underretning, version: int) -> None:
    """Insist that nobody has saved since the page was opened.

    :raises SavedByAnother: somebody has.
    """
    if about.version == version:
        return
    vurdering = underretninger.vurdering_of(connection, about.id)
    concerns = frozenset(underretninger.concerns_of(connection, about.id))
    by, at = (vurdering.assessor, vurdering.assessed_at) if vurdering else (None, None)
    raise SavedByAnother(Theirs(about, vurdering, concerns, by, at))
