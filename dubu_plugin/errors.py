"""Every error raised on purpose, sorted by who can put it right.

* `CaseworkError`: the person at the screen. The panel shows its Danish sentence.
* `ConfigurationError`: whoever installed the product. Start-up stops.
* `AdapterError`: nobody here, because another system did not do what was asked. Which of its three
  kinds it is tells whether asking again is useless, safe, or dangerous before a look.

Anything else that escapes is a fault in the product and is shown as one. An error carries
identifiers only: no name, no CPR number and no free text, since errors end up in logs.
"""

from typing import ClassVar, Literal

Retry = Literal["never", "later", "after_probe"]


class DubuError(Exception):
    """The common root. Catch it at the edge only."""


class CaseworkError(DubuError):
    """A rule of casework said no, and the person at the screen can act on it."""

    danish: ClassVar[str]
    """What the screen says: a format string over the error's own attributes."""

    def for_people(self) -> str:
        """Return the Danish sentence that says what to do."""
        return self.danish.format(**vars(self))


class ConfigurationError(DubuError):
    """The installation cannot work as it stands. The message says which setting and why."""


class AdapterError(DubuError):
    """Another system did not do what was asked."""

    retry: ClassVar[Retry]

    def __init__(self, system: str, operation: str, code: str = "") -> None:
        super().__init__(f"{system}.{operation}: {type(self).__name__} {code}".rstrip())
        self.system = system
        self.operation = operation
        self.code = code


class Refused(AdapterError):
    """The system answered no. The same question gets the same answer."""

    retry = "never"


class Unreachable(AdapterError):
    """The request did not take effect. Asking again later is safe."""

    retry = "later"


class OutcomeUnknown(AdapterError):
    """The request was sent and no answer came. Look before asking again."""

    retry = "after_probe"
