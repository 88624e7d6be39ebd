"""A letter that is written anew as a parent may read it now: without the place it told of, where
that has been hidden since (barnets lov § 105)."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.letter import Value
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.metode.skriftformfile import SkriftForms
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.tables import sager
from dubu_plugin.usecases.dokument.order.plan import WHERE_PLACED, place_is_hidden

STATEMENT: Final = "afgoerelse.udtalelse"
REASONS: Final = "afgoerelse.begrundelse"
SCHOOL: Final = "skolegang"
"""What a decision's reasons end with, of where the child lives."""
PARTS: Final = ("skrift.dele", "plan.resten")
"""The sections of a plan in its copies."""
PLANS: Final = (SkriftKind.BARNETS_PLAN, SkriftKind.UNGEPLAN)


def without_place(
    connection: sa.Connection,
    sag: UUID,
    letter: UUID,
    person: UUID,
    values: Mapping[str, Value],
    forms: SkriftForms,
) -> dict[str, Value]:
    """Return what a letter says to somebody, as it was written.

    :param letter: the one that did not reach them.
    """
    child = connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == sag))
    said = dict(values)
    if person == child or not place_is_hidden(connection, sag):
        return said
    decision = afgoerelser.of_letter(connection, letter)
    if decision is not None and STATEMENT in said:
        of_school = tekster.read(connection, decision, 1, places={WHOLE}).get((WHOLE, SCHOOL))
        said[STATEMENT] = ""
        said[REASONS] = str(said[REASONS]).removesuffix(of_school.text if of_school else "").strip()
    titles = {one.title for kind in PLANS for one in forms.of(kind).in_part(WHERE_PLACED)}
    for name in PARTS:
        rows = said.get(name)
        if isinstance(rows, list):
            said[name] = [one for one in rows if one.get("titel") not in titles]
    return said
