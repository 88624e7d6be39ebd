"""Leave a planned indsats unbegun, with why."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.indsatser import IndsatsState, Skift
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats.on_indsats import (
    IndsatsNotClear,
    IndsatsNotThere,
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
) -> None:
    """Leave a planned indsats unbegun, with why.

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
        if wrong:
            raise IndsatsNotClear(wrong)
        before = here.change(seen, state=IndsatsState.OPGIVET)
        about = here.keep(Skift.OPHOER, here.today, before, words=said)
        here.tell(about, "Indsats opgivet, før den begyndte", said)
