"""The questions to think of beside a dimension, for the age the child has today."""

from collections.abc import Sequence
from dataclasses import dataclass

from dubu_plugin.domain import danish
from dubu_plugin.web.door import Visit
from dubu_plugin.web.skrift.opened import Opened


@dataclass(frozen=True, slots=True)
class Guide:
    """Guidance for one age."""

    band: str
    questions: Sequence[str]


def guidance(visit: Visit, opened: Opened, dimension: str) -> Guide | None:
    """Return the guidance, or None where neither birth nor due date is known."""
    unborn = opened.head.born is None
    birth = opened.head.termin if unborn else opened.head.born
    if birth is None or opened.method is None:
        return None
    band = opened.method.band_at(birth, visit.now, unborn=unborn)
    found = visit.product.methods.book.guidance(opened.method, dimension, band)
    return Guide(danish.unbroken(band.label.replace("-", "–")), found.all)
