"""Bytes to text that is safe to keep, show and print, whatever the sender claimed about it."""

import codecs
import re
import unicodedata
from pathlib import PureWindowsPath
from typing import Final

LONGEST_NAME: Final = 120
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Claims that say no more than "not many letters": what the bytes show outranks them.
_WEAK: Final = re.compile(r"ascii|8859-?15?$|cp?1252|windows-1252|utf-?8|unknown|latin-?1$")
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Invisible characters can turn a file name around, hide words, and break XML. The joiner that
# emoji are put together with stays.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# Bytes no text has in any alphabet; tabs, line ends and the escapes of old Asian charsets it may.
_UNWRITTEN: Final = bytes(sorted({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B}))
_GAPS: Final = re.compile(r"\n{4,}")


def decoded(content: bytes, claimed: str | None = None) -> tuple[str, bool]:
    """Return the text, and whether some of it may be wrong.

    A Danish text that is valid UTF-8 and not plain ASCII is UTF-8, whatever the mail claims. Else
    the claim is tried, and last Windows-1252, which has a letter for nearly every byte.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return clean(content[len(bom) :].decode(name, "replace")), False
    if guess := _utf16_without_mark(content):
        return clean(content.decode(guess, "replace")), False
    claim = (claimed or "").strip().lower()
    if claim and not _WEAK.search(claim):
        try:
            return clean(content.decode(claim)), False
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    try:
        return clean(content.decode("utf-8")), False
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        return clean(text), REPLACEMENT in text or _looks_wrong(claim)


def is_noise(content: bytes) -> bool:
    """Tell whether bytes are no text in any alphabet: more than a few that nobody writes."""
    sample = content[:65_536]
    if content.startswith(tuple(bom for bom, _name in _BOMS)) or _utf16_without_mark(content):
        return False
    return len(sample) - len(sample.translate(None, _UNWRITTEN)) > len(sample) // 50


def clean(text: str) -> str:
    """Return the text without characters that control, hide or reorder; line ends are ``\\n``."""
    unified = _LINE_ENDS.sub("\n", text).replace("\N{NO-BREAK SPACE}", " ")
    return unicodedata.normalize("NFC", _HIDDEN.sub("", unified))


def tidy(text: str) -> str:
    """Return the text without trailing blanks and long gaps."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _GAPS.sub("\n\n\n", lines).strip()


def one_line(text: str, longest: int) -> str:
    """Return the text on one line, cut to a length, for a heading or a name."""
    line = " ".join(clean(text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def safe_name(name: str, otherwise: str = "fil") -> str:
    """Return the last part of a file name, without what could make it a path or hide it."""
    last = PureWindowsPath(one_line(name, 1000).replace("/", "\\")).name.strip(". ")
    last = re.sub(r'[<>:"|?*]', "_", last)
    if not last:
        return otherwise
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending) > 10:
        return last[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _utf16_without_mark(content: bytes) -> str | None:
    """Return the byte order of UTF-16 sent without its mark: every second byte is then zero."""
    sample = content[:512]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _looks_wrong(claim: str) -> bool:
    """Tell whether a claim of UTF-8 or ASCII was not true, so that the letters are guessed."""
    return "utf" in claim or "ascii" in claim
