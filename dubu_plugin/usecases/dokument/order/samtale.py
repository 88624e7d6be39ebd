"""Letters about a talk: the invitation to a parent, a child or a young person, and the record.

Sources: barnets lov §§ 5 and 6; forvaltningsloven § 8.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.letter import Value
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.danish import (
    clock,
    danish_day,
    listed,
    moment_text,
    unbroken,
    weekday_date,
)
from dubu_plugin.domain.inddragelse import FORMS, OMITTED, is_child
from dubu_plugin.settings import Municipality
from dubu_plugin.store.family import personer
from dubu_plugin.store.inddragelse.boernesamtaler import Samtale
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.tables import employees
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.addressed import citizen
from dubu_plugin.usecases.dokument.child_words import first_name, spoken_of
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.order.samtykke import written
from dubu_plugin.usecases.dokument.sender import sender
from dubu_plugin.usecases.dokument.vurdering_words import born_text
from dubu_plugin.usecases.inddragelse.parties import Party

TO_PARENT: Final = "indkaldelse"
TO_CHILD: Final = "indkaldelse_barn"
TO_YOUNG: Final = "indkaldelse_ung"
RECORD: Final = "boernesamtale"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody is invited to."""

    at: datetime
    place: str = field(repr=False)
    who: str = field(repr=False)
    """Who takes part from the municipality, in words."""
    about: str = field(repr=False)


def order_invitation(
    work: Work,
    sag: Sag,
    to: Party,
    what: Invitation,
    *,
    letters: LetterShelf,
    municipality: Municipality,
) -> UUID:
    """Order the invitation in the language of who gets it, and return the letter's id."""
    child = personer.by_id(work.connection, sag.child_id)
    code = TO_PARENT
    if to.person == sag.child_id:
        born = child.born if child else None
        code = TO_CHILD if is_child(born, danish_day(what.at)) else TO_YOUNG
    name = child.name if child else personer.UNKNOWN_CHILD
    own: dict[str, Value] = {
        **(
            {"barn.navn": spoken_of(name, to.name)}
            if code == TO_PARENT
            else {"barn.fornavn": first_name(name)}
        ),
        "moede.dag": unbroken(weekday_date(danish_day(what.at))),
        "moede.tid": unbroken(clock(what.at)),
        "moede.sted": what.place,
        "moede.deltagere": what.who,
        "moede.emne": what.about,
    }
    where, _ = citizen(work.connection, to.person)
    return written(work, sag, code, where, own, letters=letters, municipality=municipality)


def order_record(
    work: Work,
    sag: Sag,
    samtale: Samtale,
    *,
    locked: str = "",
    letters: LetterShelf,
    municipality: Municipality,
) -> UUID:
    """Order the record of a talk as a document of the case, and return its id.

    :param locked: the locked part, where somebody who may open it chose to have it in.
    """
    house = sender(work.connection, municipality, author=work.actor, unit=sag.unit)
    values = record_values(
        work.connection, sag, samtale, locked=locked, house=house.fields, today=danish_day(work.now)
    )
    return order_letter(
        work,
        RECORD,
        letters=letters,
        sag=sag.id,
        underretning=None,
        values=values,
        author=work.actor,
    )


def record_values(
    connection: sa.Connection,
    sag: Sag,
    samtale: Samtale,
    *,
    locked: str = "",
    house: Mapping[str, Value],
    today: date,
) -> dict[str, Value]:
    """Return what the record of a talk says, but for what is filled in late.

    :param locked: see `order_record`.
    :param house: the fields that say who we are.
    """
    child = personer.by_id(connection, sag.child_id)
    said = samtale.said
    return {
        **house,
        "barn.navn": child.name if child else personer.UNKNOWN_CHILD,
        "barn.foedt": born_text(child.born, child.due_date, today) if child else "",
        "samtale.holdt": samtale.was_held,
        "samtale.tid": unbroken(moment_text(said.occurred_at)),
        "samtale.form": FORMS[said.form] if said.form else "",
        "samtale.sted": said.place,
        "samtale.raadgivere": listed(_names(connection, said.advisers)),
        "samtale.en_grund": said.one_adviser_reason,
        "samtale.andre": said.others,
        "samtale.tryg_voksen": said.safe_adult,
        "samtale.tolk": said.interpreter,
        "samtale.emner": said.topics,
        "samtale.egne_ord": said.own_words,
        "samtale.oensker": said.wishes,
        "samtale.fortalt": said.told,
        "samtale.aftalt": said.agreed,
        "samtale.gennemgaaet": said.read_through,
        "samtale.undladt": OMITTED[said.omitted] if said.omitted else "",
        "samtale.begrundelse": said.omitted_reason,
        "samtale.i_stedet": said.instead,
        "samtale.laast_del": locked,
        "samtale.skrevet_af": listed(_names(connection, (samtale.written_by,))),
    }


def _names(connection: sa.Connection, keys: tuple[str, ...]) -> list[str]:
    rows = connection.execute(
        sa.select(employees.c.key, employees.c.name).where(employees.c.key.in_(keys))
    )
    names = {row.key: row.name for row in rows}
    return [names.get(key, key) for key in keys]
