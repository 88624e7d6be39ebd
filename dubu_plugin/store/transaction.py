"""One transaction: what happened, what follows from it, and what the outside must be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.journal import FILED
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import chain, deadlines, outbox
from dubu_plugin.store.aktivitet import plan_reaction
from dubu_plugin.store.canonical import JSON, canonical
from dubu_plugin.store.journal import journalkopi

SYSTEM: Final = "system"
"""The actor of what the product does by itself."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A hændelse that is stored, and the deadlines it moved."""

    id: UUID
    seq: int
    opened: tuple[UUID, ...] = ()
    met: tuple[UUID, ...] = ()
    annulled: tuple[UUID, ...] = ()
    replaced: tuple[UUID, ...] = ()


@dataclass(slots=True)
class Work:
    """What can be done inside one transaction. Made by `Store.write`."""

    connection: sa.Connection
    actor: str
    now: datetime
    rules: RuleBook
    plans: PlanBook
    has_told: bool = False
    _head: tuple[int, str] = field(init=False, repr=False)
    _newest: dict[UUID, tuple[UUID, Haendelse]] = field(default_factory=dict, repr=False)
    """What happened last on each case, and in this transaction."""

    def __post_init__(self) -> None:
        self._head = chain.lock_head(self.connection)

    def happened(
        self,
        what: Haendelse,
        *,
        occurred_at: datetime | None = None,
        sag: UUID | None = None,
        underretning: UUID | None = None,
        person: UUID | None = None,
        responsible: str | None = None,
        unit: str | None = None,
        data: Mapping[str, JSON] | None = None,
    ) -> Recorded:
        """Record that something happened. Deadlines and plans answer in this transaction.

        :param occurred_at: when it happened; now where it happens by being recorded.
        :param responsible: who must see to the deadlines that open; else the one who is
            responsible for the underretning, else for the case. `unit` likewise.
        :param data: identifiers and codes only, never a name, a CPR number or free text. Rules
            read their conditions here.
        """
        seq, previous = self._head
        link = chain.Link(
            seq=seq + 1,
            id=uuid4(),
            type=what,
            occurred_at=occurred_at or self.now,
            recorded_at=self.now,
            actor=self.actor,
            sag_id=sag,
            underretning_id=underretning,
            person_id=person,
            data=canonical(data or {}),
            previous=previous,
        )
        self._head = link.seq, chain.append(self.connection, link)
        if sag is not None and what not in FILED:
            self._newest[sag] = link.id, what
        event = deadlines.Happened(
            what,
            link.id,
            link.occurred_at,
            sag,
            underretning,
            person,
            responsible,
            unit,
            data or {},
        )
        moved = deadlines.react(self.connection, self.rules, event, now=self.now)
        # After the deadlines: a step whose date is a deadline's has to find it.
        plan_reaction.react(self.connection, self.plans, event, by=self.actor, now=self.now)
        return Recorded(link.id, link.seq, *moved)

    def tell(self, kind: str, *, lane: str, key: UUID, payload: Mapping[str, JSON]) -> None:
        """Have the outside told after the commit, after what stands before it in the lane.

        The same key again changes nothing. A note to the journal stands in the case's stream from
        now on, in the place of what happened last on the case, which is what it tells of.
        """
        if kind == "add_note" and journalkopi.is_whole(payload):
            self._noted(key, payload)
        outbox.add(
            self.connection,
            kind,
            lane=lane,
            key=key,
            payload=payload,
            actor=self.actor,
            now=self.now,
        )
        self.has_told = True

    def _noted(self, key: UUID, payload: Mapping[str, JSON]) -> None:
        if journalkopi.is_kept(self.connection, key):
            return
        journalkopi.add_told(self.connection, key, payload, author=self.actor, now=self.now)
        newest = self._newest.get(UUID(str(payload["sag"])))
        if newest is not None:
            journalkopi.tells_of(self.connection, key, *newest)
