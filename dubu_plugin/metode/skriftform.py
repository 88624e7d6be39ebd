"""What is asked in a skrift besides a method's dimensions: its parts, and their sections.

A text is kept under its section's code: a section that is taken out of a file hides no text,
because what is written under a code nobody asks for any more is shown after the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from dubu_plugin.domain.danish import long_date, unbroken
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.metode.method import Choice, Field, FieldKind, FieldRole, Method, MethodKind


class AfsnitKind(StrEnum):
    """What is written in a section."""

    TEKST = "tekst"
    LINJE = "linje"
    """A text of one line."""
    VALG = "valg"
    FLERE = "flere"
    """Any number of the choices, joined by commas."""
    DATO = "dato"
    """An ISO date."""


class Suggests(StrEnum):
    """Where the suggestion beside an empty section is taken from."""

    KILDER = "kilder"
    """The list of sources."""
    RAADGIVERE = "raadgivere"
    """Who was with the child at the essential talks (§ 21, stk. 5)."""
    RESSOURCER = "ressourcer"
    UDFORDRINGER = "udfordringer"
    """What the dimensions of a side say under the field with that meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unborn:
    """How a section reads while the child is not born, and it is the kommende forældre that are
    looked at (§§ 24-27). What is empty is as it is for a child."""

    asked: bool = True
    """It is asked at all: nobody talks with an unborn child (§ 5)."""
    title: str = ""
    help: str = ""
    law: str = ""
    choices: Sequence[Choice] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Afsnit:
    """A section: one field that is written once in the skrift."""

    code: str
    part: str
    title: str
    help: str = ""
    law: str = ""
    kind: AfsnitKind = AfsnitKind.TEKST
    role: FieldRole = FieldRole.ANDET
    choices: Sequence[Choice] = ()
    required: bool = False
    """The skrift cannot be approved without it."""
    at_start: bool = False
    """It is asked when the skrift is begun, where nothing is carried over into it."""
    within_months: int = 0
    """The day in it lies ahead until the skrift stands, and at most so many months; 0 is any day.
    """
    required_when: str = ""
    """The same where another section has an answer, as ``aere=ja``."""
    shared: bool = False
    """It is of the family, so that it can be copied from a sibling's."""
    beside: bool = False
    """It stands beside the one before it."""
    unit: str = ""
    """What a number in it counts, as it is read after it."""
    suggests: Suggests | None = None
    suggests_side: int = 0
    """The number of the method's side whose dimensions are suggested from; 1 is the first."""
    unborn: Unborn = Unborn()

    @property
    def options(self) -> Sequence[tuple[str, str]]:
        """The choices as a form has them: the value and the title of each."""
        return [(one.value, one.title) for one in self.choices]

    def in_words(self, text: str) -> str:
        """Return what is written in it as people read it: choices by their titles, a day as it is
        said, and a number with its unit."""
        if self.choices:
            names = {one.value: one.title for one in self.choices}
            return ", ".join(names.get(code, code) for code in text.split(","))
        if self.kind is AfsnitKind.DATO and text:
            try:
                return unbroken(long_date(date.fromisoformat(text)))
            except ValueError:  # a draft may say what is no day yet
                return text
        if self.unit and text.isdecimal():
            return unbroken(f"{int(text):,} {self.unit}".replace(",", "."))
        return text

    def before_birth(self) -> "Afsnit":
        """Return it as it reads while the child is not born."""
        its = self.unborn
        return replace(
            self,
            title=its.title or self.title,
            help=its.help or self.help,
            law=its.law or self.law,
            choices=its.choices or self.choices,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a skrift: on a page of its own, or on one with others."""

    code: str
    title: str
    about: str
    after_dimensions: bool
    """It is read after the dimensions, where the skrift has some."""
    whole_fields: bool = False
    """The fields stand in it that the method asks once in the whole assessment."""
    page: str = ""
    """What the page is called that it shares with the other parts that say the same; empty where
    it has its own."""
    title_unborn: str = ""
    """What it is called while the child is not born; empty where it is the same."""


@dataclass(frozen=True)
class SkriftForm:
    """What is asked in one kind of skrift."""

    kind: SkriftKind
    title: str
    law: str
    law_unborn: str
    """The paragraph for kommende forældre; empty where it is the same."""
    about: str
    method: MethodKind | None
    """The kind of method whose dimensions it has; None where it has none."""
    chosen_dimensions: bool
    """Only the dimensions that are chosen are looked at: one or more matters (§ 19)."""
    leader: bool
    """A leader looks before it stands."""
    parts: Sequence[Part]
    afsnit: Sequence[Afsnit]

    @cached_property
    def by_code(self) -> Mapping[str, Afsnit]:
        """The sections by their codes."""
        return {one.code: one for one in self.afsnit}

    def in_part(self, part: str) -> Sequence[Afsnit]:
        """Return the sections of a part, in their order."""
        return [one for one in self.afsnit if one.part == part]

    def on_page(self, part: str) -> Sequence[Part]:
        """Return the parts that are written on the page of a part, in their order.

        :raises KeyError: there is no such part.
        """
        found = next((one for one in self.parts if one.code == part), None)
        if found is None:
            raise KeyError(part)
        return [one for one in self.parts if one.page == found.page] if found.page else [found]

    def pages(self, *, after_dimensions: bool) -> Sequence[str]:
        """Return the part that begins each page before or after the dimensions.

        A page with one part that is read after the dimensions is written after them.
        """
        leading = dict.fromkeys(self.on_page(one.code)[0].code for one in self.parts)
        return [
            code
            for code in leading
            if any(one.after_dimensions for one in self.on_page(code)) is after_dimensions
        ]

    def paragraph(self, *, unborn: bool) -> str:
        """Return the law it is written by."""
        return (unborn and self.law_unborn) or self.law

    def before_birth(self) -> "SkriftForm":
        """Return it as it is while the child is not born: what is asked of the kommende forældre.

        Once the child is born the rest is asked too; what is written stays where it stands.
        """
        return replace(
            self,
            parts=tuple(replace(one, title=one.title_unborn or one.title) for one in self.parts),
            afsnit=tuple(one.before_birth() for one in self.afsnit if one.unborn.asked),
        )

    def by_method(self, method: Method) -> "SkriftForm":
        """Return it with what a method asks once in the whole, where a part has room for that.

        A section of the form stands in place of a field of the same name.
        """
        part = next((one for one in self.parts if one.whole_fields), None)
        if part is None:
            return self
        asked = [_whole(one, part.code) for one in method.whole_fields]
        more = [one for one in asked if one.code not in self.by_code]
        return replace(self, afsnit=(*self.afsnit, *more))


MUST_HAVE: Final = frozenset({FieldRole.MAALGRUPPE, FieldRole.KOMPENSATIONSBEHOV})
"""What a method asks once that a skrift cannot be approved without."""
KINDS: Final = {FieldKind.VALG: AfsnitKind.VALG, FieldKind.FLERE: AfsnitKind.FLERE,
                FieldKind.TAL: AfsnitKind.LINJE}  # fmt: skip


def _whole(one: Field, part: str) -> Afsnit:
    unit = f"Skriv det i {one.unit}." if one.unit else ""
    return Afsnit(
        code=one.code, part=part, title=one.title, help=" ".join(filter(None, (one.help, unit))),
        kind=KINDS.get(one.kind, AfsnitKind.TEKST), role=one.role, choices=one.choices,
        required=one.role in MUST_HAVE, unit=one.unit,
    )  # fmt: skip
