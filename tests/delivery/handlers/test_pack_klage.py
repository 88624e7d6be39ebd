"""The file of a case goes to Ankestyrelsen as one PDF: an index first, then the newest first."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from pypdf import PdfReader, PdfWriter

from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.documents import reading
from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.ports.journal_objects import Direction, DocumentMeta, NewFile, Op
from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.klager import Del, KlageState
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import outbox
from dubu_plugin.store.tables import sager as cases
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import LetterHouse, build_letter_house

PDF = "application/pdf"
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


def filed(house: LetterHouse, title: str, day: date, content: bytes, kind: str = PDF) -> None:
    meta = DocumentMeta(title, Direction.IN, day, uuid4().hex)
    file = NewFile(f"{title}.x", kind, io.BytesIO(content))
    house.journal.file_document(house.case, meta, [file], Op(uuid4(), "test"))


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
