"""Keep what is written of an opfølgning until it is held; whoever works on the case sees it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import LONGEST, WHOLE, SkriftKind, cleaned, place_of_maal
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import At, Clash, Written
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.opfoelgning.followed import Followed, followed
from dubu_plugin.usecases.skrift.on_skrift import Skriver, happened, on_sag
from dubu_plugin.usecases.skrift.write import TooLong

OF_GOAL: Final = ("status", "tal", "ord")
"""What is written of each goal: how far it has come, the child's own rating, and words."""
OF_PARENT: Final = "syn"
_PERSON: Final = "person:"


class FollowedMeanwhile(CaseworkError):
    """Somebody else has held an opfølgning since the page was drawn."""

    danish = (
        "En anden har gemt en opfølgning imens. Se den under »Tidligere opfølgninger«. Det, du har "
        "skrevet, står her endnu; gem igen, hvis der skal være en opfølgning mere."
    )


def place_of_person(number: object) -> str:
    """Return the place what a parent says stands at."""
    return f"{_PERSON}{number}"


def keep(
    sag: UUID,
    written: Mapping[At, Written],
    *,
    last: UUID | None,
    product: Skriver,
    asker: Asker,
    now: datetime,
) -> Sequence[Clash]:
    """Store it, and return the fields where somebody else was first: those are not stored.

    :param last: the newest opfølgning that was held when the page was drawn.
    :raises FollowedMeanwhile: another is held since; nothing is stored.
    :raises TooLong: a text is longer than a field can be; nothing is stored.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such case, goal, parent or field.
    """
    kept = {at: Written(cleaned(one.text), one.seen) for at, one in written.items()}
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        its = followed(work.connection, asker, sag, ours.child_id, now)
        if its.last != last:
            raise FollowedMeanwhile
        _insist(its, kept, product)
        skrift, version = _open(work, ours, its)
        _, clashes = tekster.write(work.connection, skrift, version, kept, by=asker.key, now=now)
        return clashes


def give_up(sag: UUID, *, product: Skriver, asker: Asker, now: datetime) -> None:
    """Leave the one that is written in unfinished. What is written in it stays on the case.

    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        its = next(
            (
                one
                for one in skrifter.of_sag(work.connection, sag, SkriftKind.OPFOELGNING)
                if one.is_open
            ),
            None,
        )
        if its is not None:
            skrifter.give_up(work.connection, its)
            happened(work, ours, H.SKRIFT_OPGIVET, skrift=str(its.id), art=its.kind,
                     version=its.version)  # fmt: skip


def _open(work: Work, sag: Sag, its: Followed) -> tuple[UUID, int]:
    """Return the one that is written in and its version; begun, where there is none."""
    if its.kept.open is not None:
        return its.kept.open, its.kept.open_version
    new = skrifter.begin(
        work.connection, sag, SkriftKind.OPFOELGNING, by=work.actor, now=work.now,
        grown_from=its.plan.skrift if its.plan else None,
    )  # fmt: skip
    happened(work, sag, H.SKRIFT_BEGYNDT, skrift=str(new.id), art=new.kind, version=new.version)
    return new.id, new.version


def _insist(its: Followed, written: Mapping[At, Written], product: Skriver) -> None:
    form = product.forms.of(SkriftKind.OPFOELGNING)
    goals = {place_of_maal(one.id) for one in its.goals}
    parents = {place_of_person(number) for number in its.parent_names}
    for (place, name), one in written.items():
        if len(one.text) > LONGEST:
            raise TooLong((place, name))
        known = (
            name in form.by_code
            if place == WHOLE
            else (place in goals and name in OF_GOAL) or (place in parents and name == OF_PARENT)
        )
        if not known:
            raise NotYours
