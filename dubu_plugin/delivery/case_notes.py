"""What is written on a case, as pages: its journal notes, and the talks with the child.

Nothing that is locked is among them, and no draft. A talk whose record lies on the case as it is
now is a document there, and is not made pages once more.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.delivery.case_papers import AS_PAGES, NO_FACTS, Paper
from dubu_plugin.delivery.handling import Delivery
from dubu_plugin.documents.letter import Value, Values
from dubu_plugin.domain.danish import danish_day, long_date, moment_text, unbroken
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.inddragelse.boernesamtaler import Samtale
from dubu_plugin.store.journal import journallinjer
from dubu_plugin.store.journal.journallinjer import KeptNote
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.tables import letters
from dubu_plugin.usecases.dokument.order.samtale import RECORD, record_values
from dubu_plugin.usecases.dokument.sender import sender
from dubu_plugin.usecases.journal.copy_case import copy_case

AUTOMATIC: Final = "Automatiske notater i journalen"
"""What the notes nobody wrote are called together: each says in a line what was done."""
HELD: Final = "Samtale med barnet"
NOT_HELD: Final = "Ingen samtale med barnet"
SAID: Final = "samtale."
LOCKED: Final = "samtale.laast_del"


@dataclass(frozen=True, slots=True)
class Written:
    """What is written on a case, and what of it is held back."""

    papers: Sequence[Paper] = field(repr=False)
    locked: Sequence[tuple[date, str]] = field(repr=False)
    """The talks that have a locked part, which is no paper."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    day: date
    title: str = field(repr=False)
    docx: bytes = field(repr=False)


def written(d: Delivery, sag: UUID) -> Written:
    """Return what is written on a case as the journal has it now, the newest first.

    :raises AdapterError: the host does not answer, or does not show the case.
    :raises NotConverted: it cannot be made pages now; none of it is left out.
    """
    copy_case(sag, product=d, now=d.now)
    with d.store.read() as connection:
        ours = sager.by_id(connection, sag)
        if ours is None:
            return Written((), ())
        house = sender(connection, d.settings.municipality, author=d.actor, unit=ours.unit).fields
        notes = journallinjer.notes_of(connection, sag)
        talks = boernesamtaler.of_sag(connection, sag)
        said = [_of_talk(connection, ours, one, house, d.now) for one in talks]
        filed = _filed(connection, sag)
    there = [_with_locked(one, filed) for one in said]
    sheets = [
        *_notes(d, notes, house),
        *(
            _Sheet(_day(talk), _title(talk), d.letters.render(d.letters[RECORD], one))
            for talk, one, is_filed in zip(talks, said, there, strict=True)
            if is_filed is None
        ),
    ]
    pdfs = d.letters.to_pdf([one.docx for one in sheets])
    papers = [Paper(one.day, one.title, "", pdf) for one, pdf in zip(sheets, pdfs, strict=True)]
    locked = [
        (_day(talk), _title(talk))
        for talk, is_filed in zip(talks, there, strict=True)
        if talk.has_locked and not is_filed
    ]
    return Written(sorted(papers, key=lambda one: one.day, reverse=True), locked)


def _notes(d: Delivery, notes: Sequence[KeptNote], house: Mapping[str, Value]) -> Iterator[_Sheet]:
    """Yield each note somebody wrote, and all that wrote themselves as one."""
    for one in (note for note in notes if not note.automatic):
        day = danish_day(one.occurred_at)
        title = f"Notat: {one.title}"
        yield _sheet(d, day, title, moment_text(one.occurred_at), one.body, one.author_name, house)
    itself = [note for note in notes if note.automatic]
    if itself:
        day = danish_day(itself[0].occurred_at)
        text = "\n".join(
            f"{long_date(danish_day(one.occurred_at))}: {one.title}. {one.body}" for one in itself
        )
        yield _sheet(d, day, AUTOMATIC, long_date(day), text, None, house)


def _sheet(
    d: Delivery, day: date, title: str, when: str, text: str, author: str | None,
    house: Mapping[str, Value],
) -> _Sheet:  # fmt: skip
    values = {
        **house, **NO_FACTS, "akt.titel": title, "akt.dag": unbroken(when),
        "akt.skrevet_af": author or "", "akt.tekst": text or "Notatet har ingen tekst.",
    }  # fmt: skip
    return _Sheet(day, title, d.letters.render(d.letters[AS_PAGES], values))


def _of_talk(
    connection: sa.Connection, sag: Sag, talk: Samtale, house: Mapping[str, Value], now: Any
) -> Values:
    said = record_values(connection, sag, talk, house=house, today=danish_day(now))
    return {**said, "sag.nummer": sag.number or "ikke oprettet endnu"}


def _filed(connection: sa.Connection, sag: UUID) -> Sequence[Mapping[str, Value]]:
    """Return what the records say that lie on the case."""
    its = letters.c
    mine = sa.and_(its.sag_id == sag, its.code == RECORD, its.document_key.is_not(None))
    # ``values`` is a method of columns too.
    rows = connection.scalars(sa.select(its["values"]).where(mine))
    return [_said(json.loads(one)) for one in rows]


def _with_locked(record: Values, filed: Sequence[Mapping[str, Value]]) -> bool | None:
    """Tell whether a record on the case has its locked part too; None where there is no record."""
    mine = _said(record) | {LOCKED: ""}
    same = [one for one in filed if {**one, LOCKED: ""} == mine]
    return any(one.get(LOCKED) for one in same) if same else None


def _said(values: Values) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name.startswith(SAID)}


def _day(talk: Samtale) -> date:
    return danish_day(talk.said.occurred_at)


def _title(talk: Samtale) -> str:
    return HELD if talk.was_held else NOT_HELD
