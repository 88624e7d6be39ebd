"""What a person can note that has happened on a case, and what is asked about it.

A hændelse can be noted here where a rule in force reacts to it and no other act records it by
itself. What is asked is what those rules count by, and nothing more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.facts import FACTS, Fact
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.counting import Unit
from dubu_plugin.frister.rule import SENT_BY, Rule, Subject
from dubu_plugin.frister.rulebook import MISSED, RuleBook
from dubu_plugin.frister.words import in_order
from dubu_plugin.usecases.sag.by_hand import by_hand

BY_OTHER_ACTS: Final = frozenset(
    {
        H.UNDERRETNING_MODTAGET,
        H.ANSOEGNING_MODTAGET,
        H.ANSOEGNING_OMRAADE_VALGT,
        H.SVARFRIST_MEDDELT,
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
        H.SAG_GIVET_VIDERE,
        H.SAG_STATUS_I_JOURNALEN,
        H.DOKUMENT_JOURNALISERET,
        H.NOTAT_JOURNALISERET,
        H.MAANED_SLUTTET,
        H.KVARTAL_SLUTTET,
        H.AAR_SLUTTET,
        H.FOEDSEL_REGISTRERET,
        H.CPR_NUMMER_REGISTRERET,
        H.PERSONOPLYSNINGER_AENDRET,
        H.FORAELDREHANDLEPLAN_VEDTAGET,
        H.FRIST_OVERSKREDET,
        H.AFGOERELSE_AENDRET,
        H.AFGOERELSE_FALDET,
        H.AFGOERELSE_OM_STED,
        H.ANBRINGELSESGRUNDLAG_FALDET,
        H.ANBRINGELSESSTED_SKIFTET,
    }
)
"""What has an act of its own that records it, so that it is not noted a second time."""


class Without(StrEnum):
    """What comes of a question that is not answered."""

    REFUSED = "afvist"
    """It must be answered: without it something would be counted from the wrong day."""
    LAWS_OWN = "loven"
    """The deadline is the one the law itself gives."""
    UNDATED = "uden_dato"
    """It stands without a date."""
    NOTHING = "ingen"
    """There is no deadline."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the rules count by: its name among `FACTS`, and what the answer may be."""

    name: str
    answer: Fact
    required: bool
    """Whatever else is answered. A date a clock starts at is asked for where that clock does."""
    without: Without = Without.REFUSED
    only_where: tuple[str, str] | None = None
    """The other question and its one answer where this is asked; None is always."""

    def is_asked(self, answers: Mapping[str, str]) -> bool:
        """Tell whether it is asked where the others are answered so."""
        return _is_so(self.only_where, answers)


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
                areas.setdefault(by_hand(what).area or rule.area, set()).add(what)
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
    choices = {
        name
        for rule in opened(rules, what, day)
        for name in (
            *rule.when,
            *rule.unless.get(what, ()),
            *((SENT_BY,) if rule.on_receipt else ()),
        )
        if name != MISSED
    }
    choices |= {
        name for rule in rules.ended_by(what) if rule.on and rule.in_force(day)
        for name in rule.met_when.get(what, ())
    }  # fmt: skip
    dates: dict[str, Without] = {}
    for rule in opened(rules, what, day):
        for name, without in _dates(rule, what):
            dates[name] = min(without, dates.get(name, without), key=list(Without).index)
    asked = [
        Question(name, FACTS[name], required=True, only_where=by_hand(what).only_where.get(name))
        for name in choices
    ]
    asked += [
        Question(name, FACTS[name], False, without, by_hand(what).only_where.get(name))
        for name, without in dates.items()
        if name not in choices
    ]
    return sorted(asked, key=lambda one: (one.answer is date, not one.required, one.name))


def is_asked(what: H, name: str, answers: Mapping[str, str]) -> bool:
    """Tell whether a question of a hændelse is asked where the others are answered so."""
    return _is_so(by_hand(what).only_where.get(name), answers)


def lacking(rules: RuleBook, what: H, day: date, said: Mapping[str, object]) -> Set[str]:
    """Return the dates that are missing: those a clock starts at which these answers start."""
    return {
        rule.from_fact
        for rule in opened(rules, what, day)
        if rule.from_fact
        and rule.from_fact != by_hand(what).own_day
        and rule.applies(said)
        and not rule.rules_out(what, said)
        and rule.from_fact not in said
    }


def subjects(rules: RuleBook, what: H, day: date) -> Mapping[Subject, bool]:
    """Return what a hændelse may be about besides the case, and whether it can be a new one."""
    found: dict[Subject, bool] = {}
    for rule in opened(rules, what, day):
        if rule.subject in NAMED:
            found[rule.subject] = True
    for rule in rules.ended_by(what):
        # What meets it for the whole case is not asked which of its underretninger it is about.
        of_all = what in rule.met_on_case and not rule.met_on_case[what]
        if rule.subject in NAMED and what in _ask(rule) | _react(rule) and not of_all:
            found.setdefault(rule.subject, False)
    if what is H.INDSATS_OPHOERT:
        found.setdefault(Subject.INDSATS, False)  # a case can have several
    return found


def counts_hours(rules: RuleBook, what: H, day: date) -> bool:
    """Tell whether the time of day matters: some clock it starts is counted in hours."""
    return any(
        rule.length is not None and rule.length.unit is Unit.HOURS
        for rule in opened(rules, what, day)
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


def opened(rules: RuleBook, what: H, day: date) -> Iterable[Rule]:
    """Return the rules in force on a day whose clock this starts."""
    return (rule for rule in rules.opened_by(what) if rule.in_force(day))


def _is_so(where: tuple[str, str] | None, answers: Mapping[str, str]) -> bool:
    return where is None or answers.get(where[0]) == where[1]


def _ask(rule: Rule) -> Set[H]:
    return rule.opens_on | rule.met_by


def _react(rule: Rule) -> Set[H]:
    return (
        rule.annulled_by
        | rule.lapses_with
        | rule.corrected_by
        | rule.moved_up_by
        | rule.put_off_by
        | rule.paused_by
        | rule.resumed_by
    )


def _dates(rule: Rule, what: H) -> Iterator[tuple[str, Without]]:
    if rule.from_fact and rule.from_fact != by_hand(what).own_day:
        yield rule.from_fact, Without.REFUSED
    if rule.due_fact and (rule.length or rule.age is not None):
        yield rule.due_fact, Without.LAWS_OWN
    elif rule.due_fact:
        yield rule.due_fact, Without.NOTHING if rule.due_fact_required else Without.UNDATED
