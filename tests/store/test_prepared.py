"""A statement that is put together once answers each who asks with what is theirs, and no more."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.sql import visitors

import dubu_plugin.store
from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.prepared import KEPT, Prepared, _Compiled, values_of
from dubu_plugin.store.tables import sager
from dubu_plugin.testing.kept_work import PREPARED_ALONE

KAREN = Asker("karen", frozenset({Role.CASEWORKER}), "nord")
ANNE = Asker("anne", frozenset({Role.CASEWORKER}), "syd")
BO = Asker("bo", frozenset({Role.TEAM_LEADER}), "top", frozenset({"nord", "syd"}))
ALONE = Asker("ole", frozenset({Role.CASEWORKER}))


def theirs(who: Asker) -> sa.Select[Any]:
    units = sorted({*who.units_below, *([who.unit] if who.unit else [])})
    return sa.select(sager.c.id).where(
        sager.c.responsible == who.key,
        sager.c.unit == who.unit,
        sager.c.unit.in_(sorted(who.units_below)),
        sager.c.unit.in_(units),
        sager.c.phase == "active",
    )


@pytest.mark.parametrize("who", [KAREN, ANNE, BO, ALONE], ids=lambda who: who.key)
def test_it_asks_what_would_be_asked_for_each(who: Asker) -> None:
    prepared = Prepared(theirs)
    assert prepared.of(BO) is not prepared.of(KAREN)
    plain = theirs(who).compile(compile_kwargs={"literal_binds": True})
    named = {name: value for name, value in values_of(who).items() if name in used(prepared, who)}
    given = prepared.of(who).params(named)
    assert str(given.compile(compile_kwargs={"literal_binds": True})) == str(plain)


def used(prepared: Prepared, who: Asker) -> set[str]:
    return {
        one.key for one in visitors.iterate(prepared.of(who)) if isinstance(one, sa.BindParameter)
    }


def test_two_who_see_alike_share_it() -> None:
    prepared = Prepared(theirs)
    assert prepared.of(KAREN) is prepared.of(ANNE)


def every() -> Iterator[Any]:
    for module in walk_packages(dubu_plugin.store.__path__, f"{dubu_plugin.store.__name__}."):
        for name, one in vars(import_module(module.name)).items():
            some = one.values() if isinstance(one, dict) else [one]
            for prepared in some:
                if isinstance(prepared, Prepared):
                    yield pytest.param(prepared, id=f"{module.name}.{name}")


@pytest.mark.parametrize("who", [KAREN, BO, ALONE], ids=lambda who: who.key)
@pytest.mark.parametrize("prepared", list(every()))
def test_nothing_of_the_stand_in_is_left_in_a_statement(prepared: Prepared, who: Asker) -> None:
    """What is left would be asked for everybody: the answer of nobody, or of somebody else."""
    left = [
        one.value
        for one in visitors.iterate(prepared.of(who))
        if isinstance(one, sa.BindParameter) and "\x00" in str(one.value)
    ]
    assert left == []


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have statements remember as in the product: what tests share is not what is tested here."""
    get, put = PREPARED_ALONE
    monkeypatch.setattr(_Compiled, "__getitem__", get)
    monkeypatch.setattr(_Compiled, "__setitem__", put)


@pytest.mark.usefixtures("alone")
def test_it_is_made_into_words_once_and_for_each_database_apart() -> None:
    prepared, made = Prepared(lambda who: sa.select(sager.c.id).where(sager.c.unit == who.unit)), []
    engines = [sa.create_engine("sqlite://"), sa.create_engine("sqlite://")]
    for engine in [*engines, *engines]:
        with engine.connect() as connection:
            sager.metadata.create_all(connection)
            for who in (KAREN, ANNE):
                found = prepared.rows(connection, who)
                made.append(found.context.compiled)
                assert found.all() == []
    assert len({id(one) for one in made}) == len(engines)
    for engine in engines:
        engine.dispose()


@pytest.mark.usefixtures("alone")
def test_of_many_databases_few_are_remembered() -> None:
    prepared = Prepared(lambda who: sa.select(sa.literal(who.unit)))
    for _ in range(3 * KEPT):
        engine = sa.create_engine("sqlite://")
        with engine.connect() as connection:
            assert prepared.rows(connection, KAREN).scalars().all() == ["nord"]
        engine.dispose()
    ((_, compiled),) = prepared._made.values()
    assert len(compiled) == KEPT


def test_lists_of_nearly_the_same_length_are_asked_for_in_the_same_words() -> None:
    names = sa.bindparam("names", type_=sa.Unicode(64), expanding=True)
    prepared = Prepared(
        lambda who: sa.select(sager.c.title).where(sager.c.title.in_(names)).order_by("title")
    )
    engine, said = sa.create_engine("sqlite://"), list[str]()
    with engine.connect() as connection:
        sager.metadata.create_all(connection)
        sa.event.listen(connection, "before_cursor_execute", lambda *told: said.append(told[2]))
        for count in (5, 6, 8, 1, 0):
            some = [f"Testsag {number}" for number in range(count)]
            assert prepared.rows(connection, KAREN, names=some).all() == []
    engine.dispose()
    assert len(said) == 5
    assert len(set(said[:3])) == 1
