"""Make the demo's post out of demo_post.toml: e-mails as they arrive, with real attachments.

    python build_tools/demo_post.py

What the demo reads is the result, in dubu_plugin/demo/post/, so this is run only when a text is
changed. Word files are made by python-docx and printed by LibreOffice, as their senders would.
"""

import io
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, Message
from email.policy import SMTP
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import docx
import pypdf

TEXTS = Path(__file__).with_suffix(".toml")
POST = Path(__file__).resolve().parents[1] / "dubu_plugin" / "demo" / "post"
DANISH_TIME = ZoneInfo("Europe/Copenhagen")
OUR_ADDRESS = "underretning@proevestrup.example"
WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
PDF = ("application", "pdf")
LAID_DOWN = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""The time written into files that would otherwise differ each time they are made."""


def mail(given: dict[str, Any]) -> EmailMessage:
    """Return a mail with the headers two mail servers put on it."""
    message = EmailMessage(policy=SMTP)
    sent = given["sent"].replace(tzinfo=DANISH_TIME)
    to, number, machine = given.get("to", OUR_ADDRESS), given["id"], given["machine"]
    message["Return-Path"] = f"<{given['address']}>"
    message["Received"] = (
        f"from {machine} ({machine} [192.0.2.17]) by mx.proevestrup.example with ESMTPS"
        f" id {number}A for <{to}>; {format_datetime(sent + timedelta(seconds=4))}"
    )
    message["Received"] = (
        f"from [198.51.100.8] by {machine} with ESMTPSA id {number}; {format_datetime(sent)}"
    )
    message["From"] = f'"{given["name"]}" <{given["address"]}>'
    message["To"] = to
    message["Subject"] = given["subject"]
    message["Date"] = sent
    message["Message-ID"] = f"<{number}@{machine}>"
    message["Content-Language"] = "da-DK"
    for name, value in given.get("headers", {}).items():
        message[name] = value
    write_text(message, given)
    if "attachment" in given:
        attach(message, given["attachment"])
    if "forwarded" in given:
        inner = given["forwarded"]
        message.add_attachment(mail(inner), filename=f"{inner['file']}.eml")
    return message


def write_text(message: EmailMessage, given: dict[str, Any]) -> None:
    """Give a mail its text, in the ways its sender's program writes it."""
    text, kind = given["text"].strip(), given["kind"]
    if kind == "html":
        message.set_content(html(text), subtype="html", cte="quoted-printable")
        return
    charset = given.get("charset", "utf-8")
    message.set_content(text + "\n", charset=charset, cte="quoted-printable")
    if kind == "both":
        message.add_alternative(html(text), subtype="html", cte="quoted-printable")


def html(text: str) -> str:
    """Return the HTML an ordinary mail program writes."""
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        "<style>p{font-family:Calibri,sans-serif;font-size:11pt}</style></head>"
        f"<body>{inner}</body></html>"
    )


def attach(message: EmailMessage, given: dict[str, Any]) -> None:
    """Attach a form, in Word or printed."""
    form, name = word(given), given["filename"]
    if name.endswith(".docx"):
        message.add_attachment(form, *WORD, filename=name)
        return
    printed = pdf(form)
    if "password" in given:
        printed = locked(printed, given["password"])
    message.add_attachment(printed, *PDF, filename=name)


def word(given: dict[str, Any]) -> bytes:
    """Return a Word document with a heading, a table of fields and a text."""
    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.created, properties.modified = "Demo", LAID_DOWN, LAID_DOWN
    document.add_heading(given["heading"], level=1)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in given["fields"]:
        row = table.add_row().cells
        row[0].text, row[1].text = name, value
    for paragraph in ("", given["text"], given["ending"]):
        document.add_paragraph(paragraph)
    written = io.BytesIO()
    document.save(written)
    return without_clock(written.getvalue())


def without_clock(archive: bytes) -> bytes:
    """Return a zip file whose members all carry the same time."""
    again = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, LAID_DOWN.timetuple()[:6])
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()


def pdf(document: bytes) -> bytes:
    """Return a Word document as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "underretning.docx"
        source.write_bytes(document)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        printing = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*printing, str(source)], check=True, capture_output=True, timeout=120)
        return source.with_suffix(".pdf").read_bytes()


def locked(plain: bytes, password: str) -> bytes:
    """Return a PDF that opens with the password only."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(plain))
    writer.encrypt(password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def settle(message: Message, name: str) -> None:
    """Give the parts boundaries that do not change from one making to the next."""
    number = count(1)
    for part in message.walk():
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_{name}_{next(number)}")


def main() -> None:
    """Write every mail."""
    POST.mkdir(parents=True, exist_ok=True)
    for given in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["mail"]:
        message = mail(given)
        settle(message, given["file"])
        (POST / f"{given['file']}.eml").write_bytes(message.as_bytes())
        print(f"{given['file']}.eml", file=sys.stderr)


if __name__ == "__main__":
    main()
