import io
import zipfile

import pytest

from dubu_plugin.documents.letter import Letter
from dubu_plugin.documents.lint import lint

from .conftest import Edited


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ modtager.navn }}", "{{ modtager.nvan }}", "Nærmeste: modtager.navn"),
        ("{{ modtager.navn }}", "{{ sag.nummer }}", "er ikke nævnt i letters.toml"),
        (
            "{{ brev.dato }}",
            "i dag",
            "brev.dato er nævnt i letters.toml, men brevet bruger det ikke",
        ),
        ('<w:tag w:val="brev.dato"/>', "", "skal vise ét felt"),
        ('<w:alias w:val="Brevets dato"/>', "", "mangler en titel"),
        ("{{ brev.dato }}", "{{ brev.dato", "ikke skrevet rigtigt"),
        ("brev.dato", "modtager.adresse", "skal stå alene i sit afsnit"),
        ("<dc:title>", "<dc:creator>Yusuf Prøvedal</dc:creator><dc:title>", "nævner en person"),
        ('w:lang w:val="da-DK"', 'w:lang w:val="en-US"', "sprog er ikke dansk"),
        ('w:pStyle w:val="Heading1"', 'w:pStyle w:val="Modtager"', "én Overskrift 1"),
        ('w:pStyle w:val="Heading2"', 'w:pStyle w:val="Heading1"', "én Overskrift 1"),
        ("</w:body>", "<w:p><w:ins/></w:p></w:body>", "sporede ændringer"),
        (
            "</w:body>",
            "<w:p><w:r><w:t>{{ modtager.navn }}</w:t></w:r></w:p></w:body>",
            "modtager.navn står ikke i et indholdskontrolelement",
        ),
    ],
)
def test_what_is_wrong_is_said(
    kvittering: Letter, edited: Edited, old: str, new: str, said: str
) -> None:
    assert any(said in sentence for sentence in lint(edited(kvittering, old, new)))


def test_a_picture_without_a_description_is_found(kvittering: Letter, edited: Edited) -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    picture = f'<w:p><w:r><wp:docPr xmlns:wp="{space}" id="1" name="Logo"/></w:r></w:p></w:body>'
    assert any(
        "alternativ tekst" in said for said in lint(edited(kvittering, "</w:body>", picture))
    )


def test_comments_and_macros_are_found(kvittering: Letter) -> None:
    for hidden in ("word/comments.xml", "word/vbaProject.bin"):
        file = io.BytesIO(kvittering.docx)
        with zipfile.ZipFile(file, "a") as package:
            package.writestr(hidden, "<x/>")
        letter = Letter(kvittering.code, kvittering.row, file.getvalue(), kvittering.fields)
        assert any("skjulte dele" in said for said in lint(letter))


def test_a_file_that_is_not_a_word_file_gets_a_sentence(kvittering: Letter) -> None:
    for content in (b"", b"%PDF-1.7", zipped({"x.txt": "x"}), zipped({"word/document.xml": "<x"})):
        letter = Letter(kvittering.code, kvittering.row, content, kvittering.fields)
        assert lint(letter) == ["Filen er ikke en Word-fil (.docx)."]


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()
