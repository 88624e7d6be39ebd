"""Læsninger: who has looked at a case and at what lies on it, for those who answer for that."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from starlette.responses import Response

from dubu_journal import access, case_reads
from dubu_journal.case_reads import AUDITED, REFUSED
from dubu_journal.refusals import NotThere
from dubu_journal.web import reading
from dubu_journal.web.visit import Visit

PAGE: Final = 50


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
        found = (
            case_reads.of_case(connection, case_id, before=before, limit=PAGE + 1)
            if allowed
            else []
        )
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
        reads=[Read(row.who, row.what, row.name or "", row.at, row.refused) for row in here],
        next=here[-1].id if len(found) > PAGE else None,
        later=before is not None,
    )
