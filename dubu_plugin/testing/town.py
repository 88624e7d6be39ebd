"""A small made-up municipality in a database of its own, for tests of pages and use cases.

Everything is put in as the product would have put it there: what happens is recorded as hændelser,
so that the deadlines are those of the rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pluggy
import sqlalchemy as sa

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.app import Product
from dubu_plugin.documents.pdf import LibreOffice
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.metode.methodfiles import MethodFiles
from dubu_plugin.plugins import PROJECT, Ports
from dubu_plugin.ports.frame import Frame
from dubu_plugin.ports.persons import Person
from dubu_plugin.settings import Intake, Settings
from dubu_plugin.store import staff
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.database import Store
from dubu_plugin.store.search import words as search_words
from dubu_plugin.store.search.numbers import index_number
from dubu_plugin.store.search.words import Kind, Weight
from dubu_plugin.store.tables import (
    aarsager,
    candidates,
    conflicts,
    personer,
    post_files,
    post_items,
    sager,
    sagsdeltagere,
    ties,
    underretninger,
    vurderinger,
)
from dubu_plugin.testing import delivered
from dubu_plugin.testing.databases import fresh_sqlite
from dubu_plugin.testing.fake_journal import FakeJournal
from dubu_plugin.testing.fake_ports import (
    KAREN,
    STAFF,
    UNITS,
    FakeIdentity,
    FakePersons,
    FakePost,
)


@dataclass
class Town:
    """The municipality, and what can happen in it."""

    product: Product
    persons: FakePersons
    moment: list[datetime]

    @property
    def folder(self) -> Path:
        """Where its database and files lie."""
        return self.product.settings.folder

    @property
    def now(self) -> datetime:
        """What the clock says; it stands still until it is set."""
        return self.moment[0]

    @now.setter
    def now(self, moment: datetime) -> None:
        self.moment[0] = moment

    def person(
        self,
        name: str,
        *,
        born: date | None = None,
        cpr: str | None = None,
        due_date: date | None = None,
        mother: UUID | None = None,
        protected: bool = False,
        address: str | None = None,
    ) -> UUID:
        """Put somebody in the address book and among those we know."""
        number = uuid4()
        number_of_cpr = Cpr.parse(cpr) if cpr else None
        self.persons.people[str(number)] = Person(
            str(number), name, number_of_cpr, born, address, protected
        )
        row = {
            "id": number, "host_key": None if mother else str(number), "name": name, "born": born,
            "due_date": due_date, "mother_id": mother,
            "cpr": number_of_cpr.digits if number_of_cpr else None, "address": address,
            "protected_address": protected, "seen_at": self.now,
        }  # fmt: skip
        self.insert(personer, **row)
        return number

    def tie(self, person: UUID, other: UUID, tie: str, back: str) -> None:
        """Make two people related."""
        self.insert(ties, person_id=person, other_id=other, tie=tie)
        self.insert(ties, person_id=other, other_id=person, tie=back)

    def sag(
        self,
        child: UUID,
        *,
        title: str = "Særlig støtte",
        responsible: str | None = KAREN,
        unit: str = "modtagelse",
        step: str = "modtaget",
        phase: str = "active",
        protected: bool = False,
        has_indsats: bool = False,
        host_key: str | None = None,
        number: str | None = None,
        opened_at: datetime | None = None,
        handled_by: Sequence[str] = (),
    ) -> UUID:
        """Open a case."""
        sag = uuid4()
        self.insert(
            sager, id=sag, title=title, child_id=child, area="udsatte_boern", step=step,
            phase=phase, responsible=responsible, unit=unit, protected=protected,
            has_indsats=has_indsats, host_key=host_key or f"vaert-{str(sag)[:8]}", number=number,
            opened_at=opened_at or self.now, version=1,
        )  # fmt: skip
        for employee in {*handled_by, *([responsible] if responsible else [])}:
            self.insert(
                sagsdeltagere, sag_id=sag, employee=employee, first_at=self.now, active=True
            )
        self.happened(Haendelse.SAG_OPRETTET, sag=sag, person=child)
        self._can_be_found("sag", sag, child, "")
        with self.product.store.write(actor="system", now=self.now) as work:
            index_number(work.connection, sag, number)
        return sag

    def underretning(
        self,
        text: str,
        *,
        child: UUID | None = None,
        likely: Mapping[UUID, tuple[int, str]] | None = None,
        sag: UUID | None = None,
        received_at: datetime | None = None,
        underretter: str | None = "2",
        pligt: str | None = "133",
        organisation: str | None = "Prøvestrup Skole",
        name: str | None = "Skoleleder Tove Demosen",
        concerns: Sequence[str] = (),
        responsible: str | None = None,
        unit: str = "modtagelse",
        henvendelse: str = "underretning",
        child_state: str | None = None,
        channel: str = "digital_blanket",
        overgreb: str | None = "nej",
        protected: bool = False,
        anonymous: bool = False,
        orienteret: str = "ja",
        attachments: Sequence[tuple[str, str, bytes | None, str]] = (),
        needs: str | None = None,
    ) -> UUID:
        """Let something come in."""
        at, post, number = received_at or self.now, uuid4(), uuid4()
        content = text.encode() or b" "
        sha256 = self.product.blobs.put(content)
        matched = "fundet" if child else "foreslaaet" if likely else "ukendt"
        self.insert(
            post_items, id=post, same_as=uuid4().hex, channel=channel, received_at=at,
            stored_at=at, filename="underretning.eml", sha256=sha256, size=len(content),
            sender=organisation, subject="Underretning", henvendelse=henvendelse, needs=needs,
            state="afventer_menneske" if needs else "registreret", underretning_id=number,
        )  # fmt: skip
        for position, (filename, media_type, body, state) in enumerate(attachments):
            self.insert(
                post_files, id=uuid4(), post_id=post, position=position, name=filename,
                media_type=media_type, size=len(body or b""), state=state,
                sha256=None if body is None else self.product.blobs.put(body),
            )  # fmt: skip
        self.insert(
            underretninger, id=number, post_id=post, henvendelse=henvendelse, state="ny",
            received_at=at, channel=channel, pligt=pligt, underretter=underretter,
            professional=pligt == "133", anonymous=anonymous, notifier_name=name,
            notifier_organisation=organisation,
            notifier_address=None if anonymous else "skole@proevestrup.example",
            orienteret=orienteret, overgreb=overgreb, text=text, child_id=child, sag_id=sag,
            child_state=child_state or matched,
            responsible=responsible, unit=unit, protected=protected, version=1,
        )  # fmt: skip
        for code in concerns:
            self.insert(aarsager, underretning_id=number, code=code, suggested=True)
        for person, (score, reasons) in (likely or {}).items():
            self.insert(
                candidates, underretning_id=number, person_id=person, score=score, reasons=reasons
            )
        self.happened(
            Haendelse.ANSOEGNING_MODTAGET if henvendelse == "ansoegning"
            else Haendelse.UNDERRETNING_MODTAGET,
            underretning=number, sag=sag, person=child, occurred_at=at,
            data={"overgreb": overgreb, "professional": pligt == "133", "indsats": False}
            | ({"behov": True} if henvendelse == "ansoegning" else {}),
        )  # fmt: skip
        self._can_be_found("underretning", number, child, text)
        return number

    def loose_post(self, sender: str, *, needs: str) -> UUID:
        """Let something come in that nothing could be made of."""
        post = uuid4()
        self.insert(
            post_items, id=post, same_as=uuid4().hex, channel="e-mail", received_at=self.now,
            stored_at=self.now, filename="billede.xyz", sha256=self.product.blobs.put(b"?"), size=1,
            sender=sender, subject="Videresendt", henvendelse="underretning", needs=needs,
            state="afventer_menneske",
        )  # fmt: skip
        return post

    def assess(
        self,
        underretning: UUID,
        *,
        at: datetime,
        next_step: str = "screening",
        fare: str = "ikke_akut",
        reason: str = "Barnet er i skole, og mor kan nås. Vurderes ikke i akut fare.",
        child: UUID | None = None,
        sag: UUID | None = None,
        assessor: str = KAREN,
    ) -> None:
        """Make the 24-hour assessment, without what follows from it outside."""
        self.insert(
            vurderinger, id=uuid4(), underretning_id=underretning, version=1, fare=fare,
            reason=reason, next_step=next_step, assessor=assessor, assessed_at=at, siblings="",
            conversation="ikke_aktuel",
        )  # fmt: skip
        with self.product.store.write(actor=assessor, now=self.now) as work:
            work.connection.execute(
                sa.update(underretninger)
                .where(underretninger.c.id == underretning)
                .values(state="vurderet", version=2)
            )
            work.happened(
                Haendelse.UNDERRETNING_VURDERET, underretning=underretning, sag=sag, person=child,
                occurred_at=at,
                data={"fare": fare, "naeste": next_step, "professional": True, "overgreb": "nej",
                      "behov": next_step != "intet"},
            )  # fmt: skip

    def block(self, employee: str, person: UUID, relation: str = "familie") -> None:
        """Make somebody who works here related to a person."""
        self.insert(conflicts, employee=employee, person_id=person, relation=relation)

    def happened(self, what: Haendelse, **more: Any) -> None:
        """Record that something happened."""
        with self.product.store.write(actor="system", now=self.now) as work:
            work.happened(what, **more)

    def _can_be_found(self, kind: Kind, subject: UUID, child: UUID | None, text: str) -> None:
        name = self.persons.people[str(child)].name if str(child) in self.persons.people else ""
        with self.product.store.write(actor="system", now=self.now) as work:
            words = {Weight.NAME: name, Weight.TEXT: text}
            search_words.index(work.connection, kind, subject, words)

    def insert(self, table: sa.Table, **row: Any) -> None:
        """Put a row in a table."""
        with self.product.store.write(actor="system", now=self.now) as work:
            work.connection.execute(sa.insert(table).values(row))


def build(
    folder: Path,
    now: datetime,
    *,
    training: bool = False,
    frame: Frame | None = None,
    database: str | None = None,
) -> Town:
    """Return a new town in a folder, with its staff and nothing else.

    :param database: where its data are, with our tables in it; None is a SQLite file in the folder.
    """
    settings = _settings(folder, training=training, database=database)
    if database is None:
        fresh_sqlite(folder)
    Blobs(settings.path(settings.files)).make(uuid4())
    town = opened(folder, now, training=training, frame=frame, database=database)
    with town.product.store.write(actor="system", now=now) as work:
        staff.refresh(work, STAFF, UNITS)
    return town


def opened(
    folder: Path,
    now: datetime,
    *,
    training: bool = False,
    frame: Frame | None = None,
    database: str | None = None,
) -> Town:
    """Return a town that lies in a folder."""
    moment = [now]
    persons = FakePersons()
    shelf = Path(str(files("dubu_templates")))
    settings = _settings(folder, training=training, database=database)
    read = delivered.plans(shelf)
    # A book of the town's own: it remembers the plans that lie in its database.
    plans = PlanBook(read.rules, read.types, read.rows, read.must_have, read.plans)
    product = Product(
        settings=settings,
        store=Store.connect(settings.database_url, plans.rules, plans=plans),
        blobs=Blobs(settings.path(settings.files)),
        ports=Ports(FakeJournal(), persons, FakeIdentity(), FakePost(), FakePost(), frame),
        letters=LetterShelf(delivered.letters(shelf), LibreOffice(), training=training),
        clock=lambda: moment[0],
        plugins=pluggy.PluginManager(PROJECT),
        methods=MethodFiles([shelf / "metode"], settings.path(settings.methods)),
        forms=delivered.forms(shelf / "skrifter"),
        indsatser=delivered.indsatser(shelf / "kataloger" / "indsatser.toml"),
        matters=delivered.matters(shelf / "kataloger"),
        rates=delivered.rates(shelf / "satser"),
    )
    return Town(product, persons, moment)


def _settings(folder: Path, *, training: bool, database: str | None) -> Settings:
    return Settings(
        database=database or f"sqlite:///{folder / 'dubu.sqlite'}",
        files=folder / "filer",
        folder=folder,
        training=training,
        intake=Intake(unit="modtagelse", on_call_unit="doegnvagt"),
    )
