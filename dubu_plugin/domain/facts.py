"""What hændelser say that deadline rules may ask about."""

from collections.abc import Mapping
from datetime import date
from typing import Final

Fact = type[bool] | type[int] | type[str] | type[date] | frozenset[str]
"""What a fact may be: a type, or one of a few words."""

FACTS: Final[Mapping[str, Fact]] = {
    "afgoerelsesdato": date,
    "aktindsigt": frozenset({"part", "offentlig"}),
    "ankestyrelsen": frozenset({"stadfaestet", "aendret", "ophaevet", "hjemvist", "afvist"}),
    "anbragt": date,
    "anbragt_tre_aar": bool,
    "angaar": frozenset(
        {"anbringelse", "hjemgivelse", "samvaer", "undersoegelse", "lukket", "sted", "andet"}
    ),
    "behov": bool,
    "bevilget": bool,
    "ende": date,
    "flyttet": bool,
    "forsendelse": frozenset({"digital", "brev", "overleveret"}),
    "foraeldreplan": bool,
    "foreloebig": frozenset(
        {
            "undersoegelse_uden",
            "laegelig",
            "privat_pleje",
            "anbringelse_uden",
            "delvis_lukket",
            "sikret",
            "saerligt_sikret",
            "permanent",
            "aendret_sted_uden",
            "samvaer_afbrudt",
            "brev_og_telefon",
            "tilbageholdelse",
        }
    ),
    "frist": str,
    "genbehandling": frozenset({"et_aar", "to_aar", "tre_aar"}),
    "genbehandling_senest": date,
    "grund": frozenset({"omsorgssvigt", "overgreb", "andet"}),
    "grundlag": frozenset({"stoette", "samtykke", "tvang"}),
    "handicap": bool,
    "hjaelp_ophoert": bool,
    "hjaelp": frozenset({"stoette", "ungestoette", "kapitel_8", "andet"}),
    "indsats": bool,
    "kendskab": date,
    "medhold": bool,
    "naeste": frozenset({"intet", "screening", "afdaekning", "boernefaglig_undersoegelse", "akut"}),
    "naeste_opfoelgning": date,
    "opsaettende": bool,
    "overgreb": frozenset({"nej", "andre", "foraeldre", "ufoedt"}),
    "periode_fra": date,
    "plan": bool,
    "professional": bool,
    "samtale_aftalt": date,
    "samvaer_afbrudt": bool,
    "svarfrist": date,
    "termin": date,
    "tilbud": bool,
    "uden_periode": bool,
    "udfald": frozenset({"ingen", "afdaekning", "undersoegelse"}),
    "ufoedt": bool,
    "undersoegelse": frozenset({"barnet", "kommende_foraeldre", "uden_samtykke"}),
    "ventes_faerdig": date,
}
"""What hændelser say that a deadline rule may ask about, and what the answer may be. A rule that
asks for anything else would never open, so it is refused when it is read."""
