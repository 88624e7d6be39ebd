"""The parts of a case (delforløb), known by their titles."""

from dataclasses import dataclass

import sqlalchemy as sa

from dubu_journal import tables as t
from dubu_journal.cases import get as get_case
from dubu_journal.cases import open_case
from dubu_journal.refusals import BadValue, NotThere
from dubu_journal.rows import columns, every, first


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a case."""

    id: int
    title: str


def ensure(connection: sa.Connection, case_id: int, title: str) -> int:
    """Return the id of the part with this title, made where there is none. White space is folded.

    :raises BadValue: the title is empty.
    """
    open_case(connection, case_id)
    folded = " ".join(title.split())
    if not folded:
        raise BadValue("title")
    row = {"case_id": case_id, "title": folded}
    connection.execute(t.sections.insert().prefix_with("OR IGNORE").values(row))
    named = sa.select(t.sections.c.id).filter_by(**row)
    found: int = connection.execute(named).scalar_one()
    return found


def get(connection: sa.Connection, section_id: int) -> Section:
    """Return a part of a case.

    :raises NotThere: there is none.
    """
    asked = sa.select(*columns(Section, t.sections)).where(t.sections.c.id == section_id)
    found = first(connection, asked, Section)
    if found is None:
        raise NotThere(str(section_id))
    return found


def of_case(connection: sa.Connection, case_id: int) -> list[Section]:
    """Return the parts of a case as they were made."""
    get_case(connection, case_id)
    asked = sa.select(*columns(Section, t.sections)).where(t.sections.c.case_id == case_id)
    return every(connection, asked.order_by(t.sections.c.id), Section)


def belongs(connection: sa.Connection, section_id: int, case_id: int) -> bool:
    """Tell whether the part is one of this case's."""
    asked = sa.select(t.sections.c.id).filter_by(id=section_id, case_id=case_id)
    return connection.execute(asked).first() is not None
