"""The file of a case goes to Ankestyrelsen as one PDF: an index first, then the newest first."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.store.afgoerelse.klager import KlageState
from dubu_plugin.store.tables import klager, letters, outbox
from dubu_plugin.store.tables import sager as cases
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import LetterHouse, build_letter_house

from .packing import (
    MAIL,
    PDF,
    WORD,
    Blank,
    as_mail,
    complained,
    contents,
    filed,
    filed_as,
    left_out,
    parts,
    pdf,
)


@pytest.fixture
def blank() -> Blank:
    return Blank()


@pytest.fixture
def house(tmp_path: Path, blank: Blank) -> Iterator[LetterHouse]:
    built = build_letter_house(tmp_path, converter=blank)
    yield built
    built.product.store.close()


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
    assert [row.state for row in house.rows(outbox) if row.kind == "pack_klage"] != ["udfoert"]


def test_rsl_66_the_file_is_not_put_together_for_what_is_taken_back(house: LetterHouse) -> None:
    filed(house, "Statusudtalelse", date(2026, 2, 10), pdf(3))
    klage = complained(house)
    with house.product.store.write(actor="system", now=house.town.now) as work:
        work.connection.execute(sa.update(klager).values(state=KlageState.TRUKKET))
    deliver_once(house.product)
    assert parts(house, klage) == []
    assert [row.state for row in house.rows(outbox) if row.kind == "pack_klage"] == ["udfoert"]


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


def test_a_letter_says_to_whom_it_is_and_whether_they_got_it(house: LetterHouse) -> None:
    names = {
        "Sanne Testvad": "journaliseret",
        "Viggo Testvad": "udgaaet",
        "Mads Prøve": "ikke_naaet",
    }
    for name, state in names.items():
        its = filed(house, "Afgørelse", date(2026, 3, 2), pdf(1))
        with house.product.store.write(actor=KAREN, now=house.town.now) as work:
            work.connection.execute(
                sa.insert(letters).values(
                    id=uuid4(), sag_id=house.sag, code="afgoerelse", state=state,
                    recipient=f"{name}\nTestvej 1", document_key=its.ref.key,
                    template_version="1", values="{}", author=KAREN, created_at=house.town.now,
                )
            )  # fmt: skip
    klage = complained(house)
    deliver_once(house.product)
    assert sorted(contents(house, parts(house, klage)[0])) == [
        "Brev til Mads Prøve (kom ikke frem): Afgørelse",
        "Brev til Sanne Testvad: Afgørelse",
        "Brev til Viggo Testvad (ikke sendt): Afgørelse",
    ]
