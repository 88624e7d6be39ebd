"""Say who has custody, where the child lives, and what language it speaks: one form, one act.

Custody is said of everybody at once, so that it is never joint for one and sole for another
(forældreansvarsloven §§ 2 and 17).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.custody import Kendt, with_holders, wrong_custody
from dubu_plugin.domain.inddragelse import NotWhole
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import partshoeringer
from dubu_plugin.store.family import stamkort
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.netvaerk.on_netvaerk import (
    CUSTODY,
    NetworkChanged,
    OnNetvaerk,
    on_netvaerk,
)

LONGEST_LANGUAGE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the form says."""

    seen: Mapping[UUID, int]
    """The version on the screen of each line the form showed, by person."""
    seen_card: int
    holders: frozenset[UUID] = frozenset()
    """Empty says that it is not known."""
    homes: frozenset[UUID] = frozenset()
    source: Kendt | None = None
    since: date | None = None
    language: str = field(default="", repr=False)
    interpreter: bool = False


def say_custody(sag: UUID, said: Said, *, product: Writing, asker: Asker, now: datetime) -> None:
    """Store it; each line that changes keeps what stood before.

    :raises NotWhole: something cannot be, or it is not said how it is known.
    :raises NetworkChanged: somebody else was first; nothing is stored.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or somebody chosen is not around the child.
    """
    with on_netvaerk(sag, product=product, asker=asker, now=now) as here:
        lines = {one.who.id: one for one in here.present}
        parts = {person: one.part for person, one in lines.items()}
        if not (said.holders | said.homes) <= set(parts):
            raise NotYours
        _insist_seen(here, said)
        wrong = dict(wrong_custody(parts, said.holders, said.homes))
        if said.holders and said.source is None:
            wrong["kilde"] = "Vælg, hvordan vi ved det."
        if said.since is not None and said.since > here.today:
            wrong["fra"] = "Dagen er ikke kommet endnu. Notér det, når den er der."
        if len(said.language) > LONGEST_LANGUAGE:
            wrong["sprog"] = f"Skriv sproget kortere: højst {LONGEST_LANGUAGE} tegn."
        if wrong:
            raise NotWhole(wrong)
        for person, part in with_holders(parts, said.holders, said.homes).items():
            here.keep(lines[person], part)
        stamkort.keep(
            here.work.connection, here.sag.child_id, by=asker.key, now=now,
            custody_source=said.source.value if said.source and said.holders else "",
            custody_from=said.since if said.holders else None,
            language=" ".join(cleaned(said.language).split()), interpreter=said.interpreter,
        )  # fmt: skip
        if said.holders:
            partshoeringer.follow_custody(
                here.work.connection, here.sag.id, said.holders, by=asker.key, now=now
            )
        here.happened(CUSTODY)


def _insist_seen(here: OnNetvaerk, said: Said) -> None:
    versions = {one.who.id: one.version for one in here.present}
    card = stamkort.of_child(here.work.connection, here.sag.child_id)
    if card.version != said.seen_card or any(
        versions.get(person) != seen for person, seen in said.seen.items()
    ):
        raise NetworkChanged
