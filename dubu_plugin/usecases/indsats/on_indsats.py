"""The transaction of an act on an indsats, and what all of them refuse and tell."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain import indsatser as catalogue
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.gates.standing import No
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.indsatser import IndsatsState, ReasonKind, Skift
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser, locks
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.indsats import indsatser, opfoelgninger, running
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding, tell_journal
from dubu_plugin.usecases.skrift.on_skrift import on_sag

NOON: Final = timedelta(hours=12)
LONGEST_WORDS: Final = 4000
EARLIEST: Final = timedelta(days=25 * 365)
"""Nothing began longer ago than a childhood."""
FARTHEST: Final = timedelta(days=5 * 365)


class IndsatsNotClear(FieldsRefused):
    """Something is left out, cannot be, or the law keeps it back."""


class IndsatsChanged(CaseworkError):
    """Somebody else did something with the indsats since the page was drawn."""

    danish = (
        "En anden har ændret indsatsen imens. Se herunder, hvad der nu står. Det, du har skrevet, "
        "står her endnu; gem igen, hvis det stadig skal være sådan."
    )


class IndsatsNotThere(CaseworkError):
    """The indsats is not where that can be done: it has not begun, or has ended."""

    danish = "Indsatsen er ikke i gang mere, eller er ikke begyndt. Se, hvor den står nu."


@dataclass(frozen=True, slots=True)
class OnIndsats:
    """An act's transaction, the indsats, and its row of the catalogue."""

    work: Work
    sag: Sag
    indsats: Indsats
    row: catalogue.Indsats
    product: Deciding

    @property
    def today(self) -> date:
        """The Danish day it is."""
        return danish.danish_day(self.work.now)

    @property
    def key(self) -> str:
        """What the hændelser name it under: a placement is one of its own."""
        return "anbringelse" if self.row.is_placement else "indsats"

    def decided_at(self, opfoelgning: UUID | None) -> UUID | None:
        """Return the follow-up something is decided at, where the case has such a one."""
        if opfoelgning is None:
            return None
        found = opfoelgninger.by_skrift(self.work.connection, opfoelgning)
        return opfoelgning if found is not None and found.sag == self.sag.id else None

    def happened(
        self,
        what: Haendelse,
        on: date,
        *,
        at: timedelta = NOON,
        when: datetime | None = None,
        **data: JSON,
    ) -> None:
        """Record something that happened with it on a Danish day.

        :param at: when, on a day that is gone; today it is now.
        :param when: the very moment, where that is known.
        """
        self.work.happened(
            what,
            occurred_at=when or moment(on, self.work.now, at),
            sag=self.sag.id,
            person=self.sag.child_id,
            responsible=self.sag.responsible,
            unit=self.sag.unit,
            data={self.key: str(self.indsats.id), **data},
        )

    def change(self, seen: int, **values: Any) -> Mapping[str, JSON]:
        """Set the named columns, and return what those that changed said before.

        :raises IndsatsChanged: another was first.
        """
        if not indsatser.change(self.work.connection, self.indsats, values, seen=seen):
            raise IndsatsChanged
        return {
            name: written(getattr(self.indsats, name))
            for name, value in values.items()
            if getattr(self.indsats, name) != value
        }

    def keep(
        self,
        kind: Skift,
        on: date,
        before: Mapping[str, JSON],
        *,
        reason: str | None = None,
        words: str = "",
        opfoelgning: UUID | None = None,
    ) -> UUID:
        """Store what happened with it, and return the key of that."""
        return indsatser.keep(
            self.work.connection, self.indsats.id, kind, on, reason=reason, words=words,
            before=before, opfoelgning=opfoelgning, by=self.work.actor, now=self.work.now,
        )  # fmt: skip

    def tell(self, about: UUID, title: str, *lines: str) -> None:
        """Have the journal get a note. A place that is hidden from the parents is never in it."""
        body = danish.unbroken("\n".join(line for line in lines if line))
        tell_journal(self.work, self.sag.id, about, "indsats", f"{title}: {self.row.title}", body)

    def held_back(self, what: Skift) -> No | None:
        """Return why a complaint keeps it back, or None (retssikkerhedsloven § 72)."""
        return held_back(self.work, self.sag.id, self.indsats.afgoerelse, self.row, what)

    def is_decided(self, matters: Collection[str], by: date, since: date | None = None) -> bool:
        """Tell whether a decision about one of these stands, made from a Danish day to another.

        :param since: the day the placement began, where nothing else is said.
        """
        first = since or self.indsats.starts_on
        return any(
            one.matter in matters and one.decided_on and first <= one.decided_on <= by
            for one in afgoerelser.in_force(self.work.connection, self.sag.id)
        )

    def came_on(self) -> date:
        """Return the day the child came to the place it lives at: by the last move, or at first."""
        past = indsatser.history(self.work.connection, [self.indsats.id])[self.indsats.id]
        moves = (one.on for one in past if one.kind is Skift.FLYTNING)
        return max(moves, default=self.indsats.starts_on)

    def reason(self, kind: ReasonKind, code: str, wrong: dict[str, str]) -> str:
        """Return what a reason is called; one that is none is put among what is wrong."""
        found = self.product.indsatser.reasons(kind, self.today, self.row.group)
        title = next((one.title for one in found if one.code == code), "")
        if not title:
            wrong["grund"] = "Vælg en grund. Den er også den, statistikken spørger om."
        return title


@contextmanager
def on_indsats(
    sag: UUID, indsats: UUID, *, product: Deciding, asker: Asker, now: datetime
) -> Iterator[OnIndsats]:
    """Open the transaction of an act on an indsats of an open case.

    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such indsats.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        yield opened(work, ours, indsats, product=product)


def opened(work: Work, sag: Sag, indsats: UUID, *, product: Deciding) -> OnIndsats:
    """Return the same in a transaction that is open, as a follow-up's.

    :raises NotYours: the case has no such indsats.
    """
    found = indsatser.by_id(work.connection, indsats)
    if found is None or found.sag != sag.id:
        raise NotYours
    return OnIndsats(work, sag, found, row_of(product.indsatser, found), product)


def row_of(rows: catalogue.Catalogue, its: Indsats) -> catalogue.Indsats:
    """Return the row of the catalogue an indsats was chosen from.

    :raises NotYours: the installation has no such row any more.
    """
    found = rows.chosen(its.code, its.law, its.starts_on)
    if found is None:
        raise NotYours
    return found


def held_back(
    work: Work, sag: UUID, afgoerelse: UUID | None, row: catalogue.Indsats, what: Skift
) -> No | None:
    """Return why a complaint keeps an indsats back, or None (retssikkerhedsloven § 72).

    Of the decision it rests on, it is what begins that is kept back.
    """
    locked = locks.locked(work.connection, sag)
    rests = what is Skift.START and afgoerelse in locked
    return gates.rsl_72(what, rests=rests, locked=locked.values(), has_place=bool(row.places))


def lives_elsewhere(
    work: Work,
    sag: Sag,
    row: catalogue.Indsats,
    rows: catalogue.Catalogue,
    *,
    besides: Collection[running.Thing] = (),
    mine: UUID | None = None,
) -> No | None:
    """Return why the child cannot be placed by an indsats now: it lives by another placement, by
    an indsats of the case or by what is noted on any of its cases (barnets lov § 46).

    :param besides: the placements that are noted and are this one, or end as it begins.
    :param mine: this one, where it is planned.
    """
    if not row.is_placement:
        return None
    given = indsatser.of_sag(work.connection, sag.id)
    placed = [one for one in given if one.id != mine and row_of(rows, one).is_placement]
    ours = next((one for one in placed if one.runs), None)
    planned = next((one for one in placed if one.state is IndsatsState.PLANLAGT), None)
    keys = {one.key for one in besides}
    return gates.paragraf_46(
        named(rows, ours) if ours else "",
        planned=named(rows, planned) if planned else "",
        noted=running.is_placed(work.connection, sag.child_id, besides=keys),
    )


def named(rows: catalogue.Catalogue, its: Indsats) -> str:
    """Return what an indsats is called in a sentence, with its first day."""
    return f"»{row_of(rows, its).title}« fra {danish.long_date(its.starts_on)}"


def insist_running(here: OnIndsats) -> None:
    """Go on only with an indsats that is given now.

    :raises IndsatsNotThere: it is not.
    """
    if here.indsats.state is not IndsatsState.I_GANG:
        raise IndsatsNotThere


def words_of(text: str, wrong: dict[str, str], name: str = "ord") -> str:
    """Return words as they are kept; too many are put among what is wrong."""
    said = cleaned(text)
    if len(said) > LONGEST_WORDS:
        wrong[name] = "Teksten er for lang. Skriv det vigtigste, og læg resten som et notat."
    return said


def day_between(
    name: str, day: date | None, first: date, last: date, wrong: dict[str, str]
) -> None:
    """Put a day that is left out or outside among what is wrong."""
    if day is None:
        wrong[name] = "Skriv dagen."
    elif not first <= day <= last:
        wrong[name] = danish.unbroken(
            f"Dagen skal ligge fra {danish.long_date(first)} til {danish.long_date(last)}."
        )


def moment(on: date, now: datetime, at: timedelta = NOON) -> datetime:
    """Return when something that took effect on a Danish day is said to have happened."""
    return now if on == danish.danish_day(now) else min(now, start_of_day(on) + at)


def written(value: Any) -> JSON:
    """Return a column's value as it is kept in what was before."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
