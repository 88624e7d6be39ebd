"""Everything planned reaches the journal once, whatever the journal does."""

from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.delivery.attempt import LEASE, Outcome
from dubu_plugin.delivery.handling import Delivery, Done, Handler
from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.ports.journal_errors import CaseClosed, Rejected, Throttled
from dubu_plugin.store import claimants, claims, outbox
from dubu_plugin.store.failures import StorageFull
from dubu_plugin.store.tables import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.testing.installation import Installation


def opened(it: Installation) -> UUID:
    sag = it.sag()
    it.tell(sag, "open_case")
    return sag


def test_a_case_its_document_and_a_note_arrive_in_order(it: Installation) -> None:
    sag = opened(it)
    it.file(sag)
    it.tell(sag, "add_note", title="Samtale", body="Talt.", occurred_at="2026-03-02T09:00+01:00")
    report = it.deliver()
    assert report.delivered == 3
    assert it.rows() == ["udfoert"] * 3
    assert (len(it.journal.folders), it.documents(), it.notes()) == (1, 1, 2)
    assert it.happenings() == ["sag_oprettet", "dokument_journaliseret", "notat_journaliseret"]


def test_nothing_planned_is_nothing_done(it: Installation) -> None:
    assert it.deliver().tried == 0


def test_the_host_down_for_an_hour_delays_and_loses_nothing(it: Installation) -> None:
    sags = [opened(it) for _ in range(5)]
    for sag in sags:
        it.file(sag)
    it.journal.down = True
    for _ in range(60):
        assert it.deliver().delivered == 0
        it.wait(minutes=1)
    assert set(it.rows()) == {"planlagt"}
    it.journal.down = False
    delivered = 0
    for _ in range(20):
        delivered += it.deliver().delivered
        it.wait(minutes=1)
    assert delivered == 10
    assert (len(it.journal.folders), it.documents(), it.notes()) == (5, 5, 5)


def test_a_silent_host_is_not_asked_for_every_row_in_a_round(it: Installation) -> None:
    for _ in range(20):
        opened(it)
    it.journal.down = True
    assert it.deliver().outcomes == {Outcome.POSTPONED: 3}


def test_waiting_gets_longer_but_never_longer_than_bounds(it: Installation) -> None:
    key = it.tell(it.sag(), "open_case")
    it.journal.down = True
    waits: list[timedelta] = []
    for _ in range(15):
        it.deliver()
        next_try = it.row(key).next_try
        waits.append(next_try - it.now)
        it.now = next_try
    assert all(one < later for one, later in pairwise(waits[:7]))
    assert waits[0] >= timedelta(seconds=3)
    assert max(waits) <= timedelta(minutes=20)


@pytest.mark.parametrize("lost", ["answer", "request"])
@pytest.mark.parametrize("write", range(4))
def test_a_write_whose_answer_never_came_is_looked_up_and_done_once(
    it: Installation, lost: str, write: int
) -> None:
    """The writes are ensure_party, create_case, file_document and add_note."""
    sag = opened(it)
    it.file(sag)
    left = [write]

    def lose(operation: str) -> None:
        if operation in {"ensure_party", "create_case", "file_document", "add_note"}:
            if left[0] == 0:
                setattr(it.journal, f"lose_{lost}s", 1)
            left[0] -= 1

    it.journal.wait = lose
    first = it.deliver()
    assert first.outcomes[Outcome.UNKNOWN] == 1
    for _ in range(5):
        it.wait(minutes=20)
        it.deliver()
    assert it.rows() == ["udfoert", "udfoert"]
    assert (len(it.journal.folders), it.documents(), it.notes()) == (1, 1, 1)
    assert len(it.journal.contacts) == 1
    assert it.happenings() == ["sag_oprettet", "dokument_journaliseret"]


def test_a_write_whose_answer_never_came_is_not_sent_again_before_it_is_looked_up(
    it: Installation,
) -> None:
    sag = opened(it)
    it.deliver()
    it.file(sag)
    it.journal.lose_answers = 1
    it.deliver()
    it.journal.calls.clear()
    it.wait(minutes=20)
    it.deliver()
    assert it.journal.calls[0] == "probe"
    assert "file_document" not in it.journal.calls


def test_a_refused_row_waits_for_a_person_and_holds_its_lane(it: Installation) -> None:
    sag, other = opened(it), opened(it)
    it.deliver()
    it.file(sag)
    it.file(sag)
    it.file(other)
    it.journal.raise_next = CaseClosed("fake", "file_document")
    report = it.deliver()
    assert report.outcomes[Outcome.REFUSED] == 1
    assert it.documents() == 1
    with it.store.read() as connection:
        (stuck,) = outbox.stuck(connection)
    assert stuck.error == "fake:file_document:CaseClosed"
    assert stuck.behind == 1
    it.wait(days=2)
    assert it.deliver().tried == 0
    with it.store.write(actor="anne", now=it.now) as work:
        outbox.try_again(work.connection, stuck.key, now=it.now)
    assert it.deliver().delivered == 2
    assert it.documents() == 3


def test_what_a_person_drops_is_not_sent_and_the_next_is(it: Installation) -> None:
    sag = opened(it)
    it.deliver()
    key = it.file(sag, b"det forkerte")
    it.file(sag, b"det rigtige")
    it.journal.raise_next = Rejected("fake", "file_document", "title")
    it.deliver()
    with it.store.write(actor="anne", now=it.now) as work:
        outbox.drop(work.connection, key, reason="Hører til en anden sag", now=it.now)
    it.deliver()
    assert list(it.journal.contents.values()) == [b"det rigtige"]
    assert it.row(key).reason == "Hører til en anden sag"


def test_what_the_host_asks_for_is_honoured(it: Installation) -> None:
    opened(it)
    it.journal.raise_next = Throttled("fake", "ensure_party", after=400)
    it.deliver()
    it.wait(seconds=280)
    assert it.deliver().tried == 0
    it.wait(seconds=300)
    assert it.deliver().delivered == 1


class Broken:
    """A handler with a fault."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault
        self.probed = 0

    def deliver(self, d: Delivery) -> Done:
        raise self.fault

    def probe(self, d: Delivery) -> Done | None:
        self.probed += 1
        return None


def with_handler(it: Installation, handler: Handler) -> Outcome:
    report = deliver_once(it, it.now, handlers={"open_case": handler})
    (outcome,) = report.outcomes
    return outcome


def test_a_fault_of_ours_waits_for_a_person_and_is_looked_up_afterwards(it: Installation) -> None:
    opened(it)
    broken = Broken(KeyError("sag"))
    assert with_handler(it, broken) is Outcome.REFUSED
    with it.store.read() as connection:
        (stuck,) = outbox.stuck(connection)
    assert stuck.error == "dubu:open_case:KeyError"
    with it.store.write(actor="anne", now=it.now) as work:
        outbox.try_again(work.connection, stuck.key, now=it.now)
    assert with_handler(it, broken) is Outcome.REFUSED
    assert broken.probed == 1


def test_a_kind_nobody_delivers_waits_for_a_person(it: Installation) -> None:
    key = it.tell(it.sag(), "flyv_til_maanen")
    it.deliver()
    assert (it.row(key).state, it.row(key).error) == ("afvist", "dubu:flyv_til_maanen:KeyError")


@pytest.mark.parametrize("fault", [StorageFull(), ConfigurationError("LibreOffice mangler")])
def test_what_an_operator_can_mend_waits_for_that(it: Installation, fault: Exception) -> None:
    opened(it)
    assert with_handler(it, Broken(fault)) is Outcome.POSTPONED
    it.wait(minutes=1)
    assert it.deliver().delivered == 1


class HalfDone:
    """Delivers, and then cannot store what follows."""

    def deliver(self, d: Delivery) -> Done:
        return Done("1", self.then)

    def probe(self, d: Delivery) -> Done | None:
        return Done("1")

    def then(self, work: Work) -> None:
        work.happened(Haendelse.SAG_OPRETTET)
        raise ZeroDivisionError


def test_a_row_and_what_follows_from_it_are_stored_together(it: Installation) -> None:
    opened(it)
    assert with_handler(it, HalfDone()) is Outcome.REFUSED
    assert it.happenings() == []


def test_a_row_left_by_a_crash_is_looked_up_when_its_time_is_up(it: Installation) -> None:
    sag = opened(it)
    with it.store.read() as connection:
        (head,) = claims.heads(connection, now=it.now, limit=1)
    with it.store.write(actor="anne", now=it.now) as work:
        assert claims.claim(work.connection, head, now=it.now, until=it.now + LEASE)
    it.wait(seconds=LEASE.total_seconds() - 1)
    assert it.deliver().tried == 0
    it.wait(seconds=1)
    it.journal.calls.clear()
    assert it.deliver().delivered == 1
    assert it.journal.calls[0] == "probe"
    with it.store.read() as connection:
        assert connection.scalar(sa.select(sager.c.host_key).where(sager.c.id == sag))


def test_a_row_held_by_a_killed_process_of_this_machine_is_looked_up_at_once(
    it: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(it)
    with it.store.read() as connection:
        (head,) = claims.heads(connection, now=it.now, limit=1)
    with it.store.write(actor="anne", now=it.now) as work:
        held = claims.claim(work.connection, head, now=it.now, until=it.now + LEASE)
    assert held is not None
    assert it.deliver().tried == 0, "its process lives: it is ours"
    monkeypatch.setattr(claimants, "is_gone", lambda claim: claim == held.name)
    it.journal.calls.clear()
    assert it.deliver().delivered == 1
    assert it.journal.calls[0] == "probe", "it may have arrived before it was killed"


def test_who_was_too_slow_stores_nothing(it: Installation) -> None:
    """Somebody else took the row over while the host was thinking."""
    opened(it)

    def others(operation: str) -> None:
        if operation == "create_case":
            it.journal.wait = lambda operation: None
            it.wait(seconds=LEASE.total_seconds())
            assert it.deliver().delivered == 1

    it.journal.wait = others
    report = it.deliver()
    assert report.outcomes == {Outcome.TAKEN: 1}
    assert it.happenings() == ["sag_oprettet"]
    assert len(it.journal.folders) == 1


def test_a_round_stops_when_it_is_told_to(it: Installation) -> None:
    for _ in range(3):
        opened(it)
    seen: list[int] = []
    deliver_once(
        it,
        it.now,
        stopping=lambda: len(seen) == 1,
        progress=lambda report: seen.append(report.tried),
    )
    assert seen == [1]
    assert sorted(it.rows()) == ["planlagt", "planlagt", "udfoert"]


def test_a_long_lane_is_delivered_in_one_round(it: Installation) -> None:
    sag = opened(it)
    for number in range(60):
        it.tell(
            sag, "add_note", title=str(number), body="", occurred_at="2026-03-02T09:00:00+01:00"
        )
    assert it.deliver().delivered == 61
    (folder,) = it.journal.folders.values()
    assert [note.title for note in folder.notes] == [str(number) for number in range(60)]
