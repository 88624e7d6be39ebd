"""What is asked in a skrift besides a method's dimensions: its parts, and their sections.

The files of ``templates/dubu_templates/skrifter`` say it, so that a new section is a row. A text is
kept under its section's code: a section that is taken out of a file hides no text, because what is
written under a code nobody asks for any more is shown after the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import Field as Ruled
from pydantic import model_validator

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.frister.rowfile import Placed, rows
from dubu_plugin.metode.method import Choice, Field, FieldKind, FieldRole, Method, MethodKind
from dubu_plugin.metode.methodfile import About, ChoiceRow, Code, MethodError, StrictRow, Title


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


class SkriftRow(StrictRow):
    """A kind of skrift. The names are those of `SkriftForm`."""

    kind: SkriftKind
    title: Title
    law: Annotated[str, Ruled(min_length=1, max_length=120)]
    law_unborn: Annotated[str, Ruled(max_length=120)] = ""
    about: About
    method: MethodKind | None = None
    chosen_dimensions: bool = False
    leader: bool = False


class PartRow(StrictRow):
    """A part. The names are those of `Part`."""

    code: Code
    title: Title
    about: Annotated[str, Ruled(max_length=400)] = ""
    after_dimensions: bool = False
    whole_fields: bool = False


class AfsnitRow(StrictRow):
    """A section. The names are those of `Afsnit`."""

    code: Code
    part: str
    title: Title
    help: Annotated[str, Ruled(max_length=300)] = ""
    law: Annotated[str, Ruled(max_length=120)] = ""
    kind: AfsnitKind = AfsnitKind.TEKST
    role: FieldRole = FieldRole.ANDET
    choices: tuple[ChoiceRow, ...] = ()
    required: bool = False
    required_when: Annotated[str, Ruled(pattern=r"^([a-z_]+=[a-z_]+)?$")] = ""
    shared: bool = False
    beside: bool = False
    suggests: Suggests | None = None
    suggests_side: Annotated[int, Ruled(ge=0, le=9)] = 0

    @model_validator(mode="after")
    def _whole(self) -> "AfsnitRow":
        if (self.suggests in {Suggests.RESSOURCER, Suggests.UDFORDRINGER}) != (
            self.suggests_side > 0
        ):
            raise ValueError("suggests_side skal stå ved ressourcer og udfordringer, og kun der")
        chosen = self.kind in {AfsnitKind.VALG, AfsnitKind.FLERE}
        if chosen != (len(self.choices) > 1):
            raise ValueError("choices skal stå ved valg og flere, med mindst to, og kun der")
        return self


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
    required_when: str = ""
    """The same where another section has an answer, as ``aere=ja``."""
    shared: bool = False
    """It is of the family, so that it can be copied from a sibling's."""
    beside: bool = False
    """It stands beside the one before it."""
    suggests: Suggests | None = None
    suggests_side: int = 0
    """The number of the method's side whose dimensions are suggested from; 1 is the first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a skrift, shown on one page."""

    code: str
    title: str
    about: str
    after_dimensions: bool
    """It comes after the dimensions, where the skrift has some."""
    whole_fields: bool = False
    """The fields stand in it that the method asks once in the whole assessment."""


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

    def paragraph(self, *, unborn: bool) -> str:
        """Return the law it is written by."""
        return (unborn and self.law_unborn) or self.law

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
        required=one.role in MUST_HAVE,
    )  # fmt: skip


TABLES: Final[Mapping[str, type[StrictRow]]] = {
    "skrift": SkriftRow,
    "del": PartRow,
    "afsnit": AfsnitRow,
}


@dataclass(frozen=True, eq=False)
class SkriftForms:
    """What is asked in every kind of skrift."""

    forms: Mapping[SkriftKind, SkriftForm]
    _by_method: dict[tuple[SkriftKind, str, str], SkriftForm] = field(
        default_factory=dict, repr=False
    )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return what every ``*.toml`` in a folder says, one kind of skrift a file.

        :raises MethodError: a file cannot be read, or does not fit together.
        """
        forms: dict[SkriftKind, SkriftForm] = {}
        for file in sorted(folder.glob("*.toml")):
            form = _form(file, list(rows(file, TABLES, MethodError)))
            if form.kind in forms:
                raise MethodError(file, 1, f"der er to filer for {form.kind}")
            forms[form.kind] = form
        return cls(forms)

    def of(self, kind: SkriftKind) -> SkriftForm:
        """Return what is asked in a kind of skrift.

        :raises KeyError: no file says so.
        """
        return self.forms[kind]

    def by_method(self, kind: SkriftKind, method: Method | None) -> SkriftForm:
        """Return the same with what a method asks once in the whole.

        :raises KeyError: no file says so.
        """
        form = self.forms[kind]
        if method is None or not any(one.whole_fields for one in form.parts):
            return form
        key = kind, method.code, method.version
        if key not in self._by_method:
            self._by_method[key] = form.by_method(method)
        return self._by_method[key]


def _form(file: Path, found: Sequence[Placed]) -> SkriftForm:
    heads = [one for one in found if isinstance(one.row, SkriftRow)]
    if len(heads) != 1:
        raise MethodError(file, 1, "en fil har netop ét [[skrift]]")
    head = heads[0].row
    assert isinstance(head, SkriftRow)
    parts = [
        Part(
            one.row.code,
            one.row.title,
            one.row.about,
            one.row.after_dimensions,
            one.row.whole_fields,
        )
        for one in found
        if isinstance(one.row, PartRow)
    ]
    _insist(found, {part.code for part in parts})
    afsnit = [
        Afsnit(
            **{
                **{name: getattr(one.row, name) for name in AfsnitRow.model_fields},
                "choices": tuple(Choice(choice.value, choice.title) for choice in one.row.choices),
            }
        )
        for one in found
        if isinstance(one.row, AfsnitRow)
    ]
    return SkriftForm(
        kind=head.kind,
        title=head.title,
        law=head.law,
        law_unborn=head.law_unborn,
        about=head.about,
        method=head.method,
        chosen_dimensions=head.chosen_dimensions,
        leader=head.leader,
        parts=tuple(parts),
        afsnit=tuple(afsnit),
    )


def _insist(found: Sequence[Placed], parts: set[str]) -> None:
    """Refuse a section of a part there is not, an answer there is not, and a code twice."""
    seen: set[str] = set()
    answers = {
        f"{one.row.code}={choice.value}"
        for one in found
        if isinstance(one.row, AfsnitRow)
        for choice in one.row.choices
    }
    for one in found:
        if not isinstance(one.row, AfsnitRow):
            continue
        place = one.place
        if one.row.part not in parts:
            said = f"afsnittet {one.row.code} er i delen {one.row.part}, som ikke findes"
            raise MethodError(place.file, place.line, said)
        if one.row.required_when and one.row.required_when not in answers:
            said = f"{one.row.code} venter på {one.row.required_when}, som ingen kan svare"
            raise MethodError(place.file, place.line, said)
        if one.row.code in seen:
            raise MethodError(place.file, place.line, f"afsnittet {one.row.code} står to gange")
        seen.add(one.row.code)
