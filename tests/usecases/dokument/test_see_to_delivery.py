"""Who had a refused delivery tried again, or gave it up, is on record, and the worker is woken."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import claims
from dubu_plugin.store.database import Store
from dubu_plugin.store.keys import sag_lane
from dubu_plugin.store.outbox import NotStuck, ReasonMissing, State, Waiting
from dubu_plugin.store.tables import haendelser, outbox
from dubu_plugin.store.transaction import Work
from dubu_plugin.testing.databases import fresh_sqlite
from dubu_plugin.usecases.dokument.see_to_delivery import give_up, of_lane, try_again

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
SAG = uuid4()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.connect(fresh_sqlite(tmp_path), RuleBook(()))


@pytest.fixture
def refused(store: Store) -> UUID:
    key = uuid4()
    with store.write(actor="anne", now=NOW) as work:
        work.tell("file_document", lane=sag_lane(SAG), key=key, payload={})
        (head,) = claims.heads(work.connection, now=NOW, limit=1)
        mine = claims.claim(work.connection, head, now=NOW, until=NOW)
        assert mine is not None
        claims.settle(
            work.connection, mine, State.AFVIST, now=NOW, uncertain=False, error="fake:x:CaseClosed"
        )
    return key


def found(work: Work, key: UUID) -> Waiting:
    waiting = of_lane(work, sag_lane(SAG), key)
    assert waiting is not None
    return waiting


def recorded(store: Store) -> tuple[str, str, UUID, dict[str, str]]:
    with store.read() as connection:
        row = connection.execute(sa.select(haendelser)).one()
    return row.type, row.actor, row.sag_id, json.loads(row.data)


def state(store: Store) -> tuple[str, str | None]:
    with store.read() as connection:
        row = connection.execute(sa.select(outbox.c.state, outbox.c.reason)).one()
    return row.state, row.reason


def test_it_is_tried_again_and_the_worker_is_woken(store: Store, refused: UUID) -> None:
    woken: list[bool] = []
    store.on_told(lambda: woken.append(True))
    with store.write(actor="bo", now=NOW) as work:
        try_again(work, found(work, refused))
    assert state(store) == ("planlagt", None)
    assert woken == [True]
    data = {"levering": str(refused), "art": "file_document", "fejl": "fake:x:CaseClosed"}
    assert recorded(store) == ("levering_gentaget", "bo", SAG, data)


def test_it_is_given_up_with_the_reason_kept_beside_it(store: Store, refused: UUID) -> None:
    with store.write(actor="bo", now=NOW) as work:
        give_up(work, found(work, refused), "Lagt på sagen i hånden")
    assert state(store) == ("opgivet", "Lagt på sagen i hånden")
    kind, actor, _, data = recorded(store)
    assert (kind, actor) == ("levering_opgivet", "bo")
    assert "Lagt" not in json.dumps(data), "free text stays out of the chain"


def test_nothing_is_recorded_where_nothing_is_changed(store: Store, refused: UUID) -> None:
    with pytest.raises(ReasonMissing), store.write(actor="bo", now=NOW) as work:
        give_up(work, found(work, refused), " ")
    with store.write(actor="bo", now=NOW) as work:
        waiting = found(work, refused)
        try_again(work, waiting)
    with pytest.raises(NotStuck), store.write(actor="anne", now=NOW) as work:
        give_up(work, waiting, "for sent")
    assert recorded(store)[1] == "bo"


def test_only_what_is_in_the_lane_is_found(store: Store, refused: UUID) -> None:
    with store.write(actor="bo", now=NOW) as work:
        assert of_lane(work, "sag:en-anden", refused) is None
        assert of_lane(work, sag_lane(SAG), uuid4()) is None
