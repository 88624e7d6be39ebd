"""A method: its sides, its dimensions, the fields of a dimension, and guidance by the child's age.

A method is a way of looking at a child, not the law: § 22 asks for the whole of the child, its
family and network, and names no boxes. So a municipality may use another one.

Source: the dimensions of ICS are named as the authorities name them. Guidance is in our own words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from dubu_plugin.domain.aldersbaand import AgeBand, band_at, band_on


class MethodKind(StrEnum):
    """What a method is for. One of each kind is in force on a day. The value is stored."""

    BOERNEFAGLIG = "boernefaglig"
    """Screening, afdækning and børnefaglig undersøgelse."""
    LOVOMRAADER = "lovomraader"
    """The areas an older law named, for reading old cases by."""
    HANDICAP = "handicap"
    """The udredning of a child with a disability."""


class Figure(StrEnum):
    """How a method is drawn. Beside the figure there is always a list that says the same."""

    TREKANT = "trekant"
    AEG = "aeg"
    """Nested ellipses, the first side innermost."""
    LISTE = "liste"


class FieldRole(StrEnum):
    """What a field means to the product, whatever the municipality calls it. Stored."""

    BESKRIVELSE = "beskrivelse"
    RESSOURCER = "ressourcer"
    UDFORDRINGER = "udfordringer"
    BARNETS_SYN = "barnets_syn"
    FORAELDRENES_SYN = "foraeldrenes_syn"
    FAGLIG_VURDERING = "faglig_vurdering"
    UDAEKKET_BEHOV = "udaekket_behov"
    """Becomes a need in the plan."""
    IKKE_RELEVANT = "ikke_relevant"
    """A reason here takes the place of everything else in the dimension."""
    FUNKTIONSNIVEAU = "funktionsniveau"
    MAALGRUPPE = "maalgruppe"
    KOMPENSATIONSBEHOV = "kompensationsbehov"
    ANDET = "andet"


class FieldKind(StrEnum):
    """What may be written in a field."""

    TEKST = "tekst"
    VALG = "valg"
    FLERE = "flere"
    """Any number of the choices."""
    TAL = "tal"


class Scope(StrEnum):
    """Where a field stands."""

    DIMENSION = "dimension"
    SAMLET = "samlet"
    """Once in the whole assessment."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a field offers."""

    value: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something that is written, in each dimension or once."""

    code: str
    title: str
    help: str = ""
    role: FieldRole
    kind: FieldKind = FieldKind.TEKST
    scope: Scope = Scope.DIMENSION
    sides: frozenset[str] = frozenset()
    """The sides whose dimensions have it; empty for all of them."""
    choices: Sequence[Choice] = ()
    unit: str = ""
    """What a number counts, for example ``timer om ugen``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A side of the triangle, or an ellipse."""

    code: str
    title: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One part of a child's life that is looked at."""

    code: str
    number: int
    side: str
    title: str
    about: str
    """What it covers, in a sentence."""
    shown_in: Mapping[str, Sequence[str]]
    """By code of another method: its dimensions this one's text belongs under."""
    from_birth: bool = False
    """It is about a child that is born: before, it can be left empty."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """Questions to think of in a dimension, for one age. No interview guide, and no checklist."""

    questions: Sequence[str] = ()
    """Built on what the method's own material asks about at that age."""
    ours: Sequence[str] = ()
    """Those we have added where the material we have seen asks nothing."""

    @property
    def all(self) -> Sequence[str]:
        """Every question, the material's first."""
        return (*self.questions, *self.ours)


@dataclass(frozen=True, kw_only=True)
class Method:
    """One version of one method."""

    code: str
    version: str
    kind: MethodKind
    title: str
    about: str
    source: str
    """Where its parts were read."""
    confidence: str
    """``sikker``, or what is not sure."""
    figure: Figure
    valid_from: date
    """The first day a new assessment begins with it."""
    valid_to: date | None
    """The last such day; None until something else comes."""
    guidance_from: str = ""
    """The method whose guidance is shown, by way of `Dimension.shown_in`, where there is no own."""
    sides: Sequence[Side]
    dimensions: Sequence[Dimension]
    fields: Sequence[Field]
    own_guidance: Mapping[tuple[str, AgeBand], Guidance]
    may_be_empty: frozenset[str] = frozenset()
    """The dimensions that lack nothing while nothing is written in them."""

    @cached_property
    def by_code(self) -> Mapping[str, Dimension]:
        """The dimensions by their codes."""
        return {dimension.code: dimension for dimension in self.dimensions}

    @cached_property
    def before_birth(self) -> "Method":
        """The method while the child is not born: nobody asks an unborn child what it thinks."""
        return replace(
            self,
            fields=[one for one in self.fields if one.role is not FieldRole.BARNETS_SYN],
            may_be_empty=frozenset(one.code for one in self.dimensions if one.from_birth),
        )

    def on_side(self, side: str) -> Sequence[Dimension]:
        """Return the dimensions of a side, in their order."""
        return [dimension for dimension in self.dimensions if dimension.side == side]

    def fields_of(self, dimension: str) -> Sequence[Field]:
        """Return what is written in a dimension, in its order.

        :raises KeyError: there is no such dimension.
        """
        side = self.by_code[dimension].side
        return [
            field
            for field in self.fields
            if field.scope is Scope.DIMENSION and (not field.sides or side in field.sides)
        ]

    @property
    def whole_fields(self) -> Sequence[Field]:
        """What is written once in the whole assessment."""
        return [field for field in self.fields if field.scope is Scope.SAMLET]

    def field(self, role: FieldRole) -> Field | None:
        """Return the first field with this meaning, or None where the method has none."""
        return next((field for field in self.fields if field.role is role), None)

    def band(self, birth: date, day: date, *, unborn: bool = False) -> AgeBand:
        """Return the band whose guidance fits a child on a Danish day. See `band_on`."""
        return band_on(birth, day, unborn=unborn)

    def band_at(self, birth: date, now: datetime, *, unborn: bool = False) -> AgeBand:
        """Return the band whose guidance fits a child at an aware moment. See `band_on`."""
        return band_at(birth, now, unborn=unborn)

    def guidance(self, dimension: str, band: AgeBand) -> Guidance:
        """Return the method's own guidance for a dimension and an age.

        A method that lends another's has none of its own: `MethodBook.guidance` follows the loan.

        :raises KeyError: there is no such dimension, or it has none of its own.
        """
        return self.own_guidance[dimension, band]
