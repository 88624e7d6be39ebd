"""Copy what is of the whole family from a sibling's skrift, with where it came from shown.

Whoever copies must be able to read the sibling's case; that they did stands in its log. What is
only about the one child, such as the child's own words, who talked with it, and its siblings, is
not offered. A source that is cited comes along, with whose case it is from.

Source: barnets lov § 21, stk. 1-4 (siblings are looked at too).
"""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, decide
from dubu_plugin.domain.danish import whose
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.metode.method import FieldRole
from dubu_plugin.metode.skriftform import SkriftForm
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.kinship import are_tied
from dubu_plugin.store.skrift import kilder, skrifter, tekster
from dubu_plugin.store.skrift.kilder import KildeKind
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import At
from dubu_plugin.usecases.skrift.on_skrift import OnSkrift, Skriver, on_skrift

OF_THE_FAMILY: Final = frozenset(
    {
        FieldRole.BESKRIVELSE,
        FieldRole.RESSOURCER,
        FieldRole.UDFORDRINGER,
        FieldRole.FORAELDRENES_SYN,
    }
)
"""What a dimension says of the family. What it means to the one child is written anew."""


CITED: Final = re.compile(r"(\s*)#([1-9]\d{0,3})(?!\w)")
"""A source a text cites, with what stands before it."""


def copy_shared(
    sag: UUID,
    skrift: UUID,
    source: UUID,
    ats: Collection[At],
    *,
    product: Skriver,
    asker: Asker,
    now: datetime,
) -> int:
    """Copy texts from a sibling's skrift where nothing is written here, and return how many.

    :param ats: sections that are shared, and the fields of dimensions that are of the family.
    :raises NotOpen, CaseClosed: see there.
    :raises NotYours: the policy says no here or on the sibling's case, they are no siblings, or
        what is asked for is not of the whole family.
    """
    with on_skrift(sag, skrift, product=product, asker=asker, now=now) as here:
        from_there = skrifter.by_id(here.work.connection, source)
        if from_there is None or not _may_copy(here, from_there, asker):
            raise NotYours
        if not set(ats) <= set(shared_of(here.skrift, here.form, product)):
            raise NotYours
        copied = tekster.copy_in(
            here.work.connection,
            source,
            from_there.version,
            (skrift, here.skrift.version),
            ats,
            by=asker.key,
            now=now,
            reworded=_recited(here, from_there),
        )
        return len(copied)


def _recited(here: OnSkrift, source: Skrift) -> Callable[[str], str]:
    """Return what gives a text the numbers its sources have here; each comes on the list here,
    with whose case it is from. What was struck out there is cited no more."""
    connection = here.work.connection
    sibling = personer.by_id(connection, source.person)
    whose_case = f"{whose(sibling.name)} sag" if sibling else "En anden sag"
    theirs = {one.number: one for one in kilder.of_skrift(connection, source.id)}

    def number_here(cited: re.Match[str]) -> str:
        there = theirs.get(int(cited[2]))
        if there is None:
            return ""
        ours = {one.subject: one.number for one in kilder.of_skrift(connection, here.skrift.id)}
        number = ours.get(there.subject) if there.subject else None
        if number is None:
            number = kilder.add(
                connection, here.skrift.id, KildeKind.ANDET, f"{whose_case}: {there.title}",
                by=here.work.actor, now=here.work.now, day=there.day, subject=there.id,
            )  # fmt: skip
        return f"{cited[1]}#{number}"

    return lambda text: CITED.sub(number_here, text)


def shared_of(skrift: Skrift, form: SkriftForm, product: Skriver) -> Sequence[At]:
    """Return what is of the family: the form's shared sections, and the dimensions of every side
    but the first, which is the child's own."""
    sections = [(WHOLE, one.code) for one in form.afsnit if one.shared]
    method = product.methods.book.method(skrift.method or "", skrift.method_version or "")
    if method is None:
        return sections
    ours = [
        (dimension.code, one.code)
        for side in method.sides[1:]
        for dimension in method.on_side(side.code)
        for one in method.fields_of(dimension.code)
        if one.role in OF_THE_FAMILY
    ]
    return [*sections, *ours]


def _may_copy(here: OnSkrift, source: Skrift, asker: Asker) -> bool:
    """Tell whether it is a sibling's, and theirs to read. Its page has logged the reading."""
    if not are_tied(here.work.connection, here.skrift.person, source.person, Tie.SIBLING):
        return False
    found = access.subject(here.work.connection, asker, "sag", source.sag)
    return found is not None and bool(decide(asker, Act.READ, found))
