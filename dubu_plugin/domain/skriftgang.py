"""Where the skrifter of a case stand, read from what has happened on it.

The table of them says the same. This is for a page that has read what happened already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind, SkriftState

LEADS_TO: Final[Mapping[H, SkriftState]] = {
    H.SKRIFT_BEGYNDT: SkriftState.UDKAST,
    H.SKRIFT_FREMLAGT: SkriftState.FREMLAGT,
    H.SKRIFT_SENDT_TILBAGE: SkriftState.SENDT_TILBAGE,
    H.SKRIFT_GODKENDT: SkriftState.GODKENDT,
    H.SKRIFT_NY_VERSION: SkriftState.UDKAST,
    H.SKRIFT_OPGIVET: SkriftState.OPGIVET,
    H.SKRIFT_VIDEREFOERT: SkriftState.VIDEREFOERT,
    H.SKRIFT_GENOPTAGET: SkriftState.UDKAST,
}
"""Where each leaves a skrift; one that is taken up again says it itself."""

WRITING: Final = frozenset(LEADS_TO)


@dataclass(frozen=True, slots=True)
class Stands:
    """A skrift as what happened leaves it."""

    skrift: UUID
    kind: SkriftKind
    begun_at: datetime
    state: SkriftState


def standing(facts: Iterable[Fact]) -> Sequence[Stands]:
    """Return the skrifter of a case, the newest first.

    :param facts: what has happened, in its order. Other hændelser are passed over.
    """
    found: dict[UUID, Stands] = {}
    stood: set[UUID] = set()
    for fact in facts:
        if fact.what not in LEADS_TO:
            continue
        key = UUID(str(fact.data["skrift"]))
        state = SkriftState(str(fact.data.get("tilstand", LEADS_TO[fact.what])))
        if state is SkriftState.GODKENDT:
            stood.add(key)
        elif state is SkriftState.OPGIVET and key in stood:
            state = SkriftState.GODKENDT  # only its new version is given up
        if key in found:
            found[key] = replace(found[key], state=state)
        elif fact.what is H.SKRIFT_BEGYNDT:
            found[key] = Stands(key, SkriftKind(str(fact.data["art"])), fact.at, state)
    return list(reversed(found.values()))
