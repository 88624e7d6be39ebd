"""Our database, filled in bulk, is one the product itself could have written."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.demo.filling import fill
from dubu_plugin.demo.history import deadlines, happenings
from dubu_plugin.demo.plan import Plan
from dubu_plugin.domain.access import Act, Asker, Subject, decide
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import access, chain, schema
from dubu_plugin.store import tables as t
from dubu_plugin.store.database import Store, engine_for
from dubu_plugin.store.deadlines import State

ORIGINAL = "0" * 64


@pytest.fixture(scope="session")
def rules() -> RuleBook:
    return RuleBook.load([Path(str(files("dubu_templates"))) / "frister"])


@pytest.fixture(scope="session")
def url(plan: Plan, rules: RuleBook, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('hamlet') / 'dubu.sqlite'}"
    schema.upgrade(url)
    told: list[int] = []
    fill(
        url,
        plan,
        rules,
        person_key=str,
        case_key=lambda number: f"sag-{number}",
        original=ORIGINAL,
        progress=told.append,
    )
    assert sum(told) == plan.size.cases
    return url


@pytest.fixture
def connection(url: str) -> Iterator[sa.Connection]:
    engine = engine_for(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def count(connection: sa.Connection, table: sa.Table) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_every_case_is_there_with_its_underretninger(connection: sa.Connection, plan: Plan) -> None:
    cases = list(plan.cases())
    assert count(connection, t.sager) == len(cases)
    assert count(connection, t.underretninger) == sum(len(one.underretninger) for one in cases)
    assert count(connection, t.employees) == plan.size.users
    keys = set(connection.scalars(sa.select(t.sager.c.host_key)))
    assert keys == {f"sag-{case.number}" for case in cases}


def test_nothing_points_at_what_is_not_there(connection: sa.Connection) -> None:
    assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_the_chain_is_whole_and_follows_time(connection: sa.Connection) -> None:
    verdict = chain.verify(connection)
    assert verdict
    assert verdict.length == count(connection, t.haendelser) > 1_000
    times = list(
        connection.scalars(sa.select(t.haendelser.c.occurred_at).order_by(t.haendelser.c.seq))
    )
    assert times == sorted(times)


def test_the_chain_can_be_added_to(url: str, rules: RuleBook, plan: Plan) -> None:
    store = Store.connect(url, rules)
    with store.write(actor="karen", now=plan.now) as work:
        sag = work.connection.scalar(sa.select(t.sager.c.id).limit(1))
        work.happened(Haendelse.NOTAT_JOURNALISERET, sag=sag)
    with store.read() as connection:
        assert chain.verify(connection)
    store.close()


def test_a_deadline_ends_by_something_that_happened(connection: sa.Connection) -> None:
    ended = sa.select(t.frister.c.ended_by).where(t.frister.c.state == State.OPFYLDT)
    known = sa.select(t.haendelser.c.id)
    assert connection.execute(ended.where(t.frister.c.ended_by.not_in(known))).all() == []
    anchors = sa.select(t.frister.c.id).where(t.frister.c.anchor_id.not_in(known))
    assert connection.execute(anchors).all() == []


def test_a_closed_case_has_no_open_deadline(connection: sa.Connection) -> None:
    closed = sa.select(t.sager.c.id).where(t.sager.c.phase == "closed")
    of_closed = t.frister.c.sag_id.in_(closed)
    left = sa.select(t.frister.c.rule).where(of_closed, t.frister.c.state == State.AABEN)
    assert connection.scalars(left).all() == []
    assert connection.scalars(sa.select(t.frister.c.id).where(of_closed)).first() is not None


def test_the_deadlines_are_those_the_store_would_have_opened(
    plan: Plan, rules: RuleBook, tmp_path: Path
) -> None:
    """The same hændelser, recorded one by one as the product does it."""
    url = f"sqlite:///{tmp_path / 'dubu.sqlite'}"
    schema.upgrade(url)
    engine = engine_for(url)
    # Only the hændelser are recorded, not the case they are about.
    sa.event.listen(engine, "connect", lambda one, _: one.execute("PRAGMA foreign_keys = OFF"))
    store = Store(engine, rules)
    for course in [one for one in plan.cases() if one.closed_at is None][:40]:
        told = happenings(course, plan)
        mine = {
            (row["rule"], row["underretning_id"]): (row["state"], row["due"], row["anchor_at"])
            for row in deadlines(course, told, rules, plan)
        }
        theirs: dict[tuple[str, UUID], tuple[str, object, object]] = {}
        for one in told:
            with store.write(actor=one.actor, now=one.at) as work:
                work.happened(
                    one.what, occurred_at=one.at, underretning=one.underretning, data=one.data
                )
        keys = [one.underretning for one in told if one.underretning]
        with store.read() as connection:
            for row in connection.execute(
                sa.select(t.frister).where(t.frister.c.underretning_id.in_(keys))
            ):
                theirs[row.rule, row.underretning_id] = (row.state, row.due, row.anchor_at)
        assert mine == theirs
    store.close()


def test_a_name_and_a_text_can_be_searched_for_and_a_cpr_number_is_nowhere(
    connection: sa.Connection,
) -> None:
    words = set(connection.scalars(sa.select(t.search_words.c.word)))
    assert {"demobaek", "boernehaven"} <= words
    assert not any(any(letter.isdigit() for letter in word) for word in words)


def test_antons_case_is_there_and_is_closed_to_his_grandmother(connection: sa.Connection) -> None:
    sag = connection.scalar(
        sa.select(t.sager.c.id)
        .join(t.personer, t.personer.c.id == t.sager.c.child_id)
        .where(t.personer.c.name == "Anton Demoholt", t.sager.c.phase == "active")
    )
    assert sag is not None
    pia, karen = access.asker(connection, "pia"), access.asker(connection, "karen")
    assert pia is not None
    assert karen is not None
    assert decide(karen, Act.READ, subject(connection, karen, sag))
    assert decide(pia, Act.READ, subject(connection, pia, sag)).why == "nej:familie"


def subject(connection: sa.Connection, who: Asker, sag: UUID) -> Subject:
    """Return how somebody stands to a case."""
    found = access.subject(connection, who, "sag", sag)
    assert found is not None
    return found
