"""End an indsats with a reason (barnets lov § 99); a child goes home by a decision (§ 100)."""

from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.gates import placement_ends as ends
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.gates.placement_ends import NOWHERE
from dubu_plugin.domain.gates.taken_away import (
    ASKS,
    BY_ITSELF,
    HOW,
    INSTEAD,
    How,
    Taken,
    taken_away,
)
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState, ReasonKind, Skift
from dubu_plugin.store.afgoerelse import afgoerelser, notice
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.situation import LOST_PAY
from dubu_plugin.store.indsats.running import TAKEN_OVER, running
from dubu_plugin.store.indsats.taken_away import TAKEN_BY, taking
from dubu_plugin.store.sag import noted, sager
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats import stays
from dubu_plugin.usecases.indsats.elsewhere import tell_going_home
from dubu_plugin.usecases.indsats.lives_where import ends_so
from dubu_plugin.usecases.indsats.on_indsats import (
    IndsatsNotClear,
    OnIndsats,
    day_between,
    insist_running,
    on_indsats,
    words_of,
)
from dubu_plugin.usecases.indsats.rests import granted_to

EVENING: Final = timedelta(hours=23)
"""The last day of an indsats is a day of it."""


def end(
    sag: UUID,
    indsats: UUID,
    on: date | None,
    reason: str,
    words: str,
    *,
    seen: int,
    product: Deciding,
    asker: Asker,
    now: datetime,
    opfoelgning: UUID | None = None,
    elsewhere: Elsewhere = NOWHERE,
    how: How = How.AFGJORT,
) -> None:
    """End an indsats on a Danish day that has come, the last of it.

    :param reason: a code of the catalogue.
    :param opfoelgning: the follow-up of the case it was decided at.
    :param elsewhere: the decision that a child goes home, or what another authority decided,
        where it does not stand on the case.
    :param how: how help ends that is taken from a family by a decision alone.
    :raises IndsatsNotClear: something is left out or cannot be, or a complaint keeps it back.
    :raises IndsatsChanged: another was first.
    :raises IndsatsNotThere: it is not given now.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such indsats.
    """
    with on_indsats(sag, indsats, product=product, asker=asker, now=now) as here:
        at = here.decided_at(opfoelgning)
        ended_in(here, on, reason, words, seen=seen, opfoelgning=at, elsewhere=elsewhere, how=how)


def ended_in(
    here: OnIndsats,
    on: date | None,
    reason: str,
    words: str,
    *,
    seen: int,
    opfoelgning: UUID | None = None,
    elsewhere: Elsewhere = NOWHERE,
    how: How = How.AFGJORT,
) -> None:
    """Do the same in a transaction that is open.

    :param opfoelgning: the follow-up it was decided at.
    :param elsewhere: see there, as `how`.
    """
    insist_running(here)
    wrong: dict[str, str] = {}
    day_between("dag", on, here.indsats.starts_on, here.today, wrong)
    title = here.reason(ReasonKind.OPHOER, reason, wrong)
    said = words_of(words, wrong)
    kept = here.held_back(Skift.OPHOER) if here.row.places else None
    if kept is not None:
        wrong[kept.field] = kept.sentence
    taken_by = _taken_by(here)
    taken_on = taken_by.decided_on if taken_by else None
    if on is not None and title:
        taken = Taken(
            on=on, reason=reason, how=how, words=said,
            granted_to=granted_to(here.work.connection, here.indsats)[1],
            decided_on=taken_on or _instead(here, reason), notice=_has_notice(here),
            told_on=_told_on(here, taken_by),
        )  # fmt: skip
        if no := taken_away(here.row, taken):
            wrong.setdefault(no.field, no.sentence)
    if on is not None and here.row.is_placement and ends.is_asked(here.row.group):
        told = ends_so(here, on, reason, said, elsewhere, wrong)
        said = "\n".join(line for line in (told, said) if line)
    if here.row.taken_by and how in ASKS:
        said = f"{HOW[how]}: {said}"
    if wrong or on is None:
        raise IndsatsNotClear(wrong)
    before = here.change(seen, state=IndsatsState.OPHOERT, ended_on=on)
    about = here.keep(Skift.OPHOER, on, before, reason=reason, words=said, opfoelgning=opfoelgning)
    stays.ends(here, on, EVENING)
    if here.row.is_placement:
        if reason == ends.HOME and not here.is_decided(gates.HOME, on):
            tell_going_home(here, elsewhere)
        # What is counted for a placed child goes on where the next placement takes over.
        next_one = reason == ends.OTHER and ends.is_asked(here.row.group)
        over: dict[str, Any] = {TAKEN_OVER: True} if next_one else {}
        here.happened(H.ANBRINGELSE_OPHOERT, on, at=EVENING, grund_kode=reason, **over)
        if reason == ends.HOME:
            here.happened(H.BARN_HJEMGIVET, on, at=EVENING)
    else:
        here.happened(
            H.INDSATS_OPHOERT, on, at=EVENING, grund_kode=reason,
            **_said_taken(here, taken_by, on, reason, how),
        )  # fmt: skip
        if here.row.code == LOST_PAY and taken_on is None:
            # What was not told ahead is paid on for a while (bekendtgørelse 1064 of 2025, § 17).
            _run_off(here, on)
    if taken_by is not None and _has_notice(here):
        here.happened(H.FRATAGELSE_IVAERKSAT, on, at=EVENING, afgoerelse=str(taken_by.id))
    runs = bool(running(here.work.connection, here.sag.id))
    if runs is not here.sag.has_indsats:
        sager.change(here.work.connection, here.sag.id, has_indsats=runs)
    here.tell(about, "Indsats afsluttet", f"Sidste dag {danish.long_date(on)}. {title}.", said)


def _taken_by(here: OnIndsats) -> Afgoerelse | None:
    """Return the newest decision, made since it began, that it is taken away."""
    taken = taking(here.work.connection, here.indsats, here.row.taken_by)
    return max(taken, key=lambda one: one.decided_on or here.indsats.starts_on, default=None)


def _said_taken(
    here: OnIndsats, taken_by: Afgoerelse | None, on: date, reason: str, how: How
) -> dict[str, Any]:
    """Return what says which decision took it; nothing where the family gave it up, or it has come
    to its end."""
    last = granted_to(here.work.connection, here.indsats)[1]
    its_end = last is not None and on >= last
    if taken_by is None or its_end or how is not How.AFGJORT or reason in BY_ITSELF:
        return {}
    return {TAKEN_BY: str(taken_by.id)}


def _told_on(here: OnIndsats, taken_by: Afgoerelse | None) -> date | None:
    """Return the Danish day the last party has the letter of that; None while one waits."""
    if taken_by is None:
        return None
    work = here.work
    return notice.received_on(work.connection, work.rules, here.sag.id, taken_by.id)


def _has_notice(here: OnIndsats) -> bool:
    """Tell whether the decision that takes it from the family has a notice (§ 11)."""
    matter = here.product.matters.get(here.row.taken_by, here.today)
    return matter is not None and bool(matter.notice)


def _instead(here: OnIndsats, reason: str) -> date | None:
    """Return the Danish day other help was decided in its place since it began, where that is why
    it ends; with a notice it is taken by its own decision alone."""
    if reason != INSTEAD or _has_notice(here):
        return None
    days = [
        one.decided_on
        for one in afgoerelser.in_force(here.work.connection, here.sag.id)
        if one.id != here.indsats.afgoerelse
        and one.decided_on is not None
        and here.indsats.starts_on <= one.decided_on
        and (matter := here.product.matters.get(one.matter, one.decided_on)) is not None
        and matter.indsatser
    ]
    return min(days, default=None)


def _run_off(here: OnIndsats, on: date) -> None:
    what = H.TABT_ARBEJDSFORTJENESTE_OPHOERT
    if not noted.days_of(here.work.connection, here.sag.id, what):
        here.happened(what, on, at=EVENING)
