"""Cases: opened with a number of their own, changed under a version, closed and opened again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from dubu_journal import access, kle, rows, users
from dubu_journal import tables as t
from dubu_journal.refusals import BadValue, CaseIsClosed, NotThere, Stale
from dubu_journal.rows import columns, every, first

STATUSES: Final[Mapping[str, str]] = {
    "opstaaet": "Opstået",
    "aktiv": "Aktiv",
    "hvilende": "Hvilende",
    "afsluttet": "Afsluttet",
}
"""A case's statuses by key, in the order a case has them, and what people call them."""

FIRST: Final = "aktiv"
CLOSED: Final = "afsluttet"

LONGEST_TITLE: Final = 450
"""In characters. Source: the longest title SBSYS keeps."""

_DANISH_TIME: Final = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of case that can be opened by its name."""

    key: str
    title: str
    subject_code: str
    facet: str = kle.GENERAL


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to open. Either the template or the subject code says what it is about."""

    title: str = field(repr=False)
    responsible: str
    template: str | None = None
    subject_code: str | None = None
    facet: str | None = None
    unit: str | None = None
    """The responsible's own where it is not said."""
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A case."""

    id: int
    number: str
    """For example ``27.24.00-G01-17-26``."""
    title: str = field(repr=False)
    subject_code: str
    facet: str
    status: str
    responsible: str
    unit: str
    protected: bool
    created: datetime
    created_by: str
    changed: datetime
    status_comment: str | None = field(repr=False)
    closed: datetime | None
    version: int


def create(connection: sa.Connection, new: NewCase, by: str, now: datetime) -> int:
    """Open a case and return its id.

    :raises BadValue: the title, subject, template, user or unit cannot be used.
    """
    subject, facet = _classified(connection, new)
    unit = new.unit or _unit_of(connection, new.responsible)
    _check(connection, title=new.title, responsible=new.responsible, unit=unit)
    row = {
        "number": _number(connection, subject, facet, now),
        "title": new.title,
        "subject_code": subject,
        "facet": facet,
        "status": FIRST,
        "responsible": new.responsible,
        "unit": unit,
        "protected": new.protected,
        "created": now,
        "created_by": by,
        "changed": now,
        "scope": access.words(connection, unit, new.protected),
    }
    return rows.add(connection, t.cases, row)


def get(connection: sa.Connection, case_id: int) -> Case:
    """Return a case.

    :raises NotThere: there is none.
    """
    found = first(connection, select().where(t.cases.c.id == case_id), Case)
    if found is None:
        raise NotThere(str(case_id))
    return found


def open_case(connection: sa.Connection, case_id: int) -> Case:
    """Return a case that takes more.

    :raises NotThere: there is none.
    :raises CaseIsClosed: it takes nothing more.
    """
    case = get(connection, case_id)
    if case.status == CLOSED:
        raise CaseIsClosed(str(case_id))
    return case


def change(
    connection: sa.Connection,
    case_id: int,
    values: Mapping[str, str],
    *,
    expected: str | None,
    now: datetime,
) -> None:
    """Give an open case a new title, responsible or unit.

    :param expected: the version that was read; None writes over whatever is there.
    :raises Stale: it was changed since.
    :raises BadValue: a value cannot be used.
    """
    case = open_case(connection, case_id)
    if expected is not None and expected != str(case.version):
        raise Stale(str(case.version))
    _check(connection, **values)
    _update(connection, case, {**values}, now)


def protect(connection: sa.Connection, case_id: int, protected: bool, now: datetime) -> None:
    """Keep the case for those who work on it, or let their unit see it again."""
    _update(connection, get(connection, case_id), {"protected": protected}, now)


def set_status(
    connection: sa.Connection, case_id: int, status: str, comment: str, now: datetime
) -> bool:
    """Give the case a status, closed or not, and tell whether it had another one.

    :raises BadValue: there is no such status.
    """
    if status not in STATUSES:
        raise BadValue("status_key")
    case = get(connection, case_id)
    if case.status == status:
        return False
    values = {"status": status, "status_comment": comment, "closed": None}
    _update(connection, case, values | ({"closed": now} if status == CLOSED else {}), now)
    return True


def of_contact(
    connection: sa.Connection,
    contact_id: int,
    *,
    primary_only: bool,
    subject_codes: Sequence[str] = (),
    statuses: Sequence[str] = (),
    after: int = 0,
    limit: int,
) -> list[Case]:
    """Return the cases somebody is a party to, oldest first, with an id above `after`."""
    asked = (
        select()
        .join(t.case_parties, t.case_parties.c.case_id == t.cases.c.id)
        .where(t.case_parties.c.contact_id == contact_id, t.cases.c.id > after)
        .order_by(t.cases.c.id)
        .limit(limit)
    )
    if primary_only:
        asked = asked.where(t.case_parties.c.is_primary)
    if subject_codes:
        asked = asked.where(t.cases.c.subject_code.in_(subject_codes))
    if statuses:
        asked = asked.where(t.cases.c.status.in_(statuses))
    return every(connection, asked, Case)


@cache
def select() -> sa.Select[Any]:
    """Return the question for all cases, to be narrowed with `access.visible` and others."""
    return sa.select(*columns(Case, t.cases))


def add_template(connection: sa.Connection, template: Template) -> None:
    """Let cases be opened by this name."""
    adding = t.case_templates.insert().prefix_with("OR REPLACE")
    connection.execute(adding.values(asdict(template)))


def templates(connection: sa.Connection) -> list[Template]:
    """Return the kinds of case that can be opened by name."""
    asked = sa.select(*columns(Template, t.case_templates)).order_by(t.case_templates.c.title)
    return every(connection, asked, Template)


def _update(connection: sa.Connection, case: Case, values: dict[str, Any], now: datetime) -> None:
    unit = values.get("unit", case.unit)
    protected = values.get("protected", case.protected)
    if (unit, protected) != (case.unit, case.protected):
        values["scope"] = access.words(connection, unit, protected)
    values |= {"changed": now, "version": case.version + 1}
    connection.execute(t.cases.update().where(t.cases.c.id == case.id).values(values))


def _classified(connection: sa.Connection, new: NewCase) -> tuple[str, str]:
    subject, facet = new.subject_code, new.facet
    if new.template is not None:
        named = sa.select(*columns(Template, t.case_templates)).where(
            t.case_templates.c.key == new.template
        )
        template = first(connection, named, Template)
        if template is None:
            raise BadValue("template")
        subject, facet = subject or template.subject_code, facet or template.facet
    if subject is None or not kle.is_subject(subject):
        raise BadValue("subject_code")
    facet = facet or kle.GENERAL
    if not kle.is_facet(facet):
        raise BadValue("facet")
    return subject, facet


def _number(connection: sa.Connection, subject: str, facet: str, now: datetime) -> str:
    """Return the next number of the subject's series in this Danish year."""
    year = now.astimezone(_DANISH_TIME).year
    counted = connection.execute(
        sa.text(
            "INSERT INTO case_series (subject_code, facet, year, last) "
            "VALUES (:subject, :facet, :year, 1) "
            "ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last"
        ),
        {"subject": subject, "facet": facet, "year": year},
    )
    return f"{subject}-{facet}-{counted.scalar_one()}-{year % 100:02}"


def _unit_of(connection: sa.Connection, responsible: str) -> str:
    user = users.user(connection, responsible)
    if user is None:
        raise BadValue("responsible")
    if user.unit is None:
        raise BadValue("unit")
    return user.unit


def _check(connection: sa.Connection, **values: str) -> None:
    if "title" in values and not 0 < len(values["title"].strip()) <= LONGEST_TITLE:
        raise BadValue("title")
    if "responsible" in values and users.user(connection, values["responsible"]) is None:
        raise BadValue("responsible")
    if "unit" in values and users.unit(connection, values["unit"]) is None:
        raise BadValue("unit")
