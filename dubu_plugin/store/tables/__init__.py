"""The tables. Every constraint is named here, because SQL Server would make up random names."""

from dubu_plugin.store.tables.aktiviteter import (
    aktiviteter,
    aktivitetsplaner,
    erindringer,
    paamindelser,
    planudgaver,
)
from dubu_plugin.store.tables.calm import eskaleringer, fravaer, morgenmail, udskydelser
from dubu_plugin.store.tables.casework import (
    aarsager,
    candidates,
    conflicts,
    drafts,
    genvurderinger,
    letters,
    sager,
    sagsdeltagere,
    search_words,
    underretninger,
    vurderinger,
)
from dubu_plugin.store.tables.columns import metadata
from dubu_plugin.store.tables.deadlines import frister, regler, ure, ventegrunde
from dubu_plugin.store.tables.events import (
    chain_head,
    haendelser,
    installation,
    outbox,
    read_log,
    read_seals,
    rettelser,
)
from dubu_plugin.store.tables.intake import post_deliveries, post_files, post_items
from dubu_plugin.store.tables.meetings import (
    kalender_cursors,
    kalender_feeds,
    moede_deltagere,
    moeder,
)
from dubu_plugin.store.tables.people import employees, known_cases, personer, ties, units
from dubu_plugin.store.tables.planning import (
    indsats_maal,
    indsats_skift,
    indsatser,
    maal,
    maal_status,
)
from dubu_plugin.store.tables.writing import (
    behov,
    kilder,
    skrift_versioner,
    skrifter,
    tekster,
)

__all__ = [
    "aarsager",
    "aktiviteter",
    "aktivitetsplaner",
    "behov",
    "candidates",
    "chain_head",
    "conflicts",
    "drafts",
    "employees",
    "erindringer",
    "eskaleringer",
    "fravaer",
    "frister",
    "genvurderinger",
    "haendelser",
    "indsats_maal",
    "indsats_skift",
    "indsatser",
    "installation",
    "kalender_cursors",
    "kalender_feeds",
    "kilder",
    "known_cases",
    "letters",
    "maal",
    "maal_status",
    "metadata",
    "moede_deltagere",
    "moeder",
    "morgenmail",
    "outbox",
    "paamindelser",
    "personer",
    "planudgaver",
    "post_deliveries",
    "post_files",
    "post_items",
    "read_log",
    "read_seals",
    "regler",
    "rettelser",
    "sager",
    "sagsdeltagere",
    "search_words",
    "skrift_versioner",
    "skrifter",
    "tekster",
    "ties",
    "udskydelser",
    "underretninger",
    "units",
    "ure",
    "ventegrunde",
    "vurderinger",
]
