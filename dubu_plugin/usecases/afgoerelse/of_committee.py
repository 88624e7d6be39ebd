"""What a ruling on the committee's decision begins: the time to go to court, and when the committee
looks at the placement again.

Source: barnets lov § 50, stk. 3, and §§ 146 and 147.
"""

import json
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.klager import Ruling
from dubu_plugin.store.deadlines.states import State
from dubu_plugin.store.tables import frister, haendelser
from dubu_plugin.usecases.afgoerelse.on_klage import OnKlage

AGAIN: Final = ("GENB-1", "GENB-2", "GENB-3")
"""The deadline rules of when the committee looks at a placement again."""
OWN_DAY: Final = "genbehandling_senest"
"""What a day the committee has set itself is called: it is not counted, so it does not move."""
STANDS: Final = frozenset({Ruling.STADFAESTET, Ruling.AENDRET})
"""Rulings after which the child is placed by a decision that is final."""


def of_committee(here: OnKlage, its: Afgoerelse, ruling: Ruling, when: datetime | None) -> None:
    """Record what Ankestyrelsen's ruling on a decision of the committee begins.

    :param its: the decision the complaint is about now.
    :param when: when the ruling came; None is now.
    """
    if not here.matter.is_committees or ruling is Ruling.AFVIST:
        return
    here.happened(H.ANKEAFGOERELSE_MEDDELT, when, ankestyrelsen=ruling.value)
    if here.matter.reviewed and ruling in STANDS and _counts(here, its):
        here.happened(H.ENDELIG_AFGOERELSE_TRUFFET, when)


def fallen(here: OnKlage, its: Afgoerelse, when: datetime | None) -> None:
    """Record that a decision is no more, which ends what it had running.

    The committee looks at no placement again by it: a new decision has a time of its own.
    """
    here.happened(H.AFGOERELSE_FALDET, when, afgoerelse=str(its.id))
    if here.matter.reviewed and _counts(here, its, set_too=True):
        here.happened(H.ANBRINGELSESGRUNDLAG_FALDET, when, afgoerelse=str(its.id))


def _counts(here: OnKlage, its: Afgoerelse, *, set_too: bool = False) -> bool:
    """Tell whether the time to the next look is counted from this decision, and from no day set.

    :param set_too: a day the committee has set itself counts too.

    A newer decision of the committee, or an older one that was looked at again, is counted by
    itself.
    """
    rows = here.work.connection.execute(
        sa.select(frister.c.state, haendelser.c.data)
        .join(haendelser, haendelser.c.id == frister.c.anchor_id)
        .where(
            frister.c.sag_id == here.sag.id,
            frister.c.rule.in_(AGAIN),
            frister.c.state.in_([State.AABEN, State.OPFYLDT]),
        )
    ).all()
    if len(rows) != 1 or rows[0].state != State.AABEN:
        return False
    said = json.loads(rows[0].data)
    return bool(said.get("afgoerelse") == str(its.id) and (set_too or OWN_DAY not in said))
