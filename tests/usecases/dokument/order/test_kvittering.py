"""The kvittering, and above all what is not in it."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from dubu_plugin.documents.fill import render
from dubu_plugin.documents.pdf import LibreOffice
from dubu_plugin.domain import danish
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.tables import (
    haendelser,
    letters,
    personer,
    post_items,
    sager,
    underretninger,
)
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.letter_house import LetterHouse
from dubu_plugin.usecases.dokument.notifier import notifier
from dubu_plugin.usecases.dokument.order.kvittering import order_kvittering, preview_kvittering


def order(house: LetterHouse, underretning: UUID) -> UUID | None:
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        return order_kvittering(
            work,
            underretning,
            letters=house.product.letters,
            municipality=house.product.settings.municipality,
            author=KAREN,
        )


def values(house: LetterHouse, underretning: UUID) -> dict[str, str | bool]:
    letter = order(house, underretning)
    assert letter is not None
    kept: dict[str, str | bool] = json.loads(house.letter(letter).values)
    return kept


def plain(value: object) -> str:
    """Return a text with ordinary spaces in it."""
    return str(value).replace(danish.NO_BREAK, " ")


def preview(house: LetterHouse, underretning: UUID, professional: bool | None = None) -> str | None:
    with house.product.store.read() as connection:
        return preview_kvittering(
            connection,
            underretning,
            letters=house.product.letters,
            municipality=house.product.settings.municipality,
            author=KAREN,
            now=house.town.now,
            professional=professional,
        )


# -- privacy -----------------------------------------------------------------------------------

SECRET_COLUMNS = {
    personer: ("name", "cpr", "address", "phone", "email"),
    sager: ("title", "number", "host_key"),
    underretninger: ("text", "notifier_relation"),
    post_items: ("subject", "filename"),
}


def secrets(house: LetterHouse) -> Iterator[str]:
    """Yield every word stored about the case that a stranger could know somebody by."""
    for table, columns in SECRET_COLUMNS.items():
        for row in house.rows(table):
            for column in columns:
                words = re.findall(r"[\w.@-]{3,}", str(getattr(row, column) or ""))
                known = (word for word in words if not word.islower() or "@" in word)
                yield from (word for word in known if word not in ORDINARY)


ORDINARY = {"CPR", "Mor", "Underretning", "Klasselærer", "Bekymring"}


@pytest.fixture
def full_of_names(house: LetterHouse) -> UUID:
    """Return an underretning on a case where everything that can hold a name holds one."""
    house.town.insert(
        personer, id=UUID(int=7), name="Sanne Testmor", cpr="2303881990", born=date(1988, 3, 23),
        address="Skjultvej 9, 9999 Prøvestrup", phone="11223344", email="sanne@hemmelig.example",
        protected_address=True, seen_at=house.town.now,
    )  # fmt: skip
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        work.connection.execute(sa.update(sager).values(title="Testvad Alma Skjultsag"))
    underretning = house.underretning(
        concerns=["3", "18"], attachments=[("Alma Testvad 031216-4990.pdf", "application/pdf",
                                            b"x", "laest")],
    )  # fmt: skip
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        work.connection.execute(
            sa.update(underretninger).values(notifier_relation="Klasselærer for Skjultalma")
        )
        work.connection.execute(sa.update(post_items).values(subject="Bekymring Almaskjult"))
    return underretning


@pytest.mark.parametrize("professional", [True, False])
def test_paragraf_138_it_says_nothing_of_whom_the_underretning_is_about(
    house: LetterHouse, full_of_names: UUID, professional: bool
) -> None:
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        work.connection.execute(sa.update(underretninger).values(professional=professional))
    letter = house.product.letters["kvittering"]
    docx = render(letter, values(house, full_of_names))
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        everything = " ".join(
            [*package.namelist(), *(package.read(n).decode() for n in package.namelist())]
        )
    [pdf] = LibreOffice().to_pdf([docx])
    reader = PdfReader(io.BytesIO(pdf))
    everything += " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    properties: Any = reader.root_object["/Metadata"]
    everything += properties.get_data().decode()
    everything += pdf.decode("latin-1")
    everything += letter.filename("pdf") + letter.row.journal_title + letter.row.journal_note
    everything += f"{letter.row.subject} {letter.row.covering}"

    told = {word for word in secrets(house) if word in everything}
    assert len(set(secrets(house))) > 15
    assert told <= {"9999", "Prøvestrup"}, "only the municipality's own town may stand there"
    for concern in ("fravær", "Overgreb", "omsorg"):
        assert concern not in everything


def test_the_message_it_is_sent_in_has_no_field(house: LetterHouse) -> None:
    for letter in house.product.letters:
        row = letter.row
        assert "{" not in f"{row.subject}{row.covering}{row.journal_note}{row.journal_title}"


def test_nothing_personal_stands_in_the_haendelser(house: LetterHouse) -> None:
    order(house, house.underretning(anonymous=True))
    data = " ".join(row.data for row in house.rows(haendelser))
    assert "Alma" not in data
    assert "Tove" not in data


# -- what it says ------------------------------------------------------------------------------


def test_it_says_when_the_underretning_came_in_danish_time(house: LetterHouse) -> None:
    said = values(house, house.underretning())["underretning.modtaget"]
    assert plain(said) == "mandag 2. marts 2026 kl. 09.14"


def test_a_professional_is_promised_more_and_others_are_told_why_not(
    house: LetterHouse,
) -> None:
    underretning = house.underretning()
    for professional, said, not_said in (
        (True, "§\xa0138, stk.\xa02", "kan vi ikke fortælle dig"),
        (False, "kan vi ikke fortælle dig", "§\xa0138, stk.\xa02"),
    ):
        shown = preview(house, underretning, professional) or ""
        assert said in shown
        assert not_said not in shown
        assert "tavshedspligt" in shown


def test_the_preview_is_the_letter(house: LetterHouse) -> None:
    underretning = house.underretning()
    shown = preview(house, underretning)
    letter = house.product.letters["kvittering"]
    assert shown == house.product.letters.preview("kvittering", values(house, underretning))
    assert letter.title not in str(shown)  # the document's own title, not a heading in it
    assert "Vi har modtaget din underretning" in str(shown)


def test_the_units_telephones_are_given(house: LetterHouse) -> None:
    given = values(house, house.underretning(unit="modtagelse"))
    assert plain(given["enhed.telefon"]) == "99 99 99 01"
    assert plain(given["enhed.akuttelefon"]) == "99 99 99 11"


def test_a_unit_without_telephones_gives_the_municipalitys(house: LetterHouse) -> None:
    given = values(house, house.underretning(unit="nord"))
    assert given["enhed.navn"] == "Familieafdeling Nord"
    assert plain(given["enhed.telefon"]) == house.product.settings.municipality.phone


def test_a_child_who_wrote_is_answered_as_a_child(house: LetterHouse) -> None:
    shown = preview(house, house.underretning(underretter="12", pligt="135", organisation=None))
    assert "BørneTelefonen på 116 111" in plain(shown)
    assert "<h3>Vi har fået din besked</h3>" in plain(shown)
    assert "tavshedspligt" not in plain(shown)
    assert "underretning" not in plain(shown)


@pytest.mark.parametrize(
    ("address", "sender", "electronic", "lines"),
    [
        # whoever it tells of may open what comes there: the adviser hands it over
        ("Testparken 14, 2. th, 9999 Prøvestrup", None, None, "Overleveres af rådgiveren"),
        (None, None, None, "Overleveres af rådgiveren"),
        (None, "mig@prove.example", "mig@prove.example", ""),
    ],
)
def test_a_child_who_called_gets_no_letter_at_home(
    house: LetterHouse, address: str | None, sender: str | None, electronic: str | None, lines: str
) -> None:
    number = house.underretning(underretter="12", name="Noah Testlund", organisation=None)
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        work.connection.execute(sa.update(underretninger).values(notifier_address=address))
        work.connection.execute(sa.update(post_items).values(sender=sender))
    with house.product.store.read() as connection:
        to = notifier(connection, number).addressee
    assert to.electronic == electronic
    assert to.envelope == "\n".join(filter(None, ("Noah Testlund", lines)))


# -- to whom -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "sender", "electronic", "lines"),
    [
        ("skole@prove.example", "x@y.example", "skole@prove.example", "Prøveskolen"),
        ("Testvej 7, 2. tv., 9999 Prøvestrup", "x@y.example", None,
         "Prøveskolen\nTestvej 7, 2. tv.\n9999 Prøvestrup"),
        (None, "Tove Demosen <tove@prove.example>", "tove@prove.example", "Prøveskolen"),
        (None, None, None, "Prøveskolen"),
    ],
)  # fmt: skip
def test_the_address_is_the_registered_one_else_the_mails(
    house: LetterHouse, address: str | None, sender: str | None, electronic: str | None, lines: str
) -> None:
    underretning = house.underretning(name="Tove Demosen", organisation="Prøveskolen")
    with house.product.store.write(actor=KAREN, now=house.town.now) as work:
        work.connection.execute(sa.update(underretninger).values(notifier_address=address))
        work.connection.execute(sa.update(post_items).values(sender=sender))
    letter = order(house, underretning)
    assert letter is not None
    row = house.letter(letter)
    assert row.address == electronic
    assert row.recipient == f"Tove Demosen\n{lines}"
    assert json.loads(row.values)["modtager.adresse"] == lines


def test_a_notifier_without_a_name_is_greeted_by_what_they_are(house: LetterHouse) -> None:
    assert values(house, house.underretning(name=None))["modtager.navn"] == "Prøvestrup Skole"
    nobody = house.underretning(name=None, organisation=None)
    assert values(house, nobody)["modtager.navn"] == "underretter"


def test_an_anonymous_notifier_gets_none_and_that_is_recorded(house: LetterHouse) -> None:
    underretning = house.underretning(anonymous=True, name=None, organisation=None)
    assert order(house, underretning) is None
    assert preview(house, underretning) is None
    assert house.rows(letters) == []
    assert Haendelse.KVITTERING_UDELADT in [row.type for row in house.rows(haendelser)]
