"""What is written on a case: the list of it, the beginning of something new, and the overview of
one skrift with what can be done with the whole of it."""

from collections.abc import Sequence
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.forloeb_handicap import AREA
from dubu_plugin.domain.maal import PLANS
from dubu_plugin.domain.skrift import FORHOLD, WHOLE, SkriftKind, SkriftState
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.usecases.skrift.begin import begin, written_in
from dubu_plugin.usecases.skrift.present import (
    NoRemark,
    NotFinished,
    approve,
    begin_version,
    finish,
    give_up,
    present,
    send_back,
)
from dubu_plugin.usecases.skrift.udredt import SOUGHT
from dubu_plugin.usecases.skrift.write import write
from dubu_plugin.usecases.skrift.written_since import WrittenSince
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent, UnknownButton
from dubu_plugin.web.min_dag.duty_places import ANSWERED_BY_IT
from dubu_plugin.web.own_draft import forget
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.skrift.lines import lines
from dubu_plugin.web.skrift.offered import offered
from dubu_plugin.web.skrift.opened import ONE, URL, Opened, opened
from dubu_plugin.web.skrift.screen import deadline, first_lacking, page
from dubu_plugin.web.skrift.start import answer_at_start
from dubu_plugin.web.skrift.undersoegelse_decided import decision_owed
from dubu_plugin.web.skrift.whole_page import draft_of_leader, read_again

router = APIRouter()

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]

DONE: Final = {
    "fremlagt": "Den er fremlagt. Lederen kan se den nu, og du kan skrive videre imens.",
    "sendt": "Den er sendt tilbage med din bemærkning.",
    "godkendt": "Den er godkendt og står nu, som den er. Dokumentet lægges på sagen.",
    "faerdig": "Den er færdig og står nu, som den er. Dokumentet lægges på sagen.",
    "ny": "Den nye version er begyndt. Alt fra den forrige er med.",
    "opgivet": "Den er opgivet. Det, der er skrevet, er gemt.",
    "tilbage": "Den nye version er opgivet. Den forrige står, som den blev godkendt.",
    "forhold": "Forholdene er valgt.",
    "hentet": "Det er hentet. Ved hvert afsnit står, hvor det kommer fra.",
    "intet_hentet": "Der var intet at hente: Felterne her er skrevet, eller de er tomme dér.",
}


@router.get(URL)
def show_all(visit: Reader, skriv: str = "") -> Response:
    """Show what is written on the case, and what can be begun.

    :param skriv: a kind: where one of it is written in, go to the first place that lacks something.
    """
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        found = skrifter.of_sag(connection, visit.subject)
    if head.area == AREA and skriv in ANSWERED_BY_IT:
        skriv = SkriftKind.HANDICAPUDREDNING
    going_on = written_in(found, SkriftKind(skriv)) if skriv in list(SkriftKind) else None
    if going_on is not None and going_on.kind not in PLANS:
        here = opened(visit, str(going_on.id))
        return RedirectResponse(first_lacking(here), status_code=303)
    with visit.reading() as connection:
        offers = offered(connection, visit.product, head, found, visit.now)
        may_write = visit.may(connection, Act.WRITE)
    values = {
        "url": f"/dubu/sag/{visit.subject}",
        "lines": lines(found, visit.product.forms, visit.now),
        "offers": offers if may_write and head.phase != CLOSED else (),
        "asked": skriv,
        "closed": head.phase == CLOSED,
    }
    title = "Det, der skrives på sagen"
    return visit.page(Page("skrift/list.html", title, case=head.host_key, tab=TAB, values=values))


@router.post(URL)
def start(visit: Writer, sent: Form) -> Response:
    """Begin one, or go on with the one that is written in already."""
    if sent.one("art") not in visit.product.forms.forms:
        return RedirectResponse(URL.format(sag=visit.subject), status_code=303)
    kind = SkriftKind(sent.one("art"))
    new = begin(visit.subject, kind, **visit.means)
    answer_at_start(visit, new, sent)
    return RedirectResponse(_url(visit, new), status_code=303)


@router.get(ONE)
def show(visit: Reader, skrift: str, gemt: str = "") -> Response:
    """Show the overview of one; a plan has pages of its own."""
    here = opened(visit, skrift)
    if here.skrift.kind in PLANS:
        return RedirectResponse(f"/dubu/sag/{visit.subject}/barnets-plan/{here.skrift.id}")
    return _overview(visit, here, said=DONE.get(gemt, ""))


@router.post(ONE)
def act(visit: Writer, skrift: str, sent: Form) -> Response:
    """Do something with the whole of it: what the button says."""
    here = opened(visit, skrift)
    try:
        done, where = _done(visit, here, sent)
    except NotFinished as no:
        return _overview(visit, here, wrong=no.for_people(), status=422)
    except WrittenSince as no:
        return read_again(visit, opened(visit, skrift), no, sent.one("bemaerkning"))
    except NoRemark as no:
        return _overview(visit, here, wrong=no.for_people(), status=422, remark=True)
    said = f"?gemt={done}" if done else ""
    return RedirectResponse(f"{here.url}{where}{said}", status_code=303)


def _done(visit: Visit, here: Opened, sent: Sent) -> tuple[str, str]:
    """Do what the button says, and return what to say of it and where to go; nothing for none."""
    about = visit.subject, here.skrift.id
    match sent.one("handling"):
        case "fremlaeg":
            present(*about, **visit.means)
            return "fremlagt", ""
        case "send_tilbage":
            send_back(*about, sent.one("bemaerkning"), **visit.means)
            forget(visit, draft_of_leader(here))
            return "sendt", ""
        case "godkend":
            approve(*about, read=sent.one("laest"), **visit.means)
            forget(visit, draft_of_leader(here))
            return "godkendt", ""
        case "afslut":
            finish(*about, **visit.means)
            return "faerdig", ""
        case "ny_version":
            begin_version(*about, **visit.means)
            return "ny", ""
        case "opgiv":
            give_up(*about, **visit.means)
            return "tilbage" if here.stood else "opgivet", ""
        case "forhold":
            _choose(visit, here, sent)
            return "forhold", ""
    raise UnknownButton


def _choose(visit: Visit, here: Opened, sent: Sent) -> None:
    """Store which dimensions are looked at, in the method's order."""
    assert here.method is not None
    there = here.said.get((WHOLE, FORHOLD))
    ticked = set(sent.many("forhold"))
    text = ",".join(one.code for one in here.method.dimensions if one.code in ticked)
    seen = int(sent.one("set")) if sent.one("set").isdigit() else 0
    if there is not None and there.revision != seen:
        raise ChosenByAnother
    write(visit.subject, here.skrift.id, {(WHOLE, FORHOLD): Written(text, seen)}, **visit.means)


class ChosenByAnother(CaseworkError):
    """Somebody else chose which matters to look at meanwhile."""

    danish = "En kollega har valgt forhold imens. Se valget på oversigten, og vælg så igen."


def _overview(
    visit: Visit,
    here: Opened,
    *,
    said: str = "",
    wrong: str = "",
    status: int = 200,
    remark: bool = False,
) -> Response:
    with visit.reading() as connection:
        due = deadline(connection, here, visit.now)
        tell = decision_owed(connection, here)
        others = skrifter.of_sag(connection, visit.subject)
        offers = offered(connection, visit.product, here.head, others, visit.now)
    forhold = here.said.get((WHOLE, FORHOLD))
    values = {
        "said": said,
        "wrong": wrong,
        "remark_missing": remark,
        "deadline": due,
        "tell": tell,
        "offers": [one for one in offers if one.kind is SkriftKind.FORELOEBIG_VURDERING]
        if here.skrift.kind is SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE and here.may_write
        else (),
        "matters": [
            (one.code, f"{one.number} {one.title}", one.code in here.chosen)
            for one in (here.method.dimensions if here.method else ())
        ] if here.form.chosen_dimensions else (),
        "matters_seen": forhold.revision if forhold else 0,
        "first": here.places[0] if here.places else None,
        "history": _history(visit, here),
        "decides": _decides(visit, here),
        "remark": here.newest.remark,
        "waits": here.skrift.state is SkriftState.FREMLAGT,
        "stands": here.skrift.state is SkriftState.GODKENDT,
    }  # fmt: skip
    return page(visit, "skrift/page.html", here, values, status=status)


def _decides(visit: Visit, here: Opened) -> Sequence[tuple[str, str]]:
    """Return what an udredning that stands leads to a decision on: its code and what it is called.

    What the law of the day does not allow at the child's age is left out.
    """
    stands = here.skrift.state is SkriftState.GODKENDT and not here.closed
    if here.skrift.kind is not SkriftKind.HANDICAPUDREDNING or not stands or not here.may_write:
        return ()
    today = danish.danish_day(visit.now)
    age = age_on(here.head.born, today) if here.head.born else None
    wanted = here.words.get((WHOLE, SOUGHT), "").split(",")
    return [
        (one.code, danish.unbroken(f"{one.title} ({one.paragraph})"))
        for one in visit.product.matters.open(today, age)
        if one.code in wanted
    ]


def _history(visit: Visit, here: Opened) -> Sequence[tuple[int, str]]:
    """Return what each version went through, the newest first."""
    found = []
    for one in here.versions:
        parts = [("begyndt", one.begun_at, one.begun_by), ("fremlagt", one.presented_at,
                 one.presented_by), ("godkendt" if here.form.leader else "færdig",
                 one.approved_at, one.approved_by)]  # fmt: skip
        words = [
            f"{what} {danish.list_moment(at, visit.now)} af {here.names.get(by or '', by)}"
            for what, at, by in parts
            if at is not None
        ]
        found.append((one.number, danish.unbroken(" · ".join(words))))
    return found


def _url(visit: Visit, one: Skrift) -> str:
    number: UUID = one.id
    return ONE.format(sag=visit.subject, skrift=number)
