"""The original and the files in it, handed out as downloads and never shown in the page.

What came from outside is not to be trusted: it goes out as an attachment, under a name we made safe
and a type no browser runs. A program is not handed out at all, and an original with one inside only
behind a page that says so, under a name that no program opens.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.responses import Response, StreamingResponse

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.intake import FileState
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page

router = APIRouter()

Reader = Annotated[Visit, Depends(Door(Act.READ, about="underretning"))]

SAFE_TYPES: Final = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "image/jpeg",
        "image/png",
        "message/rfc822",
        "text/plain",
    }
)
"""Types that are named as they are. Everything else goes out as bytes."""

CHUNK: Final = 256 * 1024


UNOPENED: Final = "original.bin"
"""What an original with something harmful inside is called: no program says that it opens it."""


@router.get("/dubu/indgang/{underretning}/original")
def original(visit: Reader, hent: str = "") -> Response:
    """Hand out the original exactly as it came, after a warning where one is needed."""
    with visit.reading() as connection:
        about = underretninger.by_id(connection, visit.subject)
        post = underretninger.post_by_id(connection, about.post_id) if about else None
        files = underretninger.files_of(connection, post.id) if post else ()
    if post is None or any(_is_it(one, post.filename) for one in files):
        raise NotYours
    url = f"/dubu/indgang/{visit.subject}"
    return with_warning(visit, post, files, back=url, url=f"{url}/original", told=bool(hent))


def with_warning(
    visit: Visit,
    post: underretninger.Post,
    files: Sequence[underretninger.PostFile],
    *,
    back: str,
    url: str,
    told: bool,
) -> Response:
    """Return the original, or the page that warns of what is in it.

    :param told: whether the one who asks has seen the warning.
    """
    harmful = [one.name for one in files if one.state == FileState.DANGEROUS]
    if not harmful:
        return attachment(visit, post.sha256, post.filename, "application/octet-stream")
    if told:
        return attachment(visit, post.sha256, UNOPENED, "application/octet-stream")
    values = {"harmful": harmful, "back": back, "fetch": f"{url}?hent=ja"}
    title = "Originalen kan være skadelig"
    return visit.page(Page("indgang/original_warning.html", title, back, values=values))


@router.get("/dubu/indgang/{underretning}/fil/{position}")
def file(visit: Reader, position: int) -> Response:
    """Hand out one of the files in it."""
    with visit.reading() as connection:
        about = underretninger.by_id(connection, visit.subject)
        files = underretninger.files_of(connection, about.post_id) if about else ()
    found = next((one for one in files if one.position == position), None)
    if found is None or found.sha256 is None or found.state == FileState.DANGEROUS:
        raise NotYours
    return attachment(visit, found.sha256, found.name, found.media_type)


def attachment(visit: Visit, sha256: str, name: str, media_type: str) -> Response:
    """Return a kept file as a download."""
    blobs = visit.product.blobs
    if not blobs.has(sha256):
        raise NotYours
    return StreamingResponse(
        _chunks(blobs, sha256),
        media_type=media_type if media_type in SAFE_TYPES else "application/octet-stream",
        headers={
            "Content-Length": str(blobs.size(sha256)),
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            # Should a browser show it all the same, it may do nothing.
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _chunks(blobs: Blobs, sha256: str) -> Iterator[bytes]:
    """Yield the file, opened when the first part is asked for: whoever left asks for none."""
    with blobs.open(sha256) as content:
        while chunk := content.read(CHUNK):
            yield chunk


def _is_it(file: underretninger.PostFile, filename: str) -> bool:
    """Tell whether the item is itself a program and no mail around one."""
    alone = file.sha256 is None and file.name == filename
    return alone and file.state == FileState.DANGEROUS
