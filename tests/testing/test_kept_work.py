"""What the suite keeps between its tests is what would have been made anew."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.frister import rowfile
from dubu_plugin.frister.rowfile import RowError
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


class Row(BaseModel, frozen=True, extra="forbid"):
    name: str


def test_the_rows_of_a_file_are_read_once_until_it_says_something_else(tmp_path: Path) -> None:
    def rows() -> list[BaseModel]:
        return [one.row for one in rowfile.rows(file, {"raekke": Row}, RowError)]

    file = tmp_path / "raekker.toml"
    file.write_text('[[raekke]]\nname = "a"\n', encoding="utf-8")
    (first,), (again,) = rows(), rows()
    assert first is again
    file.write_text('[[raekke]]\nname = "b"\n', encoding="utf-8")
    assert rows() == [Row(name="b")]
    file.write_text('[[raekke]]\nnavn = "c"\n', encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RowError, match="»name« mangler"):
            rows()
