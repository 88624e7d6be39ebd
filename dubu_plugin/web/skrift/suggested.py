"""What is suggested beside an empty section: gathered from what is written elsewhere in the skrift.

It is put in by whoever writes, never by itself: what protects and what is a risk is a judgement.
"""

from collections.abc import Iterator

from dubu_plugin.domain import danish
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.metode.method import FieldRole
from dubu_plugin.metode.skriftform import Afsnit, Suggests
from dubu_plugin.web.skrift.opened import Opened

ROLES = {
    Suggests.RESSOURCER: FieldRole.RESSOURCER,
    Suggests.UDFORDRINGER: FieldRole.UDFORDRINGER,
}


def suggestion(opened: Opened, section: Afsnit) -> str:
    """Return what can be put into a section; empty where it is written or there is nothing."""
    if section.suggests is None or opened.words.get((WHOLE, section.code)):
        return ""
    if section.suggests is Suggests.KILDER:
        return "\n".join(_sources(opened))
    if section.suggests is Suggests.RAADGIVERE:
        return "\n".join(opened.ask_advisers())
    return "\n".join(_said(opened, ROLES[section.suggests], section.suggests_side))


def _sources(opened: Opened) -> Iterator[str]:
    for one in opened.sources:
        day = f", {danish.long_date(one.day_beside)}" if one.day_beside else ""
        yield f"{one.title}{day} #{one.number}"


def _said(opened: Opened, role: FieldRole, side: int) -> Iterator[str]:
    """Yield what the dimensions of a side say, each with its name; nothing where there is none."""
    method = opened.method
    if method is None or side > len(method.sides):
        return
    for dimension in method.on_side(method.sides[side - 1].code):
        for one in method.fields_of(dimension.code):
            text = opened.words.get((dimension.code, one.code), "")
            if one.role is role and text:
                yield f"{dimension.title}: {text}"
