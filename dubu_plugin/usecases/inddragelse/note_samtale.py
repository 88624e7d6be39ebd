"""Note that the child was talked with, or why not (barnets lov § 5, stk. 3 and 4)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import moment_text
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.inddragelse import (
    FORMS,
    Held,
    NotWhole,
    SamtaleState,
    lacks,
)
from dubu_plugin.domain.skrift import LONGEST, SkriftKind, cleaned
from dubu_plugin.store.deadlines import State, is_of
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.inddragelse.boernesamtaler import Told
from dubu_plugin.store.indsats.running import was_ever_supported
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import employees, frister
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.inddragelse import cite
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.skrift.on_skrift import on_sag

ASKED_BY_137: Final = "UND-SAMTALE"
"""The deadline of § 137, stk. 3: the talk at suspicion of abuse. It hangs on the underretning."""
EARLIEST: Final = timedelta(days=18 * 366)
TEXTS: Final = (
    "one_adviser_reason", "topics", "own_words", "wishes", "told", "agreed", "omitted_reason",
    "instead",
)  # fmt: skip
LINES: Final = {"place": 200, "others": 500, "safe_adult": 200, "interpreter": 200,
                "document_title": 200}  # fmt: skip
"""How long the short answers may be, in characters."""
TOO_LONG: Final = "Skriv det kortere, eller læg det som et dokument på sagen."
FIELDS: Final[Mapping[str, str]] = {
    "one_adviser_reason": "en_grund", "topics": "emner", "own_words": "egne_ord",
    "wishes": "oensker", "told": "fortalt", "agreed": "aftalt", "omitted_reason": "undladt_grund",
    "instead": "i_stedet", "place": "sted", "others": "andre", "safe_adult": "tryg_voksen",
    "interpreter": "tolk", "document_title": "dokument_titel",
}  # fmt: skip
"""What the form calls what a talk says."""


def note_samtale(
    sag: UUID,
    number: UUID,
    state: SamtaleState,
    said: Told,
    *,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> UUID:
    """Store a talk, and have the deadlines that ask for one met. Return its key.

    :param number: made when the form was drawn: the same form sent twice is one talk.
    :raises NotWhole: what the law asks for is not there; it says which.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        there = boernesamtaler.by_id(work.connection, number)
        if there is not None and there.sag == sag:
            return there.id
        told = whole(work, state, said)
        boernesamtaler.add(work.connection, ours, state, told, by=asker.key, now=now, number=number)
        _happened(work, ours, number, state, told)
        new = boernesamtaler.by_id(work.connection, number)
        assert new is not None
        cite.samtale(work, new)
        _tell_journal(work, number, ours.id, state, told)
        return number


def whole(work: Work, state: SamtaleState, said: Told) -> Told:
    """Return what is said as it is kept.

    :raises NotWhole: something the law asks for is not there, or cannot be.
    """
    texts: dict[str, Any] = {name: cleaned(getattr(said, name)) for name in (*TEXTS, *LINES)}
    told = replace(said, **texts, advisers=_employed(work, said.advisers))
    wrong = {FIELDS[name]: TOO_LONG for name, text in texts.items() if _is_long(name, text)}
    wrong |= lacks(
        Held(
            state=state,
            first_time=told.first_time,
            advisers=len(told.advisers),
            one_adviser_reason=told.one_adviser_reason,
            own_words=told.own_words,
            omitted=told.omitted,
            omitted_reason=told.omitted_reason,
            instead=told.instead,
        )
    )
    if told.occurred_at > work.now:
        wrong["dag"] = "Samtalen kan ikke være holdt senere end nu. Ret dag eller klokkeslæt."
    elif told.occurred_at < work.now - EARLIEST:
        wrong["dag"] = "Datoen ligger for langt tilbage. Ret året."
    if state is SamtaleState.HOLDT and not told.advisers:
        wrong["raadgiver"] = "Vælg, hvem af os der talte med barnet."
    if wrong:
        raise NotWhole(wrong)
    return told


def is_first_time(connection: sa.Connection, sag: Sag) -> bool:
    """Tell whether § 21, stk. 5, asks for two advisers: an undersøgelse is under way, and support
    was never put in motion."""
    bfu = SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE
    under_way = any(one.is_open for one in skrifter.of_sag(connection, sag.id, bfu))
    return under_way and not was_ever_supported(connection, sag.child_id)


def _is_long(name: str, text: str) -> bool:
    return len(text) > LINES.get(name, LONGEST)


def _employed(work: Work, advisers: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of them who work here, each once, in the order they were named."""
    known = set(
        work.connection.scalars(sa.select(employees.c.key).where(employees.c.key.in_(advisers)))
    )
    return tuple(one for one in dict.fromkeys(advisers) if one in known)


def _happened(work: Work, ours: Sag, number: UUID, state: SamtaleState, told: Told) -> None:
    """Record it on the case, and on the underretning whose deadline asks for a talk."""
    asking = work.connection.scalar(
        sa.select(frister.c.underretning_id)
        .where(
            frister.c.sag_id == ours.id,
            is_of(ASKED_BY_137),
            frister.c.state == State.AABEN,
        )
        .order_by(frister.c.anchor_at.desc())
        .limit(1)
    )
    held = state is SamtaleState.HOLDT
    basis = {} if held else {"hjemmel": "137-4" if asking else "5-4", "grund": told.omitted}
    work.happened(
        H.BOERNESAMTALE_HOLDT if held else H.BOERNESAMTALE_UNDLADT,
        occurred_at=told.occurred_at,
        sag=ours.id,
        underretning=asking,
        person=ours.child_id,
        responsible=ours.responsible,
        unit=ours.unit,
        data={"samtale": str(number), **basis},
    )


def _tell_journal(work: Work, number: UUID, sag: UUID, state: SamtaleState, told: Told) -> None:
    """Have the journal get a note that says when and how, and nothing of what was said."""
    held = state is SamtaleState.HOLDT
    form = FORMS[told.form] if held and told.form else ""
    when = moment_text(told.occurred_at) if held else ""
    body = (
        f"{form}, {when}. Barnets ord står i Barn og familie."
        if held
        else ("Barnets syn kommer frem på anden vis. Grunden står i Barn og familie (§ 5, stk. 4).")
    )
    work.tell(
        "add_note",
        lane=sag_lane(sag),
        key=op_key(number, "noteret"),
        payload={
            "sag": str(sag),
            "title": "Samtale med barnet" if held else "Ingen samtale med barnet",
            "body": body,
            "occurred_at": work.now.isoformat(),
        },
    )
