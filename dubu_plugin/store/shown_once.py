"""What somebody has asked to see unmasked, until it is shown: once, and only soon after.

It is asked for by a form and shown by the page the form leads to, so that to load that page again
shows nothing. It is kept among what is typed, under a name no form can have; never the value
itself, only that it is to be shown.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from dubu_plugin.store import drafts
from dubu_plugin.store.transaction import Work

LASTS: Final = timedelta(minutes=1)
"""Longer than a browser takes to follow a form; whoever comes later must ask again."""

# The page that keeps drafts takes no name with an underscore, so that nobody can order by it.
_NAME: Final = "vis_en_gang:{}"


def order(work: Work, sag: UUID, what: str) -> None:
    """Have something of a case shown to the one who acts."""
    drafts.keep(work, _NAME.format(sag), {"hvad": [what]}, base_version=0)


def take(work: Work, sag: UUID) -> str:
    """Return what is to be shown to the one who acts, and forget it; empty where nothing is."""
    ordered = drafts.kept(work.connection, work.actor, _NAME.format(sag))
    if ordered is None:
        return ""
    drafts.drop(work, _NAME.format(sag))
    return ordered.fields["hvad"][0] if work.now - ordered.saved_at <= LASTS else ""
