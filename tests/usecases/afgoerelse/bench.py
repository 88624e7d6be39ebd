"""A decision being prepared on Alma's case, and what can be done with it."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.afgoerelser import Capacity, Given, Outcome
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store import access
from dubu_plugin.store.afgoerelse import afgoerelser, klager, partshoeringer
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.partshoeringer import Partshoering
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import haendelser, indsatser, letters
from dubu_plugin.store.tables import personer as people
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.afgoerelse import hear
from dubu_plugin.usecases.afgoerelse.complain import send_on
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.keep import Kept, keep
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import child_of
from dubu_plugin.usecases.afgoerelse.prepare import prepare
from dubu_plugin.usecases.afgoerelse.whole import Whole, whole
from dubu_plugin.usecases.dokument.letter_states import sent

NOW: Final = datetime(2026, 6, 11, 8, 42, tzinfo=UTC)
TODAY: Final = date(2026, 6, 11)
TEXTS: Final = {
    "afgoerelse": "Familien får familiebehandling fire timer om ugen.",
    "formaal": "At Alma kommer i skole.",
    "varighed": "Seks måneder",
    "oplysninger": "Skolen har oplyst fravær på 21 pct.",
    "barnets_syn": "»Jeg vil gerne i skole.«",
    "begrundelse": "Truffet efter barnets lov § 32, stk. 1, nr. 5, fordi støtten er væsentlig.",
    "til_barnet": "Trine kommer hver tirsdag.",
    "barnet_sagt": "Du har sagt, at du gerne vil i skole.",
}
CHOSEN: Final = {"outcome": Outcome.MEDHOLD, "indsats": "familiebehandling", "plan": True,
                 "starts_on": date(2026, 6, 15)}  # fmt: skip


def hidden_place(town: Town, sag: UUID, child: UUID) -> None:
    """Have the child live where its parents may not know."""
    town.insert(
        indsatser, id=uuid4(), sag_id=sag, person_id=child, code="anbringelse_uden",
        law="BL § 47", decision_law="BL § 47", place="almen_plejefamilie",
        place_name="Familien Prøvegård", place_hidden=True, unit="doegn",
        starts_on=date(2026, 6, 1), state="i_gang", made_at=town.now, made_by=KAREN, version=1,
    )  # fmt: skip


class Bench:
    """What a caseworker and her leader do with a decision."""

    def __init__(self, town: Town, *, born: date = date(2016, 12, 3)) -> None:
        self.town = town
        self.alma = town.person("Alma Testvad", born=born, address="Testvej 1, 9999 Prøvestrup")
        self.mother = town.person("Sofie Testvad", address="Testvej 1, 9999 Prøvestrup")
        self.father = town.person("Mads Prøvesen", address="Prøvevej 2, 9999 Prøvestrup")
        town.tie(self.alma, self.mother, "mor", "barn")
        town.tie(self.alma, self.father, "far", "barn")
        self.sag = town.sag(self.alma)

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

    def talked(self) -> None:
        self.town.happened(Haendelse.BOERNESAMTALE_HOLDT, sag=self.sag, person=self.alma)

    def placed(self, **more: Any) -> None:
        """Have the child live at a place."""
        facts = {"anbringelse": str(uuid4()), **more}
        self.town.happened(
            Haendelse.ANBRINGELSE_IVAERKSAT, sag=self.sag, person=self.alma, data=facts,
        )  # fmt: skip

    def helped(self, code: str, since: datetime = NOW) -> None:
        """Have the family be given help."""
        facts = {"indsats": str(uuid4()), "kode": code}
        self.town.happened(
            Haendelse.INDSATS_IVAERKSAT, sag=self.sag, person=self.alma, data=facts,
            occurred_at=since,
        )  # fmt: skip

    def applied(self, words: str) -> None:
        """Have the family apply for something."""
        self.town.underretning(words, child=self.alma, sag=self.sag, henvendelse="ansoegning")

    def prepared(self, matter: str = "stoette") -> UUID:
        return prepare(self.sag, matter, **self.act())

    def its(self, number: UUID) -> Afgoerelse:
        with self.town.product.store.read() as connection:
            found = afgoerelser.by_id(connection, number)
        assert found is not None
        return found

    def whole(self, number: UUID) -> Whole:
        with self.town.product.store.read() as connection:
            child = child_of(connection, self.alma)
            return whole(connection, self.town.product, self.its(number), child, self.town.now)

    def parts(self, number: UUID) -> Sequence[Partshoering]:
        with self.town.product.store.read() as connection:
            return partshoeringer.of_afgoerelse(connection, number)

    def part(self, number: UUID, person: UUID) -> UUID:
        return next(one.id for one in self.parts(number) if one.person == person)

    def kept(self, number: UUID, texts: dict[str, str] | None = None, **chosen: Any) -> None:
        """Keep texts over whatever stands there, and what is chosen."""
        said = self.whole(number).texts
        written = {
            name: Written(text, said["", name].revision if ("", name) in said else 0)
            for name, text in (texts or {}).items()
        }
        seen = self.its(number).version
        if "indsats" in chosen:
            code, place = chosen.pop("indsats"), chosen.pop("place", None)
            chosen["given"] = [Given(code=code, place=place or None)] if code else []
        keep(self.sag, number, Kept(seen=seen, texts=written, chosen=chosen), **self.act())

    def consents(self, number: UUID, *people: UUID) -> None:
        given = {person: ("givet", TODAY, True) for person in people}
        kept = Kept(seen=self.its(number).version, consents=given)
        keep(self.sag, number, kept, **self.act())

    def custody(self, number: UUID, person: UUID, capacity: Capacity) -> None:
        kept = Kept(seen=self.its(number).version, capacities={person: capacity})
        keep(self.sag, number, kept, **self.act())

    def left_out(self, number: UUID) -> None:
        """Have nobody heard, with the reason."""
        for one in self.parts(number):
            why = {"hvorfor": Written("Alt er drøftet.", 0)}
            hear.leave_out(self.sag, number, one.id, 1, why, **self.act())

    def ready(self, matter: str = "stoette", **texts: str) -> UUID:
        """Prepare a decision everything is in place for."""
        self.talked()
        number = self.prepared(matter)
        about = self.whole(number).matter
        asked = dict.fromkeys(about.asks, "Skrevet.")
        chair = {"chair_at": self.town.now} if about.is_chairs else {}
        self.kept(number, {**TEXTS, **asked, **texts}, **CHOSEN, **chair)
        self.consents(number, self.mother, self.father)
        self.left_out(number)
        return number

    def decided(self, matter: str = "stoette") -> UUID:
        number = self.ready(matter)
        decide(self.sag, number, **self.leader)
        return number

    def happened(self, what: Haendelse) -> list[dict[str, Any]]:
        with self.town.product.store.read() as connection:
            rows = connection.scalars(
                sa.select(haendelser.c.data).where(haendelser.c.type == what)
                .order_by(haendelser.c.seq)
            )  # fmt: skip
            return [json.loads(row) for row in rows]

    def letters(self, *codes: str) -> list[tuple[str, dict[str, Any]]]:
        """Return the letters that are ordered: to whom, and what they say."""
        with self.town.product.store.read() as connection:
            rows = connection.execute(
                sa.select(letters).where(letters.c.code.in_(codes)).order_by(letters.c.recipient)
            )
            return [(row.recipient or "", json.loads(row.values)) for row in rows]

    def posted(self, letter: UUID) -> None:
        """Have somebody post a letter."""
        product = self.town.product
        with product.store.write(actor=KAREN, now=self.town.now) as work:
            row = work.connection.execute(sa.select(letters).where(letters.c.id == letter)).one()
            sent(work, row, product.letters[row.code], how="papir")

    def sends_on(self, klage: UUID) -> None:
        """Send a complaint on, and post its letter to Ankestyrelsen."""
        send_on(klage, sag=self.sag, **self.act())
        with self.town.product.store.read() as connection:
            found = klager.by_id(connection, klage)
        assert found is not None
        self.posted(found.letter)

    def moves(self, person: UUID, address: str) -> None:
        """Have somebody live elsewhere."""
        with self.town.product.store.write(actor="system", now=self.town.now) as work:
            mine = people.c.id == person
            work.connection.execute(sa.update(people).where(mine).values(address=address))

    def grows(self, born: date) -> None:
        """Have the child be another age."""
        with self.town.product.store.write(actor="system", now=self.town.now) as work:
            work.connection.execute(
                sa.update(people).where(people.c.id == self.alma)
                .values(born=born)
            )  # fmt: skip
