"""What it takes to note a hændelse by hand, a row of each.

What is counted by is asked for by the deadline rules (`recordable`). A row says the rest: where it
is looked for, whether it is done on a page of its own, and who says what of it. The gate that reads
it is `hand_gate`.

Source: barnets lov §§ 18-20, 46, 47, 50, 91, 95, 98-100, 108, 142 and 143.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind as K
from dubu_plugin.frister.rule import Subject


class Lives(StrEnum):
    """What is to be known of where the child lives when a placement ends (§§ 98-100)."""

    HOME = "hjemme"
    """It goes home: that is decided, or it is written where it was."""
    SOMEWHERE = "et_andet_sted"
    """It is written where, unless the child lives by another placement or is grown."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the note is asked as."""

    asks: str
    lacks: str = ""
    """What is said where nothing is written; empty where it can be left out."""
    hint: str = ""
    anew: bool = False
    """Asked for again where it is put right: the words are the thing itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """It is told by what is written on the case, so it is finished there."""

    kinds: tuple[K, ...]
    anew: bool = False
    """A new version tells it again, so what stands is carried on there too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """What noting something by hand takes."""

    area: str = ""
    """Where a person looks for what several areas react to; empty is with its first rule."""
    begins: Subject | None = None
    """It is the beginning of a decision, a complaint …: it is a new one."""
    ends: Subject | None = None
    """It ends a support or a placement; one that was begun on its page ends there."""
    ahead: bool = False
    """It is known before it happens, and only ever starts a clock."""
    after_closing: bool = False
    """The law lets it come after a case is closed, with clocks of its own."""
    own_day: str = ""
    """The date of the rules that is the day it occurred, which is asked of every one."""
    only_where: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What is asked only where another question has one answer."""
    noted_as: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Answers under which it is noted as something else, and what is said of that."""
    written: Written | None = None
    lives: Lives | None = None
    words: Words | None = None
    leader: bool = False
    """A placement rests on it only where a leader noted it, with words."""


_COMMITTEE: Final = ("angaar", "anbringelse")
_LIES: Final = Words(
    "Hvor ligger den?", "Skriv i notatet, hvor den ligger, så den kan findes."
)  # fmt: skip
_PLANS: Final = (K.BARNETS_PLAN, K.UNGEPLAN)
_PLAIN: Final = ByHand()
_AFTER: Final = ByHand(after_closing=True)

ROWS: Final[Mapping[H, ByHand]] = MappingProxyType(
    {
        H.SCREENING_AFSLUTTET: ByHand(written=Written(kinds=(K.SCREENING,))),
        H.AFDAEKNING_AFSLUTTET: ByHand(written=Written(kinds=(K.AFDAEKNING, K.HANDICAPUDREDNING))),
        H.UNDERSOEGELSE_AFSLUTTET: ByHand(
            written=Written(kinds=(K.BOERNEFAGLIG_UNDERSOEGELSE,), anew=True), words=_LIES
        ),
        H.UNDERSOEGELSE_OPGIVET: ByHand(written=Written(kinds=(K.BOERNEFAGLIG_UNDERSOEGELSE,))),
        H.FORELOEBIG_VURDERING_SKREVET: ByHand(written=Written(kinds=(K.FORELOEBIG_VURDERING,))),
        H.BARNETS_PLAN_VEDTAGET: ByHand(written=Written(kinds=_PLANS, anew=True), words=_LIES),
        H.UNGEPLAN_VEDTAGET: ByHand(
            area="Ungeplan", written=Written(kinds=_PLANS, anew=True), words=_LIES
        ),
        H.FORAELDREHANDLEPLAN_REVIDERET: ByHand(
            written=Written(kinds=(K.FORAELDREHANDLEPLAN,), anew=True)
        ),
        H.OPFOELGNING_AFHOLDT: ByHand(written=Written(kinds=(K.OPFOELGNING,))),
        H.AFGOERELSE_FORBEREDT: ByHand(area="Afgørelse"),
        H.AFGOERELSE_TRUFFET: ByHand(
            begins=Subject.AFGOERELSE,
            own_day="afgoerelsesdato",
            noted_as={
                ("grundlag", "tvang"): "En anbringelse uden samtykke afgør børne- og ungeudvalget "
                "(§ 47). Notér den i stedet som »Afgørelse i børne- og ungeudvalget«."
            },
        ),
        H.AFGOERELSE_OPGIVET: ByHand(area="Afgørelse"),
        H.AFGOERELSE_MEDDELT: ByHand(area="Afgørelse"),
        H.UDVALGSAFGOERELSE_TRUFFET: ByHand(
            only_where={"genbehandling": _COMMITTEE, "genbehandling_senest": _COMMITTEE},
            words=Words(
                "Hvor mange stemte for, og hvor ligger protokollen? (kan udelades)",
                hint="Skal barnet anbringes efter afgørelsen, så skal en leder notere den og "
                "skrive det her (§ 142, stk. 4).",
            ),
            leader=True,
        ),
        H.FORELOEBIG_AFGOERELSE_IVAERKSAT: ByHand(
            words=Words(
                "Hvem traf den, og hvor ligger den? (kan udelades)",
                hint="Skal barnet anbringes efter afgørelsen, så skal en leder notere den og "
                "skrive det her (§ 143).",
            ),
            leader=True,
        ),
        H.INDSATS_IVAERKSAT: ByHand(
            area="Afgørelse",
            begins=Subject.INDSATS,
        ),
        H.INDSATS_OPHOERT: ByHand(area="Afgørelse", ends=Subject.INDSATS),
        H.ANBRINGELSE_IVAERKSAT: ByHand(
            area="Anbringelse", begins=Subject.ANBRINGELSE, own_day="anbragt"
        ),
        H.ANBRINGELSE_OPHOERT: ByHand(
            area="Anbringelse", ends=Subject.ANBRINGELSE, lives=Lives.SOMEWHERE
        ),
        H.BARN_HJEMGIVET: ByHand(ends=Subject.ANBRINGELSE, lives=Lives.HOME),
        H.ADGANG_TIL_HJEMMET_BESLUTTET: ByHand(area="Akut"),
        H.ANKESTYRELSEN_UNDERRETTET: ByHand(area="Akut"),
        H.BOERNESAMTALE_HOLDT: ByHand(area="Inddragelse"),
        H.BOERNESAMTALE_UNDLADT: ByHand(area="Inddragelse"),
        H.FAMILIE_FLYTTET: ByHand(ahead=True),
        H.LOESLADT: ByHand(ahead=True),
        H.TABT_ARBEJDSFORTJENESTE_OPHOERT: ByHand(ahead=True),
        H.OPLYSNING_MODTAGET_MUNDTLIGT: ByHand(
            # The note is the duty (offentlighedsloven § 13).
            words=Words(
                "Hvad blev der oplyst?",
                "Skriv, hvad der blev oplyst. Det er selve notatet.",
                anew=True,
            )
        ),
        # A decision can be complained of for four weeks (retssikkerhedsloven § 67), and whoever was
        # a party can ask to see the file at any time (forvaltningsloven § 9). To take a decision up
        # again is to work on the case, so that is done on an open one.
        H.KLAGE_MODTAGET: ByHand(begins=Subject.KLAGE, after_closing=True),
        H.KLAGE_GENVURDERET: _AFTER,
        H.KLAGE_GENVURDERING_UDSAT: _AFTER,
        H.KLAGE_DELVIST_MEDDELT: _AFTER,
        H.KLAGE_FASTHOLDT: _AFTER,
        H.KLAGE_SENDT_TIL_ANKESTYRELSEN: _AFTER,
        H.KLAGE_TRUKKET: _AFTER,
        H.KLAGE_AFGJORT: ByHand(
            after_closing=True, only_where={"hjaelp_ophoert": ("ankestyrelsen", "hjemvist")}
        ),
        H.AKTINDSIGT_ANMODET: _AFTER,
        H.AKTINDSIGT_BESVARET: _AFTER,
    }
)
"""What noting it takes more than its day and what the rules count by; the rest take nothing."""


@dataclass(frozen=True, slots=True)
class AskedDay:
    """A day a clock starts at, which is asked for."""

    missing: str = "Skriv datoen. Fristen regnes fra den."
    """What is said where it is left out."""
    may_come: bool = False
    """It lies ahead by its nature."""


DAY: Final = AskedDay()
"""One that is like the others."""
DAYS: Final[Mapping[str, AskedDay]] = MappingProxyType(
    {
        "kendskab": AskedDay(
            "Skriv den dag, kommunen fik kendskab til behovet, som regel da underretningen kom. "
            "Fristen regnes fra den."
        ),
        "afgoerelsesdato": AskedDay(
            "Skriv den dag, afgørelsen blev truffet. Fristen regnes fra den."
        ),
        "periode_fra": AskedDay(
            "Skriv den dag, hjemgivelsesperioden begynder. Fristen regnes fra den.", may_come=True
        ),
        "termin": AskedDay("Skriv terminsdatoen. Fristen regnes fra den.", may_come=True),
    }
)
"""By the name of the fact."""
EARLIEST: Final = timedelta(days=25 * 366)
"""So long ago something can have happened that is noted now."""
OWN_DAYS: Final = frozenset(row.own_day for row in ROWS.values() if row.own_day)
"""The dates of the rules that are the day of the hændelse itself, of some."""


def by_hand(what: H) -> ByHand:
    """Return what noting something takes."""
    return ROWS.get(what, _PLAIN)
