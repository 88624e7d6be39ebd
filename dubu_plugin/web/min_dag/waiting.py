"""What waits for the one who looks: what is presented to them or sent back, a colleague's
question, letters to print, what was to begin by now or ends, a child that is perhaps born, and
deliveries that are stuck."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.min_dag import fravaer
from dubu_plugin.store.min_dag.birth_waits import BirthWaits
from dubu_plugin.store.min_dag.indsats_waits import IndsatsWaits
from dubu_plugin.store.min_dag.paper_waits import OnPaper
from dubu_plugin.store.min_dag.skrift_waits import Presented
from dubu_plugin.store.outbox import Waiting
from dubu_plugin.store.stuck import waiting_for
from dubu_plugin.store.underretning import genvurderinger
from dubu_plugin.store.underretning.genvurderinger import Answer
from dubu_plugin.web.naming import at_the_beginning, child_title

SLOW: Final = timedelta(minutes=30)
"""What has not come through in this time is shown as waiting."""

KINDS: Final = {
    "open_case": "Sagen er ikke oprettet i journalen",
    "close_case": "Sagen er ikke lukket i journalen",
    "copy_journal": "Journalens notater er ikke hentet",
    "file_document": "Et dokument er ikke lagt på sagen",
    "change_case": "Journalen ved ikke, hvem der har sagen nu",
    "rename_case": "Journalen kalder ikke sagen ved barnets navn endnu",
    "add_parties": "Forældrene er ikke føjet til sagen i journalen",
    "follow_host": "En ændring i journalen er ikke slået igennem her",
    "add_note": "Et notat er ikke skrevet i journalen",
    "set_reminder": "En erindring er ikke sat i journalen",
    "complete_reminder": "En erindring er ikke lukket i journalen",
    "match_child": "Barnet er ikke slået op endnu",
    "pack_klage": "Sagens akter er ikke samlet til Ankestyrelsen",
    "write_letter": "Et brev er ikke skrevet",
    "file_letter": "Et brev er ikke lagt på sagen",
    "send_letter": "Et brev er ikke sendt",
}

FELL: Final = {
    AfgoerelseState.HJEMVIST: "Ankestyrelsen har sendt afgørelsen tilbage (RSL § 68)",
    AfgoerelseState.OPHAEVET: "Ankestyrelsen har ophævet afgørelsen (RSL § 68)",
    AfgoerelseState.BORTFALDET: "Udvalget godkendte ikke afgørelsen (§ 143, stk. 4)",
}
"""Why the decision something runs by is not in force any more."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One thing, in words."""

    key: str
    title: str
    detail: str
    url: str
    refused: bool
    """A person must try again or give it up."""
    action: str
    """Where that is said."""


def lines(
    connection: sa.Connection, product: Product, who: Asker, now: datetime
) -> Sequence[WaitingLine]:
    """Return what waits on this asker."""
    today = danish.danish_day(now)
    away = fravaer.covered_by(connection, who, today)
    found = waiting_for(connection, who, slower_than=now - SLOW, today=today, away=away)
    asked = [_asked(one, now) for one in found.asked]
    presented = [_presented(one, product, who, now) for one in found.presented]
    paper = [_to_print(one, now) for one in found.paper]
    helped = [_indsats(one, product, today) for one in found.indsatser]
    born = [_birth(one, today) for one in found.births]
    return [*presented, *asked, *born, *helped, *paper, *(line(row, now) for row in found.stuck)]


def _presented(one: Presented, product: Product, who: Asker, now: datetime) -> WaitingLine:
    """Return that a caseworker asks one to look at what they have written, or a leader to put it
    right."""
    is_decision = one.kind is SkriftKind.AFGOERELSE
    read = "" if one.sent_back else "/hele-teksten"
    place = f"afgoerelse/{one.skrift}" if is_decision else f"skrift/{one.skrift}{read}"
    url = f"/dubu/sag/{one.sag}/{place}"
    title = product.forms.of(one.kind).title
    at = danish.list_moment(one.at, now)
    return WaitingLine(
        key=str(one.skrift),
        title=f"{title}: {child_title(one.child_name, one.termin)}",
        detail=_looked_at(one, who)
        if one.sent_back
        else danish.unbroken(f"Fremlagt af {one.by} · {at}"),
        url=url,
        refused=False,
        action=url,
    )


def _looked_at(one: Presented, who: Asker) -> str:
    """Return that it is to be put right, and whose it is where another wrote it."""
    whose = f" til {one.by}" if one.by and one.by_key != who.key else ""
    return f"Sendt tilbage{whose}: læs lederens bemærkning"


def _to_print(one: OnPaper, now: datetime) -> WaitingLine:
    """Return that letters of a case are to be printed and posted."""
    url = f"/dubu/sag/{one.sag}/breve"
    counted = danish.counted(one.number, "brev", "breve")
    return WaitingLine(
        key=str(one.sag),
        title=f"{counted} skal printes og sendes: {child_title(one.child_name, one.termin)}",
        detail=danish.unbroken(f"Siden {danish.list_moment(one.since, now)}"),
        url=url,
        refused=False,
        action=url,
    )


def _indsats(one: IndsatsWaits, product: Product, today: date) -> WaitingLine:
    """Return that something is planned whose day has come, that something ends, or that what it
    runs by is not in force any more."""
    url = f"/dubu/sag/{one.sag}/indsats/{one.indsats}"
    row = product.indsatser.indsats(one.code, one.starts_on)
    what = row.title if row else "En indsats"
    day = danish.list_date(one.by, today)
    if one.fallen is not None:
        title = "Uden afgørelse"
        detail = f"{FELL[one.fallen]}. Træf en ny afgørelse, eller afslut den"
    elif one.ends_on is None:
        title, detail = "Skal sættes i gang", f"planlagt fra {day}"
    elif one.ends_on < today:
        title = "Skulle være sluttet"
        detail = f"skulle slutte {day}. Afslut den, eller lad den fortsætte"
    else:
        title, detail = "Slutter snart", f"ventes at slutte {day}"
    return WaitingLine(
        key=str(one.indsats),
        title=f"{title}: {child_title(one.child_name, one.termin)}",
        detail=f"{what} · {danish.unbroken(detail)}",
        url=url,
        refused=False,
        action=url,
    )


def _birth(one: BirthWaits, today: date) -> WaitingLine:
    """Return that an expected child is perhaps born, and that a person must say so."""
    url = f"/dubu/sag/{one.sag}/foedsel"
    if one.may_be_born and one.newest is not None:
        title = "Måske født"
        born = danish.list_date(one.newest, today)
        detail = f"moren har fået et barn {born}. Registrér fødslen, også ved tvillinger"
    else:
        title = "Terminen er passeret"
        detail = (
            f"ventet {danish.list_date(one.termin, today)}. Registrér fødslen, eller ret terminen"
        )
    return WaitingLine(
        key=f"foedsel-{one.sag}",
        title=f"{title}: {child_title(one.child_name, one.termin)}",
        detail=danish.unbroken(at_the_beginning(detail)),
        url=url,
        refused=False,
        action=url,
    )


def _asked(one: genvurderinger.Waiting, now: datetime) -> WaitingLine:
    """Return that somebody asks one to take part in a genvurdering, or that one's own was no."""
    url = f"/dubu/indgang/{one.underretning}/genvurdering"
    child = child_title(one.child_name, one.termin)
    at = danish.list_moment(one.at, now)
    said = "spørger dig" if one.state is Answer.ASKED else "har sagt nej. Spørg en anden"
    return WaitingLine(
        key=str(one.underretning),
        title=f"Genvurdering: {child}",
        detail=danish.unbroken(f"{one.other} {said} · {at} · § 137, stk. 1"),
        url=url,
        refused=False,
        action=url,
    )


def line(row: Waiting, now: datetime) -> WaitingLine:
    """Return one of them in words."""
    behind = f" · {danish.counted(row.behind, 'ting', 'ting')} venter bag den" if row.behind else ""
    subject = f"sag/{row.sag}" if row.sag else f"indgang/{row.underretning}"
    return WaitingLine(
        key=str(row.key),
        title=KINDS.get(row.kind, "En leverance venter"),
        detail=f"Siden {danish.list_moment(row.since, now)}{behind}",
        url=f"/dubu/{subject}#venter",
        refused=row.refused,
        action=f"/dubu/{subject}/venter/{row.key}",
    )
