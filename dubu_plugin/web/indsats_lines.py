"""The indsatser of a case in a few lines, read from what has happened on it.

The panel of a case has read that already. What was noted by hand is in the stream.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.domain.indsatser import Catalogue, IndsatsState
from dubu_plugin.store.running import BEGINS, ENDS
from dubu_plugin.web.indsats_words import STATES
from dubu_plugin.web.skrift_lines import Line


def indsats_lines(
    sag: UUID, facts: Iterable[Fact], rows: Catalogue, now: datetime
) -> Sequence[Line]:
    """Return a line for each indsats that has begun, those that run first, the newest first.

    :param facts: what has happened, in its order. Other hændelser are passed over.
    """
    today = danish.danish_day(now)
    found: dict[str, Line] = {}
    began: dict[str, date] = {}
    over: set[str] = set()
    for fact in facts:
        day = danish.danish_day(fact.at)
        if fact.what in BEGINS and "kode" in fact.data:
            key = str(fact.data[BEGINS[fact.what].value])
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
