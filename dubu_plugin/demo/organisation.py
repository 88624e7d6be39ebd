"""Who works in a made-up municipality: Prøvestrup's own people, and as many more as it takes."""

from dataclasses import dataclass, replace
from itertools import cycle

from dubu_plugin.demo.municipality import Municipality, Staff, Unit
from dubu_plugin.demo.sizes import CASES_EACH, Size
from dubu_plugin.domain.access import Role
from dubu_plugin.testing.citizens import MEN, WOMEN, Citizens

TOP = "boern-familie"
OWN_DEPARTMENTS = ("modtagelse", "ungeteam", "boernehandicap")
FEW = {Role.ADMINISTRATOR: 0.08, Role.FINANCE: 0.02, Role.AUDITOR: 0.006}
"""Those who are not caseworkers or leaders, as a share of all."""
WHERE = {Role.ADMINISTRATOR: "it", Role.FINANCE: "oekonomi", Role.AUDITOR: "proevestrup"}
TITLES = {
    Role.CASEWORKER: "børne- og ungerådgiver",
    Role.TEAM_LEADER: "teamleder",
    Role.ADMINISTRATOR: "systemadministrator",
    Role.FINANCE: "økonomikonsulent",
    Role.AUDITOR: "intern revisor",
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """Units and people, those at the top first."""

    units: tuple[Unit, ...]
    staff: tuple[Staff, ...]
    carriers: tuple[Staff, ...]
    """The caseworkers who have open cases, about as many each."""

    @property
    def caseworkers(self) -> tuple[Staff, ...]:
        """Everybody who has, or has had, cases."""
        return tuple(
            person
            for person in self.staff
            if Role.CASEWORKER in person.roles and person.unit != "doegnvagt"
        )


def organised(size: Size, known: Municipality, people: Citizens) -> Organisation:
    """Return the organisation of a municipality of this size."""
    areas = [Unit(f"omraade-{n}", f"Område {n}", TOP) for n in range(1, size.areas + 1)]
    departments = [
        Unit(f"afdeling-{n}", f"Afdeling {n}", areas[n % len(areas)].key if areas else TOP)
        for n in range(1, size.departments + 1)
    ]
    units = (*known.units, *areas, *departments)
    with_cases = (*OWN_DEPARTMENTS, *(unit.key for unit in departments))
    staff = [*known.staff, *_others(size, known, with_cases, people)]
    whole = Organisation(units, tuple(staff), ())
    return replace(whole, carriers=_carriers(size, whole.caseworkers))


def _others(
    size: Size, known: Municipality, departments: tuple[str, ...], people: Citizens
) -> list[Staff]:
    """Return everybody who is not known by name beforehand."""
    more = size.users - len(known.staff)
    roles = [Role.TEAM_LEADER] * (size.leaders - 1)
    for role, share in FEW.items():
        roles += [role] * round(size.users * share)
    roles += [Role.CASEWORKER] * (more - len(roles))
    place = cycle(departments)
    return [
        _employed(number, role, WHERE.get(role) or next(place), people)
        for number, role in enumerate(roles[:more], start=1)
    ]


def _employed(number: int, role: Role, unit: str, people: Citizens) -> Staff:
    first = people.random.choice(WOMEN if people.random.random() < 0.8 else MEN)
    return Staff(
        key=f"medarbejder-{number}",
        name=f"{first} {people.surname()}",
        unit=unit,
        roles=(role.value,),
        title=TITLES[role],
        leads=(unit,) if role is Role.TEAM_LEADER else (),
    )


def _carriers(size: Size, caseworkers: tuple[Staff, ...]) -> tuple[Staff, ...]:
    """Return as many caseworkers as the open cases keep busy, from every department alike."""
    by_unit: dict[str, list[Staff]] = {}
    for person in caseworkers:
        by_unit.setdefault(person.unit, []).append(person)
    wanted = max(1, round(size.open_cases / CASES_EACH))
    chosen: list[Staff] = []
    for rank in range(max(map(len, by_unit.values()))):
        chosen += [staff[rank] for staff in by_unit.values() if rank < len(staff)]
        if len(chosen) >= wanted:
            break
    return tuple(chosen[:wanted])
