"""Taking in post: how much can be on the disk and acknowledged in a second."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from typing import Final

from dubu_plugin import app
from dubu_plugin.bench.figures import Figures, spread
from dubu_plugin.bench.ground import Ground
from dubu_plugin.demo.municipality import proevestrup
from dubu_plugin.demo.post import deliveries
from dubu_plugin.domain.intake import Status
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.ports.post import Channel
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.underretning.receive import Incoming, receive

WRITERS: Final = 4
MAILS: Final = 600
NUMBER: Final = re.compile(rb"^Message-ID: <[^@]*", re.MULTILINE | re.IGNORECASE)

Tick = Callable[[int], None]


def intake(ground: Ground, tick: Tick) -> Figures:
    """Measure four writers who take in mails: read, stored durably, registered, acknowledged.

    The mails are the demo's, a third of them with a Word or PDF file, each with a number of its
    own. It runs on a copy, with the disk forced at every step as in use.
    """
    with ground.copy() as copied:
        plain = _measured(copied, _mails(attachments=False), tick)
        mixed = _measured(copied, _mails(attachments=True), tick)
    return mixed | {f"text_{name}": value for name, value in plain.items()}


def _measured(ground: Ground, mails: Iterator[Incoming], tick: Tick) -> Figures:
    product = app.build(ground.settings)
    waiting: SimpleQueue[Incoming] = SimpleQueue()
    for mail in mails:
        waiting.put(mail)
    took: list[float] = []
    failed: list[str] = []

    def write() -> None:
        while True:
            try:
                mail = waiting.get_nowait()
            except Empty:
                return
            began = time.perf_counter()
            receipt = receive(mail, product=product, actor=SYSTEM, now=datetime.now(UTC))
            took.append((time.perf_counter() - began) * 1000)
            if receipt.status is not Status.REGISTERED:
                failed.append(receipt.status)
            tick(1)

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    began = time.perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    elapsed = time.perf_counter() - began
    product.store.close()
    if failed or len(took) != MAILS:
        raise ConfigurationError(
            f"{len(failed)} af {len(took)} blev ikke registreret: {failed[:3]}"
        )
    return {**spread(took), "per_second": round(len(took) / elapsed, 1), "items": len(took),
            "writers": WRITERS}  # fmt: skip


def _mails(*, attachments: bool) -> Iterator[Incoming]:
    """Yield mails of the demo over and over, every third with a file where files are wanted."""
    now = datetime.now(UTC)
    known = {mail.filename: mail.raw for mail in deliveries(proevestrup().post, now)}
    plain = ("emil-ansoegning.eml", "anton-nabo.eml", "selma-krisecenter.eml")
    with_file = ("alma-skole.eml", "freja-jordemoder.eml", "ida-boernehave.eml")
    for number in range(MAILS):
        some = with_file if attachments and number % 3 == 0 else plain
        raw = known[some[number // 3 % len(some)]]
        kind = b"fil" if attachments else b"tekst"
        yield Incoming(
            raw=NUMBER.sub(b"Message-ID: <bench-%s-%d" % (kind, number), raw, count=1),
            filename="mail.eml",
            channel=Channel.EMAIL,
            received_at=now,
        )
