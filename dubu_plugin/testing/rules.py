"""Made-up deadline rules, for tests of what any rule does."""

from datetime import date
from typing import Any

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import Length
from dubu_plugin.frister.rule import Rule, Subject
from dubu_plugin.frister.rulebook import RuleBook

LENGTHS = ("length", "before", "warn_before", "least_left", "covers")
HAENDELSER = (
    "opens_on",
    "met_by",
    "annulled_by",
    "lapses_with",
    "corrected_by",
    "moved_up_by",
    "put_off_by",
    "paused_by",
    "resumed_by",
    "met_until",
)


def rule(code: str, **said: Any) -> Rule:
    """Return a rule on a case, of three months unless something else is said.

    :param said: as a rule file says it: lengths and hændelser as texts.
    """
    values: dict[str, Any] = {
        "area": "Prøve",
        "title": f"Prøvepligt {code}",
        "duty": "Gør det, prøven kræver.",
        "law": "BL § 0 stk. 0",
        "section": "§ 0",
        "in_force_from": date(2024, 1, 1),
        "subject": Subject.SAG,
        "opens_on": ("indsats_ivaerksat",),
        "met_by": ("opfoelgning_afholdt",),
        "when": {},
        "length": "3 months",
        "bundle": "proeve",
        "confidence": "sikker",
        **said,
    }
    for name in LENGTHS:
        if isinstance(values.get(name), str):
            values[name] = Length.parse(values[name])
    for name in HAENDELSER:
        values[name] = frozenset(Haendelse(one) for one in values.get(name, ()))
    values["when"] = {name: frozenset(allowed) for name, allowed in values["when"].items()}
    return Rule(code=code, **values)


def book(*rules: Rule) -> RuleBook:
    """Return a book of these rules."""
    return RuleBook(rules)
