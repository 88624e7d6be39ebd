"""What a person can note that has happened on a case, and what is asked about it.

A hændelse can be noted here where a rule in force reacts to it and no other act records it by
itself. What is asked is what those rules count by, and nothing more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Final

from dubu_plugin.domain.haendelser import FACTS, Fact
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.counting import Unit
from dubu_plugin.frister.rule import SENT_BY, Rule, Subject
from dubu_plugin.frister.rulebook import MISSED, RuleBook
from dubu_plugin.frister.words import in_order

BY_OTHER_ACTS: Final = frozenset(
    {
        H.UNDERRETNING_MODTAGET,
        H.ANSOEGNING_MODTAGET,
        H.HENVENDELSE_OMREGISTRERET,
        H.MODTAGELSE_RETTET,
        H.BARN_FUNDET,
        H.BARN_VALGT,
        H.UNDERRETNING_VURDERET,
        H.VURDERING_RETTET,
        H.SAG_GENVURDERET,
        H.KVITTERING_SENDT,
        H.KVITTERING_UDELADT,
        H.UNDERRETTER_ORIENTERET,
        H.ORIENTERING_UDELADT,
        H.SAG_OPRETTET,
        H.SAG_GENAABNET,
        H.SAG_LUKKET,
        H.SAG_AENDRET_I_JOURNALEN,
        H.DOKUMENT_JOURNALISERET,
        H.NOTAT_JOURNALISERET,
        H.MAANED_SLUTTET,
        H.KVARTAL_SLUTTET,
        H.AAR_SLUTTET,
        H.FOEDSEL_REGISTRERET,
        H.FRIST_OVERSKREDET,
    }
)
"""What has an act of its own that records it, so that it is not noted a second time."""

BEGINS: Final[Mapping[H, Subject]] = {
    H.AFGOERELSE_TRUFFET: Subject.AFGOERELSE,
    H.KLAGE_MODTAGET: Subject.KLAGE,
    H.INDSATS_IVAERKSAT: Subject.INDSATS,
    H.ANBRINGELSE_IVAERKSAT: Subject.ANBRINGELSE,
}
"""What is the beginning of a decision, a complaint, a support or a placement: it is a new one."""

PLACES: Final[Mapping[H, str]] = {
    H.AFGOERELSE_FORBEREDT: "Afgørelse",
    H.AFGOERELSE_OPGIVET: "Afgørelse",
    H.AFGOERELSE_MEDDELT: "Afgørelse",
    H.INDSATS_IVAERKSAT: "Afgørelse",
    H.INDSATS_OPHOERT: "Afgørelse",
    H.ANBRINGELSE_IVAERKSAT: "Anbringelse",
    H.ANBRINGELSE_OPHOERT: "Anbringelse",
    H.ADGANG_TIL_HJEMMET_BESLUTTET: "Akut",
    H.ANKESTYRELSEN_UNDERRETTET: "Akut",
    H.BOERNESAMTALE_HOLDT: "Inddragelse",
    H.BOERNESAMTALE_UNDLADT: "Inddragelse",
    H.UNGEPLAN_VEDTAGET: "Ungeplan",
}
"""Where a person looks for what several areas react to; the rest stand with their first rule."""

MAY_LIE_AHEAD: Final = frozenset({H.FAMILIE_FLYTTET, H.LOESLADT, H.TABT_ARBEJDSFORTJENESTE_OPHOERT})
"""What is known before it happens, and only ever starts a clock."""

TOLD: Final = frozenset({H.OPLYSNING_MODTAGET_MUNDTLIGT})
"""What must be written down in words: the note is the duty (offentlighedsloven § 13)."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the rules count by: its name among `FACTS`, and what the answer may be."""

    name: str
    answer: Fact
    required: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What can be noted in one area, in the order of the law's course."""

    area: str
    haendelser: Sequence[H]


def groups(rules: RuleBook, day: date) -> Sequence[Group]:
    """Return what can be noted on a day, area by area in the order a case meets them."""
    areas: dict[str, set[H]] = {}
    placed: set[H] = set()
    in_use = [
        rule for rule in in_order(rules.on(day)) if rule.on and rule.subject is not Subject.KOMMUNE
    ]
    order = list(dict.fromkeys(rule.area for rule in in_use))
    # First by what they ask for and what answers it; a hændelse stands in one area only.
    for part in (_ask, _react):
        for rule in in_use:
            for what in part(rule) - BY_OTHER_ACTS - placed:
                areas.setdefault(PLACES.get(what, rule.area), set()).add(what)
                placed.add(what)
    course = list(H)
    return [
        Group(area, sorted(areas[area], key=course.index))
        for area in sorted(
            areas, key=lambda area: (area not in order, order.index(area) if area in order else 0)
        )
    ]


def can_be_noted(rules: RuleBook, day: date) -> Set[H]:
    """Return everything that can be noted on a day."""
    return {what for group in groups(rules, day) for what in group.haendelser}


def answering(rule: Rule) -> Set[H]:
    """Return what can be noted that meets a deadline of this rule."""
    return rule.met_by - BY_OTHER_ACTS


def questions(rules: RuleBook, what: H, day: date) -> Sequence[Question]:
    """Return what is asked of a hændelse on a day: choices first, dates last, required first."""
    found: dict[str, bool] = {}
    for rule in _opened(rules, what, day):
        for name, required in _asked(rule):
            found[name] = found.get(name, False) or required
    asked = [Question(name, FACTS[name], required) for name, required in found.items()]
    return sorted(asked, key=lambda one: (one.answer is date, not one.required, one.name))


def subjects(rules: RuleBook, what: H, day: date) -> Mapping[Subject, bool]:
    """Return what a hændelse may be about besides the case, and whether it can be a new one."""
    found: dict[Subject, bool] = {}
    for rule in _opened(rules, what, day):
        if rule.subject in NAMED:
            found[rule.subject] = True
    for rule in rules.ended_by(what):
        if rule.subject in NAMED:
            found.setdefault(rule.subject, False)
    return found


def counts_hours(rules: RuleBook, what: H, day: date) -> bool:
    """Tell whether the time of day matters: some clock it starts is counted in hours."""
    return any(
        rule.length is not None and rule.length.unit is Unit.HOURS
        for rule in _opened(rules, what, day)
    )


NAMED: Final = frozenset(
    {
        Subject.UNDERRETNING,
        Subject.KLAGE,
        Subject.AFGOERELSE,
        Subject.INDSATS,
        Subject.ANBRINGELSE,
    }
)
"""The subjects a case can have several of."""


def _opened(rules: RuleBook, what: H, day: date) -> Iterable[Rule]:
    return (rule for rule in rules.opened_by(what) if rule.in_force(day))


def _ask(rule: Rule) -> Set[H]:
    return rule.opens_on | rule.met_by


def _react(rule: Rule) -> Set[H]:
    return (
        rule.annulled_by | rule.corrected_by | rule.moved_up_by | rule.paused_by | rule.resumed_by
    )


def _asked(rule: Rule) -> Iterator[tuple[str, bool]]:
    for name in rule.when:
        if name != MISSED:
            yield name, True
    # A date may be left out, since it is not known yet or there is none: then no clock starts.
    if rule.from_fact:
        yield rule.from_fact, False
    if rule.due_fact:
        yield rule.due_fact, False
    if rule.on_receipt:
        yield SENT_BY, True
