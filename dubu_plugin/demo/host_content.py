"""A made-up municipality as the journal host is filled with it."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime

from dubu_plugin.demo.course import moments, phrases
from dubu_plugin.demo.dwellers import Dweller, residents
from dubu_plugin.demo.plan import FACET, Course, Plan
from dubu_plugin.demo.post import deliveries
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.bulk import (
    BulkCase,
    BulkDocument,
    BulkNote,
    BulkPerson,
    BulkPost,
    BulkUser,
)
from dubu_plugin.ports.identity import Unit
from dubu_plugin.ports.journal_objects import CaseTemplate, Direction
from dubu_plugin.ports.persons import Tie

TEMPLATES = (
    CaseTemplate("barn-og-familie", "Børnesag", "27.24.00", FACET),
    CaseTemplate("boernehandicap", "Børnehandicapsag", "32.18.04", FACET),
    CaseTemplate("anbringelse", "Anbringelsessag", "27.27.26", FACET),
)
ROLES = {Tie.MOTHER: "Mor", Tie.FATHER: "Far"}
SHARED_FILE = "Dette er et opdigtet dokument i en kopi til øvelse. Alle personer er opdigtede.\n"


class HostContent:
    """See `dubu_plugin.ports.bulk.BulkContent` for each operation."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def templates(self) -> Sequence[CaseTemplate]:
        """Return the kinds of case that can be opened by name."""
        return TEMPLATES

    def units(self) -> Iterator[Unit]:
        """Yield the organisation."""
        for unit in self.plan.organisation.units:
            yield Unit(unit.key, unit.title, unit.parent, unit.phone, unit.acute_phone)

    def files(self) -> Sequence[bytes]:
        """Return the one text all made-up documents share."""
        return (SHARED_FILE.encode(),)

    def persons(self) -> Iterator[BulkPerson]:
        """Yield everybody in the order of their numbers."""
        for one in residents(self.plan.known):
            yield _person(one)
        for course in self.plan.cases():
            for one in course.family:
                yield _person(one)

    def users(self) -> Iterator[BulkUser]:
        """Yield those who work here."""
        numbers = {one.cpr: one.number for one in residents(self.plan.known)}
        for one in self.plan.organisation.staff:
            yield BulkUser(
                key=one.key,
                login=one.key,
                name=one.name,
                unit=one.unit,
                roles=frozenset(one.roles),
                title=one.title,
                leads=one.leads,
                person=numbers[Cpr.parse(one.cpr)] if one.cpr else None,
                email=f"{one.key}@proevestrup.example",
            )

    def cases(self) -> Iterator[BulkCase]:
        """Yield every case with what lies on it."""
        for course in self.plan.cases():
            yield BulkCase(
                number=course.number,
                display=course.display,
                title=course.title,
                subject_code=course.subject_code,
                facet=FACET,
                responsible=course.responsible.key,
                unit=course.responsible.unit,
                protected=course.protected,
                created=course.opened_at,
                closed=course.closed_at,
                parties=_parties(course),
                members=(course.colleague.key,) if course.colleague else (),
                documents=self._documents(course),
                notes=self._notes(course),
            )

    def post(self) -> Iterator[BulkPost]:
        """Yield the mails of Prøvestrup, as if they came today."""
        for mail in deliveries(self.plan.known.post, self.plan.now):
            yield BulkPost(mail.filename, mail.raw, mail.received_at)

    def _documents(self, course: Course) -> Iterator[BulkDocument]:
        pick = random.Random(self.plan.seed * 2_000_003 + course.number)
        texts = phrases()
        for place, at in enumerate(_moments(course, course.documents, self.plan.now, pick)):
            title, direction = pick.choice(texts.documents)
            yield BulkDocument(
                title=title,
                direction=Direction(direction),
                day=at.date(),
                external_id=f"demo-{course.number}-{place}",
                filename=f"{title}.txt",
                media_type="text/plain",
                file=0,
                author=course.responsible.key,
            )

    def _notes(self, course: Course) -> Iterator[BulkNote]:
        pick = random.Random(self.plan.seed * 3_000_017 + course.number)
        texts = phrases()
        name = course.child.first_name
        for at in _moments(course, course.notes, self.plan.now, pick):
            title, first = pick.choice(texts.notes)
            body = f"{first} {pick.choice(texts.sentences)} {pick.choice(texts.sentences)}"
            yield BulkNote(title, body.replace("{navn}", name), at, course.responsible.key)


def _person(one: Dweller) -> BulkPerson:
    return BulkPerson(
        number=one.number,
        name=one.name,
        cpr=one.cpr.digits,
        born=one.cpr.born,
        address=one.address,
        protected_address=one.protected,
        phone=one.phone,
        email=one.email,
        ties=one.ties,
    )


def _parties(course: Course) -> list[tuple[int, str]]:
    words = {number: ROLES[tie] for tie, number in course.child.ties if tie in ROLES}
    return [
        (course.child.number, "Barn"),
        *((parent.number, words.get(parent.number, "Forælder")) for parent in course.parents),
    ]


def _moments(course: Course, number: int, now: datetime, pick: random.Random) -> list[datetime]:
    return moments(course.opened_at, course.closed_at or now, number, pick)
