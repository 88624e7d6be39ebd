"""How a child and its family are involved: what a talk, a consent and a request must say.

Sources: barnets lov §§ 5 (the child's view, by talks), 6 (bisidder) and 21, stk. 5 (two advisers);
retssikkerhedsloven §§ 11 a (consent), 11 c (without consent) and 12 (what people are told).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.alder import age_on, birthday
from dubu_plugin.errors import FieldsRefused

PARTY_AT: Final = 10
"""From this age a child exercises party rights in the matters § 3 lists, and gets own letters."""
CONSENTS_AT: Final = 15
"""From this age a young person is asked for consent too (§§ 33, 46 and others)."""
HANDED_OVER: Final = "Overleveres af rådgiveren"
"""What stands for the address on a letter to a child that is placed: the address book may still
have the parents' home, and what the child reads is not for whoever opens the post there (§ 105)."""
ADDRESS_WITHHELD: Final = "Adressen skrives på kuverten"
"""What stands for the address on a letter to one whose address is protected: the letter lies on the
case, where others read it. Whoever sends it finds the address in the address book."""
ANSWER_DAYS: Final = 14
"""How many days somebody is given to answer a request, where nobody chose a day."""
NEEDED: Final = 2
"""How many advisers essential meetings in a first-time case are held with (§ 21, stk. 5), and talks
with a child who is placed (§ 156, stk. 6)."""


class Samtaleform(StrEnum):
    """How a talk was held. The value is stored."""

    SAMTALE = "samtale"
    HJEMMEBESOEG = "hjemmebesoeg"
    DIGITAL = "digital"
    LEG = "leg"
    TEGNING = "tegning"


FORMS: Final[Mapping[Samtaleform, str]] = {
    Samtaleform.SAMTALE: "Samtale",
    Samtaleform.HJEMMEBESOEG: "Hjemmebesøg",
    Samtaleform.DIGITAL: "På skærm eller telefon",
    Samtaleform.LEG: "Leg og observation",
    Samtaleform.TEGNING: "Tegning eller ting",
}


class SamtaleState(StrEnum):
    """Whether there was a talk. The value is stored."""

    HOLDT = "holdt"
    UNDLADT = "undladt"


class Undladt(StrEnum):
    """Why there is no talk (§ 5, stk. 4). The value is stored."""

    ALDER = "alder"
    MODENHED = "modenhed"
    SKADE = "skade"
    OENSKER_IKKE = "oensker_ikke"
    ANDET = "andet"


OMITTED: Final[Mapping[Undladt, str]] = {
    Undladt.ALDER: "Barnets alder taler afgørende imod",
    Undladt.MODENHED: "Barnets modenhed eller helbred taler afgørende imod",
    Undladt.SKADE: "En samtale vil skade barnet",
    Undladt.OENSKER_IKKE: "Barnet vil ikke tale med os",
    Undladt.ANDET: "Andre forhold taler afgørende imod",
}


class Giver(StrEnum):
    """Who gives a consent. The value is stored."""

    FORAELDER = "foraelder"
    """A parent with custody, or another who has it."""
    UNG = "ung"
    """The young person, from 15."""


class Samtykkeart(StrEnum):
    """What a consent is to. The value is stored."""

    INDHENTE = "indhente"
    VIDEREGIVE = "videregive"
    TVAERFAGLIGT = "tvaerfagligt"
    INDSATS = "indsats"
    ANBRINGELSE = "anbringelse"


CONSENTS: Final[Mapping[Samtykkeart, str]] = {
    Samtykkeart.INDHENTE: "Vi må hente oplysninger",
    Samtykkeart.VIDEREGIVE: "Vi må give oplysninger videre",
    Samtykkeart.TVAERFAGLIGT: "Tværfagligt samarbejde",
    Samtykkeart.INDSATS: "Støttende indsats (§ 32)",
    Samtykkeart.ANBRINGELSE: "Anbringelse (§ 46)",
}

WITH_SOURCES: Final = frozenset(
    {Samtykkeart.INDHENTE, Samtykkeart.VIDEREGIVE, Samtykkeart.TVAERFAGLIGT}
)
"""The consents that say whose information it is about."""
TO_ASK: Final = WITH_SOURCES - {Samtykkeart.VIDEREGIVE}
"""The consents somebody can be asked on what they know."""


class SamtykkeState(StrEnum):
    """Where a consent stands. The value is stored; that it has run out is reckoned."""

    SPURGT = "spurgt"
    GIVET = "givet"
    AFSLAAET = "afslaaet"
    TRUKKET = "trukket"


class Way(StrEnum):
    """How a consent was given. The value is stored."""

    PAPIR = "papir"
    DIGITALT = "digitalt"
    MUNDTLIGT = "mundtligt"


WAYS: Final[Mapping[Way, str]] = {
    Way.PAPIR: "Underskrevet på papir",
    Way.DIGITALT: "Digitalt",
    Way.MUNDTLIGT: "Mundtligt, noteret her",
}


class Grundlag(StrEnum):
    """What a request rests on. The value is stored."""

    SAMTYKKE = "samtykke"
    UDEN_SAMTYKKE = "uden_samtykke"
    """Retssikkerhedsloven § 11 c, stk. 1, nr. 1."""


class UdtalelseState(StrEnum):
    """Where a request stands. The value is stored."""

    SPURGT = "spurgt"
    STANDSET = "standset"
    """The consent it rests on is withdrawn: somebody decides what happens to it."""
    MODTAGET = "modtaget"
    OPGIVET = "opgivet"


OPEN: Final = frozenset({UdtalelseState.SPURGT, UdtalelseState.STANDSET})
"""The requests that are not ended."""

SOURCES: Final[Mapping[str, str]] = {
    "skole": "Skole",
    "sfo": "SFO eller klub",
    "dagtilbud": "Dagtilbud",
    "sundhedspleje": "Sundhedspleje",
    "laege": "Egen læge",
    "sygehus": "Sygehus eller psykiatri",
    "ppr": "PPR",
    "tandpleje": "Tandpleje",
    "jobcenter": "Jobcenter",
    "kommune": "Tidligere kommune",
    "leverandoer": "Den, der giver støtten",
    "andre": "Andre",
}
"""Who knows the child, by the code that is stored."""


class NotWhole(FieldsRefused):
    """Something is left out, or cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What somebody says of a talk, as far as the law asks."""

    state: SamtaleState
    first_time: bool = False
    advisers: int = 1
    one_adviser_reason: str = field(default="", repr=False)
    own_words: str = field(default="", repr=False)
    omitted: Undladt | None = None
    omitted_reason: str = field(default="", repr=False)
    instead: str = field(default="", repr=False)


def lacks(held: Held) -> Mapping[str, str]:
    """Return what the law asks for and is not there, by field."""
    return dict(paragraf_5(held)) | dict(paragraf_21(held))


def paragraf_5(held: Held) -> Iterator[tuple[str, str]]:
    """Yield what § 5, stk. 3 and 4, ask for: the child's own words, or why not and how instead."""
    if held.state is SamtaleState.HOLDT:
        if not held.own_words.strip():
            yield "egne_ord", "Skriv, hvad barnet sagde eller viste, med barnets ord (§ 5, stk. 3)."
        return
    if held.omitted is None:
        yield "undladt", "Vælg, hvorfor der ikke er talt med barnet (§ 5, stk. 4)."
    if not held.omitted_reason.strip():
        yield "undladt_grund", "Skriv grunden. Den skal veje afgørende (§ 5, stk. 4)."
    if not held.instead.strip():
        yield (
            "i_stedet",
            "Skriv, hvordan barnets syn så kommer frem. Det skal det stadig (§ 5, stk. 4).",
        )


def paragraf_21(held: Held) -> Iterator[tuple[str, str]]:
    """Yield what § 21, stk. 5, asks for: two advisers in a first-time case, or why not."""
    if held.state is not SamtaleState.HOLDT or not held.first_time:
        return
    if held.advisers < NEEDED and not held.one_adviser_reason.strip():
        yield (
            "en_grund",
            "Vælg den anden rådgiver, eller skriv, hvorfor der ikke var to (§ 21, stk. 5).",
        )


def opens_locked(
    employee: str, author: str | None, named: Collection[str], *, leads: bool
) -> str | None:
    """Return the ground somebody opens the locked part of a talk on; None where they may not.

    The one place it is decided. Who may not open the case is turned away before this is asked.

    :param author: who wrote it; None where nothing is written.
    :param named: the colleagues it is shared with.
    :param leads: they are a leader who may approve what is written on the case.
    """
    if author is None or employee == author:
        return "laast:forfatter"
    if employee in named:
        return "laast:navngivet"
    return "laast:leder" if leads else None


def is_child(born: date | None, today: date) -> bool:
    """Tell whether letters to the child are in a child's language: under 15, or of unknown age."""
    return born is None or age_on(born, today) < CONSENTS_AT


def asks_young(born: date | None, today: date) -> bool:
    """Tell whether the young person is asked for consent too."""
    return born is not None and age_on(born, today) >= CONSENTS_AT


def turns(born: date | None, since: date, today: date) -> Sequence[int]:
    """Return which of 10 and 15 a child has turned after one day and until another."""
    if born is None:
        return ()
    return [age for age in (PARTY_AT, CONSENTS_AT) if since < birthday(born, age) <= today]


def last_day(begins: date) -> date:
    """Return the last day of a consent that begins on a day: a year at most, unless it is said."""
    return birthday(begins, 1) - timedelta(days=1)


def paragraf_11a(*, purpose: str, sources: Collection[str], kind: Samtykkeart, begins: date,
                 ends: date) -> Mapping[str, str]:  # fmt: skip
    """Return what makes a consent too vague or too long to rest on (RSL § 11 a), by field."""
    wrong = {}
    if not purpose.strip():
        wrong["formaal"] = "Skriv, hvad oplysningerne skal bruges til (RSL § 11 a)."
    if kind in WITH_SOURCES and not sources:
        wrong["kilder"] = "Sæt kryds ved dem, samtykket gælder (RSL § 11 a)."
    if ends < begins:
        wrong["til"] = "Samtykket kan ikke slutte, før det begynder. Ret datoen."
    elif ends > last_day(begins):
        wrong["til"] = "Et samtykke gælder højst et år ad gangen. Vælg en tidligere dag."
    return wrong


def paragraf_11c(basis: Grundlag, reason: str, *, covered: bool) -> Mapping[str, str]:
    """Return what is lacking in what a request rests on (RSL §§ 11 a and 11 c), by field.

    :param covered: a consent that is in force names the source.
    """
    if basis is Grundlag.SAMTYKKE and not covered:
        return {
            "grundlag": "Der er ikke samtykke til alle, du vil spørge. Bed om det først, eller "
            "vælg § 11 c, og skriv hvorfor."
        }
    if basis is Grundlag.UDEN_SAMTYKKE and not reason.strip():
        return {
            "grundlag_grund": "Skriv, hvorfor det er nødvendigt at spørge uden samtykke "
            "(RSL § 11 c, stk. 1, nr. 1)."
        }
    return {}
