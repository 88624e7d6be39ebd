"""The committee looks at what its chair decided, which was for the time being: each that waits for
it is approved, or falls.

Source: barnets lov § 143, stk. 4.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from dubu_plugin.domain.afgoerelser import IN_FORCE, Outcome
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse import afgoerelser, provisional
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines.answering import ANSWERS
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import OnAfgoerelse, Whole
from dubu_plugin.usecases.afgoerelse.place_shown import show_place

NOON: Final = timedelta(hours=12)


def approved(here: OnAfgoerelse, when: datetime | None, facts: Mapping[str, JSON]) -> None:
    """Record that what waits is approved.

    :param when: when it was; None is now.
    :param facts: what the deadline rules follow from the decision.
    """
    for one in provisional.waiting(here.work.connection, here.sag.id):
        its: dict[str, JSON] = {ANSWERS: str(one.haendelse), provisional.OF: one.of or None}
        here.happened(H.FORELOEBIG_AFGOERELSE_GODKENDT, when, **facts, **its)


def not_approved(here: OnAfgoerelse, it: Whole) -> None:
    """Record that what waits is not approved, where that is what is decided, and have it give
    nothing from then on."""
    what = here.matter.where_refused
    if what is None or it.afgoerelse.outcome is not Outcome.AFSLAG:
        return
    day = it.afgoerelse.committee_on or it.day
    noon = start_of_day(day) + NOON
    when = None if day == it.day else max(noon, here.skrift.begun_at)
    connection = here.work.connection
    for one in provisional.waiting(connection, here.sag.id):
        made = afgoerelser.by_id(connection, one.afgoerelse) if one.afgoerelse else None
        if made is not None and made.state in IN_FORCE:
            afgoerelser.lapsed(connection, made.id, day)
            show_place(here.work, here.sag.id, made.matter, day)
        its: dict[str, JSON] = {ANSWERS: str(one.haendelse), provisional.OF: one.of or None}
        here.happened(what, when, **its)
