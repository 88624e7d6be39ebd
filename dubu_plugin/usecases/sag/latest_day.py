"""Whether a day somebody says something ends on is one the law lets it end on.

Most such days can only make it shorter (barnets lov §§ 38, 39, 100 and 103). Some replace the law's
own also by a later one, and then somebody must say why (§ 50, stk. 5).
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Kind, Rule
from dubu_plugin.frister.words import own_span
from dubu_plugin.store.deadlines.replacing import born as born_of
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.sag import recordable
from dubu_plugin.usecases.sag.known_earlier import known_earlier
from dubu_plugin.usecases.sag.next_follow_up import wrong_next


def wrong_ends(
    work: Work, sag: UUID, what: Haendelse, at: datetime, said: Mapping[str, object], *, why: str
) -> Mapping[str, str]:
    """Return a sentence for each day that cannot be, by the name of its fact.

    :param at: when it occurred.
    :param said: what is answered.
    :param why: what was written about it.
    """
    found: dict[str, str] = {}
    ours = sager.by_id(work.connection, sag)
    born = born_of(work.connection, ours.child_id if ours else None)
    for rule in recordable.opened(work.rules, what, danish_day(at)):
        given = said.get(rule.due_fact) if rule.due_fact else None
        if given is None or not rule.applies(said, born=born, at=at) or rule.missing(said, born):
            continue
        sentence = _sentence(rule, at, date.fromisoformat(str(given)), said, born, why)
        if sentence:
            found[rule.due_fact] = sentence
    found |= known_earlier(work.connection, sag, what, said)
    return wrong_next(work.connection, sag, what, at, said, why=why) or found


def _sentence(
    rule: Rule,
    at: datetime,
    given: date,
    said: Mapping[str, object],
    born: date | None,
    why: str,
) -> str:
    if rule.kind is Kind.UDLOEB and given < danish_day(at):
        return "Dagen kan ikke ligge før den dag, det skete. Ret datoen."
    last = rule.latest(at, said, born)
    if last is not None and start_of_day(given) > last:
        return (
            f"Efter {rule.law} kan det højst være til {long_date(danish_day(last))}. "
            f"Skriv en dag, der ikke ligger senere."
        )
    own = rule.by_law(at, said, born)
    if own is not None and start_of_day(given) > own.due and not why.strip():
        return (
            f"Lovens frist er {own_span(rule)}: {long_date(danish_day(own.due))} ({rule.law}). "
            f"Er der fastsat en længere, så skriv i notatet hvorfor. Ellers ret datoen."
        )
    return ""
