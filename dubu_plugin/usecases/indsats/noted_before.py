"""An indsats that is noted on the case, by hand or from the system it came from, is written in: it
is the same one, so it keeps its key, and with that its deadlines.

Source: barnets lov §§ 46, 95 and 156: a child lives in one place, and its clocks run from when it
came there.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain import indsatser as catalogue
from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.running import Thing, running
from dubu_plugin.store.sag.noted import MARK

NEW: Final = "ny"
"""The answer that it is none of those."""
FIELD: Final = "noteret"


def without_row(connection: sa.Connection, sag: UUID, ours: Sequence[Indsats]) -> Sequence[Thing]:
    """Return what runs on a case by what is noted, and stands among no indsatser; the oldest
    first.

    :param ours: the indsatser of the case.
    """
    known = {str(one.id) for one in ours}
    return [one for one in running(connection, sag) if one.key not in known and _is_key(one.key)]


def of_kind(there: Sequence[Thing], row: catalogue.Indsats) -> Sequence[Thing]:
    """Return those of them an indsats of the catalogue can be: placements, or supports."""
    kind = H.ANBRINGELSE_IVAERKSAT if row.is_placement else H.INDSATS_IVAERKSAT
    return [one for one in there if one.what is kind]


def chosen(
    connection: sa.Connection,
    sag: UUID,
    row: catalogue.Indsats,
    asked: str,
    *,
    first: date | None,
    today: date,
    wrong: dict[str, str],
) -> Thing | None:
    """Return which of what is noted an indsats is that is written in; None where it is new.

    :param asked: the key of that one, `NEW`, or empty where it is not said.
    :param first: its first Danish day.
    :param wrong: what is to be said first is put there.
    """
    if asked == NEW:
        return None
    there = of_kind(without_row(connection, sag, indsatser.of_sag(connection, sag)), row)
    if asked:
        one = next((one for one in there if one.key == asked), None)
        if one is None:
            wrong[FIELD] = "Den står ikke mere som noteret. Vælg igen."
        elif first is not None and first > today:
            wrong["fra"] = danish.unbroken(
                f"Den er noteret som begyndt {_from(one)}. Skriv den dag som den første."
            )
        return one
    same = [one for one in there if danish_day(one.occurred_at) == first]
    if row.is_placement and len(same) == 1:
        return same[0]
    if same:
        wrong[FIELD] = danish.unbroken(
            f"Der er noteret en indsats fra {_from(same[0])}. Vælg, om det er den, du skriver ind, "
            "så den ikke tælles to gange, eller om den er ny."
        )
    return None


def is_by_hand(noted: Thing) -> bool:
    """Tell whether somebody noted it here, and it did not come with the case."""
    return MARK in noted.data


def told(noted: Thing) -> str:
    """Return a line about what it takes over."""
    return f"Den var noteret på sagen fra {_from(noted)} og står nu som indsats. Fristerne løber."


def _from(one: Thing) -> str:
    return long_date(danish_day(one.occurred_at))


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
