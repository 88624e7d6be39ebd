"""What is no program and runs one is kept, and nobody is led to open it."""

import io
import zipfile
from email.message import EmailMessage

import pytest

from dubu_plugin.domain.intake import FileState, Remark
from dubu_plugin.intake.content import Content, Limits
from dubu_plugin.intake.read import read
from dubu_plugin.testing import made_post


def packed(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return content.getvalue()


SCRIPT = b"<html><body><p>Hej</p><script>alert(1)</script></body></html>"
ACTIVE = [
    ("billeder.zip", packed("ferie.jpg", "faktura.exe")),
    ("alt.zip", packed("inde.zip")),
    ("brud.zip", b"PK\x03\x04 og saa ikke mere"),
    ("brev.html", SCRIPT),
    ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ("side.xhtml", SCRIPT),
    ("side.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nHej"),
    ("side.xhtml .", SCRIPT),
    ("noter.one", b"\xe4\x52\x5c\x7b hej"),
    ("brev.rtf", rb"{\rtf1 Hej {\object\objemb{\*\objdata 0105}}}"),
]
QUIET = [
    ("billeder.zip", packed("ferie.jpg", "brev.docx")),
    ("brev.html", b"<html><body><p>Hej fra skolen</p></body></html>"),
    ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'),
    ("brev.rtf", rb"{\rtf1 Hej}"),
]


def in_a_mail(name: str, content: bytes) -> Content:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "skolen@proevestrup.example", "Bekymring"
    letter.set_content("Se den vedhæftede.")
    letter.add_attachment(content, "application", "octet-stream", filename=name)
    return read(letter.as_bytes(), "brev.eml")


@pytest.mark.parametrize(("name", "content"), ACTIVE, ids=[name for name, _ in ACTIVE])
def test_what_runs_something_is_for_a_person_with_a_warning(name: str, content: bytes) -> None:
    found = in_a_mail(name, content)
    assert [one.state for one in found.files] == [FileState.DANGEROUS]
    assert Remark.DANGEROUS in found.remarks


@pytest.mark.parametrize(("name", "content"), QUIET, ids=[name for name, _ in QUIET])
def test_what_runs_nothing_is_opened_as_before(name: str, content: bytes) -> None:
    found = in_a_mail(name, content)
    assert FileState.DANGEROUS not in [one.state for one in found.files]


def test_the_words_of_a_page_with_a_script_are_still_read() -> None:
    assert "Hej" in in_a_mail("brev.html", SCRIPT).text


def test_a_mail_nobody_has_looked_into_is_for_a_person() -> None:
    inner = EmailMessage()
    inner["Subject"] = "Inderst"
    inner.set_content("Hej")
    inner.add_attachment(made_post.PROGRAM, "application", "octet-stream", filename="x.exe")
    for number in range(Limits().deepest_mail + 1):
        outer = EmailMessage()
        outer["Subject"] = f"Videresendt {number}"
        outer.set_content("Se nedenfor.")
        outer.add_attachment(inner)
        inner = outer
    found = read(inner.as_bytes(), "brev.eml")
    assert [one.state for one in found.files] == [FileState.DANGEROUS]
    assert Remark.DANGEROUS in found.remarks
