"""Move a placed child to another place, on the statement of the place it leaves (§ 98)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import ReasonKind, Skift
from dubu_plugin.store import afgoerelser
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats.on_indsats import (
    IndsatsNotClear,
    IndsatsNotThere,
    OnIndsats,
    day_between,
    insist_running,
    on_indsats,
    words_of,
)
from dubu_plugin.usecases.indsats.start import LONGEST_NAME


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
    standing = afgoerelser.in_force(here.work.connection, here.sag.id, here.today)
    for no in (
        here.held_back(Skift.FLYTNING),
        gates.paragraf_98(moved.on or here.today, moved.statement_on, statement),
        gates.paragraf_105(moved.place_hidden, [one.matter for one in standing]),
    ):
        if no is not None:
            wrong.setdefault(no.field, no.sentence)
    return wrong, title, statement, words
