"""Ask those who know the child what they know: one letter each, with a day to answer by.

Sources: retssikkerhedsloven §§ 11 a and 11 c; barnets lov §§ 19 and 20 on involving professionals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day, listed
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.hverdage import Profile, hverdag_from
from dubu_plugin.domain.inddragelse import (
    ANSWER_DAYS,
    SOURCES,
    Grundlag,
    NotWhole,
    paragraf_11c,
)
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.metode.method import Dimension
from dubu_plugin.store.inddragelse import udtalelser
from dubu_plugin.store.inddragelse.udtalelser import Asked
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.heeded import not_heeded
from dubu_plugin.usecases.dokument.order.samtykke import order_notice, order_udtalelse
from dubu_plugin.usecases.inddragelse import awaiting
from dubu_plugin.usecases.inddragelse.consents import consents
from dubu_plugin.usecases.inddragelse.parties import insist_on_parties, parties
from dubu_plugin.usecases.skrift.on_skrift import Skriver, happened, on_sag

MOST: Final = 12
"""How many are asked at once."""
LONGEST: Final = 2000
FARTHEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who is asked."""

    source: str
    organisation: str = field(repr=False)
    address: str = field(default="", repr=False)
    """Below the name on the envelope; lines."""
    electronic: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What all of them are asked."""

    recipients: Sequence[Recipient]
    basis: Grundlag
    basis_reason: str = field(default="", repr=False)
    purpose: str = field(repr=False)
    headings: tuple[str, ...] = ()
    """Codes of dimensions; none of them is all."""
    due: date | None = None
    """None is `ANSWER_DAYS` from today."""
    told: tuple[UUID, ...] = ()
    """Who of the family is told who is asked, each in a letter of their own (RSL § 12)."""
    apart_seen: bool = False
    """Somebody has seen that those letters tell nothing of who is held apart, or of a hidden
    place."""


def default_due(today: date) -> date:
    """Return the day an answer is asked for where nobody chose one: a hverdag."""
    return hverdag_from(today + timedelta(days=ANSWER_DAYS), Profile.DUTY)


def ask_udtalelser(
    sag: UUID, wanted: Wanted, *, product: Skriver, asker: Asker, now: datetime
) -> Sequence[UUID]:
    """Ask all of them, or none, and return the keys of the requests.

    Each gets a letter; one is reminded the day after the answer was to come; and the deadline the
    answer is for waits for it, so that the forecast knows.

    :raises NotWhole: something is left out, or there is nothing to rest on; it says which.
    :raises CaseClosed: the case is closed.
    :raises PartiesChanged: somebody who is to be told is of the family no more.
    :raises NotYours: the policy says no, there is no such case, or somebody is nobody known.
    """
    today = danish_day(now)
    due = wanted.due or default_due(today)
    purpose, reason = cleaned(wanted.purpose), cleaned(wanted.basis_reason)
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        there = dimensions(work.connection, sag, product, today)
        headings = tuple(one.code for one in there if one.code in wanted.headings) or tuple(
            one.code for one in there
        )
        wrong = _wrong(wanted, purpose, reason, due, today)
        there_is = consents(work.connection, sag, ours.child_id, today)
        covering = {one.source: there_is.covering(one.source) for one in wanted.recipients}
        wrong |= paragraf_11c(
            wanted.basis, reason, covered=all(one is not None for one in covering.values())
        )
        if wanted.told:
            wrong |= not_heeded(work.connection, ours, today, seen=wanted.apart_seen)
        if wrong:
            raise NotWhole(wrong)
        rows = [
            {"titel": f"{one.title}.", "hjaelp": one.about} for one in there if one.code in headings
        ]
        open_ones = [one for one in skrifter.of_sag(work.connection, sag) if one.is_open]
        keys, asked_of = [], []
        for one in wanted.recipients:
            consent = covering.get(one.source)
            rests_on = consent.id if consent and wanted.basis is Grundlag.SAMTYKKE else None
            asked = Asked(
                source=one.source,
                organisation=" ".join(cleaned(one.organisation).split()),
                address=cleaned(one.address),
                electronic=one.electronic.strip(),
                basis=wanted.basis,
                basis_reason=reason if wanted.basis is Grundlag.UDEN_SAMTYKKE else "",
                purpose=purpose,
                headings=headings,
                due=due,
                skrift=open_ones[0].id if open_ones else None,
                samtykke=rests_on,
            )
            asked_of.append(asked)
            keys.append(_ask(work, ours, asked, rows, product))
        _tell(work, ours, wanted.told, asked_of, product)
        return keys


def dimensions(
    connection: sa.Connection, sag: UUID, product: Skriver, today: date
) -> Sequence[Dimension]:
    """Return what can be asked about: the dimensions of what is written, or of today's method."""
    for one in skrifter.of_sag(connection, sag):
        method = product.methods.book.method(one.method or "", one.method_version or "")
        if one.is_open and method is not None:
            return method.dimensions
    method = product.methods.book.current(today)
    return method.dimensions if method else ()


def _ask(
    work: Work, sag: Sag, asked: Asked, rows: Sequence[Mapping[str, str]], product: Skriver
) -> UUID:
    key = udtalelser.add(work.connection, sag, asked, by=work.actor, now=work.now)
    letter = order_udtalelse(
        work, sag, asked, rows,
        letters=product.letters, municipality=product.settings.municipality,
    )  # fmt: skip
    udtalelser.change(
        work.connection,
        key,
        1,
        letter_id=letter,
        erindring_id=awaiting.remind(work, sag.id, asked.organisation, asked.due),
        ventegrund_id=awaiting.begin(work, sag.id, asked, asked.due),
    )
    happened(
        work, sag, H.UDTALELSE_BEDT_OM,
        udtalelse=str(key), kilde=asked.source, grundlag=asked.basis,
    )  # fmt: skip
    return key


def _tell(
    work: Work, sag: Sag, told: Sequence[UUID], asked: Sequence[Asked], product: Skriver
) -> None:
    """Order a letter to each of the family who is told who is asked."""
    today = danish_day(work.now)
    known = {one.person: one for one in parties(work.connection, sag.child_id, today)}
    insist_on_parties(work.connection, told, known)
    for person in dict.fromkeys(told):
        order_notice(
            work, sag, known[person], asked,
            letters=product.letters, municipality=product.settings.municipality,
        )  # fmt: skip


def _wrong(wanted: Wanted, purpose: str, reason: str, due: date, today: date) -> dict[str, str]:
    wrong = {}
    if not wanted.recipients:
        wrong["modtagere"] = "Vælg mindst én, der skal spørges."
    elif len(wanted.recipients) > MOST:
        wrong["modtagere"] = f"Spørg højst {MOST} ad gangen."
    for one in wanted.recipients:
        if one.source not in SOURCES or not one.organisation.strip():
            wrong["modtagere"] = "Vælg, hvad hver er, og skriv, hvad stedet hedder."
        elif len(one.organisation) > 200 or len(one.address) > 300 or len(one.electronic) > 200:
            wrong["modtagere"] = "Et navn eller en adresse er for lang. Skriv den kortere."
        elif one.electronic.strip() and "@" not in one.electronic:
            wrong["modtagere"] = "En mailadresse er ikke rigtig. Ret den, eller lad den stå tom."
    if not purpose:
        wrong["formaal"] = "Skriv, hvad udtalelserne skal bruges til."
    elif len(purpose) > LONGEST or len(reason) > LONGEST:
        wrong["formaal"] = "Skriv det kortere: højst 2000 tegn. Den, der spørges, læser det."
    if due <= today:
        wrong["frist"] = "Vælg en dag efter i dag, så der er tid til at svare."
    elif due > today + FARTHEST:
        wrong["frist"] = "Dagen ligger for langt ude i fremtiden. Ret datoen."
    return wrong


def names(sources: Sequence[str]) -> str:
    """Return sources in words: »skole og sundhedspleje«."""
    return listed([SOURCES[one].lower() if one != "ppr" else "PPR" for one in sources])
