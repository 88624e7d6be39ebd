"""That an undersøgelse is begun is a decision the parents get in writing (barnets lov § 20)."""

from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day, unbroken
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.afgoerelse.decision_there import decision_there
from dubu_plugin.web.skrift.opened import Opened

OF_CHILD: Final = "undersoegelse"
OF_PARENTS_TO_BE: Final = "undersoegelse_kommende"
MATTERS: Final = frozenset(
    {OF_CHILD, OF_PARENTS_TO_BE, "undersoegelse_uden", "foreloebig_undersoegelse"}
)
BEFORE: Final = timedelta(days=30)
"""So long before it is begun to be written it may have been decided."""


def decision_owed(connection: sa.Connection, here: Opened) -> tuple[str, str] | None:
    """Return where the decision is made and what the link is called; None where nothing is owed."""
    if here.skrift.kind is not SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE or not here.skrift.is_open:
        return None
    since = danish_day(here.skrift.begun_at) - BEFORE
    made, waits = decision_there(connection, here.head.sag, MATTERS, since)
    if made or not here.may_write:
        return None
    url = f"/dubu/sag/{here.head.sag}/afgoerelse"
    unborn = here.head.born is None
    whom = unbroken("de kommende forældre (§ 26)" if unborn else "forældrene (§ 20)")
    if waits is not None:
        return f"{url}/{waits}", f"Gør afgørelsen til {whom} færdig"
    return (
        f"{url}r?forhold={OF_PARENTS_TO_BE if unborn else OF_CHILD}",
        f"Skriv afgørelsen til {whom}",
    )
