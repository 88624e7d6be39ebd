"""The end of a screening, on each underretning it answers.

The duty to screen hangs on the underretning that told of the need (barnets lov § 18), and one
screening answers all of a case's that are not screened yet.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.aktivitet import plan_undoing
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines import State, undoing
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.sag import rettelser, sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import frister, haendelser
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning.assessed_course import MARK
from dubu_plugin.usecases.skrift.on_skrift import OnSkrift

SCREEN: Final = "SCR"
"""The deadline of § 18. It hangs on the underretning."""
BEGAN: Final = "begyndt"
"""What the data of a screening says that is over because something began: the key of that."""
EXAMINED: Final = (Haendelse.UNDERSOEGELSE_AFSLUTTET, Haendelse.AFDAEKNING_AFSLUTTET)
GIVEN_UP: Final = "Det, der blev begyndt på, er opgivet, så behovet er ikke screenet (§ 18)."


def screened(here: OnSkrift, said: Mapping[str, JSON]) -> None:
    """Record that the screening is over, once with what it came to, and have every duty met.

    :param said: what it came to; only the first of several says it, so that what follows on it
        follows once.
    """
    about: dict[str, JSON] = {
        "skrift": str(here.skrift.id), "art": here.skrift.kind, "version": here.skrift.version
    }  # fmt: skip
    _over(here.work, here.sag, _asking(here.work, here.sag) or [None], about, said)


def screened_by(work: Work, sag: Sag, began: UUID, outcome: str) -> None:
    """Record that what is to be screened was, where what it leads to begins; else nothing.

    :param began: the skrift that begins.
    :param outcome: what it came to, as ``udfald`` says it.
    """
    _over(work, sag, _asking(work, sag), {BEGAN: str(began)}, {"udfald": outcome})


def unscreened(work: Work, sag: Sag, left: Skrift, outcome: str) -> None:
    """Have it be screened again what only the beginning of a skrift screened, or the assessment
    that decided on it, where that is given up: nobody has looked into the need (barnets lov § 18).

    :param left: the skrift.
    :param outcome: what a screening that leads to it came to, as ``udfald`` says it.
    """
    its = haendelser.c
    assessed = sa.and_(
        its.data.contains(f'"{MARK}":'),
        its.data.contains(f'"udfald":"{outcome}"'),
        its.seq > _last_examined(sag.id),
    )
    found = work.connection.execute(
        sa.select(its.id, its.type)
        .where(
            its.sag_id == sag.id,
            its.type == Haendelse.SCREENING_AFSLUTTET,
            sa.or_(its.data.contains(f'"{BEGAN}":"{left.id}"'), assessed),
            stands(),
        )
        .order_by(its.seq)
    ).all()
    for row in found:
        data: dict[str, JSON] = {"haendelse": str(row.id), "hvad": row.type}
        by = work.happened(
            Haendelse.HAENDELSE_TILBAGETAGET, sag=sag.id, person=sag.child_id, data=data
        ).id
        rettelser.take_back(work, row.id, sag.id, by=by, reason=GIVEN_UP)
        undoing.undo(
            work.connection, work.rules, row.id, by=by, now=work.now, reason=GIVEN_UP, gone=True
        )
        plan_undoing.undo(work.connection, row.id, by=by, now=work.now)
    ours = sager.by_id(work.connection, sag.id)
    if ours is not None and ours.step == left.kind and _asking(work, sag):
        sager.change(work.connection, sag.id, step=SkriftKind.SCREENING)


def _last_examined(sag: UUID) -> sa.ScalarSelect[Any]:
    """Return the place of the last undersøgelse or afdækning of a case that was finished: what led
    to that one has been looked into."""
    its = haendelser.alias().c
    return (
        sa.select(sa.func.coalesce(sa.func.max(its.seq), 0))
        .where(its.sag_id == sag, its.type.in_(EXAMINED))
        .scalar_subquery()
    )


def _asking(work: Work, sag: Sag) -> Sequence[UUID | None]:
    """Return the underretninger that are not screened yet, the newest first."""
    found = work.connection.scalars(
        sa.select(frister.c.underretning_id)
        .where(
            frister.c.sag_id == sag.id,
            frister.c.rule == SCREEN,
            frister.c.state == State.AABEN,
            frister.c.underretning_id.is_not(None),
        )
        .order_by(frister.c.anchor_at.desc(), frister.c.id)
    ).all()
    return list(dict.fromkeys(found))


def _over(
    work: Work,
    sag: Sag,
    asking: Sequence[UUID | None],
    about: Mapping[str, JSON],
    said: Mapping[str, JSON],
) -> None:
    for number, underretning in enumerate(asking):
        work.happened(
            Haendelse.SCREENING_AFSLUTTET,
            sag=sag.id,
            underretning=underretning,
            person=sag.child_id,
            responsible=sag.responsible,
            unit=sag.unit,
            data={**about, **(said if number == 0 else {})},
        )
