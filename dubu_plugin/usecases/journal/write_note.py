"""Write a note in the journal of a case."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.journal import Note, NoteNotWhole, lacks, told
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.store import drafts
from dubu_plugin.store.journal import journalkopi
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.usecases.journal.note_drafts import form_of
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.skrift.on_skrift import on_sag


def write_note(
    sag: UUID, number: UUID, note: Note, *, product: Writing, asker: Asker, now: datetime
) -> UUID:
    """Keep a note, have the journal told of it, and throw its draft away; return its key.

    In the journal it can only be added to: what is wrong in it is put right by another note.

    :param number: made when the form was drawn: the same form sent twice is one note.
    :raises NoteNotWhole: something is missing or cannot be; it says what.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such case.
    """
    kept = replace(
        note,
        title=" ".join(cleaned(note.title).split()),
        body=cleaned(note.body),
        present=" ".join(cleaned(note.present).split()),
        own_words=cleaned(note.own_words),
    )
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        wrong = lacks(kept, now)
        if wrong:
            raise NoteNotWhole(wrong)
        key = op_key(number, f"notat:{ours.id}")
        if not journalkopi.is_kept(work.connection, key):
            journalkopi.add_note(
                work.connection,
                key,
                ours.id,
                title=kept.title,
                body=told(kept),
                occurred_at=kept.occurred_at,
                author=asker.key,
                now=now,
                present=kept.present,
                own_words=kept.own_words,
            )
            work.tell(
                "add_note",
                lane=sag_lane(ours.id),
                key=key,
                payload={
                    "sag": str(ours.id),
                    "title": kept.title,
                    "body": told(kept),
                    "occurred_at": kept.occurred_at.isoformat(),
                    journalkopi.WRITTEN: True,
                },
            )
        drafts.drop(work, form_of(number))
        return key
