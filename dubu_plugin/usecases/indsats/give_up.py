"""Leave a planned indsats unbegun, with why."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.gates import placement_ends as ends
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.gates.placement_ends import NOWHERE
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState, ReasonKind, Skift
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats.elsewhere import tell_going_home
from dubu_plugin.usecases.indsats.lives_where import as_ended, ends_so, took_over
from dubu_plugin.usecases.indsats.on_indsats import (
    IndsatsNotClear,
    IndsatsNotThere,
    OnIndsats,
    on_indsats,
    words_of,
)


def give_up(
    sag: UUID,
    indsats: UUID,
    words: str,
    *,
    seen: int,
    product: Deciding,
    asker: Asker,
    now: datetime,
    reason: str = "",
    elsewhere: Elsewhere = NOWHERE,
) -> None:
    """Leave a planned indsats unbegun, with why.

    A placement ended because this one was to take over: then it is said where the child lives
    now, through the gate the old one would have ended by (§ 100).

    :param reason: why no placement follows, a code of the catalogue; asked for then only.
    :param elsewhere: the decision on that, where it does not stand on the case.
    :raises IndsatsNotThere: it has begun, or is given up.
    :raises IndsatsNotClear: the reason is left out or too long.
    :raises IndsatsChanged: another was first.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such indsats.
    """
    with on_indsats(sag, indsats, product=product, asker=asker, now=now) as here:
        if here.indsats.state is not IndsatsState.PLANLAGT:
            raise IndsatsNotThere
        wrong: dict[str, str] = {}
        said = words_of(words, wrong)
        if not said:
            wrong["ord"] = "Skriv, hvorfor den ikke skal begynde."
        old = took_over(here.work.connection, here.indsats, product.indsatser, here.today)
        left = as_ended(here, old) if old else None
        if left is not None:
            told = _lives_where(here, left, reason, said, elsewhere, wrong)
            said = "\n".join(line for line in (told, said) if line)
        if wrong:
            raise IndsatsNotClear(wrong)
        before = here.change(seen, state=IndsatsState.OPGIVET)
        why = reason if left else None
        about = here.keep(Skift.OPHOER, here.today, before, reason=why, words=said)
        if left is not None and reason == ends.HOME:
            if not left.is_decided(gates.HOME, here.today):
                tell_going_home(left, elsewhere)
            left.happened(H.BARN_HJEMGIVET, here.today)
        elif left is not None:
            # Nothing took over after all, so what is counted for a placed child ends now.
            left.happened(H.ANBRINGELSE_OPHOERT, here.today, grund_kode=reason)
        here.tell(about, "Indsats opgivet, før den begyndte", said)


def _lives_where(
    here: OnIndsats,
    left: OnIndsats,
    reason: str,
    said: str,
    elsewhere: Elsewhere,
    wrong: dict[str, str],
) -> str:
    """Put why the child cannot be left without a placement among what is wrong (§ 100), and return
    what is said of the decision."""
    left.reason(ReasonKind.OPHOER, reason, wrong)
    kept = left.held_back(Skift.OPHOER)
    if kept is not None:
        wrong.setdefault(kept.field, kept.sentence)
    if "grund" in wrong:
        return ""
    besides = [here.indsats.id]
    return ends_so(left, here.today, reason, said, elsewhere, wrong, besides=besides)
