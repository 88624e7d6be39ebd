"""Post: what came in, one item of it, putting it on a case; and the tray of letters to send."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from starlette.responses import FileResponse, Response

from dubu_journal import danish, documents, post_box, tray
from dubu_journal.case_reads import FETCHED, REFUSED
from dubu_journal.cases import Case
from dubu_journal.documents import Meta, NewFile
from dubu_journal.files import Stored
from dubu_journal.ledger import Made
from dubu_journal.post_box import Item
from dubu_journal.refusals import NotThere
from dubu_journal.web import document_pages, preview, reading
from dubu_journal.web.visit import Visit

PAGE: Final = 50
MINE: Final = 60
"""How many of my cases are offered to put an item on."""

STATES: Final[Mapping[str, str]] = {
    post_box.NEW: "Ny",
    post_box.TAKEN: "Overtaget",
    post_box.HANDLED: "Behandlet",
}
SENDING: Final[Mapping[str, str]] = {
    tray.QUEUED: "I kø",
    tray.SENT: "Sendt",
    tray.RETURNED: "Afvist",
}


def incoming(visit: Visit) -> Response:
    """List what came in: new, taken over by a plugin, or seen to."""
    state = visit.query("vis") if visit.query("vis") in STATES else post_box.NEW
    before = reading.number(visit.query("foer"))
    rows: list[Item] = []
    allowed = visit.desk.doors.sees_post(visit.viewer)
    if allowed:
        with visit.reading() as connection:
            rows = reading.post(connection, state, before=before, limit=PAGE + 1)
    if allowed:
        visit.list_down("post")
    return visit.page(
        "post.html",
        menu="/post",
        rows=visit.desk.doors.post(visit.viewer, rows[:PAGE]),
        state=state,
        states=STATES,
        allowed=allowed,
        next=rows[PAGE - 1].id if len(rows) > PAGE else None,
        later=before is not None,
    )


def show(visit: Visit, post_id: int) -> Response:
    """Show an item, and put it on a case."""
    with visit.reading() as connection:
        item = _item(connection, visit, post_id)
        mine = reading.mine(connection, visit.viewer, limit=MINE)
        offered = reading.with_primary(connection, visit.desk.doors.open(visit.viewer, mine))
    if visit.posts:
        document_id = _file(visit, item)
        if document_id is not None:
            return visit.to(f"/dokumenter/{document_id}", "post")
    else:
        visit.form.values |= {
            "titel": item.subject or item.name,
            "dato": danish.iso(item.received_at),
            "part": item.sender or "",
        }
    visit.write_down("post", post_id)
    with visit.desk.host.files.open(item.sha256) as content:
        seen = preview.of(content, item.name)
    return visit.page(
        "post_item.html", menu="/post", item=item, states=STATES, seen=seen, offered=offered
    )


def original(visit: Visit, post_id: int) -> Response:
    """Hand over an item exactly as it came."""
    with visit.reading() as connection:
        item = _item(connection, visit, post_id)
    visit.write_down("post", post_id, FETCHED)
    return _handed_over(visit, item.sha256, item.name)


def outgoing(visit: Visit) -> Response:
    """List the letters last put in the tray: mine, or everybody's for those who see to the post."""
    before = reading.number(visit.query("foer"))
    by = None if visit.desk.doors.sees_post(visit.viewer) else visit.user.key
    with visit.reading() as connection:
        rows = reading.letters(connection, by=by, before=before, limit=PAGE + 1)
        names = reading.user_names(connection, [row.queued_by for row in rows])
    visit.list_down("letter")
    return visit.page(
        "tray.html",
        menu="/post",
        rows=visit.desk.doors.letters(visit.viewer, rows[:PAGE]),
        names=names,
        states=SENDING,
        next=rows[PAGE - 1].id if len(rows) > PAGE else None,
        later=before is not None,
    )


def sent(visit: Visit, post_id: int) -> Response:
    """Show a letter in the tray, or hand over its file."""
    with visit.reading() as connection:
        letter = tray.get(connection, post_id)
        names = reading.user_names(connection, [letter.queued_by])
    if not visit.desk.doors.letters(visit.viewer, [letter]):
        visit.write_down("letter", post_id, REFUSED)
        raise NotThere(str(post_id))
    if visit.query("fil"):
        visit.write_down("letter", post_id, FETCHED)
        return _handed_over(visit, letter.sha256, letter.filename)
    visit.write_down("letter", post_id)
    return visit.page("letter.html", menu="/post", letter=letter, names=names, states=SENDING)


def _item(connection: sa.Connection, visit: Visit, post_id: int) -> Item:
    found = reading.post_item(connection, post_id)
    if found is None or not visit.desk.doors.post(visit.viewer, [found]):
        visit.write_down("post", post_id, REFUSED)
        raise NotThere(str(post_id))
    return found


def _handed_over(visit: Visit, sha256: str, name: str) -> Response:
    return FileResponse(
        visit.desk.host.files.path(sha256),
        media_type=document_pages.media_type(name),
        filename=documents.file_name(name),
        headers=document_pages.SANDBOX,
    )


def _file(visit: Visit, item: Item) -> int | None:
    """Journalise the item on a case, as it came, and say that somebody has seen to it."""
    form = visit.form
    title = form.text("titel", "Skriv, hvad dokumentet skal hedde.")
    day = form.date("dato", "Skriv dokumentets dato.")
    party = form.text("part") or None
    case = _chosen(visit)
    if item.state == post_box.TAKEN:
        form.fail("", "Posten er overtaget af en tilføjelse og behandles der.")
    if not form.ok or day is None or case is None:
        return None
    content = Stored(item.sha256, item.size)
    file = NewFile(item.name, document_pages.media_type(item.name), content)

    def put(connection: sa.Connection) -> Made:
        meta = Meta(
            title, "in", day, f"post:{item.key}"[: documents.LONGEST_EXTERNAL_ID], party=party
        )
        by, now = visit.user.key, visit.now
        made = documents.file(connection, case.id, meta, [file], by=by, now=now)
        post_box.mark(connection, item.key, post_box.HANDLED)
        return Made("document", made)

    return visit.once("web.post", put)


def _chosen(visit: Visit) -> Case | None:
    """Return the case that was chosen among mine, or named by its number."""
    form = visit.form
    named = form.text("sagsnummer")
    chosen = form.number("sag")
    with visit.reading() as connection:
        if named:
            chosen = reading.case_numbered(connection, named)
        elif chosen is None:
            form.fail("sag", "Vælg en sag, eller skriv et sagsnummer.")
            return None
        try:
            return visit.case(connection, chosen or 0)
        except NotThere:
            at = "sagsnummer" if named else "sag"
            form.fail(at, "Sagen findes ikke, eller den er ikke din. Se nummeret efter.")
            return None
