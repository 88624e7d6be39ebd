"""What a worked example of a rule is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Example:
    """What the law comes to: a rule, when its clock starts, and when it is due."""

    law: str
    code: str
    start: str
    due: str | None
    data: Mapping[str, object] = field(default_factory=dict)
    born: date | None = None

    def __str__(self) -> str:
        """Return the name of its test, which begins with the paragraph."""
        return f"{self.law} {self.code} {self.start} -> {self.due or 'intet tal'}"


def born(text: str) -> date:
    return date.fromisoformat(text)


SUMMER, WINTER = "T23:59:59+02:00", "T23:59:59+01:00"
