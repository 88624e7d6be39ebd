"""Take somebody into a child's network: from the address book, or by name alone."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.inddragelse import NotWhole
from dubu_plugin.domain.netvaerk import Part, wrong_part
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.netvaerk.keep_line import tidy
from dubu_plugin.usecases.netvaerk.on_netvaerk import OnNetvaerk, on_netvaerk

ALREADY = "Personen er i netværket allerede. Åbn linjen, og ret den der."


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Who is taken in, and as what."""

    person: UUID | None = None
    """Somebody found in the address book; None where it does not have them."""
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    part: Part


def add_person(sag: UUID, taken: Taken, *, product: Writing, asker: Asker, now: datetime) -> UUID:
    """Store that somebody is in the network, and return the line's key.

    Whoever has left it before gets a line of their own again; the old one stays.

    :raises NotWhole: something is left out or cannot be, or they are there already.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such person for who asks.
    """
    with on_netvaerk(sag, product=product, asker=asker, now=now) as here:
        part = here.settled(tidy(taken.part, here))
        name = cleaned(taken.name) if taken.person is None else None
        wrong = dict(wrong_part(part, here.today, asks_name=name))
        if taken.person is not None:
            _insist_new(here, taken.person, asker, wrong)
        if wrong:
            raise NotWhole(wrong)
        who = taken.person or _typed(here, taken)
        known = personer.by_id(here.work.connection, who)
        number = here.begin(who, part)
        here.shut_doors(known.host_key if known else None, part)
        here.happened("ny", number)
        return number


def _insist_new(here: OnNetvaerk, person: UUID, asker: Asker, wrong: dict[str, str]) -> None:
    connection = here.work.connection
    found = personer.by_id(connection, person)
    if found is None or personer.is_kept_from(connection, asker.key, person):
        raise NotYours
    if person == here.sag.child_id:
        wrong["person"] = "Det er barnet selv. Vælg en anden."
    elif any(one.who.id == person for one in here.present):
        wrong["person"] = ALREADY


def _typed(here: OnNetvaerk, taken: Taken) -> UUID:
    connection, now = here.work.connection, here.work.now
    new = personer.add(connection, name=cleaned(taken.name), now=now)
    netvaerk.say_who(
        connection, new, name=cleaned(taken.name), phone=cleaned(taken.phone),
        email=cleaned(taken.email), now=now,
    )  # fmt: skip
    return new
