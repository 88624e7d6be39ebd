"""Our database, filled in bulk, is one the product itself could have written."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.demo.filling import fill
from dubu_plugin.demo.plan import Plan
from dubu_plugin.domain.access import Act, Asker, Subject, decide
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import access, chain, schema
from dubu_plugin.store import tables as t
from dubu_plugin.store.database import Store, engine_for
from dubu_plugin.store.deadlines import State, passing
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.frist.recompute import recompute
from dubu_plugin.usecases.frist.tell_time import tell_passed

ORIGINAL = "0" * 64


@pytest.fixture(scope="session")
def rules() -> RuleBook:
    return RuleBook.load([Path(str(files("dubu_templates"))) / "frister"])


@pytest.fixture(scope="session")
def plans(rules: RuleBook) -> PlanBook:
    shelf = Path(str(files("dubu_templates")))
    types = shelf / "kataloger" / "aktiviteter.toml"
    return PlanBook.load([types, shelf / "aktivitetsplaner"], rules)


@pytest.fixture(scope="session")
def url(
    plan: Plan, rules: RuleBook, plans: PlanBook, tmp_path_factory: pytest.TempPathFactory
) -> str:
    return filled(tmp_path_factory.mktemp("hamlet"), plan, rules, plans)


def filled(folder: Path, plan: Plan, rules: RuleBook, plans: PlanBook) -> str:
    """Return the address of a filled database in a folder."""
    url = f"sqlite:///{folder / 'dubu.sqlite'}"
    schema.upgrade(url)
    told: list[int] = []
    fill(
        url,
        plan,
        rules,
        plans,
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


STANDS = (
    "rule", "rule_hash", "sag_id", "underretning_id", "person_id", "subject_id", "anchor_at", "due",
    "warn", "state", "ended_at", "exceeded_at", "moved_by", "responsible", "unit", "bundle",
)  # fmt: skip


ABOUT = (t.units, t.personer, t.sager, t.post_items, t.underretninger)


def standing(connection: sa.Connection, cases: Sequence[UUID]) -> Counter[tuple[object, ...]]:
    """Return the deadlines of some cases, without the keys each recording gives them."""
    columns = [t.frister.c[name] for name in STANDS]
    rows = connection.execute(sa.select(*columns).where(t.frister.c.sag_id.in_(cases)))
    return Counter(
        tuple(bool(v) if n == "moved_by" else v for n, v in row._mapping.items()) for row in rows
    )


def test_recorded_one_by_one_the_same_haendelser_give_the_same_deadlines(
    url: str, rules: RuleBook, plan: Plan, tmp_path: Path
) -> None:
    engine = engine_for(url)
    with engine.connect() as connection:
        cases = connection.scalars(
            sa.select(t.sager.c.id).where(t.sager.c.phase != "closed").order_by(t.sager.c.number)
        ).all()
        made = standing(connection, cases)
        known = {table: connection.execute(sa.select(table)).all() for table in ABOUT}
        told = connection.execute(
            sa.select(t.haendelser)
            .where(t.haendelser.c.sag_id.in_(cases))
            .order_by(t.haendelser.c.seq)
        ).all()
    engine.dispose()
    assert len({rule for (rule, *_) in made}) > 25, "the law's deadlines do not stand there"
    schema.upgrade(f"sqlite:///{tmp_path / 'dubu.sqlite'}")
    store = Store.connect(f"sqlite:///{tmp_path / 'dubu.sqlite'}", rules)
    with store.write(actor="system", now=plan.now) as work:
        for table, rows in known.items():
            work.connection.execute(sa.insert(table), [dict(row._mapping) for row in rows])
        for one in told:
            replay(work, one)
        for row in passing.passed(work.connection, plan.now, 1_000):
            tell_passed(work, row)
    with store.read() as connection:
        again = standing(connection, cases)
    assert made - again == again - made == Counter()
    store.close()


def replay(work: Work, one: sa.Row[tuple[object, ...]]) -> None:
    """Record what happened once more; the clock finds out by itself what was missed."""
    said = one._mapping
    if said["type"] == Haendelse.FRIST_OVERSKREDET:
        return
    work.actor, work.now = str(said["actor"]), said["occurred_at"]
    for row in passing.passed(work.connection, work.now, 1_000):
        tell_passed(work, row)
    work.happened(
        Haendelse(said["type"]),
        sag=said["sag_id"],
        underretning=said["underretning_id"],
        person=said["person_id"],
        data=json.loads(said["data"]),
    )


def test_counting_the_deadlines_again_changes_nothing(
    url: str, rules: RuleBook, plan: Plan, tmp_path: Path
) -> None:
    copy = tmp_path / "dubu.sqlite"
    shutil.copy(url.removeprefix("sqlite:///"), copy)
    store = Store.connect(f"sqlite:///{copy}", rules)
    report = recompute(store, plan.now, everything=True)
    assert report.seen > 100
    assert (report.rules, report.moved, report.adjusted, report.opened) == ([], 0, 0, 0)
    told = tell_passed_until(store, plan)
    assert told == 0, "the clock has something left to tell"
    store.close()


def tell_passed_until(store: Store, plan: Plan) -> int:
    """Return how many deadlines have passed that nobody was told of."""
    with store.read() as connection:
        return len(passing.passed(connection, plan.now, 10))


def test_made_twice_it_is_the_same(
    url: str, rules: RuleBook, plans: PlanBook, plan: Plan, tmp_path: Path
) -> None:
    again = filled(tmp_path, plan, rules, plans)
    heads = []
    for one in (url, again):
        engine = engine_for(one)
        with engine.connect() as connection:
            rows = connection.execute(sa.select(t.frister).order_by(t.frister.c.id)).all()
            links = connection.scalars(sa.select(t.haendelser.c.id).order_by(t.haendelser.c.id))
            heads.append((rows, set(links)))
        engine.dispose()
    assert heads[0][0] == heads[1][0]
    assert heads[1][1] <= heads[0][1], "what happened has other keys"


def test_a_caseworkers_desk_holds_what_it_does_in_life(connection: sa.Connection) -> None:
    """Some overdue, some waiting, some explained, some planned, somebody away."""
    f = t.frister
    ended = sa.select(sa.func.count()).where(f.c.exceeded_at.is_not(None))
    kept = sa.select(sa.func.count()).where(f.c.state == State.OPFYLDT, f.c.exceeded_at.is_(None))
    missed, met = connection.scalar(ended) or 0, connection.scalar(kept) or 0
    assert 0.01 < missed / (missed + met) < 0.2
    assert connection.scalar(sa.select(f.c.id).where(f.c.exceeded_reason.is_not(None)).limit(1))
    for table in (t.ventegrunde, t.erindringer, t.aktivitetsplaner):
        assert count(connection, table) > 0, table.name


def test_a_name_and_a_text_can_be_searched_for_and_a_cpr_number_is_nowhere(
    connection: sa.Connection,
) -> None:
    words = set(connection.scalars(sa.select(t.search_words.c.word)))
    assert {"demobaek", "boernehaven"} <= words
    plain = [word for word in words if not word.startswith("#")]  # else it is a case's number
    assert not any(any(letter.isdigit() for letter in word) for word in plain)
    assert len(plain) < len(words)


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
