"""What the committee or its chair decided is answered for by a leader, who can note it where it was
not written.

Source: barnets lov §§ 47, 142 and 143.
"""

from collections.abc import Mapping

from dubu_plugin.domain.access import Act, Asker, decide
from dubu_plugin.domain.gates.opfoelgning import gives_reason
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.access import subject
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.sag.noted import BY_LEADER
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.sag.by_hand import by_hand


def led(work: Work, sag: Sag, what: H, *, why: str, asker: Asker) -> Mapping[str, JSON]:
    """Return what the hændelse says besides where a leader notes it, and says what of it.

    :param why: what was written about it: the votes, and where the protocol lies.
    """
    if not by_hand(what).leader or not gives_reason(why):
        return {}
    found = subject(work.connection, asker, "sag", sag.id)
    return {BY_LEADER: True} if found and decide(asker, Act.APPROVE, found) else {}
