"""Take over what was changed in the host, once what we had to tell it has been told."""

from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.usecases.sag.follow_host import follow_host


class FollowHost:
    """``follow_host {sag, said}``. Reads the host's case as it is now and changes nothing there."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        follow_host(d.id("sag"), said=d.payload["said"], product=d, actor=d.actor, now=d.now)
        return Done()

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. The same values twice are one change, so it is simply done again."""
        return None
