"""A case that was closed here is closed in the host, where it has a status for that."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.ports.journal_objects import Phase, Status
from dubu_plugin.store.tables import sager
from dubu_plugin.testing.fake_journal_cases import STATUSES
from dubu_plugin.testing.installation import Installation


def opened(it: Installation) -> UUID:
    sag = it.sag()
    it.tell(sag, "open_case")
    it.deliver()
    return sag


def closed(it: Installation, sag: UUID, phase: str = "closed") -> UUID:
    with it.store.write(actor="anne", now=it.now) as work:
        work.connection.execute(sa.update(sager).where(sager.c.id == sag).values(phase=phase))
    return it.tell(sag, "close_case", reason="Familien er flyttet.")


def test_the_host_closes_the_case(it: Installation) -> None:
    sag = opened(it)
    key = closed(it, sag)
    it.deliver()
    (folder,) = it.journal.folders.values()
    assert (it.row(key).state, folder.case.phase) == ("udfoert", Phase.CLOSED)


def test_a_case_that_is_open_here_again_stays_open(it: Installation) -> None:
    sag = opened(it)
    key = closed(it, sag, phase="active")
    it.deliver()
    (folder,) = it.journal.folders.values()
    assert (it.row(key).state, folder.case.phase) == ("udfoert", Phase.ACTIVE)


def test_a_host_without_a_closed_status_is_left_alone(
    it: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def statuses() -> Sequence[Status]:
        return [one for one in STATUSES.values() if one.phase is not Phase.CLOSED]

    monkeypatch.setattr(it.journal, "statuses", statuses)
    sag = opened(it)
    key = closed(it, sag)
    it.deliver()
    (folder,) = it.journal.folders.values()
    assert (it.row(key).state, folder.case.phase) == ("udfoert", Phase.ACTIVE)


def test_a_host_that_is_down_is_told_later(it: Installation) -> None:
    sag = opened(it)
    it.journal.down = True
    key = closed(it, sag)
    it.deliver()
    assert it.row(key).state == "planlagt"
    it.journal.down = False
    it.now += timedelta(hours=1)
    it.deliver()
    (folder,) = it.journal.folders.values()
    assert folder.case.phase is Phase.CLOSED
