"""What the committee does not approve falls: its chair's decision, which was for the time being.

Source: barnets lov § 143, stk. 4.
"""

from datetime import timedelta
from typing import Final

from dubu_plugin.domain.afgoerelser import IN_FORCE, Outcome
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import (
    Deciding,
    OnAfgoerelse,
    Whole,
    matter_of,
)

NOON: Final = timedelta(hours=12)


def not_approved(here: OnAfgoerelse, it: Whole, product: Deciding) -> None:
    """Record what has happened where it is decided that something is not to be, and have what the
    chair decided give nothing from then on."""
    what = here.matter.where_refused
    if what is None or it.afgoerelse.outcome is not Outcome.AFSLAG:
        return
    day = it.afgoerelse.committee_on or it.day
    if what is H.FORELOEBIG_AFGOERELSE_BORTFALDET:
        connection = here.work.connection
        for one in afgoerelser.of_sag(connection, here.sag.id):
            if one.state in IN_FORCE and matter_of(product, one, day).is_chairs:
                afgoerelser.lapsed(connection, one.id, day)
    noon = start_of_day(day) + NOON
    here.happened(what, None if day == it.day else max(noon, here.skrift.begun_at))
