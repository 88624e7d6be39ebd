"""Letting the demo's post in, the way all post comes in, and having colleagues take some of it."""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from dubu_plugin import app
from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.demo import casting, scenes
from dubu_plugin.demo.municipality import proevestrup
from dubu_plugin.domain.intake import Status
from dubu_plugin.ports.post import IncomingPost, PostItem
from dubu_plugin.settings import Settings
from dubu_plugin.store import access
from dubu_plugin.store.tables import post_items, underretninger
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.underretning.hand_over import Receiver, hand_over
from dubu_plugin.usecases.underretning.receive import Incoming, receive


def receive_post(settings: Settings, *, clock: app.Clock = app.wall_clock) -> int:
    """Register what lies in the host's inbox, have the children looked for, and return how many.

    Who works at the reception takes what is theirs. Safe to repeat: what is registered already is
    not registered again, and what somebody has stays with them.
    """
    product = app.build(settings, clock=clock)
    count, fresh = 0, False
    for item in _items(product.ports.incoming):
        incoming = Incoming(
            raw=product.ports.incoming.open_post(item.key),
            filename=item.filename,
            channel=item.channel,
            received_at=item.received_at,
            host_key=item.key,
        )
        receipt = receive(incoming, product=product, actor=SYSTEM, now=product.clock())
        fresh = fresh or receipt.status is not Status.DUPLICATE
        count += 1
    scenes.play(product, product.clock())
    if fresh:
        deliver_once(product)
    _take(product, {one.file: one.taken_by for one in proevestrup().post if one.taken_by})
    casting.tell_all(product, product.clock())
    product.store.close()
    return count


def _take(product: app.Product, takers: Mapping[str, str]) -> None:
    """Let colleagues take what nobody has.

    :param takers: who takes what, by the name of its file.
    """
    with product.store.read() as connection:
        free = connection.execute(
            sa.select(post_items.c.filename, underretninger.c.id)
            .join(underretninger, underretninger.c.post_id == post_items.c.id)
            .where(
                post_items.c.filename.in_(sorted(takers)),
                post_items.c.host_key.is_not(None),
                underretninger.c.responsible.is_(None),
            )
            .order_by(underretninger.c.received_at)
        ).all()
        people = {key: access.asker(connection, key) for key in sorted(set(takers.values()))}
    for row in free:
        who = people[takers[row.filename]]
        if who is not None:
            to = Receiver(employee=who.key)
            hand_over(row.id, to, product=product, asker=who, now=product.clock())


def _items(post: IncomingPost) -> Iterator[PostItem]:
    after: str | None = None
    while True:
        page = post.received(after)
        yield from page.items
        if page.next is None or not page.items:
            return
        after = page.next
