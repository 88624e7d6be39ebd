"""What is written on a case, a line each, where it stands beside other things."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dubu_plugin.domain import danish
from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.metode.skriftform import SkriftForms
from dubu_plugin.store.skrifter import Skrift
from dubu_plugin.web.skrift_words import FINISHED, STATES


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is written on the case, as it is listed."""

    title: str
    url: str
    detail: str
    mark: tuple[str, str, str]


def lines(found: Sequence[Skrift], forms: SkriftForms, now: datetime) -> Sequence[Line]:
    """Return a line for each skrift that has a form."""
    return [_line(one, forms, now) for one in found if one.kind in forms.forms]


def _line(one: Skrift, forms: SkriftForms, now: datetime) -> Line:
    form = forms.of(one.kind)
    version = f" · version {one.version}" if one.version > 1 else ""
    detail = f"{form.law} · begyndt {danish.list_moment(one.begun_at, now)}{version}"
    stands = one.state is SkriftState.GODKENDT and not form.leader
    return Line(
        form.title,
        f"/dubu/sag/{one.sag}/skrift/{one.id}",
        danish.unbroken(detail),
        FINISHED if stands else STATES[one.state],
    )
