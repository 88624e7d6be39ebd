"""Put what is written in a step on the case as a document, when it stands: the whole of it.

It is internal: it says what the child and each parent has said, and is sent to nobody. Who may read
which parts of it is a matter of aktindsigt.
"""

from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.letter import Values
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.danish import danish_day, listed, long_date, unbroken
from dubu_plugin.domain.skrift import FORHOLD, WHOLE
from dubu_plugin.metode.method import FieldRole, Method
from dubu_plugin.metode.skriftform import SkriftForm
from dubu_plugin.settings import Municipality
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import behov, kilder
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.tables import personer
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.unit_names import employee_names
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.sender import sender
from dubu_plugin.usecases.dokument.vurdering_words import born_text

NEEDS: Final = "Udækket behov"
NO_SOURCES: Final = {"nummer": "Ingen", "titel": ""}


def order_skrift(
    work: Work,
    sag: Sag,
    skrift: Skrift,
    said: Texts,
    *,
    form: SkriftForm,
    method: Method | None,
    letters: LetterShelf,
    municipality: Municipality,
) -> UUID | None:
    """Have the document written and filed after the commit. Return the letter's id.

    :param said: what the version says.
    :returns: None where the municipality has no letter for this kind.
    """
    if skrift.kind not in {letter.code for letter in letters}:
        return None
    house = sender(work.connection, municipality, author=work.actor, unit=sag.unit)
    child = work.connection.execute(sa.select(personer).where(personer.c.id == skrift.person)).one()
    unborn = child.born is None and child.due_date is not None
    today = danish_day(work.now)
    values: Values = {
        **house.fields,
        "barn.navn": child.name,
        "barn.foedt": born_text(child.born, child.due_date, today),
        "skrift.lov": unbroken(form.paragraph(unborn=unborn)),
        "skrift.version": str(skrift.version),
        "skrift.skrevet_af": _writers(work, skrift, said),
        "skrift.godkendt": unbroken(f"{long_date(today)} af {house.name}"),
        "skrift.dele": list(_rows(work, skrift, said, form, method)),
        "skrift.kilder": list(_sources(work, skrift)) or [NO_SOURCES],
    }
    return order_letter(
        work,
        skrift.kind,
        letters=letters,
        sag=sag.id,
        underretning=None,
        values=values,
        author=work.actor,
    )


def _writers(work: Work, skrift: Skrift, said: Texts) -> str:
    """Return who has written in it, who begun it first; as far as the staff register knows."""
    keys = list(dict.fromkeys([skrift.begun_by, *sorted(t.written_by for t in said.values())]))
    names = employee_names(work.connection, keys)
    return listed([names[key] for key in keys if key in names])


def _rows(
    work: Work, skrift: Skrift, said: Texts, form: SkriftForm, method: Method | None
) -> Iterator[dict[str, str]]:
    """Yield every field that is written, in its order; a heading where a part begins."""
    before = ""
    for heading, title, text in _fields(work, skrift, said, form, method):
        if text:
            shown = "" if heading == before else heading
            before = heading
            yield {"overskrift": shown, "titel": title, "tekst": text}


def _fields(
    work: Work, skrift: Skrift, said: Texts, form: SkriftForm, method: Method | None
) -> Iterator[tuple[str, str, str]]:
    yield from _sections(said, form, after=False)
    if method is not None:
        needs = behov.of_skrift(work.connection, skrift.id, said)
        chosen = _words(said, WHOLE, FORHOLD).split(",")
        for dimension in method.dimensions:
            if form.chosen_dimensions and dimension.code not in chosen:
                continue
            heading = f"{dimension.number} {dimension.title}"
            for asked in method.fields_of(dimension.code):
                if asked.role is FieldRole.UDAEKKET_BEHOV:
                    mine = [f"– {one.text}" for one in needs if one.dimension == dimension.code]
                    yield heading, NEEDS, "\n".join(mine)
                    continue
                names = {one.value: one.title for one in asked.choices}
                text = _words(said, dimension.code, asked.code)
                yield heading, asked.title, _in_words(text, names)
    yield from _sections(said, form, after=True)


def _sections(said: Texts, form: SkriftForm, *, after: bool) -> Iterator[tuple[str, str, str]]:
    for part in form.parts:
        if part.after_dimensions is not after:
            continue
        for one in form.in_part(part.code):
            title = unbroken(f"{one.title} ({one.law})" if one.law else one.title)
            yield part.title, title, one.in_words(_words(said, WHOLE, one.code))


def _in_words(text: str, names: Mapping[str, str]) -> str:
    return ", ".join(names.get(code, code) for code in text.split(",")) if names else text


def _words(said: Texts, place: str, name: str) -> str:
    return said[place, name].text if (place, name) in said else ""


def _sources(work: Work, skrift: Skrift) -> Iterator[dict[str, str]]:
    for one in kilder.of_skrift(work.connection, skrift.id):
        told = f"{one.title}, {long_date(one.day_beside)}" if one.day_beside else one.title
        yield {"nummer": f"#{one.number}", "titel": unbroken(told)}
