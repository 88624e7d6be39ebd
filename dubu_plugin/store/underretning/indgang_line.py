"""A line of the intake queue: what it holds, and what it is placed by."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.intake import Remark, read_back
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.ports.post import Channel
from dubu_plugin.store.deadlines import State, is_of
from dubu_plugin.store.tables import employees, frister, personer, post_items, underretninger
from dubu_plugin.store.tables.columns import Moment

CLOCK: Final = "UND-24T"
UNTOUCHED: Final = timedelta(days=1)
"""How long an application may wait for somebody to take it."""
ANSWER: Final = "LOKALFRIST"
"""The clock of an application: when it is to be answered."""
_TOLD: Final = (
    "id", "henvendelse", "underretter", "notifier_organisation", "notifier_name", "anonymous",
    "received_at", "channel", "child_state", "unit", "responsible",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the queue."""

    underretning: UUID | None
    post: UUID
    henvendelse: str
    underretter: str | None
    organisation: str | None
    received_at: datetime
    channel: str
    child_name: str | None
    child_state: str | None
    born: date | None
    termin: date | None
    unit: str | None
    responsible: str | None
    responsible_name: str | None
    due: datetime | None
    """When the 24 hours are over, or an application is to be answered; None where neither runs."""
    remarks: Sequence[Remark]
    subject: str = field(default="", repr=False)
    """What it calls itself, where no child is known: a mail's subject, else the file's name."""

    def is_untouched(self, now: datetime) -> bool:
        """Tell whether it is an application nobody has taken within a day."""
        return (
            self.henvendelse == Henvendelse.ANSOEGNING
            and self.responsible is None
            and now - self.received_at > UNTOUCHED
        )


def post_and_registered() -> sa.Join:
    """Return all post, with what it was registered as."""
    return post_items.outerjoin(underretninger, underretninger.c.post_id == post_items.c.id)


def selected() -> sa.Select[Any]:
    """Select the lines there can be."""
    return sa.select(
        post_items.c.id.label("post_id"),
        post_items.c.henvendelse.label("post_kind"),
        post_items.c.needs,
        post_items.c.sender,
        post_items.c.subject,
        post_items.c.filename,
        post_items.c.received_at.label("post_received_at"),
        post_items.c.channel.label("post_channel"),
        *(underretninger.c[name] for name in _TOLD),
        personer.c.name,
        personer.c.born,
        personer.c.due_date,
        employees.c.name.label("responsible_name"),
        frister.c.due,
    ).select_from(
        post_and_registered()
        .outerjoin(personer, personer.c.id == underretninger.c.child_id)
        .outerjoin(employees, employees.c.key == underretninger.c.responsible)
        .outerjoin(
            frister,
            sa.and_(
                frister.c.underretning_id == underretninger.c.id,
                sa.or_(
                    is_of(CLOCK),
                    sa.and_(is_of(ANSWER), underretninger.c.henvendelse == Henvendelse.ANSOEGNING),
                ),
                frister.c.state == State.AABEN,
            ),
        )
    )


def stands() -> sa.ColumnElement[datetime | None]:
    """Select the moment a line is placed by: when it is due.

    An application is due in weeks, and what it tells may not wait so long to be read (§ 136, stk.
    2). Where nobody has taken it within a day, it stands with what is due now.
    """
    untouched = sa.and_(
        underretninger.c.henvendelse == Henvendelse.ANSOEGNING,
        underretninger.c.responsible.is_(None),
        underretninger.c.received_at < sa.bindparam("untouched_since", type_=Moment),
    )
    return sa.case((untouched, sa.bindparam("now", type_=Moment)), else_=frister.c.due)


def _without_address(sender: str | None) -> str | None:
    """Return the name in ``Name <address>``, else the address."""
    name, address = parseaddr(sender or "")
    return name or address or sender


def _from(row: sa.Row[Any]) -> str | None:
    return row.notifier_organisation or row.notifier_name or _without_address(row.sender)


def read_line(row: sa.Row[Any]) -> Item:
    """Return the line of a row."""
    return Item(
        underretning=row.id,
        post=row.post_id,
        henvendelse=row.henvendelse or row.post_kind,
        underretter=row.underretter,
        organisation=None if row.anonymous else _from(row),
        received_at=row.received_at or row.post_received_at,
        channel=row.channel or row.post_channel,
        child_name=row.name,
        child_state=row.child_state,
        born=row.born,
        termin=row.due_date,
        unit=row.unit,
        responsible=row.responsible,
        responsible_name=row.responsible_name,
        due=row.due,
        remarks=read_back(row.needs),
        subject="" if row.name else _calls_itself(row),
    )


def _calls_itself(row: sa.Row[Any]) -> str:
    return row.subject or (row.filename if row.post_channel == Channel.FILE else "") or ""
