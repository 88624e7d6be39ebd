"""A town with a mail server, and the mornings there."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_kalender.choices import Choices
from dubu_kalender.notices import SmtpMail
from dubu_plugin.app import Product
from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.store import access, staff
from dubu_plugin.store.tables import outbox
from dubu_plugin.testing.fake_ports import KAREN, STAFF, UNITS
from dubu_plugin.testing.mail_server import MailServer
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.frist.tell_time import tell_time
from dubu_plugin.usecases.min_dag.plan_digests import plan_digests

MONDAY = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)  # half past seven here


class House:
    """A town with a mail server."""

    def __init__(self, town: Town, server: MailServer) -> None:
        self.town = town
        self.server = server
        chosen = Choices(
            mail_host="127.0.0.1", mail_port=server.port, mail_tls=False,
            mail_from="dubu@proevestrup.example", patience=2.0,
        )  # fmt: skip
        web = town.product.settings.web.model_copy(update={"address": "https://barn.example"})
        self.product: Product = replace(
            town.product,
            ports=replace(town.product.ports, mail=SmtpMail(chosen)),
            settings=town.product.settings.model_copy(update={"web": web}),
        )
        self.know([replace(one, email=f"{one.key}@proevestrup.example") for one in STAFF])

    def know(self, people: list[Any]) -> None:
        with self.product.store.write(actor="system", now=self.town.now) as work:
            staff.refresh(work, people, UNITS)

    def underretning(self, **more: Any) -> UUID:
        child = self.town.person("Alma Testvad", born=date(2016, 12, 3), cpr="0312164994")
        sag = self.town.sag(child, protected=more.pop("protected", False))
        given = {"responsible": KAREN, "received_at": self.town.now - timedelta(hours=30)}
        number = self.town.underretning("Hemmelig tekst", child=child, sag=sag, **{**given, **more})
        tell_time(self.product, self.town.now)
        return number

    def morning(self) -> list[Any]:
        """Do what a minute's round does, and return the mails that came."""
        before = len(self.server.mails)
        plan_digests(self.product, self.town.now)
        deliver_once(self.product, self.town.now)
        return self.server.parsed()[before:]

    def rows(self) -> list[Any]:
        with self.product.store.read() as connection:
            asked = sa.select(outbox).where(outbox.c.kind == "send_digest")
            return list(connection.execute(asked.order_by(outbox.c.lane)).all())

    def asker(self, key: str) -> Any:
        with self.product.store.read() as connection:
            return access.asker(connection, key)


def to(mails: list[Any]) -> list[str]:
    return sorted(str(mail["To"]).partition("@")[0] for mail in mails)
