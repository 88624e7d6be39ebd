"""The decisions and complaints of a case in a few lines, read from what has happened on it.

The panel of a case has read that already. A decision that was only noted by hand is in the stream.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.afgoerelser import AfgoerelseState, Matters
from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.store.afgoerelse.klager import KlageState
from dubu_plugin.web.afgoerelse.view import KLAGER, STATES
from dubu_plugin.web.skrift.lines import Line
from dubu_plugin.web.skrift.words import STATES as WRITTEN

LEADS_TO: Final = {
    H.AFGOERELSE_FORBEREDT: AfgoerelseState.FORBEREDES,
    H.AFGOERELSE_TRUFFET: AfgoerelseState.TRUFFET,
    H.AFGOERELSE_OPGIVET: AfgoerelseState.OPGIVET,
}
LOOKED_AT: Final = {
    H.SKRIFT_FREMLAGT: WRITTEN[SkriftState.FREMLAGT],
    H.SKRIFT_SENDT_TILBAGE: WRITTEN[SkriftState.SENDT_TILBAGE],
}
"""What is said of one while it is prepared: a leader looks, or wants something changed."""
KLAGE_LEADS_TO: Final = {
    H.KLAGE_MODTAGET: KlageState.MODTAGET,
    H.KLAGE_TRUKKET: KlageState.TRUKKET,
    H.KLAGE_AFGJORT: KlageState.AFGJORT,
}
RULED: Final = {
    "ophaevet": AfgoerelseState.OPHAEVET,
    "aendret": AfgoerelseState.AENDRET,
    "hjemvist": AfgoerelseState.HJEMVIST,
}
"""What a decision is after Ankestyrelsen."""
COMPLAINED: Final = {KlageState.MODTAGET: ("Behandles", "act", "time")}
"""What has come of it meanwhile is not read here."""


def decision_lines(
    sag: UUID, facts: Iterable[Fact], matters: Matters, now: datetime
) -> Sequence[Line]:
    """Return a line for each decision and complaint, the newest first; no given-up decision.

    :param facts: what has happened, in its order. Other hændelser are passed over.
    """
    today = danish.danish_day(now)
    found: dict[str, Line] = {}
    titles: dict[str, str] = {}
    for fact in facts:
        key = str(fact.data.get("afgoerelse", ""))
        if fact.what in LEADS_TO and (key in found or "forhold" in fact.data):
            titles.setdefault(key, _title(matters, str(fact.data.get("forhold")), today))
            _decision(found, sag, key, titles[key], fact, today)
        elif fact.what in LOOKED_AT and (its := str(fact.data.get("skrift"))) in found:
            found[its] = replace(found[its], mark=LOOKED_AT[fact.what])
        elif fact.what in KLAGE_LEADS_TO and key in titles:
            klage = str(fact.data.get("klage", ""))
            state = KLAGE_LEADS_TO[fact.what]
            mark = COMPLAINED.get(state, KLAGER[state])
            url = f"/dubu/sag/{sag}/klage/{klage}"
            found[klage] = Line(f"Klage: {titles[key]}", url, _day(fact.at, today), mark)
            if key in found and (ruled := RULED.get(str(fact.data.get("ankestyrelsen")))):
                found[key] = replace(found[key], mark=STATES[ruled])
    return list(reversed(found.values()))


def _decision(
    found: dict[str, Line], sag: UUID, key: str, title: str, fact: Fact, today: date
) -> None:
    state = LEADS_TO[fact.what]
    if state is AfgoerelseState.OPGIVET:
        found.pop(key, None)
        return
    old = str(fact.data.get("i_stedet_for", key))
    if old != key and old in found:
        found[old] = replace(found[old], mark=STATES[AfgoerelseState.ERSTATTET])
    url = f"/dubu/sag/{sag}/afgoerelse/{key}"
    found[key] = Line(title, url, _day(fact.at, today), STATES[state])


def _title(matters: Matters, code: str, today: date) -> str:
    matter = matters.get(code, today)
    return matter.title if matter else "Afgørelse"


def _day(at: datetime, today: date) -> str:
    return danish.unbroken(danish.list_date(danish.danish_day(at), today))
