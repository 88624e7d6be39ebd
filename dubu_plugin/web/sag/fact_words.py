"""What is asked of a hændelse, and the answers, in words a caseworker uses."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.facts import FACTS
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.usecases.sag.next_follow_up import NEXT
from dubu_plugin.usecases.sag.record_event import NEW, NONE
from dubu_plugin.usecases.sag.recordable import Question, Without

ASKS: Final[Mapping[str, str]] = {
    "afgoerelsesdato": "Hvilken dag blev afgørelsen truffet?",
    "aktindsigt": "Hvem beder om aktindsigt?",
    "anbragt": "Hvilken dag blev barnet anbragt?",
    "angaar": "Hvad handler afgørelsen om?",
    "ankestyrelsen": "Hvad afgjorde Ankestyrelsen?",
    "anbragt_tre_aar": "Har barnet været anbragt i tre år?",
    "behov": "Er der grund til at antage, at barnet har behov for støtte?",
    "bevilget": "Blev der bevilget ungestøtte?",
    "ende": "Hvilken dag er besluttet som den sidste?",
    "flyttet": "Er barnet flyttet efter den foreløbige afgørelse?",
    "foraeldreplan": "Har forældrene en plan for støtten til dem (§ 77)?",
    "foreloebig": "Hvad traf formanden afgørelse om?",
    "forsendelse": "Hvordan blev den sendt eller givet?",
    "genbehandling": "Hvornår skal udvalget se på anbringelsen igen (§ 50)?",
    "genbehandling_senest": "Er der fastsat en tidligere dag for genbehandling?",
    "grund": "Hvorfor er barnet anbragt?",
    "grundlag": "Hvad er grundlaget?",
    "handicap": "Har barnet en funktionsnedsættelse?",
    "hjaelp": "Hvilken slags hjælp er det?",
    "hjaelp_ophoert": "Er der hjælp, som ophørte ved afgørelsen?",
    "indsats": "Er der en indsats i gang?",
    "kendskab": "Hvilken dag fik kommunen kendskab til behovet?",
    "medhold": "Får borgeren medhold fuldt ud?",
    "naeste_opfoelgning": "Hvornår er næste opfølgning?",
    "opsaettende": "Har klagen opsættende virkning?",
    "periode_fra": "Hvornår begynder hjemgivelsesperioden?",
    "plan": "Skal der være en barnets plan?",
    "professional": "Er underretteren fagperson (§ 133)?",
    "samvaer_afbrudt": "Er samværet afbrudt eller ned til under en gang om måneden?",
    "samtale_aftalt": "Hvornår er samtalen aftalt til?",
    "svarfrist": "Hvilken dag er svarfristen?",
    "termin": "Hvornår er terminen?",
    "tilbud": "Skal der sættes en indsats eller en anbringelse i gang?",
    "uden_periode": "Er det besluttet, at der ikke er en hjemgivelsesperiode?",
    "udfald": "Hvad skal der ske nu?",
    "ufoedt": "Er barnet ufødt?",
    "undersoegelse": "Hvilken undersøgelse er det?",
    "ventes_faerdig": "Hvornår ventes undersøgelsen færdig?",
}

ANSWERS: Final[Mapping[str, Mapping[str, str]]] = {
    "aktindsigt": {"part": "En part i sagen", "offentlig": "Andre, efter offentlighedsloven"},
    "ankestyrelsen": {
        "stadfaestet": "Stadfæstet",
        "aendret": "Ændret",
        "ophaevet": "Ophævet",
        "hjemvist": "Hjemvist til ny behandling",
        "afvist": "Afvist",
    },
    "angaar": {
        "anbringelse": "Anbringelsen (§§ 47-50)",
        "hjemgivelse": "Hjemgivelse (§ 102)",
        "samvaer": "Samvær og kontakt (§ 105)",
        "undersoegelse": "Undersøgelse eller behandling (§§ 23 og 40)",
        "lukket": "Lukket eller sikret institution (§§ 61-63)",
        "sted": "Ændring af anbringelsessted (§ 98)",
    },
    "foreloebig": {
        "anbringelse_uden": "Anbringelse uden samtykke (§ 47)",
        "undersoegelse_uden": "Undersøgelse uden samtykke (§ 23)",
        "laegelig": "Lægelig undersøgelse eller behandling (§ 40)",
        "privat_pleje": "Flytning fra privat familiepleje (§ 42)",
        "delvis_lukket": "Delvis lukket institution (§ 61)",
        "sikret": "Sikret institution (§ 62)",
        "saerligt_sikret": "Særligt sikret afdeling (§ 63)",
        "permanent": "Videreført anbringelse (§ 67)",
        "aendret_sted_uden": "Ændring af anbringelsessted (§ 98)",
        "samvaer_afbrudt": "Samvær og kontakt (§ 105)",
        "brev_og_telefon": "Brev- og telefonkontrol (voksenansvarsloven § 15)",
        "tilbageholdelse": "Tilbageholdelse (voksenansvarsloven § 11)",
    },
    "forsendelse": {
        "digital": "Digital post",
        "brev": "Brev",
        "overleveret": "Givet i hånden",
    },
    "genbehandling": {
        "et_aar": "Inden 1 år",
        "to_aar": "Inden 2 år",
        "tre_aar": "Inden 3 år (undtagelsesvis)",
    },
    "grund": {"omsorgssvigt": "Omsorgssvigt", "overgreb": "Overgreb", "andet": "Noget andet"},
    "grundlag": {
        "stoette": "Støttende indsats (§ 32)",
        "samtykke": "Anbringelse med samtykke (§ 46)",
        "tvang": "Anbringelse uden samtykke (§ 47)",
    },
    "hjaelp": {
        "stoette": "Støttende indsats (§ 32)",
        "ungestoette": "Ungestøtte (§§ 114-116 og 120)",
        "kapitel_8": "Hjælp efter kapitel 8 (§§ 81-90)",
        "andet": "Anden hjælp, fx §§ 30, 31, 35, 36, 38, 39, 53, 54 og 75",
    },
    "naeste": {},
    "overgreb": {},
    "udfald": {
        "ingen": "Ikke mere",
        "afdaekning": "Afdækning (§ 19)",
        "undersoegelse": "Børnefaglig undersøgelse (§ 20)",
    },
    "undersoegelse": {
        "barnet": "Af barnet (§ 20)",
        "kommende_foraeldre": "Af kommende forældre (§ 26)",
        "uden_samtykke": "Uden samtykke (§ 23)",
    },
}

OTHERWISE_NONE: Final[Mapping[str, str]] = {
    "angaar": "Noget andet",
    "ankestyrelsen": "Klagen kom ikke til Ankestyrelsen",
    "genbehandling": "Slet ikke",
}
"""What the answer that is none of the others is called, where that says more."""

OTHERWISE: Final[Mapping[tuple[H, str], str]] = {
    (H.UNDERSOEGELSESMOEDE_INDKALDT, "indsats"): "Får barnet en indsats i forvejen?",
    (H.PARTSHOERING_SENDT, "svarfrist"): "Hvornår skal parten svare senest?",
    (H.KLAGE_MODTAGET, "svarfrist"): "Er der en særlig frist for genvurderingen?",
    (H.HJEMVISNING_MODTAGET, "svarfrist"): "Hvornår skal sagen være afgjort igen?",
    (H.HJEMGIVELSE_BESLUTTET, "ende"): "Hvornår slutter hjemgivelsesperioden?",
    (H.SAMVAER_SUSPENDERET, "ende"): "Til hvilken dag er samværet sat på pause?",
    (H.AFGOERELSE_FORBEREDT, "medhold"): "Får borgeren fuldt medhold?",
    (H.UNGESTOETTE_BESLUTTET, "ende"): "Til hvilken dag er støtten bevilget?",
}
"""Questions that read better in the words of the one hændelse."""

ABOUT: Final[Mapping[Subject, str]] = {
    Subject.KLAGE: "Hvilken klage gælder det?",
    Subject.AFGOERELSE: "Hvilken afgørelse gælder det?",
    Subject.INDSATS: "Hvilken indsats gælder det?",
    Subject.ANBRINGELSE: "Hvilken anbringelse gælder det?",
    Subject.UNDERRETNING: "Hvilken underretning gælder det?",
}

LEFT_OUT: Final[Mapping[Without, str]] = {
    Without.LAWS_OWN: "Kan udelades. Så gælder lovens egen frist.",
    Without.UNDATED: "Kan udelades. Så står den uden dato.",
    Without.NOTHING: "Kan udelades. Uden dato kommer der ingen frist ud af den.",
}
"""What comes of a date that is left out."""

FILLED_IN: Final[Mapping[str, str]] = {
    "kendskab": "Fristen regnes fra den dag. Her står dagen, den første henvendelse kom, som "
    "ingen endnu har undersøgt. Ret den, hvis kommunen kendte behovet før.",
    "afgoerelsesdato": "Fristen regnes fra den dag.",
    "periode_fra": "Perioden kan vare op til 6 måneder fra den dag (§ 100, stk. 3).",
    "termin": "Fristen regnes tilbage fra den.",
}
"""What is said of a date a clock starts at."""


BESIDES: Final[Mapping[str, str]] = {
    "hjaelp": "Første opfølgning inden tre måneder (§ 95) er for §§ 32, 114-116 og 120. Til anden "
    "hjælp ses der på den igen den dag, afgørelsen siger.",
}
"""What is said of a choice that needs more than its question."""


def hint(asked: Question) -> str:
    """Return what is said below a question."""
    if asked.name == NEXT:
        return "Den skal være der, så længe en indsats eller en anbringelse er i gang (§ 95)."
    if asked.required or asked.answer is not date:
        return BESIDES.get(asked.name, "")
    if asked.without is Without.REFUSED:
        return FILLED_IN.get(asked.name, "Fristen regnes fra den dag.")
    return LEFT_OUT[asked.without]


def asks(what: H, fact: str) -> str:
    """Return the question of a fact."""
    return OTHERWISE.get((what, fact)) or ASKS.get(fact, fact)


def options(fact: str) -> Sequence[tuple[str, str]]:
    """Return the answers to choose among; a date has none."""
    kind = FACTS[fact]
    if kind is bool:
        return (("ja", "Ja"), ("nej", "Nej"))
    words = ANSWERS.get(fact, {})
    if not isinstance(kind, frozenset):
        return ()
    found = [(code, words.get(code, code)) for code in (words or sorted(kind))]
    return [*found, (NONE, OTHERWISE_NONE.get(fact, "Ingen af dem"))]


def answered(what: H, fact: str, answer: str) -> str:
    """Return a question and its answer as a journal note says them; empty where there is none."""
    if not answer or answer == NONE:
        return ""
    said = dict(options(fact)).get(answer, answer)
    if FACTS[fact] is date:
        try:
            said = danish.long_date(date.fromisoformat(answer))
        except ValueError:
            return ""
    return f"{asks(what, fact)} {said}."


def as_typed(value: object) -> str:
    """Return an answer as the form holds it."""
    return {True: "ja", False: "nej"}.get(value, "") if isinstance(value, bool) else str(value)


OTHERS: Final = {
    True: (NEW, "En anden, som ikke står her"),
    False: (NONE, "Ingen af dem"),
}
"""The last answer to what a hændelse is about: whether it can be one that is new."""
