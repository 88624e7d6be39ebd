"""How large a municipality is to be made."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Size:
    """What is in a municipality of a kind, counted."""

    name: str
    areas: int
    """Parts of the organisation between the top and the departments; 0 for none."""
    departments: int
    """Departments with cases, besides those Prøvestrup has."""
    users: int
    leaders: int
    """Team leaders among the users."""
    open_cases: int
    closed_cases: int
    documents: int
    notes: int
    haendelser: int
    """What the history of the cases adds up to, about."""

    @property
    def cases(self) -> int:
        """All cases."""
        return self.open_cases + self.closed_cases


SIZES: Final = {
    size.name: size
    for size in (
        Size("small", 0, 0, 60, 3, 400, 2_500, 40_000, 100_000, 60_000),
        Size("copenhagen", 9, 30, 900, 30, 7_300, 60_000, 1_000_000, 3_000_000, 2_000_000),
        Size("national", 98, 294, 5_000, 294, 53_000, 600_000, 8_000_000, 25_000_000, 15_000_000),
    )
}
"""Small is a municipality of 20,000 people, Copenhagen is Denmark's largest, national is all 98.

Cases, users and underretninger follow published figures; 150 documents a case for Copenhagen's
million is an assumption, since nobody publishes that number.
"""
CASES_EACH: Final = 31
"""Open cases a caseworker has (Dansk Socialrådgiverforening, mean of 2023)."""
YEARS: Final = 5
"""How far back the cases go."""
