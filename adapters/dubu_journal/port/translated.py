"""The host's refusals and the database's faults, as the journal port's errors.

No cause is chained where its text could hold what was written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_journal import refusals as no
from dubu_journal.database import CommitUnknown
from dubu_journal.schema import WrongVersion
from dubu_plugin.errors import AdapterError, OutcomeUnknown
from dubu_plugin.ports.journal_errors import (
    CaseClosed,
    Conflict,
    Duplicate,
    HostBug,
    Locked,
    NotFound,
    Rejected,
    TooLarge,
    Unanswered,
    Unavailable,
)

NAME: Final = "dubu_journal"

OURS: Final = (sa.exc.IntegrityError, sa.exc.DataError, sa.exc.ProgrammingError)
"""What the database says of a statement that was wrong: it is as wrong the next time."""


@contextmanager
def translated(operation: str, op_key: UUID | None = None) -> Iterator[None]:
    """Raise the port's errors in place of the host's.

    A fault of the database or the disk passes, or somebody mends it: it is never a refusal.

    :param op_key: the key of the write, where it is one that can be looked up.
    """
    try:
        yield
    except no.Refusal as refusal:
        raise _refused(operation, refusal) from None
    except UnicodeEncodeError:
        # A half character, as mail in a wrong character set leaves them.
        raise Rejected(NAME, operation, "text") from None
    except CommitUnknown as fault:
        if op_key is None:
            raise OutcomeUnknown(NAME, operation, "commit") from fault
        raise Unanswered(NAME, operation, str(op_key)) from fault
    except OURS as fault:
        raise HostBug(NAME, operation, type(fault.orig).__name__) from fault
    except sa.exc.DBAPIError as fault:
        full = "full" in str(fault.orig)
        raise Unavailable(NAME, operation, "disk_full" if full else "database") from fault
    except sa.exc.TimeoutError as fault:
        raise Unavailable(NAME, operation, "busy") from fault
    except WrongVersion as fault:
        raise Unavailable(NAME, operation, "version") from fault
    except OSError as fault:
        raise Unavailable(NAME, operation, "files") from fault


def _refused(operation: str, refusal: no.Refusal) -> AdapterError:
    match refusal:
        case no.NotThere():
            return NotFound(NAME, operation)
        case no.CaseIsClosed():
            return CaseClosed(NAME, operation)
        case no.Stale():
            return Conflict(NAME, operation, refusal.current)
        case no.NotHeld():
            return Conflict(NAME, operation)
        case no.BadValue():
            return Rejected(NAME, operation, refusal.field)
        case no.AlreadyFiled():
            return Rejected(NAME, operation, "draft")
        case no.Held():
            return Locked(NAME, operation, refusal.by)
        case no.KeyTaken():
            return Duplicate(NAME, operation, refusal.existing)
        case no.FileTooLarge():
            return TooLarge(NAME, operation, refusal.limit)
        case no.DiskFull():
            return Unavailable(NAME, operation, "disk_full")
        case no.DatabaseMissing():
            return Unavailable(NAME, operation, "database_missing")
        case no.FilesMissing():
            return Unavailable(NAME, operation, "files_missing")
        case _:
            return HostBug(NAME, operation, type(refusal).__name__)
