"""The versions of a skrift, and what is different between any two of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.maal import AENDRING
from dubu_plugin.domain.maal import FIELDS as MAAL_FIELDS
from dubu_plugin.domain.skrift import FORHOLD, WHOLE
from dubu_plugin.metode.method import FieldRole
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.skrifter import Version
from dubu_plugin.store.skrift.tekster import At, Text
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.skrift.diff import Piece, differences
from dubu_plugin.web.skrift.opened import ONE, Opened, opened
from dubu_plugin.web.skrift.screen import page

router = APIRouter()

URL: Final = ONE + "/alle-versioner"
_MAAL: Final = "maal:"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]


@dataclass(frozen=True, slots=True)
class Change:
    """A field that says something else in the newer version."""

    place: str
    title: str
    by: str
    pieces: Sequence[Piece]


@router.get(URL)
def show(visit: Reader, skrift: str, fra: int = 0, til: int = 0) -> Response:
    """Show two versions against each other; the last two where none are chosen."""
    here = opened(visit, skrift)
    newest = here.skrift.version
    newer = til if 1 <= til <= newest else newest
    older = fra if 1 <= fra <= newest else max(1, newer - 1)
    older, newer = min(older, newer), max(older, newer)
    with visit.reading() as connection:
        changed = tekster.changed_in(connection, here.skrift.id, older, newer)
    values = {
        "older": older,
        "newer": newer,
        "numbers": _numbers(visit, here),
        "changes": list(_changes(visit, here, changed)),
        "deadline": None,
    }
    return page(visit, "skrift/versioner.html", here, values, title="Versioner")


def _numbers(visit: Visit, here: Opened) -> Sequence[tuple[int, str]]:
    return [(one.number, _called(visit, one)) for one in here.versions]


def _called(visit: Visit, one: Version) -> str:
    at = danish.list_moment(one.approved_at or one.begun_at, visit.now)
    return danish.unbroken(f"Version {one.number}, {at}")


def _changes(
    visit: Visit, here: Opened, changed: Mapping[At, tuple[Text | None, Text]]
) -> Iterator[Change]:
    """Yield what has changed in the order of the skrift, what no field asks for any more last."""
    order = list(titles(here))
    rank = {at: number for number, (at, _, _) in enumerate(order)}
    names = {at: (place, title) for at, place, title in order}
    for at in sorted(changed, key=lambda at: (rank.get(at, len(rank)), at)):
        before, after = changed[at]
        place, title = names.get(at, ("Andet", at[1].replace("_", " ").capitalize()))
        if at[0].startswith("behov:"):
            place, title = _of_need(here, at[0]), "Udækket behov"
        who = here.names.get(after.written_by, "")
        when = danish.list_moment(after.written_at, visit.now)
        old, new = (before.text if before else ""), after.text
        if at == (WHOLE, FORHOLD):
            old, new = _matters(here, old), _matters(here, new)
        by = danish.unbroken(f"{who}, {when}" if who else when)
        yield Change(place, title, by, differences(old, new))


def titles(here: Opened) -> Iterator[tuple[At, str, str]]:
    """Yield every field in the order of the skrift: where it stands, and what it is called."""
    yield (WHOLE, FORHOLD), here.form.title, "Forhold, der ses på"
    for after in (False, True):
        for part in here.form.parts:
            if part.after_dimensions is after:
                for one in here.form.in_part(part.code):
                    yield (WHOLE, one.code), part.title, one.title
        if not after:
            yield from _goals(here)
        if not after and here.method is not None:
            for dimension in here.method.dimensions:
                name = f"{dimension.number} {dimension.title}"
                for asked in here.method.fields_of(dimension.code):
                    if asked.role is not FieldRole.UDAEKKET_BEHOV:
                        yield (dimension.code, asked.code), name, asked.title


def _goals(here: Opened) -> Iterator[tuple[At, str, str]]:
    """Yield every field of the goals, each goal under its own words."""
    goals = [at[0] for at in here.said if at[1] == AENDRING and at[0].startswith(_MAAL)]
    for place in sorted(goals, key=lambda at: (here.said[at, AENDRING].text, at)):
        name = here.said[place, AENDRING].text or "Et mål, der er taget ud"
        for code, title in MAAL_FIELDS.items():
            yield (place, code), name, title


def _of_need(here: Opened, place: str) -> str:
    dimension = next((one.dimension for one in here.needs if one.place == place), None)
    return here.place_title(dimension) if dimension and here.method else "Udækket behov"


def _matters(here: Opened, codes: str) -> str:
    known = here.method.by_code if here.method else {}
    return ", ".join(known[code].title for code in codes.split(",") if code in known)
