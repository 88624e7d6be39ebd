"""One person around a child: the line and its form, what stood before, the cases they are in."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Final

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Decision, opens
from dubu_plugin.domain.netvaerk import CIRCLES, RINGS, ROLES, STEPS_IN
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import read_log
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import appears_in, netvaerk
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.inddragelse import samtykker
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.unit_names import employee_names
from dubu_plugin.usecases.netvaerk.end_line import end_line, have_back
from dubu_plugin.usecases.netvaerk.keep_line import Kept, keep_line
from dubu_plugin.usecases.netvaerk.look_again import look_again
from dubu_plugin.usecases.netvaerk.on_netvaerk import NetworkChanged
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.inddragelse.page import around
from dubu_plugin.web.keys import key_in
from dubu_plugin.web.naming import born_words, child_title
from dubu_plugin.web.netvaerk import form
from dubu_plugin.web.netvaerk.page import URL, back
from dubu_plugin.web.netvaerk.view import CUSTODY, row
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.sag.view import REASONS

router = APIRouter()

ONE: Final = URL + "/{linje}"
CASES: Final = ONE + "/sager"
NO_ANSWER: Final = "Adressebogen svarede ikke, eller personen er der ikke mere. Prøv igen senere."
LOOKED_AGAIN: Final = "Adressebogen er spurgt igen. Det, den siger nu, står her."

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(ONE)
def show(visit: Reader, linje: str) -> Response:
    """Show somebody around the child, and the form of what they are to it."""
    line = line_of(visit, linje)
    draft = draft_of(visit, _draft(line))
    if draft.fields and draft.version != line.version:
        draft = draft.refused(NetworkChanged(), status=200)
    return drawn(visit, line, draft)


@router.post(ONE)
def act(visit: Writer, linje: str, sent: Form) -> Response:
    """Keep, end or take back: what the button that was pressed says."""
    line = line_of(visit, linje)
    here = (visit.subject, line.key)
    try:
        match sent.one("handling"):
            case "gem":
                keep_line(*here, _kept(sent), **visit.means)
                done = "rettet"
            case "slut":
                end_line(*here, form.day(sent, "slut"), sent.one("hvorfor"), seen=sent.version,
                         **visit.means)  # fmt: skip
                done = "slut"
            case "igen":
                have_back(*here, seen=sent.version, **visit.means)
                done = "igen"
            case "hent":
                if not look_again(*here, **visit.means):
                    return drawn(visit, line, Sent({}, wrong={"": NO_ANSWER}, status=503))
                return drawn(visit, line_of(visit, linje), EMPTY, said=LOOKED_AGAIN)
            case _:
                return drawn(visit, line, sent)
    except CaseworkError as no:
        return drawn(visit, line_of(visit, linje), sent.refused(no))
    forget(visit, _draft(line))
    return back(visit, done)


@router.get(CASES)
def cases(visit: Reader, linje: str) -> Response:
    """Show the cases somebody appears in, as far as the asker may see them; it is logged."""
    line = line_of(visit, linje)
    today = danish.danish_day(visit.now)
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        read_log.add(
            work.connection, at=visit.now, employee=visit.asker.key, act=Act.SEARCH,
            subject_kind="sag", subject_id=str(visit.subject),
            decision=Decision(True, "opslag:sager_med_person"), detail=f"person:{line.who.id}",
        )  # fmt: skip
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        found = appears_in.of_person(connection, visit.asker, line.who.id, but=visit.subject)
        values = {
            **around(visit, connection, head),
            "name": line.who.name,
            "action": ONE.format(sag=visit.subject, linje=line.key),
            "cases": [
                (
                    f"/dubu/sag/{one.sag}",
                    child_title(one.child_name, one.termin if one.born is None else None),
                    " · ".join(
                        filter(None, (
                            born_words(one.born, one.termin, today),
                            one.part.title if one.part else "sagen er om personen selv",
                            "tidligere" if one.part and one.part.is_over(today) else "",
                            "lukket" if one.closed else "",
                            one.responsible_name or "",
                        ))
                    ),
                )
                for one in found
            ],
        }  # fmt: skip
    page = Page("netvaerk/sager.html", "Sager, personen er i", case=head.host_key, tab=TAB,
                values=values)  # fmt: skip
    return visit.page(page)


def _kept(sent: Sent) -> Kept:
    name, phone, email = (sent.one(field) for field in form.NAMES)
    return Kept(seen=sent.version, part=form.part_of(sent), name=name, phone=phone, email=email)


def drawn(visit: Visit, line: Line, sent: Sent, *, said: str = "", shown: str = "") -> Response:
    """Draw somebody's page.

    :param shown: the protected address, where it is shown this once.
    """
    today = danish.danish_day(visit.now)
    url = f"/dubu/sag/{visit.subject}"
    begins = {
        **form.values_of(line.part),
        "navn": line.who.name,
        "telefon": line.who.phone or "",
        "email": line.who.email or "",
        "slut": today.isoformat(),
    }
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        given = samtykker.of_sag(connection, visit.subject)
        present = netvaerk.present(netvaerk.of_child(connection, head.child), today)
        values = {
            **around(visit, connection, head),
            "action": ONE.format(sag=visit.subject, linje=line.key),
            "row": row(line, url, given, present, visit.now),
            "born": born_words(line.who.born, None, today),
            "in_book": line.who.in_book,
            "is_over": line.part.is_over(today),
            "version": line.version,
            "roles": [(str(code), title) for code, title in ROLES.items()],
            "circles": [(str(code), title) for code, title in CIRCLES.items()],
            "rings": [(str(code), title) for code, title in RINGS.items()],
            "helps": [(str(code), title) for code, title in STEPS_IN.items()],
            "past": _past(connection, line, visit),
            "address": shown,
            "may_reveal": line.who.protected_address
            and bool(opens(visit.asker, Act.REVEAL, protected=head.protected)),
            "reasons": REASONS,
            "f": defaultdict(str, {**begins, **(form.typed(sent) if sent.fields else {})}),
            "said": said,
            "draft": _draft(line),
        }
    page = Page("netvaerk/linje.html", "Netværk: en person", case=head.host_key, tab=TAB,
                values=values)  # fmt: skip
    return visit.form(page, sent)


def _past(connection: sa.Connection, line: Line, visit: Visit) -> Sequence[tuple[str, str]]:
    """Return what stood in the line before, and what stands now, the newest first."""
    if line.id is None:
        return ()
    editions = netvaerk.editions(connection, line.id)
    names = employee_names(connection, [by for _, _, by in editions])
    found = []
    for part, at, by in editions:
        said = [part.title, RINGS[part.ring].lower(), CUSTODY[part.custody].lower()]
        if part.lives_here:
            said.append("barnet bor her")
        if part.samvaer:
            said.append(f"samvær: {part.samvaer}")
        if part.steps_in_with:
            said.append(f"{STEPS_IN[part.steps_in].lower()} til at træde til: {part.steps_in_with}")
        if part.ended_on:
            said.append(f"gik ud {danish.long_date(part.ended_on)}: {part.end_reason}")
        when = f"{danish.list_moment(at, visit.now)} af {names.get(by, by)}"
        found.append((danish.unbroken(when), " · ".join(said)))
    return found


def line_of(visit: Visit, key: str) -> Line:
    """Return a line of the case that is visited.

    :raises NotYours: there is nobody such around its child.
    """
    number = key_in(key)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        found = netvaerk.one(connection, head.child, number)
    if found is None:
        raise NotYours
    return found


def _draft(line: Line) -> str:
    return f"netvaerk:{line.key}"
