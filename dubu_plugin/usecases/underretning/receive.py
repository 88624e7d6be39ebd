"""Take in what came through the door, so that it can never be lost.

The order is the promise: the original is on the disk, then one transaction stores what was read in
it with its clocks and with what must follow, and only then does whoever handed it in get an answer.
A crash before that leaves nothing but a file nobody points at; whoever handed it in tries again.

Two deliveries are the same thing where the same sender gives them the same Message-ID, or, where
there is none, where they are equal to the byte. The first one's keys are then the answer. A sender
who uses a Message-ID again for something else has sent something else: it is registered for itself,
with its own clock, a remark and the way to the first, because an underretning that is taken for a
copy is an underretning lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.intake import (
    REMARKS,
    NotTaken,
    PostState,
    Remark,
    Status,
    needing_a_person,
    told_apart,
)
from dubu_plugin.domain.suggestions import Suggestions, suggested
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.intake.answers import Answer, DigestReturned, read_answer
from dubu_plugin.intake.read import accepted
from dubu_plugin.intake.text import safe_name
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import arrivals, underretninger
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.min_dag.mail_came_back import digest_came_back
from dubu_plugin.usecases.moede.receive_answer import receive_answer
from dubu_plugin.usecases.underretning.item import (
    Incoming,
    Item,
    fingerprint,
    hashed,
    limits_of,
    put_and_read,
    unread,
)
from dubu_plugin.usecases.underretning.register import Arrived, register, words_of

__all__ = ["Incoming", "Receipt", "receive"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to whoever handed it in. It is stored when this is returned."""

    status: Status
    underretning: UUID | None = None
    post: UUID | None = None
    remarks: tuple[Remark, ...] = ()
    message: str = field(default="", repr=False)
    """For a person: what was done, and what they should do."""


def receive(incoming: Incoming, *, product: Means, actor: str, now: datetime) -> Receipt:
    """Take an item in, durably, and answer.

    What is handed in by the host is never refused, since nobody is there to hear it: what we do
    not take in becomes a line for a person.

    :param actor: the employee who hands it in, or `SYSTEM`.
    :raises StorageFull: the disk is full; nothing is stored, and it must be handed in again.
    """
    limits = limits_of(product.settings.intake)
    try:
        accepted(incoming.raw, safe_name(incoming.filename), limits)
    except NotTaken as no:
        return _not_taken(incoming, no, product=product, actor=actor, now=now)
    read = _read(put_and_read(incoming, limits, product.blobs, now=now))
    unit = product.settings.intake.unit
    return product.store.write_together(
        lambda work: _taken_in(work, read, unit), actor=actor, now=now
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """All that can be told of an item before anybody is kept waiting for us."""

    item: Item
    said: Answer | None
    guess: Suggestions
    words: Mapping[str, int] = field(repr=False)


def _read(item: Item) -> _Read:
    content = item.content
    guess = suggested(
        content.text,
        subject=content.subject,
        sender_name=content.sender_name,
        sender_address=content.sender_address,
        on=danish_day(item.received_at),
    )
    organisation = guess.notifier_organisation[:200]
    words = words_of(content.text, content.subject, content.sender_name, organisation)
    return _Read(item, read_answer(item.incoming.raw), guess, words)


def _taken_in(work: Work, read: _Read, unit: str) -> Receipt:
    item = read.item
    if item.incoming.host_key is not None:
        known = arrivals.post_under(work.connection, item.incoming.host_key)
        if known is not None:
            return _again(known)
    first = underretninger.post_same_as(work.connection, item.same_as)
    if first is None:
        return _first_time(work, read, unit)
    if first.sha256 == item.sha256 or _says_the_same(work, first, item):
        item.note_delivery(work, first.id)
        return _again(first)
    return _changed_copy(work, read, first, unit)


def _answer(work: Work, item: Item, said: Answer | None) -> Receipt | None:
    """Take in an answer to a mail of ours, or that mail come back; None for anything else."""
    if said is None:
        return None
    ours = (
        digest_came_back(work, said)
        if isinstance(said, DigestReturned)
        else receive_answer(work, said)
    )
    if not ours:
        return None
    kind = Henvendelse.ANDET
    post = item.keep(work, same_as=item.same_as, kind=kind, state=PostState.OTHER)
    return Receipt(Status.REGISTERED, None, post, message=_TOLD[kind])


def _first_time(work: Work, read: _Read, unit: str) -> Receipt:
    answer = _answer(work, read.item, read.said)
    return answer or _registered(
        work, read, unit, read.item.same_as, read.item.incoming.henvendelse
    )


def _registered(
    work: Work,
    read: _Read,
    unit: str,
    same_as: str,
    chosen: Henvendelse | None,
    copy_of: UUID | None = None,
) -> Receipt:
    """Keep an item, and register it where it is more than post.

    :param chosen: what somebody has said that it is; None where the text must tell.
    """
    item, content, guess = read.item, read.item.content, read.guess
    kind = chosen or guess.henvendelse
    automatic = Remark.AUTOMATIC in item.remarks and chosen is None
    registers = kind is not Henvendelse.ANDET and not automatic
    needy = bool(needing_a_person(item.remarks))
    state = PostState.REGISTERED if registers else PostState.OTHER
    post = item.keep(work, same_as=same_as, kind=kind, state=PostState.WAITS if needy else state)
    arrived = Arrived(
        post, item.incoming.channel, item.received_at, unit, content.text, content.subject,
        content.sender_name, read.words, copy_of,
    )  # fmt: skip
    new = register(work, arrived, kind, guess) if registers else None
    status = Status.NEEDS_HUMAN if needy else Status.REGISTERED
    message = f"{_told(kind, registers, item.remarks)} {_when(item, work.now)}".strip()
    return Receipt(status, new, post, item.remarks, message)


def _when(item: Item, now: datetime) -> str:
    """Return which moment the clocks count from, where that can be doubted."""
    if {Remark.FUTURE_DATE, Remark.OLD_DATE} & set(item.remarks):
        return ""  # said already
    said = told_apart(item.received_at, item.content.received_at, now)
    return f"{said} Passer det ikke, så ret tidspunktet på dens side i Indgang." if said else ""


# -- what is the same, and what is not taken in ----------------------------------------------------


def _again(first: underretninger.Post) -> Receipt:
    return Receipt(
        Status.DUPLICATE,
        first.underretning_id,
        first.id,
        message="Den er modtaget før. Der er ikke oprettet noget nyt.",
    )


def _says_the_same(work: Work, first: underretninger.Post, item: Item) -> bool:
    """Tell whether a mail with a known Message-ID says what the first one said."""
    if first.underretning_id is None:
        return True
    known = underretninger.by_id(work.connection, first.underretning_id)
    files = underretninger.files_of(work.connection, first.id)
    then = fingerprint(known.text if known else "", (one.sha256 or one.name for one in files))
    return then == item.fingerprint


def _changed_copy(work: Work, read: _Read, first: underretninger.Post, unit: str) -> Receipt:
    """Register a mail that has a known Message-ID and says something else than the first one."""
    item = read.item
    same_as = hashed(item.same_as, item.fingerprint)
    known = underretninger.post_same_as(work.connection, same_as)
    if known is not None:
        item.note_delivery(work, known.id)
        return _again(known)
    marked = replace(read, item=replace(item, remarks=(Remark.CHANGED_COPY, *item.remarks)))
    chosen = item.incoming.henvendelse or read.guess.henvendelse
    # What follows an underretning is no advertisement, whatever its text is like.
    kind = Henvendelse.UNDERRETNING if chosen is Henvendelse.ANDET else chosen
    return _registered(work, marked, unit, same_as, kind, first.underretning_id)


def _not_taken(
    incoming: Incoming, no: NotTaken, *, product: Means, actor: str, now: datetime
) -> Receipt:
    """Refuse, or open a line where the host has the item and nobody is there to be told."""
    if incoming.host_key is None:
        return Receipt(Status.REFUSED, remarks=(no.remark,), message=no.for_people())
    if no.remark is not Remark.ITEM_TOO_LARGE:
        product.blobs.put(incoming.raw)
    item = unread(incoming, no.remark, now=now)
    with product.store.write(actor=actor, now=now) as work:
        known = arrivals.post_under(work.connection, incoming.host_key)
        known = known or underretninger.post_same_as(work.connection, item.sha256)
        if known is not None:
            item.note_delivery(work, known.id)
            return _again(known)
        kind = incoming.henvendelse or Henvendelse.UNDERRETNING
        post = item.keep(work, same_as=item.sha256, kind=kind, state=PostState.WAITS)
    return Receipt(Status.NEEDS_HUMAN, None, post, (no.remark,), REMARKS[no.remark].danish)


_TOLD: Final = {
    Henvendelse.UNDERRETNING: "Underretningen er modtaget og gemt.",
    Henvendelse.MELLEMKOMMUNAL: "Underretningen fra en anden kommune er modtaget og gemt.",
    Henvendelse.ANSOEGNING: "Ansøgningen er modtaget og gemt.",
    Henvendelse.ANDET: "Den er modtaget og gemt, og den er ikke en underretning.",
}


def _told(kind: Henvendelse, registered: bool, remarks: tuple[Remark, ...]) -> str:
    first = _TOLD[kind] if registered or kind is Henvendelse.ANDET else "Den er gemt."
    return " ".join((first, *(REMARKS[remark].danish for remark in dict.fromkeys(remarks))))
