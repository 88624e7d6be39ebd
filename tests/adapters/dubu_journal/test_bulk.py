"""A host filled in bulk is as good as one that grew: found, closed, kept and counted on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from dubu_journal import access, cases, documents, notes, search
from dubu_journal.bulk import EmbeddedBulkLoader
from dubu_journal.host import Host
from dubu_journal.journal_port import EmbeddedJournal
from dubu_journal.persons import EmbeddedPersons
from dubu_journal.port.post import EmbeddedIncomingPost
from dubu_journal.search import Found
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.ports.bulk import (
    BulkCase,
    BulkDocument,
    BulkNote,
    BulkPerson,
    BulkPost,
    BulkUser,
)
from dubu_plugin.ports.identity import Unit
from dubu_plugin.ports.journal_objects import CaseTemplate, Direction, Kind, Phase, Ref
from dubu_plugin.ports.persons import Tie

NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
ALMA = "0312164990"
SANNE = "2303881990"


class Content:
    """A host with one family, two cases and a letter in the inbox."""

    def templates(self) -> Sequence[CaseTemplate]:
        return (CaseTemplate("barn", "Børnesag", "27.24.00", "G01"),)

    def units(self) -> Sequence[Unit]:
        return (Unit("boern", "Børn"), Unit("nord", "Børn Nord", "boern"), Unit("syd", "Børn Syd"))

    def files(self) -> Sequence[bytes]:
        return (b"et brev",)

    def persons(self) -> Iterable[BulkPerson]:
        yield BulkPerson(1, "Sanne Testvad", SANNE, Cpr(SANNE).born, "Prøvegade 7")
        ties = ((Tie.MOTHER, 1), (Tie.SIBLING, 1))
        yield BulkPerson(2, "Alma Testvad", ALMA, Cpr(ALMA).born, "Prøvegade 7", True, ties=ties)

    def users(self) -> Iterable[BulkUser]:
        caseworker = frozenset({"sagsbehandler"})
        yield BulkUser("anne", "anne", "Anne Testsen", "nord", caseworker, "rådgiver", person=1)
        yield BulkUser("bo", "bo", "Bo Testsen", "syd", caseworker, "rådgiver")
        yield BulkUser("dorte", "dorte", "Dorte Testsen", "boern", frozenset(), "leder", ("boern",))

    def cases(self) -> Iterator[BulkCase]:
        for number, closed in ((1, None), (2, NOW)):
            yield BulkCase(
                number=number,
                display=f"27.24.00-G01-{number}-26",
                title="Alma Testvad",
                subject_code="27.24.00",
                facet="G01",
                responsible="anne",
                unit="nord",
                protected=number == 2,
                created=NOW,
                closed=closed,
                parties=((2, "Barn"), (1, "Mor")),
                documents=[self.document(number)],
                notes=[BulkNote("Hjemmebesøg", "Der er roligt.", NOW, "anne")],
            )

    def document(self, number: int) -> BulkDocument:
        return BulkDocument(
            title="Statusrapport",
            direction=Direction.IN,
            day=date(2026, 3, 2),
            external_id=f"x{number}",
            filename="status.txt",
            media_type="text/plain",
            file=0,
            author="anne",
        )

    def post(self) -> Sequence[BulkPost]:
        raw = b"From: skole@skole.example\r\nSubject: Underretning\r\n\r\nHej"
        return (BulkPost("brev.eml", raw, NOW),)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Host]:
    host = Host.made(tmp_path / "journal.sqlite", tmp_path / "filer")
    told: list[int] = []
    EmbeddedBulkLoader(host).load(Content(), told.append)
    assert sum(told) == 2
    yield host
    host.database.close()


def find(host: Host, user: str, typed: str) -> Found:
    with host.database.reading() as connection:
        viewer = access.viewer(connection, user)
        assert viewer is not None
        return search.find(connection, viewer, typed, limit=5)


def test_what_lies_on_a_case_is_found_by_those_who_may_see_it(filled: Host) -> None:
    assert [case.id for case in find(filled, "anne", "testvad").cases] == [2, 1]
    assert [case.id for case in find(filled, "dorte", "testvad").cases] == [2, 1], "she leads it"
    assert find(filled, "bo", "testvad").cases == []
    assert len(find(filled, "anne", "statusrapport").documents) == 2
    assert len(find(filled, "anne", "roligt").notes) == 2
    assert find(filled, "bo", "statusrapport").documents == []


def test_it_answers_through_the_port(filled: Host) -> None:
    loader, journal = EmbeddedBulkLoader(filled), EmbeddedJournal(filled)
    case = journal.get_case(Ref(journal.name, Kind.CASE, loader.case_key(2)))
    assert case.phase is Phase.CLOSED
    assert case.ref.number == "27.24.00-G01-2-26"
    (document,) = journal.documents(case.ref).items
    (file,) = journal.files(document.ref)
    with journal.open_file(file.ref) as content:
        assert content.read() == b"et brev"
    assert [template.key for template in journal.templates()] == ["barn"]


def test_people_are_found_with_their_family(filled: Host) -> None:
    persons, loader = EmbeddedPersons(filled), EmbeddedBulkLoader(filled)
    alma = persons.by_key(loader.person_key(2))
    assert alma is not None
    assert alma.protected_address
    assert persons.by_cpr(Cpr(ALMA)) == alma
    assert [one.name for one in persons.search("Alma Tesvad")] == ["Alma Testvad"]
    assert [(one.tie, one.person.name) for one in persons.relations(alma.key)] == [
        (Tie.MOTHER, "Sanne Testvad")
    ]


def test_what_is_filed_cannot_be_changed_afterwards(filled: Host) -> None:
    with filled.database.writing() as connection:
        for change in ("UPDATE notes SET body = ''", "UPDATE documents SET title = ''"):
            with pytest.raises(sa.exc.IntegrityError):
                connection.exec_driver_sql(change)


def test_what_comes_afterwards_goes_on_from_there(filled: Host) -> None:
    with filled.database.writing() as connection:
        new = cases.NewCase("Ny sag", "anne", template="barn")
        case_id = cases.create(connection, new, "anne", NOW)
        assert cases.get(connection, case_id).number == "27.24.00-G01-3-26"
        notes.add(connection, case_id, "Note", "Nyt ord", occurred_at=NOW, by="anne", now=NOW)
        assert len(documents.of_case(connection, 1, limit=5)) == 1
    assert find(filled, "anne", "nyt ord").notes


def test_nothing_is_left_loose_and_the_file_keeps_a_journal_again(filled: Host) -> None:
    with filled.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2


def test_post_came_when_it_is_said_to_have_come(filled: Host) -> None:
    (item,) = EmbeddedIncomingPost(filled).received().items
    assert item.received_at == NOW
    assert item.filename == "brev.eml"


def test_a_host_in_use_is_not_filled(filled: Host) -> None:
    with pytest.raises(ConfigurationError, match="ikke tom"):
        EmbeddedBulkLoader(filled).load(Content(), lambda count: None)
