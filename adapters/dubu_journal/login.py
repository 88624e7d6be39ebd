"""Who is logged in: a cookie with a random token, and its hash in the database.

A session that nothing is asked in for half an hour is over, and every one is after a working day.
The token says nothing and can be taken back by removing its row. A copy of the database opens
nobody's session, since it holds only hashes.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

import sqlalchemy as sa

from dubu_journal import tables as t
from dubu_journal import users
from dubu_journal.database import Database
from dubu_journal.users import User

COOKIE: Final = "journal"
LASTS: Final = timedelta(hours=12)
"""A working day: whoever comes back the next morning logs in again."""
IDLE: Final = timedelta(minutes=30)
"""How long a session stays open while nothing is asked in it. What is typed and sent later is given
back on the page, to be saved from there after logging in."""
SEEN_EVERY: Final = timedelta(minutes=1)
"""How often it is written down that a session is in use."""


def start(connection: sa.Connection, user: str, now: datetime) -> str:
    """Log somebody in and return the token their browser is to hold. Old sessions are cleared."""
    connection.execute(t.sessions.delete().where(t.sessions.c.expires < now))
    token = secrets.token_urlsafe(32)
    row = {"token_hash": _hash(token), "user": user, "started": now, "expires": now + IDLE}
    connection.execute(t.sessions.insert().values(row))
    return token


def end(connection: sa.Connection, token: str) -> None:
    """Log the one with this token out."""
    connection.execute(t.sessions.delete().where(t.sessions.c.token_hash == _hash(token)))


def who(connection: sa.Connection, token: str | None, now: datetime) -> User | None:
    """Return who holds the token, or None where nobody does, or they have left."""
    if not token:
        return None
    user = users.by_session(connection, _hash(token), now)
    return user if user is not None and user.active else None


def seen(database: Database, token: str | None, now: datetime) -> None:
    """Write down that a session is in use, so that it stays open. Mostly that was done just now.

    To be called with no connection in hand; the one who asks is known already.
    """
    if not token:
        return
    here = _hash(token)
    given = {"token_hash": here, "now": now, "before": now + IDLE - SEEN_EVERY}
    with database.reading() as connection:
        started = connection.scalar(_long_used(), given)
    if started is None:
        return
    until = min(now + IDLE, started + LASTS)
    s = t.sessions.c
    still = (s.token_hash == here) & (s.expires < given["before"]) & (s.expires < until)
    with database.writing() as connection:
        connection.execute(t.sessions.update().where(still).values(expires=until))


@cache
def _long_used() -> sa.Select[Any]:
    """Put together once: every page asks it."""
    s, now, before = t.sessions.c, *(sa.bindparam(n, type_=t.Moment) for n in ("now", "before"))
    here = s.token_hash == sa.bindparam("token_hash")
    return sa.select(s.started).where(here, s.expires < before, s.expires >= now)


def token(headers: Mapping[str, str], cookies: Mapping[str, str]) -> str | None:
    """Return the token a request carries, or None.

    :param headers: looked at where the caller has not taken the cookies apart.
    """
    if COOKIE in cookies:
        return cookies[COOKIE]
    raw = next((value for name, value in headers.items() if name.lower() == "cookie"), "")
    try:
        morsel = SimpleCookie(raw).get(COOKIE)
    except CookieError:
        return None
    return None if morsel is None else morsel.value


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
