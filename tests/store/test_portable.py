"""What is asked of one database can be asked of all three."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mssql

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.frister.urgency import Days
from dubu_plugin.store import claims
from dubu_plugin.store.min_dag import due_heads, due_near
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import frister

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
DAYS = Days(NOW, NOW + timedelta(hours=10), NOW + timedelta(days=14))
ME = Asker("karen", frozenset({Role.CASEWORKER}), "nord")


@pytest.mark.checkout
def test_nothing_is_sorted_by_a_condition() -> None:
    """SQL Server has no conditions outside WHERE; `last_where` makes a number of one."""
    folder = Path(claims.__file__).parent
    found = [
        f"{file.name}:{argument.lineno}"
        for file in sorted(folder.rglob("*.py"))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "order_by"
        for argument in call.args
        if is_condition(argument)
    ]
    assert found == [], "sort by last_where(…)"


def is_condition(argument: ast.expr) -> bool:
    if isinstance(argument, ast.Compare):
        return True
    return (
        isinstance(argument, ast.Call)
        and isinstance(argument.func, ast.Attribute)
        and argument.func.attr in {"is_", "is_not", "in_", "not_in"}
    )


def test_what_min_dag_asks_is_written_for_sql_server() -> None:
    for query in (due_heads._ALL.of(ME), due_near._NEAR.of(ME)):
        written = str(query.compile(dialect=mssql.dialect()))  # type: ignore[no-untyped-call]
        assert "ROW_NUMBER() OVER" in written
        assert " LIMIT " not in written


def test_a_condition_sorts_last() -> None:
    query = sa.select(frister.c.due).order_by(last_where(frister.c.due.is_(None)))
    assert "ORDER BY CASE WHEN (frister.due IS NULL) THEN" in str(query)
