"""A button pressed twice: the second time is no correction, and no conflict with oneself."""

from dataclasses import fields
from datetime import timedelta
from typing import Final, Protocol
from uuid import UUID

from dubu_plugin.domain.vurdering import Answers, Samtale
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning, Vurdering
from dubu_plugin.usecases.dokument.order.kvittering import KVITTERING
from dubu_plugin.usecases.underretning.correct import Corrections
from dubu_plugin.usecases.underretning.kvittering import is_ordered

A_MOMENT: Final = timedelta(seconds=30)
"""Within this the same answers by the same person are one save, sent twice."""


class Saved(Protocol):
    """What the page held, as the assessment takes it."""

    @property
    def answers(self) -> Answers:
        """The answers."""

    @property
    def corrections(self) -> Corrections:
        """What was put right in the registration."""

    @property
    def siblings(self) -> tuple[UUID, ...]:
        """Siblings assessed at the same time."""

    @property
    def kvittering(self) -> bool:
        """Whether the kvittering was asked for."""

    @property
    def withhold_reason(self) -> str:
        """Why the notifier is not told the outcome."""


def is_sent_twice(work: Work, about: Underretning, stored: Vurdering, given: Saved) -> bool:
    """Tell whether this is what the same person saved a moment ago.

    Where the least thing differs it is not: then it is shown as what it is, a conflict.
    """
    return (
        stored.assessor == work.actor
        and work.now - stored.assessed_at < A_MOMENT
        and _same_answers(stored, given)
        and set(underretninger.concerns_of(work.connection, about.id)) == given.answers.concerns
        and _same_registration(about, given.corrections)
        and (about.anonymous or _same_kvittering(work, about, given))
    )


def _same_answers(stored: Vurdering, given: Saved) -> bool:
    answers = given.answers.as_chosen(is_unborn=stored.conversation == Samtale.IKKE_AKTUEL)
    return (
        stored.fare,
        stored.next_step,
        stored.reason,
        stored.acute_action or "",
        stored.fresh_eyes,
        stored.conversation,
        stored.conversation_at,
        stored.conversation_reason or "",
        stored.siblings,
        stored.withhold_reason or "",
    ) == (
        answers.fare,
        answers.next_step,
        answers.reason.strip(),
        answers.acute_action.strip(),
        answers.fresh_eyes or stored.fresh_eyes,  # where it is not asked, who stood there stays
        answers.conversation or Samtale.IKKE_AKTUEL,
        answers.conversation_at,
        answers.conversation_reason.strip(),
        given.siblings,
        given.withhold_reason.strip(),
    )


def _same_registration(about: Underretning, given: Corrections) -> bool:
    """Tell whether everything that was put right stands there."""
    asked = {one.name: getattr(given, one.name) for one in fields(given)}
    return all(
        (value.strip() if isinstance(value, str) else value) == (getattr(about, name) or empty)
        for name, value in asked.items()
        if value is not None
        for empty in ["" if isinstance(value, str) else getattr(about, name)]
    )


def _same_kvittering(work: Work, about: Underretning, given: Saved) -> bool:
    return not given.kvittering or is_ordered(work.connection, about.id, KVITTERING)
