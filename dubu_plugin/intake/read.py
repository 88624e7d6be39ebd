"""The way in: read one item, whatever it is, without trusting any of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dubu_plugin.domain.intake import FileState, NotTaken, Remark
from dubu_plugin.intake import mail
from dubu_plugin.intake.active import is_active
from dubu_plugin.intake.content import Content, FoundFile, Limits, remarks_on
from dubu_plugin.intake.html import readable
from dubu_plugin.intake.kinds import TAKEN_ALONE, Kind, is_disguised, kind_of
from dubu_plugin.intake.sandbox import Format, Reading, read_apart
from dubu_plugin.intake.text import decoded, is_noise, safe_name, tidy

Apart = Callable[[bytes, Format, int], Reading]

MEDIA_TYPES: Final = {
    Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.PDF: "application/pdf",
    Kind.MAIL: "message/rfc822",
    Kind.TEXT: "text/plain",
    Kind.HTML: "text/html",
}
_FORMATS: Final[dict[Kind, Format]] = {Kind.WORD: "word", Kind.PDF: "pdf"}
_STATES: Final = {
    Kind.DANGEROUS: FileState.DANGEROUS,
    Kind.MACRO: FileState.DANGEROUS,
    Kind.LOCKED: FileState.ENCRYPTED,
}
_WORTH_A_LOOK: Final = frozenset({Kind.WORD, Kind.PDF})
"""Where no text was found in one of these, it is a scan, and a person must read it."""
_LETTERS: Final = (".doc", ".dot", ".odt", ".rtf", ".pages", ".msg")
"""Kinds of letters we do not read: what the mail is about may stand there alone."""


def read(
    content: bytes, filename: str, limits: Limits | None = None, apart: Apart = read_apart
) -> Content:
    """Return what is in an item.

    :raises NotTaken: it is empty, too large, or of a kind that is not taken in by itself.
    """
    limits = limits or Limits()
    name = safe_name(filename)
    kind = accepted(content, name, limits)
    if kind is Kind.MAIL and not mail.is_no_mail(content):
        return _mail(content, limits, apart)
    file = FoundFile(name, MEDIA_TYPES.get(kind, "application/octet-stream"), len(content),
                     FileState.NO_TEXT, content)  # fmt: skip
    seen, remarks = _looked_into(file, kind, limits, apart)
    remarks = (*remarks, *remarks_on((seen,)))
    if not seen.text and not remarks:
        remarks = (Remark.NO_TEXT,) if kind in {Kind.TEXT, Kind.HTML} else (Remark.PICTURE,)
    return Content(kind, seen.text, (replace(seen, content=None),), remarks=remarks)


def accepted(content: bytes, name: str, limits: Limits) -> Kind:
    """Return what an item is. A program that is called a letter is taken in, and never opened.

    :raises NotTaken: it is empty, too large, or of a kind that is not taken in by itself.
    """
    if not content:
        raise NotTaken(Remark.EMPTY)
    if len(content) > limits.largest_item:
        most = limits.largest_item // (1024 * 1024)
        raise NotTaken(
            Remark.ITEM_TOO_LARGE,
            f"Filen er større end {most} MB og er ikke modtaget. Bed om den i mindre dele.",
        )
    kind = kind_of(content, name)
    if kind not in TAKEN_ALONE and not is_disguised(kind, name):
        raise NotTaken(
            Remark.DANGEROUS if kind is Kind.DANGEROUS else Remark.NOT_READABLE,
            "Filen er ikke modtaget, fordi den er et program eller en slags, vi ikke tager ind. "
            "Gem det, der skal læses, som .eml, .docx, .pdf eller .txt, og prøv igen.",
        )
    return kind


def _mail(content: bytes, limits: Limits, apart: Apart) -> Content:
    taken = mail.taken_apart(content, limits)
    files: list[FoundFile] = []
    texts, remarks = [taken.body], [*taken.remarks]
    for file in taken.files:
        kind = kind_of(file.content or b"", file.name, file.media_type)
        seen, found = _looked_into(file, kind, limits, apart)
        remarks += found
        worth = kind in _WORTH_A_LOOK or file.name.lower().endswith(_LETTERS)
        if not seen.text and seen.state is FileState.NO_TEXT and worth:
            remarks.append(Remark.PICTURE)
        if seen.text:
            texts.append(f"— Vedhæftet: {seen.name} —\n{seen.text}")
        files.append(seen)
    remarks += remarks_on(tuple(files))
    text = tidy("\n\n".join(filter(None, texts)))
    if not text:
        remarks.append(Remark.NO_TEXT)
    head = taken.head
    return Content(
        Kind.MAIL, text[: limits.largest_text], tuple(files),
        head.sender_name, head.sender_address, head.subject, head.message_id, head.received_at,
        tuple(dict.fromkeys(remarks)),
    )  # fmt: skip


def _looked_into(
    file: FoundFile, kind: Kind, limits: Limits, apart: Apart
) -> tuple[FoundFile, tuple[Remark, ...]]:
    """Return the file with its text and state, and what the reading has to say beside them."""
    if file.content is None:
        return file, ()
    if kind in _STATES:
        return replace(file, state=_STATES[kind]), ()
    if kind in _FORMATS:
        reading = apart(file.content, _FORMATS[kind], limits.largest_text)
        cut = (Remark.CUT,) if reading.cut else ()
        return replace(file, state=reading.state, text=reading.text), cut
    no_text = {Kind.MAIL: mail.is_no_mail, Kind.TEXT: is_noise, Kind.HTML: is_noise}
    if kind in no_text and no_text[kind](file.content):
        return replace(file, state=FileState.DAMAGED), ()
    if kind in {Kind.TEXT, Kind.HTML}:
        text, doubtful = decoded(file.content[: limits.largest_text * 4])
        text = tidy(readable(text) if kind is Kind.HTML else text)[: limits.largest_text]
        state = FileState.READ if text else FileState.NO_TEXT
        if is_active(file.content, file.name, kind):
            state = FileState.DANGEROUS
        return replace(file, state=state, text=text), (Remark.CHARSET,) if doubtful else ()
    if is_active(file.content, file.name, kind):
        return replace(file, state=FileState.DANGEROUS), ()
    return file, ()
