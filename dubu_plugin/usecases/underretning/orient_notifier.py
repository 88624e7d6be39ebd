"""Tell a professional whether anything was set going (barnets lov § 138, stk. 2).

Done when the outcome is known. Special circumstances, such as danger to the child, may speak
against it; the reason is written, and the duty is then done with.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import haendelser, vurderinger
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import genvurderinger
from dubu_plugin.store.underretning.genvurderinger import Answer
from dubu_plugin.store.underretning.underretninger import Underretning, change, vurdering_of
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.dokument.order.kvittering import KVITTERING
from dubu_plugin.usecases.dokument.order.orientering import (
    ORIENTERING,
    Igangsat,
    NotForThisNotifier,
    order_orientering,
)
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.underretning.choose_child import existing
from dubu_plugin.usecases.underretning.kvittering import AlreadyOrdered, is_ordered

OUTCOMES: Final = {
    NaesteSkridt.INTET: (),
    NaesteSkridt.AFDAEKNING: (Igangsat.AFDAEKNING,),
    NaesteSkridt.BFU: (Igangsat.BFU,),
    NaesteSkridt.AKUT: (Igangsat.INDSATS,),
}
"""What the assessment itself settles. After a screening the outcome is not known yet."""


class NotAssessedYet(CaseworkError):
    """There is no outcome to tell of."""

    danish = "Underretningen er ikke vurderet endnu, så der er ikke noget at fortælle."


class OutcomeNotKnown(CaseworkError):
    """»Nothing was set going« is said while the screening runs."""

    danish = (
        "Screeningen er ikke afsluttet, så I ved endnu ikke, om der bliver sat noget i gang. "
        "Orientér, når I ved det."
    )


class WithholdReasonMissing(CaseworkError):
    """Somebody withholds the outcome and does not say why."""

    danish = "Skriv, hvilke særlige forhold der taler imod at orientere (§ 138, stk. 2)."
    field = "grund"


class Withheld(CaseworkError):
    """Somebody has found that special circumstances speak against it."""

    danish = (
        "Der er skrevet, at underretter ikke skal orienteres (§ 138, stk. 2). Genindlæs siden, og "
        "se grunden. Skal underretter orienteres alligevel, så ret vurderingen først."
    )


def orient_notifier(
    underretning: UUID,
    started: Collection[Igangsat],
    *,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> UUID:
    """Order the letter that tells what was set going, which may be nothing.

    :raises NotAssessedYet: there is no outcome to tell of.
    :raises OutcomeNotKnown: nothing is said to be set going, and the screening still runs.
    :raises NotForThisNotifier: the notifier is anonymous, or no professional.
    :raises Withheld: a colleague has written meanwhile that the notifier is not to be told.
    :raises AlreadyOrdered: it was ordered before.
    :raises NotYours: the policy says no, or there is no such underretning.
    """
    with acting(product.store, asker, Act.WRITE, "underretning", underretning, now=now) as work:
        about = existing(work, underretning)
        vurdering = vurdering_of(work.connection, about.id)
        if vurdering is None:
            raise NotAssessedYet
        if vurdering.withhold_reason:
            raise Withheld
        told = bool(about.professional) and not about.anonymous
        if told and not started and is_being_screened(work.connection, about):
            raise OutcomeNotKnown
        if is_ordered(work.connection, about.id, ORIENTERING):
            raise AlreadyOrdered
        return _ordered(work, product, about, started, author=asker.key)


def is_being_screened(connection: sa.Connection, about: Underretning) -> bool:
    """Tell whether the case waits for a screening, so that nobody knows the outcome yet."""
    sag = sager.by_id(connection, about.sag_id) if about.sag_id else None
    return sag is not None and sag.step == NaesteSkridt.SCREENING and not sag.is_closed


def withhold_outcome(
    underretning: UUID, reason: str, *, product: Writing, asker: Asker, now: datetime
) -> None:
    """Leave the notifier unoriented because of special circumstances, and say which.

    :raises WithholdReasonMissing: no reason is given.
    :raises NotAssessedYet: there is no assessment the reason could stand in.
    :raises Withheld: a reason stands there already, and it is another one.
    :raises AlreadyOrdered: the notifier is being told.
    :raises NotYours: the policy says no, or there is no such underretning.
    """
    if not reason.strip():
        raise WithholdReasonMissing
    with acting(product.store, asker, Act.WRITE, "underretning", underretning, now=now) as work:
        about = existing(work, underretning)
        vurdering = vurdering_of(work.connection, about.id)
        if vurdering is None:
            raise NotAssessedYet
        if vurdering.withhold_reason == reason.strip():
            return
        if vurdering.withhold_reason:
            raise Withheld
        if is_ordered(work.connection, about.id, ORIENTERING):
            raise AlreadyOrdered
        # Counted up: whoever is correcting the assessment now would lose the reason, and tell.
        change(work.connection, about.id)
        work.connection.execute(
            sa.update(vurderinger)
            .where(
                vurderinger.c.underretning_id == about.id,
                vurderinger.c.version == vurdering.version,
            )
            .values(withhold_reason=reason.strip())
        )
        withhold(work, about)


def orient_where_known(
    work: Work, means: Writing, about: Underretning, step: NaesteSkridt, *, author: str
) -> UUID | None:
    """Order the letter in the caller's transaction where the assessment settles the outcome.

    It is not settled while a colleague is asked to look at the case anew (§ 137, stk. 1): the duty
    stays open, and the letter goes when she has confirmed; see `orient_when_confirmed`.
    """
    if awaits_genvurdering(work.connection, about.id):
        return None
    if step not in OUTCOMES or about.anonymous or not about.professional:
        return None
    if is_ordered(work.connection, about.id, ORIENTERING):
        return None
    return _ordered(work, means, about, OUTCOMES[step], author=author)


def awaits_genvurdering(connection: sa.Connection, underretning: UUID) -> bool:
    """Tell whether a colleague is asked to take part and has not answered."""
    question = genvurderinger.newest(connection, underretning)
    return question is not None and question.state is Answer.ASKED


def orient_when_confirmed(work: Work, means: Writing, about: Underretning) -> UUID | None:
    """Order the letter that was held for the genvurdering, where the kvittering asked for it.

    None where nothing was held: no letter was wanted when the assessment was saved, or the outcome
    is not told.
    """
    vurdering = vurdering_of(work.connection, about.id)
    if vurdering is None or vurdering.withhold_reason:
        return None
    if not is_ordered(work.connection, about.id, KVITTERING):
        return None
    step = NaesteSkridt(vurdering.next_step)
    return orient_where_known(work, means, about, step, author=vurdering.assessor)


def withhold(work: Work, about: Underretning) -> None:
    """Record, once, that special circumstances speak against it."""
    query = sa.select(haendelser.c.id).where(
        haendelser.c.underretning_id == about.id,
        haendelser.c.type == Haendelse.ORIENTERING_UDELADT,
    )
    if work.connection.scalar(query.limit(1)) is None:
        work.happened(
            Haendelse.ORIENTERING_UDELADT,
            sag=about.sag_id,
            underretning=about.id,
            person=about.child_id,
            data={"grund": "saerlige_forhold"},
        )


def _ordered(
    work: Work,
    means: Writing,
    about: Underretning,
    started: Collection[Igangsat],
    *,
    author: str,
) -> UUID:
    return order_orientering(
        work,
        about.id,
        started=started,
        letters=means.letters,
        municipality=means.settings.municipality,
        author=author,
    )


__all__ = [
    "AlreadyOrdered",
    "NotAssessedYet",
    "NotForThisNotifier",
    "OutcomeNotKnown",
    "Withheld",
    "WithholdReasonMissing",
    "awaits_genvurdering",
    "is_being_screened",
    "orient_notifier",
    "orient_when_confirmed",
    "orient_where_known",
    "withhold",
    "withhold_outcome",
]
