"""Requests to a CalDAV server, and what goes wrong with them as the port's errors.

A server that refuses a connection has done nothing. One that took a write and said nothing, or
whose gateway spoke for it, may have done it: then nobody knows before it is looked up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from urllib.parse import unquote, urlsplit
from uuid import UUID

import httpx
from lxml import etree

from dubu_plugin.ports.journal_errors import (
    AuthFailed,
    Conflict,
    Forbidden,
    HostBug,
    Locked,
    NotConfigured,
    NotFound,
    Rejected,
    Throttled,
    TooLarge,
    Unanswered,
    Unavailable,
)

NAME: Final = "dubu_kalender"
DAV: Final = "{DAV:}"
DID_NOTHING: Final = frozenset({503, 507})
"""Answers that say it was not done; any other of the five hundreds leaves it open."""
OF_NO_USE: Final = (httpx.UnsupportedProtocol, httpx.InvalidURL)
NEVER_ARRIVED: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def etag(self) -> str | None:
        """The version, where it is one that can be asked for again."""
        found = self.headers.get("etag")
        return None if found is None or found.startswith("W/") else found


@dataclass(frozen=True, slots=True)
class Line:
    """One resource in a listing."""

    name: str
    """The last part of its path."""
    gone: bool
    truncated: bool = False


class Dav:
    """One server."""

    def __init__(self, user: str, password: str, patience: float) -> None:
        """Say how to ask; nothing is asked yet.

        :param patience: in seconds.
        """
        self._auth = (user, password) if user else None
        self._patience = patience

    @cached_property
    def _client(self) -> httpx.Client:
        # The environment's proxies and passwords are for others: a calendar server is in the house.
        return httpx.Client(
            auth=self._auth, timeout=self._patience, trust_env=False, follow_redirects=False
        )

    def ask(
        self,
        operation: str,
        method: str,
        address: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        op_key: UUID | None = None,
        fine: frozenset[int] = frozenset(),
    ) -> Answer:
        """Ask once, and return the answer.

        :param op_key: of a write; without it nothing is changed by asking.
        :param fine: answers that are no error here.
        """
        try:
            said = self._client.request(method, address, content=body, headers=headers)
        except OF_NO_USE:
            raise NotConfigured(NAME, operation) from None
        except NEVER_ARRIVED as silence:
            raise Unavailable(NAME, operation, type(silence).__name__) from None
        except httpx.TransportError as silence:
            if op_key is not None:
                raise Unanswered(NAME, operation, str(op_key)) from None
            raise Unavailable(NAME, operation, type(silence).__name__) from None
        except httpx.HTTPError as fault:
            raise HostBug(NAME, operation, type(fault).__name__) from None
        answer = Answer(said.status_code, said.headers, said.content)
        if not (200 <= answer.status < 300 or answer.status in fine):
            _refuse(operation, answer, op_key)
        return answer

    def listed(self, operation: str, answer: Answer) -> tuple[list[Line], str | None]:
        """Return what a listing names, and the token to go on from.

        :raises HostBug: it is no listing.
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            root = etree.fromstring(answer.body, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise HostBug(NAME, operation, "xml") from None
        if root.tag != f"{DAV}multistatus":
            raise HostBug(NAME, operation, "xml")
        token = root.findtext(f"{DAV}sync-token")
        return list(_lines(root)), token.strip() if token else None


def _lines(root: etree._Element) -> Iterator[Line]:
    for response in root.iterfind(f"{DAV}response"):
        href = response.findtext(f"{DAV}href") or ""
        status = response.findtext(f"{DAV}status") or ""
        path = unquote(urlsplit(href.strip()).path)
        yield Line(path.rsplit("/", 1)[-1], " 404" in status, " 507" in status)


def _refuse(operation: str, answer: Answer, op_key: UUID | None) -> None:
    """Raise what an answer means."""
    status = answer.status
    code = str(status)
    if status >= 500:
        if op_key is not None and status not in DID_NOTHING:
            raise Unanswered(NAME, operation, str(op_key))
        raise Unavailable(NAME, operation, code)
    if status in (409, 412) or b"no-uid-conflict" in answer.body:
        if status == 409 and b"no-uid-conflict" not in answer.body:
            raise NotFound(NAME, operation, code)
        raise Conflict(NAME, operation)
    match status:
        case 401:
            raise AuthFailed(NAME, operation, code)
        case 403:
            raise Forbidden(NAME, operation, code)
        case 404 | 410:
            raise NotFound(NAME, operation, code)
        case 408 | 425 | 429:
            raise Throttled(NAME, operation, _wait(answer))
        case 413:
            raise TooLarge(NAME, operation)
        case 423:
            raise Locked(NAME, operation)
        case _ if 300 <= status < 400:
            raise NotConfigured(NAME, operation, code)
        case _:
            raise Rejected(NAME, operation, code)


def _wait(answer: Answer) -> float | None:
    """Return how many seconds the server asks us to wait, where it says so in seconds."""
    said = answer.headers.get("retry-after", "")
    return float(said) if said.isascii() and said.isdigit() else None
