"""What somebody is typing, kept until it is saved: it survives a crash, a log-out and a bad answer.

A draft is its writer's alone and is no part of a case. It is gone when the form is saved.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

import sqlalchemy as sa

from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.tables import drafts
from dubu_plugin.store.transaction import Work

LARGEST: Final = 1024 * 1024
"""In characters. Nobody types that much; whatever does is not a person."""

Fields: TypeAlias = Mapping[str, Sequence[str]]
"""What a form holds: each field's values, one for most."""


class TooMuchText(CaseworkError):
    """The draft is larger than a form can be."""

    danish = "Teksten er for lang til at blive gemt som kladde. Læg den som et dokument i stedet."


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was when it was last kept."""

    fields: Fields = field(repr=False)
    base_version: int
    """The version of what was on the screen when the typing began."""
    saved_at: datetime


def keep(work: Work, form: str, fields: Fields, *, base_version: int) -> None:
    """Keep what the one who acts has typed in a form, in place of what was kept before.

    :raises TooMuchText: it is larger than `LARGEST`.
    """
    text = json.dumps(fields, ensure_ascii=False)
    if len(text) > LARGEST:
        raise TooMuchText
    values = {"fields": text, "base_version": base_version, "saved_at": work.now}
    mine = _mine(work.actor, form)
    if work.connection.execute(sa.update(drafts).where(mine).values(values)).rowcount == 0:
        work.connection.execute(sa.insert(drafts).values(employee=work.actor, form=form, **values))


def kept(connection: sa.Connection, employee: str, form: str) -> Draft | None:
    """Return what somebody typed in a form and has not saved, or None."""
    row = connection.execute(sa.select(drafts).where(_mine(employee, form))).one_or_none()
    if row is None:
        return None
    return Draft(json.loads(row.fields), row.base_version, row.saved_at)


def begun(connection: sa.Connection, employee: str, kind: str) -> Mapping[str, Draft]:
    """Return every form of a kind somebody has typed in and not saved, by its key, newest first.

    :param kind: what stands before the colon in the form's name; the key stands after it.
    """
    rows = connection.execute(
        sa.select(drafts)
        .where(drafts.c.employee == employee, drafts.c.form.startswith(f"{kind}:", autoescape=True))
        .order_by(drafts.c.saved_at.desc(), drafts.c.form)
    )
    return {
        row.form.removeprefix(f"{kind}:"): Draft(
            json.loads(row.fields), row.base_version, row.saved_at
        )
        for row in rows
    }


def rename(work: Work, form: str, into: str) -> None:
    """Keep what the one who acts has typed under another name, in place of what was kept there."""
    if kept(work.connection, work.actor, form) is None:
        return
    drop(work, into)
    mine = _mine(work.actor, form)
    work.connection.execute(sa.update(drafts).where(mine).values(form=into, saved_at=work.now))


def drop(work: Work, form: str) -> None:
    """Forget what the one who acts has typed in a form."""
    work.connection.execute(sa.delete(drafts).where(_mine(work.actor, form)))


def _mine(employee: str, form: str) -> sa.ColumnElement[bool]:
    return sa.and_(drafts.c.employee == employee, drafts.c.form == form)
