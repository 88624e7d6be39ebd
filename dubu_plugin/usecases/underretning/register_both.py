"""What came in is an underretning and an ansøgning at once: it keeps the clocks of both.

It is assessed within 24 hours (barnets lov § 136, stk. 2), and the family is answered by the day
its area has (retssikkerhedsloven § 3, stk. 2). Neither takes the place of the other, so nothing is
annulled: what was not known before is recorded from when it was received.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.intake import PostState
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.underretning.reregister import (
    SameAsBefore,
    note_change,
    registering_anew,
    started,
)


def is_both(connection: sa.Connection, about: Underretning) -> bool:
    """Tell whether an underretning waits for the answer of an ansøgning too."""
    asked = about.henvendelse in (Henvendelse.UNDERRETNING, Henvendelse.MELLEMKOMMUNAL)
    return asked and bool(svarfrister.waiting(connection, about.id))


def register_both(
    underretning: UUID,
    reason: str,
    *,
    version: int,
    product: Means,
    asker: Asker,
    now: datetime,
) -> None:
    """Register what came in as an underretning and an ansøgning at once.

    :raises SameAsBefore: it is both already, or it is closed as something else.
    :raises CaseworkError: see `registering_anew`.
    """
    with registering_anew(
        underretning, reason, version=version, product=product, asker=asker, now=now
    ) as (work, about):
        if about.henvendelse is Henvendelse.ANDET or is_both(work.connection, about):
            raise SameAsBefore
        _added(work, about, reason.strip())


def _added(work: Work, about: Underretning, reason: str) -> None:
    applied = about.henvendelse is Henvendelse.ANSOEGNING
    missing = Henvendelse.UNDERRETNING if applied else Henvendelse.ANSOEGNING
    kind = missing if applied else about.henvendelse
    underretninger.change(
        work.connection, about.id, henvendelse=kind, state=underretninger.NEW, andet_reason=reason
    )
    underretninger.settle_post(work.connection, about.post_id, PostState.REGISTERED, kind)
    if about.sag_id is not None:
        note_change(work, about, about.sag_id, "Underretning og ansøgning", reason)
        sag = sager.by_id(work.connection, about.sag_id)
        if sag is not None and sag.step == sager.APPLIED:
            sager.change(work.connection, sag.id, step=sager.RECEIVED)
    started(work, about, missing, bool(about.professional))
