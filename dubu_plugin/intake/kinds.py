"""What a file is: by its first bytes before its name, because a name is only a claim."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final


class Kind(StrEnum):
    """What we do with a file."""

    MAIL = "mail"
    WORD = "word"
    PDF = "pdf"
    TEXT = "tekst"
    HTML = "html"
    KEPT = "gemmes"
    """A document, picture or recording that a person can open and we do not read."""
    MACRO = "makro"
    """An Office file that may run a program. Kept, never opened."""
    LOCKED = "laast"
    """An Office file with a password."""
    DANGEROUS = "farlig"
    """A program or a script."""
    OTHER = "andet"
    """Anything else, archives included."""


READ: Final = frozenset({Kind.MAIL, Kind.WORD, Kind.PDF, Kind.TEXT, Kind.HTML})
TAKEN_ALONE: Final = READ | {Kind.KEPT, Kind.MACRO, Kind.LOCKED}
"""What is taken in when it comes as one file and not in a mail."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PROGRAMS: Final = _words(
    "apk app application appref-ms appx bat bin chm cmd com cpl dll dmg exe gadget hlp hta img inf "
    "ins iqy iso jar jnlp js jse library-ms lnk msc msi msp pif ps1 ps2 py pyw reg scf scr "
    "search-ms searchconnector-ms settingcontent-ms sh slk sys url vb vbe vbs vhd vhdx ws wsc wsf "
    "wsh xll"
)
MACROS: Final = _words("docm dotm xlsm xltm xlam pptm potm ppam ppsm sldm xlsb")
KEPT: Final = _words(
    "doc dot odt rtf pages msg xls xlsx ods csv ppt pptx odp "
    "jpg jpeg png gif tif tiff bmp heic heif webp svg mp3 m4a wav ogg mp4 mov avi 3gp "
    "p7s p7m asc ics vcf dat xml json"
)
OFFICE_TYPES: Final = {
    "application/pdf": Kind.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind.WORD,
    "message/rfc822": Kind.MAIL,
    "text/html": Kind.HTML,
    "text/plain": Kind.TEXT,
}

_CLAIMS: Final = {"docx": Kind.WORD, "pdf": Kind.PDF, "eml": Kind.MAIL, "txt": Kind.TEXT}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAM_STARTS: Final = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a Windows shortcut
    b"#!/",
)
_PICTURE_STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")
_HEADER: Final = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]*:[ \t])")
_ENOUGH: Final = 4096


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters, as the computer that opens it sees it:
    Windows drops blanks and full stops after it."""
    return PurePosixPath(name.lower().rstrip(" .\t\u00a0")).suffix.lstrip(".")


def kind_of(content: bytes, name: str, media_type: str = "") -> Kind:
    """Return what a file is. Looks at the start, and into the list of names of a zip archive."""
    head = content[:_ENOUGH]
    ending = ending_of(name)
    if _is_program(head) or ending in PROGRAMS:
        return Kind.DANGEROUS
    if ending in MACROS:
        return Kind.MACRO
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _archive(content, ending)
    if head.startswith(_OLE):
        return Kind.LOCKED if ending in {"docx", "xlsx", "pptx"} else Kind.KEPT
    if head.startswith(_PICTURE_STARTS):
        return Kind.KEPT
    return _by_claim(head, ending, media_type.lower())


def is_disguised(kind: Kind, name: str) -> bool:
    """Tell whether it is a program called a letter: whoever sent it may have believed so too."""
    ending = ending_of(name)
    return kind is Kind.DANGEROUS and ending in {*_CLAIMS, "htm", "html"}


def _is_program(head: bytes) -> bool:
    windows = head.startswith(b"MZ") and b"\x00" in head[:256]
    return windows or head.startswith(_PROGRAM_STARTS)


def _by_claim(head: bytes, ending: str, media_type: str) -> Kind:
    if ending in _CLAIMS:
        return _CLAIMS[ending]
    if ending in {"htm", "html"}:
        return Kind.HTML
    if ending in KEPT:
        return Kind.KEPT
    if media_type in OFFICE_TYPES:
        return OFFICE_TYPES[media_type]
    if media_type.startswith(("image/", "audio/", "video/")):
        return Kind.KEPT
    if not ending and _HEADER.match(head):
        return Kind.MAIL
    return Kind.OTHER


def names_in(content: bytes) -> frozenset[str] | None:
    """Return the names in a zip archive, in small letters, or None where its list cannot be read.

    The list alone is read: nothing is unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(info.filename.lower() for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return None  # broken, or of a kind the library does not know: whoever asks says what then


def _archive(content: bytes, ending: str) -> Kind:
    """Tell what a zip archive is, from its list of names alone."""
    names = names_in(content)
    if names is None:
        return Kind.WORD if ending == "docx" else Kind.OTHER
    if any(name.endswith("vbaproject.bin") for name in names):
        return Kind.MACRO
    if "word/document.xml" in names or ending == "docx":
        return Kind.WORD
    return Kind.KEPT if ending in KEPT else Kind.OTHER
