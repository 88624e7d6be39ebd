"""A decision on the screen: its sections, its parties, and what the law still asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Asker, decide
from dubu_plugin.domain.afgoerelser import (
    MADE,
    AfgoerelseState,
    Capacity,
    Matter,
    act_of,
)
from dubu_plugin.domain.gates.committee import CHAIRS
from dubu_plugin.domain.gates.passing import refused
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.indsatser import DecidedBy
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.domain.udfald import outcome_words, outcomes
from dubu_plugin.store import access
from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.answers_given import answers_given
from dubu_plugin.store.afgoerelse.klager import Klage, KlageState
from dubu_plugin.store.afgoerelse.locks import ENDED
from dubu_plugin.usecases.afgoerelse.child_view import SECTION
from dubu_plugin.usecases.afgoerelse.whole import Whole
from dubu_plugin.usecases.afgoerelse.window import is_to_be_sent, late_words
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.dokument.send_again import letters_gone_out
from dubu_plugin.web.afgoerelse.beregning_view import reckoned_of
from dubu_plugin.web.afgoerelse.form import (
    asks_consent,
    chairs_choices,
    sections,
    writes_to_child,
)
from dubu_plugin.web.afgoerelse.given_view import given_lines, indsats_options
from dubu_plugin.web.afgoerelse.hearing_words import HEARINGS, TO_PRINT, answer_words
from dubu_plugin.web.afgoerelse.klage_ruling import then
from dubu_plugin.web.afgoerelse.read import read_lines
from dubu_plugin.web.letter_notes import Heed, heed
from dubu_plugin.web.sag.paper_view import GoneLine, Paper, gone_line, paper, state_words
from dubu_plugin.web.skrift.lines import Line

CAPACITIES: Final[Mapping[Capacity, str]] = {
    Capacity.FORAELDREMYNDIGHED: "Har forældremyndighed",
    Capacity.FORAELDER: "Forælder uden forældremyndighed",
    Capacity.KOMMENDE_FORAELDRE: "Kommende forælder",
    Capacity.BARN: "Barnet",
}
STATES: Final[Mapping[AfgoerelseState, tuple[str, str, str]]] = {
    AfgoerelseState.FORBEREDES: ("Forberedes", "", "edit"),
    AfgoerelseState.TRUFFET: ("Truffet", "done", "check"),
    AfgoerelseState.OPGIVET: ("Opgivet", "", ""),
    AfgoerelseState.ERSTATTET: ("Erstattet af en ny", "", ""),
    AfgoerelseState.OPHAEVET: ("Ophævet af Ankestyrelsen", "act", "warning"),
    AfgoerelseState.AENDRET: ("Ændret af Ankestyrelsen", "act", "edit"),
    AfgoerelseState.HJEMVIST: ("Hjemvist af Ankestyrelsen", "act", "warning"),
    AfgoerelseState.BORTFALDET: ("Ikke godkendt af udvalget", "act", "warning"),
}
KLAGER: Final[Mapping[KlageState, tuple[str, str, str]]] = {
    KlageState.MODTAGET: ("Genvurderes", "act", "time"),
    KlageState.GENVURDERET: ("Genvurderet", "", ""),
    KlageState.FASTHOLDT: ("Skal sendes til Ankestyrelsen", "act", "send"),
    KlageState.PAA_VEJ: ("På vej til Ankestyrelsen", "act", "send"),
    KlageState.SENDT: ("Hos Ankestyrelsen", "", "send"),
    KlageState.TRUKKET: ("Trukket tilbage", "", ""),
    KlageState.AFGJORT: ("Afgjort", "done", "check"),
}


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party on the screen."""

    key: str
    name: str = field(repr=False)
    capacity: str
    """As the form has it."""
    capacity_words: str
    child: bool
    hearing: str
    url: str
    consent: bool
    """It is asked for."""
    purpose: bool
    told: str
    """Where the letter has got to; empty where there is none."""
    letter: GoneLine | None = None
    """The letter, where it has left the house."""


def line(
    product: Product, one: Afgoerelse, sag_url: str, today: date, *, applied: bool = False
) -> Line:
    """Return a decision as it is listed.

    :param applied: it answered who had asked for it.
    """
    matter = product.matters.get(one.matter, one.decided_on or today)
    title = matter.title if matter else one.matter
    said = [law_words(one.law or (matter.law if matter else ""))]
    if one.decided_on:
        said.append(danish.list_date(one.decided_on, today))
    if one.outcome and one.state is AfgoerelseState.TRUFFET:
        said.append(outcome_words(matter, one.outcome, applied=applied).lower())
    if one.is_open and one.replaces:
        said.append("i stedet for en, der er klaget over")
    detail = danish.unbroken(" · ".join(filter(None, said)))
    return Line(title, f"{sag_url}/afgoerelse/{one.id}", detail, STATES[one.state])


def klage_line(one: Klage, sag_url: str, today: date) -> Line:
    """Return a complaint as it is listed."""
    day = danish.list_date(danish.danish_day(one.received_at), today)
    waits = one.state in (KlageState.MODTAGET, KlageState.FASTHOLDT) and not one.late
    state = KlageState.FASTHOLDT if is_to_be_sent(one) else one.state
    due = f" · senest {danish.list_date(one.due_on, today)}" if waits else ""
    title = f"Klage fra {one.name}"
    late = f" · kom {late_words(one)}" if one.late else ""
    detail = danish.unbroken(f"{day}{due}{late}")
    return Line(title, f"{sag_url}/klage/{one.id}", detail, KLAGER[state])


def lines(
    connection: sa.Connection, product: Product, sag: Any, sag_url: str, today: date
) -> Sequence[Line]:
    """Return the decisions and complaints of a case, the newest first."""
    its = afgoerelser.of_sag(connection, sag)
    if not its:
        return []
    found = [klage_line(one, sag_url, today) for one in klager.of_sag(connection, sag)]
    asked = answers_given(connection, sag)
    return [
        *found,
        *(line(product, one, sag_url, today, applied=one.id in asked) for one in its),
    ]


def shown(
    connection: sa.Connection,
    product: Product,
    who: Asker,
    it: Whole,
    now: datetime,
) -> dict[str, Any]:
    """Return what is shown of a decision."""
    its, matter = it.afgoerelse, it.matter
    url = f"/dubu/sag/{its.sag}"
    today = danish.danish_day(now)
    about = access.subject(connection, who, "sag", its.sag)
    may_write = about is not None and bool(decide(who, Act.WRITE, about))
    may_decide = about is not None and bool(decide(who, act_of(matter), about))
    form = product.forms.of(SkriftKind.AFGOERELSE)
    wanted = sections(it)
    made = its.state in MADE
    complaints = (
        [one for one in klager.of_sag(connection, its.sag) if one.afgoerelse == its.id]
        if made
        else []
    )
    told = afgoerelser.told(connection, its.id) if made else []
    heard = {one.letter for one in it.parts if one.letter}
    on_paper = paper(
        connection, product.letters, its.sag, today, only=heard | {one.letter for one in told}
    )
    gone = {
        one.letter: gone_line(one, product.letters, its.sag, now)
        for one in letters_gone_out(connection, its.sag, only=[one.letter for one in told])
    }
    to_heed = _heed(connection, it)
    return {
        "url": url,
        "action": f"{url}/afgoerelse/{its.id}",
        "open": its.is_open and may_write,
        "made": made,
        "may_decide": may_decide,
        "may_write": may_write,
        "leads": about is not None and bool(decide(who, Act.APPROVE, about)),
        "presented": bool(its.is_open and its.presented_at and not its.remark),
        "remark": its.remark or "",
        "matter": matter,
        "law": law_words(its.law or matter.law),
        "decided_by": _decided_by(matter),
        "state": STATES[its.state],
        "made_words": _made(
            it, today, applied=made and its.id in answers_given(connection, its.sag)
        ),
        "parts": [
            (part, [one for one in form.in_part(part.code) if one.code in wanted])
            for part in form.parts
        ],
        "choices": {
            one.code: [(choice.value, choice.title) for choice in one.choices]
            for one in form.afsnit
        }
        | {CHAIRS: chairs_choices(it, today)},
        "options": indsats_options(product, it),
        "several": len(matter.indsatser) > 1,
        "outcomes": _outcomes(it),
        "heard_place": bool(matter.statement) and it.placed,
        "period_labels": _labels(matter),
        "asks_period": bool(matter.indsatser or matter.end_date or matter.examined)
        or matter.haendelse is not None,
        "parties": parties(it, url, told, on_paper, gone, now),
        "paper": on_paper,
        "may_post": may_write,
        "capacities": [
            (one.value, CAPACITIES[one])
            for one in (Capacity.FORAELDREMYNDIGHED, Capacity.FORAELDER)
        ],
        "gates": refused(it.standing(product.indsatser)) if its.is_open else [],
        "lock": any(one.suspensive and one.state not in ENDED for one in complaints),
        "klager": [klage_line(one, url, today) for one in complaints],
        "then": then(connection, product, its, next(filter(_ruled, complaints), None)),
        "given": given_lines(connection, product, it, url, may_write=may_write),
        "read": read_lines(it, form.afsnit),
        "heed": to_heed.notes,
        "apart_tick": to_heed.tick,
        "writes_to_child": writes_to_child(it),
        "fetched": {SECTION: _fetched(it)},
        "draft": f"afgoerelse:{its.id}",
        **reckoned_of(connection, product, it, today),
    }


def _ruled(klage: Klage) -> bool:
    return klage.ruling is not None


def _fetched(it: Whole) -> str:
    """Say that the child's view was fetched, and is to be looked at."""
    source = it.view.fetched_from
    return f"Hentet fra {source}. Ret det, så det handler om denne afgørelse." if source else ""


def _heed(connection: sa.Connection, it: Whole) -> Heed:
    if not it.afgoerelse.is_open:
        return Heed()
    to_child = any(one.capacity is Capacity.BARN for one in it.parts)
    return heed(
        connection, it.child.id, it.day, to_child=to_child, to_parents=True,
        hidden=it.recorded.place_hidden, may_be_hidden=it.recorded.may_be_hidden(it.day),
        placed=it.placed,
    )  # fmt: skip


def parties(
    it: Whole,
    url: str,
    told: Sequence[afgoerelser.Told],
    on_paper: Paper,
    gone: Mapping[UUID, GoneLine],
    now: datetime,
) -> Sequence[PartyLine]:
    """Return the parties, the child last."""
    letters = {one.person: one for one in told}
    found = []
    for one in it.parts:
        letter = letters.get(one.person)
        unsent = one.state is Hearing.SENDT and on_paper.waits(one.letter)
        hearing = TO_PRINT if unsent else HEARINGS[one.state]
        if by := answer_words(one, it.day, lies_here=unsent):
            hearing = f"{hearing}: {by}"
        sent = state_words(letter.state, letter.sent_at, now) if letter else ""
        found.append(
            PartyLine(
                str(one.person), one.name, one.capacity, CAPACITIES[one.capacity],
                one.capacity is Capacity.BARN, danish.unbroken(hearing),
                f"{url}/afgoerelse/{it.afgoerelse.id}/part/{one.id}",
                asks_consent(it.matter, it.age, one.capacity), bool(it.matter.consent_purpose),
                sent, gone.get(letter.letter) if letter else None,
            )
        )  # fmt: skip
    return found


def _decided_by(matter: Matter) -> str:
    match matter.decided_by:
        case DecidedBy.UDVALGET:
            return "Børne- og ungeudvalget træffer afgørelsen; lederen skriver den ind"
        case DecidedBy.FORMANDEN:
            return "Udvalgets formand træffer afgørelsen; lederen skriver den ind"
        case _ if act_of(matter) is Act.WRITE:
            return "Rådgiveren træffer afgørelsen"
    return "Lederen træffer afgørelsen"


def _labels(matter: Matter) -> tuple[str, str]:
    """Return what the first and the last day are called."""
    if matter.examined:
        return "Kommunen fik kendskab til behovet", ""
    if matter.period:
        return "Hjemgivelsesperiodens første dag", "Hjemgivelsesperiodens sidste dag"
    if matter.notice:
        return "", "Hjælpen gives til og med"
    return "Fra", "Til og med"


def _outcomes(it: Whole) -> Sequence[tuple[str, str]]:
    """Return what can be chosen, and what was chosen before under another name."""
    offered = dict(outcomes(it.matter, applied=it.applied))
    if (chosen := it.afgoerelse.outcome) is not None:
        offered.setdefault(chosen, outcome_words(it.matter, chosen))
    return [(one.value, words) for one, words in offered.items()]


def _made(it: Whole, today: date, *, applied: bool) -> str:
    its = it.afgoerelse
    if its.decided_on is None:
        return ""
    words = outcome_words(it.matter, its.outcome, applied=applied).lower()
    outcome = f" · {words}" if words else ""
    ended = f" · gælder ikke fra {danish.list_date(its.ended_on, today)}" if its.ended_on else ""
    return danish.unbroken(f"Truffet {danish.list_date(its.decided_on, today)}{outcome}{ended}")
