"""The tables. Every constraint is named here, because SQL Server would make up random names."""

from dubu_plugin.store.tables.casework import (
    aarsager,
    candidates,
    conflicts,
    drafts,
    frister,
    letters,
    sager,
    sagsdeltagere,
    search_words,
    underretninger,
    vurderinger,
)
from dubu_plugin.store.tables.columns import metadata
from dubu_plugin.store.tables.events import chain_head, haendelser, outbox, read_log
from dubu_plugin.store.tables.intake import post_deliveries, post_files, post_items
from dubu_plugin.store.tables.people import employees, known_cases, personer, ties, units

__all__ = [
    "aarsager",
    "candidates",
    "chain_head",
    "conflicts",
    "drafts",
    "employees",
    "frister",
    "haendelser",
    "known_cases",
    "letters",
    "metadata",
    "outbox",
    "personer",
    "post_deliveries",
    "post_files",
    "post_items",
    "read_log",
    "sager",
    "sagsdeltagere",
    "search_words",
    "ties",
    "underretninger",
    "units",
    "vurderinger",
]
