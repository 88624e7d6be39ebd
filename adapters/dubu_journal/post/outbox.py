"""Letters leave the tray as files in a folder that the municipality's mail gateway empties.

A letter is handed over once, whatever is killed when: it is written under a hidden name, the tray
says that it is sent, and only then does it get the name the gateway looks for.
"""

import os
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Final

import sqlalchemy as sa
import structlog

from dubu_journal import tray
from dubu_journal.host import Host
from dubu_journal.refusals import NotThere
from dubu_journal.tray import Letter

log = structlog.get_logger("dubu_journal")

AT_ONCE: Final = 100


class Outbox:
    """The folder that letters leave through."""

    def __init__(self, folder: Path, host: Host) -> None:
        self.folder = folder
        self._host = host

    def empty(self, now: datetime) -> int:
        """Hand over the letters that wait, and return how many."""
        # Where the folder is made by hand, the gateway that empties it may be in its group.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._finish()
        with self._host.database.reading() as connection:
            letters = tray.waiting(connection, limit=AT_ONCE)
        for letter in letters:
            self._hand_over(letter, now)
        return len(letters)

    def _finish(self) -> None:
        """See to what was under way when the process last ended."""
        for hidden in sorted(self.folder.glob(".brev-*.eml")):
            number = hidden.stem.removeprefix(".brev-")
            with self._host.database.reading() as connection:
                sent = number.isdigit() and _is_sent(connection, int(number))
            if sent:
                self._show(hidden)
            else:
                hidden.unlink()

    def _hand_over(self, letter: Letter, now: datetime) -> None:
        hidden = self.folder / f".brev-{letter.id}.eml"
        with self._host.files.open(letter.sha256) as content:
            _write(hidden, _mail(letter, content.read()))
        with self._host.database.writing() as connection:
            tray.mark(connection, letter.id, tray.SENT, now)
        self._show(hidden)
        log.info("letter_handed_over", letter=letter.id)

    def _show(self, hidden: Path) -> None:
        hidden.rename(hidden.with_name(hidden.name.removeprefix(".")))
        _force(self.folder)


def _mail(letter: Letter, pdf: bytes) -> bytes:
    """Return the letter as a mail; one for paper has no address, and its envelope in a header."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = letter.subject
    if letter.address:
        mail["To"] = letter.address
    mail["X-Brev-Modtager"] = " · ".join(letter.recipient.split("\n"))
    mail["Date"] = letter.queued
    mail["Message-ID"] = f"<brev-{letter.id}@journal.invalid>"
    mail.set_content(letter.body)
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=letter.filename)
    return mail.as_bytes()


def _is_sent(connection: sa.Connection, letter_id: int) -> bool:
    try:
        return tray.get(connection, letter_id).state == tray.SENT
    except NotThere:
        return False


def _write(to: Path, content: bytes) -> None:
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _force(to.parent)


def _force(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
