"""Indsatser on Alma's case, on decisions that stand in the tables as they are when made."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.gates.begins import Before, Decider
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import Skift
from dubu_plugin.domain.skrift import SkriftKind, place_of_maal
from dubu_plugin.store import access
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Change, Indsats
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import afgoerelser, frister, haendelser, klager, maal, outbox
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.indsats.start import begin
from dubu_plugin.usecases.indsats.wanted import Wanted

NOW: Final = datetime(2026, 6, 11, 8, 42, tzinfo=UTC)
TODAY: Final = date(2026, 6, 11)
BEFORE: Final = Before(on=TODAY, by=Decider.KOMMUNEN, paper="Dokument 7 i journalen")
"""A decision of the day the case was opened here."""
RULED: Final = Elsewhere(TODAY, Decider.ANKESTYRELSEN, "Dokument 9")
"""A decision on a placed child that was made elsewhere."""
HOME: Final = replace(RULED, starts=TODAY, until=TODAY + timedelta(days=90))
"""The same on going home, with the period."""


class Desk:
    """What a caseworker does with the indsatser of a case."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.alma = town.person("Alma Testvad", born=date(2016, 12, 3))
        self.mother = town.person("Sofie Testvad")
        self.sag = town.sag(self.alma)

    def act(self, who: str = KAREN) -> dict[str, Any]:
        """Return what an act has at hand, a second after the last."""
        self.town.now += timedelta(seconds=1)
        return {"product": self.town.product, "asker": self.asker(who), "now": self.town.now}

    def asker(self, key: str) -> Asker:
        with self.town.product.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    def decision(
        self, matter: str = "stoette", *, on: date = TODAY, ends: date | None = None, **more: Any
    ) -> UUID:
        """Have a decision stand that was made on a day."""
        with self.town.product.store.write(actor="henrik", now=self.town.now) as work:
            sag = sager.by_id(work.connection, self.sag)
            assert sag is not None
            number = skrifter.begin(
                work.connection, sag, SkriftKind.AFGOERELSE, by="karen", now=self.town.now
            ).id
            work.connection.execute(
                sa.insert(afgoerelser).values(
                    skrift_id=number, sag_id=self.sag, matter=matter, outcome="medhold",
                    state="truffet", decided_on=on, made_at=self.town.now, made_by="henrik",
                    ends_on=ends, at_once=False, version=1, law="BL § 32", **more,
                )
            )  # fmt: skip
            data: dict[str, Any] = {"afgoerelse": str(number), "tilbud": True}
            work.happened(
                H.AFGOERELSE_TRUFFET, sag=self.sag, person=self.alma, responsible=KAREN, data=data
            )
        return number

    def told(self, afgoerelse: UUID, at: datetime, how: str = "overleveret") -> None:
        """Have a party be sent the decision's letter, or given it in the hand."""
        data = {"afgoerelse": str(afgoerelse), "forsendelse": how}
        self.town.happened(
            H.AFGOERELSE_MEDDELT, sag=self.sag, person=self.alma, data=data, occurred_at=at
        )

    def complaint(self, afgoerelse: UUID) -> UUID:
        """Have a complaint with opsættende virkning stand."""
        number = uuid4()
        self.town.insert(
            klager, id=number, sag_id=self.sag, afgoerelse_id=afgoerelse, person_id=self.mother,
            received_at=self.town.now, form="skriftligt", words="Nej.", late=False,
            due_on=date(2026, 7, 9), suspensive=True, state="modtaget", noted_by="karen",
        )  # fmt: skip
        return number

    def goal(self, text: str = "Alma kommer i skole hver dag.") -> UUID:
        """Have a goal stand in a plan."""
        number = uuid4()
        with self.town.product.store.write(actor="karen", now=self.town.now) as work:
            sag = sager.by_id(work.connection, self.sag)
            assert sag is not None
            plan = skrifter.begin(
                work.connection, sag, SkriftKind.BARNETS_PLAN, by="karen", now=self.town.now
            )
            work.connection.execute(
                sa.insert(maal).values(
                    id=number, skrift_id=plan.id, person_id=self.alma, position=1, aim="udvikle"
                )
            )
            tekster.write(
                work.connection, plan.id, 1,
                {(place_of_maal(number), indsatser.GOAL): Written(text, 0)},
                by="karen", now=self.town.now,
            )  # fmt: skip
        return number

    def begun(self, code: str = "familiebehandling", **more: Any) -> Indsats:
        """Begin an indsats; on a decision from before the case came here, where none is named."""
        wanted = {"starts_on": TODAY, "amount": Decimal(4), "per": "uge", **more}
        first = min(TODAY, wanted["starts_on"] or TODAY)
        before = Before() if wanted.get("afgoerelse") else replace(BEFORE, on=first)
        wanted.setdefault("before", before)
        return begin(self.sag, Wanted(code=code, **wanted), **self.act())

    def placed(self, **more: Any) -> Indsats:
        wanted = {"place": "almen_plejefamilie", "reason": "omsorgssvigt",
                  "place_name": "Familien Prøvegård", **more}  # fmt: skip
        return self.begun("anbringelse_samtykke", **wanted)

    def its(self, number: UUID) -> Indsats:
        with self.town.product.store.read() as connection:
            found = indsatser.by_id(connection, number)
        assert found is not None
        return found

    def history(self, number: UUID) -> Sequence[Change]:
        with self.town.product.store.read() as connection:
            return indsatser.history(connection, [number])[number]

    def kinds(self, number: UUID) -> list[Skift]:
        return [one.kind for one in reversed(self.history(number))]

    def serves(self, number: UUID) -> Sequence[UUID]:
        with self.town.product.store.read() as connection:
            return indsatser.serves(connection, [number])[number]

    @property
    def has_indsats(self) -> bool:
        with self.town.product.store.read() as connection:
            found = sager.by_id(connection, self.sag)
        assert found is not None
        return found.has_indsats

    def happened(self, what: H) -> list[dict[str, Any]]:
        with self.town.product.store.read() as connection:
            rows = connection.scalars(
                sa.select(haendelser.c.data).where(haendelser.c.type == what)
                .order_by(haendelser.c.seq)
            )  # fmt: skip
            return [json.loads(row) for row in rows]

    def deadlines(self, rule: str) -> list[str]:
        with self.town.product.store.read() as connection:
            rows = connection.scalars(
                sa.select(frister.c.state).where(frister.c.rule == rule).order_by(frister.c.due)
            )
            return list(rows)

    def notes(self) -> list[dict[str, Any]]:
        with self.town.product.store.read() as connection:
            rows = connection.scalars(
                sa.select(outbox.c.payload).where(outbox.c.kind == "add_note")
                .order_by(outbox.c.position)
            )  # fmt: skip
            return [json.loads(row) for row in rows]
