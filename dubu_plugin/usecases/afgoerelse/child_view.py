"""The child's view in a decision: when it was obtained, and where its text was fetched from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain.danish import long_date, unbroken
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.store.afgoerelse import barnets_syn
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.barnets_syn import Source, Syn
from dubu_plugin.store.skrift.tekster import Texts

SECTION: Final = "barnets_syn"
NEVER: Final = Syn()
FROM: Final[Mapping[SkriftKind, str]] = {
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: "undersøgelsen",
    SkriftKind.HANDICAPUDREDNING: "udredningen",
    SkriftKind.AFGOERELSE: "den tidligere afgørelse",
}


@dataclass(frozen=True, slots=True)
class ChildView:
    """What is known of the child's view besides its words."""

    obtained: Syn = NEVER
    source: Source | None = None
    """Where the words were fetched from, until somebody writes in them."""

    @property
    def fetched_from(self) -> str:
        """Say where the words were fetched from and the day of that; empty where they were not."""
        if self.source is None:
            return ""
        what = FROM.get(self.source.kind, "et andet skrift")
        return unbroken(f"{what} fra den {long_date(self.source.day)}")

    @property
    def asks_why(self) -> bool:
        """Whether it is to be said why what the child told before will do."""
        older = self.obtained.since is None and self.obtained.before is not None
        return older or self.source is not None


def child_view(
    connection: sa.Connection, afgoerelse: Afgoerelse, texts: Texts, now: datetime
) -> ChildView:
    """Return what is known of the child's view; of a decision that is made nothing is asked."""
    if not afgoerelse.is_open:
        return ChildView()
    text = texts.get((WHOLE, SECTION))
    fetched = text.copied_from if text is not None and text.text else None
    return ChildView(
        *barnets_syn.known(connection, afgoerelse.sag, afgoerelse.begun_at, now, fetched=fetched)
    )
