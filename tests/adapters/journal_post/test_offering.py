"""What came in is offered to the plugins until one has taken it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

import pytest

from dubu_journal import post_box
from dubu_journal.hookspecs import hookimpl
from dubu_journal.host import Host
from dubu_journal.plugins import Plugins
from dubu_journal.post.offering import Offering
from dubu_journal.post_box import Envelope

from ..conftest import Clock
from .conftest import Stored


@dataclass
class Taker:
    """A plugin that takes what the test says."""

    answer: bool | Exception | None = True
    offered: list[str] = field(default_factory=list)

    @hookimpl
    def journal_post_received(self, post: str) -> bool | None:
        self.offered.append(post)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


Arrive = Callable[[str], None]


@pytest.fixture
def arrive(host: Host, clock: Clock) -> Arrive:
    def store(key: str) -> None:
        envelope = Envelope(clock.now, "fil", f"{key}.txt")
        post_box.store(host, BytesIO(key.encode()), envelope, key=key)

    return store


def offering(host: Host, *takers: Taker) -> Offering:
    return Offering(host, Plugins.load("x", installed=False, extra=takers))


def never() -> bool:
    return False


def test_what_a_plugin_takes_is_offered_once(host: Host, arrive: Arrive, stored: Stored) -> None:
    taker = Taker()
    offers = offering(host, taker)
    for key in ("1", "2", "3"):
        arrive(key)
    assert offers.new(never) == 3
    assert offers.new(never) == offers.again(never) == 0
    assert taker.offered == ["1", "2", "3"]
    assert {item.state for item in stored()} == {post_box.TAKEN}


@pytest.mark.parametrize("answer", [False, None, ValueError("x")])
def test_what_nobody_took_is_offered_again_at_the_sweep(
    answer: bool | Exception | None, host: Host, arrive: Arrive, stored: Stored
) -> None:
    taker = Taker(answer)
    offers = offering(host, taker)
    arrive("1")
    assert offers.new(never) == 0
    assert offers.new(never) == 0
    assert taker.offered == ["1"]
    taker.answer = True
    assert offers.again(never) == 1
    assert stored()[0].state == post_box.TAKEN


def test_one_taker_is_enough(host: Host, arrive: Arrive) -> None:
    arrive("1")
    first, second = Taker(ValueError("x")), Taker()
    assert offering(host, first, second).new(never) == 1


def test_what_came_before_the_start_is_offered_too(host: Host, arrive: Arrive) -> None:
    arrive("1")
    taker = Taker()
    assert offering(host, taker).new(never) == 1


def test_many_are_offered_in_order(
    host: Host, arrive: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dubu_journal.post.offering.AT_ONCE", 2)
    taker = Taker(answer=None)
    keys = [str(number) for number in range(7)]
    for key in keys:
        arrive(key)
    offers = offering(host, taker)
    offers.new(never)
    assert taker.offered == keys


def test_it_ends_between_two_items(host: Host, arrive: Arrive) -> None:
    taker = Taker()
    for key in ("1", "2"):
        arrive(key)
    offering(host, taker).new(lambda: len(taker.offered) >= 1)
    assert taker.offered == ["1"]


def test_what_somebody_has_seen_to_is_not_offered(host: Host, arrive: Arrive) -> None:
    arrive("1")
    with host.database.writing() as connection:
        post_box.mark(connection, "1", post_box.HANDLED)
    taker = Taker()
    assert offering(host, taker).again(never) == 0
    assert taker.offered == []
