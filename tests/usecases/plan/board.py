"""Alma's case with an undersøgelse that names needs, and the plan that answers them."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.maal import AENDRING, Aim
from dubu_plugin.domain.skrift import SkriftKind, place_of_maal
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.plan.needs import Need, needs_of_sag
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import Clash, Written
from dubu_plugin.store.tables import haendelser, letters
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.plan.begin_plan import Wanted, begin_plan
from dubu_plugin.usecases.plan.keep_plan import Facts, Kept, keep
from dubu_plugin.usecases.plan.send_plan import send_plan
from dubu_plugin.usecases.skrift.write import add_behov

from ..skrift.desk import Desk

PLAN = SkriftKind.BARNETS_PLAN
LOOK = date(2026, 10, 26)
BORN = date(2016, 12, 3)


class Board(Desk):
    """What is done with a plan."""

    def __init__(self, town: Town, sag: UUID, child: UUID) -> None:
        super().__init__(town, sag)
        self.child = child
        self.bfu = self.begun()
        self.school = self.need("dagtilbud_skole_laering", "En fast morgen")
        self.play = self.need("fritid_venskaber", "Fritid og venner")

    def need(self, dimension: str, text: str) -> UUID:
        return add_behov(self.sag, self.bfu.id, self.code(dimension), text, **self.act())

    def code(self, wanted: str) -> str:
        """Return a dimension of the method: the wanted one, or the first where there is none."""
        method = self.town.product.methods.book.method(
            self.bfu.method or "", self.bfu.method_version or ""
        )
        assert method is not None
        return wanted if wanted in method.by_code else method.dimensions[0].code

    def planned(self, *wanted: Wanted, kind: SkriftKind = PLAN) -> Skrift:
        goals = wanted or (
            Wanted(self.school, "Alma kommer i skole til tiden"),
            Wanted(self.play, "Alma går til svømning"),
        )
        return begin_plan(self.sag, kind, goals, **self.act())

    def goals(self, plan: Skrift, version: int | None = None) -> Sequence[Maal]:
        with self.town.product.store.read() as connection:
            said = tekster.read(connection, plan.id, version or self.now(plan).version)
            return maal.of_skrift(connection, plan.id, said)

    def offered(self) -> Sequence[Need]:
        with self.town.product.store.read() as connection:
            return needs_of_sag(connection, self.sag)

    def kept(self, plan: Skrift, goal: UUID | None = None, **texts: str) -> Sequence[Clash]:
        """Write in a goal, or in the sections."""
        place = place_of_maal(goal) if goal else ""
        there = self.said(plan)
        written = {
            (place, name): Written(text, there[place, name].revision if (place, name) in there
                                   else 0)
            for name, text in texts.items()
        }  # fmt: skip
        facts = {goal: Facts(Aim.UDVIKLE, LOOK, self.child)} if goal else {}
        return keep(self.sag, plan.id, Kept(written, facts), **self.act())

    def whole(self, plan: Skrift) -> Skrift:
        """Write all that must be there."""
        self.kept(plan, formaal="En rolig hverdag", varighed="Seks måneder",
                  barnets_oensker="Jeg vil gerne have, at mor står op.")  # fmt: skip
        for one in self.goals(plan):
            self.kept(plan, one.id, hvem_goer_hvad="Trine kommer om morgenen.",
                      indikator="Fravær i procent", start="15", oensket="5",
                      barnets_ord="Jeg vil ikke komme for sent.", ansvarlig="Karen",
                      **{AENDRING: one.text})  # fmt: skip
        return self.now(plan)

    def sent(
        self, plan: Skrift, *parents: UUID, seen: Collection[str] = (), apart_seen: bool = False
    ) -> Sequence[UUID]:
        return send_plan(self.sag, plan.id, parents, seen=seen, apart_seen=apart_seen, **self.act())

    def adopted(self) -> set[UUID | None]:
        """Return the cases a plan stands on."""
        with self.town.product.store.read() as connection:
            query = sa.select(haendelser.c.sag_id).where(
                haendelser.c.type == Haendelse.BARNETS_PLAN_VEDTAGET
            )
            return set(connection.scalars(query))

    def letters(self) -> list[tuple[str, dict[str, Any]]]:
        with self.town.product.store.read() as connection:
            rows = connection.execute(sa.select(letters).order_by(letters.c.code)).all()
        return [(row.code, json.loads(row.values)) for row in rows]
