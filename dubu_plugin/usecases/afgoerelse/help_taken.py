"""Which help a decision takes from a family, of what stands on its case.

Source: barnets lov §§ 11, 82, 85-87, 89, 90 and 99; forvaltningsloven § 19.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.help_taken import HelpTaken, can_take, named_since
from dubu_plugin.domain.indsatser import Catalogue
from dubu_plugin.store.afgoerelse import help_taken
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.partshoeringer import Partshoering
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.taken_away import to_resume
from dubu_plugin.usecases.indsats.extent import extent

HEARD = frozenset({Hearing.SENDT, Hearing.BESVARET, Hearing.INTET_SVAR})


def help_of(
    connection: sa.Connection, catalogue: Catalogue, its: Afgoerelse, matter: Matter, day: date
) -> Sequence[HelpTaken]:
    """Return what a decision names, and while it is prepared also what it can name, by title.

    :param day: the Danish day it is looked at.
    """
    if not any(can_take(matter, row) for row in catalogue.indsatser):
        return ()
    named = help_taken.named(connection, its.id)
    fell = _ended_by_old(connection, its)
    found = []
    for one in indsatser.of_sag(connection, its.sag):
        row = catalogue.chosen(one.code, one.law, day)
        stands = one.runs or one.id in fell
        can = its.is_open and stands and row is not None and can_take(matter, row)
        if one.id in named or can:
            found.append(
                HelpTaken(
                    id=one.id,
                    what=row.title if row else one.code,
                    much=extent(one.amount, one.unit, one.per),
                    law=one.law,
                    since=one.starts_on,
                    ended_on=one.ended_on,
                    stands=stands,
                    named_at=named.get(one.id),
                )
            )
    return sorted(found, key=lambda one: (one.what, one.since, one.id))


def _ended_by_old(connection: sa.Connection, its: Afgoerelse) -> Collection[UUID]:
    """Return what ended by the decision this one is made in place of, and is not given again."""
    if its.replaces is None:
        return ()
    return {one.id for one in to_resume(connection, its.sag, its.replaces)}


def not_heard_of(helps: Sequence[HelpTaken], one: Partshoering) -> Sequence[str]:
    """Return the help that was named after a party was heard, by title."""
    if one.state not in HEARD:
        return []
    heard_at = one.sent_at
    if heard_at is None and one.answered_on is not None:  # heard in a talk
        heard_at = end_of_day(one.answered_on)
    return named_since(helps, heard_at)
