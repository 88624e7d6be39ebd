"""The people around a child: what each is to it, how close, and who can step in.

Source: forældreansvarsloven § 19 and barnets lov §§ 103-104 (samvær). Custody has a module of its
own, `dubu_plugin.domain.custody`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

LONGEST_CALLED: Final = 60
LONGEST_SAMVAER: Final = 500
LONGEST_WITH: Final = 300
STALE_DAYS: Final = 180
"""An answer to whether somebody can step in is asked for again after so many days."""


class Rolle(StrEnum):
    """What somebody is to the child. The value is stored."""

    MOR = "mor"
    FAR = "far"
    MEDMOR = "medmor"
    ADOPTIVFORAELDER = "adoptivforaelder"
    STEDFORAELDER = "stedforaelder"
    FORAELDREMYNDIG = "foraeldremyndig"
    """Somebody who is no parent and to whom custody was given (forældreansvarsloven § 15 a)."""
    PLEJEFORAELDER = "plejeforaelder"
    SOESKENDE = "soeskende"
    BEDSTEFORAELDER = "bedsteforaelder"
    SLAEGT = "slaegt"
    VEN = "ven"
    NABO = "nabo"
    LAERER = "laerer"
    PAEDAGOG = "paedagog"
    SUNDHED = "sundhed"
    KONTAKTPERSON = "kontaktperson"
    STOETTEPERSON = "stoetteperson"
    FAGPERSON = "fagperson"
    ANDEN = "anden"


ROLES: Final[Mapping[Rolle, str]] = {
    Rolle.MOR: "Mor",
    Rolle.FAR: "Far",
    Rolle.MEDMOR: "Medmor",
    Rolle.ADOPTIVFORAELDER: "Adoptivforælder",
    Rolle.STEDFORAELDER: "Stedforælder",
    Rolle.FORAELDREMYNDIG: "Forældremyndighedsindehaver",
    Rolle.PLEJEFORAELDER: "Plejeforælder",
    Rolle.SOESKENDE: "Søskende",
    Rolle.BEDSTEFORAELDER: "Bedsteforælder",
    Rolle.SLAEGT: "Slægt",
    Rolle.VEN: "Ven",
    Rolle.NABO: "Nabo",
    Rolle.LAERER: "Lærer",
    Rolle.PAEDAGOG: "Pædagog",
    Rolle.SUNDHED: "Sundhedspleje eller læge",
    Rolle.KONTAKTPERSON: "Kontaktperson",
    Rolle.STOETTEPERSON: "Støtteperson",
    Rolle.FAGPERSON: "Anden fagperson",
    Rolle.ANDEN: "Anden",
}

PARENTS: Final = frozenset({Rolle.MOR, Rolle.FAR, Rolle.MEDMOR, Rolle.ADOPTIVFORAELDER})
"""Of these it must be asked whether they have a part in the custody."""
MAY_HOLD: Final = PARENTS | {
    Rolle.STEDFORAELDER,
    Rolle.FORAELDREMYNDIG,
    Rolle.PLEJEFORAELDER,
    Rolle.BEDSTEFORAELDER,
    Rolle.SLAEGT,
}
"""Those custody can be given to, by birth, adoption, agreement or decision."""
MAY_HOUSE: Final = MAY_HOLD
"""Those a child can live with."""


class Kreds(StrEnum):
    """Which part of the network somebody belongs to. The value is stored."""

    PRIMAER = "primaer"
    SEKUNDAER = "sekundaer"


CIRCLES: Final[Mapping[Kreds, str]] = {
    Kreds.PRIMAER: "Primært netværk",
    Kreds.SEKUNDAER: "Sekundært netværk",
}

INNER: Final = 1
MIDDLE: Final = 2
OUTER: Final = 3
RINGS: Final[Mapping[int, str]] = {INNER: "Inderst", MIDDLE: "Midt", OUTER: "Yderst"}
"""How close somebody is to the child, as the child and the family see it."""


class Myndighed(StrEnum):
    """Whether somebody has a part in the custody. The value is stored."""

    DEL = "del"
    INGEN = "ingen"
    UKENDT = "ukendt"
    """Nobody has said yet. Until then a parent is asked, as one who may have it."""


class Hjaelp(StrEnum):
    """Whether somebody can step in for the child now. The value is stored."""

    JA = "ja"
    NEJ = "nej"
    UKENDT = "ukendt"


STEPS_IN: Final[Mapping[Hjaelp, str]] = {
    Hjaelp.JA: "Ja",
    Hjaelp.NEJ: "Nej",
    Hjaelp.UKENDT: "Ikke spurgt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What somebody is in a child's network, as far as a person decides it."""

    role: Rolle
    called: str = ""
    """What the child calls them where that says more than the role: farmor, klasselærer."""
    circle: Kreds = Kreds.SEKUNDAER
    ring: int = OUTER
    custody: Myndighed = Myndighed.INGEN
    lives_here: bool = False
    samvaer: str = field(default="", repr=False)
    apart: bool = False
    """The other parties are told nothing of them, and get no letter that names them."""
    steps_in: Hjaelp = Hjaelp.UKENDT
    steps_in_with: str = field(default="", repr=False)
    steps_in_on: date | None = None
    ended_on: date | None = None
    end_reason: str = field(default="", repr=False)

    @property
    def title(self) -> str:
        """What they are called in a line: their own word for it, or the role's."""
        return self.called[:1].upper() + self.called[1:] or ROLES[self.role]

    @property
    def word(self) -> str:
        """The same inside a sentence."""
        title = self.title
        return title[:1].lower() + title[1:] if not self.called else self.called

    def is_over(self, today: date) -> bool:
        """Tell whether they have left the network."""
        return self.ended_on is not None and self.ended_on <= today

    def can_step_in(self, today: date) -> bool:
        """Tell whether they have said they can, and are still there."""
        return self.steps_in is Hjaelp.JA and not self.is_over(today)

    def was_asked_long_ago(self, today: date) -> bool:
        """Tell whether the answer is so old that they should be asked again."""
        asked = self.steps_in_on
        return asked is not None and (today - asked).days > STALE_DAYS


_FAMILY: Final[Mapping[str, tuple[Rolle, Kreds, int]]] = {
    "mor": (Rolle.MOR, Kreds.PRIMAER, INNER),
    "far": (Rolle.FAR, Kreds.PRIMAER, INNER),
    "soeskende": (Rolle.SOESKENDE, Kreds.PRIMAER, INNER),
    "bedsteforaelder": (Rolle.BEDSTEFORAELDER, Kreds.SEKUNDAER, MIDDLE),
}


def as_family(tie: str) -> Part:
    """Return what somebody is in the network before anybody has written of them.

    :param tie: what the address book says they are to the child.
    """
    role, circle, ring = _FAMILY.get(tie, (Rolle.SLAEGT, Kreds.SEKUNDAER, OUTER))
    custody = Myndighed.UKENDT if role in PARENTS else Myndighed.INGEN
    return Part(role=role, circle=circle, ring=ring, custody=custody)


def usual(role: Rolle) -> Part:
    """Return where somebody with a role usually belongs, to begin a form with."""
    close = PARENTS | {Rolle.SOESKENDE, Rolle.STEDFORAELDER, Rolle.PLEJEFORAELDER,
                       Rolle.FORAELDREMYNDIG}  # fmt: skip
    if role in close:
        custody = Myndighed.UKENDT if role in PARENTS else Myndighed.INGEN
        return Part(role=role, circle=Kreds.PRIMAER, ring=INNER, custody=custody)
    near = {Rolle.BEDSTEFORAELDER, Rolle.VEN, Rolle.SLAEGT}
    return Part(role=role, ring=MIDDLE if role in near else OUTER)


def wrong_part(part: Part, today: date, *, asks_name: str | None = None) -> Mapping[str, str]:
    """Return what is left out or cannot be in a line, by field.

    :param asks_name: the name of somebody who is not in the address book; None where it has them.
    """
    wrong = {}
    if asks_name is not None and not asks_name.strip():
        wrong["navn"] = "Skriv navnet, eller hvad barnet kalder personen."
    if part.ring not in RINGS:
        wrong["ring"] = "Vælg, hvor tæt personen er på barnet."
    lengths = (
        ("kaldes", part.called, LONGEST_CALLED),
        ("samvaer", part.samvaer, LONGEST_SAMVAER),
        ("med", part.steps_in_with, LONGEST_WITH),
        ("hvorfor", part.end_reason, LONGEST_WITH),
    )
    for name, text, longest in lengths:
        if len(text) > longest:
            wrong[name] = f"Skriv det kortere: højst {longest} tegn."
    if part.steps_in is Hjaelp.JA and not part.steps_in_with.strip():
        wrong["med"] = "Skriv, hvad personen kan hjælpe med, så den næste ved det."
    if part.steps_in_on is not None and part.steps_in_on > today:
        wrong["dag"] = "Dagen er ikke kommet endnu. Skriv, hvornår I talte om det."
    return wrong


class Faelles(StrEnum):
    """Which parents two siblings share."""

    BEGGE = "begge"
    EN = "en"
    UKENDT = "ukendt"


def shared(mine: Iterable[UUID], theirs: Iterable[UUID]) -> tuple[Faelles, frozenset[UUID]]:
    """Return which parents two siblings share, and whether that makes them full or half siblings.

    :param mine: the child's parents as the address book has them; `theirs` the sibling's.
    """
    ours, others = frozenset(mine), frozenset(theirs)
    both = ours & others
    if len(both) > 1:
        return Faelles.BEGGE, both
    if both:
        # One of two that differ; where one is not known of either, it cannot be told.
        sure = len(ours) > 1 and len(others) > 1
        return (Faelles.EN if sure else Faelles.UKENDT), both
    return Faelles.UKENDT, both
