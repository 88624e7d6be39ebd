"""Whether it is said when the committee looks at a placement again.

Source: barnets lov § 50, stk. 1 and 5, and § 67, stk. 2.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.gates.opfoelgning import gives_reason
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.usecases.sag.answers import NONE

AGAIN: Final = "genbehandling"
"""The fact that says within how many years."""
THREE: Final = "tre_aar"
"""Its answer where the time is longer (§ 50, stk. 5)."""


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


def three_years(
    what: H, answers: Mapping[str, str], *, born: date | None, day: date, why: str
) -> Mapping[str, str]:
    """Return a sentence where three years are chosen for a child who is one year or more, and not
    why: there they are the exception (§ 50, stk. 5).

    :param born: None is unborn, or not known.
    :param day: when the committee decided.
    :param why: what was written about it.
    """
    chosen = what is H.UDVALGSAFGOERELSE_TRUFFET and answers.get("angaar") == "anbringelse"
    if not chosen or answers.get(AGAIN) != THREE or born is None or age_on(born, day) < 1:
        return {}
    if gives_reason(why):
        return {}
    return {AGAIN: "Udvalget kan kun undtagelsesvis fastsætte tre år, når barnet er fyldt 1 år (§ "
            "50, stk. 5). Har det gjort det, så skriv i notatet hvorfor. Ellers vælg 1 eller 2 "
            "år."}  # fmt: skip
