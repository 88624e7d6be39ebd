"""Tell an applicant when the answer comes, where the time is not kept (RSL § 3, stk. 2)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from markupsafe import Markup

from dubu_plugin.documents.letter import Value, Values
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.svarfrister import Area
from dubu_plugin.settings import Municipality
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.dokument.addressed import addressee, citizen, dated, is_reached_by_post
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.dokument.notifier import notifier
from dubu_plugin.usecases.dokument.order.letter import Addressee, order_letter
from dubu_plugin.usecases.dokument.sender import sender

SVARFRIST: Final = "svarfrist"


@dataclass(frozen=True, slots=True)
class Told:
    """What an applicant is told."""

    day: date
    """When the answer comes at the latest, a Danish day."""
    why: str = field(repr=False)
    before: date
    """The municipality's own time, which is not kept."""
    to: UUID | None
    """Who in the family it is written to; None for the applicant as the application has them."""
    area: Area | None


def order_svarfrist(
    work: Work, about: Underretning, told: Told, *, letters: LetterShelf, house: Municipality
) -> UUID:
    """Have the letter written, filed and sent after the commit. Return the letter's id.

    The deadline is moved when it is sent (`letter_states.sent`).
    """
    to, values = _written(work.connection, about, told, house, work.actor, work.now)
    letter = order_letter(
        work, SVARFRIST, letters=letters, sag=about.sag_id, underretning=about.id, values=values,
        author=work.actor, to=to,
    )  # fmt: skip
    svarfrister.keep_told(work.connection, letter, about.id, told.day)
    return letter


def preview_svarfrist(
    connection: sa.Connection,
    about: Underretning,
    told: Told,
    *,
    letters: LetterShelf,
    house: Municipality,
    author: str,
    now: datetime,
) -> Markup:
    """Return the letter as it would be sent now."""
    _, values = _written(connection, about, told, house, author, now)
    return letters.preview(SVARFRIST, values)


def applicant(connection: sa.Connection, underretning: UUID) -> Addressee | None:
    """Return the applicant as the application has them; None without an address.

    Never their e-mail address: what the letter says does not go by e-mail.
    """
    who = notifier(connection, underretning)
    to = addressee(who.name, who.lines)
    return None if who.anonymous or not is_reached_by_post(to) else to


def _written(
    connection: sa.Connection,
    about: Underretning,
    told: Told,
    house: Municipality,
    author: str,
    now: datetime,
) -> tuple[Addressee, Values]:
    to, fields = _recipient(connection, about, told)
    return to, {
        **sender(connection, house, author=author, unit=about.unit).contact,
        **dated(now),
        **fields,
        "ansoegning.om": told.area.title if told.area else "",
        "ansoegning.lov": law_words(told.area.law) if told.area else "",
        "ansoegning.modtaget": _day(danish_day(about.received_at)),
        "ansoegning.frist": _day(told.before),
        "ansoegning.for_sent": told.before < danish_day(now),
        "ansoegning.svar_senest": _day(told.day),
        "ansoegning.hvorfor": told.why,
    }


def _recipient(
    connection: sa.Connection, about: Underretning, told: Told
) -> tuple[Addressee, dict[str, Value]]:
    if told.to is not None:
        return citizen(connection, told.to)
    to = applicant(connection, about.id)
    if to is None:
        raise ValueError("nobody to write to")
    return to, to.fields


def _day(day: date) -> str:
    return unbroken(long_date(day))
