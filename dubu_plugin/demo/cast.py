"""Who a story of the demo is about, and who works on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from dubu_plugin.domain.access import Asker


@dataclass(frozen=True, slots=True)
class Cast:
    """Who a story is about, and who works on it."""

    sag: UUID
    child: UUID
    parents: Mapping[UUID, str]
    """What each is called in the story: ``mor`` or ``far``."""
    caseworker: Asker
    colleague: str
    leader: Asker
    names: Mapping[str, str] = field(repr=False)
    """What stands in the braces of the words."""
