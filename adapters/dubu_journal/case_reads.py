"""Who has looked at a case and at what lies on it, read from the rows the client writes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from dubu_journal import tables as t

OPENED: Final = "aabnet"
FETCHED: Final = "hentet"
REVEALED: Final = "vist_cpr"
LISTED: Final = "listet"
SOUGHT: Final = "soegt"
REFUSED: Final = "afvist"
AUDITED: Final = "set_laesninger"

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
class Look:
    """A line of the log."""

    id: int
    at: datetime
    user: str
    who: str = field(repr=False)
    act: str
    kind: str
    name: str | None = field(repr=False)
    """What the document or the file is called; None for the case."""

    @property
    def what(self) -> str:
        """What they did, in words."""
        return WORDS.get((self.act, self.kind), "Brugte sagen")

    @property
    def refused(self) -> bool:
        """Whether they were turned away."""
        return self.act == REFUSED


def of_case(
    connection: sa.Connection, case_id: int, *, before: int | None = None, limit: int
) -> list[Look]:
    """Return the lines about a case and what lies on it, the newest first.

    :param before: the id of the last line of the page before.
    """
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
            .where(joined, of_it)
            .where(sa.true() if before is None else r.c.id < before)
            for name, joined, of_it in parts
        )
    ).subquery()
    a, u = asked.c, t.users.c
    newest = (
        sa.select(a.id, a.at, a.user, u.name.label("who"), a.act, a.kind, a.name)
        .join(t.users, u.key == a.user)
        .order_by(a.id.desc())
        .limit(limit)
    )
    return [Look(*row) for row in connection.execute(newest)]
