"""Ask for consents: one for each who gives it, each with a letter of their own to sign.

Source: retssikkerhedsloven §§ 11 a and 12; barnets lov on the young person's own consent from 15.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.inddragelse import (
    SOURCES,
    Giver,
    NotWhole,
    Samtykkeart,
    last_day,
    paragraf_11a,
)
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.store.inddragelse import samtykker
from dubu_plugin.store.inddragelse.samtykker import Asked
from dubu_plugin.usecases.dokument.heeded import not_heeded
from dubu_plugin.usecases.dokument.order.samtykke import order_samtykke
from dubu_plugin.usecases.inddragelse.parties import Party, insist_on_parties, parties
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.skrift.on_skrift import on_sag

LONGEST = 2000
"""Of a purpose, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for, of whom."""

    givers: tuple[UUID, ...] = ()
    """The parents who are asked, and the young person."""
    other: str = field(default="", repr=False)
    """The name of another who has custody, and whom the address book does not tie to the child."""
    kind: Samtykkeart
    sources: tuple[str, ...] = ()
    purpose: str = field(default="", repr=False)
    begins: date | None = None
    """None is today."""
    ends: date | None = None
    """The last day; None is a year."""
    with_letter: bool = True
    """Everybody who is asked gets a letter to sign."""
    apart_seen: bool = False
    """Somebody has seen that the letters tell nothing of who is held apart, or of a hidden
    place."""


def ask_samtykke(
    sag: UUID, wanted: Wanted, *, product: Writing, asker: Asker, now: datetime
) -> Sequence[UUID]:
    """Store that they are asked, have the letters sent, and return the keys.

    Nothing of one parent stands in the other's letter, and no protected address in any.

    :raises NotWhole: it is too vague or too long to rest on, or nobody is asked; it says which.
    :raises CaseClosed: the case is closed.
    :raises PartiesChanged: one of them is asked no more.
    :raises NotYours: the policy says no, or one of them is nobody known.
    """
    today = danish_day(now)
    begins = wanted.begins or today
    ends = wanted.ends or last_day(begins)
    purpose = cleaned(wanted.purpose)
    wrong = _wrong(wanted, purpose, begins, ends)
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        if wanted.with_letter:
            wrong |= not_heeded(work.connection, ours, today, seen=wanted.apart_seen)
        if wrong:
            raise NotWhole(wrong)
        known = {one.person: one for one in parties(work.connection, ours.child_id, today)}
        insist_on_parties(work.connection, wanted.givers, known)
        keys = []
        for asked, party in _asked(wanted, known, purpose, begins, ends):
            key = samtykker.add(work.connection, ours, asked, by=asker.key, now=now)
            if wanted.with_letter:
                letter = order_samtykke(
                    work, ours, asked, party, letters=product.letters,
                    municipality=product.settings.municipality,
                )  # fmt: skip
                there = samtykker.by_id(work.connection, key)
                assert there is not None
                samtykker.change(work.connection, there, letter_id=letter)
            keys.append(key)
        return keys


def _wrong(wanted: Wanted, purpose: str, begins: date, ends: date) -> dict[str, str]:
    wrong = dict(
        paragraf_11a(
            purpose=purpose,
            sources=wanted.sources,
            kind=wanted.kind,
            begins=begins,
            ends=ends,
        )
    )
    if not wanted.givers and not wanted.other.strip():
        wrong["givere"] = "Vælg, hvem der skal spørges."
    if not set(wanted.sources) <= set(SOURCES):
        wrong["kilder"] = "Vælg blandt dem, der står på listen."
    if len(purpose) > LONGEST:
        wrong["formaal"] = "Skriv formålet kortere: højst 2000 tegn. Den, der spørges, læser det."
    return wrong


def _asked(
    wanted: Wanted, known: Mapping[UUID, Party], purpose: str, begins: date, ends: date
) -> Sequence[tuple[Asked, Party | None]]:
    common: dict[str, Any] = {
        "kind": wanted.kind, "sources": wanted.sources, "purpose": purpose, "begins": begins,
        "ends": ends,
    }  # fmt: skip
    found: list[tuple[Asked, Party | None]] = []
    for giver in wanted.givers:
        party = known[giver]
        asked = Asked(giver=giver, giver_name=party.name, giver_role=party.role, **common)
        found.append((asked, party))
    if other := " ".join(cleaned(wanted.other).split()):
        role = Giver.FORAELDER
        found.append((Asked(giver=None, giver_name=other, giver_role=role, **common), None))
    return found
