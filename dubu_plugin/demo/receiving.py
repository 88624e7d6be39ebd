"""Letting the demo's post in, the way all post comes in."""

from collections.abc import Iterator

from dubu_plugin import app
from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.ports.post import IncomingPost, PostItem
from dubu_plugin.settings import Settings
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.underretning.receive import Incoming, receive


def receive_post(settings: Settings, *, clock: app.Clock = app.wall_clock) -> int:
    """Register what lies in the host's inbox, have the children looked for, and return how many.

    Safe to repeat: what is registered already is not registered again.
    """
    product = app.build(settings, clock=clock)
    count = 0
    for item in _items(product.ports.incoming):
        incoming = Incoming(
            raw=product.ports.incoming.open_post(item.key),
            filename=item.filename,
            channel=item.channel,
            received_at=item.received_at,
            host_key=item.key,
        )
        receive(incoming, product=product, actor=SYSTEM, now=product.clock())
        count += 1
    deliver_once(product)
    product.store.close()
    return count


def _items(post: IncomingPost) -> Iterator[PostItem]:
    after: str | None = None
    while True:
        page = post.received(after)
        yield from page.items
        if page.next is None or not page.items:
            return
        after = page.next
