"""Who has looked at what, when, and on what ground. Rows are only ever added.

Source: databeskyttelsesforordningen art. 5, stk. 2, and 32; the Danish supervisor asks that reads
are logged as well as writes, and that samples are taken of the log.
"""

import re
from datetime import datetime
from typing import Final
from uuid import uuid4

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Decision
from dubu_plugin.store.tables import read_log

_ADDED: Final = sa.insert(read_log)
_COULD_BE_CPR = re.compile(r"(?<!\d)(\d{6})[\s-]?(\d{4})(?!\d)")


def masked(text: str) -> str:
    """Return a search text with the last four digits of anything like a CPR number hidden."""
    return _COULD_BE_CPR.sub(r"\1-••••", text)


def add(
    connection: sa.Connection,
    *,
    at: datetime,
    employee: str,
    act: Act,
    subject_kind: str,
    subject_id: str | None,
    decision: Decision,
    detail: str | None = None,
) -> None:
    """Write one line. Refusals are lines too: they are what a sample looks for first."""
    row = {
        "id": uuid4(),
        "at": at,
        "employee": employee,
        "act": act,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "why": decision.why,
        "allowed": decision.allowed,
        "detail": None if detail is None else masked(detail)[:200],
    }
    connection.execute(_ADDED, row)
