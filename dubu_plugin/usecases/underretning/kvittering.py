"""Acknowledge an underretning to who made it (barnets lov § 138, stk. 1), once.

It is ordered only in a transaction of its own underretning, which is stored before the letter is
written; so nobody is told that something came that is then lost.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.homes import comes_home
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.domain.underretning import BEKYMRINGER, Gruppe, Henvendelse, Overgreb
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.family import personer
from dubu_plugin.store.tables import haendelser, letters
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.dokument.notifier import notifier
from dubu_plugin.usecases.dokument.order.kvittering import KVITTERING, order_kvittering
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.underretning.choose_child import existing

OF_THE_HOME: Final = frozenset(row.code for row in BEKYMRINGER if row.gruppe is Gruppe.HJEM)
"""Concerns about those who live where the child lives."""


class NobodyToWriteTo(CaseworkError):
    """The notifier is anonymous."""

    danish = "Underretteren er anonym, så der er ingen at sende en kvittering til."


class ComesHome(CaseworkError):
    """Abuse by a parent is suspected, and the letter would come to where the parents live."""

    danish = (
        "Kvitteringen ville blive sendt til barnets hjem, og der er mistanke mod en forælder, som "
        "kan åbne den. Skriv en e-mail eller en anden adresse under »Underretter«, eller tryk "
        "»Gem uden kvittering«, og ring i stedet."
    )
    field = "underretter_adresse"


class OpenedAtHome(CaseworkError):
    """The concern is about the home, and the letter would come into its letter box."""

    danish = (
        "Kvitteringen ville blive sendt til barnets hjem, hvor den, underretningen handler om, kan "
        "åbne den. Skriv en e-mail eller en anden adresse, sæt kryds ved »Brevet må sendes til "
        "hjemmet«, eller tryk »Gem uden kvittering«, og ring i stedet."
    )
    field = "underretter_adresse"


class AlreadyOrdered(CaseworkError):
    """The letter is on its way, or sent."""

    danish = "Brevet er allerede på vej. Se under dokumenter, hvor langt det er."


def send_kvittering(underretning: UUID, *, product: Writing, asker: Asker, now: datetime) -> UUID:
    """Order the kvittering by itself, after »Gem uden kvittering« or before the assessment.

    :raises NobodyToWriteTo: the notifier is anonymous; that is recorded.
    :raises AlreadyOrdered: it was ordered before.
    :raises NotYours: the policy says no, or there is no such underretning.
    """
    with acting(product.store, asker, Act.WRITE, "underretning", underretning, now=now) as work:
        about = existing(work, underretning)
        if is_ordered(work.connection, about.id, KVITTERING):
            raise AlreadyOrdered
        letter = acknowledge(work, product, about, author=asker.key, wanted=True)
    if letter is None:
        raise NobodyToWriteTo
    return letter


def acknowledge(
    work: Work,
    means: Writing,
    about: Underretning,
    *,
    author: str,
    wanted: bool,
    home_is_safe: bool = False,
) -> UUID | None:
    """Order the kvittering where it is wanted and was not ordered before.

    :param home_is_safe: somebody has judged that it may come into the child's home.
    :raises ComesHome: a parent who is suspected may open it; nobody's judgement lets it.
    :raises OpenedAtHome: it comes to the home the concern is about, and nobody says it may.

    Of an anonymous notifier it is recorded that there is nobody to write to, wanted or not, since
    that ends the duty.
    """
    if about.henvendelse is Henvendelse.ANSOEGNING:
        return None
    if about.anonymous:
        if not _is_left_out(work.connection, about.id):
            work.happened(
                Haendelse.KVITTERING_UDELADT,
                sag=about.sag_id,
                underretning=about.id,
                person=about.child_id,
                data={"grund": "anonym"},
            )
        return None
    if not wanted or is_ordered(work.connection, about.id, KVITTERING):
        return None
    _insist_on_safe(work.connection, about, home_is_safe=home_is_safe)
    return order_kvittering(
        work,
        about.id,
        letters=means.letters,
        municipality=means.settings.municipality,
        author=author,
    )


def _insist_on_safe(connection: sa.Connection, about: Underretning, *, home_is_safe: bool) -> None:
    suspected = about.overgreb == Overgreb.FORAELDRE
    if about.child_id is None or not (suspected or _is_of_the_home(connection, about)):
        return
    to = notifier(connection, about.id)
    if to.electronic is not None or to.is_handed_over:
        return
    child = personer.by_id(connection, about.child_id)
    family = [one.person for one in personer.family_of(connection, about.child_id)]
    homes = [one.address or "" for one in (child, *family) if one is not None]
    if not any(comes_home(about.notifier_address or "", home) for home in homes):
        return
    if suspected:
        raise ComesHome
    if not home_is_safe:
        raise OpenedAtHome


def _is_of_the_home(connection: sa.Connection, about: Underretning) -> bool:
    return not OF_THE_HOME.isdisjoint(underretninger.concerns_of(connection, about.id))


def is_ordered(connection: sa.Connection, underretning: UUID, code: str) -> bool:
    """Tell whether a letter about an underretning was ordered before."""
    query = sa.select(letters.c.id).where(
        letters.c.underretning_id == underretning,
        letters.c.code == code,
        letters.c.state != LetterState.UDGAAET,
    )
    return connection.scalar(query.limit(1)) is not None


def _is_left_out(connection: sa.Connection, underretning: UUID) -> bool:
    query = sa.select(haendelser.c.id).where(
        haendelser.c.underretning_id == underretning,
        haendelser.c.type == Haendelse.KVITTERING_UDELADT,
    )
    return connection.scalar(query.limit(1)) is not None
