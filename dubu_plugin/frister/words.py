"""Rules in Danish words: what kind they are, how long, and from when."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from dubu_plugin.domain.danish import MONTHS, short_date
from dubu_plugin.frister.counting import Length, Unit
from dubu_plugin.frister.rule import Kind, Rule, Severity

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

DAYS: Final[Mapping[str, str]] = {
    "ende": "den besluttede sidste dag",
    "genbehandling_senest": "den fastsatte dag",
    "naeste_opfoelgning": "den besluttede dag",
    "samtale_aftalt": "den aftalte samtale",
    "svarfrist": "den satte svarfrist",
    "termin": "termin",
    "kendskab": "den dag, kommunen fik kendskab",
    "afgoerelsesdato": "afgørelsens dato",
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
    """Return what a hændelse must say for a rule to apply: ``grundlag er tvang``."""
    return " og ".join(
        f"{name} er {' eller '.join(sorted(map(_value, values)))}"
        for name, values in rule.when.items()
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return str(value)


def force_words(rule: Rule) -> str:
    """Return ``fra 1.1.2024`` or ``1.1.2024–31.12.2024``."""
    start = short_date(rule.in_force_from)
    return f"{start}–{short_date(rule.in_force_to)}" if rule.in_force_to else f"fra {start}"
