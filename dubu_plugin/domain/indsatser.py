"""The catalogue of indsatser: which paragraph allows what, where, at what age, and who decides.

Each row is dated by the law: what began before 2024 stands under serviceloven, and what begins from
1 January 2024 under barnets lov (lov om barnets lov § 213). An age is in whole years on the day of
the decision; None is a child that is not born.

Source: barnets lov as in lovbekendtgørelse 282 of 17 March 2025. Each row says how sure it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

UNSURE: Final = "UNSURE"
"""What the confidence of a row begins with where its source has not been read."""


class IndsatsGroup(StrEnum):
    """What kind of help an indsats is. The value is what catalogue files say."""

    TIDLIG = "tidlig"
    STOETTENDE = "stoettende"
    OEKONOMI = "oekonomi"
    PAALAEG = "paalaeg"
    ANBRINGELSE = "anbringelse"
    STOETTEPERSON = "stoetteperson"
    HANDICAP = "handicap"
    UNGESTOETTE = "ungestoette"
    KRIMINALITET = "kriminalitet"


class Help(StrEnum):
    """What kind of help an indsats is to the law that follows it up (§§ 95 and 99). The value is
    stored."""

    STOETTE = "stoette"
    UNGESTOETTE = "ungestoette"
    KAPITEL_8 = "kapitel_8"
    """To a child with a disability (§§ 81-90)."""
    ANDET = "andet"
    """What is neither followed up by § 95 nor ends at eighteen by § 99."""


class DecidedBy(StrEnum):
    """Who decides. The value is stored."""

    KOMMUNALBESTYRELSEN = "kommunalbestyrelsen"
    UDVALGET = "boerne_og_ungeudvalget"
    """Barnets lov § 142: four of five votes."""
    FORMANDEN = "formanden"
    """The committee's chair, alone and for the time being (§ 143)."""
    UNGDOMSKRIMINALITETSNAEVNET = "ungdomskriminalitetsnaevnet"


class Consent(StrEnum):
    """Who must consent before it is decided. The value is stored."""

    FORAELDREMYNDIGHED = "foraeldremyndighed"
    UNG_15 = "ung_15"
    """The young person, from fifteen."""
    KOMMENDE_FORAELDRE = "kommende_foraeldre"
    UNG = "ung"
    """The young person, from eighteen."""


class PlanDuty(StrEnum):
    """Whether a barnets plan or ungeplan comes with it (§§ 91 and 108)."""

    SKAL = "skal"
    SKAL_FOER = "skal_foer"
    """It is there before the decision (§ 91 stk. 2, § 108 stk. 4)."""
    TAGES_STILLING = "tages_stilling"
    INGEN = "ingen"


class ReasonKind(StrEnum):
    """What a reason is given for."""

    START = "start"
    AENDRING = "aendring"
    OPHOER = "ophoer"
    FLYTNING = "flytning"


class IndsatsState(StrEnum):
    """Where an indsats of a case stands. The value is stored."""

    PLANLAGT = "planlagt"
    I_GANG = "i_gang"
    OPHOERT = "ophoert"
    OPGIVET = "opgivet"
    """It was planned, and came to nothing."""


class Skift(StrEnum):
    """What happened with an indsats. The value is stored."""

    START = "start"
    AENDRING = "aendring"
    FORTSAETTELSE = "fortsaettelse"
    FLYTNING = "flytning"
    OPHOER = "ophoer"
    TILSYN = "tilsyn"
    """A visit where the child lives (barnets lov § 156)."""


class Stay(StrEnum):
    """What living at a place is besides being placed: the law has duties of its own for it."""

    PLEJEFAMILIE = "plejefamilie"
    """A family of § 43, stk. 1, nr. 1-4, which is to have intensive support (§ 56)."""
    SIKRET = "sikret"
    """A locked place, where it is decided for how long (§§ 62 and 63)."""


HELP: Final[Mapping[IndsatsGroup, Help]] = {
    IndsatsGroup.TIDLIG: Help.ANDET,
    IndsatsGroup.STOETTENDE: Help.STOETTE,
    IndsatsGroup.OEKONOMI: Help.ANDET,
    IndsatsGroup.PAALAEG: Help.ANDET,
    IndsatsGroup.ANBRINGELSE: Help.STOETTE,
    IndsatsGroup.STOETTEPERSON: Help.ANDET,
    IndsatsGroup.HANDICAP: Help.KAPITEL_8,
    IndsatsGroup.UNGESTOETTE: Help.UNGESTOETTE,
    IndsatsGroup.KRIMINALITET: Help.STOETTE,
}

ADULT: Final = 18
CONSENTS_FROM: Final = 15
"""Barnets lov §§ 33 and 46."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What every row of the catalogue has."""

    code: str
    title: str
    law: str
    valid_from: date
    valid_to: date | None = None
    dst: str = ""
    """The code of the statistics, or empty where we have not seen one."""
    confidence: str
    note: str = ""
    on: bool = True

    def in_force(self, day: date) -> bool:
        """Tell whether it may be used on a Danish day."""
        return (
            self.on and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        )

    @property
    def sure(self) -> bool:
        """Whether its source has been read."""
        return not self.confidence.startswith(UNSURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Dated):
    """A kind of place a child may live at (barnets lov § 43)."""

    stay: Stay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Dated):
    """Why an indsats starts, is changed, ends, or a child moves."""

    kind: ReasonKind
    groups: frozenset[IndsatsGroup] = frozenset()
    """The kinds of indsats it is for; empty for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indsats(Dated):
    """One indsats under one law. Its own paragraph is `law`."""

    group: IndsatsGroup
    decision_law: str
    """The paragraph it is decided under; its own where there is no other."""
    unit: str
    """What it is counted in: ``time``, ``døgn``, ``måned``, ``forløb``, ``gang``."""
    plan: PlanDuty
    consents: frozenset[Consent]
    decided_by: DecidedBy
    ages: tuple[int, int] | None
    """The youngest and oldest age in years, both included; None where only the unborn."""
    unborn: bool
    """It may be decided for a child that is not born."""
    places: Sequence[str]
    """Codes of the places it may be at; empty where it has no place."""
    taken_by: str = ""
    """The decision that takes it from the family (§§ 11 and 99); empty where none does."""

    @property
    def is_old(self) -> bool:
        """Whether it is of serviceloven, as it was before 2024."""
        return self.law.startswith("SEL ")

    @property
    def law_words(self) -> str:
        """Return its paragraph as a sentence names it: ``§ 32 stk. 1 nr. 2``, ``serviceloven §
        52 stk. 3 nr. 2``."""
        return f"{'serviceloven ' if self.is_old else ''}§ {self.law.partition('§ ')[2]}"

    @property
    def is_placement(self) -> bool:
        """Whether the child is placed outside its home by it; a young person's stay is not one."""
        placed = {IndsatsGroup.ANBRINGELSE, IndsatsGroup.KRIMINALITET}
        return self.group in placed and bool(self.places)

    def for_age(self, age: int | None) -> bool:
        """Tell whether it may be decided at an age; None is unborn."""
        if age is None:
            return self.unborn
        return self.ages is not None and self.ages[0] <= age <= self.ages[1]

    def consents_at(self, age: int | None) -> frozenset[Consent]:
        """Return whose consent is asked for at an age; None is unborn."""
        if age is None:
            return self.consents & {Consent.KOMMENDE_FORAELDRE}
        left_out = {Consent.KOMMENDE_FORAELDRE}
        if age < CONSENTS_FROM:
            left_out.add(Consent.UNG_15)
        if age < ADULT:
            left_out.add(Consent.UNG)
        else:
            left_out |= {Consent.UNG_15, Consent.FORAELDREMYNDIGHED}
        return self.consents - left_out


@dataclass(frozen=True, slots=True)
class Combination:
    """One thing that may be decided: an indsats under its paragraph, at a place or none."""

    indsats: Indsats
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The whole catalogue, every law, also what is switched off."""

    indsatser: Sequence[Indsats] = ()
    places: Sequence[Place] = ()
    all_reasons: Sequence[Reason] = ()

    def oldest(self, day: date) -> date:
        """Return a Danish day, or the first the catalogue knows the law of, where it is before."""
        return max(day, min((one.valid_from for one in self.indsatser), default=day))

    def allowed(self, day: date, age: int | None) -> Sequence[Combination]:
        """Return what may be decided on a Danish day for a child of an age; None is unborn."""
        places = {place.code: place for place in self.places if place.in_force(day)}
        return [
            one
            for indsats in self.indsatser
            if indsats.in_force(day) and indsats.for_age(age)
            for one in _combined(indsats, places)
        ]

    def allows(self, day: date, age: int | None, indsats: str, place: str = "") -> bool:
        """Tell whether an indsats may be decided at a place; without one where it has none."""
        return any(
            one.indsats.code == indsats and (one.place.code if one.place else "") == place
            for one in self.allowed(day, age)
        )

    def indsats(self, code: str, day: date) -> Indsats | None:
        """Return the indsats under the law of a day, also where it is switched off."""
        return next((one for one in self.indsatser if one.code == code and _then(one, day)), None)

    def chosen(self, code: str, law: str, day: date) -> Indsats | None:
        """Return the row an indsats was chosen from: of its paragraph, else of the law of a day."""
        same = (one for one in self.indsatser if one.code == code and one.law == law)
        return next(same, None) or self.indsats(code, day)

    def place(self, code: str, day: date) -> Place | None:
        """Return the place as it was on a day, also where it is switched off."""
        return next((one for one in self.places if one.code == code and _then(one, day)), None)

    def reasons(
        self, kind: ReasonKind, day: date, group: IndsatsGroup | None = None
    ) -> Sequence[Reason]:
        """Return the reasons that may be given on a day, for one kind of indsats or any."""
        return [
            one
            for one in self.all_reasons
            if one.kind is kind
            and one.in_force(day)
            and (group is None or not one.groups or group in one.groups)
        ]


def _then(row: Dated, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


def _combined(indsats: Indsats, places: Mapping[str, Place]) -> Sequence[Combination]:
    if not indsats.places:
        return [Combination(indsats)]
    return [Combination(indsats, places[code]) for code in indsats.places if code in places]
