"""Everything the screen of one underretning is made from, read in one view of the database."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from markupsafe import Markup

from dubu_plugin.domain.access import Act, Subject, decide
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.domain.vurdering import asks_new_person
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import known_family, personer
from dubu_plugin.store.family.known_family import Candidate, Colleague, Family
from dubu_plugin.store.min_dag import fravaer
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sag_panel import OpenStep
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.underretning import (
    after_assessment,
    assessed_course,
    copies,
    expected,
    genvurderinger,
    underretninger,
)
from dubu_plugin.store.underretning.after_assessment import LetterRow
from dubu_plugin.store.underretning.copies import First
from dubu_plugin.store.underretning.genvurderinger import DUTY, Answer, Genvurdering
from dubu_plugin.store.underretning.underretninger import Post, PostFile, Underretning, Vurdering
from dubu_plugin.usecases.dokument.order.kvittering import preview_kvittering
from dubu_plugin.usecases.underretning.child_choice import number_warning
from dubu_plugin.usecases.underretning.numbers_heard import numbers_heard
from dubu_plugin.web.door import Visit
from dubu_plugin.web.frist.svarfrist_view import AnswerBox, answer_box
from dubu_plugin.web.underretning.known_view import LOOKED_BACK
from dubu_plugin.web.underretning.told_papers import told_papers


class Stored:
    """Stands for the child that is stored, where the screen has not said another."""


STORED: Final = Stored()


@dataclass(frozen=True, slots=True)
class Read:
    """Everything the screen is made from."""

    about: Underretning
    standing: Subject
    """What the one who looks is to it, for what the page lets them do."""
    post: Post | None
    files: Sequence[PostFile]
    first: First | None
    """The one that came under the same Message-ID before it and says something else."""
    concerns: Sequence[str]
    vurdering: Vurdering | None
    first_assessed: datetime | None
    """When it was first assessed; what was right of an unborn child then stays right."""
    sag: Sag | None
    """The child's case; None where there is none, and where it is not theirs to open."""
    candidates: Sequence[Candidate]
    family: Family | None
    mother: UUID | None
    """Who expects the child, where one that is not born is chosen on the screen."""
    colleagues: Sequence[Colleague]
    leader: str | None
    """Who leads the unit that has it today; never the one who looks."""
    handled: frozenset[str]
    able: Sequence[Colleague]
    """Those who may take part in a genvurdering, whether or not they are new; empty for none."""
    genvurdering: Genvurdering | None
    """The question to the second person, as it stands."""
    steps: Sequence[OpenStep]
    letters: Sequence[LetterRow]
    filed: bool | None
    """Whether the original lies in the journal; None before anybody has asked for it."""
    receipt_paper: Markup | None
    told_papers: Mapping[str, Markup]
    """The letter that tells what was set going, by the next step it is sent at."""
    number_warning: Sequence[str]
    """What there is to say of a number that nobody in the address book has."""
    numbers_heard: Sequence[str]
    """What there is to say of the numbers in the text, while it is not assessed."""
    answer: AnswerBox | None
    """By when an application is answered; None for anything else."""

    @property
    def asks_new_person(self) -> bool:
        """Whether the assessment asks for somebody new to the case (§ 137, stk. 1)."""
        met = [step.state == "opfyldt" for step in self.steps if step.rule == DUTY]
        waits = self.genvurdering is not None and self.genvurdering.state is not Answer.CONFIRMED
        here = self.sag is not None and self.sag.id == self.about.sag_id
        return self.sag is not None and asks_new_person(
            has_indsats=self.sag.has_indsats,
            assessed=self.vurdering is not None and here,
            duty_stands=not all(met) if met else waits,
        )

    @property
    def case_url(self) -> str | None:
        """Where the case it is on is, for who may open it."""
        here = self.sag is not None and self.sag.id == self.about.sag_id
        return f"/dubu/sag/{self.about.sag_id}" if here else None

    def name_of(self, employee: str | None) -> str | None:
        """Return an employee's name."""
        return next((one.name for one in self.colleagues if one.key == employee), None)


def read(
    connection: sa.Connection,
    visit: Visit,
    *also: UUID,
    child: UUID | Stored | None = STORED,
    mother: UUID | None = None,
) -> Read:
    """Read what the screen is made from.

    :param also: people to show among the likely children.
    :param child: the child that is chosen on the screen; None where nobody is yet.
    :param mother: who expects the child, where one that is not born is chosen.
    """
    about = underretninger.by_id(connection, visit.subject)
    standing = access.subject(connection, visit.asker, "underretning", visit.subject)
    if about is None or standing is None:
        raise NotYours
    chosen = about.child_id if isinstance(child, Stored) else child
    if chosen is not None and personer.is_kept_from(connection, visit.asker.key, chosen):
        chosen = None  # nothing is said of somebody's own family; saving refuses it
    if mother is not None and personer.is_kept_from(connection, visit.asker.key, mother):
        mother = None
    sag = None
    if about.sag_id is not None and chosen == about.child_id:
        sag = sager.by_id(connection, about.sag_id)
    elif chosen is not None:
        sag = sager.of_child(connection, chosen)
    if sag is not None and not _opens(connection, visit, sag):
        sag = None
    everybody = known_family.colleagues(connection)
    handled: Set[str] = frozenset()
    able: Sequence[Colleague] = ()
    if sag is not None and sag.has_indsats:
        handled = sager.handled_by(connection, sag.id, but=about.id)
        handled -= genvurderinger.confirmed_by(connection, about.id)
        able = genvurderinger.able(connection, about, sag.child_id, everybody)
    known = (about.child_id,) if about.child_id else ()
    post = underretninger.post_by_id(connection, about.post_id)
    vurdering = underretninger.vurdering_of(connection, about.id)
    steps = list(after_assessment.steps_of(connection, about.id))
    if vurdering is not None and sag is not None and sag.id == about.sag_id:
        rules = visit.product.store.rules
        steps += assessed_course.steps_of(connection, sag.id, vurdering.next_step, rules)
    return Read(
        about=about,
        standing=standing,
        post=post,
        files=underretninger.files_of(connection, about.post_id),
        first=copies.first_of(connection, visit.asker, about.id, post),
        concerns=list(underretninger.concerns_of(connection, about.id)),
        vurdering=vurdering,
        first_assessed=_first_assessed(connection, vurdering),
        sag=sag,
        candidates=known_family.likely(connection, about.id, *known, *also),
        family=_family(connection, visit, about, chosen, mother),
        mother=mother,
        colleagues=everybody,
        leader=_leader(connection, visit, about),
        handled=frozenset(handled),
        able=able,
        genvurdering=genvurderinger.newest(connection, about.id) if vurdering else None,
        steps=steps,
        letters=after_assessment.letters_of(connection, about.id),
        filed=(
            after_assessment.original_is_filed(connection, about.id, about.sag_id)
            if about.sag_id
            else None
        ),
        receipt_paper=_paper(connection, visit, about),
        told_papers=told_papers(connection, visit, about),
        number_warning=_number_warning(connection, about),
        numbers_heard=(
            numbers_heard(connection, about.text, looked_up=about.matched_at is not None)
            if about.state == underretninger.NEW
            else ()
        ),
        answer=answer_box(connection, visit.product, about, visit.now),
    )


def _first_assessed(connection: sa.Connection, vurdering: Vurdering | None) -> datetime | None:
    if vurdering is None or vurdering.version == 1:
        return vurdering.assessed_at if vurdering else None
    return expected.first_assessed(connection, vurdering.underretning_id)


def _opens(connection: sa.Connection, visit: Visit, sag: Sag) -> bool:
    found = access.subject(connection, visit.asker, "sag", sag.id)
    return found is not None and bool(decide(visit.asker, Act.READ, found))


def _leader(connection: sa.Connection, visit: Visit, about: Underretning) -> str | None:
    if about.state != underretninger.NEW:
        return None
    away = fravaer.standing(connection, danish_day(visit.now))
    return fravaer.Leaders.read(connection).of(about.unit, away, but=visit.asker.key)


def _number_warning(connection: sa.Connection, about: Underretning) -> Sequence[str]:
    child = personer.by_id(connection, about.child_id) if about.child_id else None
    if child is not None and child.is_unborn and child.mother_id is not None:
        child = personer.by_id(connection, child.mother_id)
    if child is None or child.cpr is None or child.host_key is not None:
        return ()
    return number_warning(child.cpr)


def _family(
    connection: sa.Connection,
    visit: Visit,
    about: Underretning,
    child: UUID | None,
    mother: UUID | None,
) -> Family | None:
    since = about.received_at - LOOKED_BACK
    if mother is not None:
        return known_family.family_of_unborn(
            connection, visit.asker, mother, on=danish_day(about.received_at), but=about.id,
            since=since,
        )  # fmt: skip
    if child is None:
        return None
    return known_family.family(connection, visit.asker, child, but=about.id, since=since)


def _paper(connection: sa.Connection, visit: Visit, about: Underretning) -> Markup | None:
    if about.henvendelse is Henvendelse.ANSOEGNING or about.state != underretninger.NEW:
        return None
    return preview_kvittering(
        connection,
        about.id,
        letters=visit.product.letters,
        municipality=visit.product.settings.municipality,
        author=visit.asker.key,
        now=visit.now,
    )
