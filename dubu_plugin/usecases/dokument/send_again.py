"""A letter that came back, or went to an old address, is sent anew.

A letter that never came starts no time (retssikkerhedsloven § 67): what runs from the day it was
sent falls away, and what its day met is open again, until somebody says that the new one is sent.
A complaint that was too late by it came in time, and one that is over because the rest was not kept
in the time it began is open again (bekendtgørelse 861 of 2025, § 12).
The new one says the same, but for a place that is hidden from a parent since (barnets lov § 105);
where it goes is asked of the address book as it is written.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.letter import Value
from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.danish import danish_day, long_date, unbroken, weekday_date
from dubu_plugin.domain.gates.standing import Hearing, No
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.hearing_time import answer_by
from dubu_plugin.domain.inddragelse import HANDED_OVER
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store import letter_again
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser, klager, partshoeringer
from dubu_plugin.store.afgoerelse.klager import Klage, KlageState
from dubu_plugin.store.afgoerelse.partshoeringer import Partshoering
from dubu_plugin.store.aktivitet import plan_undoing
from dubu_plugin.store.deadlines import undoing
from dubu_plugin.store.deadlines.answer_day import move_answer_day
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import rettelser
from dubu_plugin.store.tables import letters as table
from dubu_plugin.store.tables import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.afgoerelse.judge_anew import judge_anew, late_by
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.dokument.addressed import citizen, dated
from dubu_plugin.usecases.dokument.heeded import unheeded
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.sent_on_paper import of_case
from dubu_plugin.usecases.dokument.without_place import without_place
from dubu_plugin.usecases.sag.complaint_anew import judge_by_hand, late_by_hand

OTHER: Final = "andet"
REASONS: Final[Mapping[str, str]] = {
    "retur": "Brevet kom retur",
    "adresse": "Brevet gik til en forkert adresse",
    OTHER: "Noget andet",
}
"""Why a letter is sent anew, by its code."""
LONGEST: Final = 200
"""Characters of what is told besides: it stands with the reason in one field."""
SHOWN: Final = 30
"""How many letters that have left the house are listed."""


class NotToBeSentAgain(CaseworkError):
    """It is not sent, or somebody has sent it anew meanwhile."""

    danish = (
        "Brevet er ikke noteret sendt, eller det er allerede sendt igen. Gå tilbage til brevene, "
        "og se, hvordan det står."
    )


class OtherTemplate(CaseworkError):
    """The letter has other fields than when it was written."""

    danish = (
        "Brevets skabelon er en anden, end da det blev skrevet, så det kan ikke skrives igen "
        "herfra. Print den PDF, der ligger på sagen, og send den i en ny kuvert."
    )


class ToNobodyKnown(CaseworkError):
    """It is to nobody the address book can be asked about."""

    danish = (
        "Brevet er ikke til nogen, der kan slås op i adressebogen, så det kan ikke skrives igen "
        "herfra. Print den PDF, der ligger på sagen, og send den i en ny kuvert."
    )


class HeardAlready(CaseworkError):
    """The party has answered, is not heard any more, or the decision is made."""

    danish = (
        "Høringen er slut: Parten har svaret, eller afgørelsen er truffet. Send i stedet "
        "afgørelsens brev igen."
    )


@dataclass(frozen=True, slots=True)
class GoneOut:
    """A letter that has left the house."""

    letter: UUID
    code: str
    state: LetterState
    recipient: str = field(repr=False)
    written: date
    sent_at: datetime | None
    pdf_sha256: str | None
    again: bool
    """It can be sent anew."""

    @property
    def name(self) -> str:
        """Who it is to."""
        return self.recipient.partition("\n")[0]


def letters_gone_out(
    connection: sa.Connection, sag: UUID, *, only: Collection[UUID] | None = None
) -> Sequence[GoneOut]:
    """Return the letters that have left a case last, the newest first.

    :param only: those letters alone; None is all of the case. Of none nothing is asked.
    """
    if only is not None and not only:
        return ()
    mine = of_case(sag) if only is None else sa.and_(of_case(sag), table.c.id.in_(only))
    return _gone(connection, letter_again.gone_out(connection, mine, limit=SHOWN))


def letter_gone_out(connection: sa.Connection, sag: UUID, letter: UUID) -> GoneOut | None:
    """Return one of a case's letters that have left the house; None where it is no such letter."""
    return next(iter(letters_gone_out(connection, sag, only=[letter])), None)


def send_again(
    sag: UUID,
    letter: UUID,
    why: str,
    words: str,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
    apart_seen: bool = False,
) -> UUID:
    """Have a letter written anew that did not reach whom it is to, and return the new one's id.

    :param why: one of `REASONS`.
    :param words: what else is to be told of it; needed for `OTHER`.
    :param apart_seen: somebody has seen that it tells nothing of who is held apart, nor of a
        hidden place.
    :raises FieldRefused: no reason is chosen, or it is not told, or at too great a length; or
        nobody has looked where they are to.
    :raises NotToBeSentAgain: it is not sent, or is sent anew.
    :raises OtherTemplate, ToNobodyKnown: it cannot be written again.
    :raises HeardAlready: it is a hearing that is over.
    :raises NotYours: the policy says no, or it is no letter of the case.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        mine = sa.and_(of_case(sag), table.c.id == letter)
        row = work.connection.execute(sa.select(table).where(mine)).one_or_none()
        person = letter_again.to_persons(work.connection, [letter]).get(letter)
        if row is None:
            raise NotYours
        if row.state != LetterState.SENDT:
            raise NotToBeSentAgain
        if person is None:
            raise ToNobodyKnown
        reason = _reason(why, words.strip().rstrip("."))
        if no := _not_heeded(work.connection, sag, danish_day(now), seen=apart_seen):
            raise FieldRefused(no.field, no.sentence)
        part = _hearing(work, letter)
        due = _answer_by(part.due_on, row, now) if part and part.due_on else None
        new = _ordered(work, row, person, due, product)
        late = late_by(work.connection, sag, letter)
        decision = afgoerelser.of_letter(work.connection, letter)
        by_hand = late_by_hand(work.connection, sag, decision)
        by = _as_not_sent(work, row, part, reason)
        letter_again.takes_over(work.connection, letter, new)
        if part is not None:
            _asked_again(work, sag, part, due, by)
        for klage in late:
            judge_anew(work, klage, product=product, by=by)
        judge_by_hand(work, sag, by_hand, by=by)
        _tell(work, row, product.letters[row.code].row.title, reason)
        return new


def _gone(connection: sa.Connection, rows: Sequence[Any]) -> Sequence[GoneOut]:
    sent = [row.id for row in rows if row.state == LetterState.SENDT]
    known = letter_again.to_persons(connection, sent) if sent else {}
    return [
        GoneOut(
            row.id, row.code, LetterState(row.state), row.recipient, danish_day(row.created_at),
            row.sent_at, row.pdf_sha256, row.id in known,
        )
        for row in rows
    ]  # fmt: skip


def _reason(why: str, words: str) -> str:
    if why not in REASONS:
        raise FieldRefused("grund", "Vælg, hvorfor brevet sendes igen.")
    if why == OTHER and not words:
        raise FieldRefused("ord", "Skriv, hvad der er sket med brevet.")
    if len(words) > LONGEST:
        raise FieldRefused("ord", f"Skriv det kortere, med højst {LONGEST} tegn.")
    return words if why == OTHER else ". ".join(filter(None, (REASONS[why], words)))


def _not_heeded(connection: sa.Connection, sag: UUID, today: date, *, seen: bool) -> No | None:
    """Return what is to be seen first: who is held apart, or where the child is, may be told in
    what was written before anybody was (forvaltningsloven § 27; barnets lov § 105)."""
    child = connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == sag))
    return unheeded(connection, sag, child, today, seen=seen) if child else None


def _hearing(work: Work, letter: UUID) -> Partshoering | None:
    """Return the hearing a letter asks in, which is not over.

    :raises HeardAlready: it is over.
    """
    part = partshoeringer.of_letter(work.connection, letter)
    if part is None:
        return None
    decision = afgoerelser.by_id(work.connection, part.afgoerelse)
    waits = part.state in (Hearing.SENDT, Hearing.INTET_SVAR)
    if not waits or decision is None or decision.state is not AfgoerelseState.FORBEREDES:
        raise HeardAlready
    return part


def _answer_by(due_on: date, row: Any, now: datetime) -> date:
    """Return the day to answer by that gives the party as long as the old letter promised."""
    return answer_by(due_on, danish_day(row.sent_at), danish_day(now))


def _ordered(work: Work, row: Any, person: UUID, due: date | None, product: Deciding) -> UUID:
    letter = product.letters[row.code]
    kept = without_place(
        work.connection, row.sag_id, row.id, person, json.loads(row.values), product.forms
    )
    by_hand = HANDED_OVER in (row.recipient or "").split("\n")
    to, fields = citizen(work.connection, person, by_hand=by_hand)
    fresh: dict[str, Value] = {**fields, **dated(work.now)}
    if due is not None:
        fresh["hoering.frist"] = unbroken(weekday_date(due))
    values = {name: fresh.get(name, said) for name, said in kept.items() if name not in letter.late}
    if values.keys() != letter.needs - letter.late:
        raise OtherTemplate
    return order_letter(
        work, row.code, letters=product.letters, sag=row.sag_id, underretning=None, values=values,
        author=work.actor, to=to, number=letter_again.new_of(row.id),
    )  # fmt: skip


def _as_not_sent(work: Work, row: Any, part: Partshoering | None, reason: str) -> UUID:
    """Let the case be as if the letter had not been sent; return the hændelse that says so."""
    decision = afgoerelser.of_letter(work.connection, row.id)
    unheard = part.id if part and part.state is Hearing.INTET_SVAR else None
    child = work.connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == row.sag_id))
    klage = _not_kept(work.connection, row.id, decision)
    over = klage.id if klage else None
    by: UUID = row.id
    for one in letter_again.said_by(work.connection, row.sag_id, row.id, decision, unheard, over):
        by = work.happened(
            Haendelse.HAENDELSE_TILBAGETAGET,
            sag=row.sag_id,
            person=child,
            data={"haendelse": str(one.id), "hvad": one.type},
        ).id
        rettelser.take_back(work, one.id, row.sag_id, by=by, reason=reason)
        undoing.undo(work.connection, work.rules, one.id, by=by, now=work.now, reason=reason)
        plan_undoing.undo(work.connection, one.id, by=by, now=work.now)
    if klage is not None:
        klager.change(work.connection, klage, KlageState.GENVURDERET, ended_at=None)
    return by


def _not_kept(connection: sa.Connection, letter: UUID, decision: UUID | None) -> Klage | None:
    """Return the complaint that is over because the rest was not kept within four weeks of a
    letter, or None."""
    new = afgoerelser.by_id(connection, decision) if decision else None
    party = afgoerelser.party_of_letter(connection, letter)
    if new is None or new.replaces is None or party is None:
        return None
    return klager.not_kept(connection, new.replaces, party)


def _asked_again(work: Work, sag: UUID, part: Partshoering, due: date | None, by: UUID) -> None:
    """Have a party be asked anew, with as long to answer as before."""
    partshoeringer.change(
        work.connection, part.id, by=work.actor, now=work.now, state=Hearing.SENDT, due_on=due,
        sent_at=work.now,
    )  # fmt: skip
    if due is not None:
        move_answer_day(
            work.connection,
            work.rules,
            Haendelse.PARTSHOERING_SENDT,
            {"part": str(part.id)},
            {"svarfrist": due.isoformat()},
            sag=sag,
            by=by,
            now=work.now,
        )


def _tell(work: Work, row: Any, title: str, reason: str) -> None:
    work.tell(
        "add_note",
        lane=sag_lane(row.sag_id),
        key=op_key(row.id, "sendes_igen"),
        payload={
            "sag": str(row.sag_id),
            "title": f"Sendes igen: {title}",
            "body": unbroken(
                f"Brevet, der blev sendt den {long_date(danish_day(row.sent_at))}, kom ikke frem. "
                f"Grund: {reason}.\nEt nyt brev er skrevet. Det, der løber fra brevet, løber fra "
                f"det nye."
            ),
            "occurred_at": work.now.isoformat(),
        },
    )
