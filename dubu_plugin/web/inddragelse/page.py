"""Samtaler, samtykker og udtalelser: the list of them on a case, and the invitation to a talk."""

from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.gates.apart import SEEN
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.staff import colleagues
from dubu_plugin.usecases.dokument.order.samtale import Invitation
from dubu_plugin.usecases.inddragelse.invite import FARTHEST, invite
from dubu_plugin.usecases.inddragelse.parties import child_party, child_party_from, parties
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.inddragelse.view import shown
from dubu_plugin.web.keys import keys_in
from dubu_plugin.web.letter_notes import heed_family
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.typed_time import day_of, happened

router = APIRouter()

CASE: Final = "/dubu/sag/{sag}"
URL: Final = CASE + "/inddragelse"
INVITE: Final = CASE + "/indkald"
DONE: Final = {
    "samtale": "Samtalen er noteret.",
    "spurgt": "Der er spurgt om samtykke. Brevene er på vej.",
    "svar": "Svaret er noteret.",
    "trukket": "Samtykket er trukket tilbage.",
    "bedt": "Der er bedt om udtalelser. Brevene er på vej, og du bliver mindet om at rykke.",
    "rykket": "Der er rykket. De har fået en uge mere.",
    "kommet": "Udtalelsen er gemt og er nu en kilde.",
    "opgivet": "Der ventes ikke længere på udtalelsen.",
    "videre": "Anmodningen står igen, nu uden samtykke (§ 11 c).",
    "inviteret": "Invitationerne er på vej, én til hver.",
}
"""What is said above the list after each act."""
FIELDS: Final = ("dag", "kl", "sted", "deltagere", "emne")

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, gemt: str = "") -> Response:
    """Show the talks, the consents and the requests of a case."""
    return listing(visit, said=DONE.get(gemt, ""))


def listing(visit: Visit, sent: Sent = EMPTY, *, said: str = "") -> Response:
    """Draw the list, with what was done or why not above it."""
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        values = {
            **around(visit, connection, head),
            "shown": shown(connection, head, visit.now),
            "said": said,
        }
    page = Page("inddragelse/page.html", "Samtaler, samtykker og udtalelser", case=head.host_key,
                tab=TAB, values=values)  # fmt: skip
    return visit.form(page, sent)


def around(visit: Visit, connection: sa.Connection, head: Head) -> dict[str, Any]:
    """Return what every page here says around its content."""
    return {
        "url": CASE.format(sag=head.sag),
        "child": child_title(head.child_name, head.termin if head.born is None else None),
        "may_write": visit.may(connection, Act.WRITE) and head.phase != CLOSED,
    }


def back(visit: Visit, done: str) -> Response:
    """Go to the list, and say what was done."""
    url = URL.format(sag=visit.subject)
    return RedirectResponse(f"{url}?gemt={done}", status_code=303)


def moment(sent: Sent, now: datetime) -> datetime:
    """Return the moment a form's ``dag`` and ``kl`` say; without a clock noon, or now today.

    :raises NotAMoment: it is none.
    """
    return happened(sent.one("dag"), sent.one("kl"), now)


@router.get(INVITE)
def show_invitation(visit: Reader) -> Response:
    """Show the form that invites to a talk, or the draft of it."""
    return _invitation(visit, draft_of(visit, _draft(visit.subject)))


@router.post(INVITE)
def send_invitation(visit: Writer, sent: Form) -> Response:
    """Send an invitation to each who is chosen."""
    try:
        if not sent.one("kl"):
            raise FieldRefused("kl", "Skriv, hvornår samtalen begynder.")
        what = Invitation(
            moment(sent, visit.now), sent.one("sted"), sent.one("deltagere"), sent.one("emne")
        )
        whom, seen = keys_in(sent.many("hvem")), sent.one(SEEN) == "ja"
        invite(visit.subject, what, whom, apart_seen=seen, **visit.means)
    except CaseworkError as no:
        return _invitation(visit, sent.refused(no))
    forget(visit, _draft(visit.subject))
    return back(visit, "inviteret")


def _invitation(visit: Visit, sent: Sent) -> Response:
    today = danish.danish_day(visit.now)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        day = _meant(sent, today)
        whom = [(str(one.person), one.name, one.tie) for one in
                parties(connection, head.child, day) if one.person != head.child]  # fmt: skip
        child = child_party(connection, head.child, day)
        if child is not None:
            whom.insert(0, (str(child.person), child.name, child.tie))
        first = child_party_from(connection, head.child, day)
        if first is not None and first <= today + FARTHEST:
            tie = f"barnet, til en samtale fra den {danish.long_date(first)}, hvor det fylder 10"
            whom.insert(0, (str(head.child), head.child_name, danish.unbroken(tie)))
        me = [one.name for one in colleagues(connection, visit.asker.unit)
              if one.key == visit.asker.key]  # fmt: skip
        values = {
            **around(visit, connection, head),
            "whom": whom,
            "too_young": child is None and head.born is not None,
            "chosen": sent.many("hvem"),
            "f": {name: sent.one(name) for name in FIELDS},
            "heed": heed_family(connection, head.sag, head.child, today),
            "apart_seen": sent.one(SEEN) == "ja",
            "draft": _draft(head.sag),
        }
        if not sent.fields:
            values["f"]["deltagere"] = danish.listed(me)
    page = Page(
        "inddragelse/indkald.html",
        "Invitér til samtale",
        case=head.host_key,
        tab=TAB,
        values=values,
    )
    return visit.form(page, sent)


def _meant(sent: Sent, today: date) -> date:
    """Return the day that is typed, which tells who is invited; today where none is."""
    try:
        return max(day_of(sent.one("dag")), today)
    except ValueError:
        return today


def _draft(sag: UUID) -> str:
    return f"indkald:{sag}"
