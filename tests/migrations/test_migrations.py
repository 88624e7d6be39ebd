"""The migrations build exactly the tables the code uses, and can be taken back."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import alembic.command
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from dubu_plugin.domain.folding import name_key
from dubu_plugin.store import schema
from dubu_plugin.store.database import engine_for
from dubu_plugin.store.differences import differences
from dubu_plugin.store.schema import WrongShape
from dubu_plugin.store.tables import metadata
from dubu_plugin.testing.databases import PostgresServer

SQL_SERVER = "mssql+pyodbc://?odbc_connect=none"
POSTGRESQL = "postgresql+psycopg://"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'dubu.sqlite'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.empty()


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    engine = engine_for(url, poolclass=sa.NullPool, make=True)
    yield engine
    engine.dispose()


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def test_they_build_what_the_code_uses(url: str, engine: sa.Engine) -> None:
    schema.upgrade(url)
    alembic.command.check(schema.configuration(url))
    assert differences(engine) == []
    assert tables(engine) == {*metadata.tables, "alembic_version"}


def test_they_can_be_taken_back_to_nothing_and_built_again(url: str, engine: sa.Engine) -> None:
    schema.upgrade(url)
    schema.downgrade(url, "base")
    assert tables(engine) == {"alembic_version"}
    schema.upgrade(url)
    assert differences(engine) == []


def test_every_step_can_be_taken_alone(url: str, engine: sa.Engine) -> None:
    steps = list(ScriptDirectory.from_config(schema.configuration(url)).walk_revisions())
    for step in reversed(steps):
        schema.upgrade(url, step.revision)
        assert schema.current(engine) == step.revision
    for step in steps:
        schema.downgrade(url, str(step.down_revision or "base"))
    assert schema.current(engine) is None


def test_the_newest_twice_changes_nothing(url: str, engine: sa.Engine) -> None:
    schema.upgrade(url)
    schema.upgrade(url)
    schema.require_newest(engine)


def test_a_database_of_another_shape_says_what_to_do(url: str, engine: sa.Engine) -> None:
    with pytest.raises(WrongShape, match="dubu db upgrade"):
        schema.require_newest(engine)
    schema.upgrade(url, "0001")
    with pytest.raises(WrongShape, match="udgave 0001"):
        schema.require_newest(engine)


def test_a_lost_column_is_found(url: str, engine: sa.Engine) -> None:
    schema.upgrade(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE units DROP COLUMN acute_phone")
    (difference,) = differences(engine)
    assert "acute_phone" in difference


def test_they_are_one_line_of_numbers() -> None:
    scripts = ScriptDirectory.from_config(schema.configuration(""))
    assert len(scripts.get_heads()) == 1
    revisions = [step.revision for step in scripts.walk_revisions()]
    assert all(len(revision) == 4 and revision.isdigit() for revision in revisions)
    assert revisions[::-1] == sorted(revisions), "the numbers rise along the line"
    assert schema.newest() == revisions[0]
    for step in scripts.walk_revisions():
        assert Path(step.path).name.startswith(f"{step.revision}_")


@pytest.mark.parametrize("url", [SQL_SERVER, POSTGRESQL])
def test_every_constraint_and_index_is_named_by_us(url: str) -> None:
    sql = schema.script(url)
    unnamed = re.findall(r"^\s+(?:PRIMARY KEY|UNIQUE|FOREIGN KEY|CHECK)\b.*", sql, re.M)
    assert unnamed == []
    assert sql.count("PRIMARY KEY") == sql.count("CONSTRAINT pk_") + sql.count("_pkc PRIMARY KEY")


def test_sql_server_takes_them() -> None:
    sql = schema.script(SQL_SERVER)
    assert "CONSTRAINT pk_haendelser PRIMARY KEY" in sql
    assert "occurred_at DATETIME2(6) NOT NULL" in sql
    assert "NTEXT" not in sql
    assert "WHERE host_key IS NOT NULL" in sql
    assert "INSTEAD OF UPDATE, DELETE" in sql
    # SQL Server's own DATETIME and one-byte texts lose what we store.
    assert not re.search(r" (DATETIME|VARCHAR)\b(?!2)", sql.replace("version_num VARCHAR", ""))


def test_postgresql_takes_them() -> None:
    sql = schema.script(POSTGRESQL)
    assert "CREATE FUNCTION haendelser_refuse()" in sql
    assert "INSERT INTO chain_head" in sql


def test_those_we_had_are_found_by_name_too(url: str, engine: sa.Engine) -> None:
    """0043 gives everybody a key, as those that come later get it."""
    schema.upgrade(url, "0042")
    names = ["Søren Ærø Prøvegård", "Ida", "Anne-Sofie Testlund"]
    before = sa.table(
        "personer",
        sa.column("id", sa.Uuid()), sa.column("name"),
        sa.column("protected_address"), sa.column("seen_at"),
    )  # fmt: skip
    seen = datetime(2026, 3, 2, 8, 0, tzinfo=UTC).replace(tzinfo=None)
    with engine.begin() as connection:
        for name in names:
            row = {"id": uuid4(), "name": name, "protected_address": False, "seen_at": seen}
            connection.execute(sa.insert(before).values(**row))
    schema.upgrade(url)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("select name, name_key from personer")).all()
    keys = {row.name: row.name_key for row in rows}
    assert keys == {name: name_key(name) for name in names}
    assert keys["Søren Ærø Prøvegård"] == "soeren proevegaard"


def test_the_indsats_a_decision_gave_is_a_row_of_it_and_back(url: str, engine: sa.Engine) -> None:
    """0044 takes several; what stood in the decision is the first of them."""
    schema.upgrade(url, "0043")
    number, sag, child = uuid4(), uuid4(), uuid4()
    when = datetime(2026, 3, 2, 8, 0, tzinfo=UTC).replace(tzinfo=None)
    rows: dict[str, dict[str, object]] = {
        "personer": {
            "id": child, "name": "Alma Testvad", "name_key": "alma testvad",
            "protected_address": False, "seen_at": when,
        },
        "sager": {
            "id": sag, "title": "Støtte", "child_id": child, "area": "udsatte_boern",
            "step": "modtaget", "phase": "active", "protected": False, "has_indsats": False,
            "opened_at": when, "version": 1,
        },
        "skrifter": {
            "id": number, "sag_id": sag, "person_id": child, "kind": "afgoerelse", "version": 1,
            "state": "godkendt", "begun_at": when, "begun_by": "karen",
        },
        "afgoerelser": {
            "skrift_id": number, "sag_id": sag, "matter": "stoette", "indsats": "kontaktperson",
            "indsats_law": "BL § 32 stk. 1 nr. 3", "at_once": False, "state": "truffet",
            "version": 1,
        },
    }  # fmt: skip
    with engine.begin() as connection:
        for name, row in rows.items():
            columns = [
                sa.column(one, sa.Uuid() if isinstance(said, UUID) else None)
                for one, said in row.items()
            ]
            connection.execute(sa.insert(sa.table(name, *columns)).values(**row))
    schema.upgrade(url, "0044")
    with engine.connect() as connection:
        [new] = connection.execute(sa.text("select * from afgoerelse_indsatser")).all()
    assert (new.position, new.code, new.law) == (1, "kontaktperson", "BL § 32 stk. 1 nr. 3")
    schema.downgrade(url, "0043")
    with engine.connect() as connection:
        [old] = connection.execute(sa.text("select indsats, indsats_law from afgoerelser")).all()
    assert tuple(old) == ("kontaktperson", "BL § 32 stk. 1 nr. 3")
