"""Nobody real stands in this repository: no CPR number in it could belong to a living person."""

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pypdf
import pytest
import stdnum.dk.cpr
from stdnum.exceptions import InvalidComponent

pytestmark = pytest.mark.checkout

CPR = re.compile(r"(?<![\w-])\d{6}[- ]?\d{4}(?![\w-])")
LOCKS = {"package-lock.json", "dev.lock", "node.lock"}


def texts(name: str, content: bytes) -> Iterator[str]:
    """Yield the text of a file, and of the files inside it."""
    suffix = Path(name).suffix.lower()
    if suffix == ".eml":
        message = email.message_from_bytes(
            content, _class=EmailMessage, policy=email.policy.default
        )
        for part in message.walk():
            inner = part.get_payload(decode=True)
            if isinstance(inner, bytes):
                yield from texts(part.get_filename() or "", inner)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for item in archive.namelist():
                if item.endswith((".xml", ".rels")):
                    xml = archive.read(item).decode("utf-8", "replace")
                    yield re.sub(r"<[^>]*>", "", xml)
    elif content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        if not reader.is_encrypted:
            yield from (page.extract_text() for page in reader.pages)
    elif b"\0" not in content:
        yield content.decode("utf-8", "replace")


def might_be_real(number: str) -> bool:
    """Return whether a number is a date with a matching check digit, or a first of January.

    Those born on 1 January are left out too: numbers of that day were given to people whose
    birthday nobody knew, and many of them fail the check.
    """
    digits = stdnum.dk.cpr.compact(number)
    try:
        stdnum.dk.cpr.get_birth_date(digits)
    except InvalidComponent:
        return False
    return stdnum.dk.cpr.checksum(digits) == 0 or digits.startswith("0101")


@pytest.mark.parametrize(
    ("number", "real"),
    [("070761-428" + "5", True), ("070761-4286", False), ("0101" + "901239", True)],
)
def test_a_number_that_might_be_real_is_seen(number: str, real: bool) -> None:
    assert might_be_real(number) is real


def test_no_number_could_be_a_living_persons(root: Path, tracked: list[Path]) -> None:
    found = [
        f"{file.relative_to(root)}: {number[:6]}-••••"
        for file in tracked
        if file.name not in LOCKS
        for text in texts(file.name, file.read_bytes())
        for number in CPR.findall(text)
        if might_be_real(number)
    ]
    assert found == [], "use a number that fails modulus 11 and is not born on 1 January"


def test_an_envelope_is_made_in_one_place_which_knows_who_is_protected(
    root: Path, tracked: list[Path]
) -> None:
    makers = {
        str(file.relative_to(root))
        for file in tracked
        if file.suffix == ".py" and file.is_relative_to(root / "dubu_plugin")
        if re.search(r"\bAddressee\(", file.read_text(encoding="utf-8"))
    }
    assert makers == {"dubu_plugin/usecases/dokument/addressed.py"}
