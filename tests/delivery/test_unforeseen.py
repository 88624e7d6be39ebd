"""A fault nobody foresaw stops its own lane only, tells of nobody, and is seen by people."""

import asyncio
import threading
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from dubu_plugin.delivery.attempt import Outcome
from dubu_plugin.delivery.handlers import HANDLERS
from dubu_plugin.delivery.handlers.open_case import OpenCase
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.delivery.worker import Worker, deliver_once
from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store import outbox
from dubu_plugin.store.stuck import waiting_for
from dubu_plugin.store.tables import sager
from dubu_plugin.testing.installation import Installation

SECRET = "Alma Testvad 031216-4990"


class Unheard(BaseException):
    """No exception anybody has thought of."""


FAULTS = [
    ValueError(SECRET),
    RecursionError(SECRET),
    ExceptionGroup(SECRET, [ValueError(SECRET)]),
    asyncio.CancelledError(SECRET),
    SystemExit(SECRET),
    Unheard(SECRET),
]


class Failing:
    """Fails for one case, and opens the others."""

    def __init__(self, sag: UUID, fault: BaseException) -> None:
        self.sag = sag
        self.fault = fault

    def deliver(self, d: Delivery) -> Done:
        if d.id("sag") == self.sag:
            raise self.fault
        return OpenCase().deliver(d)

    def probe(self, d: Delivery) -> Done | None:
        return None


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_other_lanes_go_on_and_the_log_says_nothing_of_anybody(
    it: Installation, fault: BaseException, capfd: pytest.CaptureFixture[str]
) -> None:
    bad, good = it.sag(), it.sag()
    it.tell(bad, "open_case")
    it.file(bad)
    it.tell(good, "open_case")
    with capture_logs() as log:
        report = deliver_once(it, it.now, handlers=HANDLERS | {"open_case": Failing(bad, fault)})
    assert report.outcomes == {Outcome.REFUSED: 1, Outcome.DELIVERED: 1}
    (line,) = [line for line in log if line["event"] == "outbox_fault"]
    assert line["error"] == type(fault).__name__
    assert "test_unforeseen.py:" in line["where"]
    said = str(log) + "".join(capfd.readouterr())
    assert "Alma" not in said
    assert "4990" not in said
    with it.store.read() as connection:
        (stuck,) = outbox.stuck(connection)
    assert (stuck.behind, stuck.error) == (1, f"dubu:open_case:{type(fault).__name__}")


def test_who_has_the_case_sees_it_and_so_does_the_unit_where_nobody_has(it: Installation) -> None:
    mine, nobodys = it.sag(responsible="anne"), it.sag(responsible=None)
    for sag in (mine, nobodys):
        it.tell(sag, "open_case")
        deliver_once(it, it.now, handlers={"open_case": Failing(sag, Unheard(SECRET))})

    def sees(who: str, unit: str) -> set[UUID | None]:
        asker = Asker(who, frozenset({Role.CASEWORKER}), unit)
        with it.store.read() as connection:
            found = waiting_for(
                connection, asker, slower_than=it.now - timedelta(minutes=30), today=it.now.date()
            )
        return {row.sag for row in found.stuck}

    assert sees("anne", "boern-nord") == {mine, nobodys}
    assert sees("bo", "boern-nord") == {nobodys}
    assert sees("carl", "boern-syd") == set()


def test_the_thread_outlives_every_fault(it: Installation) -> None:
    bad, good = it.sag(), it.sag()
    handlers = HANDLERS | {"open_case": Failing(bad, SystemExit(SECRET))}
    worker = Worker(it, every=timedelta(hours=1), handlers=handlers)
    arrived = threading.Semaphore(0)

    def notice(operation: str) -> None:
        if operation == "create_case":
            arrived.release()

    it.journal.wait = notice
    it.tell(bad, "open_case")
    worker.start()
    it.tell(good, "open_case")
    assert arrived.acquire(timeout=20)
    assert worker.stop()
    with it.store.read() as connection:
        opened = connection.scalars(sa.select(sager.c.id).where(sager.c.host_key.is_not(None)))
        assert set(opened) == {good}


def test_ctrl_c_still_ends_a_round(it: Installation) -> None:
    sag = it.sag()
    it.tell(sag, "open_case")
    with pytest.raises(KeyboardInterrupt):
        deliver_once(it, it.now, handlers={"open_case": Failing(sag, KeyboardInterrupt())})
