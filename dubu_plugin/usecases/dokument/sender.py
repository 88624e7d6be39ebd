"""What every letter says of who it comes from: the municipality, the unit, the employee."""

from dataclasses import dataclass

import sqlalchemy as sa

from dubu_plugin.documents.letter import Value
from dubu_plugin.domain.danish import unbroken
from dubu_plugin.settings import Municipality
from dubu_plugin.store.tables import employees, units


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a letter comes from."""

    municipality: Municipality
    unit: str
    phone: str
    acute_phone: str
    name: str
    title: str

    @property
    def fields(self) -> dict[str, Value]:
        """The fields of every letter."""
        return {
            "kommune.navn": self.municipality.name,
            "kommune.adresse": self.municipality.address,
            "kommune.telefon": unbroken(self.municipality.phone),
            "kommune.web": self.municipality.website,
            "enhed.navn": self.unit,
        }

    @property
    def contact(self) -> dict[str, Value]:
        """The fields of a letter that somebody signs and that nobody answers at night."""
        return {name: value for name, value in self.signed.items() if name != "enhed.akuttelefon"}

    @property
    def signed(self) -> dict[str, Value]:
        """The fields of a letter that somebody signs and the recipient may answer."""
        return self.fields | {
            "enhed.telefon": unbroken(self.phone),
            "enhed.akuttelefon": unbroken(self.acute_phone),
            "afsender.navn": self.name,
            "afsender.titel": self.title,
        }


def sender(
    connection: sa.Connection, municipality: Municipality, *, author: str, unit: str | None
) -> Sender:
    """Return who a letter comes from; what the unit leaves out, the municipality fills in.

    :param author: the employee's key who answers for the letter.
    :param unit: the key of the unit it comes from; None for the author's own.
    """
    who = connection.execute(sa.select(employees).where(employees.c.key == author)).one_or_none()
    key = unit or (who.unit if who else None)
    where = connection.execute(sa.select(units).where(units.c.key == key)).one_or_none()
    return Sender(
        municipality=municipality,
        unit=where.title if where else municipality.name,
        phone=(where.phone if where else None) or municipality.phone,
        acute_phone=(where.acute_phone if where else None) or municipality.acute_phone,
        name=who.name if who else municipality.name,
        title=(who.title if who else None) or "",
    )
