"""A case somebody writes on, in a town with the delivered methods and forms."""

import json
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store import access
from dubu_plugin.store.skrift import behov, skrifter, tekster
from dubu_plugin.store.skrift.behov import Behov
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import At, Texts, Written
from dubu_plugin.store.tables import frister, haendelser, letters
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.skrift.begin import begin
from dubu_plugin.usecases.skrift.write import Saved, write

BFU = SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE


class Desk:
    """What a caseworker and her leader do."""

    def __init__(self, town: Town, sag: UUID) -> None:
        self.town = town
        self.sag = sag

    def act(self, who: str = KAREN) -> dict[str, Any]:
        return {"product": self.town.product, "asker": self.asker(who), "now": self.town.now}

    @property
    def leader(self) -> dict[str, Any]:
        return self.act(HENRIK)

    def asker(self, key: str) -> Asker:
        with self.town.product.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    def begun(self, kind: SkriftKind = BFU) -> Skrift:
        return begin(self.sag, kind, **self.act())

    def now(self, skrift: Skrift) -> Skrift:
        with self.town.product.store.read() as connection:
            found = skrifter.by_id(connection, skrift.id)
        assert found is not None
        return found

    def said(self, skrift: Skrift, version: int | None = None) -> Texts:
        with self.town.product.store.read() as connection:
            return tekster.read(connection, skrift.id, version or self.now(skrift).version)

    def words(self, skrift: Skrift, version: int | None = None) -> dict[At, str]:
        return {at: text.text for at, text in self.said(skrift, version).items()}

    def needs(self, skrift: Skrift) -> list[Behov]:
        with self.town.product.store.read() as connection:
            return list(behov.of_skrift(connection, skrift.id, self.said(skrift)))

    def put(self, skrift: Skrift, who: str = KAREN, **texts: str) -> Saved:
        """Write sections, over whatever stands there."""
        return self.put_at(skrift, {("", name): text for name, text in texts.items()}, who)

    def put_at(self, skrift: Skrift, texts: dict[At, str], who: str = KAREN) -> Saved:
        there = self.said(skrift)
        written = {
            at: Written(text, there[at].revision if at in there else 0)
            for at, text in texts.items()
        }
        return write(self.sag, skrift.id, written, **self.act(who))

    def finished(self, skrift: Skrift) -> Skrift:
        """Write all that must be there."""
        product = self.town.product
        form = product.forms.of(skrift.kind)
        texts: dict[At, str] = {}
        for one in form.afsnit:
            if one.required:
                answer = one.choices[0].value if one.choices else "Skrevet."
                texts["", one.code] = "2026-09-01" if one.kind == "dato" else answer
        method = product.methods.book.method(skrift.method or "", skrift.method_version or "")
        if method is not None:
            for dimension in method.dimensions:
                for name in ("beskrivelse", "faglig_vurdering"):
                    texts[dimension.code, name] = f"{dimension.title}: {name}."
        self.put_at(skrift, texts)
        return self.now(skrift)

    def happened(self, what: Haendelse) -> list[dict[str, Any]]:
        with self.town.product.store.read() as connection:
            rows = connection.scalars(
                sa.select(haendelser.c.data)
                .where(haendelser.c.type == what)
                .order_by(haendelser.c.seq)
            )
            return [json.loads(row) for row in rows]

    def due(self, rule: str) -> list[str]:
        """Return when each deadline of a rule is due, in UTC."""
        with self.town.product.store.read() as connection:
            rows = connection.scalars(sa.select(frister.c.due).where(frister.c.rule == rule))
            return [row.date().isoformat() for row in rows if row is not None]

    def letter(self, code: str) -> str:
        """Return what the letter of a code that was ordered says, as its values are kept."""
        with self.town.product.store.read() as connection:
            return str(
                connection.scalars(
                    sa.select(letters.c["values"]).where(letters.c.code == code)
                ).one()
            )
