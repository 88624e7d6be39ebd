"""One indsats: what it is, what has happened with it, and what is done with it now."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Final
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.gates import placement_ends
from dubu_plugin.domain.gates.indsats import MOVES
from dubu_plugin.domain.gates.taken_away import HOW, HOW_LESS, How
from dubu_plugin.domain.indsatser import IndsatsState, ReasonKind
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser, locks
from dubu_plugin.store.indsats import indsats_beside, indsatser, moved_by_fallen
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.moved_by_fallen import Place
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.usecases.indsats import granted
from dubu_plugin.usecases.indsats.change import change, go_on
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.extent import PERS, UNITS, plain
from dubu_plugin.usecases.indsats.give_up import give_up
from dubu_plugin.usecases.indsats.lives_where import took_over
from dubu_plugin.usecases.indsats.move import move
from dubu_plugin.usecases.indsats.on_indsats import row_of
from dubu_plugin.usecases.indsats.put_into_effect import put_into_effect
from dubu_plugin.usecases.indsats.takes_over import may_take_over, since
from dubu_plugin.usecases.indsats.tilsyn import TALKS, note_visit
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.indsats import form, view, words
from dubu_plugin.web.indsats.place_asked import place_asked
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.opfoelgning.carried import carried, url_of
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

ONE: Final = "/dubu/sag/{sag}/indsats/{indsats}"
ACTS: Final = {
    "aendr": "Ret indsatsen",
    "fortsaet": "Fortsæt indsatsen",
    "flyt": "Flyt barnet",
    "tilsyn": "Notér tilsynsbesøg",
    "afslut": "Afslut indsatsen",
    "start": "Sæt i gang",
    "opgiv": "Opgiv indsatsen",
}
"""What can be done with an indsats, by the word the address says."""
DONE: Final = {
    "begyndt": "Indsatsen er sat i gang.",
    "skrevet": "Indsatsen er skrevet ind, og dens frister løber videre.",
    "planlagt": "Indsatsen er planlagt. Sæt den i gang her, når dagen er kommet.",
    "aendr": "Indsatsen er rettet.",
    "fortsaet": "Det er noteret, at indsatsen fortsætter.",
    "flyt": "Flytningen er noteret.",
    "tilsyn": "Tilsynsbesøget er noteret.",
    "afslut": "Indsatsen er afsluttet.",
    "start": "Indsatsen er sat i gang.",
    "opgiv": "Indsatsen er opgivet.",
}
REASONS: Final = {
    "aendr": ReasonKind.AENDRING,
    "flyt": ReasonKind.FLYTNING,
    "afslut": ReasonKind.OPHOER,
    "start": ReasonKind.START,
}

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(ONE)
def show(
    visit: Reader, indsats: str, goer: str = "", gemt: str = "", opfoelgning: str = ""
) -> Response:
    """Show an indsats, with the form of what is to be done with it.

    :param opfoelgning: the follow-up that opened the form, which then fills it in.
    """
    its = opened(visit, indsats)
    if goer in DOING and not gemt:
        draft = draft_of(visit, _draft(its.id, goer))
        if draft.fields:
            return _drawn(visit, its, goer, draft)
    known = carried(visit, its, goer, opfoelgning)
    return _drawn(visit, its, goer, EMPTY, said=DONE.get(gemt, ""), known=known)


@router.post(ONE)
def act(visit: Writer, indsats: str, sent: Form) -> Response:
    """Do what the form says."""
    its = opened(visit, indsats)
    what = sent.one("handling")
    doing = DOING.get(what)
    if doing is None:
        no = FieldRefused("", "Vælg, hvad der skal ske med indsatsen.")
        return _drawn(visit, its, "", sent.refused(no))
    try:
        doing(visit, its.id, sent)
    except CaseworkError as no:
        return _drawn(visit, opened(visit, indsats), what, sent.refused(no))
    forget(visit, _draft(its.id, what))
    url = f"/dubu/sag/{visit.subject}/indsats/{its.id}?gemt={what}"
    followed = key_of(sent.one("opfoelgning"))
    if followed is not None and what in ("aendr", "afslut"):
        url = f"{url_of(visit, followed)}?gemt={what}"
    return RedirectResponse(url, status_code=303)


def opened(visit: Visit, key: str) -> Indsats:
    """Return an indsats of the case.

    :raises NotYours: the case has none with this key.
    """
    number = key_of(key)
    with visit.reading() as connection:
        found = indsatser.by_id(connection, number) if number else None
    if found is None or found.sag != visit.subject:
        raise NotYours
    return found


def _start(visit: Visit, its: UUID, sent: Sent) -> None:
    put_into_effect(visit.subject, its, form.wanted(sent), seen=sent.version, **visit.means)


def _give_up(visit: Visit, its: UUID, sent: Sent) -> None:
    give_up(
        visit.subject, its, sent.one("ord"), seen=sent.version, reason=sent.one("grund"),
        elsewhere=form.elsewhere(sent), **visit.means,
    )  # fmt: skip


def _change(visit: Visit, its: UUID, sent: Sent) -> None:
    change(
        visit.subject,
        its,
        form.changed(sent),
        opfoelgning=key_of(sent.one("opfoelgning")),
        **visit.means,
    )


def _go_on(visit: Visit, its: UUID, sent: Sent) -> None:
    until = form.one_day(sent, "til")
    go_on(visit.subject, its, until, sent.one("ord"), seen=sent.version, **visit.means)


def _end(visit: Visit, its: UUID, sent: Sent) -> None:
    last = form.one_day(sent, "dag")
    end(
        visit.subject, its, last, sent.one("grund"), sent.one("ord"), seen=sent.version,
        opfoelgning=key_of(sent.one("opfoelgning")), elsewhere=form.elsewhere(sent),
        how=form.how(sent), **visit.means,
    )  # fmt: skip


def _move(visit: Visit, its: UUID, sent: Sent) -> None:
    move(visit.subject, its, form.moved(sent), **visit.means)


def _visited(visit: Visit, its: UUID, sent: Sent) -> None:
    on = form.one_day(sent, "dag")
    said = (sent.one("talt"), sent.one("hvorfor"), sent.one("ord"))
    advisers = form.advisers(sent), sent.one("en_grund")
    note_visit(visit.subject, its, on, *said, *advisers, **visit.means)


DOING: Final[Mapping[str, Callable[[Visit, UUID, Sent], None]]] = {
    "start": _start,
    "opgiv": _give_up,
    "aendr": _change,
    "fortsaet": _go_on,
    "afslut": _end,
    "flyt": _move,
    "tilsyn": _visited,
}


def _draft(its: UUID, doing: str) -> str:
    return f"indsats{doing}:{its}"


def _can(its: Indsats, *, placement: bool) -> list[str]:
    if its.state is IndsatsState.PLANLAGT:
        return ["start", "opgiv"]
    if not its.runs:
        return []
    return ["aendr", "fortsaet", *(["tilsyn", "flyt"] if placement else []), "afslut"]


def _drawn(
    visit: Visit,
    its: Indsats,
    goer: str,
    sent: Sent,
    *,
    said: str = "",
    known: Mapping[str, str] | None = None,
) -> Response:
    today = danish.danish_day(visit.now)
    rows = visit.product.indsatser
    row = row_of(rows, its)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        may_write = visit.may(connection, Act.WRITE)
        served = indsatser.serves(connection, [its.id])[its.id]
        goals = indsatser.goals(connection, visit.subject)
        changes = indsatser.history(connection, [its.id])[its.id]
        decision = view.decision_of(connection, visit.product, its, today)
        amount = granted.told(granted.reckoned_as(connection, its))
        locked = locks.locked(connection, visit.subject)
        due = indsats_beside.next_visit(connection, visit.subject) if row.is_placement else None
        statement = _statement(connection, visit.subject, today) if goer == "flyt" else None
        runs = its.state in (IndsatsState.PLANLAGT, IndsatsState.I_GANG)
        rests = its.afgoerelse if runs else None
        undecided = place_asked(connection, visit.subject, row, rests, today)
        noted = may_take_over(connection, its, row) if goer == "start" else ()
        back = moved_by_fallen.left(connection, its) if goer == "flyt" else None
        left = took_over(connection, its, rows, today) is not None if goer == "opgiv" else False
    writes = may_write and head.phase != CLOSED
    can = _can(its, placement=row.is_placement) if writes else []
    doing = goer if goer in can else ""
    kind = ReasonKind.OPHOER if left else REASONS.get(doing)
    reasons = rows.reasons(kind, today, row.group) if kind else ()
    if left:
        reasons = [one for one in reasons if one.code != placement_ends.OTHER]
    url = f"/dubu/sag/{visit.subject}"
    title = words.title(rows, its)
    ticked = sent.many("maal") if sent.fields else [str(one) for one in served]
    values = {
        "url": url,
        "action": f"{url}/indsats/{its.id}",
        "title": title,
        "mark": words.STATES[its.state],
        "facts": view.facts(visit.product, its, decision, amount, today),
        "hidden": its.place_hidden,
        "serves": [one.text for one in goals if one.id in set(served)],
        "past": view.past(visit.product, its, changes, visit.now),
        "locked": its.afgoerelse in locked,
        "place_asked": undecided,
        "visit": danish.unbroken(danish.list_date(danish.danish_day(due), today)) if due else "",
        "can": [(one, ACTS[one]) for one in can if one != doing],
        "doing": doing,
        "doing_title": ACTS.get(doing, ""),
        "f": defaultdict(
            str,
            {
                **_values(its, doing, statement, today),
                **(_values_of(back) if back else {}),
                **(known or {}),
                **(form.typed(sent) if sent.fields else {}),
            },
        ),
        # Who saved meanwhile must not be written over by what was begun before.
        "version": sent.version if sent.restored else its.version,
        "draft": _draft(its.id, doing),
        "said": said,
        "reasons": view.choices(reasons, row, head.born, today),
        "by_age": view.by_age(row, head.born, today),
        "pers": list(PERS.items()),
        "goals": goals,
        "ticked": ticked,
        "places": [
            (place.code, place.title)
            for code in row.places
            if (place := rows.place(code, today)) is not None and place.on
        ],
        "talks": list(TALKS.items()),
        "advisers": form.ADVISERS,
        "placement": row.is_placement,
        "asks_handicap": view.asks_handicap(row),
        "lives_where": left,
        "goes_back": back is not None,
        "noted_since": danish.unbroken(since(noted)) if noted else "",
        "how": [(one.value, title) for one, title in HOW.items()] if row.taken_by else [],
        "how_less": [(one.value, title) for one, title in HOW_LESS.items()],
        "taken_by": row.taken_by,
        **view.before_values(visit.product, [row], today, its),
        **view.elsewhere_values(doing),
        "units": UNITS.get(its.unit, (its.unit, its.unit))[1],
    }
    page = Page("indsats/page.html", title, case=head.host_key, tab=TAB, values=values)
    return visit.form(page, sent)


def _values(its: Indsats, doing: str, statement: date | None, today: date) -> dict[str, str]:
    """Return what a form begins with: how the indsats is now."""
    first = its.starts_on if its.starts_on <= today else today
    return {
        "dag": "" if doing == "tilsyn" else today.isoformat(),
        "fra": first.isoformat(),
        "til": its.expected_end.isoformat() if its.expected_end else "",
        "antal": "" if its.amount is None else plain(its.amount),
        "per": its.per or "",
        "leverandoer": its.supplier or "",
        "sted": its.place or "",
        "skjult": form.YES if its.place_hidden else "",
        "hvordan": How.AFGJORT,
        "udtalelse_dag": statement.isoformat() if statement else "",
    }


def _values_of(back: Place) -> dict[str, str]:
    """Return what a move begins with where the child goes back to where it lived."""
    hidden = form.YES if back.hidden else ""
    return {"sted": back.code, "sted_navn": back.name, "skjult": hidden}


def _statement(connection: sa.Connection, sag: UUID, today: date) -> date | None:
    """Return when the statement came that a decision on the move rests on (§ 98, stk. 2)."""
    standing = afgoerelser.in_force(connection, sag, today)
    return next((one.statement_on for one in standing if one.matter in MOVES), None)
