"""Keep what somebody wrote and chose on a decision, whatever is lacking."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.afgoerelser import Capacity
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.skrift import LONGEST, WHOLE, cleaned
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser, help_taken, partshoeringer
from dubu_plugin.store.family import personer
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import At, Clash, Written
from dubu_plugin.usecases.afgoerelse import parties
from dubu_plugin.usecases.afgoerelse.help_taken import help_of
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import (
    Deciding,
    OnAfgoerelse,
    on_afgoerelse,
)
from dubu_plugin.usecases.skrift.write import TooLong

CHOSEN: Final = frozenset(
    {
        "given", "outcome", "starts_on", "ends_on", "plan", "committee_on", "chair_at",
        "votes_for", "protocol", "dissent", "statement_on", "at_once", "child_by_hand",
    }
)  # fmt: skip
"""What is chosen of a decision, by the columns it stands in."""


class ChangedMeanwhile(CaseworkError):
    """Somebody else chose something on the decision since the page was drawn."""

    danish = (
        "En anden har rettet afgørelsen imens. Det, du har skrevet, står her endnu. Se, om I vil "
        "det samme, og gem igen."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was on the screen."""

    seen: int
    """The version of the decision that was drawn."""
    chosen: Mapping[str, Any] = field(default_factory=dict)
    """By the names of `CHOSEN`; what is not there stays as it was."""
    takes: Collection[UUID] | None = None
    """The help it takes from the family, by indsats; None is what it was."""
    texts: Mapping[str, Written] = field(default_factory=dict)
    """By section."""
    capacities: Mapping[UUID, Capacity] = field(default_factory=dict)
    """What each parent is, by person."""
    consents: Mapping[UUID, tuple[str, date, bool] | None] = field(default_factory=dict)
    """What each person answered, the day, and whether for the purpose; None is nothing yet."""


def keep(
    sag: UUID, afgoerelse: UUID, kept: Kept, *, product: Deciding, asker: Asker, now: datetime
) -> Sequence[Clash]:
    """Store it, and return the texts where somebody else was first: theirs stand, none is lost.

    :raises ChangedMeanwhile: what is chosen was changed; nothing is stored.
    :raises TooLong: a text is too long to keep; nothing is stored.
    :raises Decided, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such decision, section, party or help.
    """
    with on_afgoerelse(sag, afgoerelse, product=product, asker=asker, now=now) as here:
        texts = _texts(kept.texts, set(product.forms.of(here.skrift.kind).by_code))
        given = {name: value for name, value in kept.chosen.items() if name in CHOSEN}
        connection = here.work.connection
        if not afgoerelser.change(connection, here.afgoerelse, given, seen=kept.seen):
            raise ChangedMeanwhile
        if kept.takes is not None:
            _name_help(here, kept.takes, product)
        _keep_parties(here, kept)
        _, clashes = tekster.write(
            connection, here.id, here.skrift.version, texts, by=asker.key, now=now
        )
        return clashes


def _name_help(here: OnAfgoerelse, wanted: Collection[UUID], product: Deciding) -> None:
    work = here.work
    day = danish_day(work.now)
    helps = help_of(work.connection, product.indsatser, here.afgoerelse, here.matter, day)
    if not set(wanted) <= {one.id for one in helps}:
        raise NotYours
    help_taken.name(work.connection, here.id, wanted, work.now)


def _keep_parties(here: OnAfgoerelse, kept: Kept) -> None:
    work = here.work
    child = personer.by_id(work.connection, here.sag.child_id)
    if child is None:
        raise NotYours
    age = None if child.born is None else age_on(child.born, danish_day(work.now))
    parties.add_missing(work, here.id, here.matter, child, age)
    ever = partshoeringer.of_afgoerelse(work.connection, here.id, gone=True)
    if not {*kept.capacities, *kept.consents} <= {one.person for one in ever}:
        raise NotYours
    # Who is a party no more, as where the child is grown, is on a form that was drawn before.
    there = {one.person: one for one in ever if one.state is not Hearing.UDGAAET}
    noted = parties.custody_is_noted(work.connection, child.id, danish_day(work.now))
    for person, capacity in kept.capacities.items():
        one = there.get(person)
        if one is None or noted or Capacity.BARN in (one.capacity, capacity):
            continue
        if one.capacity is not capacity:
            partshoeringer.change(
                work.connection, one.id, by=work.actor, now=work.now, capacity=capacity
            )
    for person, answer in kept.consents.items():
        if person in there and there[person].consent != answer:
            partshoeringer.keep_consent(
                work.connection, here.id, person, answer, by=work.actor, now=work.now
            )


def _texts(given: Mapping[str, Written], known: set[str]) -> dict[At, Written]:
    texts: dict[At, Written] = {}
    for name, one in given.items():
        if name not in known:
            raise NotYours
        text = cleaned(one.text)
        if len(text) > LONGEST:
            raise TooLong((WHOLE, name))
        texts[WHOLE, name] = Written(text, one.seen)
    return texts
