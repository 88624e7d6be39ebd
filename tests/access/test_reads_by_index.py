"""What a page costs follows what it shows: none reads a table whole that grows with the years.

On SQLite, whose plans do not follow the statistics of the moment.
"""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Relation

from . import addresses
from .addresses import OPEN
from .known import PEOPLE
from .municipality import Municipality

GROWING = (
    "haendelser", "frister", "read_log", "aktiviteter", "aktivitetsplaner", "underretninger",
    "vurderinger", "personer", "sager", "sagsdeltagere", "post", "outbox", "dokumenter", "tekster",
    "skrifter", "rettelser", "erindringer",
)  # fmt: skip
"""Tables with a row for each child, case, deadline or thing that happened."""
WHOLE = re.compile(
    rf"SCAN ({'|'.join(GROWING)})(_\d+)?\b(?!.*USING)|SEARCH frister .*\bix_frister_rule_id\b"
)
"""All of one, or everything open of one rule, which a whole city has."""


@pytest.mark.parametrize("user", PEOPLE)
def test_no_page_reads_a_growing_table_whole(town: Municipality, user: str) -> None:
    town.stand(user, Relation.RESPONSIBLE, protected=False)
    engine = town.product.store.engine
    asked: dict[str, tuple[str, Any]] = {}
    page = ""

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.setdefault(statement, (page, parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    browser = town.browser(user)
    for address in addresses.every(town.app):
        if address.method == "GET" and address.ours and address.path not in OPEN:
            for thing in addresses.things(town, address):
                page = address.path
                browser.get(address.filled(thing.values))
    sa.event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        whole = {
            f"{where}: {row[3]} … {statement}"
            for statement, (where, parameters) in asked.items()
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            if WHOLE.match(str(row[3]))
        }
    assert not whole, "\n".join(sorted(whole))
