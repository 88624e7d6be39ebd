"""The papers of a case as pages: what the host holds, each in a PDF where it can be made one.

A mail is pages as it was received, and each file that came in it is a paper of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.delivery.casefile import case_file
from dubu_plugin.delivery.handling import Delivery
from dubu_plugin.documents.letter import Value
from dubu_plugin.documents.package import Sheet
from dubu_plugin.documents.pdf import NotConverted
from dubu_plugin.domain.danish import clock, danish_day, long_date, unbroken
from dubu_plugin.domain.intake import Remark
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.errors import ConfigurationError, Unreachable
from dubu_plugin.intake import mail
from dubu_plugin.intake.content import FoundFile
from dubu_plugin.intake.html import readable
from dubu_plugin.intake.kinds import Kind, kind_of
from dubu_plugin.intake.read import MEDIA_TYPES
from dubu_plugin.intake.text import decoded, is_noise, tidy
from dubu_plugin.ports.journal_objects import Document, File, Ref
from dubu_plugin.ports.journal_objects import Kind as Thing
from dubu_plugin.store.tables import letters, sager
from dubu_plugin.usecases.dokument.sender import sender
from dubu_plugin.usecases.underretning.item import limits_of

AS_PAGES: Final = "akt_som_sider"
PDF: Final = MEDIA_TYPES[Kind.PDF]
WORD: Final = MEDIA_TYPES[Kind.WORD]
MAIL: Final = MEDIA_TYPES[Kind.MAIL]
TEXTS: Final = frozenset({MEDIA_TYPES[Kind.TEXT], MEDIA_TYPES[Kind.HTML]})
CUT_OFF: Final = frozenset({Remark.CUT, Remark.TOO_MANY})
LONGEST: Final = 200_000
"""In characters. A longer text is sent as the file it is."""


NO_FACTS: Final[Mapping[str, Value]] = dict.fromkeys(
    ("akt.fra", "akt.til", "akt.modtaget", "akt.emne", "akt.filer", "akt.skrevet_af"), ""
)
KINDS: Final = {
    PDF: "PDF, der ikke kan læses",
    WORD: "Word-fil, der ikke kan læses",
    MAIL: "mail, der ikke kan læses",
    "application/vnd.ms-excel": "regneark",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "regneark",
    "application/zip": "pakket fil",
    "image": "billede",
    "audio": "lydfil",
    "video": "video",
    "text": "tekst, der ikke kan læses eller er for lang",
}
"""What a file that cannot be made pages is called, by its media type or the first half of it."""
A_FILE: Final = "fil"
NOT_THERE: Final[Mapping[str, str]] = {
    LetterState.UDGAAET: " (ikke sendt)",
    LetterState.IKKE_NAAET: " (kom ikke frem)",
}
"""What is said of a letter that lies on the case and whoever it is to has not got."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of the case, or something that is written on it."""

    day: date
    title: str = field(repr=False)
    document: str
    """The host's key of the document it is of; empty where it is of none."""
    pdf: bytes | None = field(repr=False)
    """None where it cannot be made pages."""
    media_type: str = ""

    @property
    def by_itself(self) -> str:
        """What it is called where it is sent by itself: with what kind of file it is."""
        first, *_ = self.media_type.split("/")
        kind = KINDS.get(self.media_type) or KINDS.get(first) or A_FILE
        return f"{self.title} ({kind})"


def papers(d: Delivery, sag: UUID) -> Sequence[Paper]:
    """Return the files of a case, the newest first.

    :raises Unreachable: the host does not have the case yet, or does not answer.
    """
    drawing = _Drawing(d, sag)
    return sorted(drawing.papers(), key=lambda one: one.day, reverse=True)


class _Drawing:
    """Makes pages of what the host holds on one case."""

    def __init__(self, d: Delivery, sag: UUID) -> None:
        self.d = d
        self.sag = sag
        with d.store.read() as connection:
            row = connection.execute(sager.select().where(sager.c.id == sag)).one()
            self.house = sender(
                connection, d.settings.municipality, author=d.actor, unit=row.unit
            ).fields
            sent = connection.execute(
                sa.select(letters.c.document_key, letters.c.recipient, letters.c.state).where(
                    letters.c.sag_id == sag, letters.c.document_key.is_not(None)
                )
            )
            self.sent_to = {one.document_key: (one.recipient, one.state) for one in sent}

    def papers(self) -> Iterator[Paper]:
        """Yield every file of the case."""
        case = case_file(self.d, self.sag)
        if case.host_key is None:
            raise Unreachable("dubu", self.d.kind, "ingen_sag")
        journal = self.d.ports.journal
        ref = Ref(journal.name, Thing.CASE, case.host_key)
        after: str | None = None
        while True:
            page = journal.documents(ref, after=after)
            for document in page.items:
                yield from self.of_document(document)
            if page.next is None:
                return
            after = page.next

    def of_document(self, document: Document) -> Iterator[Paper]:
        """Yield a document's files; not the Word file a PDF beside it was made from."""
        files = self.d.ports.journal.files(document.ref)
        made = {_stem(one.name) for one in files if _type(one) == PDF}
        kept = [one for one in files if _type(one) != WORD or _stem(one.name) not in made]
        title = self.title(document)
        beside = {one.name for one in files}
        for one in kept:
            name = title if len(kept) == 1 else f"{title} ({one.name})"
            media_type = _type(one)
            content = self.read(one) if media_type in {PDF, WORD, MAIL} | TEXTS else None
            yield from self.of_file(document, name, content, media_type, beside)

    def title(self, document: Document) -> str:
        """Return what a document is called; of a letter also who it is to, and if it went there."""
        recipient, state = self.sent_to.get(document.ref.key, (None, ""))
        name, *_ = (recipient or "").split("\n")
        title = document.meta.title
        return f"Brev til {name}{NOT_THERE.get(state, '')}: {title}" if name else title

    def read(self, file: File) -> bytes:
        """Return what a file holds."""
        with self.d.ports.journal.open_file(file.ref) as opened:
            return opened.read()

    def of_file(
        self, document: Document, title: str, content: bytes | None, media_type: str,
        beside: set[str],
    ) -> Iterator[Paper]:  # fmt: skip
        """Yield a file, and after it what came in it."""
        day, key = document.meta.document_date, document.ref.key
        if content is None or media_type != MAIL or mail.is_no_mail(content):
            yield Paper(day, title, key, self.pages(day, title, content, media_type), media_type)
            return
        taken = mail.taken_apart(content, limits_of(self.d.settings.intake))
        inside = []
        for one in taken.files:
            if not one.inline and one.name not in beside:
                of_mail = f"{title}: {one.name}"
                looks = _looked_at(one)
                pdf = self.pages(day, of_mail, one.content, looks)
                inside.append(Paper(day, of_mail, key, pdf, looks or one.media_type))
        readied = {one.title for one in inside if one.pdf is not None}
        came = [
            f"{one.name} ({_where(one, f'{title}: {one.name}' in readied, beside)})"
            for one in taken.files
            if not one.inline
        ]
        yield Paper(day, title, key, self.mail(day, title, taken, came), MAIL)
        yield from inside

    def pages(self, day: date, title: str, content: bytes | None, media_type: str) -> bytes | None:
        """Return a file that is no mail as a PDF, or None."""
        if content is None:
            return None
        if media_type == PDF:
            return _whole(content)
        if media_type == WORD:
            return self.converted(content)
        if media_type not in TEXTS or is_noise(content):
            return None
        text, _doubtful = decoded(content)
        written = tidy(readable(text) if media_type == MEDIA_TYPES[Kind.HTML] else text)
        return self.drawn(day, title, written, {})

    def mail(self, day: date, title: str, taken: mail.Mail, files: Sequence[str]) -> bytes | None:
        """Return a mail as pages, or None where not all of it could be read."""
        if not CUT_OFF.isdisjoint(taken.remarks):
            return None
        head = taken.head
        at = head.received_at
        when = unbroken(f"{long_date(danish_day(at))} {clock(at)}") if at else ""
        address = f"<{head.sender_address}>" if head.sender_name else head.sender_address
        said: dict[str, Value] = {
            "akt.fra": f"{head.sender_name} {address if head.sender_address else ''}".strip(),
            "akt.til": head.to, "akt.modtaget": when, "akt.emne": head.subject,
            "akt.filer": "\n".join(files),
        }  # fmt: skip
        return self.drawn(day, title, taken.body or "Mailen har ingen tekst.", said)

    def drawn(self, day: date, title: str, text: str, said: Mapping[str, Value]) -> bytes | None:
        """Return a text as pages, or None where there is none, or more than anybody reads."""
        if not text or len(text) > LONGEST:
            return None
        values = {
            **self.house, **NO_FACTS, **said,
            "akt.titel": title, "akt.dag": long_date(day), "akt.tekst": text,
        }  # fmt: skip
        shelf = self.d.letters
        return self.converted(shelf.render(shelf[AS_PAGES], values))

    def converted(self, content: bytes) -> bytes | None:
        """Return a Word file as a PDF, or None."""
        try:
            return _whole(self.d.letters.to_pdf([content])[0])
        except (NotConverted, ConfigurationError):
            return None


def _whole(pdf: bytes) -> bytes | None:
    return pdf if Sheet("", pdf).pages else None


def _type(file: File) -> str:
    """Return what a file is. Some hosts keep a mail as a file they know nothing of."""
    if file.name.lower().endswith(".eml"):
        return MAIL
    return file.media_type.partition(";")[0].strip().lower()


def _looked_at(file: FoundFile) -> str:
    """Return what a file in a mail is, whatever its sender calls it."""
    kind = kind_of(file.content or b"", file.name, file.media_type)
    return MEDIA_TYPES.get(kind, "")


def _where(file: FoundFile, made: bool, beside: set[str]) -> str:
    if file.name in beside:
        return "ligger for sig selv på sagen"
    return "er gjort til sider lige efter" if made else "kan ikke gøres til sider"


def _stem(name: str) -> str:
    return PurePath(name).stem
