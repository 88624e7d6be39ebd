"""The files of ``templates/dubu_templates/skrifter``, read strictly: what is asked in each kind of
skrift is rows, so that a new section is a row. See `dubu_plugin.frister.rowfile`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import Field as Ruled
from pydantic import model_validator

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.frister.rowfile import Code, Placed, Title, rows, written
from dubu_plugin.metode.method import Choice, FieldRole, Method, MethodKind
from dubu_plugin.metode.methodfile import About, ChoiceRow, MethodError, StrictRow
from dubu_plugin.metode.skriftform import Afsnit, AfsnitKind, Part, SkriftForm, Suggests, Unborn


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
    page: Annotated[str, Ruled(max_length=120)] = ""
    title_unborn: Annotated[str, Ruled(max_length=120)] = ""
    after_dimensions: bool = False
    whole_fields: bool = False


class UnbornRow(StrictRow):
    """How a section reads while the child is not born. The names are those of `Unborn`."""

    asked: bool = True
    title: Annotated[str, Ruled(max_length=120)] = ""
    help: Annotated[str, Ruled(max_length=300)] = ""
    law: Annotated[str, Ruled(max_length=120)] = ""
    choices: tuple[ChoiceRow, ...] = ()


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
    at_start: bool = False
    within_months: Annotated[int, Ruled(ge=0, le=24)] = 0
    required_when: Annotated[
        str, written(r"([a-z_]+=[a-z_]+)?", "skal være et afsnit, = og en værdi")
    ] = ""
    shared: bool = False
    beside: bool = False
    suggests: Suggests | None = None
    suggests_side: Annotated[int, Ruled(ge=0, le=9)] = 0
    unborn: UnbornRow = UnbornRow()

    @model_validator(mode="after")
    def _whole(self) -> "AfsnitRow":
        if self.within_months and self.kind is not AfsnitKind.DATO:
            raise ValueError("within_months kræver kind = dato")
        if (self.suggests in {Suggests.RESSOURCER, Suggests.UDFORDRINGER}) != (
            self.suggests_side > 0
        ):
            raise ValueError("suggests_side skal stå ved ressourcer og udfordringer, og kun der")
        chosen = self.kind in {AfsnitKind.VALG, AfsnitKind.FLERE}
        if chosen != (len(self.choices) > 1):
            raise ValueError("choices skal stå ved valg og flere, med mindst to, og kun der")
        values = {one.value for one in self.choices}
        if not {one.value for one in self.unborn.choices} <= values:
            raise ValueError("unborn.choices skal være nogle af de samme værdier som choices")
        return self


TABLES: Final[Mapping[str, type[StrictRow]]] = {
    "skrift": SkriftRow,
    "del": PartRow,
    "afsnit": AfsnitRow,
}


@dataclass(frozen=True, eq=False)
class SkriftForms:
    """What is asked in every kind of skrift."""

    forms: Mapping[SkriftKind, SkriftForm]
    _made: dict[tuple[SkriftKind, str, str, bool], SkriftForm] = field(
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

    def on_case(self, kind: SkriftKind, method: Method | None, *, unborn: bool) -> SkriftForm:
        """Return what is asked of one child: also what a method asks once in the whole, and of a
        child that is not born what is asked of the kommende forældre.

        :raises KeyError: no file says so.
        """
        form = self.forms[kind]
        if method is None or not any(one.whole_fields for one in form.parts):
            method = None
        if method is None and not unborn:
            return form
        key = kind, method.code if method else "", method.version if method else "", unborn
        if key not in self._made:
            whole = form.by_method(method) if method else form
            self._made[key] = whole.before_birth() if unborn else whole
        return self._made[key]


def _choices(given: Sequence[ChoiceRow]) -> Sequence[Choice]:
    return tuple(Choice(one.value, one.title) for one in given)


def _unborn(row: UnbornRow) -> Unborn:
    given = {name: getattr(row, name) for name in UnbornRow.model_fields}
    return Unborn(**{**given, "choices": _choices(row.choices)})


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
            one.row.page,
            one.row.title_unborn,
        )
        for one in found
        if isinstance(one.row, PartRow)
    ]
    _insist(found, {part.code for part in parts})
    afsnit = [
        Afsnit(
            **{
                **{name: getattr(one.row, name) for name in AfsnitRow.model_fields},
                "choices": _choices(one.row.choices),
                "unborn": _unborn(one.row.unborn),
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
