"""The rounds: everything that came in is told on, and one bad step does not stop the next."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from dubu_journal import danish
from dubu_journal.hookspecs import hookimpl
from dubu_journal.host import Host
from dubu_journal.plugins import Plugins
from dubu_journal.post.arrivals import Arrivals
from dubu_journal.post.inbox import Inbox
from dubu_journal.post.offering import Offering
from dubu_journal.post.outbox import Outbox
from dubu_journal.post.rounds import Rounds

from ..conftest import NOW, Clock
from .conftest import Stored


@dataclass
class Listening:
    """A plugin that hears of post and of days."""

    heard: list[str] = field(default_factory=list)
    told: threading.Event = field(default_factory=threading.Event)

    @hookimpl
    def journal_post_received(self, post: str) -> bool:
        self.heard.append("post")
        self.told.set()
        return True

    @hookimpl
    def journal_daily_tick(self, now: datetime) -> None:
        self.heard.append(danish.short(now))


@pytest.fixture
def plugin() -> Listening:
    return Listening()


@pytest.fixture
def rounds(
    host: Host, arrivals: Arrivals, plugin: Listening, clock: Clock, tmp_path: Path
) -> Rounds:
    plugins = Plugins.load("x", installed=False, extra=[plugin])
    return Rounds(
        plugins,
        Offering(host, plugins),
        Inbox(tmp_path / "indbakke", arrivals),
        Outbox(tmp_path / "udgaaende", host),
        clock,
        every=0.01,
    )


def test_a_file_that_was_dropped_is_told_on(
    rounds: Rounds, plugin: Listening, clock: Clock, tmp_path: Path, stored: Stored
) -> None:
    rounds.once()
    (tmp_path / "indbakke" / "brev.txt").write_bytes(b"x")
    rounds.once()
    clock.now += timedelta(seconds=2)
    rounds.once()
    assert len(stored()) == 1
    assert plugin.heard == ["26-10-2026", "post"]


def test_a_day_begins_at_midnight_in_denmark(
    rounds: Rounds, plugin: Listening, clock: Clock
) -> None:
    clock.now = NOW.replace(hour=22, minute=59)
    rounds.once()
    clock.now = NOW.replace(hour=23, minute=0)
    rounds.once()
    rounds.once()
    assert plugin.heard == ["26-10-2026", "27-10-2026"]


def test_a_step_that_fails_does_not_stop_the_next(
    rounds: Rounds, plugin: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("/hemmelig/sti/Alma Testvad.docx")

    monkeypatch.setattr(Inbox, "look", fail)
    with capture_logs() as lines:
        rounds.once()
    assert plugin.heard == ["26-10-2026"]
    assert lines == [
        {"event": "round_failed", "step": "inbox", "fault": "OSError", "log_level": "error"}
    ]


def test_it_goes_round_by_itself_until_it_is_stopped(
    rounds: Rounds, plugin: Listening, arrivals: Arrivals, tmp_path: Path
) -> None:
    mail = tmp_path / "mail"
    mail.write_bytes(b"Subject: x\r\n\r\nhej")
    rounds.start()
    with mail.open("rb") as raw:
        arrivals.mail(raw, None)
    rounds.wake()
    assert plugin.told.wait(30)
    rounds.stop()
    heard = list(plugin.heard)
    assert heard.count("post") == 1
    assert plugin.heard == heard
