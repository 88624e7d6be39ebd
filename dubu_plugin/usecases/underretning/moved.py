"""What follows when an underretning turns out to be about another child than it lay on.

What is filed in the host cannot be taken back: the wrong case is told what does not count there.
The letters the notifier has been sent are put on the right case too, and a genvurdering that was
made of the wrong child's case is none of the right one's (barnets lov § 137, stk. 1).
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import listed, moment_text
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.store import deadlines, outbox
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.tables import letters as table
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import genvurderinger
from dubu_plugin.store.underretning.assessed_course import facts_of
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.dokument.order.kvittering import KVITTERING
from dubu_plugin.usecases.dokument.order.orientering import ORIENTERING
from dubu_plugin.usecases.dokument.order.vurdering import VURDERING
from dubu_plugin.usecases.underretning.follow_assessment import take_back_fact

NAMES: Final = {
    VURDERING: "24-timers vurderingen",
    KVITTERING: "kvitteringen",
    ORIENTERING: "orienteringen til underretteren",
}
"""The letters about an underretning as a note calls them, in the order it does."""
TO_NOTIFIER: Final = (KVITTERING, ORIENTERING)


def leave(work: Work, about: Underretning, sag: UUID) -> None:
    """Say on the wrong case what does not count there, and take back what was done of it."""
    codes = {row.code for row in _letters(work.connection, about.id, NAMES)}
    names = ["underretningen", *(name for code, name in NAMES.items() if code in codes)]
    if genvurderinger.confirmed_by(work.connection, about.id):
        names.append("genvurderingen")
    work.tell(
        "add_note",
        lane=sag_lane(sag),
        key=op_key(about.id, f"moved:{sag}:{about.version}"),
        payload={
            "sag": str(sag),
            "title": "Underretning flyttet",
            "body": (
                f"Underretningen, der blev modtaget {moment_text(about.received_at)}, handler om "
                "et andet barn og er flyttet til det barns sag. Det, der ligger her på sagen om "
                f"den, skal ikke bruges: {listed(names)}."
            ),
            "occurred_at": work.now.isoformat(),
        },
    )
    genvurderinger.withdraw(work.connection, about.id, now=work.now)
    deadlines.give_one(work.connection, about.id, genvurderinger.DUTY, about.responsible)
    for one in reversed(facts_of(work.connection, about.id, {Haendelse.SAG_GENVURDERET})):
        take_back_fact(work, about, one, right=False)


def bring_letters(work: Work, about: Underretning, sag: UUID) -> None:
    """Put the letters to the notifier on the case the underretning lies on now.

    One that is not filed yet is filed there; one that lies on the wrong case is filed there too,
    but once, however often the underretning goes back and forth.
    """
    for row in _letters(work.connection, about.id, TO_NOTIFIER):
        if row.sag_id in (None, sag):
            continue
        work.connection.execute(sa.update(table).where(table.c.id == row.id).values(sag_id=sag))
        filed_in = outbox.done_in(work.connection, op_key(row.id, "file_letter"))
        if filed_in in (None, sag_lane(sag)):
            continue
        work.tell(
            "file_letter",
            lane=sag_lane(sag),
            key=op_key(row.id, f"file_letter:{sag}"),
            payload={"letter": str(row.id)},
        )


def _letters(
    connection: sa.Connection, underretning: UUID, codes: Iterable[str]
) -> Sequence[sa.Row[Any]]:
    return connection.execute(
        sa.select(table)
        .where(
            table.c.underretning_id == underretning,
            table.c.code.in_(sorted(codes)),
            table.c.state != LetterState.UDGAAET,
        )
        .order_by(table.c.created_at, table.c.id)
    ).all()
