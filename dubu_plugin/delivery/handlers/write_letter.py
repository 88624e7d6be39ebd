"""Write a letter: its Word file and its PDF, kept for ever by their hashes.

Starting LibreOffice takes longer than a letter does, so what else waits to be written and could be
written now is written in the same call. Each letter keeps the first pair of files that is stored
for it; a row whose letter has got its files that way has nothing left to do.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.documents.letter import Letter, Values
from dubu_plugin.documents.pdf import NotConverted
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.store import claims
from dubu_plugin.store.afgoerelse import klager
from dubu_plugin.store.canonical import canonical
from dubu_plugin.store.sag import sager as cases
from dubu_plugin.store.tables import letters as table
from dubu_plugin.store.tables import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.left_out import named
from dubu_plugin.usecases.dokument.see_recipient import see_recipient
from dubu_plugin.usecases.dokument.to_guard import to_guard

AT_A_TIME: Final = 20
"""Letters written in one call."""

LOOKED_AT: Final = 200
"""Rows looked through for others that can be written now."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that can be written now."""

    id: UUID
    letter: Letter
    values: Values = field(repr=False)
    """All of them, those that are filled in late too."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter's two files, stored."""

    draft: Draft
    docx_sha256: str
    pdf_sha256: str


class WriteLetter:
    """``write_letter {letter, modtager}``. A citizen it is to is looked up first."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        mine = _draft(d, d.payload)
        if mine is None:
            return Done()
        written = _written(d, mine)

        def then(work: Work) -> None:
            for one in written:
                _keep(work, one)

        return Done(then=then)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Nothing leaves the house here, so it is simply written again."""
        return None


def _draft(d: Delivery, payload: Mapping[str, Any]) -> Draft | None:
    """Return a letter with all its values, or None where it is written already."""
    identity = UUID(payload["letter"])
    if (person := payload.get("modtager")) is not None:
        see_recipient(identity, UUID(person), product=d, now=d.now)
    with d.store.read() as connection:
        row = connection.execute(
            sa.select(table, sager.c.number)
            .join_from(table, sager, isouter=True)
            .where(table.c.id == identity)
        ).one()
        if row.state != LetterState.SKRIVES:
            return None
        letter = d.letters[row.code]
        late = _late(connection, letter, row, d.now)
    return Draft(identity, letter, {**json.loads(row.values), **late})


def _late(connection: sa.Connection, letter: Letter, row: Any, now: datetime) -> Mapping[str, str]:
    known = {"sag.nummer": row.number or "ikke oprettet endnu"}
    if not letter.late <= known.keys():
        # Of the letter a complaint is sent on with: the package is put together before it.
        klage = klager.of_letter(connection, row.sag_id, row.id)
        out = klager.left_out(connection, klage.id) if klage else ()
        known |= {
            "klage.uden": named(out, locked=False), "klage.laast": named(out, locked=True),
            "klage.varsomt": _guarded(connection, row.sag_id, now),
        }  # fmt: skip
    return {name: known[name] for name in letter.late}


def _guarded(connection: sa.Connection, sag: UUID | None, now: datetime) -> str:
    """Return what not every party of a case may be told."""
    ours = cases.by_id(connection, sag) if sag else None
    return to_guard(connection, ours.id, ours.child_id, danish_day(now)) if ours else ""


def _others(d: Delivery, mine: UUID) -> Iterator[tuple[Draft, bytes]]:
    """Yield other letters that come first in their lanes, each with its Word file."""
    with d.store.read() as connection:
        heads = claims.heads(connection, now=d.now, limit=LOOKED_AT)
    for payload in (head.payload for head in heads if head.kind == d.kind):
        # Whatever is wrong with another letter, its own row says so when its turn comes.
        with suppress(Exception):
            draft = _draft(d, payload) if payload["letter"] != str(mine) else None
            if draft is not None:
                yield draft, d.letters.render(draft.letter, draft.values)


def _written(d: Delivery, mine: Draft) -> Sequence[Written]:
    own = mine, d.letters.render(mine.letter, mine.values)
    company = [own, *islice(_others(d, mine.id), AT_A_TIME - 1)]
    pdfs = _to_pdf(d, [docx for _, docx in company])
    return [
        Written(draft, d.blobs.put(docx), d.blobs.put(pdf))
        # Where the whole call failed and mine alone went well, there is one PDF.
        for (draft, docx), pdf in zip(company, pdfs, strict=False)
    ]


def _to_pdf(d: Delivery, rendered: list[bytes]) -> list[bytes]:
    """Return the PDFs, or only the first where another one keeps them all from being made.

    :raises NotConverted: the first cannot be made now; LibreOffice may be missing, which
        ``dubu check`` says in words.
    """
    try:
        return d.letters.to_pdf(rendered)
    except NotConverted:
        if len(rendered) == 1:
            raise
        return d.letters.to_pdf(rendered[:1])
    except ConfigurationError:
        raise NotConverted("libreoffice", "to_pdf", "mangler") from None


def _keep(work: Work, one: Written) -> None:
    work.connection.execute(
        sa.update(table)
        .where(table.c.id == one.draft.id, table.c.state == LetterState.SKRIVES)
        .values(
            state=LetterState.KLAR,
            template_version=one.draft.letter.version,
            values=canonical(dict(one.draft.values)),
            docx_sha256=one.docx_sha256,
            pdf_sha256=one.pdf_sha256,
        )
    )
