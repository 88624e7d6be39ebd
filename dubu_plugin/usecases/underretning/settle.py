"""Close an open line: a person has looked at what we could not read or did not take in."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, opens
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.intake import NotTaken, PostState
from dubu_plugin.domain.suggestions import suggested
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.intake.content import Content
from dubu_plugin.intake.kinds import Kind
from dubu_plugin.intake.read import read
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Post
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.underretning.item import limits_of
from dubu_plugin.usecases.underretning.register import Arrived, register


class NotOpen(CaseworkError):
    """Somebody else was quicker, or it was never open."""

    danish = "Linjen er allerede lukket. Genindlæs siden for at se, hvordan den står nu."


def line_is_seen(underretning: UUID, *, product: Means, asker: Asker, now: datetime) -> None:
    """Close the line on a registered underretning: what could not be read has been looked at.

    :raises NotOpen: there is no open line.
    :raises NotYours: the policy says no, or there is no such underretning.
    """
    with acting(product.store, asker, Act.REGISTER, "underretning", underretning, now=now) as work:
        about = underretninger.by_id(work.connection, underretning)
        post = underretninger.post_by_id(work.connection, about.post_id) if about else None
        if post is None or post.state != PostState.WAITS:
            raise NotOpen
        underretninger.settle_post(work.connection, post.id, PostState.REGISTERED)


def settle_post(
    post: UUID, kind: Henvendelse, *, product: Means, asker: Asker, now: datetime
) -> UUID | None:
    """Say what an item is that was kept without being registered.

    Where it is an underretning or an ansøgning it is registered now, with the clocks counted from
    when it was received; its key is returned. Anything else is closed.

    :raises NotOpen: it was settled before, or is registered.
    :raises NotYours: the asker registers nothing, or there is no such item.
    """
    if not opens(asker, Act.REGISTER, protected=False):
        raise NotYours
    with product.store.write(actor=asker.key, now=now) as work:
        item = underretninger.post_by_id(work.connection, post)
        if item is None:
            raise NotYours
        if item.state != PostState.WAITS:
            raise NotOpen
        if kind is Henvendelse.ANDET or item.underretning_id is not None:
            # A changed copy of a mail that is registered belongs to the first one's underretning.
            state = PostState.OTHER if kind is Henvendelse.ANDET else PostState.REGISTERED
            underretninger.settle_post(work.connection, item.id, state, kind)
            return item.underretning_id
        return _registered(work, product, item, kind)


def _read_again(means: Means, item: Post) -> Content:
    """Return what is in the original; nothing where it is of a kind that is not read."""
    if not means.blobs.has(item.sha256):
        return Content(Kind.OTHER)
    try:
        return read(means.blobs.read(item.sha256), item.filename, limits_of(means.settings.intake))
    except NotTaken:
        return Content(Kind.OTHER)


def _registered(work: Work, means: Means, item: Post, kind: Henvendelse) -> UUID:
    content = _read_again(means, item)
    text = content.text
    arrived = Arrived(
        item.id,
        item.channel,
        item.received_at,
        means.settings.intake.unit,
        text,
        item.subject or "",
        content.sender_name,
    )
    guess = suggested(
        text,
        subject=item.subject or "",
        sender_name=content.sender_name,
        sender_address=content.sender_address,
        on=danish_day(item.received_at),
    )
    new = register(work, arrived, kind, guess)
    underretninger.settle_post(work.connection, item.id, PostState.REGISTERED, kind)
    return new
