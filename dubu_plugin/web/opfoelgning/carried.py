"""What the form of an indsats is filled in with, where an opfølgning opened it."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.opfoelgning import ENDS
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.store.indsats import indsatser, opfoelgninger
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.skrift import tekster
from dubu_plugin.usecases.indsats.on_indsats import row_of
from dubu_plugin.web.door import Visit
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.opfoelgning.view import ONE

FIELD: Final = "opfoelgning"
REACHED: Final = "ophoer_maal_naaet"
"""The reason of the catalogue that says the goal is reached."""


def url_of(visit: Visit, number: UUID) -> str:
    """Return where a follow-up is read."""
    return ONE.format(sag=visit.subject, opfoelgning=number)


def carried(visit: Visit, its: Indsats, doing: str, text: str) -> Mapping[str, str]:
    """Return what an opfølgning has said already, by the names of the form; nothing without one."""
    number = key_of(text)
    if number is None:
        return {}
    with visit.reading() as connection:
        it = opfoelgninger.by_skrift(connection, number)
        if it is None or it.sag != visit.subject:
            return {}
        said = tekster.read(connection, number, 1, places={WHOLE})
        statuses = opfoelgninger.statuses_of(connection, number)
        served = indsatser.serves(connection, [its.id])[its.id]
    values = {FIELD: text, "ord": said[WHOLE, "vurdering"].text}
    mine = [statuses[goal][0] for goal in served if goal in statuses]
    placed = row_of(visit.product.indsatser, its).is_placement
    if doing == ENDS and mine and set(mine) == {MaalStatus.OPNAAET} and not placed:
        values["grund"] = REACHED
    return values
