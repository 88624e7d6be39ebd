"""What the municipality has switched against how the rules are delivered, and what that means.

The law is the same whatever dubu.toml says: who switches a sure rule off must be told what is then
not watched, and who switches an unsure one on, that the source does not vouch for it.
"""

from collections.abc import Iterable, Sequence

from dubu_plugin.frister.rule import MISSED, SURE, Kind, Rule, Severity
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.words import in_order, span_words


def switched(book: RuleBook) -> Sequence[Rule]:
    """Return what the municipality switched, the newest version of each, those off first."""
    chosen = newest(rule for rule in book.rules if rule.own_choice)
    return sorted(chosen, key=lambda rule: rule.on)


def newest(rules: Iterable[Rule]) -> Sequence[Rule]:
    """Return one version of each rule, in a lawyer's order."""
    return list({rule.code: rule for rule in reversed(in_order(rules))}.values())[::-1]


def meaning(rule: Rule) -> str:
    """Return in Danish which rule it is, where it stands, and what the choice means."""
    name = f"{rule.code} »{rule.title}« ({rule.law})"
    if rule.on:
        means = f"{name} er slået til i dubu.toml, men leveres slået fra."
        if rule.confidence == SURE:
            return means
        return f"{means} Kilden er ikke sikker: {rule.confidence} Kommunen svarer selv for den."
    return f"{name} er slået fra i dubu.toml. {_law_goes_on(rule)} {_unseen(rule)}"


def _law_goes_on(rule: Rule) -> str:
    number = rule.kind in MISSED and (rule.length or rule.before or rule.on_date)
    span = f" ({span_words(rule)})" if number else ""
    return f"Loven gælder stadig{span}, men ingen bliver mindet om det, og det tælles ikke med."


def _unseen(rule: Rule) -> str:
    if rule.kind in (Kind.FOER, Kind.LAAS, Kind.TIDLIGST):
        return "Programmet siger heller ikke til, når noget gøres for tidligt."
    if rule.severity is Severity.AKUT:
        return "Den handler om fare eller frihed: skriv, hvem der holder øje i stedet."
    return "Slå den til igen, medmindre noget andet holder øje."
