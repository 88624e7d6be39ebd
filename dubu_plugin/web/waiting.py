"""What waits for the one who looks: deliveries another system refused or does not answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.store import min_dag
from dubu_plugin.store.outbox import Waiting

SLOW: Final = timedelta(minutes=30)
"""What has not come through in this time is shown as waiting."""

KINDS: Final = {
    "open_case": "Sagen er ikke oprettet i journalen",
    "close_case": "Sagen er ikke lukket i journalen",
    "file_document": "Et dokument er ikke lagt på sagen",
    "change_case": "Journalen ved ikke, hvem der har sagen nu",
    "add_parties": "Forældrene er ikke føjet til sagen i journalen",
    "follow_host": "En ændring i journalen er ikke slået igennem her",
    "add_note": "Et notat er ikke skrevet i journalen",
    "set_reminder": "En erindring er ikke sat i journalen",
    "complete_reminder": "En erindring er ikke lukket i journalen",
    "match_child": "Barnet er ikke slået op endnu",
    "write_letter": "Et brev er ikke skrevet",
    "file_letter": "Et brev er ikke lagt på sagen",
    "send_letter": "Et brev er ikke sendt",
}


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One thing, in words."""

    key: str
    title: str
    detail: str
    url: str
    refused: bool
    """A person must try again or give it up."""
    action: str
    """Where that is said."""


def lines(
    connection: sa.Connection, product: Product, who: Asker, now: datetime
) -> Sequence[WaitingLine]:
    """Return what waits on this asker."""
    return [line(row, now) for row in min_dag.stuck(connection, who, slower_than=now - SLOW)]


def line(row: Waiting, now: datetime) -> WaitingLine:
    """Return one of them in words."""
    behind = f" · {danish.counted(row.behind, 'ting', 'ting')} venter bag den" if row.behind else ""
    subject = f"sag/{row.sag}" if row.sag else f"indgang/{row.underretning}"
    return WaitingLine(
        key=str(row.key),
        title=KINDS.get(row.kind, "En leverance venter"),
        detail=f"Siden {danish.list_moment(row.since, now)}{behind}",
        url=f"/dubu/{subject}#venter",
        refused=row.refused,
        action=f"/dubu/{subject}/venter/{row.key}",
    )
