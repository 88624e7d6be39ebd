"""Statements put together once for everybody who sees alike, and asked with who asks.

To put a large statement together takes longer than the database takes to answer it. Whose it is,
is a handful of values in it: the statement is made for a stand-in, whose values are then given
their names. What else differs from time to time is named by who makes the statement.
"""

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import replace
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from dubu_plugin.domain.access import Asker

_KEY: Final = "\x00den der spørger"
_UNIT: Final = "\x00enheden"
_BELOW: Final = "\x00enhederne under"

KEPT: Final = 8
"""So many forms of a statement are kept: an installation has one database, and tests have many."""

Statement = sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]]


class _Compiled(MutableMapping[Any, Any]):
    """What one statement became, for each database and each set of parameters: a few.

    SQLAlchemy's own cache holds every statement, and finds one by adding up all that is in it. Of
    the same statement the keys hold the same object, which is seen at once.
    """

    def __init__(self) -> None:
        self._known: list[tuple[Any, Any]] = []

    def __getitem__(self, key: Any) -> Any:
        for known, compiled in self._known:
            if known == key:
                return compiled
        raise KeyError(key)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        others = [one for one in self._known if one[0] != key]
        self._known = [*others, (key, compiled)][-KEPT:]

    def __delitem__(self, key: Any) -> None:
        self._known = [one for one in self._known if one[0] != key]

    def __iter__(self) -> Iterator[Any]:
        return iter([known for known, _ in self._known])

    def __len__(self) -> int:
        return len(self._known)


class Prepared:
    """A statement for anybody, made when somebody of a kind first asks."""

    def __init__(self, make: Callable[[Asker], Statement]) -> None:
        """:param make: makes it for one asker; it may ask of them only what they are equal to."""
        self._make = make
        self._made: dict[Asker, tuple[Statement, _Compiled]] = {}

    def rows(
        self, connection: sa.Connection, who: Asker, **given: Any
    ) -> sa.CursorResult[*tuple[Any, ...]]:
        """Ask it.

        :param given: the values of the parameters the statement names itself.
        """
        statement, compiled = self._for(who)
        return connection.execute(
            statement,
            {name: _filled(value) for name, value in {**values_of(who), **given}.items()},
            execution_options={"compiled_cache": compiled},
        )

    def of(self, who: Asker) -> Statement:
        """Return the statement, with `values_of` to be given to it."""
        return self._for(who)[0]

    def _for(self, who: Asker) -> tuple[Statement, _Compiled]:
        alike = _stand_in(who)
        if alike not in self._made:
            self._made[alike] = _named(self._make(alike)), _Compiled()
        return self._made[alike]


def values_of(who: Asker) -> dict[str, Any]:
    """Return what takes the place of the stand-in's values."""
    below = sorted(who.units_below)
    mine = sorted({*below, *([who.unit] if who.unit else [])})
    return {"my_key": who.key, "my_unit": who.unit, "units_below": below, "my_units": mine}


def _filled(value: Any) -> Any:
    """Return a list made as long as the next power of two, by saying its last again.

    The database remembers how it answers a statement by its words, in which a list has a place for
    each of its values. Of all lengths lists can have, it would remember none for long.
    """
    if not isinstance(value, list) or len(value) < 2:
        return value
    return value + [value[-1]] * ((1 << (len(value) - 1).bit_length()) - len(value))


def _stand_in(who: Asker) -> Asker:
    """Return somebody who sees as much, and is nobody. Who sees alike has the same."""
    return replace(
        who,
        key=_KEY,
        unit=None if who.unit is None else _UNIT,
        units_below=frozenset({_BELOW}) if who.units_below else frozenset(),
    )


def _named(statement: Statement) -> Statement:
    """Give the stand-in's values their names."""

    def name(element: Any, **_: Any) -> Any:
        if not isinstance(element, sa.BindParameter):
            return None
        value = element.value
        if isinstance(value, str) and value in (_KEY, _UNIT):
            return sa.bindparam("my_key" if value == _KEY else "my_unit", type_=element.type)
        if _tells_of(value):
            named = "units_below" if value == [_BELOW] else "my_units"
            return sa.bindparam(named, type_=element.type, expanding=True)
        return None

    return cast(Statement, visitors.replacement_traverse(statement, {}, name))


def _tells_of(value: object) -> bool:
    """Tell whether a list is of the stand-in's units."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        return False
    return not {_BELOW, _UNIT}.isdisjoint(value)
