"""What the suite keeps between its tests is what would have been made anew."""

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.database import engine_for
from dubu_plugin.store.prepared import Prepared

KAREN = Asker("karen", frozenset({Role.CASEWORKER}), "nord")
BO = Asker("bo", frozenset({Role.CASEWORKER}), "syd")


def test_a_prepared_statement_is_put_into_words_once_for_all_databases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    begin = SQLiteCompiler.__init__

    def counted(self: SQLiteCompiler, *given: object, **more: object) -> None:
        compiled.append(type(self).__name__)
        begin(self, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(SQLiteCompiler, "__init__", counted)
    whose = Prepared(lambda who: sa.select(sa.literal(who.key), sa.literal(who.unit)))
    said = []
    for who in (KAREN, BO, KAREN):
        engine = engine_for("sqlite://")
        with engine.connect() as connection:
            said.append(tuple(whose.rows(connection, who).one()))
        engine.dispose()
    assert said == [("karen", "nord"), ("bo", "syd"), ("karen", "nord")]
    assert len(compiled) == 1
