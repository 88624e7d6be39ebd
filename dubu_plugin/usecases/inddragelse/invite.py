"""Invite a parent, a child or a young person to a talk: each in a letter of their own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.inddragelse import NotWhole
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.usecases.dokument.heeded import not_heeded
from dubu_plugin.usecases.dokument.order.samtale import Invitation, order_invitation
from dubu_plugin.usecases.inddragelse.parties import (
    child_party,
    child_party_from,
    insist_on_parties,
    parties,
)
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.skrift.on_skrift import on_sag

FARTHEST: Final = timedelta(days=366)
LONGEST: Final = {"place": 200, "who": 300, "about": 2000}


def invite(
    sag: UUID,
    what: Invitation,
    whom: Sequence[UUID],
    *,
    product: Writing,
    asker: Asker,
    now: datetime,
    apart_seen: bool = False,
) -> Sequence[UUID]:
    """Order a letter for each, and return their ids. No letter says who else got one.

    :param whom: the parents, and the child from 10 years.
    :param apart_seen: somebody has seen that the letters tell nothing of who is held apart, or of a
        hidden place.
    :raises NotWhole: something is left out, or cannot be; it says which.
    :raises CaseClosed: the case is closed.
    :raises PartiesChanged: one of them is no party on the day.
    :raises NotYours: the policy says no, or one of them is nobody known.
    """
    place, who, about = (cleaned(text) for text in (what.place, what.who, what.about))
    wrong = {}
    if not whom:
        wrong["hvem"] = "Vælg, hvem der inviteres."
    if what.at <= now or what.at > now + FARTHEST:
        wrong["dag"] = "Vælg en dag og et klokkeslæt, der kommer."
    for name, text, sentence in (
        ("sted", place, "Skriv, hvor I mødes."),
        ("deltagere", who, "Skriv, hvem af jer der er med."),
        ("emne", about, "Skriv, hvad I skal tale om, med ord den, der får brevet, forstår."),
    ):
        if not text:
            wrong[name] = sentence
    if any(len(text) > LONGEST[name] for name, text in
           (("place", place), ("who", who), ("about", about))):  # fmt: skip
        wrong["emne"] = "Skriv det kortere, så brevet er til at læse."
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        wrong |= not_heeded(work.connection, ours, danish_day(now), seen=apart_seen)
        day = danish_day(what.at)
        first = child_party_from(work.connection, ours.child_id, day)
        if first is not None and ours.child_id in whom:
            wrong["hvem"] = unbroken(
                f"Barnet fylder 10 den {long_date(first)} og inviteres først selv til en samtale "
                "fra den dag. Vælg en senere dag, eller invitér gennem en, det er tryg ved."
            )
        if wrong:
            raise NotWhole(wrong)
        known = {one.person: one for one in parties(work.connection, ours.child_id, day)}
        child = child_party(work.connection, ours.child_id, day)
        if child is not None:
            known[child.person] = child
        insist_on_parties(work.connection, whom, known)
        said = Invitation(what.at, " ".join(place.split()), who, about)
        return [
            order_invitation(
                work, ours, known[one], said,
                letters=product.letters, municipality=product.settings.municipality,
            )
            for one in dict.fromkeys(whom)
        ]  # fmt: skip
