"""What a process works out once for all its tests, where the product does so once for its life.

An installation lives for months and a test for a moment. Compiling statements and templates and
reading the rule files anew for each test took most of the suite's time.
"""

import pickle
import tomllib
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final

import jinja2
import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.util import LRUCache

from dubu_plugin.frister import rowfile
from dubu_plugin.frister.rowfile import Placed, RowError
from dubu_plugin.store import prepared

STATEMENTS: Final = 4000
"""So many compiled statements are kept."""


PREPARED_ALONE: Final = prepared._Compiled.__getitem__, prepared._Compiled.__setitem__
"""How a prepared statement remembers by itself, as it does in the product."""
READ_ALONE: Final = rowfile._read
"""How the rows of a file are read where nobody has read them before."""


def keep() -> None:
    """Have it so from now on in this process. What comes out is what came out before."""
    _keep_statements()
    _keep_prepared()
    _keep_files()
    _keep_rows()
    _keep_templates()


class Statements(MutableMapping[Any, Any]):
    """One engine's view of the statements that every engine of its kind has compiled."""

    def __init__(self, kept: MutableMapping[Any, Any], kind: str) -> None:
        self._kept = kept
        self._kind = kind

    def __getitem__(self, key: Any) -> Any:
        return self._kept[self._kind, *key[1:]]

    def __setitem__(self, key: Any, compiled: Any) -> None:
        self._kept[self._kind, *key[1:]] = compiled

    def __delitem__(self, key: Any) -> None:
        del self._kept[self._kind, *key[1:]]

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what was compiled: asked for at every statement."""
        return self._kept.get((self._kind, *key[1:]), default)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _keep_statements() -> None:
    kept: LRUCache[Any, Any] = LRUCache(STATEMENTS)

    def cache(engine: sa.Engine) -> Statements:
        return Statements(kept, engine.dialect.name)

    def leave(engine: sa.Engine, own: object) -> None:
        """Do without the one an engine is made with."""

    sa.Engine._compiled_cache = property(cache, leave)  # type: ignore[assignment]


def _keep_prepared() -> None:
    # A page's largest statements are kept apart from all others, and by the engine too.
    known, keep_it = PREPARED_ALONE

    def get(self: prepared._Compiled, key: Any) -> Any:
        return known(self, (key[0].name, *key[1:]))

    def put(self: prepared._Compiled, key: Any, compiled: Any) -> None:
        keep_it(self, (key[0].name, *key[1:]), compiled)

    prepared._Compiled.__getitem__ = get  # type: ignore[method-assign]
    prepared._Compiled.__setitem__ = put  # type: ignore[method-assign]


def _keep_files() -> None:
    read = tomllib.loads
    kept: dict[str, bytes] = {}

    def loads(text: str, **options: Any) -> dict[str, Any]:
        if options:
            return read(text, **options)
        if text not in kept:
            kept[text] = pickle.dumps(read(text))
        # A copy: who asked may change it.
        found: dict[str, Any] = pickle.loads(kept[text])
        return found

    tomllib.loads = loads


def _keep_rows() -> None:
    kept: dict[Any, list[Placed]] = {}

    def read(
        file: Path, text: str, tables: Mapping[str, type[BaseModel]], error: type[RowError]
    ) -> Iterator[Placed]:
        key = (file, text, *tables.items(), error)
        # Nobody can change a row. What is wrong with a file is found anew each time.
        if key not in kept:
            kept[key] = list(READ_ALONE(file, text, tables, error))
        return iter(kept[key])

    rowfile._read = read


def _keep_templates() -> None:
    compiled = jinja2.Environment.compile
    kept: dict[Any, Any] = {}

    def compile_(
        environment: jinja2.Environment, source: Any, name: Any = None, filename: Any = None,
        *more: Any, **options: Any,
    ) -> Any:  # fmt: skip
        # What has no file, as a letter has none, may be compiled differently by another.
        if filename is None or more or options:
            return compiled(environment, source, name, filename, *more, **options)
        key = (source, name, filename)
        if key not in kept:
            kept[key] = compiled(environment, source, name, filename)
        return kept[key]

    jinja2.Environment.compile = compile_  # type: ignore[method-assign, assignment]
