"""What the child and others have said, beside what is written: each can be put in as a quote.

Nothing is put in by itself. What is locked of a talk is not here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.skrift import LONGEST
from dubu_plugin.metode.method import FieldRole
from dubu_plugin.store.inddragelse import boernesamtaler, udtalelser
from dubu_plugin.store.skrift import kilder
from dubu_plugin.store.skrift.tekster import At, Written
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.skrift.fields import TYPED, Asked, groups
from dubu_plugin.web.skrift.opened import PART, Opened

TALKS: Final = 3
"""How many talks are shown, the newest first."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something somebody said, and where it can be put."""

    key: str
    """What the button sends."""
    title: str = field(repr=False)
    text: str = field(repr=False)
    into: str
    """The name of the field it is put in; empty where the page has none for it."""
    into_title: str


def quotes(connection: sa.Connection, here: Opened, place: str) -> Sequence[Quote]:
    """Return what the child said, where the page asks for its view, and what others did."""
    fields = [one for group in groups(here, place) for one in group]
    child = _with_role(fields, FieldRole.BARNETS_SYN)
    # What is opened to save in has no sources; a quote needs its number then too.
    sources = here.sources or kilder.of_skrift(connection, here.skrift.id)
    numbers = {one.subject: one.number for one in sources if one.subject is not None}
    found = []
    if child is not None:
        talks = [one for one in boernesamtaler.of_sag(connection, here.head.sag) if one.was_held]
        for talk in talks[:TALKS]:
            day = danish.long_date(danish.danish_day(talk.said.occurred_at))
            mark = _mark(numbers.get(talk.id))
            words = "\n".join(filter(None, (talk.said.own_words, talk.said.wishes)))
            title = f"Barnet, {danish.unbroken(day)}{mark}"
            found.append(_quote(f"samtale:{talk.id}", title, words, mark, child))
    if not place.startswith(PART):
        into = _with_role(fields, FieldRole.BESKRIVELSE)
        found += _statements(connection, here, place, into, numbers)
    return [one for one in found if one.text]


def put_in(connection: sa.Connection, here: Opened, place: str, sent: Sent) -> Mapping[At, Written]:
    """Return what the button of a quote writes: after what stands or is typed meanwhile."""
    chosen = next(
        (one for one in quotes(connection, here, place) if one.key == sent.one("citat")), None
    )
    if chosen is None:
        return {}
    fields = [one for group in groups(here, place) for one in group]
    target = next((one for one in fields if one.name == chosen.into), None)
    if target is None:
        return {}
    there = here.said.get(target.at)
    stands = there.text if there else ""
    mine = (sent.many(TYPED + target.name) or [stands])[-1].strip()
    both = "\n".join(filter(None, (mine, chosen.text)))[:LONGEST]
    return {target.at: Written(both, there.revision if there else 0)}


def _statements(
    connection: sa.Connection,
    here: Opened,
    place: str,
    into: Asked | None,
    numbers: Mapping[UUID, int],
) -> Sequence[Quote]:
    found = []
    for one, text in udtalelser.under(connection, here.head.sag, place):
        mark = _mark(numbers.get(one.id))
        title = f"{one.asked.organisation}{mark}"
        found.append(_quote(f"udtalelse:{one.id}", title, text, mark, into))
    return found


def _quote(key: str, title: str, text: str, mark: str, into: Asked | None) -> Quote:
    said = f"{text}{mark}" if text else ""
    return Quote(key, title, said, into.name if into else "", into.title if into else "")


def _mark(number: int | None) -> str:
    return f" (#{number})" if number is not None else ""


def _with_role(fields: Sequence[Asked], role: FieldRole) -> Asked | None:
    return next((one for one in fields if one.role == role), None)
