"""What is written on its own page is finished there: a note by hand would say it is, and it is not.

Source: barnets lov §§ 18-20, 46, 47, 91, 95 and 108: what a decision asks for is what is written.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind as K
from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.store import skrifter
from dubu_plugin.store.skrifter import Skrift

PLANS: Final = (K.BARNETS_PLAN, K.UNGEPLAN)
WRITTEN: Final[Mapping[H, tuple[K, ...]]] = {
    H.SCREENING_AFSLUTTET: (K.SCREENING,),
    H.AFDAEKNING_AFSLUTTET: (K.AFDAEKNING, K.HANDICAPUDREDNING),
    H.UNDERSOEGELSE_AFSLUTTET: (K.BOERNEFAGLIG_UNDERSOEGELSE,),
    H.UNDERSOEGELSE_OPGIVET: (K.BOERNEFAGLIG_UNDERSOEGELSE,),
    H.FORELOEBIG_VURDERING_SKREVET: (K.FORELOEBIG_VURDERING,),
    H.BARNETS_PLAN_VEDTAGET: PLANS,
    H.UNGEPLAN_VEDTAGET: PLANS,
    H.FORAELDREHANDLEPLAN_REVIDERET: (K.FORAELDREHANDLEPLAN,),
    H.OPFOELGNING_AFHOLDT: (K.OPFOELGNING,),
}
"""What is told when a skrift stands or is given up, and the kinds it is told of."""
ANEW: Final = frozenset(
    {
        H.UNDERSOEGELSE_AFSLUTTET,
        H.BARNETS_PLAN_VEDTAGET,
        H.UNGEPLAN_VEDTAGET,
        H.FORAELDREHANDLEPLAN_REVIDERET,
    }
)
"""Those of them that a new version tells again, so that one that stands is carried on too."""
NAMED: Final = frozenset({H.UNDERSOEGELSE_AFSLUTTET, H.BARNETS_PLAN_VEDTAGET, H.UNGEPLAN_VEDTAGET})
"""What a decision is refused without: where it is not written here, it is said where it lies."""
TITLES: Final[Mapping[K, str]] = {
    K.SCREENING: "Screeningen",
    K.AFDAEKNING: "Afdækningen",
    K.HANDICAPUDREDNING: "Udredningen",
    K.BOERNEFAGLIG_UNDERSOEGELSE: "Undersøgelsen",
    K.FORELOEBIG_VURDERING: "Den foreløbige vurdering",
    K.BARNETS_PLAN: "Barnets plan",
    K.UNGEPLAN: "Ungeplanen",
    K.FORAELDREHANDLEPLAN: "Forældrehandleplanen",
    K.OPFOELGNING: "Opfølgningen",
}


def its_page(connection: sa.Connection, sag: UUID, what: H) -> Skrift | None:
    """Return what is written on the case that is finished on its page, and so tells it itself."""
    kinds = WRITTEN.get(what)
    if kinds is None:
        return None
    found = skrifter.of_sag(connection, sag, *kinds)
    stands = (one for one in found if one.state is SkriftState.GODKENDT and what in ANEW)
    return next((one for one in found if one.is_open), None) or next(stands, None)


def sentence(what: H, its: Skrift) -> str:
    """Return in Danish where it is finished."""
    title = TITLES[its.kind]
    if not its.is_open:
        return f"{title} er skrevet her på sagen. Skriv en ny version dér, og få den godkendt."
    done = "Opgiv den" if what is H.UNDERSOEGELSE_OPGIVET else "Gør den færdig"
    return f"{title} skrives her på sagen. {done} dér, så det, der er skrevet, følger med."


def written_on_page(
    connection: sa.Connection, sag: UUID, what: H, *, why: str
) -> Mapping[str, str]:
    """Return what is wrong with noting by hand that something written is finished.

    :param why: what was written about it, such as where it lies.
    """
    its = its_page(connection, sag, what)
    if its is not None:
        return {"": sentence(what, its)}
    if what in NAMED and not why.strip():
        return {"notat": "Skriv i notatet, hvor den ligger, så den kan findes."}
    return {}
