"""Læsninger: who has looked at a case and at what lies on it, for those who answer for that."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from starlette.responses import Response

from dubu_journal import access
from dubu_journal import tables as t
from dubu_journal.refusals import NotThere
from dubu_journal.web import reading
from dubu_journal.web.doors import AUDITED, FETCHED, OPENED, REFUSED, SOUGHT
from dubu_journal.web.visit import Visit

PAGE: Final = 50

WORDS: Final = {
    (OPENED, "case"): "Åbnede sagen",
    (OPENED, "document"): "Åbnede dokumentet",
    (FETCHED, "file"): "Hentede filen",
    (SOUGHT, "case"): "Fandt sagen i en søgning",
    (AUDITED, "case"): "Så listen over læsninger",
    (REFUSED, "case"): "Forsøgte at åbne sagen",
    (REFUSED, "document"): "Forsøgte at åbne dokumentet",
}
"""What somebody did with what."""


@dataclass(frozen=True, slots=True)
class Read:
    """A line of the log in words."""

    who: str = field(repr=False)
    what: str
    name: str = field(repr=False)
    """What the document or the file is called; empty for the case."""
    at: datetime
    refused: bool


def show(visit: Visit, case_id: int) -> Response:
    """List who has read the case, its documents and their files, the newest first.

    :raises NotThere: the case is not theirs, or who has read it is not for them to see.
    """
    before = reading.number(visit.query("foer"))
    with visit.reading() as connection:
        case = visit.case(connection, case_id)
        allowed = access.sees_reads(visit.viewer, responsible=case.responsible, unit=case.unit)
        found = _of_case(connection, case_id, before) if allowed else []
        names = reading.user_names(connection, [row.user for row in found])
    if not allowed:
        visit.write_down("case", case_id, REFUSED)
        raise NotThere(str(case_id))
    visit.write_down("case", case_id, AUDITED)
    here = found[:PAGE]
    return visit.page(
        "reads.html",
        menu="/sager",
        case=case,
        tab="laesninger",
        reads=[
            Read(
                names[row.user],
                WORDS.get((row.act, row.kind), "Brugte sagen"),
                row.name or "",
                row.at,
                row.act == REFUSED,
            )
            for row in here
        ],
        next=here[-1].id if len(found) > PAGE else None,
        later=before is not None,
    )


def _of_case(
    connection: sa.Connection, case_id: int, before: int | None
) -> list[sa.Row[tuple[int, datetime, str, str, str, str | None]]]:
    """Return the lines about a case and what lies on it, and one more than a page has."""
    r, d, f = t.reads, t.documents, t.document_files
    parts = (
        (sa.null(), sa.true(), (r.c.kind == "case") & (r.c.object_id == case_id)),
        (d.c.title, (r.c.object_id == d.c.id), (r.c.kind == "document") & (d.c.case_id == case_id)),
        (
            f.c.name,
            (r.c.object_id == f.c.id) & (f.c.document_id == d.c.id),
            (r.c.kind == "file") & (d.c.case_id == case_id),
        ),
    )
    asked = sa.union_all(
        *(
            sa.select(r.c.id, r.c.at, r.c.user, r.c.act, r.c.kind, name.label("name"))
            .where(joined, of_case)
            .where(sa.true() if before is None else r.c.id < before)
            for name, joined, of_case in parts
        )
    ).subquery()
    newest = sa.select(asked).order_by(asked.c.id.desc()).limit(PAGE + 1)
    return list(connection.execute(newest))
