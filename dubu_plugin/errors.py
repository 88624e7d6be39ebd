"""Every error raised on purpose, sorted by who can put it right.

* `CaseworkError`: the person at the screen. The panel shows its Danish sentence.
* `ConfigurationError`: whoever installed the product. Start-up stops.
* `AdapterError`: nobody here, because another system did not do what was asked. Which of its three
  kinds it is tells whether asking again is useless, safe, or dangerous before a look.

Anything else that escapes is a fault in the product and is shown as one. An error carries
identifiers only: no name, no CPR number and no free text, since errors end up in logs.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal

Retry = Literal["never", "later", "after_probe"]


class DubuError(Exception):
    """The common root. Catch it at the edge only."""


class CaseworkError(DubuError):
    """A rule of casework said no, and the person at the screen can act on it."""

    danish: ClassVar[str]
    """What the screen says: a format string over the error's own attributes."""
    field: str = ""
    """The field of the form it is about, by its name there; empty where it is about all of it."""

    def for_people(self) -> str:
        """Return the Danish sentence that says what to do."""
        return self.danish.format(**vars(self))

    def at_fields(self) -> Mapping[str, str]:
        """Return the sentence at each field it is about; an empty name is the whole form."""
        return {self.field: self.for_people()}


class FieldRefused(CaseworkError):
    """What was typed in one field cannot stand."""

    danish = "{sentence}"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(field)
        self.field = field
        self.sentence = sentence


class FieldsRefused(CaseworkError):
    """Something is left out of a form, or what was typed cannot stand."""

    danish = "Det er ikke gemt. Ret felterne, og prøv igen."

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields
        """A sentence for each field, in the order of the form."""

    def at_fields(self) -> Mapping[str, str]:
        """Return the sentence at each field."""
        return self.fields


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
