"""Put the file of a case together for Ankestyrelsen: one PDF with an index, the newest first.

What the host holds is the file; a letter of ours that the host has got is among it. What is no PDF
and cannot be made one is named in the index and sent by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dubu_plugin.delivery.casefile import case_file
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.documents.package import Part, Sheet, first_pages, put_together
from dubu_plugin.documents.pdf import NotConverted
from dubu_plugin.domain.danish import long_date, unbroken
from dubu_plugin.errors import ConfigurationError, Unreachable
from dubu_plugin.ports.journal_objects import Document, File, Kind, Ref
from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.klager import Del, Klage
from dubu_plugin.store.tables import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.addressed import dated
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.dokument.sender import sender

INDEX: Final = "klage_indeks"
PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class _Paper:
    day: date
    title: str = field(repr=False)
    pdf: bytes | None = field(repr=False)
    """None where it cannot be made pages."""


class PackKlage:
    """``pack_klage {klage}``."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        with d.store.read() as connection:
            klage = klager.by_id(connection, d.id("klage"))
        if klage is None:
            return Done("udgaaet")
        papers = sorted(_papers(d, klage), key=lambda one: one.day, reverse=True)
        parts = _packed(d, klage, papers)
        kept = [
            Del(number, d.blobs.put(one.pdf), one.pages, len(one.pdf), d.now)
            for number, one in enumerate(parts, 1)
        ]

        def then(work: Work) -> None:
            klager.keep_parts(work.connection, klage.id, kept)

        return Done(then=then)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Nothing leaves the house here, so it is simply made again."""
        return None


def _papers(d: Delivery, klage: Klage) -> Iterator[_Paper]:
    """Yield the documents the host has on the case.

    :raises Unreachable: the host does not have the case yet, or does not answer.
    """
    case = case_file(d, klage.sag)
    if case.host_key is None:
        raise Unreachable("dubu", d.kind, "ingen_sag")
    journal = d.ports.journal
    ref = Ref(journal.name, Kind.CASE, case.host_key)
    after: str | None = None
    while True:
        page = journal.documents(ref, after=after)
        for document in page.items:
            yield from _of_document(d, document)
        if page.next is None:
            return
        after = page.next


def _of_document(d: Delivery, document: Document) -> Iterator[_Paper]:
    """Yield a document's files: the PDF alone where it has one, else each that can be made one."""
    files = d.ports.journal.files(document.ref)
    day, title = document.meta.document_date, document.meta.title
    pdfs = [one for one in files if one.media_type == PDF]
    for one in pdfs or files:
        name = title if len(files) == 1 or pdfs else f"{title} ({one.name})"
        yield _Paper(day, name, _pages(d, one))


def _pages(d: Delivery, file: File) -> bytes | None:
    if file.media_type not in (PDF, WORD):
        return None
    with d.ports.journal.open_file(file.ref) as opened:
        content = opened.read()
    if file.media_type == WORD:
        try:
            content = d.letters.to_pdf([content])[0]
        except (NotConverted, ConfigurationError):
            return None
    return content if Sheet("", content).pages else None


def _packed(d: Delivery, klage: Klage, papers: Sequence[_Paper]) -> Sequence[Part]:
    sheets = [Sheet(one.title, one.pdf) for one in papers if one.pdf is not None]
    # Drawn twice: how long the index is says at which page what it names begins.
    index = _index(d, klage, papers, sheets, 1)
    long = Sheet("Indeks", index).pages
    if long != 1:
        index = _index(d, klage, papers, sheets, long)
    whole = [Sheet("Indeks", index), *sheets]
    return put_together(whole, largest=d.settings.klage.largest_part)


def _index(
    d: Delivery, klage: Klage, papers: Sequence[_Paper], sheets: Sequence[Sheet], long: int
) -> bytes:
    starts = first_pages(sheets, long)
    shown = [one for one in papers if one.pdf is not None]
    with d.store.read() as connection:
        its = afgoerelser.by_id(connection, klage.afgoerelse)
        row = connection.execute(sager.select().where(sager.c.id == klage.sag)).one()
        house = sender(connection, d.settings.municipality, author=d.actor, unit=row.unit)
    values = {
        **house.fields,
        **dated(d.now),
        "sag.nummer": row.number or "ikke oprettet endnu",
        "afgoerelse.om": _about(its),
        "indeks.akter": [
            {"side": f"Side {start}", "titel": unbroken(f"{long_date(one.day)}: {one.title}")}
            for start, one in zip(starts, shown, strict=True)
        ],
        "indeks.uden": "\n".join(
            unbroken(f"{long_date(one.day)}: {one.title}") for one in papers if one.pdf is None
        ),
    }
    letter = d.letters[INDEX]
    return d.letters.to_pdf([d.letters.render(letter, values)])[0]


def _about(its: afgoerelser.Afgoerelse | None) -> str:
    if its is None or its.decided_on is None:
        return "afgørelse"
    return unbroken(f"afgørelse af {long_date(its.decided_on)} efter {law_words(its.law or '')}")
