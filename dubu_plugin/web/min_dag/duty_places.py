"""Where the work a deadline asks for is done, so that its line leads straight there.

A deadline that is not here is met on the underretning it hangs on, or from the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from dubu_plugin.domain.skrift import SkriftKind


@dataclass(frozen=True, slots=True)
class DutyPlace:
    """Where a duty is done."""

    path: str
    """Under the case's address."""
    button: str
    """What leads there, in words."""

    def url(self, sag: UUID) -> str:
        """Return its address on a case."""
        return f"/dubu/sag/{sag}/{self.path}"


def _writing(kind: SkriftKind, button: str) -> DutyPlace:
    return DutyPlace(f"skrift?skriv={kind}", button)


_BFU: Final = SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE

PLACES: Final[Mapping[str, DutyPlace]] = {
    "SCR": _writing(SkriftKind.SCREENING, "Skriv screeningen"),
    "AFD": _writing(SkriftKind.AFDAEKNING, "Skriv afdækningen"),
    "BFU-BESL": _writing(_BFU, "Begynd undersøgelsen"),
    "BFU-MIST": _writing(_BFU, "Begynd undersøgelsen"),
    "BFU-4M": _writing(_BFU, "Skriv undersøgelsen"),
    "BFU-4M-U": _writing(_BFU, "Skriv undersøgelsen"),
    "BFU-FORL": _writing(SkriftKind.FORELOEBIG_VURDERING, "Skriv foreløbig vurdering"),
    "BFU-SNAREST": _writing(_BFU, "Skriv undersøgelsen"),
    "BARN-INDD": DutyPlace("samtaler/ny", "Notér samtalen"),
    "PARTSH": DutyPlace("afgoerelser", "Åbn afgørelsen"),
    "PLAN-3M": DutyPlace("barnets-plan", "Lav planen"),
    "PLAN-ANB": DutyPlace("barnets-plan", "Lav planen"),
    "PLAN-STRAKS": DutyPlace("barnets-plan", "Lav planen"),
    "UNGEPLAN": DutyPlace("barnets-plan", "Lav planen"),
    "HJEMVIST": DutyPlace("afgoerelser", "Åbn afgørelserne"),
    "ANKE-FOELG": DutyPlace("afgoerelser", "Se, hvad der skal gøres"),
    "ANKE-IGEN": DutyPlace("afgoerelser", "Se, hvad der skal gøres"),
    "AKUT-HJEM": DutyPlace("indsatser", "Afslut anbringelsen"),
    "AKUT-STED": DutyPlace("indsatser", "Flyt barnet tilbage"),
    "LOKALFRIST": DutyPlace("afgoerelser", "Åbn afgørelserne"),
    "OPHOER-18": DutyPlace("indsatser", "Se indsatserne"),
    "OPF-1": DutyPlace("opfoelgning", "Følg op"),
    "OPF-N": DutyPlace("opfoelgning", "Følg op"),
    "FORPLAN-REV": DutyPlace("barnets-plan", "Se planerne"),
    "FORPLAN-12M": DutyPlace("barnets-plan", "Se planerne"),
}
"""By the code of the rule."""


ANSWER: Final = "LOKALFRIST"
TELL: Final = "Skriv, hvornår svaret kommer"
"""What an applicant is owed where the answer is late (retssikkerhedsloven § 3, stk. 2)."""


def tell_url(underretning: UUID | None) -> str:
    """Return where an applicant is told when the answer comes; empty where it is of none."""
    return f"/dubu/indgang/{underretning}/svarfrist" if underretning else ""


UDREDNING: Final = _writing(SkriftKind.HANDICAPUDREDNING, "Skriv udredningen")
ANSWERED_BY_IT: Final = frozenset({SkriftKind.SCREENING, SkriftKind.AFDAEKNING})
"""What an udredning of a child with a disability is written in place of."""


def duty_place(rule: str, *, disability: bool) -> DutyPlace | None:
    """Return where a deadline is worked with, or None.

    :param disability: the case is about one, so its udredning answers the screening too.
    """
    return UDREDNING if disability and rule in ("SCR", "AFD") else PLACES.get(rule)


def place_of(rule: str, sag: UUID | None) -> str:
    """Return the address where a deadline of a case is worked with; empty where it has none."""
    place = PLACES.get(rule)
    return place.url(sag) if place is not None and sag is not None else ""
