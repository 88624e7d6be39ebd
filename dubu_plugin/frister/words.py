"""Rules in Danish words: what kind they are, how long, and from when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from dubu_plugin.domain.danish import MONTHS, short_date
from dubu_plugin.frister.counting import Length, Unit
from dubu_plugin.frister.reaction import Value
from dubu_plugin.frister.rule import (
    BARNETS_LOV,
    SURE,
    Kind,
    Rule,
    Severity,
    Transition,
)

UNITS: Final[Mapping[Unit, tuple[str, str]]] = {
    Unit.HOURS: ("time", "timer"),
    Unit.HVERDAGE: ("hverdag", "hverdage"),
    Unit.DAYS: ("dag", "dage"),
    Unit.WEEKS: ("uge", "uger"),
    Unit.MONTHS: ("måned", "måneder"),
}

KINDS: Final[Mapping[Kind, str]] = {
    Kind.FRIST: "frist",
    Kind.PLIGT: "pligt",
    Kind.FOER: "skal være på plads før afgørelsen",
    Kind.UDLOEB: "udløber",
    Kind.ALDER: "alder",
    Kind.TIDLIGST: "tidligst",
    Kind.LAAS: "lås: må ikke sættes i værk imens",
    Kind.MAA: "må gøres",
}

SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.AKUT: "fare eller frihed",
    Severity.LOV: "lovens krav",
    Severity.ORDEN: "orden",
}


NO_NUMBER: Final = "intet tal"
"""What is said of a rule where the law gives none."""

CHECKED_UNTIL: Final = date(2026, 3, 8)
"""Changes of the law after this day have not been looked at."""

YES_OR_NO: Final[Mapping[tuple[str, Value], str]] = {
    ("anbragt_tre_aar", True): "barnet har været anbragt i mindst 3 år",
    ("behov", True): "der er grund til at antage, at barnet har behov for støtte",
    ("bevilget", True): "støtten er bevilget",
    ("flyttet", True): "barnet er flyttet efter den",
    ("foraeldreplan", True): "forældrene har en plan for støtten til dem (§ 77)",
    ("handicap", True): "barnet har en funktionsnedsættelse",
    ("indsats", False): "barnet ikke får en indsats i forvejen",
    ("indsats", True): "barnet får en indsats i forvejen",
    ("hjaelp_ophoert", True): "hjælp ophørte ved afgørelsen",
    ("medhold", False): "borgeren ikke får fuldt medhold",
    ("opsaettende", True): "klagen har opsættende virkning",
    ("plan", True): "der skal være en plan",
    ("professional", True): "underretteren er fagperson (§ 133)",
    ("samvaer_afbrudt", True): "samværet er afbrudt eller ned til under en gang om måneden",
    ("tilbud", True): "en indsats eller en anbringelse skal sættes i gang",
    ("uden_periode", True): "der ikke er en hjemgivelsesperiode",
    ("ufoedt", True): "barnet er ufødt",
}
"""Conditions that are answered yes or no, as they read after »når«."""

CHOSEN: Final[Mapping[str, str]] = {
    "angaar": "afgørelsen handler om",
    "aktindsigt": "aktindsigt er søgt af",
    "ankestyrelsen": "Ankestyrelsen har",
    "frist": "den overskredne frist er",
    "foreloebig": "den foreløbige afgørelse er om",
    "genbehandling": "udvalget har fastsat genbehandling inden",
    "grund": "barnet er anbragt på grund af",
    "grundlag": "grundlaget er",
    "hjaelp": "hjælpen er",
    "overgreb": "der er mistanke om vold eller overgreb",
    "udfald": "screeningen fører til",
    "undersoegelse": "undersøgelsen er",
}
CHOICES: Final[Mapping[tuple[str, str], str]] = {
    ("angaar", "anbringelse"): "anbringelse (§§ 47-50)",
    ("angaar", "hjemgivelse"): "hjemgivelse (§ 102)",
    ("angaar", "lukket"): "lukket eller sikret institution (§§ 61-63)",
    ("angaar", "samvaer"): "samvær (§ 105)",
    ("angaar", "sted"): "ændring af anbringelsessted (§ 98)",
    ("angaar", "undersoegelse"): "undersøgelse eller behandling (§§ 23 og 40)",
    ("ankestyrelsen", "aendret"): "ændret afgørelsen",
    ("ankestyrelsen", "afvist"): "afvist klagen",
    ("ankestyrelsen", "hjemvist"): "sendt sagen tilbage",
    ("ankestyrelsen", "ophaevet"): "ophævet den",
    ("ankestyrelsen", "stadfaestet"): "stadfæstet afgørelsen",
    ("aktindsigt", "part"): "en part i sagen",
    ("aktindsigt", "offentlig"): "andre efter offentlighedsloven",
    ("foreloebig", "undersoegelse_uden"): "undersøgelse uden samtykke (§ 23)",
    ("foreloebig", "laegelig"): "lægelig undersøgelse eller behandling (§ 40)",
    ("foreloebig", "privat_pleje"): "privat familiepleje (§ 42)",
    ("foreloebig", "anbringelse_uden"): "anbringelse (§ 47)",
    ("foreloebig", "delvis_lukket"): "delvis lukket institution (§ 61)",
    ("foreloebig", "sikret"): "sikret institution (§ 62)",
    ("foreloebig", "saerligt_sikret"): "særligt sikret afdeling (§ 63)",
    ("foreloebig", "permanent"): "videreført anbringelse (§ 67)",
    ("foreloebig", "aendret_sted_uden"): "ændring af anbringelsessted (§ 98)",
    ("foreloebig", "samvaer_afbrudt"): "samvær og kontakt (§ 105)",
    ("foreloebig", "brev_og_telefon"): "brev- og telefonkontrol (voksenansvarsloven § 15)",
    ("foreloebig", "tilbageholdelse"): "tilbageholdelse (voksenansvarsloven § 11)",
    ("genbehandling", "et_aar"): "1 år",
    ("genbehandling", "to_aar"): "2 år",
    ("genbehandling", "tre_aar"): "3 år",
    ("grundlag", "samtykke"): "samtykke (§ 46)",
    ("grundlag", "stoette"): "støtte (§ 32)",
    ("grundlag", "tvang"): "uden samtykke (§ 47)",
    ("hjaelp", "andet"): "tidlig hjælp, økonomisk støtte, pålæg eller støtteperson",
    ("hjaelp", "kapitel_8"): "efter kapitel 8 (§§ 81-90)",
    ("hjaelp", "ungestoette"): "ungestøtte",
    ("overgreb", "andre"): "fra andre",
    ("overgreb", "foraeldre"): "fra forældre",
    ("overgreb", "ufoedt"): "og barnet er ikke født",
    ("udfald", "afdaekning"): "afdækning (§ 19)",
    ("udfald", "undersoegelse"): "en børnefaglig undersøgelse (§ 20)",
    ("undersoegelse", "barnet"): "af barnet (§ 20)",
    ("undersoegelse", "kommende_foraeldre"): "af kommende forældre (§ 26)",
    ("undersoegelse", "uden_samtykke"): "uden samtykke (§ 23)",
}
"""Conditions that are a choice, and what is chosen."""

DAYS: Final[Mapping[str, str]] = {
    "ende": "den besluttede sidste dag",
    "genbehandling_senest": "den fastsatte dag",
    "naeste_opfoelgning": "den besluttede dag",
    "samtale_aftalt": "den aftalte samtale",
    "svarfrist": "den satte svarfrist",
    "termin": "termin",
    "kendskab": "den dag, kommunen fik kendskab",
    "afgoerelsesdato": "afgørelsens dato",
    "anbragt": "den dag, barnet blev anbragt",
    "periode_fra": "hjemgivelsesperiodens første dag",
    "ventes_faerdig": "den dag, undersøgelsen ventes færdig",
}
"""What the days a hændelse can say are called."""


AREAS: Final = (
    "Underretning", "Flytning", "Undersøgelse", "Inddragelse", "Parter", "Afgørelse",
    "Forvaltningsret", "Barnets plan", "Ungeplan", "Forældrehandleplan", "Opfølgning",
    "Personrettet tilsyn", "Anbringelse", "Akut", "Genbehandling", "Hjemgivelse", "Samvær",
    "Magtanvendelse", "Overgang", "Pålæg", "Ungdomskriminalitet", "Handicap", "Klage",
    "Aktindsigt", "Dokumentation", "GDPR", "Indberetning", "Betaling",
)  # fmt: skip
"""The headings, in the order a case meets them. One of a plugin's own comes last."""


def in_order(rules: Iterable[Rule]) -> Sequence[Rule]:
    """Return rules as a lawyer reads them: by heading, else in the order of their files.

    The versions of one rule stand together, the newest first.
    """
    rules = list(rules)
    areas = {area: at for at, area in enumerate(AREAS)}
    newest = sorted(rules, key=lambda rule: rule.in_force_to is not None)
    codes = {code: at for at, code in enumerate(dict.fromkeys(rule.code for rule in newest))}

    def place(rule: Rule) -> tuple[int, str, int, int]:
        since = rule.in_force_from.toordinal()
        return areas.get(rule.area, len(AREAS)), rule.area, codes[rule.code], -since

    return sorted(rules, key=place)


def day_words(fact: str) -> str:
    """Return what the day of a fact is called."""
    return DAYS.get(fact, fact)


def length_words(length: Length) -> str:
    """Return ``6 hverdage``, ``1 måned``."""
    one, several = UNITS[length.unit]
    return f"{length.count} {one if length.count == 1 else several}"


def span_words(rule: Rule) -> str:
    """Return how long a rule gives, as a lawyer would say it: ``6 hverdage``, ``ved 18 år``.

    Also the day that can be set instead, and how late it can be: ``3 uger eller den besluttede
    sidste dag, højst 6 uger``.
    """
    own = own_span(rule)
    if not rule.due_fact:
        return own or NO_NUMBER
    day = day_words(rule.due_fact)
    if not own:
        return day
    most = rule.due_fact_at_most
    if most is not None and most != rule.length:
        return f"{own} eller {day}, højst {length_words(most)}"
    if most is not None or rule.age is not None:
        return f"{own} eller før: {day}"
    return f"{own} eller {day}"


def own_span(rule: Rule) -> str:
    """Return how long the law itself gives; nothing where it gives no number."""
    parts = []
    if rule.on_date:
        days = sorted(rule.on_date)
        if len({day for _, day in days}) == 1 and len(days) == 12:
            parts.append(f"den {days[0][1]}. i næste måned")
        else:
            parts.append("senest " + ", ".join(f"{day}. {MONTHS[at - 1]}" for at, day in days))
    elif rule.before:
        start = f"{rule.age} år" if rule.age is not None else day_words(rule.from_fact)
        parts.append(f"{length_words(rule.before)} før {start}")
    elif rule.length:
        parts.append("samme dag" if rule.length.count == 0 else length_words(rule.length))
        if rule.month_end:
            parts.append("til månedens udgang")
        if rule.age is not None:
            parts.append(f"fra {rule.age} år")
    elif rule.age is not None:
        parts.append(f"ved {rule.age} år")
    return " ".join(parts)


def warning_words(rule: Rule) -> str:
    """Return how long before it is due a rule is warned of: ``5 dage før``, ``sidste hverdag``."""
    if span_words(rule) == NO_NUMBER or rule.kind is Kind.PLIGT:
        return "–"
    return f"{length_words(rule.warn_before)} før" if rule.warn_before else "sidste hverdag"


def condition_words(rule: Rule) -> str:
    """Return what must be so for a rule to apply: ``grundlaget er tvang (§ 47)``."""
    return " og ".join(_condition(name, values) for name, values in rule.when.items())


def unless_words(rule: Rule) -> Sequence[str]:
    """Return what a rule is not about, a sentence for each hændelse that can say so."""
    return [
        f"Ikke ved `{what}`, når {' og '.join(_condition(*one) for one in said.items())}."
        for what, said in sorted(rule.unless.items())
    ]


def met_words(rule: Rule) -> Sequence[str]:
    """Return which of several an answer meets, and what it must say, a sentence each."""
    found = [
        f"`{what}` opfylder den kun, når {' og '.join(_condition(*one) for one in said.items())}."
        for what, said in sorted(rule.met_when.items())
    ]
    for what, said in sorted(rule.met_on_case.items()):
        where = " og ".join(_condition(*one) for one in said.items())
        found.append(
            f"`{what}` på sagen opfylder den, hvilken henvendelse den end hænger på"
            f"{f', når {where}' if where else ''}."
        )
    if rule.while_running:
        found.append("Den åbner kun, så længe noget af det, den følger, er i gang.")
    if rule.met_until:
        until = " eller ".join(f"`{one}`" for one in sorted(rule.met_until))
        found.append(f"Hvad der opfyldte den, gælder, til {until} sker.")
    if rule.each:
        found.append("Er der flere, opfylder et svar den, det nævner, ellers den ældste.")
    if rule.covers:
        soon = f"senest {length_words(rule.covers)} efter"
        found.append(f"Et svar gælder også dem, der skal være gjort {soon}.")
    return found


def _condition(name: str, values: frozenset[Value]) -> str:
    said = [YES_OR_NO.get((name, value)) for value in values]
    if len(said) == 1 and said[0]:
        return said[0]
    words = [CHOICES.get((name, str(value)), str(value)) for value in sorted(values, key=str)]
    return f"{CHOSEN.get(name, name)} {' eller '.join(words)}"


def age_words(ages: tuple[int, int]) -> str:
    """Return whom a rule is about by age: ``børn under 1 år``, ``12-18-årige``."""
    first, last = ages
    if first == 0:
        return f"børn under {last + 1} år" if last < 15 else f"børn og unge under {last + 1} år"
    return f"{first}-{last}-årige"


def sure_words(rule: Rule) -> str:
    """Return how sure a rule is, in a sentence."""
    if rule.confidence != SURE:
        return f"Ikke sikker: {rule.confidence}"
    if is_doubtful(rule):
        return "Lovens tekst er læst, men den kan forstås på flere måder; se »Usikkert«."
    return "Sikker: lovens tekst er læst."


def is_doubtful(rule: Rule) -> bool:
    """Tell whether what was read leaves open how it is to be understood."""
    return rule.note.startswith("Usikkert:")


def new_year_words(rule: Rule, oldest: Rule) -> Sequence[str]:
    """Return where the duty stood before barnets lov, and what became of what had begun (§ 213).

    :param oldest: the oldest version of the rule.
    """
    if rule.in_force_from < BARNETS_LOV:
        return ()
    found = [f"Før 2024: {rule.sel_ref}."]
    if rule.in_force_from > BARNETS_LOV:
        return found
    if rule.transition is Transition.NY:
        found.append(
            "Det, der var begyndt og ikke færdigt ved årsskiftet 2023-2024, færdiggøres efter "
            "denne (§ 213 stk. 1)."
        )
    elif oldest is not rule:
        found.append("Det, der var begyndt før 2024, beholder den gamle række (§ 213 stk. 2).")
    return found


def force_words(rule: Rule) -> str:
    """Return ``fra 1.1.2024`` or ``1.1.2024–31.12.2024``."""
    start = short_date(rule.in_force_from)
    return f"{start}–{short_date(rule.in_force_to)}" if rule.in_force_to else f"fra {start}"
