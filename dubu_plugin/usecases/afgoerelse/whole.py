"""A decision with everything that is written and known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Given, Matter
from dubu_plugin.domain.alder import age_on, birthday
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.gates.committee import CHAIRS
from dubu_plugin.domain.gates.standing import Part, Standing, is_before, is_long_ago
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.help_taken import HelpTaken
from dubu_plugin.domain.indsatser import ADULT, Catalogue
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.store.afgoerelse import before_decision, beregninger, partshoeringer
from dubu_plugin.store.afgoerelse import provisional as chairs
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.beregninger import Kept
from dubu_plugin.store.afgoerelse.partshoeringer import WEIGHED, WHY, Partshoering
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.usecases.afgoerelse.child_view import ChildView, child_view
from dubu_plugin.usecases.afgoerelse.circumstances import is_applied_for, siblings, there
from dubu_plugin.usecases.afgoerelse.help_taken import help_of, not_heard_of
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding, matter_of

FIRST: Final = 1
"""A decision has one version: what is to be otherwise is a new decision."""
NOTHING: Final = before_decision.Recorded()


@dataclass(frozen=True, slots=True)
class Whole:
    """A decision with everything that is written and known of it."""

    afgoerelse: Afgoerelse
    matter: Matter
    child: Known
    now: datetime
    """The moment it is looked at."""
    texts: Texts = field(repr=False)
    parts: Sequence[Partshoering]
    recorded: before_decision.Recorded
    view: ChildView
    examined_within: int = 0
    """How old an undersøgelse may be here, in months; 0 is as old as it is."""
    siblings: Sequence[int] = ()
    """How old the siblings under eighteen are; only where the decision asks for them."""
    there: frozenset[Forudsat] = frozenset()
    """What is there of what decisions presuppose; only where this one asks for it."""
    applied: bool = False
    """Somebody has asked for it, and waits."""
    reckoned: Kept | None = None
    """What is reckoned for it."""
    waiting: Sequence[chairs.Provisional] = ()
    """What the chairman decided and the committee has not looked at; only where this does."""
    helps: Sequence[HelpTaken] = ()
    """The help it takes from the family, and while it is prepared what it can take."""

    @property
    def day(self) -> date:
        """The Danish day it is looked at."""
        return danish_day(self.now)

    @property
    def decided_on(self) -> date:
        """The Danish day it was decided: by the committee, by its chairman, or today."""
        its = self.afgoerelse
        if self.matter.is_committees and its.committee_on is not None:
            return its.committee_on
        if self.matter.is_chairs and its.chair_at is not None:
            return danish_day(its.chair_at)
        return self.day

    @property
    def in_place_by(self) -> date | None:
        """The Danish day what the law asks for first is to be there: the committee's meeting."""
        return met_on(self.afgoerelse, self.matter, self.day)

    @property
    def age(self) -> int | None:
        """How old the child is on the day, in whole years; None is unborn."""
        return None if self.child.born is None else age_on(self.child.born, self.day)

    @property
    def looked_at(self) -> chairs.Provisional | None:
        """Which of the chairman's decisions it approves or does not (§ 143, stk. 4)."""
        return chairs.looked_at(self.waiting, self.said.get(CHAIRS, ""))

    @property
    def placed(self) -> bool:
        """Whether the child is placed."""
        return Forudsat.ANBRAGT in self.there

    @property
    def plan_is_older(self) -> bool:
        """Whether the newest plan was approved before the decision was begun to be prepared."""
        return is_before(self.recorded.planned_on, danish_day(self.afgoerelse.begun_at))

    @property
    def examined_long_ago(self) -> bool:
        """Whether the newest undersøgelse is older than the municipality lets it be."""
        by = self.in_place_by or self.day
        return is_long_ago(self.recorded.examined_on, self.examined_within, by)

    def age_given(self, one: Given) -> int | None:
        """Return how old the child is when an indsats begins, where that is after today.

        What a young person gets from eighteen is decided before (§ 111).
        """
        first = one.starts_on or self.afgoerelse.starts_on or self.day
        return None if self.child.born is None else age_on(self.child.born, max(first, self.day))

    @property
    def consents(self) -> Mapping[UUID, tuple[str, date, bool]]:
        """What each person answered, by person: the answer, the day, and if for the purpose."""
        return {one.person: one.consent for one in self.parts if one.consent is not None}

    @property
    def said(self) -> dict[str, str]:
        """What is written, by section."""
        return {name: text.text for (place, name), text in self.texts.items() if place == WHOLE}

    def of_part(self, part: Partshoering, name: str) -> str:
        """Return what is written of a hearing."""
        found = self.texts.get((part.place, name))
        return found.text if found else ""

    def standing(self, catalogue: Catalogue) -> Standing:
        """Return what the gates are asked about."""
        its = self.afgoerelse
        return Standing(
            matter=self.matter, day=self.day, age=self.age, due_date=self.child.due_date,
            grown_on=birthday(self.child.born, ADULT) if self.child.born else None,
            outcome=its.outcome, said=self.said, parts=[self._part(one) for one in self.parts],
            view_recorded=self.view.obtained.since is not None,
            view_before=self.view.obtained.before, view_from=self.view.fetched_from,
            given=its.given,
            not_allowed=frozenset(
                number
                for number, one in enumerate(its.given, 1)
                if not catalogue.allows(
                    self.day, self.age_given(one), one.code, one.place or ""
                )
            ),
            starts_on=its.starts_on, ends_on=its.ends_on, plan=its.plan,
            planned_on=self.recorded.planned_on, examined_on=self.recorded.examined_on,
            examined_within=self.examined_within,
            prepared_on=danish_day(its.begun_at), committee_on=its.committee_on,
            chair_at=its.chair_at, now=self.now,
            votes_for=its.votes_for, protocol=its.protocol or "",
            dissent=its.dissent, statement_on=its.statement_on, at_once=its.at_once,
            siblings=self.siblings, parents_plan_ready=self.recorded.parents_plan,
            reckoned=bool(self.reckoned and self.reckoned.monthly),
            reckoned_on=self.reckoned.day if self.reckoned else None,
            there=self.there, applied=self.applied, insight_waits=self.recorded.insight_waits,
            waiting=[one.matter for one in self.waiting],
            helps=self.helps,
        )  # fmt: skip

    def _part(self, one: Partshoering) -> Part:
        answer, day, purpose = one.consent or ("", None, False)
        return Part(
            person=one.person, capacity=one.capacity, name=one.name, hearing=one.state,
            due_on=one.due_on, answered_on=one.answered_on, exception=one.exception,
            why=bool(self.of_part(one, WHY)),
            weighed=bool(self.of_part(one, WEIGHED)), consent=answer, consent_on=day,
            consent_purpose=purpose, not_heard_of=not_heard_of(self.helps, one),
        )  # fmt: skip


def whole(
    connection: sa.Connection,
    product: Deciding,
    afgoerelse: Afgoerelse,
    child: Known,
    now: datetime,
) -> Whole:
    """Return a decision with everything that is written and known of it.

    What is recorded on the case is read only where it is being prepared.

    :raises NotYours: its matter is not in the catalogue any more.
    """
    day = danish_day(now)
    matter = matter_of(product, afgoerelse, day)
    asks = matter if afgoerelse.is_open else None
    texts = tekster.read(connection, afgoerelse.id, FIRST)
    by = met_on(afgoerelse, matter, day)
    stands = before_decision.recorded(connection, afgoerelse.sag, by=by) if asks else NOTHING
    return Whole(
        afgoerelse,
        matter,
        child,
        now,
        texts,
        partshoeringer.of_afgoerelse(connection, afgoerelse.id),
        stands,
        child_view(connection, afgoerelse, texts, now if by is None else end_of_day(by)),
        product.settings.afgoerelser.undersoegelse_maaneder,
        siblings(connection, child, day) if asks and asks.parents_plan else (),
        there(connection, product.indsatser, child, day)
        if asks and (asks.presupposes or asks.youth_plan or asks.at_home or asks.statement)
        else frozenset(),
        bool(asks and is_applied_for(stands, asks)),
        beregninger.newest(connection, afgoerelse.id) if matter.reckons else None,
        chairs.waiting(connection, afgoerelse.sag)
        if asks and asks.haendelse is Haendelse.FORELOEBIG_AFGOERELSE_GODKENDT
        else (),
        help_of(connection, product.indsatser, afgoerelse, matter, day),
    )


def met_on(afgoerelse: Afgoerelse, matter: Matter, day: date) -> date | None:
    """Return the Danish day of the committee's meeting, where that is no later than a day.

    The committee has what the law asks for when it meets (barnets lov §§ 5, 47, 51 and 91): what
    came between its meeting and the day the decision is typed was not there.
    """
    on = afgoerelse.committee_on if matter.is_committees else None
    return on if on is not None and on <= day else None
