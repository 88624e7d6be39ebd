"""What a caseworker and her colleagues do about the child's and the family's part in a case."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.inddragelse import (
    Grundlag,
    Samtaleform,
    SamtaleState,
    Samtykkeart,
    Way,
)
from dubu_plugin.domain.netvaerk import Kreds, Myndighed, Part, Rolle
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store import access
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.inddragelse import boernesamtaler, samtykker, udtalelser
from dubu_plugin.store.inddragelse.boernesamtaler import Samtale, Told
from dubu_plugin.store.inddragelse.samtykker import Samtykke
from dubu_plugin.store.inddragelse.udtalelser import Udtalelse
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import kilder, skrifter
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import haendelser, letters
from dubu_plugin.store.transaction import Work
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.inddragelse.answer_samtykke import give
from dubu_plugin.usecases.inddragelse.ask_samtykke import Wanted as Consent
from dubu_plugin.usecases.inddragelse.ask_samtykke import ask_samtykke
from dubu_plugin.usecases.inddragelse.ask_udtalelser import Recipient, ask_udtalelser
from dubu_plugin.usecases.inddragelse.ask_udtalelser import Wanted as Request
from dubu_plugin.usecases.inddragelse.note_samtale import note_samtale

SCHOOL = Recipient("skole", "Prøvestrup Skole", "Skolevænget 4\n9999 Prøvestrup")


@dataclass
class Desk:
    """The case, and who is on it."""

    town: Town
    sag: UUID
    child: UUID
    mother: UUID
    father: UUID

    def act(self, who: str = KAREN) -> dict[str, Any]:
        return {"product": self.town.product, "asker": self.asker(who), "now": self.town.now}

    def asker(self, key: str) -> Asker:
        with self.town.product.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    def days_later(self, days: int) -> None:
        self.town.now += timedelta(days=days)

    def begin(self, kind: SkriftKind = SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE) -> Skrift:
        """Begin a skrift, without what its own act does besides."""
        store = self.town.product.store
        with store.write(actor=KAREN, now=self.town.now) as work:
            return skrifter.begin(work.connection, self._sag(work), kind, by=KAREN,
                                  now=self.town.now, method=("ics_2019", "1"))  # fmt: skip

    def _sag(self, work: Work) -> Sag:
        found = sager.by_id(work.connection, self.sag)
        assert found is not None
        return found

    # -- talks

    def told(self, **said: Any) -> Told:
        usual = Told(
            occurred_at=self.town.now - timedelta(hours=2),
            form=Samtaleform.SAMTALE,
            place="Skolens kreative værksted",
            advisers=(KAREN,),
            own_words="»Jeg passer på Viggo og mor.«",
        )
        return replace(usual, **said)

    def noted(self, state: SamtaleState = SamtaleState.HOLDT, **said: Any) -> Samtale:
        number = note_samtale(self.sag, uuid4(), state, self.told(**said), **self.act())
        return self.samtale(number)

    def samtale(self, number: UUID) -> Samtale:
        with self.town.product.store.read() as connection:
            found = boernesamtaler.by_id(connection, number)
        assert found is not None
        return found

    def sources(self, skrift: Skrift) -> list[str]:
        with self.town.product.store.read() as connection:
            return [one.title for one in kilder.of_skrift(connection, skrift.id)]

    # -- consents and requests

    def asked(self, *givers: UUID, **more: Any) -> list[UUID]:
        usual: dict[str, Any] = {
            "kind": Samtykkeart.INDHENTE, "sources": ("skole", "sundhedspleje"),
            "purpose": "At finde ud af, hvordan Alma har det i skolen.",
        }  # fmt: skip
        wanted = Consent(givers=givers or (self.mother,), **{**usual, **more})
        return list(ask_samtykke(self.sag, wanted, **self.act()))

    def consented(self, *givers: UUID, **more: Any) -> list[UUID]:
        keys = self.asked(*givers, **more)
        for key in keys:
            give(self.sag, key, Way.PAPIR, **self.act())
        return keys

    def samtykke(self, key: UUID) -> Samtykke:
        with self.town.product.store.read() as connection:
            found = samtykker.by_id(connection, key)
        assert found is not None
        return found

    def requested(self, *recipients: Recipient, **more: Any) -> list[UUID]:
        usual: dict[str, Any] = {"basis": Grundlag.SAMTYKKE, "purpose": "En undersøgelse."}
        wanted = Request(recipients=recipients or (SCHOOL,), **{**usual, **more})
        return list(ask_udtalelser(self.sag, wanted, **self.act()))

    def udtalelse(self, key: UUID) -> Udtalelse:
        with self.town.product.store.read() as connection:
            found = udtalelser.by_id(connection, key)
        assert found is not None
        return found

    def held_apart(self, person: UUID) -> None:
        """Have a parent be held apart from the others."""
        part = Part(role=Rolle.MOR, circle=Kreds.PRIMAER, custody=Myndighed.UKENDT, apart=True)
        with self.town.product.store.write(actor=KAREN, now=self.town.now) as work:
            netvaerk.begin(work.connection, self.child, person, part, by=KAREN, now=self.town.now)

    # -- what came of it

    def happened(self, what: Haendelse) -> list[dict[str, Any]]:
        with self.town.product.store.read() as connection:
            rows = connection.scalars(
                sa.select(haendelser.c.data)
                .where(haendelser.c.type == what)
                .order_by(haendelser.c.seq)
            )
            return [json.loads(row) for row in rows]

    def letters(self, code: str | None = None) -> list[dict[str, Any]]:
        """Return what the letters say, with who they are to under ``til``."""
        with self.town.product.store.read() as connection:
            rows = connection.execute(sa.select(letters).order_by(letters.c.created_at)).all()
        return [
            {**json.loads(row.values), "til": row.recipient, "kode": row.code}
            for row in rows
            if code in (None, row.code)
        ]

    def rows(self, query: sa.Select[Any]) -> list[Any]:
        with self.town.product.store.read() as connection:
            return list(connection.execute(query))
