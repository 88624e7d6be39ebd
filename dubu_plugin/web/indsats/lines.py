"""The indsatser of a case in a few lines, read from what has happened on it.

The panel of a case has read that already. What was noted by hand is in the stream.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.indsatser import Catalogue, IndsatsState
from dubu_plugin.store.indsats.running import BEGINS, ENDS
from dubu_plugin.web.indsats.words import STATES
from dubu_plugin.web.skrift.lines import Line


def indsats_lines(
    sag: UUID, facts: Iterable[Fact], rows: Catalogue, now: datetime
) -> Sequence[Line]:
    """Return a line for each indsats that has begun, those that run first, the newest first. What
    was noted first and written in since began when it was noted to.

    :param facts: what has happened, in its order. Other hændelser are passed over.
    """
    today = danish.danish_day(now)
    found: dict[str, Line] = {}
    noted: dict[str, date] = {}
    began: dict[str, date] = {}
    over: set[str] = set()
    for fact in facts:
        day = danish.danish_day(fact.at)
        if fact.what in BEGINS:
            noted.setdefault(str(fact.data.get(BEGINS[fact.what].value)), day)
        if "kode" in fact.data and (key := _key(fact)):
            day = noted.get(key, day)
            row = rows.indsats(str(fact.data["kode"]), day)
            title = row.title if row else "Indsats"
            words = danish.unbroken(f"fra {danish.list_date(day, today)}")
            url = f"/dubu/sag/{sag}/indsats/{key}"
            began[key] = day
            found[key] = Line(title, url, words, STATES[IndsatsState.I_GANG])
        elif fact.what in ENDS and (key := str(fact.data.get(ENDS[fact.what].value))) in found:
            one = found[key]
            over.add(key)
            words = danish.unbroken(
                f"{danish.list_date(began[key], today)} til {danish.list_date(day, today)}"
            )
            found[key] = Line(one.title, one.url, words, STATES[IndsatsState.OPHOERT])
    newest = list(reversed(found))
    return [found[key] for key in sorted(newest, key=lambda key: key in over)]


def _key(fact: Fact) -> str:
    """Return which indsats began or was written in; empty where the fact tells of neither."""
    kinds = BEGINS.values() if fact.what is Haendelse.INDSATS_SKREVET_IND else ()
    kind = BEGINS.get(fact.what)
    named = (fact.data.get(one.value) for one in ((kind,) if kind else kinds))
    return next((str(one) for one in named if one), "")
