"""The course of a case about a child with a disability: from the application to the follow-up.

Somebody applies, so nothing is assessed within 24 hours and no plan is asked for. What is written
is an udredning, and what is decided is one decision for each kind of help.

Source: retssikkerhedsloven § 3; barnets lov §§ 18-19 and 82-90; bekendtgørelse 1064 of 2025, § 6.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dubu_plugin.domain.forloeb import STEPS, Stage, Step
from dubu_plugin.domain.haendelser import Haendelse as H

AREA: Final = "boernehandicap"
"""What a case's area is called where this is its course."""

UDREDNING: Final = frozenset({"handicapudredning"})

_SAME: Final = {step.stage: step for step in STEPS}

HANDICAP: Final[Sequence[Step]] = (
    Step(
        stage=Stage.UNDERRETNING,
        title="Ansøgning",
        law="Retssikkerhedsloven § 3",
        requires="Familien søger om hjælp, mundtligt eller skriftligt",
        produces="En dag, familien senest har svar",
        then="Udredning",
        begins=frozenset({H.ANSOEGNING_MODTAGET, H.UNDERRETNING_MODTAGET}),
        ends=frozenset(
            {H.HENVENDELSE_OMREGISTRERET, H.UNDERRETNING_VURDERET, H.AFGOERELSE_FORBEREDT}
        ),
        ended_by=UDREDNING,
    ),
    Step(
        stage=Stage.UNDERSOEGELSE,
        title="Udredning",
        law="§§ 18-19",
        requires="Oplysninger om barnets funktionsniveau, og barnets syn",
        produces="Målgruppe, funktionsniveau og kompensationsbehov",
        then="En afgørelse om hver ydelse",
        begins=frozenset(),
        ends=frozenset({H.UNDERSOEGELSE_AFSLUTTET}),
        writing=UDREDNING,
        approved=UDREDNING,
    ),
    _SAME[Stage.PARTSHOERING],
    replace(
        _SAME[Stage.AFGOERELSE],
        law="§§ 82-90",
        requires="Barnets syn, partshøring og en beregning, hvor der gives penge",
        produces="En afgørelse om hver ydelse, med beregning og klagevejledning",
        then="Hjælpen sættes i gang",
        writing=frozenset(),
        many="afgoerelse",
    ),
    replace(
        _SAME[Stage.INDSATS],
        title="Hjælp",
        law="§§ 82-90",
        requires="En afgørelse",
        produces="Ydelse, træning, ledsagelse eller aflastning",
        then="Opfølgning på den dag, der er besluttet",
    ),
    replace(
        _SAME[Stage.OPFOELGNING],
        law="§ 156, stk. 2",
        requires="Hjælp, der løber",
        produces="Om hjælpen stadig passer, og en ny dato",
        then="Fortsæt, eller afgør det på ny",
    ),
    _SAME[Stage.OVERGANG],
    _SAME[Stage.AFSLUTTET],
)  # fmt: skip


def line_of(area: str) -> Sequence[Step]:
    """Return the steps of a case in this area, in their order."""
    return HANDICAP if area == AREA else STEPS
