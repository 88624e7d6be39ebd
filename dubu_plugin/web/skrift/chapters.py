"""A skrift as it is read from one end to the other: its chapters, and what stands in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from dubu_plugin.domain.skrift import FORHOLD, WHOLE
from dubu_plugin.metode.method import Choice
from dubu_plugin.store.skrift.tekster import At
from dubu_plugin.web.door import Visit
from dubu_plugin.web.skrift.opened import Opened
from dubu_plugin.web.skrift.screen import cited, source_lines
from dubu_plugin.web.skrift.versions_page import titles
from dubu_plugin.web.skrift.words import comes_from, stands_since


@dataclass(frozen=True, slots=True)
class Said:
    """A field and what it says."""

    title: str
    text: Markup = field(repr=False)
    note: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part or a dimension with everything it says."""

    title: str
    url: str
    said: Sequence[Said]
    needs: Sequence[str] = field(repr=False)
    dimension: str = ""
    """The code of the dimension it is; empty where it is none."""


def chapters(visit: Visit, here: Opened) -> Iterator[Chapter]:
    """Yield each part and dimension that says something, in the order of the skrift."""
    urls = {one.number: one.url for one in source_lines(visit, here)}
    by_place: dict[str, list[tuple[At, str]]] = {}
    for at, place, title in titles(here):
        if at != (WHOLE, FORHOLD):
            by_place.setdefault(place, []).append((at, title))
    for place, fields in by_place.items():
        code = fields[0][0][0]
        said = [one for at, title in fields for one in _said(here, at, title, urls)]
        needs = [one.text for one in here.needs_in(code)] if code else []
        if said or needs:
            yield Chapter(place, _url(here, fields[0][0]), said, needs, code)


def _said(here: Opened, at: At, title: str, urls: dict[int, str | None]) -> Iterator[Said]:
    text = here.said.get(at)
    if text is None or not text.text:
        return
    place, name = at
    words, choices = text.text, choices_of(here, at)
    if place == WHOLE and name in here.form.by_code:
        words = here.form.by_code[name].in_words(words)
    elif choices:
        names = {one.value: one.title for one in choices}
        words = ", ".join(names.get(code, code) for code in words.split(","))
    note = " · ".join(filter(None, (comes_from(here, text), stands_since(here, text))))
    yield Said(title, cited(words, urls), note)


def choices_of(here: Opened, at: At) -> Sequence[Choice]:
    """Return the values a field offers; none where it is a text."""
    place, name = at
    if place == WHOLE:
        return here.form.by_code[name].choices if name in here.form.by_code else ()
    if here.method is None or place not in here.method.by_code:
        return ()
    return next((one.choices for one in here.method.fields_of(place) if one.code == name), ())


def _url(here: Opened, at: At) -> str:
    place, name = at
    if place.startswith("maal:"):
        return here.url
    if place == WHOLE:
        return here.address_of(here.form.by_code[name].part)
    return f"{here.url}/{place}"
