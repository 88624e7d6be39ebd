"""Note a visit where a placed child lives: the personrettet tilsyn (§ 156, stk. 5 and 6)."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.inddragelse import NEEDED
from dubu_plugin.domain.indsatser import IndsatsState, Skift
from dubu_plugin.store.indsats import indsats_beside
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats.on_indsats import (
    IndsatsNotClear,
    IndsatsNotThere,
    day_between,
    on_indsats,
    words_of,
)

ALONE: Final = "alene"
NOT: Final = "ikke_talt"
TALKS: Final = {
    ALONE: "Talt med barnet alene",
    "med_ansatte": "Talt med barnet, mens ansatte var til stede",
    NOT: "Ikke talt med barnet",
}
"""How the child was talked with. The keys are stored."""


def note_visit(
    sag: UUID,
    indsats: UUID,
    on: date | None,
    talk: str,
    why: str,
    words: str,
    advisers: int | None,
    why_one: str,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
) -> datetime | None:
    """Keep a visit, and return when the next is due; None where none is asked for.

    :param talk: one of `TALKS`.
    :param why: why the child was not talked with alone; it must be said.
    :param words: what was seen and agreed.
    :param advisers: how many of ours talked with the child; None where that is not answered.
    :param why_one: why there were not two; it must be said where the child was talked with.
    :raises IndsatsNotClear: something is left out or cannot be.
    :raises IndsatsNotThere: the child does not and did not live anywhere by it.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such indsats.
    """
    with on_indsats(sag, indsats, product=product, asker=asker, now=now) as here:
        its = here.indsats
        if not here.row.is_placement or its.state is not IndsatsState.I_GANG:
            raise IndsatsNotThere
        wrong: dict[str, str] = {}
        day_between("dag", on, its.starts_on, here.today, wrong)
        if talk not in TALKS:
            wrong["talt"] = "Vælg, om der blev talt med barnet alene."
        reason, said = words_of(why, wrong, "hvorfor"), words_of(words, wrong)
        if talk in TALKS and talk != ALONE and not reason:
            wrong["hvorfor"] = danish.unbroken(
                "Skriv, hvorfor der ikke blev talt med barnet alene (§ 156, stk. 5)."
            )
        alone = words_of(why_one, wrong, "en_grund")
        talked = talk in TALKS and talk != NOT
        if talked and advisers is None:
            wrong["raadgivere"] = "Vælg, hvor mange af os der talte med barnet."
        elif talked and advisers != NEEDED and not alone:
            wrong["en_grund"] = danish.unbroken(
                "Skriv, hvorfor der ikke var to rådgivere (§ 156, stk. 6)."
            )
        if not said:
            wrong["ord"] = "Skriv, hvad besøget viste."
        if wrong or on is None:
            raise IndsatsNotClear(wrong)
        because = f"Hvorfor ikke alene: {reason}" if talk != ALONE else ""
        one = f"Hvorfor én rådgiver: {alone}" if talked and advisers != NEEDED else ""
        text = "\n".join(line for line in (because, one, said) if line)
        about = here.keep(Skift.TILSYN, on, {}, reason=talk, words=text)
        here.happened(H.TILSYNSBESOEG_FOERT, on, alene=talk == ALONE)
        here.tell(
            about, "Tilsynsbesøg", f"Besøg {danish.long_date(on)} (§ 156). {TALKS[talk]}.", text
        )
        return indsats_beside.next_visit(here.work.connection, here.sag.id)
