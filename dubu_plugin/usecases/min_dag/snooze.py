"""Put a line off Min dag until a day, with a reason; never past a statutory date."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Asker, decide
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.frister.rule import Severity
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.min_dag import udskydelser
from dubu_plugin.store.sag.relations import SubjectKind
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.frist.standing import Stored, happened, reason_in

LEAST_SAID: Final = 8
"""So few letters are no reason."""
LONGEST: Final = timedelta(days=14)
"""How long what has no date of the law may be put off at a time."""


class SaysTooLittle(CaseworkError):
    """The reason tells nobody anything."""

    danish = "Skriv grunden, så en anden forstår den, fx »Mødet er flyttet til onsdag«."
    field = "grund"


class TooSoon(CaseworkError):
    """The day has come already."""

    danish = "Vælg en dag efter i dag."
    field = "dag"


class NothingToPutOff(CaseworkError):
    """No open deadline stands on the line."""

    danish = "Der er ikke noget åbent på linjen længere. Vis siden igen."


class PastTheLaw(CaseworkError):
    """The line holds a deadline of the law that would pass meanwhile."""

    danish = (
        "»{title}« skal være gjort senest {day} ({section}). Vælg en dag før, så der er en dag til "
        "at gøre det i."
    )
    field = "dag"

    def __init__(self, title: str, section: str, day: str) -> None:
        super().__init__(f"past {section}")
        self.title = title
        self.section = section
        self.day = day


class IsOverdue(CaseworkError):
    """What is overdue cannot wait longer."""

    danish = (
        "»{title}« skulle være gjort {day} ({section}) og kan ikke udskydes. "
        "Gør det, eller begrund på sagen, hvorfor fristen ikke er holdt."
    )
    field = "dag"

    def __init__(self, title: str, section: str, day: str) -> None:
        super().__init__(f"overdue {section}")
        self.title = title
        self.section = section
        self.day = day


class IsAcute(CaseworkError):
    """Danger and liberty are not put off."""

    danish = "»{title}« ({section}) er akut og kan ikke udskydes. Giv sagen videre i stedet."

    def __init__(self, title: str, section: str) -> None:
        super().__init__(f"acute {section}")
        self.title = title
        self.section = section


class TooLate(CaseworkError):
    """Without a date of the law there is another limit."""

    danish = "En linje uden dato kan udskydes højst 14 dage ad gangen, altså til {day}."
    field = "dag"

    def __init__(self, day: str) -> None:
        super().__init__("too late")
        self.day = day


def snooze(
    bundle: str, until: date, reason: str, *, product: Stored, asker: Asker, now: datetime
) -> int:
    """Put every deadline of a line off, and return how many. Each is told by its own hændelse.

    :param until: the day it is there again.
    :raises NoReason, TooLong: see `dubu_plugin.usecases.frist.standing`.
    :raises SaysTooLittle, TooSoon, NothingToPutOff, PastTheLaw, IsOverdue: see there.
    :raises IsAcute, TooLate: see there.
    :raises NotYours: somebody may not change what a deadline of the line hangs on.
    """
    why = reason_in(reason)
    if sum(letter.isalpha() for letter in why) < LEAST_SAID:
        raise SaysTooLittle
    today = danish.danish_day(now)
    if until <= today:
        raise TooSoon
    with product.store.write(actor=asker.key, now=now) as work:
        rows = open_to(work.connection, asker, bundle)
        for row in rows:
            _insist(work, row, until, today, now)
        udskydelser.add(work, [row.id for row in rows], bundle, until, why)
        for row in rows:
            happened(work, Haendelse.FRIST_UDSKUDT, row, til=until.isoformat())
    return len(rows)


def take_back(bundle: str, *, product: Stored, asker: Asker, now: datetime) -> int:
    """Have a line there again now; return how many deadlines it is about.

    :raises NotYours: as `snooze`.
    """
    with product.store.write(actor=asker.key, now=now) as work:
        open_to(work.connection, asker, bundle)
        return udskydelser.take_back(work, bundle)


class Open(Protocol):
    """An open deadline of a line."""

    @property
    def due(self) -> datetime | None:
        """When the law or the house asks for it."""

    @property
    def severity(self) -> str:
        """See `Severity`."""


def latest(rows: Sequence[sa.Row[Any]] | Sequence[Open], today: date) -> date | None:
    """Return the last day a line can be put off to, or None where it cannot.

    :param rows: its open deadlines.
    """
    # The line is there again the day before the law's own day: there is time to do it.
    days = [
        danish.danish_day(row.due) - timedelta(days=1)
        for row in rows
        if row.due and row.severity != "orden"
    ]
    if any(row.severity == Severity.AKUT for row in rows):
        return None
    if any(row.due is None or row.severity == Severity.ORDEN for row in rows):
        days.append(today + LONGEST)
    last = min(days, default=None)
    return last if last is not None and last > today else None


def open_to(
    connection: sa.Connection, asker: Asker, bundle: str
) -> Sequence[sa.Row[tuple[Any, ...]]]:
    """Return a line's open deadlines, for who may change all they hang on.

    :raises NothingToPutOff, NotYours: see there.
    """
    rows = udskydelser.open_on(connection, bundle)
    if not rows:
        raise NothingToPutOff
    for row in rows:
        place = row.underretning_id or row.sag_id
        kind: SubjectKind = "underretning" if row.underretning_id else "sag"
        found = place and access.subject(connection, asker, kind, place)
        if not found or not decide(asker, Act.WRITE, found):
            raise NotYours
    return rows


def _insist(work: Work, row: sa.Row[Any], until: date, today: date, now: datetime) -> None:
    """Refuse what may not wait until then."""
    rule = work.rules.version(row.rule, row.rule_version) or work.rules.newest(row.rule)
    title, law = (rule.title, rule.law) if rule else (row.rule, row.rule)
    if row.severity == Severity.AKUT:
        raise IsAcute(title, law)
    if row.due is None or row.severity == Severity.ORDEN:
        if until > today + LONGEST:
            raise TooLate(danish.list_date(today + LONGEST, today))
        return
    due = danish.danish_day(row.due)
    if row.due < now:
        raise IsOverdue(title, law, danish.list_date(due, today))
    if until >= due:
        raise PastTheLaw(title, law, danish.list_date(due, today))
