"""An indsats that was begun on its own page ends there, where its reason is asked for."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store import indsatser
from dubu_plugin.store.transaction import Work

PLACEMENT_BEGINS: Final = frozenset({H.ANBRINGELSE_IVAERKSAT})
PLACEMENT_ENDS: Final = frozenset({H.ANBRINGELSE_OPHOERT, H.BARN_HJEMGIVET})
SENTENCE: Final = (
    "Den er sat i gang under »Indsatser« på sagen. Afslut den dér, så grunden kommer med."
)


def ended_on_page(
    work: Work, sag: UUID, what: H, about: Mapping[Subject, str]
) -> Mapping[str, str]:
    """Return what is wrong with noting an end by hand: it is of an indsats that has its page."""
    if what is not H.INDSATS_OPHOERT and what not in PLACEMENT_ENDS:
        return {}
    runs = [one for one in indsatser.of_sag(work.connection, sag) if one.runs]
    if what in PLACEMENT_ENDS:
        told = indsatser.told(work.connection, sag)
        placed = {one.data.get("anbringelse") for one in told if one.what in PLACEMENT_BEGINS}
        return {"": SENTENCE} if any(str(one.id) in placed for one in runs) else {}
    named = about.get(Subject.INDSATS, "")
    is_ours = named in {str(one.id) for one in runs}
    return {Subject.INDSATS.value: SENTENCE} if is_ours else {}
