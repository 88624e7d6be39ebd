"""Telling a professional what was set going: said in so many words, and read before it is sent."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import personer
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.dokument.order.orientering import Igangsat, preview_orientering
from dubu_plugin.usecases.underretning.orient_notifier import OutcomeNotKnown, is_being_screened
from dubu_plugin.web.door import Visit
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.underretning.view import headline

NOTHING: Final = "intet"
SOMETHING: Final = "noget"
STARTED: Final = (
    (Igangsat.AFDAEKNING, "En afdækning (§ 19)"),
    (Igangsat.BFU, "En børnefaglig undersøgelse (§ 20)"),
    (Igangsat.INDSATS, "En indsats"),
)
STARTED_UNBORN: Final = (
    (Igangsat.AFDAEKNING, "En afdækning (§ 25)"),
    (Igangsat.BFU, "En undersøgelse af de kommende forældre (§ 26)"),
    (Igangsat.INDSATS, "En indsats"),
)
"""The same of those who expect a child (barnets lov §§ 24-26)."""


def started_in(sent: Sent) -> Sequence[Igangsat]:
    """Return what the form says was set going; nothing where it says »nothing«."""
    ticked = [Igangsat(one) for one in sent.many("igangsat") if one in list(Igangsat)]
    return ticked if sent.one("igang") == SOMETHING else []


def missing(said: str, started: Sequence[Igangsat]) -> Mapping[str, str]:
    """Return what must be answered before there is a letter."""
    if said not in (NOTHING, SOMETHING):
        return {"igang": "Svar på, om der er sat noget i gang."}
    if said == SOMETHING and not started:
        return {"igangsat": "Sæt kryds ved det, der er sat i gang."}
    return {}


def orienting(
    connection: sa.Connection,
    visit: Visit,
    sent: Sent,
    *,
    shown: bool,
) -> Mapping[str, Any]:
    """Return what the page is drawn from.

    :param shown: the answers are given, so the letter is shown.
    :raises CaseworkError: there is no such letter to send.
    """
    about = underretninger.by_id(connection, visit.subject)
    if about is None:
        raise NotYours
    started = started_in(sent)
    screening = is_being_screened(connection, about)
    if shown and not started and screening:
        raise OutcomeNotKnown
    child = personer.by_id(connection, about.child_id) if about.child_id else None
    unborn = child is not None and child.is_unborn
    paper = None
    if shown:
        paper = preview_orientering(
            connection,
            about.id,
            started=started,
            letters=visit.product.letters,
            municipality=visit.product.settings.municipality,
            author=visit.asker.key,
            now=visit.now,
        )
    return {
        "about": headline(about),
        "url": f"/dubu/indgang/{about.id}",
        "options": STARTED_UNBORN if unborn else STARTED,
        "said": sent.one("igang"),
        "started": started,
        "paper": paper,
        "screening": screening,
    }
