"""What is answered on the page where a skrift is begun, so that it is not asked for again.

Two may begin at the same time: they write in the same skrift, and the words of the second are kept
beside those of the first until somebody chooses.
"""

from collections.abc import Iterator
from contextlib import suppress

from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.metode.skriftform import Afsnit
from dubu_plugin.store import drafts
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import At, Written
from dubu_plugin.usecases.skrift.write import TooLong, write
from dubu_plugin.web.door import Visit
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.skrift import clash as skrift_clash
from dubu_plugin.web.skrift.opened import PART, Opened, opened


def answer_at_start(visit: Visit, new: Skrift, sent: Sent) -> None:
    """Write what was answered when a skrift was begun; what cannot stand is kept beside it."""
    here = opened(visit, str(new.id))
    for one in (asked for asked in here.form.afsnit if asked.at_start):
        for at, text in _answer(here, one, sent):
            try:
                saved = write(visit.subject, new.id, {at: Written(text, 0)}, **visit.means)
                mine = {clash.at: clash.mine for clash in saved.clashes}
            except TooLong:
                mine = {at: text}
            with suppress(drafts.TooMuchText):
                skrift_clash.keep(visit, here, PART + one.part, mine)


def _answer(here: Opened, one: Afsnit, sent: Sent) -> Iterator[tuple[At, str]]:
    """Yield the answer, where there is one; what was chosen before stays chosen."""
    at, text = (WHOLE, one.code), sent.one(one.code)
    stands = here.words.get(at, "")
    if one.choices and (stands or text not in {choice.value for choice in one.choices}):
        return
    if text and text != stands:
        yield at, text
