"""What can be decided, and what the law asks of each decision.

A matter is a row of the catalogue, dated by the law. What it asks for is a paragraph where it asks
and empty where it does not, so that a refusal can name the paragraph. The gates themselves are in
`dubu_plugin.domain.gates`.

Source: barnets lov as in lovbekendtgørelse 282 of 17 March 2025.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.beregning.linjer import Ydelse
from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.indsatser import ADULT, CONSENTS_FROM, Dated, DecidedBy

PARTY_FROM: Final = 10
"""Barnets lov § 3: from this age a child acts for itself in the matters of the list."""
MOVE_CONSENT_FROM: Final = 12
"""§ 98, stk. 1."""


class Outcome(StrEnum):
    """What a decision comes to for who asked or is helped. The value is stored."""

    MEDHOLD = "medhold"
    DELVIST = "delvist"
    AFSLAG = "afslag"


class AfgoerelseState(StrEnum):
    """Where a decision stands. The value is stored."""

    FORBEREDES = "forberedes"
    TRUFFET = "truffet"
    OPGIVET = "opgivet"
    ERSTATTET = "erstattet"
    """A new decision was made in its place."""
    OPHAEVET = "ophaevet"
    """Ankestyrelsen lifted it (retssikkerhedsloven § 68): it gives nothing from then on."""
    AENDRET = "aendret"
    """Ankestyrelsen changed it: what Ankestyrelsen decided is carried out in its place."""
    HJEMVIST = "hjemvist"
    """Ankestyrelsen sent it back: it gives nothing, and is decided again."""
    BORTFALDET = "bortfaldet"
    """It was for the time being, and the committee did not approve it (§ 143, stk. 4)."""


IN_FORCE: Final = frozenset({AfgoerelseState.TRUFFET, AfgoerelseState.AENDRET})
"""Where a decision can give something."""
FALLEN: Final = frozenset(
    {AfgoerelseState.OPHAEVET, AfgoerelseState.HJEMVIST, AfgoerelseState.BORTFALDET}
)
"""Where nothing is given by it any more, and nothing has come in its place."""
MADE: Final = frozenset(AfgoerelseState) - {AfgoerelseState.FORBEREDES, AfgoerelseState.OPGIVET}
"""Where it was made once, whatever came of it since."""


class Level(StrEnum):
    """Who decides inside the municipality, where no committee does."""

    RAADGIVER = "raadgiver"
    LEDER = "leder"


class Lasts(StrEnum):
    """How long what the chairman decided is valid (§ 143, stk. 5). The catalogue says it so."""

    MAANED = "maaned"
    UNDERSOEGELSE = "undersoegelse"
    """Until the undersøgelse is over, and two months at most."""
    NY_AFGOERELSE = "ny_afgoerelse"
    """Until there is a new decision."""


class MatterArea(StrEnum):
    """What kind of thing is decided. The value is what the catalogue says."""

    UNDERSOEGELSE = "undersoegelse"
    STOETTE = "stoette"
    ANBRINGELSE = "anbringelse"
    UNDER_ANBRINGELSEN = "under_anbringelsen"
    HANDICAP = "handicap"
    UNGE = "unge"
    SAERLIGE = "saerlige"


class Capacity(StrEnum):
    """What somebody is to a decision. The value is stored."""

    FORAELDREMYNDIGHED = "foraeldremyndighed"
    FORAELDER = "foraelder"
    """A parent without a part in the custody."""
    KOMMENDE_FORAELDRE = "kommende_foraeldre"
    BARN = "barn"


class Consenter(StrEnum):
    """Whose consent a decision takes."""

    FORAELDREMYNDIGHED = "foraeldremyndighed"
    KOMMENDE_FORAELDRE = "kommende_foraeldre"
    BARN_12 = "barn_12"
    UNG_15 = "ung_15"
    UNG = "ung"
    """The young person, also where it is decided before the eighteenth birthday (§§ 111, 113)."""


FROM_AGE: Final = {
    Consenter.BARN_12: MOVE_CONSENT_FROM,
    Consenter.UNG_15: CONSENTS_FROM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An indsats a decision gives."""

    code: str
    """Its row in the catalogue of indsatser."""
    place: str | None = None
    """The kind of place the child is to live at."""
    purpose: str = field(default="", repr=False)
    """What it is for; empty where the decision's own purpose says it."""
    starts_on: date | None = None
    """The Danish day it is given from; None is the decision's own. `ends_on` likewise."""
    ends_on: date | None = None
    law: str | None = None
    """Its paragraph, as the law was on the day the decision was made; None until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter(Dated):
    """Something that can be decided. What asks for something holds the paragraph that does."""

    decided_by: DecidedBy = DecidedBy.KOMMUNALBESTYRELSEN
    level: Level = Level.LEDER
    votes: int = 0
    """How many of the committee's five must vote for it (§ 142, stk. 4)."""
    consents: frozenset[Consenter] = frozenset()
    consent_purpose: str = ""
    """The consent covers the purpose."""
    child_party: bool = False
    """It is on the list of § 3."""
    to_child: str = ""
    """What it is about as a child of ten is told it; empty where its title says that."""
    purpose: str = ""
    duration: str = ""
    examination: str = ""
    """A børnefaglig undersøgelse is finished before it."""
    examination_may_wait: str = ""
    """Special circumstances let it go beside the examination."""
    plan_first: str = ""
    """The plan is there before it."""
    plan_revised: bool = False
    """That plan is of what is decided: it is approved since that was begun to be prepared."""
    youth_plan: str = ""
    """The ungeplan is revised before it, where the young person is placed and under eighteen."""
    parents_plan: str = ""
    """The parents' own plan is there before it, where the child has siblings at home."""
    end_date: str = ""
    """It is made for a definite period."""
    longest: str = ""
    """No longer than this, as ``12 months`` or ``8 weeks``."""
    longest_law: str = ""
    """What says so, where it need not end on a day."""
    period: str = ""
    """It says how long the child is on its way home, or why there is no such time."""
    statement: str = ""
    """The place where the child lives is asked before it."""
    suspensive: str = ""
    """A complaint keeps it from being set in motion."""
    may_begin_at_once: bool = False
    """The municipality may decide that it is all the same."""
    carers: str = ""
    """Who cares for a child under ten may ask Ankestyrelsen to judge it, which keeps it from being
    set in motion (retssikkerhedsloven § 72, stk. 7)."""
    notice: str = ""
    """It takes help away with a notice (§ 11), so a complaint is looked at in 14 days."""
    lawyer: str = ""
    """A lawyer is offered, free of charge (§ 140)."""
    before_birth: str = ""
    """It is made at the earliest three months before the child is due."""
    ages: tuple[int, int] | None = None
    unborn: bool = False
    basis: str = ""
    """What the deadline rules call it: stoette, samtykke or tvang."""
    reviewed: bool = False
    """The committee decides again within a year, or two or three (§ 50)."""
    indsatser: tuple[str, ...] = ()
    """Codes of the indsatser it may be about; empty where it is about none."""
    haendelse: Haendelse | None = None
    """What has happened besides a decision when it is made."""
    where_refused: Haendelse | None = None
    """What has happened instead where it is decided that it is not to be."""
    provisional: str = ""
    """The code of the committee's matter the chairman decides for the time being (§ 143)."""
    lasts: Lasts = Lasts.MAANED
    """How long that is valid, once the committee has approved it (§ 143, stk. 5)."""
    examined: str = ""
    """Whom an undersøgelse that is decided is of, as the deadline rules call it."""
    reckons: Ydelse | None = None
    """What is reckoned before it gives something."""
    imposed: bool = False
    """The municipality decides it against who it is about."""
    applied_for: bool = False
    """It is given on an application, so all that was asked for can be given."""
    at_home: str = ""
    """The child lives at home."""
    changes: str = ""
    """What can change that matters for what is given, in words; who gets it has a duty to tell
    (retssikkerhedsloven §§ 11, stk. 2, and 12)."""
    follow_up: str = ""
    """How long after it begins it is looked at again, as ``12 months``; empty where no day is."""
    area: MatterArea = MatterArea.STOETTE
    """Where it stands among what can be prepared."""
    presupposes: Mapping[Forudsat, str] = field(default_factory=dict, hash=False)
    """What must be there before it, and the paragraph that says so."""
    asks: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What else is written in it, by section, and the paragraph that asks for it."""

    @property
    def is_committees(self) -> bool:
        """Whether the børne- og ungeudvalg decides, in a meeting."""
        return self.decided_by is DecidedBy.UDVALGET

    @property
    def is_chairs(self) -> bool:
        """Whether the committee's chairman decides, because it cannot wait (§ 143)."""
        return self.decided_by is DecidedBy.FORMANDEN

    @property
    def is_reassessed(self) -> bool:
        """Whether the municipality looks at it again when somebody complains (retssikkerhedsloven
        § 66): not at what the committee or its chair decided (barnets lov § 146)."""
        return self.decided_by is DecidedBy.KOMMUNALBESTYRELSEN

    @property
    def told_to_child(self) -> str:
        """Return what it is about, to a child of ten."""
        return self.to_child or self.title

    @property
    def without_consent(self) -> bool:
        """Whether it goes against who it is about, so there is something for them to answer."""
        return self.imposed or self.decided_by is not DecidedBy.KOMMUNALBESTYRELSEN

    @property
    def paragraph(self) -> str:
        """Return the paragraph alone, as ``§ 32``: what reasons must name."""
        words = self.law.replace("\u00a0", " ").split()
        at = next((n for n, one in enumerate(words) if one.startswith("§")), None)
        if at is None:
            return ""
        letter = words[at + 2 : at + 3]
        tail = f" {letter[0]}" if letter and len(letter[0]) == 1 and letter[0].isalpha() else ""
        return f"§ {words[at + 1].rstrip(',')}{tail}"

    def met_in_full(self, outcome: Outcome | None, *, applied: bool) -> bool:
        """Tell whether who applied got all of it, and needs no guidance (forvaltningsloven § 25).

        What nobody applied for is decided about somebody, whatever it is called. An amount that is
        reckoned may always be less than what was asked for.

        :param applied: an application for it waits on the case.
        """
        full = outcome is Outcome.MEDHOLD
        return full and applied and self.applied_for and self.reckons is None

    def lacks(self, there: Collection[Forudsat]) -> Sequence[Forudsat]:
        """Return what it presupposes that is not there, in the order of the catalogue."""
        return [one for one in self.presupposes if one not in there]

    def for_age(self, age: int | None) -> bool:
        """Tell whether it can be decided at an age; None is unborn."""
        if age is None:
            return self.unborn
        return self.ages is not None and self.ages[0] <= age <= self.ages[1]

    def has_party(self, age: int | None) -> bool:
        """Tell whether the child is a party of its own at an age (§ 3)."""
        return self.child_party and age is not None and age >= PARTY_FROM

    def consents_at(self, age: int | None) -> frozenset[Consenter]:
        """Return whose consent it takes at an age; None is unborn."""
        if age is None:
            return self.consents & {Consenter.KOMMENDE_FORAELDRE}
        grown = age >= ADULT
        return frozenset(
            one
            for one in self.consents
            if one is not Consenter.KOMMENDE_FORAELDRE
            and not (grown and one is Consenter.FORAELDREMYNDIGHED)
            and age >= FROM_AGE.get(one, 0)
        )


@dataclass(frozen=True, slots=True)
class Matters:
    """The whole catalogue, every law, also what is switched off."""

    rows: Sequence[Matter] = ()

    def open(self, day: date, age: int | None) -> Sequence[Matter]:
        """Return what may be decided on a Danish day for a child of an age; None is unborn."""
        return [one for one in self.rows if one.in_force(day) and one.for_age(age)]

    def get(self, code: str, day: date) -> Matter | None:
        """Return a matter under the law of a day, also where it is switched off."""
        return next(
            (
                one
                for one in self.rows
                if one.code == code
                and one.valid_from <= day
                and (one.valid_to is None or day <= one.valid_to)
            ),
            None,
        )

    def giving(self, indsats: str, day: date) -> Sequence[Matter]:
        """Return what can be decided on a day that gives an indsats, also what is switched off."""
        return [
            one
            for one in self.rows
            if indsats in one.indsatser
            and one.valid_from <= day
            and (one.valid_to is None or day <= one.valid_to)
        ]


def act_of(matter: Matter) -> Act:
    """Return what somebody must be allowed with the case to have a decision stand.

    The adviser prepares every decision. Who makes it is the level of its row; what a committee or
    its chair has decided is put in by the leader, who answers for the protocol.
    """
    own = matter.decided_by is DecidedBy.KOMMUNALBESTYRELSEN and matter.level is Level.RAADGIVER
    return Act.WRITE if own else Act.APPROVE
