"""How large a municipality is to be made."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class SizeName(StrEnum):
    """The sizes by name, as the command line has them."""

    SMALL = "small"
    COPENHAGEN = "copenhagen"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Size:
    """What is in a municipality of a kind, counted."""

    name: SizeName
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
        Size(
            SizeName.SMALL,
            areas=0,
            departments=0,
            users=60,
            leaders=3,
            open_cases=400,
            closed_cases=2_500,
            documents=40_000,
            notes=100_000,
            haendelser=60_000,
        ),
        Size(
            SizeName.COPENHAGEN,
            areas=9,
            departments=30,
            users=900,
            leaders=30,
            open_cases=7_300,
            closed_cases=60_000,
            documents=1_000_000,
            notes=3_000_000,
            haendelser=2_000_000,
        ),
        Size(
            SizeName.NATIONAL,
            areas=98,
            departments=294,
            users=5_000,
            leaders=294,
            open_cases=53_000,
            closed_cases=600_000,
            documents=8_000_000,
            notes=25_000_000,
            haendelser=15_000_000,
        ),
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
