"""Whose case each story of the demo is told on."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.demo.cast import Cast
from dubu_plugin.demo.errands import post_letters
from dubu_plugin.demo.telling import Telling, words
from dubu_plugin.demo.workday import workday
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store import access
from dubu_plugin.store.family import personer
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import sager, underretninger, vurderinger
from dubu_plugin.usecases.skrift.begin import begin

CASEWORKER, COLLEAGUE, LEADER = "karen", "mette", "henrik"
BEFORE_EXAMINING: Final = timedelta(days=3)
"""From the assessment until the undersøgelse of a sibling is begun."""
CALLED: Final = {Tie.MOTHER: "mor", Tie.FATHER: "far"}


@dataclass(frozen=True, slots=True)
class Role:
    """A child of Prøvestrup, and the words of its story."""

    story: str
    child: str = field(repr=False)
    """The CPR number."""
    grandmother: str
    pronouns: tuple[str, str, str]
    """In the nominative, the accusative and the genitive."""


ROLES: Final = (Role("stoette", "210815-4003", "Inge", ("han", "ham", "hans")),)


def tell_all(product: Product, now: datetime) -> None:
    """Tell each story as far as its days have come. A case something is written on is left.

    What was written on the way is delivered, since letters are printed before they are posted.
    """
    for role in ROLES:
        found = _cast(product, role)
        if found is not None:
            cast, assessed = found
            Telling(product, cast, words(role.story)).tell(assessed, now)
            _begin_beside(product, cast, now)
            deliver_once(product)
            post_letters(product, cast, now)


def _begin_beside(product: Product, cast: Cast, now: datetime) -> None:
    """Begin the undersøgelse of a sibling that has a case: it can fetch what the first one says."""
    with product.store.read() as connection:
        family = personer.family_of(connection, cast.child)
        siblings = [one.person.id for one in family if one.tie == Tie.SIBLING]
        found = [begun for one in siblings if (begun := _case(connection, one))]
    for sag, assessed in found:
        at = workday(assessed + BEFORE_EXAMINING, random.Random(0))
        if at <= now:
            begin(
                sag, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE,
                product=product, asker=cast.caseworker, now=at,
            )  # fmt: skip


def _cast(product: Product, role: Role) -> tuple[Cast, datetime] | None:
    """Return who the story is about and when its underretning was assessed; None where it is told
    already, or the child has no case here."""
    with product.store.read() as connection:
        child = personer.by_cpr(connection, Cpr.parse(role.child))
        people = {key: access.asker(connection, key) for key in (CASEWORKER, LEADER)}
        hers, leaders = people[CASEWORKER], people[LEADER]
        begun = _case(connection, child.id) if child else None
        if child is None or begun is None or hers is None or leaders is None:
            return None
        sag, assessed = begun
        if skrifter.of_sag(connection, sag):
            return None
        family = personer.family_of(connection, child.id)
    parents = {one.person.id: CALLED[Tie(one.tie)] for one in family if one.tie in set(CALLED)}
    first = {CALLED[Tie(one.tie)]: _first(one.person.name) for one in family if one.tie in CALLED}
    sibling = next((one.person.name for one in family if one.tie == Tie.SIBLING), "")
    he, him, his = role.pronouns
    names = {
        "barn": _first(child.name), "soeskende": _first(sibling), "farmor": role.grandmother,
        "hun": he, "Hun": he.capitalize(), "hende": him, "hendes": his, **first,
    }  # fmt: skip
    return Cast(sag, child.id, parents, hers, COLLEAGUE, leaders, names), assessed


def _case(connection: sa.Connection, child: UUID) -> tuple[UUID, datetime] | None:
    """Return the child's open case, and when the first underretning on it was assessed."""
    row = connection.execute(
        sa.select(sager.c.id, vurderinger.c.assessed_at)
        .join(underretninger, underretninger.c.sag_id == sager.c.id)
        .join(vurderinger, vurderinger.c.underretning_id == underretninger.c.id)
        .where(
            sager.c.child_id == child,
            sager.c.phase != CLOSED,
            sager.c.responsible == CASEWORKER,
            sager.c.host_key.is_not(None),
        )
        .order_by(vurderinger.c.assessed_at)
        .limit(1)
    ).first()
    return (row.id, row.assessed_at) if row else None


def _first(name: str) -> str:
    return name.split(" ", maxsplit=1)[0]
