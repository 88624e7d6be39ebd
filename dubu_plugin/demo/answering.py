"""What a made-up caseworker does about a deadline that has opened: which hændelse, and when."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from dubu_plugin.demo.workday import workday
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.forecast import Awaited
from dubu_plugin.store.canonical import JSON

LATE: Final = 0.08
"""The share of deadlines that are kept late. For the four months it is far more, and that comes
from how long the undersøgelse takes (`forloeb.reached`)."""
SOON: Final = (0, 12)
"""Days until what the law gives no number of days for is done."""

FOLLOWED: Final = (120, 175, 182, 182)
"""Days to the next follow-up: the law's six months, and sooner where that was agreed."""

ANSWERS: Final[Mapping[str, H]] = {
    "BFU-FORL": H.FORELOEBIG_VURDERING_SKREVET,
    "BFU-SOSK": H.SOESKENDE_UNDERSOEGT,
    "BFU-2RAAD": H.UNDERSOEGELSESMOEDE_HOLDT,
    "BARN-INDD": H.BOERNESAMTALE_HOLDT,
    "BISIDDER": H.BARNET_OPLYST_OM_BISIDDER,
    "PART-10": H.PARTSSTATUS_GENNEMGAAET,
    "PART-15": H.SAMTYKKE_GENNEMGAAET,
    "PLAN-3M": H.BARNETS_PLAN_VEDTAGET,
    "PLAN-ANB": H.BARNETS_PLAN_VEDTAGET,
    "PLAN-TVANG": H.BARNETS_PLAN_VEDTAGET,
    "PLAN-STRAKS": H.BARNETS_PLAN_VEDTAGET,
    "UNGEPLAN": H.UNGEPLAN_VEDTAGET,
    "FORPLAN-REV": H.FORAELDREHANDLEPLAN_REVIDERET,
    "FORPLAN-12M": H.FORAELDREHANDLEPLAN_VURDERET,
    "OPF-1": H.OPFOELGNING_AFHOLDT,
    "OPF-N": H.OPFOELGNING_AFHOLDT,
    "TILSYN-2": H.TILSYNSBESOEG_FOERT,
    "STOF-14D": H.STOFMISBRUGSBEHANDLING_IVAERKSAT,
    "PLEJE-INT": H.PLEJEFAMILIE_STOETTET,
    "GENB-1": H.UDVALGSAFGOERELSE_TRUFFET,
    "HJEMG-7D": H.HJEMGIVELSE_VURDERET,
    "AKUT-24T": H.FORELOEBIG_AFGOERELSE_MEDDELT,
    "AKUT-7D": H.FORELOEBIG_AFGOERELSE_GODKENDT,
    "MAGT-72": H.MAGTANVENDELSE_REGISTRERET,
    "OVERG-16": H.OVERGANG_PAABEGYNDT,
    "UNGEST-6M": H.UNGESTOETTE_BESLUTTET,
    "UND-FLYT": H.FLYTNING_UNDERRETTET,
    "FORPAAL": H.PAALAEG_FORLAENGET,
    "PARTSH": H.PARTSHOERING_BESVARET,
    "BEGR": H.AFGOERELSE_BEGRUNDET,
    "BEGR-14": H.BEGRUNDELSE_GIVET,
    "GENV-4U": H.KLAGE_SENDT_TIL_ANKESTYRELSEN,
    "AKT-7": H.AKTINDSIGT_BESVARET,
    "NOTAT": H.NOTAT_JOURNALISERET,
    "HJEMTRAEN": H.TILSYNSRAPPORT_SKREVET,
    "FAMVEJ": H.FAMILIEVEJLEDNING_TILBUDT,
    "TABT-14U": H.AFVIKLING_UDBETALT,
    "SUPPL-3M": H.SUPPLERENDE_YDELSE_OPHOERT,
    "LEDSAG": H.LEDSAGETIMER_BRUGT,
}
"""What a rule's deadline is met with. One that is not here is met by the course itself, or ends by
itself: a stay, a permission, a time in which somebody may complain."""

AWAITED: Final[Mapping[str, tuple[tuple[Awaited, str], ...]]] = {
    "BFU-4M": (
        (Awaited.SKOLEUDTALELSE, "Prøvestrup Skole"),
        (Awaited.DAGTILBUD, "Børnehaven Prøveblomsten"),
        (Awaited.SUNDHEDSPLEJE, "Sundhedsplejen"),
        (Awaited.PSYKOLOG, "Psykologhuset Demo"),
        (Awaited.LAEGE, "Lægehuset på Testvej"),
    ),
    "PLAN-3M": ((Awaited.SAMTALE, "forældrene"), (Awaited.SKOLEUDTALELSE, "Demolunds Skole")),
    "PLAN-ANB": ((Awaited.SAMTYKKE, "forældrene"), (Awaited.ANDET, "anbringelsesstedet")),
    "OPF-N": ((Awaited.ANDET, "Familiehuset"),),
    "TILSYN-2": ((Awaited.ANDET, "plejefamilien"),),
    "AKT-7": ((Awaited.POLITI, "Politiet i Prøvestrup"),),
}
"""What a running deadline can wait for, and of whom it was asked."""

REASONS: Final = (
    "Udtalelsen fra skolen kom først efter fristen.",
    "Familien har aflyst to møder på grund af sygdom.",
    "Sagen er overtaget fra en kollega, der er stoppet.",
    "Tolken kunne ikke komme, så samtalen er flyttet.",
    "Forældrene ønskede at vente, til far er hjemme igen.",
)
"""Why a deadline was not kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is done, and when; it may lie ahead."""

    what: H
    at: datetime


def answer(row: Any, pick: random.Random) -> Answer | None:
    """Return what is done about a deadline (a row of `frister`); None where nobody does anything.

    Most are done in the time the rule warns in, some later than they were due.
    """
    what = ANSWERS.get(row.rule)
    if what is None:
        return None
    late = pick.random() < LATE
    if row.due is None or row.due <= row.anchor_at:
        at = row.anchor_at + timedelta(days=pick.uniform(*SOON))
        return Answer(what, max(row.anchor_at + timedelta(minutes=5), workday(at, pick)))
    if late:
        hours = (row.due - row.anchor_at) / timedelta(hours=1)
        return Answer(what, row.due + timedelta(hours=pick.uniform(2, max(12, hours / 5))))
    warn = max(row.warn or row.anchor_at, row.anchor_at)
    at = row.due - (row.due - warn) * pick.uniform(0.02, 1)
    return Answer(what, min(max(workday(at, pick), row.anchor_at + timedelta(minutes=5)), row.due))


def said(what: H, row: Any, at: datetime, pick: random.Random) -> dict[str, JSON]:
    """Return what the hændelse says that meets a deadline."""
    data: dict[str, JSON] = {"frist": row.rule}
    match what:
        case H.FORELOEBIG_VURDERING_SKREVET:
            data["ventes_faerdig"] = _day(at, 28)
        case H.OPFOELGNING_AFHOLDT:
            data["naeste_opfoelgning"] = _day(at, pick.choice(FOLLOWED))
        case H.UDVALGSAFGOERELSE_TRUFFET:
            data |= {"angaar": "anbringelse", "genbehandling": "et_aar"}
        case H.UNGESTOETTE_BESLUTTET:
            data["bevilget"] = pick.random() < 0.8
        case H.PAALAEG_FORLAENGET:
            data["ende"] = _day(at, 180)
    return data


def _day(at: datetime, days: int) -> str:
    return (danish_day(at) + timedelta(days=days)).isoformat()
