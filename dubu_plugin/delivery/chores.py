"""What is done once a minute besides delivering.

Who works here is copied, what those who have left had is left to their units, the time is told,
leaders hear of what is late, the post is asked about letters in its queue, the morning mail is
planned, calendars are read, the host hears of the deadlines it reminds of, what others write in the
journal is copied, and the read log is sealed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from dubu_plugin.store import read_seals
from dubu_plugin.usecases.dokument.follow_letters import Following as Letters
from dubu_plugin.usecases.dokument.follow_letters import Posting, follow_letters
from dubu_plugin.usecases.erindring.copy_to_host import copy_to_host
from dubu_plugin.usecases.frist.tick import Living, tick
from dubu_plugin.usecases.journal.copy_case import Hosts
from dubu_plugin.usecases.journal.follow_journal import follow_journal
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.min_dag.escalate import escalate
from dubu_plugin.usecases.min_dag.plan_digests import Outgoing, plan_digests
from dubu_plugin.usecases.moede.pull_changes import Calendars, Following, pull_changes
from dubu_plugin.usecases.upkeep.copy_staff import Hosts as Staff
from dubu_plugin.usecases.upkeep.copy_staff import copy_staff
from dubu_plugin.usecases.upkeep.leave_to_unit import leave_to_unit


class Outside(Calendars, Hosts, Outgoing, Posting, Staff, Protocol):
    """The parts of the ports the chores ask."""


class Kept(Living, Following, Letters, Means, Protocol):
    """What the chores need: `dubu_plugin.app.Product` is one."""

    @property
    def ports(self) -> Outside:
        """The other systems."""


def every_minute(
    product: Kept, now: datetime, *, stopping: Callable[[], bool] = lambda: False
) -> None:
    """Do them, what nobody else can hold up first.

    :param stopping: asked between them.
    """
    copy_staff(product, now)
    leave_to_unit(product, now, stopping=stopping)
    if not stopping():
        tick(product, now, stopping=stopping)
    if not stopping():
        escalate(product, now, stopping=stopping)
    if not stopping():
        follow_letters(product, now, stopping=stopping)
    if not stopping():
        plan_digests(product, now)
    if not stopping():
        pull_changes(product, now)
    if not stopping():
        copy_to_host(product, now)
    if not stopping():
        follow_journal(product, now, stopping=stopping)
    read_seals.seal(product.store, now, stopping=stopping)
