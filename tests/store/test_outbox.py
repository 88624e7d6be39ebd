"""The outbox keeps order in a lane, gives each row to one worker, and never forgets a doubt."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from dubu_plugin.store import claims, outbox
from dubu_plugin.store.claims import Claim, Head
from dubu_plugin.store.database import Store
from dubu_plugin.store.keys import op_key, sag_lane, underretning_lane
from dubu_plugin.store.outbox import Held, NotStuck, ReasonMissing, State

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
LEASE = timedelta(minutes=5)


def tell(store: Store, lane: str, *kinds: str, now: datetime = NOW) -> list[UUID]:
    keys = [uuid4() for _ in kinds]
    with store.write(actor="karen", now=now) as work:
        for key, kind in zip(keys, kinds, strict=True):
            work.tell(kind, lane=lane, key=key, payload={"art": kind})
    return keys


def heads(store: Store, now: datetime = NOW, but: Sequence[str] = ()) -> list[str]:
    with store.read() as connection:
        return [head.kind for head in claims.heads(connection, now=now, limit=50, but=but)]


def first(store: Store, now: datetime = NOW) -> Head:
    with store.read() as connection:
        return claims.heads(connection, now=now, limit=1)[0]


def take(store: Store, head: Head, now: datetime = NOW) -> Claim | None:
    with store.write(actor="karen", now=now) as work:
        return claims.claim(work.connection, head, now=now, until=now + LEASE)


def settle(
    store: Store, mine: Claim, state: State, *, uncertain: bool = False, later: float = 0
) -> bool:
    with store.write(actor="karen", now=NOW) as work:
        return claims.settle(
            work.connection,
            mine,
            state,
            now=NOW,
            uncertain=uncertain,
            next_try=NOW + timedelta(seconds=later),
            error="fake:x:Refused" if state is State.AFVIST else None,
        )


def through(store: Store, state: State, *, uncertain: bool = False, later: float = 0) -> None:
    """Take the first row there is and settle it."""
    mine = take(store, first(store))
    assert mine is not None
    assert settle(store, mine, state, uncertain=uncertain, later=later)


def test_a_key_is_the_same_every_time_and_for_nothing_else() -> None:
    one, other = uuid4(), uuid4()
    assert op_key(one, "brev") == op_key(one, "brev")
    assert len({op_key(one, "brev"), op_key(one, "notat"), op_key(other, "brev")}) == 3
    assert (sag_lane(one), underretning_lane(one)) == (f"sag:{one}", f"underretning:{one}")


def test_the_same_key_twice_is_one_row(store: Store) -> None:
    key = uuid4()
    for _ in range(2):
        with store.write(actor="karen", now=NOW) as work:
            work.tell("add_note", lane="sag:1", key=key, payload={})
            work.tell("add_note", lane="sag:2", key=key, payload={})
    with store.read() as connection:
        assert len(outbox.of_lanes(connection, "sag:1", "sag:2")) == 1


def test_only_the_first_of_a_lane_is_offered_and_lanes_do_not_wait(store: Store) -> None:
    tell(store, "sag:1", "a1", "a2")
    tell(store, "sag:2", "b1", "b2", now=NOW - timedelta(seconds=1))
    assert heads(store) == ["b1", "a1"]
    through(store, State.UDFOERT)
    assert heads(store) == ["b2", "a1"]


@pytest.mark.parametrize("state", [State.AFVIST, State.UKENDT, State.PLANLAGT])
def test_a_row_that_is_not_done_holds_its_lane(store: Store, state: State) -> None:
    tell(store, "sag:1", "a1", "a2")
    through(store, state, later=60)
    assert heads(store) == []


def test_a_row_being_sent_holds_its_lane(store: Store) -> None:
    tell(store, "sag:1", "a1", "a2")
    assert take(store, first(store))
    assert heads(store) == []


def test_a_row_waits_until_its_next_try(store: Store) -> None:
    tell(store, "sag:1", "a1")
    through(store, State.PLANLAGT, later=60)
    assert heads(store, NOW + timedelta(seconds=59)) == []
    assert heads(store, NOW + timedelta(seconds=60)) == ["a1"]


def test_kinds_that_reach_nobody_can_be_left_alone(store: Store) -> None:
    tell(store, "sag:1", "a")
    tell(store, "sag:2", "b")
    assert heads(store, but=["a"]) == ["b"]


def test_a_row_is_given_to_one_worker(store: Store) -> None:
    tell(store, "sag:1", "a1")
    seen = first(store)
    assert take(store, seen) is not None
    assert take(store, seen) is None


def test_an_abandoned_row_is_offered_when_its_time_is_up_and_is_uncertain(store: Store) -> None:
    tell(store, "sag:1", "a1")
    seen = first(store)
    assert not seen.uncertain
    lost = take(store, seen)
    assert lost is not None
    assert heads(store, NOW + LEASE - timedelta(seconds=1)) == []
    again = first(store, NOW + LEASE)
    assert again.uncertain
    assert take(store, again, NOW + LEASE) is not None
    assert not settle(store, lost, State.UDFOERT), "its time was up: somebody else has it"


def test_an_abandoned_row_is_given_to_one_of_those_who_saw_it(store: Store) -> None:
    """State and lease look the same to both; only the count of attempts tells the second off."""
    tell(store, "sag:1", "add_note")
    assert take(store, first(store)) is not None
    later = NOW + LEASE
    seen_by_one, seen_by_another = first(store, later), first(store, later)
    mine = take(store, seen_by_one, later)
    assert mine is not None
    assert take(store, seen_by_another, later) is None
    assert mine.attempts == 2
    assert settle(store, mine, State.UDFOERT), "and the first still has the right to settle it"


def test_rows_somebody_holds_are_counted_with_when_they_are_free(store: Store) -> None:
    tell(store, "sag:1", "add_note")
    tell(store, "sag:2", "add_note")
    with store.read() as connection:
        assert outbox.held(connection, now=NOW) == Held(0, None)
    assert take(store, first(store)) is not None
    with store.read() as connection:
        assert outbox.held(connection, now=NOW) == Held(1, NOW + LEASE)
        assert outbox.held(connection, now=NOW + LEASE) == Held(0, None)


def test_what_is_uncertain_stays_so_until_somebody_has_looked(store: Store) -> None:
    tell(store, "sag:1", "a1")
    through(store, State.UKENDT, uncertain=True)
    assert first(store).uncertain
    through(store, State.PLANLAGT)
    assert not first(store).uncertain


def test_a_refused_row_is_shown_with_what_waits_behind_it(store: Store) -> None:
    sag = uuid4()
    (key, *_) = tell(store, sag_lane(sag), "a1", "a2", "a3")
    tell(store, "sag:2", "b1")
    through(store, State.AFVIST)
    with store.read() as connection:
        (stuck,) = outbox.stuck(connection)
        assert outbox.stuck(connection, lanes=["sag:2"]) == []
        assert len(outbox.stuck(connection, lanes=[sag_lane(sag)])) == 1
    assert (stuck.key, stuck.kind, stuck.behind) == (key, "a1", 2)
    assert stuck.error == "fake:x:Refused"
    assert (stuck.sag, stuck.underretning) == (sag, None)
    assert stuck.actor == "karen"


def test_a_slow_row_is_shown_when_it_has_waited_long(store: Store) -> None:
    tell(store, underretning_lane(uuid4()), "a1")
    through(store, State.PLANLAGT, later=60)
    with store.read() as connection:
        assert outbox.stuck(connection) == []
        assert outbox.stuck(connection, slower_than=NOW) == []
        (slow,) = outbox.stuck(connection, slower_than=NOW + timedelta(seconds=1))
    assert slow.underretning is not None


@pytest.mark.parametrize(("uncertain", "state"), [(False, "planlagt"), (True, "ukendt")])
def test_trying_again_looks_first_where_there_is_a_doubt(
    store: Store, uncertain: bool, state: str
) -> None:
    (key,) = tell(store, "sag:1", "a1")
    through(store, State.AFVIST, uncertain=uncertain)
    with store.write(actor="karen", now=NOW) as work:
        outbox.try_again(work.connection, key, now=NOW)
    with store.read() as connection:
        assert [row.state for row in outbox.of_lanes(connection, "sag:1")] == [state]
    assert first(store).uncertain is uncertain


def test_a_dropped_row_lets_the_next_go_on(store: Store) -> None:
    (key, _) = tell(store, "sag:1", "a1", "a2")
    through(store, State.AFVIST)
    with store.write(actor="karen", now=NOW) as work:
        outbox.drop(work.connection, key, reason="Lagt på sagen i hånden", now=NOW)
    assert heads(store) == ["a2"]


def test_dropping_needs_a_reason(store: Store) -> None:
    (key,) = tell(store, "sag:1", "a1")
    through(store, State.AFVIST)
    with store.write(actor="karen", now=NOW) as work, pytest.raises(ReasonMissing):
        outbox.drop(work.connection, key, reason="  ", now=NOW)


def test_only_a_refused_row_can_be_tried_again_or_dropped(store: Store) -> None:
    (key,) = tell(store, "sag:1", "a1")
    with store.write(actor="karen", now=NOW) as work:
        with pytest.raises(NotStuck):
            outbox.try_again(work.connection, key, now=NOW)
        with pytest.raises(NotStuck):
            outbox.drop(work.connection, key, reason="x", now=NOW)


def test_the_backlog_counts_what_is_not_done(store: Store) -> None:
    tell(store, "sag:1", "a1", "a2")
    through(store, State.UDFOERT)
    with store.read() as connection:
        assert outbox.backlog(connection) == {
            State.PLANLAGT: 1,
            State.SENDER: 0,
            State.UKENDT: 0,
            State.AFVIST: 0,
        }
