"""A child we keep without a CPR number, and a number that may be its own.

A birth is often known before the number is. When the next underretning comes with the number, the
child would be somebody else to us, with a second case on which nothing stands of the first. So the
one without a number is shown, and a person says whether it is the same child. So is one with a
number that somebody typed and that the address book does not know: it may be a slip.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import is_near_due
from dubu_plugin.domain.match import WEIGHTS, ChildState, Reason
from dubu_plugin.errors import CaseworkError
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.database import Store
from dubu_plugin.store.family import births, personer
from dubu_plugin.store.family.births import WithoutNumber
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning

SIBLINGS_APART: Final = timedelta(days=120)
"""Two children of one mother born within this are one child whose day was misheard, or twins."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says by which a child without a number may be known."""

    days: frozenset[date] = frozenset()
    """Days of birth, also those in CPR numbers."""
    numbers: frozenset[str] = field(default=frozenset(), repr=False)
    """CPR numbers, ten digits each: one may be the mother's."""
    names: frozenset[str] = field(default=frozenset(), repr=False)
    """What may be names, as `name_key` writes them."""


class PerhapsTheSame(CaseworkError):
    """The child that was chosen has no case, and may be one that has, and no number."""

    danish = (
        "Et barn, der har en sag her uden et CPR-nummer, adressebogen kender, kan være det samme "
        "barn. Det står nu blandt de mulige børn: vælg det, hvis det er det samme. CPR-nummeret "
        "skriver eller retter du på barnets sag bagefter. Er det et andet barn, så gem igen."
    )
    field = "barn"

    def __init__(self, chosen: UUID, likely: Sequence[UUID]) -> None:
        super().__init__()
        self.chosen = chosen
        """Our key of the one that was chosen. Where nothing is stored, nobody has it."""
        self.likely = tuple(likely)
        """Our keys of those it may be."""


def spoken_of(
    connection: sa.Connection, said: Said, also: Sequence[UUID] = ()
) -> list[tuple[UUID, int, str]]:
    """Return the children that the address book does not know and a text may be about: person,
    score, reasons.

    :param also: those that are likely for another reason.
    """
    found = []
    for one in births.without_number(connection):
        reasons = _reasons(one, said)
        if reasons or one.child in also:
            reasons = (*reasons, Reason.NO_NUMBER)
            found.append((one.child, sum(WEIGHTS[why] for why in reasons), ",".join(reasons)))
    return found


def _reasons(one: WithoutNumber, said: Said) -> tuple[Reason, ...]:
    by_day = any(_born_near(one, day, timedelta()) for day in said.days)
    by_mother = one.mother_cpr in said.numbers or one.mother_key in said.names
    if one.born is None and not (by_day and by_mother):
        return ()  # an expected child is chosen by its mother
    own = (Reason.CPR,) if one.cpr in said.numbers else ()
    born = (Reason.BORN,) if by_day and one.born is not None else ()
    return (*own, *born, *((Reason.PARENT,) if by_mother else ()))


def may_be(connection: sa.Connection, child: Known) -> Sequence[UUID]:
    """Return those with a case and no number that a child with a number and no case may be.

    Born the same day, or near it with the same mother; not where the mother is known to be another.
    """
    born = child.born or (child.cpr.born if child.cpr else None)
    if child.cpr is None or born is None or sager.ever_of(connection, child.id):
        return ()
    family = personer.family_of(connection, child.id)
    mothers = {one.person.id for one in family if one.tie is Tie.MOTHER}
    return [
        one.child
        for one in births.without_number(connection)
        if (one.mother in mothers and _born_near(one, born, SIBLINGS_APART))
        or (not mothers and one.born == born)
    ]


def _born_near(one: WithoutNumber, day: date, slack: timedelta) -> bool:
    if one.born is not None:
        return abs(one.born - day) <= slack
    return is_near_due(one.due, day)


def insist_on_one_case(work: Work, about: Underretning, child: Known) -> None:
    """See to it that whoever chooses a child has seen the one it may be.

    :raises PerhapsTheSame: they have not.
    """
    shown = {person for person, _, _ in underretninger.candidates_of(work.connection, about.id)}
    likely = [one for one in may_be(work.connection, child) if one not in shown]
    if likely:
        raise PerhapsTheSame(child.id, likely)


@contextmanager
def offering(store: Store, underretning: UUID, *, actor: str, now: datetime) -> Iterator[None]:
    """Keep whom a child may be among the likely ones, though what was asked is not stored.

    :raises PerhapsTheSame: as it was raised.
    """
    try:
        yield
    except PerhapsTheSame as no:
        with store.write(actor=actor, now=now) as work:
            offer(work, underretning, no.likely)
        raise


def offer(work: Work, underretning: UUID, people: Sequence[UUID]) -> None:
    """Put some among the likely children of an underretning, first. Twice is once."""
    connection = work.connection
    stood = [
        (person, score, ",".join(why))
        for person, score, why in underretninger.candidates_of(connection, underretning)
        if person not in people
    ]
    without = {one.child for one in births.without_number(connection)}
    rows = [
        (one, WEIGHTS[Reason.CPR], Reason.NO_NUMBER.value if one in without else "")
        for one in people
    ]
    underretninger.set_candidates(connection, underretning, [*rows, *stood])
    about = underretninger.by_id(connection, underretning)
    if about is not None and about.child_id is None:
        underretninger.change_quietly(
            connection, underretning, child_state=ChildState.SUGGESTED, matched_at=work.now
        )
