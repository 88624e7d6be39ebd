"""The CPR number, kept out of logs by its own repr."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from stdnum.dk import cpr as register_rules
from stdnum.exceptions import InvalidComponent

from dubu_plugin.errors import CaseworkError


class NotACpr(CaseworkError):
    """The text cannot be a CPR number."""

    danish = "CPR-nummeret skal have ti cifre og begynde med en dato, fx 031216-1234."
    field = "cpr"


@dataclass(frozen=True, slots=True, repr=False)
class Cpr:
    """A personnummer: ten digits, of which the first six are a date.

    Numbers issued since 2007 may fail modulus 11, so that check only ever warns (`is_unusual`).
    Source: CPR-kontoret (cpr.dk) and CPR-loven § 3.
    """

    digits: str
    """Ten digits, no hyphen."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the number in a text with or without hyphen and spaces.

        :raises NotACpr: it does not have ten digits, or they name no date.
        """
        digits = re.sub(r"[\s-]", "", text)
        if not re.fullmatch(r"[0-9]{10}", digits):
            raise NotACpr
        number = cls(digits)
        _ = number.born
        return number

    @property
    def born(self) -> date:
        """The date of birth. Erstatningspersonnumre have 60 added to the day.

        :raises NotACpr: the digits name no date.
        """
        day = int(self.digits[:2])
        plain = f"{day - 60:02}{self.digits[2:]}" if self.is_substitute else self.digits
        try:
            return register_rules.get_birth_date(plain)
        except InvalidComponent:
            raise NotACpr from None

    @property
    def is_substitute(self) -> bool:
        """Whether it is an erstatningspersonnummer, which the CPR register does not know."""
        return int(self.digits[:2]) > 60

    @property
    def is_unusual(self) -> bool:
        """Whether it fails modulus 11. Worth a second look, never a reason to refuse."""
        return register_rules.checksum(self.digits) != 0

    @property
    def masked(self) -> str:
        """The number as screens show it: ``031216-••••``."""
        return f"{self.digits[:6]}-••••"

    @property
    def plain(self) -> str:
        """The whole number as people write it, for those who may see it."""
        return f"{self.digits[:6]}-{self.digits[6:]}"

    def __repr__(self) -> str:
        return "Cpr(••••••-••••)"

    def __str__(self) -> str:
        return self.masked
