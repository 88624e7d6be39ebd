"""The genvurdering: ask a colleague who has not handled the case, who then answers for herself.

Source: barnets lov § 137, stk. 1. The duty is met only when the one who is new has confirmed, in
her own words, that she has taken part; to be named by somebody else meets nothing.
"""

from collections.abc import Set
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import deadlines
from dubu_plugin.store.family import known_family
from dubu_plugin.store.journal.journalkopi import WRITTEN
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import genvurderinger, underretninger
from dubu_plugin.store.underretning.genvurderinger import DUTY, Answer, Genvurdering
from dubu_plugin.store.underretning.underretninger import Underretning, Vurdering
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.dokument.order.vurdering import order_vurdering
from dubu_plugin.usecases.means import Means, Writing
from dubu_plugin.usecases.underretning.choose_child import existing
from dubu_plugin.usecases.underretning.orient_notifier import orient_when_confirmed


class NotAsked(CaseworkError):
    """Nobody asks this employee, or the question was taken back or answered meanwhile."""

    danish = (
        "Du er ikke spurgt længere: en anden er spurgt, eller der er svaret. Genindlæs siden, og "
        "se, hvordan det står."
    )


class WordsMissing(CaseworkError):
    """A genvurdering was confirmed without a word of one's own."""

    danish = "Skriv med dine egne ord, hvad du har set på, og hvad du vurderer."
    field = "ord"


class HasHandled(CaseworkError):
    """The colleague has handled the case before (§ 137, stk. 1)."""

    danish = (
        "Den, der deltager, må ikke have behandlet sagen før (barnets lov § 137, stk. 1). Vælg en "
        "kollega, der ikke har haft den."
    )
    field = "kollega"


class CannotOpen(CaseworkError):
    """The colleague does not work here, may not open the underretning, or is related to it."""

    danish = "Den kollega kan ikke åbne underretningen. Vælg en af dem, der står på listen."
    field = "kollega"


class NotAssessed(CaseworkError):
    """There is no assessment to take part in yet, or no case that runs."""

    danish = "Underretningen er ikke vurderet endnu. Vurdér den først."


def may_take_part(work: Work, about: Underretning, child: UUID | None) -> Set[str]:
    """Return everybody the policy lets open the underretning and who is not related to the child.

    Those who have handled the case before are among them, see `handled_before`.
    """
    everybody = known_family.colleagues(work.connection)
    return {one.key for one in genvurderinger.able(work.connection, about, child, everybody)}


def handled_before(work: Work, about: Underretning, sag: UUID) -> Set[str]:
    """Return who had handled the case before this underretning.

    Whoever has confirmed this one was new then, and stays new in it.
    """
    handled = sager.handled_by(work.connection, sag, but=about.id)
    return handled - genvurderinger.confirmed_by(work.connection, about.id)


def carried(connection: sa.Connection, underretning: UUID, before: Vurdering | None) -> str | None:
    """Return who takes part where it is not asked: who was asked and has not said no, or confirmed.

    :param before: the assessment that is put right, about the same child; None where it is new.
    """
    if before is None:
        return None
    question = genvurderinger.newest(connection, underretning)
    return before.fresh_eyes if question is None else genvurderinger.takes_part(question)


def ask_as_named(work: Work, about: Underretning, sag: Sag, employee: str) -> None:
    """Ask the colleague an assessment names, in its transaction; asked already stays as it is.

    Whoever saves and is new to the case themselves has taken part by that.
    """
    standing = genvurderinger.newest(work.connection, about.id)
    if standing is not None and standing.employee == employee and standing.state in (
        Answer.ASKED, Answer.CONFIRMED,
    ) and not (standing.state is Answer.ASKED and employee == work.actor):  # fmt: skip
        return
    _withdraw(work, standing, employee)
    if employee != work.actor:
        _put_to(work, about, employee)
        return
    genvurderinger.add(
        work.connection, about.id, employee, by=employee, now=work.now, state=Answer.CONFIRMED
    )
    _took_part(work, about, sag.id)


def confirm(
    underretning: UUID, words: str, *, product: Writing, asker: Asker, now: datetime
) -> None:
    """Confirm having taken part: the duty of § 137, stk. 1, is met by that alone.

    :param words: what they looked at and what they find, in their own words.
    :raises NotAsked, WordsMissing, HasHandled: see there.
    :raises NotYours: the policy says no, or there is no such underretning.
    """
    with acting(product.store, asker, Act.WRITE, "underretning", underretning, now=now) as work:
        about, sag = _on_a_case(work, underretning)
        question = _mine(work, about)
        if not words.strip():
            raise WordsMissing
        if asker.key in handled_before(work, about, sag):
            raise HasHandled
        genvurderinger.answer(
            work.connection, question.id, Answer.CONFIRMED, words=words.strip(), now=now
        )
        _took_part(work, about, sag)
        work.tell(
            "add_note",
            lane=sag_lane(sag),
            key=op_key(question.id, "add_note"),
            payload={
                "sag": str(sag),
                "title": "Genvurdering med en ny person (§ 137)",
                "body": words.strip(),
                "occurred_at": now.isoformat(),
                WRITTEN: True,
            },
        )
        _written_anew(work, about, product)
        orient_when_confirmed(work, product, about)


def decline(
    underretning: UUID, reason: str, *, product: Means, asker: Asker, now: datetime
) -> None:
    """Say no: who asked sees it and asks another. The duty stays open.

    :raises NotAsked: the asker is not the one who is asked.
    :raises NotYours: the policy says no, or there is no such underretning.
    """
    with acting(product.store, asker, Act.WRITE, "underretning", underretning, now=now) as work:
        about, _ = _on_a_case(work, underretning)
        question = _mine(work, about)
        genvurderinger.answer(
            work.connection, question.id, Answer.DECLINED, words=reason.strip(), now=now
        )
        deadlines.give_one(work.connection, about.id, DUTY, about.responsible)


def ask(underretning: UUID, employee: str, *, product: Means, asker: Asker, now: datetime) -> None:
    """Ask a colleague, in place of whom was asked; the one asked gives the question on by it.

    :raises HasHandled, CannotOpen, NotAssessed: see there.
    :raises NotYours: the policy says no, or there is no such underretning.
    """
    with acting(product.store, asker, Act.WRITE, "underretning", underretning, now=now) as work:
        about, sag = _on_a_case(work, underretning)
        if underretninger.vurdering_of(work.connection, about.id) is None:
            raise NotAssessed
        if genvurderinger.met_at(work.connection, about.id) is not None:
            raise NotAsked
        if employee not in may_take_part(work, about, about.child_id):
            raise CannotOpen
        if employee in handled_before(work, about, sag):
            raise HasHandled
        standing = genvurderinger.newest(work.connection, about.id)
        if standing is not None and standing.state is Answer.CONFIRMED:
            raise NotAsked
        if standing is not None and (standing.employee, standing.state) == (employee, Answer.ASKED):
            return
        _withdraw(work, standing, employee)
        _put_to(work, about, employee)


def _put_to(work: Work, about: Underretning, employee: str) -> None:
    """Ask somebody: the duty is a line of their own day until they answer."""
    genvurderinger.add(work.connection, about.id, employee, by=work.actor, now=work.now)
    deadlines.give_one(work.connection, about.id, DUTY, employee)


def _withdraw(work: Work, standing: Genvurdering | None, to: str) -> None:
    if standing is None or standing.state is not Answer.ASKED:
        return
    mine = standing.employee == work.actor and to != work.actor
    state = Answer.PASSED_ON if mine else Answer.WITHDRAWN
    genvurderinger.answer(work.connection, standing.id, state, now=work.now)


def _written_anew(work: Work, about: Underretning, product: Writing) -> None:
    """Put the assessment on the case anew, as it stands with the confirmation in it."""
    done = genvurderinger.newest_vurdering(work.connection, about.id)
    if done is None:
        return
    number, assessor = done
    order_vurdering(
        work,
        number,
        letters=product.letters,
        municipality=product.settings.municipality,
        author=assessor,
    )


def _mine(work: Work, about: Underretning) -> Genvurdering:
    question = genvurderinger.newest(work.connection, about.id)
    if question is None or (question.employee, question.state) != (work.actor, Answer.ASKED):
        raise NotAsked
    return question


def _on_a_case(work: Work, underretning: UUID) -> tuple[Underretning, UUID]:
    about = existing(work, underretning)
    if about.sag_id is None:
        raise NotAssessed
    return about, about.sag_id


def _took_part(work: Work, about: Underretning, sag: UUID) -> None:
    """Record that whoever acts has taken part: what the duty is met by, and only by."""
    work.happened(
        Haendelse.SAG_GENVURDERET,
        sag=sag,
        underretning=about.id,
        person=about.child_id,
        data={"nye_oejne": work.actor},
    )
    sager.take_part(work.connection, sag, work.actor, now=work.now, active=False)
