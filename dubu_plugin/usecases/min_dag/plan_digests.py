"""Plan the morning mail: one a person and working day, whatever the clock or a kill does."""

from datetime import date, datetime
from typing import Final, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

import structlog

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.hverdage import Profile, is_hverdag
from dubu_plugin.ports.mail import MailSender
from dubu_plugin.settings import Settings
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import passing
from dubu_plugin.store.min_dag import fravaer, morgenmail
from dubu_plugin.store.transaction import SYSTEM

CLOCK: Final = "morgenmail"
LAST_HOUR: Final = 12
"""A morning mail that could not be sent before noon is no morning mail: Min dag says the same."""


class Outgoing(Protocol):
    """The part of the ports it asks about."""

    @property
    def mail(self) -> MailSender | None:
        """A way to write to those who work here, where there is one."""


class Planning(Protocol):
    """What it needs."""

    @property
    def settings(self) -> Settings:
        """The hour, and whether there is a mail at all."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def ports(self) -> Outgoing:
        """The other systems."""


def plan_digests(product: Planning, now: datetime) -> int:
    """Plan today's mails where it is time and that is not done yet; return how many.

    Who is away gets none: their substitute does.
    """
    chosen, today = product.settings.min_dag, danish.danish_day(now)
    hour = danish_clock(now).hour
    if product.ports.mail is None or not chosen.mail or not is_hverdag(today, Profile.DUTY):
        return 0
    if not chosen.mail_hour <= hour < max(LAST_HOUR, chosen.mail_hour + 1):
        return 0
    with product.store.read() as connection:
        if _is_planned(passing.told_until(connection, CLOCK), today):
            return 0
    with product.store.write(actor=SYSTEM, now=now) as work:
        if _is_planned(passing.told_until(work.connection, CLOCK), today):
            return 0
        away = fravaer.standing(work.connection, today)
        readers = morgenmail.readers(work.connection)
        chosen_ones = [one for one in readers if one.gets_mail and one.employee not in away]
        for one in chosen_ones:
            work.tell(
                morgenmail.KIND,
                lane=f"morgenmail:{one.employee}",
                key=key_of(one.employee, today),
                payload={"employee": one.employee, "day": today.isoformat()},
            )
        passing.tell_until(work.connection, CLOCK, end_of_day(today))
    unreached = sum(not one.gets_mail and not one.off for one in readers)
    structlog.get_logger().info("digests_planned", count=len(chosen_ones), unreached=unreached)
    return len(chosen_ones)


def key_of(employee: str, day: date) -> UUID:
    """Return the mail's key: the same for one person and day, however often it is planned."""
    return uuid5(NAMESPACE_URL, f"morgenmail:{employee}:{day.isoformat()}")


def _is_planned(until: datetime | None, today: date) -> bool:
    """Tell whether today's are planned; so they are where the clock was set back to an earlier day.

    It also stops a day that is played again from being written of again.
    """
    return until is not None and danish.danish_day(until) >= today
