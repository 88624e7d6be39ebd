"""Prøvestrup as it stands in `proevestrup.toml`."""

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the organisation."""

    key: str
    title: str
    parent: str | None = None
    phone: str | None = None
    acute_phone: str | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works there. They log in by their key."""

    key: str
    name: str
    unit: str
    roles: tuple[str, ...]
    title: str
    leads: tuple[str, ...] = ()
    cpr: str | None = field(default=None, repr=False)
    """Set where they are in the address book themselves."""
    shows: str | None = None
    """What a visitor sees by logging in as them; None where it is nothing new."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives there."""

    name: str
    cpr: str = field(repr=False)
    address: str | None = field(default=None, repr=False)
    """Their own, where it is not the family's."""
    protected: bool | None = None
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    partner: str | None = field(default=None, repr=False)
    """Their partner's CPR number."""
    child: str | None = field(default=None, repr=False)
    """A grandparent: the CPR number of the parent they are mother or father of."""


@dataclass(frozen=True, slots=True)
class Family:
    """Children with their parents and grandparents."""

    address: str = field(repr=False)
    children: tuple[Resident, ...]
    mother: Resident | None = None
    father: Resident | None = None
    grandparents: tuple[Resident, ...] = ()
    protected: bool = False
    """Whether the address is, for those who do not say otherwise."""

    @property
    def members(self) -> tuple[Resident, ...]:
        """Everybody."""
        parents = tuple(parent for parent in (self.mother, self.father) if parent)
        return (*self.children, *parents, *self.grandparents)


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened on a case."""

    after: float
    """Days after its underretning came."""
    what: str
    data: dict[str, bool | int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class History:
    """An underretning that was assessed before the demo begins."""

    child: str = field(repr=False)
    days_ago: int
    underretter: str
    concern: str
    text: str = field(repr=False)
    next_step: str
    reason: str = field(repr=False)
    closed: bool = False
    responsible: str = "karen"
    area: str = "udsatte_boern"
    forloeb: str = "modtagelse"
    """How far it has come (`forloeb.Forloeb`)."""
    helped_after: float | None = None
    """So many days later support began, which runs still."""
    haendelser: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail, and how long it has lain in the inbox."""

    file: str
    hours_ago: float
    taken_by: str | None = None
    """Who at the reception has taken it; None where nobody has yet."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """All that was thought up by hand."""

    units: tuple[Unit, ...]
    staff: tuple[Staff, ...]
    families: tuple[Family, ...]
    histories: tuple[History, ...]
    post: tuple[Arrival, ...]


def proevestrup() -> Municipality:
    """Return the municipality."""
    written = files(__package__).joinpath("proevestrup.toml").read_text(encoding="utf-8")
    return TypeAdapter(Municipality).validate_python(tomllib.loads(written))
