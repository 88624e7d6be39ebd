"""Documents of a case: the list, a new one, and one document with its files and versions."""

import mimetypes
from collections.abc import Sequence
from typing import Final
from uuid import uuid4

import sqlalchemy as sa
from starlette.responses import FileResponse, Response

from dubu_journal import documents, drafts, sections
from dubu_journal.case_reads import FETCHED
from dubu_journal.documents import Document, Meta, NewFile
from dubu_journal.ledger import Made
from dubu_journal.refusals import DiskFull, FileTooLarge, Held, NotThere, Refusal
from dubu_journal.web import reading
from dubu_journal.web.visit import Visit

PAGE: Final = 50
SANDBOX: Final = {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""What somebody sent us is handed on as a file, and never run as a page of ours."""


def listed(visit: Visit, case_id: int) -> Response:
    """List the documents and drafts of a case, newest first."""
    before = reading.number(visit.query("foer"))
    with visit.reading() as connection:
        case = visit.case(connection, case_id)
        found = documents.of_case(connection, case_id, before=before, limit=PAGE + 1)
        here = found[:PAGE]
        names = reading.user_names(connection, [one.locked_by for one in here])
        titles = {part.id: part.title for part in sections.of_case(connection, case_id)}
    visit.write_down("case", case_id)
    return visit.page(
        "documents.html",
        menu="/sager",
        case=case,
        tab="dokumenter",
        documents=here,
        names=names,
        sections=titles,
        next=here[-1].id if len(found) > PAGE else None,
        later=before is not None,
    )


def new(visit: Visit, case_id: int) -> Response:
    """Put a document on the case: journalised at once, or as a draft."""
    with visit.reading() as connection:
        case = visit.case(connection, case_id)
        titles = [part.title for part in sections.of_case(connection, case_id)]
    if visit.posts:
        document_id = _put(visit, case_id)
        if document_id is not None:
            done = "kladde" if visit.form.values.get("knap") == "kladde" else "dokument"
            return visit.to(f"/dokumenter/{document_id}", done)
    else:
        visit.form.values |= {"dato": visit.today.isoformat(), "retning": "in"}
    visit.write_down("case", case_id)
    return visit.page(
        "document_new.html", menu="/sager", case=case, tab="dokumenter", sections=titles
    )


def show(visit: Visit, document_id: int) -> Response:
    """Show a document with its files, and do with a draft what can be done with drafts."""
    with visit.reading() as connection:
        document = visit.document(connection, document_id)
    if visit.posts:
        done = _act(visit, document)
        if done:
            return visit.to(f"/dokumenter/{document_id}", done)
    with visit.reading() as connection:
        document = visit.document(connection, document_id)
        case = visit.case(connection, document.case_id)
        versions = documents.versions(connection, document_id)
        titles = {part.id: part.title for part in sections.of_case(connection, case.id)}
        people = [document.created_by, document.locked_by, *(one.created_by for one in versions)]
        names = reading.user_names(connection, people)
    visit.write_down("document", document_id)
    return visit.page(
        "document.html",
        menu="/sager",
        case=case,
        tab="dokumenter",
        document=document,
        newest=_newest(versions),
        earlier=[one for one in versions if one not in _newest(versions)],
        names=names,
        section=titles.get(document.section_id or 0, ""),
        mine=document.locked_by == visit.user.key,
    )


def fetch(visit: Visit, file_id: int) -> Response:
    """Hand over a file as it is."""
    with visit.reading() as connection:
        file = documents.get_file(connection, file_id)
        visit.document(connection, file.document_id)
    visit.write_down("file", file_id, FETCHED)
    return FileResponse(
        visit.desk.host.files.path(file.sha256),
        media_type=file.media_type,
        filename=file.name,
        headers=SANDBOX,
    )


def stored(visit: Visit, name: str, need: str) -> list[NewFile]:
    """Put the files of a form on the disk; none where the form says what is wrong."""
    kept: list[NewFile] = []
    for upload in visit.form.uploads(name, need):
        try:
            content = visit.desk.host.files.put(upload.file, limit=visit.desk.choices.largest_file)
        except FileTooLarge as no:
            visit.form.fail(name, f"Filen er for stor. Den må højst fylde {_megabytes(no.limit)}.")
        except DiskFull as no:
            visit.form.fail(name, no.danish)
        else:
            kept.append(NewFile(upload.filename or "", media_type(upload.filename or ""), content))
    return kept


def media_type(name: str) -> str:
    """Return what sort of file it is, going by its name alone."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _put(visit: Visit, case_id: int) -> int | None:
    form = visit.form
    title = form.text("titel", "Skriv dokumentets titel.")
    direction = form.one_of(
        "retning", documents.DIRECTIONS, "Vælg, hvilken vej dokumentet er gået."
    )
    day = form.date("dato", "Skriv dokumentets dato.")
    party = form.text("part") or None
    part = form.text("delforloeb")
    files = stored(visit, "filer", "Vælg en fil.")
    draft = form.values.get("knap") == "kladde"
    if draft and len(files) > 1:
        form.fail("filer", "En kladde har én fil. Vælg én, eller journalisér dem samlet.")
    if not form.ok or day is None:
        return None

    def put(connection: sa.Connection) -> Made:
        section_id = sections.ensure(connection, case_id, part) if part else None
        meta = Meta(
            title=title,
            direction=direction,
            document_date=day,
            external_id=f"klient:{uuid4()}",
            description=form.text("bemaerkning", longest=2000) or None,
            party=party,
            section_id=section_id,
        )
        by, now = visit.user.key, visit.now
        if draft:
            return Made("draft", drafts.create(connection, case_id, meta, files[0], by=by, now=now))
        return Made("document", documents.file(connection, case_id, meta, files, by=by, now=now))

    return visit.once("web.document", put)


def _act(visit: Visit, document: Document) -> str:
    """Do what the pressed button says, and return what to tell; empty where something is wrong."""
    act = ACTS.get(visit.form.values.get("knap", ""))
    if act is None:
        raise NotThere("knap")
    try:
        return act(visit, document)
    except Held as held:
        with visit.reading() as connection:
            name = reading.user_names(connection, [held.by]).get(held.by, "en anden")
        visit.form.fail("", f"Kladden er tjekket ud af {name}. Vent, til den er tjekket ind igen.")
    except Refusal as no:
        visit.form.fail("", no.danish)
    return ""


def _check_out(visit: Visit, document: Document) -> str:
    with visit.writing() as connection:
        drafts.check_out(connection, document.id, str(uuid4()), by=visit.user.key, now=visit.now)
    return "udtjekket"


def _check_in(visit: Visit, document: Document) -> str:
    files = stored(visit, "fil", "Vælg den rettede fil.")
    if not visit.form.ok:
        return ""
    with visit.writing() as connection:
        drafts.check_in(
            connection,
            document.id,
            _lock(connection, visit, document.id),
            files[0],
            by=visit.user.key,
            now=visit.now,
        )
    return "indtjekket"


def _release(visit: Visit, document: Document) -> str:
    with visit.writing() as connection:
        drafts.release(connection, document.id, _lock(connection, visit, document.id))
    return "sluppet"


def _finalise(visit: Visit, document: Document) -> str:
    with visit.writing() as connection:
        drafts.finalise(connection, document.id, visit.now)
    return "dokument"


ACTS: Final = {
    "udtjek": _check_out,
    "indtjek": _check_in,
    "slip": _release,
    "journaliser": _finalise,
}


def _lock(connection: sa.Connection, visit: Visit, document_id: int) -> str:
    """Return the lock this person holds the draft with, or one that holds nothing."""
    there = documents.get(connection, document_id)
    return there.lock or "" if there.locked_by == visit.user.key else ""


def _newest(versions: Sequence[documents.File]) -> list[documents.File]:
    newest: dict[int, documents.File] = {}
    for one in sorted(versions, key=lambda one: one.version):
        newest[one.position] = one
    return [newest[position] for position in sorted(newest)]


def _megabytes(count: int) -> str:
    return f"{count // (1024 * 1024)} MB"
