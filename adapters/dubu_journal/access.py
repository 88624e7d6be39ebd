"""Who may see which case in the host.

Membership of the case opens it, and so does being responsible for it, or leading its unit or one
above. Membership of its unit opens it unless it is protected. An auditor reads every case that is
not protected, and writes nothing (`only_reads`). A plugin may close what this opens; it cannot open
what this closes. `visible` is the rule in SQL, and the only place it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from dubu_journal import tables as t
from dubu_journal import users
from dubu_journal.refusals import BadValue
from dubu_journal.users import User

AUDITOR: Final = "revisor"
"""The role of who reads all cases, to see that the work is done as it should be."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks, and the units whose cases are theirs to see."""

    user: str
    units: frozenset[str]
    """Those they belong to or lead, with all below the led ones."""
    led: frozenset[str]
    """Those they lead, with all below: their protected cases too."""
    words: frozenset[str]
    """The same units as words of the search index: see `words`."""
    audits: bool = False
    """Whether they read every case that is not protected: then every unit is theirs to see."""
    only_reads: bool = False
    """Whether they change nothing, wherever they are let in."""
    shut: dict[int, bool] = field(default_factory=dict, compare=False, repr=False)
    """Whether a plugin keeps a case closed, of the cases they were asked about so far."""


def viewer(connection: sa.Connection, user: str) -> Viewer | None:
    """Return who looks, or None where there is no such user or they have left."""
    found = users.user(connection, user)
    return None if found is None or not found.active else viewer_of(connection, found)


def viewer_of(connection: sa.Connection, user: User) -> Viewer:
    """Return somebody who works here as one who looks."""
    rows = connection.execute(_units_of(), {"user": user.key, "unit": user.unit}).all()
    led = frozenset(key for key, _, leads_it in rows if leads_it)
    own = frozenset(key for key, _, leads_it in rows if not leads_it)
    under = users.below(connection, led) if led else frozenset()
    found = frozenset(f"{'u' if leads_it else 'i'}{number}" for _, number, leads_it in rows)
    audits = AUDITOR in user.roles
    if audits:
        everywhere = connection.execute(sa.select(t.units.c.key, t.units.c.number)).all()
        own |= {key for key, _ in everywhere}
        found |= {f"i{number}" for _, number in everywhere}
    only_reads = audits and len(user.roles) == 1
    return Viewer(user.key, own | under, under, found, audits, only_reads)


@cache
def _units_of() -> sa.CompoundSelect[*tuple[Any, ...]]:
    """Put together once: every page asks it."""
    unit, user = (
        sa.select(t.units.c.key, t.units.c.number),
        sa.bindparam("user", type_=sa.Unicode()),
    )
    leads = unit.join(t.unit_leaders, t.unit_leaders.c.unit == t.units.c.key)
    joined = unit.join(t.unit_members, t.unit_members.c.unit == t.units.c.key)
    return sa.union_all(
        leads.add_columns(sa.true()).where(t.unit_leaders.c.user == user),
        joined.add_columns(sa.false()).where(t.unit_members.c.user == user),
        unit.add_columns(sa.false()).where(t.units.c.key == sa.bindparam("unit")),
    )


def sees_reads(viewer: Viewer, *, responsible: str, unit: str) -> bool:
    """Tell whether somebody who sees a case of these may see who has read it."""
    return viewer.audits or responsible == viewer.user or unit in viewer.led


def words(connection: sa.Connection, unit: str, protected: bool) -> str:
    """Return the words that make a case found by those who may see it for their unit's sake.

    ``i7``: it is in unit 7, for its members, where it is not protected. ``u3``: it is in or under
    unit 3, for its leaders.
    """
    path = users.path_up(connection, unit)
    members = () if protected else (f"i{path[0][1]}",)
    return " ".join([*members, *(f"u{number}" for _, number in path)])


def move_unit(connection: sa.Connection, unit: str, parent: str | None) -> None:
    """Put a unit with all below it under another, and let the leaders' sight follow.

    :raises BadValue: it would be under itself.
    """
    moved = users.below(connection, frozenset({unit}))
    if parent in moved:
        raise BadValue("parent")
    connection.execute(t.units.update().where(t.units.c.key == unit).values(parent=parent))
    for key in moved:
        for protected in (False, True):
            there = (t.cases.c.unit == key) & (t.cases.c.protected == protected)
            found = words(connection, key, protected)
            connection.execute(t.cases.update().where(there).values(scope=found))


def visible(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Return the condition on `cases` that holds for what this viewer may see."""
    return _visible(viewer.user, viewer.units, viewer.led)


def visible_of(connection: sa.Connection, viewer: Viewer, case_ids: Iterable[int]) -> set[int]:
    """Return those of the ids that are of cases this viewer may see."""
    given = {
        "cases": sorted(set(case_ids)), "user": viewer.user,
        "units": sorted(viewer.units), "led": sorted(viewer.led),
    }  # fmt: skip
    return set(connection.scalars(_visible_of(), given)) if given["cases"] else set()


@cache
def _visible_of() -> sa.Select[tuple[int]]:
    """Put together once: every page asks it."""
    user = sa.bindparam("user", type_=sa.Unicode())
    units, led = (sa.bindparam(n, type_=sa.Unicode(), expanding=True) for n in ("units", "led"))
    cases = sa.bindparam("cases", type_=sa.Integer(), expanding=True)
    return sa.select(t.cases.c.id).where(t.cases.c.id.in_(cases), _visible(user, units, led))


def _visible(user: Any, units: Any, led: Any) -> sa.ColumnElement[bool]:
    joined = sa.select(t.case_members.c.case_id).where(t.case_members.c.user == user)
    return sa.or_(
        t.cases.c.responsible == user,
        t.cases.c.id.in_(joined),
        sa.and_(~t.cases.c.protected, t.cases.c.unit.in_(units)),
        sa.and_(t.cases.c.protected, t.cases.c.unit.in_(led)),
    )


def beyond_units(viewer: Viewer) -> sa.Select[int]:
    """Return the ids of the cases a viewer sees for their own sake, not for their units'."""
    own = sa.or_(t.cases.c.responsible == viewer.user, t.cases.c.id.in_(_joined(viewer)))
    elsewhere = sa.or_(t.cases.c.protected, t.cases.c.unit.not_in(viewer.units))
    return sa.select(t.cases.c.id).where(own, elsewhere)


def may_see(connection: sa.Connection, viewer: Viewer, case_id: int) -> bool:
    """Tell whether the viewer may see the case. No, where there is none."""
    found = sa.select(t.cases.c.id).where(t.cases.c.id == case_id, visible(viewer))
    return connection.execute(found).first() is not None


def add_member(connection: sa.Connection, case_id: int, user: str) -> None:
    """Let somebody work on the case."""
    row = {"case_id": case_id, "user": user}
    connection.execute(t.case_members.insert().prefix_with("OR IGNORE").values(row))


def remove_member(connection: sa.Connection, case_id: int, user: str) -> None:
    """Take somebody off the case."""
    there = (t.case_members.c.case_id == case_id) & (t.case_members.c.user == user)
    connection.execute(t.case_members.delete().where(there))


def members(connection: sa.Connection, case_id: int) -> list[str]:
    """Return the keys of those who work on the case besides the responsible."""
    of_case = t.case_members.c.case_id == case_id
    return list(connection.execute(sa.select(t.case_members.c.user).where(of_case)).scalars())


def _joined(viewer: Viewer) -> sa.Select[int]:
    return sa.select(t.case_members.c.case_id).where(t.case_members.c.user == viewer.user)
