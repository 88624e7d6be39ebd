"""The 24-hour assessment: is the child in danger now, why, and what happens next.

Everything of it is stored in one transaction: the answers, the child where it was chosen on the
same page, the second person of § 137, the conversation, the kvittering and what else must follow.
Saving again is a correction: the first assessment stays, and the newest counts.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.intake import PostState
from dubu_plugin.domain.underretning import Henvendelse, NaesteSkridt, told_abuse
from dubu_plugin.domain.vurdering import Answers, NotComplete, Samtale
from dubu_plugin.domain.vurdering_lacks import problems
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import deadlines
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import assessment_digests, underretninger
from dubu_plugin.store.underretning.underretninger import Underretning, Vurdering
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.dokument.order.vurdering import order_vurdering
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.underretning.case_step import step_after
from dubu_plugin.usecases.underretning.child_choice import ChildChoice
from dubu_plugin.usecases.underretning.choose_child import existing, set_child
from dubu_plugin.usecases.underretning.circumstances import circumstances, completed
from dubu_plugin.usecases.underretning.correct import Corrections, correct
from dubu_plugin.usecases.underretning.follow_assessment import (
    needs_support,
    record_decided,
    take_back_decided,
)
from dubu_plugin.usecases.underretning.genvurder import ask_as_named, carried
from dubu_plugin.usecases.underretning.kvittering import acknowledge
from dubu_plugin.usecases.underretning.left_empty import see_to_left
from dubu_plugin.usecases.underretning.orient_notifier import orient_where_known, withhold
from dubu_plugin.usecases.underretning.outside import see_to_case, works_on
from dubu_plugin.usecases.underretning.perhaps_same import offering
from dubu_plugin.usecases.underretning.saved_by_another import insist_on_version
from dubu_plugin.usecases.underretning.sent_twice import is_sent_twice
from dubu_plugin.usecases.underretning.told_talk import record_talk, take_back_talk


class NotAnUnderretning(CaseworkError):
    """What came in is registered as something that is not assessed within 24 hours."""

    danish = (
        "Den er ikke registreret som en underretning, så den skal ikke vurderes inden for 24 "
        "timer. Er det en underretning, så registrér den om først."
    )


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the page holds when somebody saves it."""

    answers: Answers
    child: ChildChoice | None = None
    """Where it is said on the same page; None leaves it as it is."""
    corrections: Corrections = field(default_factory=Corrections)
    siblings: tuple[UUID, ...] = ()
    """Siblings assessed at the same time."""
    kvittering: bool = False
    """»Gem og send kvittering«: also orients a professional, where the outcome is known."""
    home_is_safe: bool = False
    """The kvittering may come into the home the concern is about."""
    withhold_reason: str = field(default="", repr=False)
    """Special circumstances, so that the notifier is not told the outcome (§ 138, stk. 2)."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """What came of it."""

    sag: UUID
    child: UUID
    version: int
    """Of the underretning as it now stands."""
    kvittering: UUID | None = None
    """The letter, where one was ordered now."""
    orientering: UUID | None = None
    warnings: tuple[str, ...] = ()


def assess(
    underretning: UUID,
    assessment: Assessment,
    *,
    version: int,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> Assessed:
    """Make the assessment, or correct it.

    :param version: what the page was opened with.
    :raises NotComplete: the law asks for more; it says what, at which field.
    :raises SavedByAnother: somebody has saved since; it carries what they wrote.
    :raises NotAnUnderretning: it is registered as something else.
    :raises NotYours: the policy says no, or there is no such underretning.
    :raises PerhapsTheSame: the child may be one with a case here that has not been shown.
    :raises CaseworkError: the child or a correction lacks something.
    """
    assessment = replace(assessment, answers=assessment.answers.as_chosen())
    with (
        offering(product.store, underretning, actor=asker.key, now=now),
        acting(
            product.store, asker, Act.ASSESS, "underretning", underretning, now=now, logs=True
        ) as work,
    ):
        about = existing(work, underretning)
        before = underretninger.vurdering_of(work.connection, about.id)
        if (
            before
            and about.version == version + 1
            and is_sent_twice(work, about, before, assessment)
        ):
            assert about.sag_id is not None
            assert about.child_id is not None
            return Assessed(about.sag_id, about.child_id, about.version)
        insist_on_version(work.connection, about, version)
        if about.state == underretninger.OTHER or about.henvendelse in (
            Henvendelse.ANSOEGNING,
            Henvendelse.ANDET,
        ):
            raise NotAnUnderretning
        return _Saving(work, product, asker.key, assessment).save(about)


class _Saving:
    """One save, step by step, in one transaction."""

    def __init__(self, work: Work, means: Writing, me: str, given: Assessment) -> None:
        self.work = work
        self.means = means
        self.me = me
        self.given = given
        self.answers = given.answers
        self.works_on_it = False
        """Whether the case is the assessor's to work on; else only the underretning is."""
        self.is_unborn = False
        """Whether the child was expected as it was first assessed."""
        self.names_anew = False
        """Whether somebody who is new to the case is named now (§ 137, stk. 1)."""

    def save(self, about: Underretning) -> Assessed:
        """Store everything, or raise before anything is."""
        before = underretninger.vurdering_of(self.work.connection, about.id)
        warnings: tuple[str, ...] = ()
        sag = sager.by_id(self.work.connection, about.sag_id) if about.sag_id else None
        if self.given.child is not None:
            sag, found = set_child(self.work, self.means, about, self.given.child, asker=self.me)
            warnings = found.warnings
        self.works_on_it = sag is not None and works_on(self.work, self.me, sag.id)
        said = completed(self.given.corrections, about)
        made_about = circumstances(
            self.work, about, sag, said, before, works_on_it=self.works_on_it
        )
        self.is_unborn = made_about.is_unborn
        self.answers = self.answers.as_chosen(is_unborn=self.is_unborn)
        self.names_anew = made_about.asks_new_person and bool(self.answers.fresh_eyes)
        if not self.names_anew:
            # Who is new to the case is for those who have it to say, where the law asks it.
            kept = before if made_about.is_correction else None
            who = carried(self.work.connection, about.id, kept)
            self.answers = replace(self.answers, fresh_eyes=who)
        missing = problems(self.answers, made_about)
        if missing:
            raise NotComplete(missing)
        assert sag is not None  # without a child there was a problem
        correct(self.work, existing(self.work, about.id), said)
        vurdering = self._stored(existing(self.work, about.id), before)
        self._happened(existing(self.work, about.id), sag, vurdering, before)
        see_to_case(self.work, about.id)
        see_to_left(self.work, about.id, about.sag_id)
        kvittering, orientering = self._answered(existing(self.work, about.id), vurdering)
        after = existing(self.work, about.id)
        return Assessed(sag.id, sag.child_id, after.version, kvittering, orientering, warnings)

    def _stored(self, about: Underretning, before: Vurdering | None) -> Vurdering:
        connection, answers = self.work.connection, self.answers
        asked = answers.conversation or Samtale.IKKE_AKTUEL
        assert answers.fare is not None
        assert answers.next_step is not None
        vurdering = Vurdering(
            underretning_id=about.id,
            version=before.version + 1 if before else 1,
            fare=answers.fare,
            next_step=answers.next_step,
            assessor=self.me,
            assessed_at=self.work.now,
            reason=answers.reason.strip(),
            acute_action=answers.acute_action.strip() or None,
            fresh_eyes=answers.fresh_eyes,
            conversation=asked,
            conversation_at=answers.conversation_at,
            conversation_reason=answers.conversation_reason.strip() or None,
            siblings=self.given.siblings,
            withhold_reason=self.given.withhold_reason.strip() or None,
        )
        number = underretninger.add_vurdering(connection, vurdering)
        underretninger.set_concerns(connection, about.id, answers.concerns, suggested=False)
        underretninger.change(
            connection,
            about.id,
            state=underretninger.ASSESSED,
            overgreb=answers.abuse,
            responsible=about.responsible or self.me,
            closed_at=self.work.now if answers.next_step is NaesteSkridt.INTET else None,
        )
        if about.responsible is None:
            deadlines.hand_over(
                connection, underretning=about.id, responsible=self.me, unit=about.unit
            )
        underretninger.settle_post(connection, about.post_id, PostState.REGISTERED)
        order_vurdering(
            self.work,
            number,
            letters=self.means.letters,
            municipality=self.means.settings.municipality,
            author=self.me,
        )
        return vurdering

    def _happened(
        self, about: Underretning, sag: Sag, vurdering: Vurdering, before: Vurdering | None
    ) -> None:
        """Record what happened, so that the clocks it meets stop."""
        if vurdering.fresh_eyes and self.names_anew:
            ask_as_named(self.work, about, sag, vurdering.fresh_eyes)
        taken = take_back_decided(self.work, about, vurdering)
        talk = take_back_talk(self.work, about, vurdering)
        self._record(
            Haendelse.VURDERING_RETTET if before else Haendelse.UNDERRETNING_VURDERET,
            about,
            {
                "fare": vurdering.fare,
                "naeste": vurdering.next_step,
                "behov": needs_support(NaesteSkridt(vurdering.next_step)),
                "overgreb": told_abuse(self.answers.abuse, unborn=self.is_unborn),
                "professional": bool(about.professional),
                "indsats": sag.has_indsats,
                "soeskende": len(vurdering.siblings),
                "samtale_aftalt": self.answers.agreed_for,
                "version": vurdering.version,
                assessment_digests.DIGEST: assessment_digests.digest(vurdering),
            },
        )
        record_talk(self.work, about, vurdering, talk)
        self._case(about, sag, vurdering, before)
        record_decided(self.work, about, vurdering, taken)

    def _case(
        self, about: Underretning, sag: Sag, vurdering: Vurdering, before: Vurdering | None
    ) -> None:
        """Bring the case on. It becomes the assessor's only where they could work on it already."""
        sager.take_part(
            self.work.connection, sag.id, self.me, now=self.work.now, active=self.works_on_it
        )
        taken_on = self.works_on_it and sag.responsible is None
        changes = {"responsible": self.me} if taken_on else {}
        step = step_after(self.work, about, sag, vurdering, before)
        sager.change(self.work.connection, sag.id, step=step, **changes)
        if taken_on:
            self.work.tell(
                "change_case",
                lane=sag_lane(sag.id),
                key=op_key(about.id, f"change_case:{sag.id}"),
                payload={"sag": str(sag.id)},
            )

    def _record(self, what: Haendelse, about: Underretning, data: dict[str, JSON]) -> None:
        self.work.happened(
            what,
            sag=about.sag_id,
            underretning=about.id,
            person=about.child_id,
            data=data,
        )

    def _answered(
        self, about: Underretning, vurdering: Vurdering
    ) -> tuple[UUID | None, UUID | None]:
        kvittering = acknowledge(
            self.work, self.means, about, author=self.me, wanted=self.given.kvittering,
            home_is_safe=self.given.home_is_safe,
        )  # fmt: skip
        if vurdering.withhold_reason:
            withhold(self.work, about)
            return kvittering, None
        if not self.given.kvittering:
            return kvittering, None
        orientering = orient_where_known(
            self.work, self.means, about, NaesteSkridt(vurdering.next_step), author=self.me
        )
        return kvittering, orientering
