"""Where a child lives when a placement ends, or when the one that was to take over never begins.

Source: barnets lov §§ 98-100.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.gates import placement_ends as ends
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.gates.placement_ends import Ending
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import Catalogue, DecidedBy, IndsatsState, Skift
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.family import personer
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.running import running
from dubu_plugin.store.sag import noted
from dubu_plugin.usecases.indsats.elsewhere import seen_here, told_of
from dubu_plugin.usecases.indsats.on_indsats import OnIndsats, named, row_of


def ends_so(
    here: OnIndsats,
    on: date,
    reason: str,
    words: str,
    elsewhere: Elsewhere,
    wrong: dict[str, str],
    *,
    besides: Collection[UUID] = (),
) -> str:
    """Put why a placement does not end so among what is wrong, and return what is said of the
    decision it ends by.

    :param on: the Danish day it ends, or the child is nowhere else.
    :param besides: indsatser that count for nothing, beside the one that ends.
    """
    home = reason == ends.HOME
    told = told_of(elsewhere, wrong, home=home)
    mine = {here.indsats.id, *besides}
    ending = Ending(
        on, reason, words, seen_here(here, elsewhere),
        home_decided=here.is_decided(gates.HOME, on) or not_approved(here),
        placed_besides=placed_besides(here.work.connection, here.sag.id, mine,
                                      here.product.indsatser, here.today),
        planned_later=_planned_later(here, mine),
    )  # fmt: skip
    child = personer.by_id(here.work.connection, here.sag.child_id)
    held = ends.paragraf_100_end(ending, child.born if child else None)
    if held is not None:
        wrong.setdefault(held.field, held.sentence)
    return told


def not_approved(here: OnIndsats) -> bool:
    """Tell whether it rests on what the chair decided, and the committee has not approved that:
    nothing more is to be decided for the child to come home (§ 143, stk. 4)."""
    if (rests := here.indsats.afgoerelse) is not None:
        decision = afgoerelser.by_id(here.work.connection, rests)
        if decision is not None and decision.state is AfgoerelseState.BORTFALDET:
            return True
    if here.row.decided_by is not DecidedBy.FORMANDEN:
        return False
    fell = noted.days_of(here.work.connection, here.sag.id, H.FORELOEBIG_AFGOERELSE_BORTFALDET)
    return any(here.indsats.starts_on <= one for one in fell)


def placed_besides(
    connection: sa.Connection, sag: UUID, mine: Collection[UUID], rows: Catalogue, today: date
) -> bool:
    """Tell whether the child lives by another placement from tomorrow at the latest.

    :param mine: the indsatser that do not count.
    """
    keys = {str(one) for one in mine}
    if any(
        one.what is H.ANBRINGELSE_IVAERKSAT and one.key not in keys
        for one in running(connection, sag)
    ):
        return True
    tomorrow = today + timedelta(days=1)
    return any(
        one.id not in mine
        and one.state is IndsatsState.PLANLAGT
        and one.starts_on <= tomorrow
        and row_of(rows, one).is_placement
        for one in indsatser.of_sag(connection, sag)
    )


def _planned_later(here: OnIndsats, mine: Collection[UUID]) -> str:
    """Return what the first of the placements that are planned is called; empty where none is."""
    rows = here.product.indsatser
    found = [
        one
        for one in indsatser.of_sag(here.work.connection, here.sag.id)
        if one.id not in mine
        and one.state is IndsatsState.PLANLAGT
        and row_of(rows, one).is_placement
    ]
    return named(rows, min(found, key=lambda one: one.starts_on)) if found else ""


def took_over(
    connection: sa.Connection, its: Indsats, rows: Catalogue, today: date
) -> Indsats | None:
    """Return the placement that ended because this one, which is planned, was to take over; None
    where the child lives by another, or it is known where the child lives."""
    if its.state is not IndsatsState.PLANLAGT or not row_of(rows, its).is_placement:
        return None
    past = {
        one.id: one
        for one in indsatser.of_sag(connection, its.sag)
        if one.state in (IndsatsState.OPHOERT, IndsatsState.OPGIVET)
        and ends.is_asked(row_of(rows, one).group)
    }
    ended = [
        (change.at, key, change.reason)
        for key, changes in indsatser.history(connection, list(past)).items()
        for change in changes
        if change.kind is Skift.OPHOER and change.reason
    ]
    if not ended:
        return None
    _, key, reason = max(ended)
    if reason != ends.OTHER or placed_besides(connection, its.sag, [its.id, key], rows, today):
        return None
    return past[key]


def as_ended(here: OnIndsats, ended: Indsats) -> OnIndsats:
    """Return the same transaction on the placement that ended."""
    return replace(here, indsats=ended, row=row_of(here.product.indsatser, ended))
