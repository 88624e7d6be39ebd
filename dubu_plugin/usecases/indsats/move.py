"""Move a placed child by a decision, on the statement of the place it leaves (§ 98)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import ReasonKind, Skift
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.indsats import indsatser, moved_by_fallen
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats import stays
from dubu_plugin.usecases.indsats.elsewhere import seen_here, told_of
from dubu_plugin.usecases.indsats.on_indsats import (
    IndsatsNotClear,
    IndsatsNotThere,
    OnIndsats,
    day_between,
    insist_running,
    on_indsats,
    words_of,
)
from dubu_plugin.usecases.indsats.rests import given_until
from dubu_plugin.usecases.indsats.wanted import LONGEST_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where a child moves, and what was said before."""

    seen: int
    """The version that was on the screen."""
    on: date | None
    place: str
    """The code of the new place."""
    place_name: str = field(default="", repr=False)
    place_hidden: bool = False
    reason: str
    statement_on: date | None
    """The Danish day the statement of the place came."""
    statement: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    """The decision on it, where it does not stand on the case."""


def move(
    sag: UUID, indsats: UUID, moved: Moved, *, product: Deciding, asker: Asker, now: datetime
) -> None:
    """Have a placed child live somewhere else from a day that has come.

    :raises IndsatsNotClear: something is left out or cannot be, or a gate does not open.
    :raises IndsatsChanged: another was first.
    :raises IndsatsNotThere: the child is not placed by it now.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such indsats.
    """
    with on_indsats(sag, indsats, product=product, asker=asker, now=now) as here:
        insist_running(here)
        if not here.row.is_placement:
            raise IndsatsNotThere
        wrong, title, statement, words = _looked_at(here, moved)
        if wrong or moved.on is None or moved.statement_on is None:
            raise IndsatsNotClear(wrong)
        before = here.change(
            moved.seen, place=moved.place, place_name=moved.place_name or None,
            place_hidden=moved.place_hidden,
        )  # fmt: skip
        came = danish.long_date(moved.statement_on)
        said = "\n".join(line for line in (f"Stedets udtalelse {came}: {statement}", words) if line)
        about = here.keep(Skift.FLYTNING, moved.on, before, reason=moved.reason, words=said)
        here.happened(H.ANBRINGELSESSTED_SKIFTET, moved.on, grund_kode=moved.reason)
        stays.moves_from(here, here.indsats.place, moved.on)
        stays.begins(here, moved.place, moved.on)
        where = product.indsatser.place(moved.place, moved.on)
        name = "" if moved.place_hidden else moved.place_name
        here.tell(
            about, "Barnet er flyttet", f"Fra {danish.long_date(moved.on)}. {title}.",
            f"{where.title if where else ''}{f': {name}' if name else ''}.",
            f"Stedet, barnet flyttede fra, gav sin udtalelse {came} (§ 98, stk. 2).",
        )  # fmt: skip


def _looked_at(here: OnIndsats, moved: Moved) -> tuple[dict[str, str], str, str, str]:
    """Return what is wrong, what the reason is called, the statement, and the words."""
    wrong: dict[str, str] = {}
    day_between("dag", moved.on, here.indsats.starts_on, here.today, wrong)
    title = here.reason(ReasonKind.FLYTNING, moved.reason, wrong)
    place = here.product.indsatser.place(moved.place, here.today)
    if place is None or not place.on or moved.place not in here.row.places:
        wrong["sted"] = "Vælg et sted, loven tillader til den indsats."
    elif (moved.place, moved.place_name or None) == (here.indsats.place, here.indsats.place_name):
        wrong["sted"] = "Det er stedet, barnet bor på nu. Vælg det, barnet flytter til."
    if len(moved.place_name) > LONGEST_NAME:
        wrong["sted_navn"] = "Navnet er for langt. Skriv det kortere."
    statement = words_of(moved.statement, wrong, "udtalelse")
    words = words_of(moved.words, wrong)
    told = told_of(moved.elsewhere, wrong)
    day = moved.on or here.today
    standing = afgoerelser.in_force(here.work.connection, here.sag.id)
    elsewhere = seen_here(here, moved.elsewhere)
    today = [one for one in standing if one.ends_on is None or here.today <= one.ends_on]
    for no in (
        here.held_back(Skift.FLYTNING),
        gates.paragraf_98(day, moved.statement_on, statement),
        gates.paragraf_98_decided(
            day, _goes_back(here, moved) or _is_decided(here, standing, day), elsewhere
        ),
        gates.paragraf_105(moved.place_hidden, [one.matter for one in today]),
    ):
        if no is not None:
            wrong.setdefault(no.field, no.sentence)
    return wrong, title, statement, "\n".join(line for line in (told, words) if line)


def _goes_back(here: OnIndsats, moved: Moved) -> bool:
    """Tell whether the child goes back to where it lived before it was moved by what fell."""
    back = moved_by_fallen.left(here.work.connection, here.indsats)
    return back is not None and back.is_same(moved.place, moved.place_name)


def _is_decided(here: OnIndsats, standing: Sequence[Afgoerelse], day: date) -> bool:
    """Tell whether a decision on the place stands that no move has used yet.

    The choice of the first place (§ 52) is used by the beginning of the placement.
    """
    begun = here.indsats.starts_on
    past = indsatser.history(here.work.connection, [here.indsats.id])[here.indsats.id]
    last = max((one.at for one in past if one.kind is Skift.FLYTNING), default=None)
    for one in standing:
        decided, made = one.decided_on, one.made_at
        if decided is None or made is None or decided > day:
            continue
        if last is not None and made <= last:
            continue
        until = given_until(here.product, one)
        if until is not None and until < day:
            continue
        if one.matter in gates.MOVES and decided >= begun:
            return True
        if one.matter in gates.PLACES and decided > begun:
            return True
    return False
