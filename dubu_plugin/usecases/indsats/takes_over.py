"""A planned placement takes over from one that is noted on the case, by hand or brought over: that
one ends as this begins, and what is counted for a placed child goes on.

Source: barnets lov §§ 46, 95, 98, 99, 111 and 156: a child lives in one place.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain import indsatser as catalogue
from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.gates import placement_ends as ends
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState, Skift
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.running import TAKEN_OVER, Thing
from dubu_plugin.store.sag import noted
from dubu_plugin.usecases.indsats.conclude import EVENING
from dubu_plugin.usecases.indsats.noted_before import of_kind, without_row
from dubu_plugin.usecases.indsats.on_indsats import OnIndsats

FIELD: Final = "tager_over"


def may_take_over(
    connection: sa.Connection, its: Indsats, row: catalogue.Indsats
) -> Sequence[Thing]:
    """Return the placements that are noted on the case and run, where this one is planned and can
    take over from them; the oldest first."""
    if its.state is not IndsatsState.PLANLAGT or not (
        row.is_placement and ends.is_asked(row.group)
    ):
        return ()
    there = without_row(connection, its.sag, indsatser.of_sag(connection, its.sag))
    return of_kind(there, row)


def refused(
    here: OnIndsats, there: Sequence[Thing], first: date, wrong: dict[str, str], *, asked: bool
) -> Sequence[Thing]:
    """Return those it takes over from; why it cannot is put among what is wrong.

    :param there: what is noted and runs.
    :param first: its first Danish day.
    :param asked: somebody says that it does.
    """
    if not there:
        return ()
    if not asked:
        wrong[FIELD] = danish.unbroken(
            f"Det er noteret, at barnet er anbragt fra {since(there)}, og et barn bor ét sted. "
            "Skal denne tage over, så sæt kryds. Er det den samme anbringelse, så opgiv denne, og "
            "skriv den noterede ind under »Indsatser« (§§ 46 og 98)."
        )
        return there
    if first <= max(danish_day(one.occurred_at) for one in there):
        wrong.setdefault("fra", danish.unbroken(
            f"Den anbringelse, der er noteret, begyndte {since(there)}, så denne begynder tidligst "
            "dagen efter. Ret dagen."
        ))  # fmt: skip
    elif (kept := here.held_back(Skift.OPHOER)) is not None:
        wrong.setdefault(kept.field, kept.sentence)
    return there


def end_noted(here: OnIndsats, there: Sequence[Thing], first: date) -> str:
    """Record that they end the day before it begins, and return a line about it."""
    if not there:
        return ""
    last = first - timedelta(days=1)
    connection, sag = here.work.connection, here.sag.id
    locked = max(noted.days_of(connection, sag, H.SIKRET_OPHOLD_BEGYNDT), default=None)
    opened = max(noted.days_of(connection, sag, H.SIKRET_OPHOLD_OPHOERT), default=date.min)
    if locked is not None and opened < locked:
        here.happened(H.SIKRET_OPHOLD_OPHOERT, last, at=EVENING)
    for one in there:
        over: dict[str, Any] = {here.key: one.key, "grund_kode": ends.OTHER, TAKEN_OVER: True}
        here.happened(H.ANBRINGELSE_OPHOERT, last, at=EVENING, **over)
    return (
        f"Den tager over fra anbringelsen, der var noteret fra {since(there)}. Den sluttede "
        f"{long_date(last)}, og fristerne løber videre."
    )


def since(there: Sequence[Thing]) -> str:
    """Return the day the newest of them began, in words."""
    return long_date(max(danish_day(one.occurred_at) for one in there))
