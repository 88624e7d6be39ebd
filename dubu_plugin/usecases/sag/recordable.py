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
        H.FORAELDREHANDLEPLAN_VEDTAGET,
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

AFTER_CLOSING: Final = frozenset(
    {
        H.KLAGE_MODTAGET,
        H.KLAGE_GENVURDERET,
        H.KLAGE_FASTHOLDT,
        H.KLAGE_SENDT_TIL_ANKESTYRELSEN,
        H.KLAGE_TRUKKET,
        H.KLAGE_AFGJORT,
        H.AKTINDSIGT_ANMODET,
        H.AKTINDSIGT_BESVARET,
    }
)
"""What the law lets come after a case is closed, with clocks of its own.

A decision can be complained of for four weeks (retssikkerhedsloven § 67), and whoever was a party
can ask to see the file at any time (forvaltningsloven § 9). To take a decision up again is to work
on the case, so that is done on an open one.
"""

TOLD: Final = frozenset({H.OPLYSNING_MODTAGET_MUNDTLIGT})
"""What must be written down in words: the note is the duty (offentlighedsloven § 13)."""


OWN_DAY: Final = frozenset(
    {(H.AFGOERELSE_TRUFFET, "afgoerelsesdato"), (H.ANBRINGELSE_IVAERKSAT, "anbragt")}
)
"""Dates that are the day the hændelse itself occurred, which is asked of every one."""


ONLY_WHERE: Final[Mapping[tuple[H, str], tuple[str, str]]] = {
    **{
        (H.UDVALGSAFGOERELSE_TRUFFET, name): ("angaar", "anbringelse")
        for name in ("genbehandling", "genbehandling_senest")
    },
    (H.INDSATS_IVAERKSAT, "kapitel_8"): ("handicap", "ja"),
}
"""What is asked of a hændelse only where another question has one answer: the committee says when
it looks at a placement again, and at nothing else (barnets lov § 50); a child without a disability
has no help by chapter 8."""


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
        Question(name, FACTS[name], required=True, only_where=ONLY_WHERE.get((what, name)))
        for name in choices
    ]
    asked += [
        Question(name, FACTS[name], False, without, ONLY_WHERE.get((what, name)))
        for name, without in dates.items()
        if name not in choices
    ]
    return sorted(asked, key=lambda one: (one.answer is date, not one.required, one.name))


def is_asked(what: H, name: str, answers: Mapping[str, str]) -> bool:
    """Tell whether a question of a hændelse is asked where the others are answered so."""
    return _is_so(ONLY_WHERE.get((what, name)), answers)


def lacking(rules: RuleBook, what: H, day: date, said: Mapping[str, object]) -> Set[str]:
    """Return the dates that are missing: those a clock starts at which these answers start."""
    return {
        rule.from_fact
        for rule in opened(rules, what, day)
        if rule.from_fact
        and (what, rule.from_fact) not in OWN_DAY
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
        | rule.paused_by
        | rule.resumed_by
    )


def _dates(rule: Rule, what: H) -> Iterator[tuple[str, Without]]:
    if rule.from_fact and (what, rule.from_fact) not in OWN_DAY:
        yield rule.from_fact, Without.REFUSED
    if rule.due_fact and (rule.length or rule.age is not None):
        yield rule.due_fact, Without.LAWS_OWN
    elif rule.due_fact:
        yield rule.due_fact, Without.NOTHING if rule.due_fact_required else Without.UNDATED
