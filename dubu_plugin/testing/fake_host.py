"""What the fake journal is made of: its memory, its switches, and how it answers at all."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.journal import Capability
from dubu_plugin.ports.journal_errors import (
    CaseClosed,
    Duplicate,
    NotConfigured,
    NotFound,
    Rejected,
    Unanswered,
    Unavailable,
)
from dubu_plugin.ports.journal_objects import (
    Case,
    CaseRead,
    Document,
    File,
    Kind,
    Note,
    Op,
    Page,
    Party,
    Phase,
    Ref,
    Reminder,
    Section,
    User,
)

T = TypeVar("T")

NAME: Final = "fake"

EVERYTHING: Final = frozenset(Capability) - {Capability.TEMPLATES_REQUIRED, Capability.NOTES_HTML}

USERS: Final = (
    User("anne", "anne", "Anne Testsagsbehandler", "boern-nord"),
    User("bo", "bo", "Bo Prøvekollega", "boern-nord"),
    User("cecilie", "cecilie", "Cecilie Demofremmed", "boern-syd"),
)


class Referred(Protocol):
    """Anything with a ref."""

    @property
    def ref(self) -> Ref:
        """The fake's name for it."""


R = TypeVar("R", bound=Referred)


@dataclass
class Lock:
    """Who has a draft out."""

    token: str
    by: str
    since: datetime


@dataclass
class Folder:
    """A case and all that lies on it."""

    case: Case
    parties: list[Party] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    reminders: dict[str, Reminder] = field(default_factory=dict)
    reads: list[CaseRead] = field(default_factory=list)


def clock() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


class FakeHost:
    """The fake's memory and switches."""

    name = NAME

    def __init__(
        self,
        *,
        flags: frozenset[Capability] = EVERYTHING,
        users: Sequence[User] = USERS,
        page_size: int = 100,
        largest_file: int | None = None,
        clock: Callable[[], datetime] = clock,
    ) -> None:
        self.flags = flags
        self.users = {user.key: user for user in users}
        self.page_size = page_size
        self.largest_file = largest_file
        self.clock = clock

        self.down = False
        """Whether every operation raises `Unavailable`."""
        self.lose_answers = 0
        """How many of the next writes take effect without an answer."""
        self.lose_requests = 0
        """How many of the next writes are lost on their way: no effect, and no answer."""
        self.raise_next: AdapterError | None = None
        """What the next operation raises instead of doing anything."""
        self.wait: Callable[[str], None] = lambda operation: None
        """Called with each operation's name before it is done: wait here to be slow."""
        self.calls: list[str] = []
        """The names of the operations asked for, in order."""

        self.folders: dict[str, Folder] = {}
        self.contacts: dict[str, Party] = {}
        self.versions: dict[str, list[File]] = {}
        """Every version of the one or more files of a document, by the document's key."""
        self.contents: dict[str, bytes] = {}
        """What the files hold, by the file's key."""
        self.locks: dict[str, Lock] = {}
        self.changes: list[Ref] = []
        self._done: dict[UUID, tuple[str, Ref, Any]] = {}
        self._turn = threading.RLock()
        self._keys = count(1)

    @contextmanager
    def _asked(self, operation: str, needs: Capability | None = None) -> Iterator[None]:
        """Let one operation in at a time, where the switches let it in."""
        if needs is not None and needs not in self.flags:
            raise NotConfigured(NAME, operation)
        self.wait(operation)
        with self._turn:
            self.calls.append(operation)
            error, self.raise_next = self.raise_next, None
            if error is not None:
                raise error
            if self.down:
                raise Unavailable(NAME, operation)
            yield

    def _once(
        self,
        operation: str,
        op: Op,
        work: Callable[[], tuple[Ref, T]],
        *,
        needs: Capability | None = None,
    ) -> T:
        """Do the work, or give the first answer again."""
        with self._asked(operation, needs):
            if self.lose_requests:
                self.lose_requests -= 1
                raise Unanswered(NAME, operation, str(op.key))
            if op.key not in self._done:
                self._done[op.key] = (operation, *work())
            first, ref, answer = self._done[op.key]
            if first != operation:
                raise Duplicate(NAME, operation, ref.key)
            if self.lose_answers:
                self.lose_answers -= 1
                raise Unanswered(NAME, operation, str(op.key))
            given: T = answer
            return given

    def _folder(self, case: Ref, operation: str) -> Folder:
        if case.host != NAME or case.kind is not Kind.CASE or case.key not in self.folders:
            raise NotFound(NAME, operation)
        return self.folders[case.key]

    def _open_folder(self, case: Ref, operation: str) -> Folder:
        folder = self._folder(case, operation)
        if folder.case.phase is Phase.CLOSED:
            raise CaseClosed(NAME, operation)
        return folder

    def _holding(self, document: Ref, operation: str) -> Folder:
        """Return the folder a document or draft lies in."""
        for folder in self.folders.values():
            if document.host == NAME and document.key in folder.documents:
                return folder
        raise NotFound(NAME, operation)

    def _new_ref(self, kind: Kind, number: str | None = None) -> Ref:
        ref = Ref(NAME, kind, str(next(self._keys)), number)
        self.changes.append(ref)
        return ref

    def _page(self, items: Sequence[R], after: str | None) -> Page[R]:
        """Return the items that follow the one with this key."""
        keys = [item.ref.key for item in items]
        start = keys.index(after) + 1 if after in keys else 0
        shown = items[start : start + self.page_size]
        return Page(shown, keys[start + len(shown) - 1] if start + len(shown) < len(keys) else None)

    def _check(self, operation: str, **values: str) -> None:
        """Refuse what no host takes: no title, half a character, somebody not employed here."""
        for name, value in values.items():
            empty = name == "title" and not value.strip()
            unknown = name == "responsible" and value not in self.users
            if empty or unknown or not _whole(value):
                raise Rejected(NAME, operation, name)


def _whole(text: str) -> bool:
    """Tell whether no character is half, as mail in a wrong character set leaves them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
