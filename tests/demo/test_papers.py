"""Every letter of Alma's case as the pages it is printed on: nothing is lost, no page is idle."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from dubu_plugin.documents.pdf import LibreOffice
from dubu_plugin.documents.whole import lost
from dubu_plugin.store.tables import letters

from .stage import staged

AFTER_TWO_FOLLOW_UPS = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
FOOT = "Side "
"""How the last line of every page ends, with its number."""
IDLE = 4
"""Fewer lines than these, beside head and foot, are no page of their own."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[list[str]]]:
    """The lines of each page of each letter, without head and foot; no word of any is lost."""
    stage = staged(tmp_path_factory.mktemp("papers"))
    stage.told(AFTER_TWO_FOLLOW_UPS)
    stage.reception.town.now = AFTER_TWO_FOLLOW_UPS
    stage.reception.deliver()
    shelf = stage.reception.product.letters
    names: list[str] = []
    documents: list[bytes] = []
    with stage.reception.product.store.read() as connection:
        rows = connection.execute(sa.select(letters).order_by(letters.c.created_at)).all()
    for row in rows:
        letter = shelf[row.code]
        late = dict.fromkeys(letter.late, "27.24.00-G01-42-26")
        names.append(f"{row.code} {len(names)}")
        documents.append(shelf.render(letter, {**late, **json.loads(row.values)}))
    stage.reception.product.store.close()
    made = LibreOffice().to_pdf(documents)
    assert [
        name for name, word, pdf in zip(names, documents, made, strict=True) if lost(word, pdf)
    ] == []
    return {
        name: [_lines(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]
        for name, pdf in zip(names, made, strict=True)
    }


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [
        line for line in lines if not line.startswith("Prøvestrup Kommune") and FOOT not in line
    ]


def test_the_whole_case_is_on_paper(pages: Mapping[str, Sequence[list[str]]]) -> None:
    codes = {name.partition(" ")[0] for name in pages}
    assert codes >= {
        "kvittering", "vurdering", "screening", "boernefaglig_undersoegelse", "partshoering",
        "afgoerelse", "barnets_plan", "min_plan", "plan_brev", "opfoelgning",
    }  # fmt: skip


def test_no_page_is_idle_and_none_holds_the_signature_alone(
    pages: Mapping[str, Sequence[list[str]]],
) -> None:
    assert [
        f"{name}, page {number}"
        for name, its in pages.items()
        for number, page in enumerate(its, 1)
        if len([line for line in page if line != "Modtagelsen"]) < IDLE
        or page[0].startswith("Venlig hilsen")
    ] == []


def test_nothing_of_the_making_is_left_on_a_page(
    pages: Mapping[str, Sequence[list[str]]],
) -> None:
    """No field's own name, no bracket and no nothing in English."""
    text = "\n".join(line for its in pages.values() for page in its for line in page)
    assert [sign for sign in ("{{", "}}", "{%", "None", "True", "False", "‹") if sign in text] == []
