"""The closed set of ways a journal host can fail, under the three kinds of `dubu_plugin.errors`.

A caller that knows only `Refused`, `Unreachable` and `OutcomeUnknown` still does the right thing.
No error holds text from the host: answers echo what was sent, and that may be a person's data.
"""

from datetime import datetime

from dubu_plugin.errors import OutcomeUnknown, Refused, Unreachable


class NotConfigured(Refused):
    """The host lacks a setting this operation needs."""


class Forbidden(Refused):
    """The actor may not do this in the host."""


class NotFound(Refused):
    """There is no such object in the host, or not for this actor."""


class Rejected(Refused):
    """The host found a value unacceptable."""

    def __init__(self, system: str, operation: str, field: str | None = None) -> None:
        super().__init__(system, operation, field or "")
        self.field = field


class CaseClosed(Refused):
    """The case is closed, and the host takes nothing more on it."""


class Conflict(Refused):
    """Somebody changed the object since it was read. Read it again before writing."""

    def __init__(self, system: str, operation: str, current: str | None = None) -> None:
        super().__init__(system, operation)
        self.current = current
        """The version the host holds now, where it says so."""


class Duplicate(Refused):
    """The host already holds the object under this key."""

    def __init__(self, system: str, operation: str, existing: str) -> None:
        super().__init__(system, operation)
        self.existing = existing
        """The host's key of the object that is there."""


class TooLarge(Refused):
    """A file is larger than the host takes."""

    def __init__(self, system: str, operation: str, limit: int | None = None) -> None:
        super().__init__(system, operation)
        self.limit = limit
        """The largest size taken, in bytes, where the host says so."""


class HostBug(Refused):
    """The host answered something its own contract does not allow."""


class AuthFailed(Unreachable):
    """The host did not accept our credentials. Renew them, then ask again."""


class Locked(Unreachable):
    """Somebody holds the object. Ask again when they let go."""

    def __init__(
        self, system: str, operation: str, by: str | None = None, until: datetime | None = None
    ) -> None:
        super().__init__(system, operation)
        self.by = by
        self.until = until


class Throttled(Unreachable):
    """The host asks us to wait."""

    def __init__(self, system: str, operation: str, after: float | None = None) -> None:
        super().__init__(system, operation)
        self.after = after
        """How long to wait, in seconds, where the host says so."""


class Unavailable(Unreachable):
    """The host is down or out of reach, and did nothing."""


class Unanswered(OutcomeUnknown):
    """A write was sent and no answer came: probe with the operation's key before sending again."""

    def __init__(self, system: str, operation: str, op_key: str) -> None:
        super().__init__(system, operation, op_key)
        self.op_key = op_key
