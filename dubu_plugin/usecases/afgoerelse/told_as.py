"""What a decision is told as when it is made, so that it is known where it was noted by hand.

Source: barnets lov §§ 46, 47, 50, 142 and 143.
"""

from collections.abc import Mapping
from typing import Final

from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.haendelser import Haendelse as H

ABOUT: Final[Mapping[str, str]] = {
    "undersoegelse_uden": "undersoegelse",
    "laegelig": "undersoegelse",
    "samvaer_afbrudt": "samvaer",
    "permanent": "anbringelse",
    "delvis_lukket": "lukket",
    "sikret": "lukket",
    "saerligt_sikret": "lukket",
    "aendret_sted_uden": "sted",
}
OF: Final = "foreloebig"
"""The fact that says which of the committee's matters the chairman decided (§ 143, stk. 1)."""


def committee_about(matter: Matter) -> str:
    """Return what the committee's decision is about, as the deadline rules call it: by its matter,
    else the placement where it is looked at again (barnets lov § 50), or something else."""
    return ABOUT.get(matter.code, "anbringelse" if matter.reviewed else "andet")


def tells(matter: Matter, what: H, answers: Mapping[str, str]) -> bool:
    """Tell whether making a decision on a matter tells that this has happened.

    :param answers: what is answered of it, by the name of the fact.
    """
    if what is H.AFGOERELSE_TRUFFET:
        return bool(matter.basis) and answers.get("grundlag") == matter.basis
    if what is H.UDVALGSAFGOERELSE_TRUFFET:
        return matter.is_committees and answers.get("angaar") == committee_about(matter)
    if what is H.FORELOEBIG_AFGOERELSE_IVAERKSAT:
        return matter.is_chairs and answers.get(OF) in ("", None, matter.provisional)
    if what is H.UNDERSOEGELSE_BESLUTTET and answers.get("undersoegelse") != matter.examined:
        return False
    return matter.haendelse is what
