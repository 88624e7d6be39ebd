"""What a database lacks is told in Danish, whatever kind of thing it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from dubu_plugin.store.database import engine_for
from dubu_plugin.store.differences import differences
from dubu_plugin.testing.databases import fresh_sqlite


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = engine_for(fresh_sqlite(tmp_path))
    yield made
    made.dispose()


def after(engine: sa.Engine, *statements: str) -> list[str]:
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    return differences(engine)


def test_a_new_database_lacks_nothing(engine: sa.Engine) -> None:
    assert differences(engine) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DROP TABLE drafts", "Databasen mangler tabellen drafts."),
        ("CREATE TABLE fremmed (id INTEGER)", "Tabellen fremmed er for meget."),
        ("DROP INDEX ix_read_log_at", "Databasen mangler indekset ix_read_log_at."),
        (
            "CREATE INDEX ix_fremmed ON read_log (act)",
            "Indekset ix_fremmed er for meget.",
        ),
        (
            "ALTER TABLE units DROP COLUMN acute_phone",
            "Databasen mangler kolonnen units.acute_phone.",
        ),
        (
            "ALTER TABLE units ADD COLUMN farve TEXT",
            "Kolonnen units.farve er for meget.",
        ),
        (
            "DROP TRIGGER haendelser_no_update",
            "Udløseren haendelser_no_update mangler: hændelser kan ændres og slettes.",
        ),
    ],
)
def test_each_kind_is_a_sentence(engine: sa.Engine, statement: str, sentence: str) -> None:
    assert sentence in after(engine, statement)


def test_a_column_made_otherwise_is_named(engine: sa.Engine) -> None:
    said = after(
        engine,
        "DROP TABLE chain_head",
        "CREATE TABLE chain_head (id SMALLINT, seq BIGINT, hash VARCHAR(64))",
    )
    assert "Kolonnen chain_head.seq er anderledes: om feltet må være tomt passer ikke." in said
