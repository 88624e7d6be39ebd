"""What waits while a statement is to come: a deadline, and a reminder to chase it."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.hverdage import Profile, hverdag_from
from dubu_plugin.frister.forecast import Awaited
from dubu_plugin.store.deadlines import State, waiting
from dubu_plugin.store.inddragelse.udtalelser import Asked, Udtalelse
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import ErindringState, Whom
from dubu_plugin.store.tables import frister
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.frist.standing import happened

BUNDLE: Final = "undersoegelse"
"""The rules whose deadlines a statement is for."""

AWAITED: Final = {
    "skole": Awaited.SKOLEUDTALELSE,
    "sfo": Awaited.SKOLEUDTALELSE,
    "dagtilbud": Awaited.DAGTILBUD,
    "sundhedspleje": Awaited.SUNDHEDSPLEJE,
    "laege": Awaited.LAEGE,
    "sygehus": Awaited.HOSPITAL,
    "kommune": Awaited.ANDEN_KOMMUNE,
}
"""What a deadline waits for, by who is asked; the rest are an answer."""

LONGEST: Final = 120
"""Of an organisation in a reminder, in characters."""


def begin(work: Work, sag: UUID, asked: Asked, expected: date) -> UUID | None:
    """Have the nearest deadline of the undersøgelse wait, and return the wait's key."""
    row = _nearest(work, sag)
    if row is None:
        return None
    what = AWAITED.get(asked.source, Awaited.ANDET)
    new = waiting.add(
        work.connection,
        row.id,
        what,
        asked_of=asked.organisation,
        asked_at=work.now,
        expected=expected,
        by=work.actor,
    )
    happened(work, H.FRIST_AFVENTER, row, hvad=what, vente_id=str(new))
    return new


def end(work: Work, udtalelse: Udtalelse) -> None:
    """Have the deadline wait no longer, and close the reminder that is not done."""
    found = udtalelse.ventegrund and waiting.by_id(work.connection, udtalelse.ventegrund)
    if found and found.ended_at is None:
        waiting.end(work.connection, found.id, work.now)
        row = work.connection.execute(
            sa.select(frister).where(frister.c.id == found.frist)
        ).one_or_none()
        if row is not None:
            happened(work, H.FRIST_VENTET, row, hvad=found.what, vente_id=str(found.id))
    if udtalelse.erindring is not None:
        one = erindringer.by_id(work.connection, udtalelse.erindring)
        if one is not None and one.state is ErindringState.AABEN:
            erindringer.close(work, one)


def remind(work: Work, sag: UUID, organisation: str, due: date) -> UUID:
    """Have who asks reminded to chase it, the first hverdag after it was to come."""
    day = hverdag_from(max(due, danish_day(work.now)) + timedelta(days=1), Profile.DUTY)
    note = f"Ryk {organisation[:LONGEST]} for udtalelsen"
    return erindringer.add(work, note, day, Whom(employee=work.actor), sag)


def _nearest(work: Work, sag: UUID) -> sa.Row[tuple[object, ...]] | None:
    rows = work.connection.execute(
        sa.select(frister)
        .where(
            frister.c.sag_id == sag,
            frister.c.state == State.AABEN,
            frister.c.due.is_not(None),
        )
        .order_by(frister.c.due)
    )
    for row in rows:
        rule = work.rules.newest(row.rule)
        if rule is not None and rule.bundle == BUNDLE:
            return row
    return None
