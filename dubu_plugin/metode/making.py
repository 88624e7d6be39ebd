"""A method put together from the rows of its file, and checked against itself."""

from dubu_plugin.domain.aldersbaand import AgeBand
from dubu_plugin.frister.rowfile import Place
from dubu_plugin.metode.method import Choice, Dimension, Field, Guidance, Method, Scope, Side
from dubu_plugin.metode.methodfile import (
    DimensionRow,
    FieldRow,
    GuidanceRow,
    MethodError,
    MethodFile,
    SideRow,
    insist_on_one,
)


def made(file: MethodFile) -> Method:
    """Return the method of a file.

    :raises MethodError: what its rows say does not fit together.
    """
    row = file.method
    sides = [Side(code=one.code, title=one.title, about=one.about) for one, _ in _sides(file)]
    dimensions = _dimensions(file, {side.code for side in sides})
    fields = _fields(file, {side.code for side in sides})
    return Method(
        code=row.code,
        version=row.version,
        kind=row.kind,
        title=row.title,
        about=row.about,
        source=row.source,
        confidence=row.confidence,
        figure=row.figure,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        guidance_from=row.guidance_from,
        sides=tuple(sides),
        dimensions=tuple(dimensions),
        fields=tuple(fields),
        own_guidance=_guidance(file),
    )


def _no(place: Place, reason: str) -> MethodError:
    return MethodError(place.file, place.line, reason)


def _sides(file: MethodFile) -> list[tuple[SideRow, Place]]:
    sides = list(file.each(SideRow))
    insist_on_one(((row.code, place) for row, place in sides), "siden")
    if not sides:
        raise _no(file.place, "metoden har ingen [[side]]")
    used = {row.side for row, _ in file.each(DimensionRow)}
    for row, place in sides:
        if row.code not in used:
            raise _no(place, f"siden {row.code} har ingen dimension")
    return sides


def _dimensions(file: MethodFile, sides: set[str]) -> list[Dimension]:
    found = list(file.each(DimensionRow))
    insist_on_one(((row.code, place) for row, place in found), "dimensionen")
    insist_on_one(((str(row.number), place) for row, place in found), "nummeret")
    for row, place in found:
        if row.side not in sides:
            raise _no(place, f"dimensionen {row.code} hører til siden {row.side}, som ikke findes")
    return [
        Dimension(
            code=row.code,
            number=row.number,
            side=row.side,
            title=row.title,
            about=row.about,
            shown_in=dict(row.shown_in),
            from_birth=row.from_birth,
        )
        for row, _ in sorted(found, key=lambda one: one[0].number)
    ]


def _fields(file: MethodFile, sides: set[str]) -> list[Field]:
    found = list(file.each(FieldRow))
    insist_on_one(((row.code, place) for row, place in found), "feltet")
    if not any(row.scope is Scope.DIMENSION for row, _ in found):
        raise _no(file.place, "metoden har ingen [[felt]] til dimensionerne")
    for row, place in found:
        if unknown := set(row.sides) - sides:
            names = ", ".join(sorted(unknown))
            raise _no(place, f"feltet {row.code} hører til {names}, som ikke er en side")
    return [
        Field(
            code=row.code,
            title=row.title,
            help=row.help,
            role=row.role,
            kind=row.kind,
            scope=row.scope,
            sides=frozenset(row.sides),
            choices=tuple(Choice(one.value, one.title) for one in row.choices),
            unit=row.unit,
        )
        for row, _ in found
    ]


def _guidance(file: MethodFile) -> dict[tuple[str, AgeBand], Guidance]:
    """Return the questions by dimension and band; every one, or none where they are lent."""
    codes = {row.code: place for row, place in file.each(DimensionRow)}
    found: dict[tuple[str, AgeBand], Guidance] = {}
    for row, place in file.each(GuidanceRow):
        if row.dimension not in codes:
            raise _no(place, f"vejledningen er til {row.dimension}, som ikke er en dimension")
        for band in row.bands:
            if (row.dimension, band) in found:
                raise _no(place, f"{row.dimension} har allerede vejledning for {band.label}")
            found[row.dimension, band] = Guidance(row.questions, row.ours)
    lent = file.method.guidance_from
    if lent and found:
        raise _no(file.place, "metoden låner vejledning med guidance_from og har også sin egen")
    for code, place in () if lent else codes.items():
        for band in AgeBand:
            if (code, band) not in found:
                raise _no(place, f"{code} mangler vejledning for {band.label}")
    return found
