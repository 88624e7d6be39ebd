"""The indsatser a decision gives on the screen: what may be chosen, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.afgoerelser import Given
from dubu_plugin.domain.indsatser import ADULT, IndsatsState
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.usecases.afgoerelse.whole import Whole
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.web.indsats import words as indsats_words


@dataclass(frozen=True, slots=True)
class GivenLine:
    """An indsats a decision gives."""

    title: str
    detail: str = field(repr=False)
    purpose: str = field(repr=False)
    mark: tuple[str, str, str] | None
    """How far it has come; None where nothing is begun."""
    url: str
    """Where it stands, or where it is begun; empty where neither can be."""


def indsats_options(product: Product, it: Whole) -> Sequence[tuple[str, str]]:
    """Return what may be decided today, at which place, as choices of the form."""
    wanted = set(it.matter.indsatser)
    found = []
    for one in product.indsatser.allowed(it.day, _age_of(it)):
        if one.indsats.code in wanted:
            place = f": {one.place.title}" if one.place else ""
            value = f"{one.indsats.code}:{one.place.code if one.place else ''}"
            found.append((value, f"{one.indsats.title}{place}"))
    return found


def _age_of(it: Whole) -> int | None:
    """Return the age help is given at: what begins at eighteen is decided before (§ 111)."""
    ages = it.matter.ages
    from_eighteen = it.age is not None and ages is not None and ages[1] >= ADULT
    return max(it.age, ADULT) if from_eighteen and it.age is not None else it.age


def given_lines(
    connection: sa.Connection, product: Product, it: Whole, url: str, *, may_write: bool
) -> Sequence[GivenLine]:
    """Return what a decision gives, each with the indsats it became or where that is begun.

    :param url: the case's.
    """
    its = it.afgoerelse
    if not its.given or (its.is_open or not its.gives):
        return [_line(product, it, one, None, "") for one in its.given]
    begun = [one for one in indsatser.of_sag(connection, its.sag) if one.afgoerelse == its.id]
    found = []
    for one in its.given:
        ours = next(
            (i for i in begun if i.code == one.code and i.state is not IndsatsState.OPGIVET), None
        )
        if ours is not None:
            mark, where = indsats_words.STATES[ours.state], f"{url}/indsats/{ours.id}"
        else:
            mark = None
            where = f"{url}/indsatser/ny?afgoerelse={its.id}&giver={one.code}" if may_write else ""
        found.append(_line(product, it, one, mark, where))
    return found


def _line(
    product: Product, it: Whole, one: Given, mark: tuple[str, str, str] | None, url: str
) -> GivenLine:
    its = it.afgoerelse
    day = its.decided_on or it.day
    row = product.indsatser.indsats(one.code, day)
    place = product.indsatser.place(one.place, day) if one.place else None
    title = ": ".join(found.title for found in (row, place) if found is not None) or one.code
    first, last = one.starts_on or its.starts_on, one.ends_on or its.ends_on
    law = one.law or (row.law if row else "")
    said = [
        law_words(law) if law else "",
        f"fra {danish.long_date(first)}" if first else "",
        f"til og med {danish.long_date(last)}" if last else "",
    ]
    return GivenLine(title, danish.unbroken(" · ".join(filter(None, said))), one.purpose, mark, url)
