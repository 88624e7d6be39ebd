"""A case with papers, a complaint, and the package that is put together of it."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

from pypdf import PdfReader, PdfWriter

from dubu_plugin.documents import reading
from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.inddragelse import Samtaleform, SamtaleState
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.ports.journal_objects import (
    Direction,
    Document,
    DocumentMeta,
    NewFile,
    NewNote,
    Op,
)
from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.klager import Del, KlageState
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.inddragelse.boernesamtaler import Told
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import LetterHouse
from dubu_plugin.usecases.dokument.addressed import addressee
from dubu_plugin.usecases.dokument.order.klage import OVERSENDELSE
from dubu_plugin.usecases.dokument.order.letter import order_letter

PDF = "application/pdf"
MAIL = "message/rfc822"
SECRET = "Barnets hemmelighed"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


class Blank:
    """Makes a page of anything, and remembers what it said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def to_pdf(self, documents: Sequence[bytes]) -> list[bytes]:
        for one in documents:
            self.said.append(reading.text(one) if one.startswith(b"PK") else "")
        return [pdf(1) for _ in documents]

    def version(self) -> str:
        return "Blank 1"


def filed(house: LetterHouse, title: str, day: date, content: bytes, kind: str = PDF) -> Document:
    return filed_as(house, title, day, (f"{title}.x", kind, content))


def filed_as(house: LetterHouse, title: str, day: date, *files: tuple[str, str, bytes]) -> Document:
    meta = DocumentMeta(title, Direction.IN, day, uuid4().hex)
    new = [NewFile(name, kind, io.BytesIO(content)) for name, kind, content in files]
    return house.journal.file_document(house.case, meta, new, Op(uuid4(), "test"))


def as_mail(*attached: tuple[str, str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Sofie Testvad <sofie@example.org>"
    mail["To"] = "boern@example.org"
    mail["Subject"] = "Vi søger om hjælp"
    mail["Date"] = "Mon, 02 Mar 2026 09:14:00 +0100"
    mail.set_content("Vi kan ikke selv få hverdagen til at hænge sammen.")
    for name, kind, content in attached:
        main, _, sub = kind.partition("/")
        mail.add_attachment(content, main, sub, filename=name)
    return mail.as_bytes()


def contents(house: LetterHouse, part: Del) -> list[str]:
    """Return the titles of what is in a part, after its index."""
    read = PdfReader(io.BytesIO(house.product.blobs.read(part.sha256)))
    return [str(one.title) for one in read.outline if not isinstance(one, list)][1:]


def left_out(house: LetterHouse, klage: UUID) -> list[str]:
    with house.product.store.read() as connection:
        return [one.title for one in klager.left_out(connection, klage)]


def told(house: LetterHouse, day: int, title: str, body: str) -> None:
    """Have a note be in the host, written there."""
    at = datetime(2026, 2, day, 9, tzinfo=UTC)
    house.journal.add_note(house.case, NewNote(title, body, at), Op(uuid4(), "test"))


def talked(house: LetterHouse, day: int, words: str, **more: Any) -> UUID:
    """Have a talk with the child be written, with a locked part."""
    at = datetime(2026, 2, day, 12, tzinfo=UTC)
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        sag = sager.by_id(work.connection, house.sag)
        assert sag is not None
        said = Told(occurred_at=at, form=Samtaleform.SAMTALE, own_words=words, **more)
        number = boernesamtaler.add(
            work.connection, sag, SamtaleState.HOLDT, said, by=KAREN, now=house.town.now
        )
        boernesamtaler.lock(work.connection, number, SECRET, by=KAREN, now=house.town.now)
    return number


def ordered(house: LetterHouse, klage: UUID) -> UUID:
    """Order the letter a complaint is sent on with, after its package."""
    letter = house.product.letters[OVERSENDELSE]
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        found = klager.by_id(work.connection, klage)
        assert found is not None
        said = {name: value for name, value in letter.example.items() if name not in letter.late}
        return order_letter(
            work, OVERSENDELSE, letters=house.product.letters, sag=house.sag, underretning=None,
            values=said, author=KAREN, to=addressee("Ankestyrelsen", ()), number=found.letter,
        )  # fmt: skip


def complained(house: LetterHouse) -> UUID:
    now = house.town.now
    with house.product.store.write(actor=KAREN, now=now) as work:
        connection = work.connection
        sag = sager.by_id(connection, house.sag)
        assert sag is not None
        skrift = skrifter.begin(connection, sag, SkriftKind.AFGOERELSE, by=KAREN, now=now)
        afgoerelser.begin(connection, skrift.id, sag.id, "stoette")
        its = afgoerelser.by_id(connection, skrift.id)
        assert its is not None
        assert its.state is AfgoerelseState.FORBEREDES
        afgoerelser.made(connection, its, law="BL § 32", laws={}, day=date(2026, 3, 1),
                         by=KAREN, now=now)  # fmt: skip
        klage = klager.add(
            connection, sag=sag.id, afgoerelse=skrift.id, person=house.child, received_at=now,
            form="skriftligt", words="Nej.", late=False, window_ends_on=None,
            due_on=date(2026, 3, 31),
            suspensive=False, by=KAREN,
        )  # fmt: skip
        found = klager.by_id(connection, klage)
        assert found is not None
        klager.change(connection, found, KlageState.SENDT, sent_at=now)
        work.tell("pack_klage", lane=sag_lane(sag.id), key=op_key(klage, "pack_klage"),
                  payload={"klage": str(klage)})  # fmt: skip
    return klage


def parts(house: LetterHouse, klage: UUID) -> Sequence[Del]:
    with house.product.store.read() as connection:
        return klager.parts(connection, klage)
