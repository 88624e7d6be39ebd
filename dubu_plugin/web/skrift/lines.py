"""What is written on a case, a line each, where it stands beside other things."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.skrift import DRAFTS, OF_THEIR_OWN, SkriftKind, SkriftState
from dubu_plugin.domain.skriftgang import Stands
from dubu_plugin.metode.skriftformfile import SkriftForms
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.web.skrift.offered import BEGIN
from dubu_plugin.web.skrift.words import FINISHED, STATES


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is written on the case, as it is listed."""

    title: str
    url: str
    detail: str
    mark: tuple[str, str, str]


def lines(found: Sequence[Skrift], forms: SkriftForms, now: datetime) -> Sequence[Line]:
    """Return a line for each skrift that has a form."""
    return [_line(one, forms, now) for one in found if _is_here(one.kind, forms)]


def standing_lines(sag: UUID, found: Sequence[Stands], forms: SkriftForms) -> Sequence[Line]:
    """Return a line for each skrift as what happened leaves it, without what else is known."""
    return [
        Line(
            forms.of(one.kind).title,
            _going_on(sag, one),
            "",
            _mark(one.state, leader=forms.of(one.kind).leader),
        )
        for one in found
        if _is_here(one.kind, forms)
    ]


def _going_on(sag: UUID, one: Stands) -> str:
    """Return where one goes on: a draft leads to the first place that lacks something."""
    if one.state in DRAFTS and one.kind in BEGIN:
        return f"/dubu/sag/{sag}/skrift?skriv={one.kind}"
    return f"/dubu/sag/{sag}/skrift/{one.skrift}"


def _is_here(kind: SkriftKind, forms: SkriftForms) -> bool:
    """Tell whether it is listed here: a decision and a follow-up stand among their own."""
    return kind in forms.forms and kind not in OF_THEIR_OWN


def _mark(state: SkriftState, *, leader: bool) -> tuple[str, str, str]:
    return FINISHED if state is SkriftState.GODKENDT and not leader else STATES[state]


def _line(one: Skrift, forms: SkriftForms, now: datetime) -> Line:
    form = forms.of(one.kind)
    version = f" · version {one.version}" if one.version > 1 else ""
    detail = f"{form.law} · begyndt {danish.list_moment(one.begun_at, now)}{version}"
    return Line(
        form.title,
        f"/dubu/sag/{one.sag}/skrift/{one.id}",
        danish.unbroken(detail),
        _mark(one.state, leader=form.leader),
    )
