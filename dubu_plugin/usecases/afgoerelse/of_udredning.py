"""What a decision about help to a child with a disability begins with, out of the udredning."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.usecases.dokument.law_words import law_words

FACTS: Final = ("diagnoser", "maalgruppe_hvorfor", "kompensationsbehov")
"""Its sections that say what the decision rests on, in their order."""
VIEW: Final = "barnets_perspektiv"


def of_udredning(connection: sa.Connection, sag: UUID, matter: Matter) -> Mapping[str, str]:
    """Return the texts by our sections; none where no udredning of the case stands.

    The reasons begin with the paragraph, which they must name, and go on with the assessment.
    """
    approved = approved_udredning(connection, sag)
    if approved is None:
        return {}
    texts = tekster.read(connection, *approved, places={WHOLE})
    said = {name: text.text for (_, name), text in texts.items()}
    assessed = said.get(f"vurdering_{matter.code}", "")
    reasons = f"Afgørelsen er truffet efter {law_words(matter.law)}.\n\n{assessed}"
    return {
        "oplysninger": "\n\n".join(filter(None, (said.get(name, "") for name in FACTS))),
        "begrundelse": reasons if assessed else "",
    }


def approved_udredning(connection: sa.Connection, sag: UUID) -> tuple[UUID, int] | None:
    """Return the newest udredning of the case that is approved, and the version; or None."""
    return next(
        (
            (one.id, version.number)
            for one in skrifter.of_sag(connection, sag, SkriftKind.HANDICAPUDREDNING)
            for version in skrifter.versions(connection, one.id)
            if version.approved_at is not None
        ),
        None,
    )
