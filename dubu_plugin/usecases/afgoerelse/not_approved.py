"""The committee looks at what its chair decided, which was for the time being: it is approved, or
falls. Several that wait are looked at each by itself.

Source: barnets lov § 143, stk. 4.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from dubu_plugin.domain.afgoerelser import IN_FORCE, Outcome
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.gates.indsats import MOVES
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.store.afgoerelse import afgoerelser, provisional
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.provisional import Provisional
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines.answering import ANSWERS
from dubu_plugin.store.indsats import indsatser, moved_by_fallen
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import OnAfgoerelse
from dubu_plugin.usecases.afgoerelse.place_shown import show_place
from dubu_plugin.usecases.afgoerelse.whole import Whole

NOON: Final = timedelta(hours=12)


def approved(
    here: OnAfgoerelse, it: Whole, when: datetime | None, facts: Mapping[str, JSON]
) -> None:
    """Record that what the committee looked at is approved.

    :param when: when it was; None is now.
    :param facts: what the deadline rules follow from the decision.
    """
    if it.looked_at is not None:
        here.happened(H.FORELOEBIG_AFGOERELSE_GODKENDT, when, **facts, **_named(it.looked_at))


def not_approved(here: OnAfgoerelse, it: Whole) -> None:
    """Record that it is not approved, where that is what is decided, and have it give nothing from
    then on."""
    what, one = here.matter.where_refused, it.looked_at
    if what is None or one is None or it.afgoerelse.outcome is not Outcome.AFSLAG:
        return
    day = it.afgoerelse.committee_on or it.day
    noon = start_of_day(day) + NOON
    when = None if day == it.day else max(noon, here.skrift.begun_at)
    connection = here.work.connection
    made = afgoerelser.by_id(connection, one.afgoerelse) if one.afgoerelse else None
    if made is not None and made.state in IN_FORCE:
        afgoerelser.lapsed(connection, made.id, day)
        show_place(here.work, here.sag.id, made.matter, day)
        # What was to be put into effect by it is not (§ 10, stk. 3).
        here.happened(H.AFGOERELSE_FALDET, when, afgoerelse=str(made.id))
    here.happened(what, when, **_named(one), **_moved(here, made))


def _moved(here: OnAfgoerelse, made: Afgoerelse | None) -> dict[str, JSON]:
    """Return that the child lives where it was moved by what fell; nothing where it was not."""
    if made is None or made.matter not in MOVES:
        return {}
    connection = here.work.connection
    stays = any(
        moved_by_fallen.left(connection, one) is not None
        for one in indsatser.of_sag(connection, here.sag.id)
        if one.state is IndsatsState.I_GANG
    )
    return {"flyttet": True} if stays else {}


def _named(one: Provisional) -> dict[str, JSON]:
    return {ANSWERS: str(one.haendelse), provisional.OF: one.of or None}
