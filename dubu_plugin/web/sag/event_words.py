"""What happened, in words a caseworker uses, each with its symbol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.facts import FACTS
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skriftgang import WRITING
from dubu_plugin.store.sag.sag_events import Event
from dubu_plugin.web.sag.course_words import COURSE

WORDS: Final[Mapping[H, tuple[str, str]]] = {
    H.UNDERRETNING_MODTAGET: ("Underretning modtaget", "email"),
    H.ANSOEGNING_MODTAGET: ("Ansøgning modtaget", "email"),
    H.ANSOEGNING_OMRAADE_VALGT: ("Svarfristen regnet efter sagsområdet", "edit"),
    H.SVARFRIST_MEDDELT: ("Ansøgeren ved, hvornår svaret kommer", "send"),
    H.HENVENDELSE_OMREGISTRERET: ("Registreret som noget andet", "edit"),
    H.BARN_FUNDET: ("Barnet fundet på CPR og navn", "person"),
    H.BARN_VALGT: ("Barnet valgt", "person"),
    H.UNDERRETNING_GIVET_VIDERE: ("Henvendelsen givet videre", "reply"),
    H.UNDERRETNING_VURDERET: ("24-timers vurdering", "edit"),
    H.VURDERING_RETTET: ("Vurderingen rettet", "edit"),
    H.SAG_GENVURDERET: ("Genvurderet med en ny person", "persons"),
    H.BOERNESAMTALE_HOLDT: ("Samtale med barnet holdt", "chat"),
    H.BOERNESAMTALE_UNDLADT: ("Samtale med barnet undladt", "chat"),
    H.KVITTERING_SENDT: ("Kvittering sendt", "send"),
    H.KVITTERING_UDELADT: ("Ingen kvittering", "send"),
    H.UNDERRETTER_ORIENTERET: ("Underretter orienteret", "send"),
    H.ORIENTERING_UDELADT: ("Underretter ikke orienteret", "send"),
    H.SAG_OPRETTET: ("Sagen oprettet i journalen", "document"),
    H.SAG_GENAABNET: ("Sagen genåbnet", "document"),
    H.SAG_LUKKET: ("Sagen lukket", "lock"),
    H.SAG_AENDRET_I_JOURNALEN: ("Sagen ændret i journalen", "edit"),
    H.SAG_GIVET_VIDERE: ("Sagen givet videre", "reply"),
    H.SAG_STATUS_I_JOURNALEN: ("Sagens status ændret i journalen", "lock"),
    H.DOKUMENT_JOURNALISERET: ("Dokument lagt på sagen", "document"),
    H.NOTAT_JOURNALISERET: ("Notat skrevet i journalen", "edit"),
    H.BREV_SENDT: ("Brev sendt", "send"),
    H.FRIST_OVERSKREDET: ("En frist blev overskredet", "error"),
    H.FRIST_UDSKUDT: ("Linjen udskudt på Min dag", "calendar-month"),
    H.FRIST_ESKALERET: ("Overskredet frist sendt videre til lederen", "reply"),
    H.FRIST_BEGRUNDET: ("Grunden til en overskredet frist skrevet", "edit"),
    H.FRIST_AFVENTER: ("En frist venter på noget", "time"),
    H.FRIST_VENTET: ("Det, en frist ventede på, er kommet", "check"),
    H.FRIST_RETTET: ("En frist regnet fra et andet tidspunkt", "edit"),
    H.FRIST_BORTFALDET: ("En frist er bortfaldet", "info"),
    H.HAENDELSE_RETTET: ("Noget noteret rettet", "edit"),
    H.HAENDELSE_TILBAGETAGET: ("Noget noteret taget tilbage", "edit"),
    H.AKTIVITETSPLAN_LAGT: ("Plan lagt på sagen", "calendar-month"),
    H.AKTIVITET_UDFOERT: ("Trin i planen gjort", "check"),
    H.AKTIVITET_FRAVALGT: ("Trin i planen valgt fra", "edit"),
    H.AKTIVITET_FLYTTET: ("Trin i planen flyttet", "calendar-month"),
    H.AKTIVITET_TILFOEJET: ("Trin lagt til planen", "edit"),
    H.MOEDE_AFTALT: ("Møde aftalt", "persons"),
    H.MOEDE_FLYTTET: ("Møde flyttet", "persons"),
    H.MOEDE_AFLYST: ("Møde aflyst", "persons"),
    H.MOEDE_BESVARET: ("Svar på indkaldelse", "reply"),
    H.SKRIFT_BEGYNDT: ("Skrivning begyndt", "edit"),
    H.SKRIFT_FREMLAGT: ("Fremlagt for leder", "reply"),
    H.SKRIFT_SENDT_TILBAGE: ("Sendt tilbage af leder", "reply"),
    H.SKRIFT_GODKENDT: ("Godkendt", "check"),
    H.SKRIFT_NY_VERSION: ("Ny version begyndt", "edit"),
    H.SKRIFT_OPGIVET: ("Skrivning opgivet", "info"),
    H.SKRIFT_VIDEREFOERT: ("Ført videre", "edit"),
    H.SKRIFT_GENOPTAGET: ("Taget op igen", "edit"),
    H.SAMTYKKE_GIVET: ("Samtykke givet", "check"),
    H.SAMTYKKE_AFSLAAET: ("Samtykke ikke givet", "info"),
    H.SAMTYKKE_TRUKKET: ("Samtykke trukket tilbage", "info"),
    H.UDTALELSE_BEDT_OM: ("Udtalelse bedt om", "send"),
    H.UDTALELSE_RYKKET: ("Rykket for udtalelse", "send"),
    H.UDTALELSE_MODTAGET: ("Udtalelse modtaget", "email"),
    H.UDTALELSE_OPGIVET: ("Udtalelse opgivet", "info"),
    H.NETVAERK_AENDRET: ("Netværket ændret", "persons"),
    H.INDSATS_AENDRET: ("Indsats ændret", "edit"),
    H.INDSATS_SKREVET_IND: ("Indsats skrevet ind", "edit"),
    H.ANBRINGELSESSTED_SKIFTET: ("Barnet flyttet til et andet sted", "reply"),
}

ALL_WORDS: Final[Mapping[H, tuple[str, str]]] = {**COURSE, **WORDS}

WRITTEN: Final[Mapping[object, str]] = {
    "screening": "screening",
    "afdaekning": "afdækning",
    "boernefaglig_undersoegelse": "børnefaglig undersøgelse",
    "foreloebig_vurdering": "foreløbig vurdering",
    "barnets_plan": "barnets plan",
    "ungeplan": "ungeplan",
    "foraeldrehandleplan": "forældrehandleplan",
    "opfoelgning": "opfølgning",
}
"""What was begun, presented or approved, by its kind."""

DETAILS: Final[Mapping[tuple[str, object], str]] = {
    ("hvad", "foraeldremyndighed"): "forældremyndighed og sprog",
    ("hvad", "ny"): "en person er kommet til",
    ("hvad", "slut"): "en person er gået ud",
    ("kilde", "kalender"): "i kalenderen",
    ("svar", "ja"): "kommer",
    ("svar", "nej"): "kommer ikke",
    ("svar", "maaske"): "kommer måske",
    ("svar", "andet_tidspunkt"): "foreslår et andet tidspunkt",
    ("rettet", True): "rettet",
    ("taget_af", True): "taget af igen: nummeret er et andet barns",
    ("grund", "anonym"): "underretter er anonym",
    ("grund", "aabnet_i_journalen"): "åbnet i journalen",
    ("grund", "lukket_i_journalen"): "lukket i journalen",
    ("status", "lukket"): "lukket i journalen, mens der er pligter tilbage her",
    ("status", "aaben"): "åben igen",
    ("maade", "papir"): "med almindelig post",
    ("maade", "overleveret"): "overleveret",
    ("maade", "post"): "digitalt",
    ("henvendelse", "mellemkommunal"): "fra en anden kommune, § 132",
    ("hvem", "barnet"): "barnet",
    ("hvem", "familie"): "en i barnets familie eller netværk",
    ("nyt_navn", True): "nyt navn",
    ("nyt_cpr", True): "nyt CPR-nummer",
    ("ny_foedselsdag", True): "ny fødselsdag",
    ("ny_adresse", True): "ny adresse",
    ("ny_foraelder", True): "en forælder, der ikke stod der før",
    ("ny_i_familien", True): "er kommet til",
    ("andet_slaegtskab", True): "et andet slægtskab",
    ("ude_af_familien", True): "står der ikke længere",
    ("beholder_myndighed", True): "står der ikke længere; den noterede forældremyndighed gælder, "
    "til nogen retter den",
    ("beskyttet", True): "adressen er nu beskyttet",
    ("beskyttet", False): "adressen er ikke længere beskyttet",
    ("fare", "akut"): "akut",
    ("fare", "ikke_akut"): "ikke akut",
}
"""What the data of a hændelse says, where it is worth a word."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One thing that happened."""

    clock: str
    symbol: str
    title: str
    detail: str
    url: str | None


@dataclass(frozen=True, slots=True)
class EventDay:
    """What happened on one day."""

    title: str
    rows: Sequence[EventLine]


def by_day(
    events: Sequence[Event], now: datetime, links: Mapping[str, str], letters: Mapping[str, str]
) -> Sequence[EventDay]:
    """Return what happened, gathered by day, in the order it came in.

    :param links: addresses of documents in the host, by the host's key.
    :param letters: what our letters are called, by their codes.
    """
    today = danish.danish_day(now)
    days: list[tuple[str, list[EventLine]]] = []
    for event in events:
        day = danish.danish_day(event.at)
        title = "I dag" if day == today else day_words(event.at, now)
        if not days or days[-1][0] != title:
            days.append((title, []))
        days[-1][1].append(line(event, links, letters))
    return [EventDay(title, rows) for title, rows in days]


def line(event: Event, links: Mapping[str, str], letters: Mapping[str, str]) -> EventLine:
    """Return one of them in words."""
    title, symbol = ALL_WORDS.get(event.what, (event.what.replace("_", " ").capitalize(), "info"))
    if event.what is H.DOKUMENT_JOURNALISERET:
        title = f"{_document(event, letters)} lagt på sagen"
    said = [words for key, words in DETAILS.items() if event.data.get(key[0]) == key[1]]
    if event.what in WRITING and event.data.get("art") in WRITTEN:
        said.append(WRITTEN[event.data["art"]])
    if event.what in PUTS_RIGHT and event.data.get("hvad") in list(H):
        said.append(ALL_WORDS[H(str(event.data["hvad"]))][0])
    if event.counted_from is not None:
        days = [str(said) for name, said in event.data.items() if FACTS.get(name) is date]
        start = danish.long_date(date.fromisoformat(days[0])) if days else None
        said.append(f"regnes fra {start or danish.moment_text(event.counted_from)}")
    if event.taken_back:
        said.append("gælder ikke")
    who = event.actor_name or "af sig selv"
    key = event.data.get("dokument")
    url = links.get(str(key)) if key else None
    if url is None and event.underretning is not None and event.what in LEADS_TO_UNDERRETNING:
        url = f"/dubu/indgang/{event.underretning}"
    clock = danish.clock(event.at).removeprefix("kl. ")
    return EventLine(clock, symbol, title, danish.unbroken(" · ".join([*said, who])), url)


def _document(event: Event, letters: Mapping[str, str]) -> str:
    """Return what was filed, as far as the hændelse says: it holds codes, never a title."""
    letter = letters.get(str(event.data.get("brev")))
    return letter or ("Originalen" if event.data.get("retning") == "in" else "Dokument")


PUTS_RIGHT: Final = frozenset({H.HAENDELSE_RETTET, H.HAENDELSE_TILBAGETAGET})

LEADS_TO_UNDERRETNING: Final = frozenset(
    {H.UNDERRETNING_MODTAGET, H.ANSOEGNING_MODTAGET, H.UNDERRETNING_VURDERET, H.VURDERING_RETTET}
)


def how(event: Event) -> str:
    """Return the first word or two on how it happened, empty where there are none."""
    said = (words for key, words in DETAILS.items() if event.data.get(key[0]) == key[1])
    return next(said, "")


def day_words(at: datetime, now: datetime) -> str:
    """Return a day that is not today, as a heading."""
    day, today = danish.danish_day(at), danish.danish_day(now)
    weekday = danish.WEEKDAYS[day.weekday()].capitalize()
    return danish.unbroken(f"{weekday} {danish.list_date(day, today)}")
