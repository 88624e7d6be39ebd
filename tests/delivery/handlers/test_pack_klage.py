"""The file of a case goes to Ankestyrelsen as one PDF: an index first, then the newest first."""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from pypdf import PdfReader, PdfWriter

from dubu_plugin.delivery.case_notes import AUTOMATIC
from dubu_plugin.delivery.worker import deliver_once
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
from dubu_plugin.store.journal import journalkopi
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import letters, outbox
from dubu_plugin.store.tables import sager as cases
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import LetterHouse, build_letter_house
from dubu_plugin.usecases.dokument.addressed import addressee
from dubu_plugin.usecases.dokument.order.klage import OVERSENDELSE
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.order.samtale import order_record

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


@pytest.fixture
def blank() -> Blank:
    return Blank()


@pytest.fixture
def house(tmp_path: Path, blank: Blank) -> Iterator[LetterHouse]:
    built = build_letter_house(tmp_path, converter=blank)
    yield built
    built.product.store.close()


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


def test_an_index_and_the_newest_first(house: LetterHouse, blank: Blank) -> None:
    filed(house, "Underretning fra skolen", date(2026, 1, 5), pdf(2))
    filed(house, "Statusudtalelse", date(2026, 2, 10), pdf(3))
    filed(house, "Billede", date(2026, 2, 11), b"JPEG", "image/jpeg")
    klage = complained(house)
    deliver_once(house.product)
    [part] = parts(house, klage)
    read = PdfReader(io.BytesIO(house.product.blobs.read(part.sha256)))
    titles = [one.title for one in read.outline if not isinstance(one, list)]
    assert titles == ["Indeks", "Statusudtalelse", "Underretning fra skolen"]
    assert part.pages == 6
    index = blank.said[-1].replace("\u00a0", " ")
    assert "Side 2" in index
    assert "10. februar 2026: Statusudtalelse" in index
    assert "Side 5" in index
    assert "11. februar 2026: Billede" in index, "and that it is not in the package"


def test_a_word_file_is_made_pages_and_a_broken_one_is_named(
    house: LetterHouse, blank: Blank
) -> None:
    filed(house, "Notat", date(2026, 2, 1), b"docx", WORD)
    filed(house, "Defekt", date(2026, 2, 2), b"%PDF-noget", PDF)
    klage = complained(house)
    deliver_once(house.product)
    [part] = parts(house, klage)
    assert part.pages == 2
    assert "Defekt" in blank.said[-1]


def test_a_host_that_does_not_answer_is_asked_again(house: LetterHouse) -> None:
    klage = complained(house)
    with house.product.store.write(actor="system", now=house.town.now) as work:
        work.connection.execute(sa.update(cases).values(host_key=None))
    deliver_once(house.product)
    assert parts(house, klage) == []
    assert [row.state for row in house.rows(outbox) if row.kind == "pack_klage"] != ["leveret"]


def test_an_application_that_came_as_mail_is_pages(house: LetterHouse, blank: Blank) -> None:
    filed(house, "Ansøgning", date(2026, 3, 2), as_mail(), MAIL)
    klage = complained(house)
    deliver_once(house.product)
    [part] = parts(house, klage)
    assert contents(house, part) == ["Ansøgning"]
    assert left_out(house, klage) == []
    said = blank.said[0].replace("\u00a0", " ")
    for word in (
        "Sofie Testvad <sofie@example.org>", "boern@example.org", "Vi søger om hjælp",
        "2. marts 2026 kl. 09.14", "Vi kan ikke selv få hverdagen til at hænge sammen.",
    ):  # fmt: skip
        assert word in said


def test_a_mail_is_not_left_out_for_the_pdf_that_came_with_it(
    house: LetterHouse, blank: Blank
) -> None:
    scheme = ("Skema.pdf", PDF, pdf(2))
    mail = ("ansoegning.eml", MAIL, as_mail(scheme))
    filed_as(house, "Ansøgning", date(2026, 3, 2), mail, scheme)
    klage = complained(house)
    deliver_once(house.product)
    [part] = parts(house, klage)
    assert contents(house, part) == ["Ansøgning (ansoegning.eml)", "Ansøgning (Skema.pdf)"]
    assert "Skema.pdf (ligger for sig selv på sagen)" in blank.said[0]


def test_what_came_in_a_mail_alone_is_each_by_what_it_is(house: LetterHouse, blank: Blank) -> None:
    mail = as_mail(("Skema.pdf", PDF, pdf(2)), ("Tegning.jpg", "image/jpeg", b"\xff\xd8\xff"))
    filed(house, "Ansøgning", date(2026, 3, 2), mail, MAIL)
    klage = complained(house)
    deliver_once(house.product)
    [part] = parts(house, klage)
    assert contents(house, part) == ["Ansøgning", "Ansøgning: Skema.pdf"]
    assert left_out(house, klage) == ["Ansøgning: Tegning.jpg (billede)"]
    assert "Skema.pdf (er gjort til sider lige efter)" in blank.said[0]
    assert "Tegning.jpg (kan ikke gøres til sider)" in blank.said[0]


def test_a_text_is_pages(house: LetterHouse, blank: Blank) -> None:
    filed(house, "Statusudtalelse", date(2026, 3, 2), "Det går bedre.".encode(), "text/plain")
    klage = complained(house)
    deliver_once(house.product)
    assert contents(house, parts(house, klage)[0]) == ["Statusudtalelse"]
    assert "Det går bedre." in blank.said[0]


def test_a_word_file_beside_its_pdf_is_not_in_it_twice(house: LetterHouse) -> None:
    filed_as(house, "Plan", date(2026, 3, 2), ("Plan.docx", WORD, b"d"), ("Plan.pdf", PDF, pdf(1)))
    klage = complained(house)
    deliver_once(house.product)
    assert contents(house, parts(house, klage)[0]) == ["Plan"]


def test_notes_and_talks_are_in_it_by_their_day_and_nothing_that_is_locked(
    house: LetterHouse, blank: Blank
) -> None:
    filed(house, "Statusudtalelse", date(2026, 2, 10), pdf(1))
    told(house, 9, "Møde med skolen", "Alma var der hele dagen.")
    told(house, 12, "Telefonsamtale", "Far ringer om samvær.")
    talked(house, 11, "»Jeg vil helst bo hos mormor.«")
    klage = complained(house)
    deliver_once(house.product)
    [part] = parts(house, klage)
    assert contents(house, part) == [
        "Notat: Telefonsamtale", "Samtale med barnet", "Statusudtalelse", "Notat: Møde med skolen",
    ]  # fmt: skip
    everything = " ".join(blank.said)
    for word in ("Far ringer om samvær.", "Alma var der hele dagen.", "helst bo hos mormor"):
        assert word in everything
    assert SECRET not in everything
    index = blank.said[-1].replace("\u00a0", " ")
    assert "12. februar 2026: Notat: Telefonsamtale" in index
    assert "Låste dele" in index


def test_its_letter_names_what_is_left_out_by_kind_and_why(
    house: LetterHouse, blank: Blank
) -> None:
    filed(house, "Optagelse", date(2026, 2, 11), b"ID3", "audio/mpeg")
    talked(house, 12, "»Nej.«")
    letter = ordered(house, complained(house))
    deliver_once(house.product)
    said = house.kept(letter)
    assert said["klage.uden"].replace("\u00a0", " ") == "11. februar 2026: Optagelse (lydfil)"
    assert said["klage.laast"].replace("\u00a0", " ") == "12. februar 2026: Samtale med barnet"
    shown = next(one for one in blank.said if "Klage over afgørelse" in one)
    assert "kan ikke gøres til sider. De sendes for sig" in shown
    assert "låst del" in shown


def test_notes_nobody_wrote_are_a_page_together(house: LetterHouse, blank: Blank) -> None:
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        for day in (3, 4):
            journalkopi.add_note(
                work.connection, uuid4(), house.sag, title="Frist rettet", body=f"Nr. {day}.",
                occurred_at=datetime(2026, 2, day, tzinfo=UTC), author=KAREN, now=house.town.now,
                automatic=True,
            )  # fmt: skip
    klage = complained(house)
    deliver_once(house.product)
    assert contents(house, parts(house, klage)[0]) == [AUTOMATIC]
    [page] = [one for one in blank.said if "Nr. 3." in one]
    assert page.index("Nr. 4.") < page.index("Nr. 3.")


def test_a_talk_whose_record_lies_on_the_case_is_not_in_it_twice(house: LetterHouse) -> None:
    number = talked(house, 11, "»Jeg vil hjem.«")
    its = filed(house, "Referat", date(2026, 2, 11), pdf(1))
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        connection = work.connection
        sag, talk = sager.by_id(connection, house.sag), boernesamtaler.by_id(connection, number)
        assert sag is not None
        assert talk is not None
        letter = order_record(
            work, sag, talk, locked=SECRET, letters=house.product.letters,
            municipality=house.product.settings.municipality,
        )  # fmt: skip
        connection.execute(sa.delete(outbox))
        lies = sa.update(letters).where(letters.c.id == letter)
        connection.execute(lies.values(document_key=its.ref.key, state="journaliseret"))
    klage = complained(house)
    deliver_once(house.product)
    assert contents(house, parts(house, klage)[0]) == ["Referat"]
    assert left_out(house, klage) == [], "it was put on the case with what was locked"


def test_a_letter_says_to_whom_it_is(house: LetterHouse) -> None:
    for name in ("Sanne Testvad", "Viggo Testvad"):
        its = filed(house, "Afgørelse", date(2026, 3, 2), pdf(1))
        with house.product.store.write(actor=KAREN, now=house.town.now) as work:
            work.connection.execute(
                sa.insert(letters).values(
                    id=uuid4(), sag_id=house.sag, code="afgoerelse", state="journaliseret",
                    recipient=f"{name}\nTestvej 1", document_key=its.ref.key,
                    template_version="1", values="{}", author=KAREN, created_at=house.town.now,
                )
            )  # fmt: skip
    klage = complained(house)
    deliver_once(house.product)
    assert sorted(contents(house, parts(house, klage)[0])) == [
        "Afgørelse til Sanne Testvad", "Afgørelse til Viggo Testvad",
    ]  # fmt: skip
