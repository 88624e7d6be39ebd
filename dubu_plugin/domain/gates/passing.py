"""Every gate, in the order a decision is written."""

from collections.abc import Callable, Sequence
from typing import Final

from dubu_plugin.domain.gates.again import paragraf_50
from dubu_plugin.domain.gates.asked import (
    ASKED,
    fvl_9_b,
    paragraf_51_soeskende,
    paragraf_77,
    paragraf_104,
    paragraf_111,
    written,
)
from dubu_plugin.domain.gates.child import paragraf_3, paragraf_5, paragraf_18_aar
from dubu_plugin.domain.gates.committee import (
    paragraf_142,
    paragraf_143,
    paragraf_143_at,
    paragraf_143_stk_4,
)
from dubu_plugin.domain.gates.consent import samtykke
from dubu_plugin.domain.gates.content import (
    formaal,
    paragraf_20,
    paragraf_49,
    paragraf_91,
    paragraf_105,
    plan_foer,
    rsl_72,
    udtalelse_foer,
    undersoegelse_foer,
    varighed,
)
from dubu_plugin.domain.gates.forvaltning import fvl_19, fvl_22_24, fvl_25
from dubu_plugin.domain.gates.given import indsats, paragraf_32_formaal, paragraf_32_varighed
from dubu_plugin.domain.gates.handicap import beregning, hjemme, paragraf_11, paragraf_85
from dubu_plugin.domain.gates.help_taken import siger_hvilken_hjaelp
from dubu_plugin.domain.gates.presupposed import (
    forudsat,
    hjemgivelsesperiode,
    paragraf_102,
    paragraf_102_besked,
)
from dubu_plugin.domain.gates.standing import No, Standing

GATES: Final[Sequence[Callable[[Standing], No | None]]] = (
    paragraf_18_aar, forudsat, siger_hvilken_hjaelp, paragraf_20, paragraf_49, fvl_22_24, indsats,
    formaal, varighed, paragraf_32_formaal, paragraf_32_varighed,
    paragraf_105, paragraf_11, hjemgivelsesperiode, paragraf_102, paragraf_102_besked,
    beregning, paragraf_85, hjemme, paragraf_5, paragraf_3,
    undersoegelse_foer, plan_foer, paragraf_91,
    paragraf_111, paragraf_77, paragraf_51_soeskende, *(written(one) for one in ASKED),
    paragraf_104,
    udtalelse_foer, samtykke, fvl_19, fvl_9_b, paragraf_50, paragraf_142,
    paragraf_143, paragraf_143_at, paragraf_143_stk_4, rsl_72, fvl_25,
)  # fmt: skip


def refused(standing: Standing) -> Sequence[No]:
    """Return every gate that does not open."""
    return [found for gate in GATES if (found := gate(standing)) is not None]
