"""The demo's post: real mails, moved in time so that their deadlines run now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from importlib.resources import files
from typing import Final

from dubu_plugin.demo.municipality import Arrival
from dubu_plugin.domain.danish import COPENHAGEN

MAIL_TIME: Final = re.compile(
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
)
WRITTEN_DATE: Final = re.compile(rb"(?<![\d-])\d\d-\d\d-20\d\d(?![\d-])")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mail on its way in."""

    filename: str
    raw: bytes = field(repr=False)
    received_at: datetime


def deliveries(post: tuple[Arrival, ...], now: datetime) -> Iterator[Delivery]:
    """Yield every mail in the order it came, as if it came that many hours ago."""
    folder = files(__package__).joinpath("post")
    for arrival in sorted(post, key=lambda arrival: -arrival.hours_ago):
        received_at = (now - timedelta(hours=arrival.hours_ago)).replace(microsecond=0)
        raw = folder.joinpath(arrival.file).read_bytes()
        yield Delivery(arrival.file, redated(raw, received_at), received_at)


def redated(raw: bytes, sent_at: datetime) -> bytes:
    """Return a mail as if it had been sent at this moment.

    Its times move, those of a mail inside it too, and so do dates in the mail's own text
    (``28-09-2026``), by whole days. Attachments are as they were: a letter is not rewritten.
    """
    header, _, _ = raw.partition(b"\r\n\r\n")
    first = re.search(rb"^Date: (.*)$", header, re.MULTILINE)
    if first is None:
        raise ValueError("a mail without a date cannot be moved in time")
    move = sent_at - _moment(first[1])
    moved = MAIL_TIME.sub(lambda found: _moved(found[0], move), raw)
    return WRITTEN_DATE.sub(lambda found: _moved_day(found[0], move), moved)


def _moment(written: bytes) -> datetime:
    return parsedate_to_datetime(written.decode("ascii").strip())


def _moved(written: bytes, move: timedelta) -> bytes:
    later = (_moment(written) + move).astimezone(COPENHAGEN)
    return format_datetime(later).encode("ascii")


def _moved_day(written: bytes, move: timedelta) -> bytes:
    day = datetime.strptime(written.decode("ascii"), "%d-%m-%Y")  # noqa: DTZ007 - a day, no moment
    return f"{day + timedelta(days=round(move / timedelta(days=1))):%d-%m-%Y}".encode()
