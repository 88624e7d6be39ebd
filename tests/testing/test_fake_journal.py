"""The fake journal keeps the contract, with all it can and with as little as a host may."""

import threading
from uuid import uuid4

import pytest

from dubu_plugin.ports.journal import Capability, Journal
from dubu_plugin.ports.journal_errors import CaseClosed, Throttled, Unanswered, Unavailable
from dubu_plugin.ports.journal_objects import Op, Party, Phase
from dubu_plugin.testing.citizens import Citizens
from dubu_plugin.testing.fake_journal import FakeJournal
from dubu_plugin.testing.journal import Ground, JournalContract
from dubu_plugin.testing.journal_ground import new_case, note, op, person

MEGABYTE = 1024 * 1024


class TestFakeJournal(JournalContract):
    @pytest.fixture
    def journal(self) -> Journal:
        return FakeJournal(page_size=3, largest_file=24 * MEGABYTE)

    @pytest.fixture
    def ground(self) -> Ground:
        return Ground("anne", "bo", "cecilie", "anne", "27.24.00")


class TestBareFakeJournal(JournalContract):
    @pytest.fixture
    def journal(self) -> Journal:
        return FakeJournal(page_size=3, flags=frozenset({Capability.TEMPLATES_REQUIRED}))

    @pytest.fixture
    def ground(self) -> Ground:
        return Ground("anne", "bo", "cecilie", "anne", "27.24.00", template="boernesag")


GROUND = Ground("anne", "bo", "cecilie", "anne", "27.24.00")


@pytest.fixture
def journal() -> FakeJournal:
    return FakeJournal()


@pytest.fixture
def child() -> Party:
    return person(Citizens(seed=3))


def test_down_it_does_nothing(journal: FakeJournal, child: Party) -> None:
    journal.down = True
    with pytest.raises(Unavailable):
        journal.create_case(new_case(GROUND, child), op(GROUND))
    assert not journal.health().ok
    journal.down = False
    assert journal.folders == {}


def test_a_lost_answer_has_its_effect(journal: FakeJournal, child: Party) -> None:
    journal.lose_answers = 1
    doing = Op(uuid4(), "anne")
    with pytest.raises(Unanswered):
        journal.create_case(new_case(GROUND, child), doing)
    assert journal.probe(doing.key) is not None
    assert len(journal.folders) == 1


def test_a_lost_request_has_none(journal: FakeJournal, child: Party) -> None:
    journal.lose_requests = 1
    doing = Op(uuid4(), "anne")
    with pytest.raises(Unanswered):
        journal.create_case(new_case(GROUND, child), doing)
    assert journal.probe(doing.key) is None
    assert journal.folders == {}


def test_it_raises_what_it_is_told_to_once(journal: FakeJournal, child: Party) -> None:
    journal.raise_next = Throttled("fake", "create_case", 1.5)
    with pytest.raises(Throttled):
        journal.create_case(new_case(GROUND, child), op(GROUND))
    journal.create_case(new_case(GROUND, child), op(GROUND))


def test_somebody_closes_the_case(journal: FakeJournal, child: Party) -> None:
    case = journal.create_case(new_case(GROUND, child), op(GROUND))
    journal.close_case(case.ref)
    assert journal.get_case(case.ref).phase is Phase.CLOSED
    with pytest.raises(CaseClosed):
        journal.add_note(case.ref, note(), op(GROUND))


def test_slow_it_answers_when_it_is_let_go(journal: FakeJournal, child: Party) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def wait(operation: str) -> None:
        asked.set()
        go_on.wait()

    journal.wait = wait
    writing = threading.Thread(
        target=journal.create_case, args=(new_case(GROUND, child), op(GROUND))
    )
    writing.start()
    asked.wait()
    assert journal.folders == {}
    go_on.set()
    writing.join()
    assert len(journal.folders) == 1
    assert journal.calls == ["create_case"]
