"""What a person puts right in the registration while assessing: who wrote, and when it came."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import ANONYM, UNDERRETTERE, Orienteret, Pligt
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.underretning.forget_notifier import forget_notifier
from dubu_plugin.usecases.underretning.received_at import received_at as insist_on_receipt


class NotInUse(CaseworkError):
    """A type of notifier was chosen that is not in use on the day of receipt."""

    danish = "Den type underretter bruges ikke på den dag. Vælg en anden under »Kilde«."
    field = "underretter"


@dataclass(frozen=True, slots=True)
class Corrections:
    """New values; None leaves the old one. An empty text removes it."""

    received_at: datetime | None = None
    underretter: str | None = None
    pligt: Pligt | None = None
    professional: bool | None = None
    anonymous: bool | None = None
    orienteret: Orienteret | None = None
    notifier_name: str | None = field(default=None, repr=False)
    notifier_organisation: str | None = field(default=None, repr=False)
    notifier_address: str | None = field(default=None, repr=False)
    notifier_relation: str | None = field(default=None, repr=False)


_TEXTS = {
    "notifier_name": 200,
    "notifier_organisation": 200,
    "notifier_address": 300,
    "notifier_relation": 200,
}


def correct(work: Work, about: Underretning, new: Corrections) -> None:
    """Store what was put right. A new moment of receipt moves the deadlines counted from it.

    :raises InTheFuture, TooLongAgo: the moment of receipt cannot be right.
    :raises NotInUse: the type of notifier is not in use on that day.
    """
    values: dict[str, Any] = {
        name: getattr(new, name)
        for name in ("underretter", "pligt", "professional", "orienteret", "anonymous")
        if getattr(new, name) is not None
    }
    for name, longest in _TEXTS.items():
        text = getattr(new, name)
        if text is not None:
            values[name] = text.strip()[:longest] or None
    received_at = about.received_at
    if new.received_at is not None:
        received_at = insist_on_receipt(new.received_at, work.now, is_right=True)
    insist_on_code(values.get("underretter"), received_at)
    if values.get("underretter") == ANONYM:
        values["anonymous"] = True
    if values.get("anonymous"):
        values |= dict.fromkeys(("notifier_name", "notifier_organisation", "notifier_address"))
    if received_at != about.received_at:
        values["received_at"] = received_at
    if values.get("anonymous"):
        forget_notifier(work, about)
    if values:
        underretninger.change_quietly(work.connection, about.id, **values)
    if received_at != about.received_at:
        _moved(work, about, received_at)


def insist_on_code(code: str | None, received_at: datetime) -> None:
    """Insist that a type of notifier is in use on the day of receipt.

    :raises NotInUse: it is not, or there is no such type.
    """
    day = danish_day(received_at)
    if code and not any(row.code == code and row.in_use(day) for row in UNDERRETTERE):
        raise NotInUse


def _moved(work: Work, about: Underretning, received_at: datetime) -> None:
    work.happened(
        Haendelse.MODTAGELSE_RETTET,
        occurred_at=received_at,
        sag=about.sag_id,
        underretning=about.id,
        person=about.child_id,
        data={"foer": about.received_at.isoformat()},
    )
