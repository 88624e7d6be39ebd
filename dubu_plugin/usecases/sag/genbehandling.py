"""Whether it is said when the committee looks at a placement again.

Source: barnets lov § 50, stk. 1, and § 67, stk. 2.
"""

from collections.abc import Mapping
from typing import Final

from dubu_plugin.domain.gates.opfoelgning import gives_reason
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.usecases.sag.answers import NONE

AGAIN: Final = "genbehandling"
"""The fact that says within how many years."""


def never_again(what: H, answers: Mapping[str, str], *, why: str) -> Mapping[str, str]:
    """Return a sentence where a placement is said not to be looked at again, and not why.

    :param why: what was written about it.
    """
    if what is not H.UDVALGSAFGOERELSE_TRUFFET or answers.get("angaar") != "anbringelse":
        return {}
    if answers.get(AGAIN) != NONE or gives_reason(why):
        return {}
    return {
        AGAIN: "Vælg, hvornår udvalget skal se på anbringelsen igen (§ 50). Skal barnet ikke være "
        "anbragt, så skriv det i notatet. Er anbringelsen permanent (§ 67), så skriv det, og notér "
        "også »Permanent anbringelse besluttet«."
    }
