"""Nobody keeps an underretning they turn out to be closed out from: it goes back to its unit.

Whoever takes a call may not know that it is about their own family until the address book has
answered (forvaltningsloven § 3). Then it must not look taken while nobody can assess it.
"""

from typing import Final
from uuid import UUID

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store import deadlines
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.closed_to_owner import closed_to_owner

WHY: Final = "inhabil"
"""What the hændelse says of why it was given on."""


def give_up_closed(work: Work) -> None:
    """Give what its owner may not open to its unit, where anybody can take it.

    Called wherever it may have become known whom something is about, or who is related to whom.
    """
    for number in closed_to_owner(work.connection):
        give_to_unit(work, number, why=WHY)


def give_to_unit(work: Work, number: UUID, *, why: str) -> None:
    """Give an underretning to its unit. It cannot be taken back: there is nobody to take it.

    :param why: what the hændelse says of why it was given on.
    """
    about = underretninger.by_id(work.connection, number)
    assert about is not None
    underretninger.change_quietly(work.connection, number, responsible=None)
    deadlines.hand_over(work.connection, underretning=number, responsible=None, unit=about.unit)
    work.happened(
        Haendelse.UNDERRETNING_GIVET_VIDERE,
        sag=about.sag_id,
        underretning=number,
        person=about.child_id,
        unit=about.unit,
        data={
            "fra_enhed": about.unit, "fra": None, "til_enhed": about.unit, "til": None,
            "opgivet_af": about.responsible, "grund": why,
        },
    )  # fmt: skip
