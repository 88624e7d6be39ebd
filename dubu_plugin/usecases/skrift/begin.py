"""Begin a skrift on a case: empty, or grown from an earlier one with everything that fits.

Where the case has one of the kind that is written in, that one is it: two people who begin at the
same time write in the same. What an undersøgelse grows from is written in no more: nothing is
written where nobody who reads the undersøgelse sees it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.maal import PLANS
from dubu_plugin.domain.skrift import EARLY, OF_THEIR_OWN, SkriftKind, SkriftState, place_of_behov
from dubu_plugin.errors import CaseworkError
from dubu_plugin.metode.skriftform import SkriftForm
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import behov, kilder, skrifter, tekster
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import At
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.inddragelse import cite
from dubu_plugin.usecases.plan.next_look import look_anew, meet_anew
from dubu_plugin.usecases.skrift.begun_with import decide, prefill
from dubu_plugin.usecases.skrift.carried_back import carry_on, pour
from dubu_plugin.usecases.skrift.on_skrift import Skriver, happened, on_sag

GROWS_FROM: Final = {
    SkriftKind.AFDAEKNING: (SkriftKind.SCREENING,),
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: (SkriftKind.AFDAEKNING, SkriftKind.SCREENING),
    SkriftKind.UNGEPLAN: (SkriftKind.BARNETS_PLAN,),
}
"""What each kind carries on from, the nearest first: nobody retypes what is written."""


WRITTEN_AGAIN: Final = EARLY | {SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE}
"""What begins with what stood in the one that was given up before: nobody types it again."""

LOOKED_INTO_BY: Final = {
    SkriftKind.AFDAEKNING: SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE,
}
"""What is looked into by another kind while that is written: a child is not both afdækket and
undersøgt (§§ 19 and 20)."""


class NoMethod(CaseworkError):
    """No method of the kind is in force today."""

    danish = (
        "Der er ingen metode at skrive efter i dag. Bed administratoren lægge en ind med "
        "»dubu metode install«."
    )


def begin(sag: UUID, kind: SkriftKind, *, product: Skriver, asker: Asker, now: datetime) -> Skrift:
    """Return the skrift of this kind that is written in on the case; begun, where there is none.

    :raises NoMethod, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such case.
    """
    if kind in OF_THEIR_OWN | PLANS:
        raise NotYours  # they are begun by acts of their own
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        return begun(work, ours, kind, product=product)


def begun(work: Work, sag: Sag, kind: SkriftKind, *, product: Skriver) -> Skrift:
    """Do the same in a transaction that is open."""
    everything = skrifter.of_sag(work.connection, sag.id)
    there = written_in(everything, kind)
    if there is not None:
        return there
    form = product.forms.of(kind)
    source = source_of(everything, kind)
    method = _method(work, form, source, product)
    new = skrifter.begin(
        work.connection,
        sag,
        kind,
        by=work.actor,
        now=work.now,
        method=method,
        grown_from=source.id if source else None,
    )
    if source is not None:
        _carry(work, source, new, form)
        meet_anew(work, new.id, new.version)
    left = left_unfinished(everything, kind)
    if left is not None:
        pour(work, left, new, form, over=False)
    prefill(work, new, form)
    cite.known(work, sag.id, new.id)
    decide(work, sag, new)
    happened(work, sag, Haendelse.SKRIFT_BEGYNDT, skrift=str(new.id), art=kind, version=new.version)
    if source is not None and source.is_open and source.kind in EARLY:
        carry_on(work, sag, source, new)
    return new


def written_in(there: Sequence[Skrift], kind: SkriftKind) -> Skrift | None:
    """Return the one of a kind that is written in, or what looks into the same instead of it.

    :param there: everything that is written on the case, the newest first.
    """
    wanted = {kind, LOOKED_INTO_BY.get(kind, kind)}
    found = [one for one in there if one.kind in wanted and one.is_open]
    return next((one for one in found if one.kind != kind), found[0] if found else None)


def anew(work: Work, sag: Sag, skrift: Skrift) -> Skrift:
    """Return a skrift as it is written in: with a new version where the last one is finished."""
    if skrift.kind in PLANS:
        look_anew(work, sag.id, skrift.id, until=danish_day(work.now) - timedelta(days=1))
    if skrift.is_open:
        return skrift
    number = skrifter.begin_version(work.connection, skrift, by=work.actor, now=work.now)
    happened(work, sag, Haendelse.SKRIFT_NY_VERSION, skrift=str(skrift.id), art=skrift.kind,
             version=skrift.version, ny=number)  # fmt: skip
    if skrift.kind in PLANS:
        meet_anew(work, skrift.id, number)
    after = skrifter.by_id(work.connection, skrift.id)
    assert after is not None
    return after


def left_unfinished(there: Sequence[Skrift], kind: SkriftKind) -> Skrift | None:
    """Return the newest of a kind where it was given up, and nothing like it has stood since.

    :param there: everything that is written on the case, the newest first.
    """
    newest = next((one for one in there if one.kind == kind), None)
    is_left = newest is not None and newest.state is SkriftState.OPGIVET
    return newest if is_left and kind in WRITTEN_AGAIN else None


def source_of(there: Sequence[Skrift], kind: SkriftKind) -> Skrift | None:
    """Return what it carries on from: the newest of the nearest kind the case has.

    :param there: everything that is written on the case, the newest first.
    """
    for earlier in GROWS_FROM.get(kind, ()):
        found = next((one for one in there if one.kind == earlier), None)
        if found is not None:
            return found
    return None


def follower(connection: sa.Connection, skrift: Skrift) -> Skrift | None:
    """Return what grew from a screening or an afdækning and has its place, or None.

    What became something else is taken up again where that was given up. One that stands gets no
    new version while what grew from it is written in: nobody would see it there.
    """
    if skrift.kind not in EARLY or skrift.is_open:
        return None
    grown = skrifter.grown_into(connection, skrift.id)
    has_its_place = grown is not None and (grown.is_open or skrift.is_carried_on)
    return grown if has_its_place else None


def _method(
    work: Work, form: SkriftForm, source: Skrift | None, product: Skriver
) -> tuple[str, str] | None:
    """Return the method it keeps: that of what it grows from, or the one in force today."""
    if form.method is None:
        return None
    if source is not None and source.method and source.method_version:
        return source.method, source.method_version
    found = product.methods.book.current(danish_day(work.now), form.method)
    if found is None:
        raise NoMethod
    return found.code, found.version


def _carry(work: Work, source: Skrift, new: Skrift, form: SkriftForm) -> None:
    """Carry what is written over: each text that has a field here, the sources, and the needs."""
    said = tekster.read(work.connection, source.id, source.version)
    needs = behov.of_skrift(work.connection, source.id, said)
    ats: dict[At, At] = {}
    for place, name in said:
        in_dimension = bool(place) and form.method is not None and ":" not in place
        if in_dimension or (not place and name in form.by_code):
            ats[place, name] = place, name
    for need in needs:
        number = behov.add(work.connection, new.id, need.dimension, same_as=need.id)
        ats[need.place, TEXT] = place_of_behov(number), TEXT
    tekster.copy(
        work.connection, source.id, source.version, new.id, ats, by=work.actor, now=work.now
    )
    kilder.carry(work.connection, source.id, new.id, by=work.actor, now=work.now)
