"""Post as people send it, and as nobody should: mails, Word and PDF files made for tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

import docx
from pypdf import PdfReader, PdfWriter

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PROGRAM: Final = b"MZ\x90\x00" + b"\x00" * 60 + b"This program cannot be run in DOS mode."

Attachment = tuple[str, str, bytes]
"""Name, media type, content."""


def eml(
    text: str | None = "Vi underretter om Alma Testvad.",
    *,
    html: str | None = None,
    sender: str = "Prøvestrup Skole <skole@proevestrup-skole.example>",
    subject: str = "Underretning",
    message_id: str | None = "<1@proevestrup-skole.example>",
    date: str | None = "Mon, 02 Mar 2026 09:14:00 +0100",
    received: str | None = None,
    attachments: Sequence[Attachment] = (),
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return a mail."""
    message = EmailMessage()
    if received is not None:
        message["Received"] = f"from a by b; {received}"
    message["From"] = sender
    message["To"] = "underretning@proevestrup.example"
    message["Subject"] = subject
    if message_id is not None:
        message["Message-ID"] = message_id
    if date is not None:
        message["Date"] = date
    for name, value in (headers or {}).items():
        message[name] = value
    if text is not None:
        message.set_content(text)
    if html is not None:
        if text is None:
            message.set_content(html, subtype="html")
        else:
            message.add_alternative(html, subtype="html")
    for name, media_type, content in attachments:
        kind, _, detail = media_type.partition("/")
        message.add_attachment(content, maintype=kind, subtype=detail, filename=name)
    return message.as_bytes()


def forwarded(
    inner: bytes, *, text: str = "Se nedenfor.", subject: str = "VS: Underretning"
) -> bytes:
    """Return a mail with another mail inside it."""
    message = EmailMessage()
    message["From"] = "Borgerservice <borgerservice@proevestrup.example>"
    message["Subject"] = subject
    message["Message-ID"] = "<2@proevestrup.example>"
    message.set_content(text)
    message.add_attachment(message_from_bytes(inner, policy=policy.default))
    return message.as_bytes()


def word(*paragraphs: str, table: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a Word file."""
    document = docx.Document()
    rows = document.add_table(rows=len(table), cols=2) if table else None
    for number, row in enumerate(table):
        for column, text in enumerate(row):
            assert rows is not None
            rows.cell(number, column).text = text
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def pdf(*lines: str) -> bytes:
    """Return a PDF file of one page. Without lines it is a page without text, as a scan is."""
    drawn = b" ".join(
        b"1 0 0 1 72 %d Tm (%s) Tj" % (720 - 20 * n, line.encode("cp1252"))
        for n, line in enumerate(lines)
    )
    stream = b"BT /F1 12 Tf " + drawn + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )
    return bytes(out)


def locked_pdf(*lines: str, owner_only: bool = False) -> bytes:
    """Return a PDF file with a password, or one that opens without and may not be changed."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(*lines))))
    writer.encrypt("" if owner_only else "hemmeligt", owner_password="ejer", algorithm="RC4-128")
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


def bomb(megabytes: int = 400) -> bytes:
    """Return a Word file that becomes this large when it is unpacked."""
    honest = word("Hej")
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(honest)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name != "word/document.xml":
                target.writestr(name, source.read(name))
        with target.open("word/document.xml", "w") as written:
            for _ in range(megabytes):
                written.write(b"A" * 1024 * 1024)
    return packed.getvalue()


def macro_word() -> bytes:
    """Return a Word file that holds a program."""
    packed = io.BytesIO(word("Hej"))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return packed.getvalue()
