"""A letter leaves once, whole, whatever is killed when."""

from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest

from dubu_journal import tray
from dubu_journal.host import Host
from dubu_journal.post import outbox as module
from dubu_journal.post.outbox import Outbox

from ..conftest import Clock


class Killed(BaseException):
    """Stands for the process being killed."""


@pytest.fixture
def outbox(tmp_path: Path, host: Host) -> Outbox:
    return Outbox(tmp_path / "udgaaende", host)


def letter(host: Host, clock: Clock, address: str | None = "skole@skole.example") -> int:
    content = host.files.put(BytesIO(b"%PDF-1.4 brev"))
    new = tray.NewLetter(
        "Kvittering", "Prøvestrup Skole\nSkolevej 1", address, "Se brevet.", "kvittering æøå.pdf"
    )
    with host.database.writing() as connection:
        return tray.put(connection, uuid4(), new, content, by="karen", now=clock.now).id


def names(outbox: Outbox) -> list[str]:
    return sorted(file.name for file in outbox.folder.iterdir())


def test_a_letter_is_a_mail_with_the_pdf(outbox: Outbox, host: Host, clock: Clock) -> None:
    letter(host, clock)
    assert outbox.empty(clock.now) == 1
    assert names(outbox) == ["brev-1.eml"]
    raw = (outbox.folder / "brev-1.eml").read_bytes()
    mail = message_from_bytes(raw, policy=policy.default)
    assert (mail["To"], mail["Subject"]) == ("skole@skole.example", "Kvittering")
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "kvittering æøå.pdf"
    assert attached.get_content() == b"%PDF-1.4 brev"
    with host.database.reading() as connection:
        assert tray.get(connection, 1).state == tray.SENT


def test_a_letter_for_paper_has_no_address(outbox: Outbox, host: Host, clock: Clock) -> None:
    letter(host, clock, address=None)
    outbox.empty(clock.now)
    mail = message_from_bytes((outbox.folder / "brev-1.eml").read_bytes(), policy=policy.default)
    assert mail["To"] is None
    assert mail["X-Brev-Modtager"] == "Prøvestrup Skole · Skolevej 1"


@pytest.mark.parametrize("step", ["_write", "mark", "_show"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_letter_leaves_once_wherever_it_is_cut_off(
    step: str,
    after: bool,
    outbox: Outbox,
    host: Host,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letter(host, clock)
    place = {"_write": module, "mark": tray, "_show": outbox}[step]
    real = getattr(place, step)

    def killed(*given: object, **more: object) -> None:
        if after:
            real(*given, **more)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(place, step, killed)
        with pytest.raises(Killed):
            outbox.empty(clock.now)
    fetched = [name for name in names(outbox) if not name.startswith(".")]
    for name in fetched:
        (outbox.folder / name).unlink()  # the gateway has it
    again = Outbox(outbox.folder, host)
    again.empty(clock.now)
    again.empty(clock.now)
    assert fetched + names(again) == ["brev-1.eml"]


def test_a_letter_the_gateway_has_taken_is_not_sent_again(
    outbox: Outbox, host: Host, clock: Clock
) -> None:
    letter(host, clock)
    outbox.empty(clock.now)
    (outbox.folder / "brev-1.eml").unlink()
    assert outbox.empty(clock.now) == 0
    assert names(outbox) == []
