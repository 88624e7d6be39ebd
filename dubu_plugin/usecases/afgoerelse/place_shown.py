"""A place is told to the parents again where the decision that hid it gives nothing any more.

Ankestyrelsen lifts it or sends it back, or the committee does not approve what its chairman
decided.

Source: barnets lov §§ 105 and 143, stk. 4; retssikkerhedsloven § 68.
"""

from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.domain.gates.indsats import HIDES
from dubu_plugin.domain.indsatser import Skift
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.transaction import Work

NO_LONGER_HIDDEN: Final = "Afgørelsen om at skjule stedet (§ 105) gælder ikke mere."


def show_place(work: Work, sag: UUID, matter: str, day: date) -> None:
    """Have no place of a case hidden from the parents any more, where it was this that hid it.

    :param matter: what the decision was about that gives nothing from now on.
    """
    connection = work.connection
    standing = afgoerelser.in_force(connection, sag)
    if matter not in HIDES or any(one.matter in HIDES for one in standing):
        return
    for one in indsatser.of_sag(connection, sag):
        if one.place_hidden and one.ended_on is None:
            indsatser.change(connection, one, {"place_hidden": False}, seen=one.version)
            indsatser.keep(
                connection, one.id, Skift.AENDRING, day, reason=None, words=NO_LONGER_HIDDEN,
                before={"place_hidden": True}, opfoelgning=None, by=work.actor, now=work.now,
            )  # fmt: skip
