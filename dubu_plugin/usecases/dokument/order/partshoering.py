"""Write to a party before a decision (forvaltningsloven § 19), each about their own."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.documents.letter import Value
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.afgoerelser import Capacity, Matter
from dubu_plugin.domain.danish import danish_day, unbroken, weekday_date
from dubu_plugin.domain.help_taken import HelpTaken
from dubu_plugin.domain.help_taken import about as about_help
from dubu_plugin.settings import Municipality
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.partshoeringer import Partshoering
from dubu_plugin.store.family import personer
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.addressed import citizen, dated
from dubu_plugin.usecases.dokument.child_words import first_name, spoken_of
from dubu_plugin.usecases.dokument.childs_home import comes_by_hand
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.sender import sender

PARTSHOERING: Final = "partshoering"
PARTSHOERING_BARN: Final = "partshoering_barn"


def order_partshoering(
    work: Work,
    part: Partshoering,
    matter: Matter,
    sag: Sag,
    about: str,
    due_on: date,
    takes: Sequence[HelpTaken] = (),
    *,
    letters: LetterShelf,
    municipality: Municipality,
) -> UUID:
    """Have the letter written, filed and sent after the commit. Return the letter's id.

    A child's comes the way its decision will.

    :param takes: the help that is to be taken, of which what is named is said.
    """
    child = personer.by_id(work.connection, sag.child_id)
    about_whom = child.name if child else personer.UNKNOWN_CHILD
    is_child = part.capacity is Capacity.BARN
    decision = afgoerelser.by_id(work.connection, part.afgoerelse) if is_child else None
    by_hand = decision is not None and comes_by_hand(decision, child, danish_day(work.now))
    to, fields = citizen(work.connection, part.person, by_hand=by_hand)
    own: dict[str, Value] = (
        {
            "barn.fornavn": first_name(part.name),
            "afgoerelse.handler_om": about_help(matter.told_to_child, takes),
        }
        if is_child
        else {
            "barn.navn": spoken_of(about_whom, part.name),
            "afgoerelse.om": about_help(matter.title, takes),
        }
    )
    house = sender(work.connection, municipality, author=work.actor, unit=sag.unit)
    return order_letter(
        work,
        PARTSHOERING_BARN if is_child else PARTSHOERING,
        letters=letters,
        sag=sag.id,
        underretning=None,
        values={
            **house.contact,
            **fields,
            **dated(work.now),
            **own,
            "afgoerelse.lov": law_words(matter.law),
            "hoering.om": about,
            "hoering.frist": unbroken(weekday_date(due_on)),
        },
        author=work.actor,
        to=to,
    )
